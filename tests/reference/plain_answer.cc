#include "tests/reference/plain_answer.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/recommend/diet_picture.h"
#include "engine/recommend/inflammation_picture.h"
#include "engine/recommend/ranking.h"
#include "engine/recommend/response_estimator.h"
#include "engine/recommend/user_frame.h"
#include "engine/ruleset/locale.h"
#include "tests/reference/plain_rule_run.h"
#include "tests/reference/tree_evaluator.h"

namespace myokine::reference {
namespace {

using Decisions = std::vector<std::pair<std::string, v1::Truth>>;

v1::Truth TruthOf(const Value& value) {
  if (Is(value, true)) return v1::TRUTH_TRUE;
  return Is(value, false) ? v1::TRUTH_FALSE : v1::TRUTH_UNKNOWN;
}

// The fewest parts of `part` that are enough for how it came out; of equals, those on the left.
Decisions Deciding(const Checked& part, const std::string& text, const Activation& activation, std::set<int>& slots) {
  const auto truth = [&](const Checked& one) { return TruthOf(Evaluate(one, activation)); };
  if (part.op == Op::kNot) return Deciding(*part.args[0], text, activation, slots);
  if (part.op != Op::kAnd && part.op != Op::kOr) {
    const size_t begin = static_cast<size_t>(part.span.begin), end = static_cast<size_t>(part.span.end);
    std::vector<const Checked*> open = {&part};
    while (!open.empty()) {
      const Checked& one = *open.back();
      open.pop_back();
      if ((one.op == Op::kFact || one.op == Op::kHasFact) && one.frame == Frame::kUser) slots.insert(one.index);
      for (const auto& arg : one.args) open.push_back(arg.get());
    }
    return {{text.substr(begin, end - begin), truth(part)}};
  }
  std::vector<Decisions> sides;
  std::vector<std::set<int>> read;
  for (const auto& arg : part.args) {
    if (truth(*arg) != truth(part)) continue;
    read.emplace_back();
    sides.push_back(Deciding(*arg, text, activation, read.back()));
  }
  const bool either = truth(part) == (part.op == Op::kOr ? v1::TRUTH_TRUE : v1::TRUTH_FALSE);
  Decisions all;
  for (size_t i = 0; i < sides.size(); ++i) {
    if (either && sides.size() == 2 && i != (sides[1].size() < sides[0].size() ? 1u : 0u)) continue;
    all.insert(all.end(), sides[i].begin(), sides[i].end());
    slots.insert(read[i].begin(), read[i].end());
  }
  return all;
}

class Builder {
 public:
  Builder(const Ruleset& ruleset, const v1::RecommendRequest& request, absl::Time now)
      : ruleset_(ruleset),
        options_(request.options()),
        locale_(ResolveLocale(request.options().locale())),
        intake_(TakeIn(request.user(), ruleset, now, locale_)),
        user_(FillUserFrame(ruleset, intake_, arena_)),
        outcome_(PlainRunRules(ruleset, user_, WeightsOf(request.options(), intake_.user), arena_)) {
    activation_.arena = &arena_;
    activation_.frames[static_cast<size_t>(Frame::kUser)] = user_;
  }

  v1::RecommendResponse Build() {
    AddFrame();
    AddStanding();
    if (Ranks(answer_.disposition())) {
      AddStatements();
      RankExercises(options_.has_exercise_count() ? options_.exercise_count() : 5);
      RankMeals(options_.has_meal_count() ? options_.meal_count() : 5);
      AddBlocked();
      AddPairings();
      AddQuestions();
      AddInflammation();
      AddAllergens();
    }
    AddNotes();
    return std::move(answer_);
  }

 private:
  const v1::Rule& RuleAt(int index) const { return *ruleset_.rules()[static_cast<size_t>(index)].rule; }

  const std::string& TextOf(const AppliedEffect& applied, const v1::Text& own) const {
    const v1::Rule& rule = RuleAt(applied.rule);
    if (!own.en().empty()) return Pick(own, locale_);
    if (applied.because_unknown && rule.on_unknown().has_text()) return Pick(rule.on_unknown().text(), locale_);
    return Pick(rule.text(), locale_);
  }
  v1::Statement StatementOf(const AppliedEffect& applied, const v1::Text& own) {
    rules_.insert(applied.rule);
    v1::Statement statement;
    statement.set_rule(RuleAt(applied.rule).id());
    statement.set_text(TextOf(applied, own));
    return statement;
  }

