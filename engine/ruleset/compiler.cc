#include "engine/ruleset/compiler.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/expr/parser.h"
#include "engine/response/response.h"
#include "engine/ruleset/grade.h"

namespace myokine {
bool RulesetCompiler::Run(std::unique_ptr<LoadedPack> pack) {
  ruleset_.pack_ = std::move(pack);
  v1::RulePack& rules = ruleset_.pack_->pack;
  ruleset_.vocabularies_ = std::make_unique<VocabularyIndex>(rules);
  DeriveMeals(rules, *ruleset_.vocabularies_);
  ruleset_.candidates_ = ruleset_.candidate_frames_.Build(rules, *ruleset_.vocabularies_, ruleset_.arena_);
  for (size_t c = 0; c < ruleset_.candidates_.size(); ++c)
    ruleset_.candidates_by_id_.try_emplace(ruleset_.candidates_[c].id(), c);
  DeclareScopes();
  CompileVariables();
  ruleset_.candidate_sets_ = CandidateSets(ruleset_.candidates_.size());
  CompileRules();
  CompilePairings();
  CompileBudgets();
  CheckDietIndex();
  CheckInvariants();
  CompileModifiers();
  CompileBoutModel();
  CompileInflammation();
  CheckDoses();
  CheckResponses(rules, ruleset_.sources(), issues_);
  issues_.Sort();
  if (!issues_.empty()) return false;
  ruleset_.responses_ = ResponseModels(rules);  // only curves that were checked can be read
  MakeResponseTables();
  std::vector<const Expression*> conditions;
  for (const CompiledRule& rule : ruleset_.rules_) conditions.push_back(rule.when.get());
  ruleset_.conditions_ = ConditionIndex(conditions);
  ruleset_.plain_rules_ = PlainRules(ruleset_.rules_, ruleset_.candidate_sets_);
  if (varies_) ruleset_.likeness_ = Likeness(ruleset_.candidates_);
  ruleset_.places_ = PlacesById(ruleset_.candidates_);
  ruleset_.dose_ranges_ = DoseRanges(ruleset_.candidates_);
  const auto phrases = [&](std::string_view locale) {
    return std::make_unique<const Phrasebook>(locale, rules, ruleset_.rules_, ruleset_.candidates_,
                                              ruleset_.user_schema_);
  };
  ruleset_.english_ = phrases("en");
  ruleset_.japanese_ = phrases("ja");
  ruleset_.bibliography_ = Bibliography(rules, ruleset_.rules_);
  ruleset_.deciding_parts_ = DecidingParts(ruleset_.rules_);
  return true;
}

void RulesetCompiler::Complain(const Message& message, int number, std::string code, std::string text,
                               std::string hint) {
  const Location at = ruleset_.sources().Find(&message, number);
  issues_.Add({at, std::move(code), std::move(text), std::move(hint), ruleset_.sources().Line(at.file, at.line)});
}

RulesetCompiler::ExpressionPtr RulesetCompiler::Compile(const std::string& text, const Message& message, int number,
                                                        const Scope& scope, const std::vector<Type>& wanted) {
  if (text.empty()) return nullptr;
  int kinds = 0;
  for (const Type& type : wanted) kinds |= 1 << static_cast<int>(type.kind);
  ExpressionPtr& expression = compiled_[{&scope, kinds, text}];
  if (expression != nullptr) return expression;
  std::vector<ExprMistake> mistakes;
  expression = Expression::Compile(text, scope, wanted, mistakes);
  if (&scope == &ruleset_.fact_scope_) {
    for (ExprMistake& mistake : mistakes) {
      if (mistake.code != "unknown-name") continue;
      for (const std::string_view name :
           {"`exercise`", "`meal`", "`candidate`", "`exercise.", "`meal.", "`candidate."}) {
        if (mistake.message.find(name) != std::string::npos)
          mistake.hint = "this sees facts of the person alone; candidates belong into `target`";
      }
    }
  }
  const Location at = ruleset_.sources().Find(&message, number);
  Report(mistakes, text, at, ruleset_.sources().Line(at.file, at.line), issues_);
  return expression;
}

void RulesetCompiler::DeclareScopes() {
  Scope& facts = ruleset_.fact_scope_;
  for (const auto& [id, concepts] : ruleset_.vocabularies_->all()) {
    Scope::Words words;
    for (const auto& [word, indexed] : concepts) words.insert(word);
    facts.DeclareVocabulary(id, std::move(words));
  }
  ruleset_.user_schema_.Declare(facts);
  facts.Declare("now", {Type::Of(TypeKind::kTimestamp), false, Frame::kUser, ruleset_.now_slot()});
}

void RulesetCompiler::CompileVariables() {
  for (const v1::Variable& variable : ruleset_.pack().variables()) uncompiled_[variable.id()] = &variable;
  for (const v1::Variable& variable : ruleset_.pack().variables()) {
    std::vector<std::string> path;
    CompileVariable(variable.id(), path);
  }
  ruleset_.target_scope_ = ruleset_.fact_scope_;
  ruleset_.candidate_frames_.Declare(ruleset_.target_scope_);
  ruleset_.points_scope_ = ruleset_.target_scope_;
  ruleset_.points_scope_.Declare("dose", {Type(), true, Frame::kDose, kDoseFields});
  for (int i = 0; i < kDoseFields; ++i) {
    Type type = Type::Of(TypeKind::kInt);
    type.unit = DoseFields()[static_cast<size_t>(i)].facts.unit();
    ruleset_.points_scope_.Declare(absl::StrCat("dose.", DoseFields()[static_cast<size_t>(i)].chosen->name()),
                                   {type, false, Frame::kDose, i});
  }
}

void RulesetCompiler::CompileVariable(const std::string& id, std::vector<std::string>& path) {
  const auto found = uncompiled_.find(id);
  if (found == uncompiled_.end()) return;
  const v1::Variable& variable = *found->second;
  if (std::find(path.begin(), path.end(), id) != path.end()) {
    Complain(variable, v1::Variable::kValueFieldNumber, "variable-cycle",
             absl::StrCat("`", id, "` needs itself: ", absl::StrJoin(path, " -> "), " -> ", id));
    for (auto it = std::find(path.begin(), path.end(), id); it != path.end(); ++it) uncompiled_.erase(*it);
    return;
  }
  path.push_back(id);
  for (const std::string& name : NamesIn(variable.value())) CompileVariable(name, path);
  path.pop_back();
  if (uncompiled_.erase(id) == 0) return;  // part of a cycle
  static const std::set<std::string> kTaken = {"now", "user", "exercise", "meal", "candidate", "dose"};
  if (kTaken.contains(id) || IsReserved(id)) {
    Complain(variable, v1::Variable::kIdFieldNumber, "name-taken",
             absl::StrCat("`", id, "` already means something in expressions"));
    return;
  }
  CompiledVariable compiled;
  compiled.variable = &variable;
  compiled.value = Compile(variable.value(), variable, v1::Variable::kValueFieldNumber, ruleset_.fact_scope_, {Type()});
  if (compiled.value == nullptr) return;
  compiled.slot = ruleset_.now_slot() + 1 + static_cast<int>(ruleset_.variables_.size());
  Type type = compiled.value->type();
  type.unit = variable.unit();
  type.minimum = variable.has_minimum() ? std::optional(variable.minimum()) : std::nullopt;
  type.maximum = variable.has_maximum() ? std::optional(variable.maximum()) : std::nullopt;
  ruleset_.fact_scope_.Declare(id, {std::move(type), false, Frame::kUser, compiled.slot});
  ruleset_.variables_.push_back(std::move(compiled));
}

void RulesetCompiler::CompileRules() {
  for (const v1::Rule& rule : ruleset_.pack().rules()) ruleset_.rules_.push_back(CompileRule(rule));
}

CompiledRule RulesetCompiler::CompileRule(const v1::Rule& rule) {
  CompiledRule compiled;
  compiled.rule = &rule;
  compiled.when = Compile(rule.when(), rule, v1::Rule::kWhenFieldNumber, ruleset_.fact_scope_, {kBool});
  compiled.target = Compile(rule.target(), rule, v1::Rule::kTargetFieldNumber, ruleset_.target_scope_, {kBool});
  if (compiled.target != nullptr) {
    const bool exercise = compiled.target->Names("exercise"), meal = compiled.target->Names("meal");
    if (exercise && meal) {
      Complain(rule, v1::Rule::kTargetFieldNumber, "two-kinds", "a target names either `exercise` or `meal`",
               "write two rules, or use `candidate`");
    }
    if (!exercise && !meal && !compiled.target->Names("candidate")) {
      Complain(rule, v1::Rule::kTargetFieldNumber, "no-candidate", "a target says which candidates it touches",
               "name `exercise`, `meal` or `candidate`; facts alone belong into `when`");
    }
    compiled.touches_exercises = !meal;
    compiled.touches_meals = !exercise;
    FixTarget(compiled);
    if (compiled.target->Reads(Frame::kUser))
      compiled.parts = std::make_unique<const Target>(*compiled.target, ruleset_.candidates_);
  }
  for (const v1::Effect& effect : rule.effects()) compiled.effects.push_back(CompileEffect(rule, effect));
  for (const v1::Effect& effect : rule.on_unknown().effects())
    compiled.unknown_effects.push_back(CompileEffect(rule, effect));
  if (rule.on_unknown().action() == v1::UNKNOWN_ACTION_APPLY) compiled.on_unknown = OnUnknownDo::kApply;
  if (!compiled.unknown_effects.empty()) compiled.on_unknown = OnUnknownDo::kEffects;
  return compiled;
}

void RulesetCompiler::FixTarget(CompiledRule& rule) {
  const auto [found, is_new] = fixed_targets_.try_emplace(rule.target->text());
  FixedTarget& target = found->second;
  if (is_new) target = AskCandidates(rule);
  rule.fixed = target.fixed;
  rule.touches = target.touches;
  rule.met = target.met;
  rule.unsure = target.unsure;
}

RulesetCompiler::FixedTarget RulesetCompiler::AskCandidates(const CompiledRule& rule) {
  FixedTarget target;
  Arena arena;
  Activation activation;
  activation.arena = &arena;
  target.fixed = !rule.target->Reads(Frame::kUser);
  std::vector<uint32_t> kind, met, unsure;
  for (uint32_t c = 0; c < ruleset_.candidates_.size(); ++c) {
    const Candidate& candidate = ruleset_.candidates_[c];
    if (!(candidate.kind == CandidateKind::kExercise ? rule.touches_exercises : rule.touches_meals)) continue;
    kind.push_back(c);
    if (!target.fixed) continue;
    activation.frames[static_cast<size_t>(Frame::kCandidate)] = candidate.frame;
    const Value value = rule.target->Evaluate(activation);
    if (IsError(value)) target.fixed = false;  // reported when it happens to a person
    if (Is(value, true)) met.push_back(c);
    if (IsUnknown(value)) unsure.push_back(c);
  }
  CandidateSets& sets = ruleset_.candidate_sets_;
  if (target.fixed) {
    std::vector<uint32_t> touched;
    std::merge(met.begin(), met.end(), unsure.begin(), unsure.end(), std::back_inserter(touched));
    target.touches = sets.Number(std::move(touched));
    target.met = sets.Number(std::move(met));
    target.unsure = sets.Number(std::move(unsure));
  } else {
    target.touches = sets.Number(std::move(kind));
  }
  return target;
}

CompiledEffect RulesetCompiler::CompileEffect(const v1::Rule& rule, const v1::Effect& effect) {
  CompiledEffect compiled;
  compiled.number = effects_++;
  compiled.effect = &effect;
  switch (effect.effect_case()) {
    case v1::Effect::kBoost: CompileBoost(rule, compiled); break;
    case v1::Effect::kVary: CompileVary(rule, compiled); break;
    case v1::Effect::kPrescribe:
    case v1::Effect::kLimit: {
      const v1::DoseBounds& bounds = compiled.dose_bounds();
      for (int i = 0; i < kDoseFields; ++i) {
        const google::protobuf::FieldDescriptor* field = DoseFields()[static_cast<size_t>(i)].bounds;
        if (!bounds.GetReflection()->HasField(bounds, field)) continue;
        const auto& bound = static_cast<const v1::DoseBound&>(bounds.GetReflection()->GetMessage(bounds, field));
        CompiledBound one;
        one.field = i;
        one.at_least =
            Compile(bound.at_least(), bound, v1::DoseBound::kAtLeastFieldNumber, ruleset_.target_scope_, kNumber);
        one.at_most =
            Compile(bound.at_most(), bound, v1::DoseBound::kAtMostFieldNumber, ruleset_.target_scope_, kNumber);
        for (const auto* expression : {one.at_least.get(), one.at_most.get()})
          compiled.bounds_read_candidate |= expression != nullptr && expression->Reads(Frame::kCandidate);
        if (!bound.at_least().empty() || !bound.at_most().empty()) compiled.bounds.push_back(std::move(one));
      }
      if (compiled.bounds.empty()) Complain(effect, 0, "empty-bounds", "no field of the dose is bounded");
      break;
    }
    case v1::Effect::kAsk: {
      const Fact* fact = ruleset_.user_schema_.FindPath(effect.ask().fact());
      if (fact == nullptr || fact->shape == FactShape::kMessage) {
        Complain(effect.ask(), v1::Ask::kFactFieldNumber, "unknown-fact",
                 absl::StrCat("no fact `", effect.ask().fact(), "`"),
                 "name it as in expressions: `user.health.conditions`");
      } else {
        compiled.asks = fact->slot;
        if (!fact->facts.has_question()) {
          Complain(effect.ask(), v1::Ask::kFactFieldNumber, "no-question",
                   absl::StrCat("the fact `", fact->path, "` has no text to ask for it"));
        }
      }
      break;
    }
    default: break;
  }
  return compiled;
}

void RulesetCompiler::FixPoints(CompiledEffect& boost) {
  Arena arena;
  Activation activation;
  activation.arena = &arena;
  const auto milli = [&] {
    const Value value = boost.points->Evaluate(activation);
    const auto* whole = std::get_if<int64_t>(&value);
    const auto* real = std::get_if<double>(&value);
    if (whole == nullptr && (real == nullptr || !std::isfinite(*real))) return CompiledEffect::kNoMilli;
    return static_cast<int32_t>(boost.MilliOf(whole != nullptr ? static_cast<double>(*whole) : *real));
  };
  int fields = 0;
  for (const FactId fact : boost.points->facts()) {
    const int slot = fact - static_cast<int>(Frame::kDose) * kFactsPerFrame;
    if (slot < 0 || slot > kDoseFields) continue;
    if (slot == kDoseFields) continue;  // `dose` itself
    boost.dose_fields |= uint32_t{1} << slot;
    boost.points_dose_field = slot;
    ++fields;
  }
  if (fields != 1) boost.points_dose_field = -1;
  if (boost.points->Reads(Frame::kUser)) {
    if (boost.points->Reads(Frame::kCandidate) && !boost.points->Reads(Frame::kDose))
      boost.points_parts = std::make_unique<const Target>(*boost.points, ruleset_.candidates_);
    return;
  }
  if (boost.points->Reads(Frame::kDose)) {
    if (fields != 1 || boost.points->Reads(Frame::kCandidate)) return;
    const v1::FieldFacts& facts = DoseFields()[static_cast<size_t>(boost.points_dose_field)].facts;
    std::vector<Value> dose(kDoseFields + 1, Value(true));
    for (int value = static_cast<int>(facts.minimum()); value <= static_cast<int>(facts.maximum()); ++value) {
      dose[static_cast<size_t>(boost.points_dose_field)] = int64_t{value};
      activation.frames[static_cast<size_t>(Frame::kDose)] = dose;
      boost.milli_by_dose.push_back(milli());
    }
    return;
  }
  if (!boost.points->Reads(Frame::kCandidate)) {
    boost.milli_at_load.push_back(milli());
    return;
  }
  for (const Candidate& candidate : ruleset_.candidates_) {
    activation.frames[static_cast<size_t>(Frame::kCandidate)] = candidate.frame;
    boost.milli_at_load.push_back(milli());
  }
}

bool RulesetCompiler::SetRange(const v1::Rule& rule, v1::Axis axis, v1::Grade grade, const Message& points, int number,
                               CompiledEffect& effect) {
  const auto& axes = ruleset_.pack().axes();
  const auto scale =
      std::find_if(axes.begin(), axes.end(), [&](const v1::AxisScale& one) { return one.axis() == axis; });
  if (scale == axes.end()) {
    const int place = effect.effect->has_boost() ? v1::Boost::kAxisFieldNumber : number;
    Complain(points, place, "no-scale", absl::StrCat("the pack has no scale for the axis `", v1::Axis_Name(axis), "`"));
    return false;
  }
  if (grade == v1::GRADE_UNSPECIFIED) {
    Complain(rule, v1::Rule::kEvidenceFieldNumber, "points-without-grade",
             absl::StrCat("rule `", rule.id(), "` gives points without a grade"),
             "state `evidence`: the grade caps the points");
    return false;
  }
  const auto& caps = ruleset_.pack().grade_caps();
  const auto cap = std::find_if(caps.begin(), caps.end(), [&](const v1::GradeCap& c) { return c.grade() == grade; });
  const double most = cap == caps.end() ? 0 : cap->points();
  effect.least_milli = std::llround(std::max(scale->minimum(), -most) * 1000);
  effect.most_milli = std::llround(std::min(scale->maximum(), most) * 1000);
  if (effect.least_milli > effect.most_milli) {
    Complain(points, number, "no-points-left",
             absl::StrCat("the cap of grade ", v1::Grade_Name(grade).substr(6), " leaves no points on this axis"));
    return false;
  }
  return true;
}

void RulesetCompiler::CompileVary(const v1::Rule& rule, CompiledEffect& compiled) {
  varies_ = true;
  const v1::Vary& vary = compiled.effect->vary();
  const int number = v1::Vary::kPointsFieldNumber;
  if (!SetRange(rule, v1::AXIS_VARIETY, BestGrade(rule.evidence()), vary, number, compiled)) return;
  if (vary.points() * 1000 > static_cast<double>(-compiled.least_milli)) {
    Complain(vary, number, "points-out-of-range",
             absl::StrCat("points must be at most ", static_cast<double>(-compiled.least_milli) / 1000,
                          " on this axis with this grade"));
  }
}

void RulesetCompiler::CompileBoost(const v1::Rule& rule, CompiledEffect& compiled) {
  const v1::Boost& boost = compiled.effect->boost();
  compiled.points = Compile(boost.points(), boost, v1::Boost::kPointsFieldNumber, ruleset_.points_scope_, kNumber);
  if (!boost.goal().empty()) {
    std::vector<std::string>& goals = ruleset_.goals_;
    const auto known = std::find(goals.begin(), goals.end(), boost.goal());
    compiled.goal = static_cast<int>(known - goals.begin());
    if (known == goals.end()) goals.push_back(boost.goal());
  }
  if (boost.has_by_response()) CheckResponseScale(rule, boost);
  const v1::Grade grade = boost.has_by_response() ? rule.evidence().mechanism().grade() : BestGrade(rule.evidence());
  if (boost.axis() == v1::AXIS_UNSPECIFIED) return;  // the reader has said so
  if (!SetRange(rule, boost.axis(), grade, boost, v1::Boost::kPointsFieldNumber, compiled)) return;
  if (compiled.points != nullptr) FixPoints(compiled);
  if (compiled.points == nullptr || !compiled.points->facts().empty()) return;
  Arena arena;
  Activation activation;
  activation.arena = &arena;
  const Value value = compiled.points->Evaluate(activation);
  const double constant = std::holds_alternative<double>(value)    ? std::get<double>(value)
                          : std::holds_alternative<int64_t>(value) ? static_cast<double>(std::get<int64_t>(value))
                                                                   : NAN;
  if (!(constant * 1000 >= static_cast<double>(compiled.least_milli) &&
        constant * 1000 <= static_cast<double>(compiled.most_milli))) {
    Complain(boost, v1::Boost::kPointsFieldNumber, "points-out-of-range",
             absl::StrCat("points must lie between ", static_cast<double>(compiled.least_milli) / 1000, " and ",
                          static_cast<double>(compiled.most_milli) / 1000, " on this axis with grade ",
                          v1::Grade_Name(grade).substr(6)));
  }
}

void RulesetCompiler::CheckDoses() {
  auto check = [this](const v1::AllowedDose& dose) {
    const AllowedRanges ranges = RangesOf(dose);
    for (size_t i = 0; i < kDoseFields; ++i) {
      if (!ranges[i]) continue;
      const DoseField& field = DoseFields()[i];
      const auto& range = dose.GetReflection()->GetMessage(dose, field.allowed);
      if (ranges[i]->minimum > ranges[i]->usual || ranges[i]->usual > ranges[i]->maximum) {
        Complain(range, 0, "bad-range",
                 absl::StrCat("`", field.chosen->name(), "` must rise from minimum over usual to maximum"));
      }
      if (ranges[i]->minimum < field.facts.minimum() || ranges[i]->maximum > field.facts.maximum()) {
        Complain(range, 0, "bad-range",
                 absl::StrCat("`", field.chosen->name(), "` must lie between ", field.facts.minimum(), " and ",
                              field.facts.maximum()));
      }
    }
  };
  for (const v1::Exercise& exercise : ruleset_.pack().exercises()) check(exercise.dose());
  for (const v1::Meal& meal : ruleset_.pack().meals()) check(meal.dose());
}

}  // namespace myokine