  void AddFrame() {
    answer_.set_locale(std::string(locale_));
    *answer_.mutable_evaluation_time() = intake_.user.evaluation_time();
    answer_.set_time_zone(intake_.user.time_zone());
    answer_.mutable_pack()->set_id(ruleset_.pack().pack().id());
    answer_.mutable_pack()->set_version(ruleset_.pack().pack().version());
    answer_.mutable_pack()->set_digest(ruleset_.digest());
    answer_.set_notice(Pick(ruleset_.pack().pack().notice(), locale_));
    for (const v1::Remark& remark : intake_.unrecognized) *answer_.add_unrecognized() = remark;
    for (const v1::Remark& remark : intake_.stale) *answer_.add_stale() = remark;
    for (const v1::Remark& remark : intake_.warnings) *answer_.add_warnings() = remark;
  }

  void AddStanding() {
    answer_.set_disposition(v1::DISPOSITION_PROCEED);
    for (int level = v1::Disposition_MAX; level >= v1::Disposition_MIN; --level) {
      for (const AppliedEffect& applied : outcome_.answer_effects) {
        const v1::Effect& effect = *applied.effect->effect;
        if (!effect.has_refer() || effect.refer().to() != level) continue;
        answer_.set_disposition(std::max(answer_.disposition(), effect.refer().to()));
        v1::DispositionReason& reason = *answer_.add_reasons();
        reason.set_disposition(effect.refer().to());
        reason.set_rule(RuleAt(applied.rule).id());
        reason.set_text(TextOf(applied, effect.refer().text()));
        reason.set_because_unknown(applied.because_unknown);
        rules_.insert(applied.rule);
      }
    }
    for (const AppliedEffect& applied : outcome_.answer_effects) {
      if (applied.effect->effect->has_act_now())
        *answer_.add_act_now() = StatementOf(applied, applied.effect->effect->act_now().text());
    }
  }

  void AddStatements() {
    const auto order = [this](const AppliedEffect& applied) {
      static const std::map<v1::Grade, int> kOrder = {
          {v1::GRADE_X, 1}, {v1::GRADE_A, 2}, {v1::GRADE_G, 2}, {v1::GRADE_B, 3}, {v1::GRADE_C, 4}};
      const v1::Rule& rule = RuleAt(applied.rule);
      const auto found = kOrder.find(rule.evidence().outcome().grade());
      return rule.safety() ? 0 : found == kOrder.end() ? 5 : found->second;
    };
    for (int place = 0; place <= 5; ++place) {
      for (const AppliedEffect& applied : outcome_.answer_effects) {
        if (!applied.effect->effect->has_advise() || order(applied) != place) continue;
        if (answer_.disposition() >= v1::DISPOSITION_REST_TODAY && !RuleAt(applied.rule).safety()) continue;
        *answer_.add_advice() = StatementOf(applied, applied.effect->effect->advise().text());
      }
    }
    for (const AppliedEffect& applied : outcome_.answer_effects) {
      if (applied.effect->effect->has_avoid())
        *answer_.add_avoid() = StatementOf(applied, applied.effect->effect->avoid().text());
    }
  }

  // What is taken off a candidate below others, by rule, in the order of the rules.
  std::vector<std::pair<int, int64_t>> Taken(size_t c, const std::vector<size_t>& above) const {
    if (outcome_.candidates[c].varying.empty()) return {};
    int likeness = 0;
    for (const size_t other : above) likeness = std::max(likeness, ruleset_.likeness().Permille(c, other));
    int64_t most = 0;
    for (const auto& [rule, milli] : outcome_.candidates[c].varying) most += milli;
    int64_t left = most == 0 ? 0
                             : outcome_.candidates[c].outcome.score_milli -
                                   (outcome_.candidates[c].outcome.score_milli - most * likeness / 1000);
    std::vector<std::pair<int, int64_t>> taken;
    for (const auto& [rule, milli] : outcome_.candidates[c].varying) {
      const int64_t share = std::min(left, milli);
      left -= share;
      if (share != 0) taken.emplace_back(rule, share);
    }
    return taken;
  }

  // The best of those that are left, ties by id.
  std::optional<size_t> Best(CandidateKind kind, const std::set<size_t>& gone, const std::vector<size_t>& above) const {
    std::optional<size_t> best;
    int64_t best_score = 0;
    for (size_t c = 0; c < outcome_.candidates.size(); ++c) {
      if (ruleset_.candidates()[c].kind != kind || !outcome_.candidates[c].outcome.admissible || gone.contains(c))
        continue;
      const int64_t score = ScoreOf(c, above);
      if (best && (score < best_score ||
                   (score == best_score && ruleset_.candidates()[c].id() > ruleset_.candidates()[*best].id())))
        continue;
      best = c;
      best_score = score;
    }
    return best;
  }
  int64_t ScoreOf(size_t c, const std::vector<size_t>& above) const {
    int64_t score = outcome_.candidates[c].outcome.score_milli;
    for (const auto& [rule, milli] : Taken(c, above)) score -= milli;
    return score;
  }

  void RankExercises(int count) {
    std::set<size_t> gone;
    std::vector<size_t> above;
    while (answer_.exercises_size() < count) {
      const std::optional<size_t> c = Best(CandidateKind::kExercise, gone, above);
      if (!c) return;
      AddSuggestion(*c, above, *answer_.add_exercises());
      gone.insert(*c);
      above.push_back(*c);
    }
  }

  void RankMeals(int count) {
    DietKeeper keeper;
    keeper.Begin(ruleset_, intake_, activation_);
    std::set<size_t> gone;
    std::vector<size_t> above;
    std::vector<std::pair<const v1::Budget*, size_t>> held;
    while (answer_.meals_size() < count) {
      const std::optional<size_t> c = Best(CandidateKind::kMeal, gone, above);
      if (!c) break;
      gone.insert(*c);
      const auto& servings = outcome_.candidates[*c].outcome.dosing.dose[v1::Dose::kServingsPercentFieldNumber - 1];
      const Portion portion{ruleset_.candidates()[*c].meal, servings.value_or(100)};
      if (!keeper.Take(portion)) {
        held.emplace_back(keeper.refused().budget, *c);
        continue;
      }
      AddSuggestion(*c, above, *answer_.add_meals());
      if (const auto change = keeper.IndexChange(portion))
        answer_.mutable_meals()->rbegin()->set_diet_index_change(*change);
      above.push_back(*c);
    }
    keeper.Fill(locale_, *answer_.mutable_diet());
    std::vector<const v1::Budget*> told;
    for (const auto& [budget, unused] : held) {
      if (std::find(told.begin(), told.end(), budget) != told.end()) continue;
      told.push_back(budget);
      v1::HeldBackMeals& group = *answer_.mutable_diet()->add_held_back();
      group.set_budget(budget->id());
      group.set_text(Pick(budget->text(), locale_));
      for (const auto& [by, meal] : held) {
        if (by != budget) continue;
        group.set_count(group.count() + 1);
        if (group.count() <= 5) group.add_candidates(ruleset_.candidates()[meal].id());
      }
    }
  }

  void AddSuggestion(size_t c, const std::vector<size_t>& above, v1::Suggestion& suggestion) {
    const Candidate& candidate = ruleset_.candidates()[c];
    const CandidateOutcome& outcome = outcome_.candidates[c].outcome;
    listed_.push_back(static_cast<uint32_t>(c));
    suggestion.set_candidate(candidate.id());
    suggestion.set_name(Pick(candidate.name(), locale_));
    suggestion.set_summary(Pick(candidate.summary(), locale_));
    suggestion.set_score_milli(static_cast<int32_t>(ScoreOf(c, above)));
    std::vector<Points> points = outcome.points;
    for (const auto& [rule, milli] : Taken(c, above))
      points.push_back({rule, VaryOf(rule), static_cast<int32_t>(-milli)});
    std::sort(points.begin(), points.end(), [](const Points& a, const Points& b) {
      return std::tuple(-std::abs(a.milli), a.rule, a.effect->number) <
             std::tuple(-std::abs(b.milli), b.rule, b.effect->number);
    });
    for (const Points& one : points) {
      rules_.insert(one.rule);
      v1::Contribution& contribution = *suggestion.add_contributions();
      contribution.set_rule(RuleAt(one.rule).id());
      contribution.set_axis(one.effect->effect->has_vary() ? v1::AXIS_VARIETY : one.effect->effect->boost().axis());
      contribution.set_milli(one.milli);
      if (!one.effect->effect->boost().has_by_response()) continue;
      contribution.set_myokine(one.effect->effect->boost().by_response().myokine());
      myokines_.insert(contribution.myokine());
    }
    *suggestion.mutable_dose() = ToProto(outcome.dosing.dose);
    for (const AppliedEffect& caution : outcome.cautions)
      *suggestion.add_cautions() = StatementOf(caution, caution.effect->effect->caution().text());
    for (const int rule : outcome.dosing.shaping_rules) {
      rules_.insert(rule);
      suggestion.add_dose_rules(RuleAt(rule).id());
    }
    for (const DroppedDemand& dropped : outcome.dosing.dropped) {
      rules_.insert(dropped.rule);
      v1::DroppedPrescription& one = *suggestion.add_dropped();
      one.set_rule(RuleAt(dropped.rule).id());
      one.set_field(DoseFields()[static_cast<size_t>(dropped.field)].chosen->name());
    }
    if (candidate.meal != nullptr) {
      *suggestion.mutable_allergens() = candidate.meal->allergens();
      *suggestion.mutable_may_contain() = candidate.meal->may_contain();
      return;
    }
    const ResponseEstimator estimator(ruleset_, activation_);
    const std::optional<int>& sessions = outcome.dosing.dose[v1::Dose::kSessionsPerWeekFieldNumber - 1];
    estimator.ForEachResponse(
        candidate.exercise->modality(), estimator.BoutOf(*candidate.exercise, outcome.dosing.dose),
        sessions ? std::optional<double>(*sessions) : std::nullopt, [&](const ExpectedResponse& expected) {
          v1::MyokineResponse& response = *suggestion.add_responses();
          response = ToProto(ruleset_, estimator, expected, std::nullopt);
          myokines_.insert(response.myokine());
          ForEachReference(expected, [&](const std::string& key) {
            if (IsReference(key)) of_myokines_[response.myokine()].insert(key);
          });
        });
  }

  const CompiledEffect* VaryOf(int rule) const {
    for (const bool unknown : {false, true}) {
      for (const CompiledEffect& effect : ruleset_.rules()[static_cast<size_t>(rule)].EffectsFor(unknown)) {
        if (effect.effect->has_vary()) return &effect;
      }
    }
    return nullptr;
  }

  bool IsReference(const std::string& key) const {
    const auto& all = ruleset_.pack().references();
    return std::any_of(all.begin(), all.end(), [&](const v1::Reference& one) { return one.id() == key; });
  }

  void AddBlocked() {
    std::vector<std::vector<int>> told;
    for (const PlainCandidate& first : outcome_.candidates) {
      const std::vector<int>& by = first.outcome.blocking_rules;
      if (first.outcome.admissible || std::find(told.begin(), told.end(), by) != told.end()) continue;
      told.push_back(by);
      v1::BlockedCandidates& group = *answer_.add_blocked();
      for (const int rule : by) {
        rules_.insert(rule);
        group.add_rules(RuleAt(rule).id());
      }
      for (size_t c = 0; c < outcome_.candidates.size(); ++c) {
        const CandidateOutcome& other = outcome_.candidates[c].outcome;
        if (other.admissible || other.blocking_rules != by) continue;
        group.set_count(group.count() + 1);
        if (group.count() <= 5) group.add_candidates(ruleset_.candidates()[c].id());
      }
    }
  }

  void AddPairings() {
    std::vector<PairingMatch> matches;
    FindPairings(ruleset_, activation_, listed_, matches);
    for (const PairingMatch& match : matches) {
      v1::SuggestedPairing& one = *answer_.add_pairings();
      one.set_pairing(match.pairing->pairing->id());
      one.set_exercise(match.exercise->id());
      one.set_meal(match.meal->id());
      one.set_meal_offset_minutes(match.pairing->pairing->meal_offset_minutes());
      one.set_text(Pick(match.pairing->pairing->text(), locale_));
    }
  }

  // How much of the answer a rule could change.
  int64_t ImpactOf(int index) const {
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    int64_t touched = 0, held_back = 0;
    for (size_t c = 0; rule.target != nullptr && c < outcome_.candidates.size(); ++c) {
      if (!ruleset_.candidate_sets()[rule.touches].bits.Has(c)) continue;
      touched += std::count(listed_.begin(), listed_.end(), static_cast<uint32_t>(c));
      held_back += !outcome_.candidates[c].outcome.admissible;
    }
    int64_t reach = 0;
    if (touched > 0) reach = std::max<int64_t>(1, touched * 10 / static_cast<int64_t>(listed_.size()));
    if (outcome_.applied_because_unknown.contains(index))
      reach = std::max(reach, std::min<int64_t>(10, reach + held_back));
    int64_t impact = 1;
    for (const bool unknown : {false, true}) {
      for (const CompiledEffect& effect : rule.EffectsFor(unknown))
        impact = std::max(impact, WorthOf(effect, unknown) * (effect.touches_candidates() ? reach : 10));
    }
    return impact;
  }
  int64_t WorthOf(const CompiledEffect& effect, bool unknown) const {
    if (effect.effect->has_refer())
      return effect.effect->refer().to() < answer_.disposition() ? 100 : unknown ? 2000 : 500;
    static const std::map<int, int64_t> kWorth = {
        {v1::Effect::kLimit, 200}, {v1::Effect::kBlock, 100}, {v1::Effect::kAsk, 50}, {v1::Effect::kCaution, 10}};
    const auto worth = kWorth.find(effect.effect->effect_case());
    return worth == kWorth.end() ? 1 : worth->second;
  }

  void AddQuestions() {
    std::map<int, int64_t> impacts;
    for (const Lack& lack : outcome_.lacks) impacts[lack.fact] += lack.ask != nullptr ? 50 : ImpactOf(lack.rule);
    std::set<std::pair<int64_t, int>> ranked;
    for (const auto& [slot, impact] : impacts) {
      const Fact* fact = ruleset_.user_schema().FindSlot(slot);
      if (fact == nullptr || !fact->facts.has_question()) continue;
      const auto& declined = intake_.user.declared_unknown();
      if (std::none_of(declined.begin(), declined.end(), [&](const std::string& part) {
            return fact->path == part || fact->path.rfind(part + ".", 0) == 0;
          }))
        ranked.emplace(-impact, slot);
    }
    for (const auto& [impact, slot] : ranked) {
      if (answer_.questions_size() == 5) return;
      answer_.add_questions()->ParseFromString(std::string(ruleset_.phrases(locale_).Question(slot)));
    }
  }

  void AddInflammation() {
    v1::InflammationPicture& picture = *answer_.mutable_inflammation();
    picture = ReadInflammation(ruleset_, activation_, locale_);
    if (answer_.disposition() >= v1::DISPOSITION_REST_TODAY) picture.clear_movers();
    for (const v1::SignReading& sign : picture.signs())
      references_.insert(sign.references().begin(), sign.references().end());
    for (const v1::SignMover& mover : picture.movers())
      references_.insert(mover.references().begin(), mover.references().end());
  }

  void AddAllergens() {
    std::set<std::string> named;
    for (const v1::Suggestion& meal : answer_.meals()) {
      named.insert(meal.allergens().begin(), meal.allergens().end());
      named.insert(meal.may_contain().begin(), meal.may_contain().end());
    }
    for (const std::string& id : named) {
      const IndexedConcept* indexed = ruleset_.vocabularies().Find("allergen", id);
      if (indexed == nullptr || indexed->concept_ == nullptr) continue;
      v1::ConceptNote& note = *answer_.add_concepts();
      note.set_vocabulary("allergen");
      note.set_id(id);
      note.set_name(Pick(indexed->concept_->name(), locale_));
    }
  }

  void AddRule(int index, std::set<int>& slots) {
    const CompiledRule& compiled = ruleset_.rules()[static_cast<size_t>(index)];
    const v1::Rule& rule = *compiled.rule;
    v1::RuleNote& note = *answer_.add_rules();
    note.set_id(rule.id());
    note.set_because_unknown(outcome_.applied_because_unknown.contains(index));
    note.set_text(
        Pick(note.because_unknown() && rule.on_unknown().has_text() ? rule.on_unknown().text() : rule.text(), locale_));
    *note.mutable_claims() = rule.claims();
    *note.mutable_evidence() = rule.evidence();
    for (const auto* evidence : {&rule.evidence().outcome(), &rule.evidence().mechanism()})
      references_.insert(evidence->references().begin(), evidence->references().end());
    bool condition_unknown = false;
    if (compiled.when != nullptr) {
      const v1::Truth truth = TruthOf(Evaluate(compiled.when->root(), activation_));
      condition_unknown = truth == v1::TRUTH_UNKNOWN;
      std::set<std::string> seen;
      if (truth == v1::TRUTH_TRUE || (condition_unknown && note.because_unknown())) {
        for (const auto& [text, came_out] :
             Deciding(compiled.when->root(), compiled.when->text(), activation_, slots)) {
          if (!seen.insert(text).second) continue;
          v1::DecidingPart& part = *note.add_decided_by();
          part.set_expression(text);
          part.set_truth(came_out);
        }
      }
    }
    if (compiled.target == nullptr || compiled.fixed) return;
    v1::DecidingPart& part = *note.add_decided_by();
    part.set_expression(rule.target());
    part.set_truth(note.because_unknown() && !condition_unknown ? v1::TRUTH_UNKNOWN : v1::TRUTH_TRUE);
    for (const FactId fact : compiled.target->facts()) {
      if (fact < kFactsPerFrame) slots.insert(fact);
    }
  }

  void AddNotes() {
    std::map<std::string, std::string> failures;  // by rule
    for (const std::string& failure : outcome_.failures) {
      const size_t colon = failure.find(": ");
      failures[failure.substr(0, colon)] = failure.substr(colon + 2);
    }
    for (const auto& [rule, why] : failures) {
      v1::Remark& remark = *answer_.add_warnings();
      remark.set_field(rule);
      remark.set_text(why);
    }
    std::set<int> slots;
    for (const int rule : rules_) AddRule(rule, slots);
    for (const int slot : slots) {
      const Value& value = user_[static_cast<size_t>(slot)];
      v1::FactNote& note = *answer_.add_facts();
      note.set_fact(ruleset_.NameOfSlot(slot));
      note.set_unit(ruleset_.UnitOfSlot(slot));
      if (!IsKnown(value)) continue;
      const auto* list = std::get_if<const ListValue*>(&value);
      const size_t records =
          list == nullptr
              ? 0
              : static_cast<size_t>(std::count_if((*list)->items.begin(), (*list)->items.end(), [](const Value& item) {
                  return std::holds_alternative<const RecordValue*>(item);
                }));
      note.set_value(records == 0 ? ToString(value)
                                  : absl::StrCat("[", records, records == 1 ? " record" : " records",
                                                 (*list)->complete ? "]" : ", ...]"));
    }
    for (const v1::MyokineModel& model : ruleset_.pack().myokines()) {
      if (!myokines_.contains(model.id())) continue;
      v1::MyokineNote& note = *answer_.add_myokines();
      note.set_id(model.id());
      note.set_name(Pick(model.name(), locale_));
      note.set_disagreement(Pick(model.disagreement(), locale_));
      note.set_no_number(Pick(model.no_number(), locale_));
      for (const std::string& key : of_myokines_[model.id()]) note.add_references(key);
    }
    std::map<std::string, const v1::Reference*> known;
    for (const v1::Reference& reference : ruleset_.pack().references()) known[reference.id()] = &reference;
    for (const auto& [key, reference] : known) {
      if (!references_.contains(key)) continue;
      v1::Reference& cited = *answer_.add_references();
      cited.set_id(key);
      cited.set_citation(reference->citation());
      cited.set_status(reference->status());
    }
  }

  const Ruleset& ruleset_;
  const v1::RecommendOptions& options_;
  const std::string_view locale_;
  Arena arena_;
  const Intake intake_;
  const std::vector<Value> user_;
  const PlainOutcome outcome_;
  Activation activation_;
  v1::RecommendResponse answer_;
  std::vector<uint32_t> listed_;
  std::set<int> rules_;
  std::set<std::string> references_, myokines_;
  std::map<std::string, std::set<std::string>> of_myokines_;
};

}  // namespace

v1::RecommendResponse PlainAnswer(const Ruleset& ruleset, const v1::RecommendRequest& request, absl::Time now) {
  return Builder(ruleset, request, now).Build();
}

}  // namespace myokine::reference
