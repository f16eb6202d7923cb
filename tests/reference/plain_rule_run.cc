#include "tests/reference/plain_rule_run.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "absl/strings/str_cat.h"
#include "engine/recommend/response_estimator.h"
#include "tests/reference/tree_evaluator.h"

namespace myokine::reference {
namespace {

enum class Standing { kSilent, kApplies, kUnknown };

class PlainRunner {
 public:
  PlainRunner(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena)
      : ruleset_(ruleset), weights_(weights) {
    activation_.arena = &arena;
    activation_.frames[static_cast<size_t>(Frame::kUser)] = user;
    gathered_.resize(ruleset.candidates().size());
    outcome_.candidates.resize(ruleset.candidates().size());
  }

  PlainOutcome Run() {
    for (size_t i = 0; i < ruleset_.rules().size(); ++i) RunRule(static_cast<int>(i));
    for (size_t c = 0; c < gathered_.size(); ++c) Settle(c);
    return std::move(outcome_);
  }

 private:
  struct Gathered {
    std::vector<AppliedEffect> boosts;
    std::vector<DoseDemand> limits, prescriptions;
  };

  const CompiledRule& RuleAt(int index) const { return ruleset_.rules()[static_cast<size_t>(index)]; }
  CandidateOutcome& OutcomeOf(size_t c) { return outcome_.candidates[c].outcome; }
  void Look(size_t c) { activation_.frames[static_cast<size_t>(Frame::kCandidate)] = ruleset_.candidates()[c].frame; }

  void RunRule(int index) {
    const CompiledRule& rule = RuleAt(index);
    const Standing when =
        rule.when == nullptr ? Standing::kApplies : Judge(index, Evaluate(rule.when->root(), activation_));
    if (when == Standing::kSilent) return;
    if (rule.target == nullptr) {
      ApplyToAnswer(index, when);
      return;
    }
    bool applied = false, unknown = false;
    for (size_t c = 0; c < gathered_.size(); ++c) {
      const bool exercise = ruleset_.candidates()[c].kind == CandidateKind::kExercise;
      if (!(exercise ? rule.touches_exercises : rule.touches_meals)) continue;
      Look(c);
      const Value met = Evaluate(rule.target->root(), activation_);
      Standing standing = Judge(index, met);
      if (standing == Standing::kSilent) continue;
      if (when == Standing::kUnknown) standing = Standing::kUnknown;
      (standing == Standing::kApplies ? applied : unknown) = true;
      for (const CompiledEffect& effect : rule.EffectsFor(standing == Standing::kUnknown)) {
        if (effect.touches_candidates()) ApplyToCandidate(index, effect, c, standing == Standing::kUnknown);
      }
    }
    if (applied) ApplyToAnswer(index, Standing::kApplies);
    if (unknown && !applied) ApplyToAnswer(index, Standing::kUnknown);
  }

  Standing Judge(int index, const Value& value) {
    if (Is(value, true)) return Standing::kApplies;
    if (Is(value, false)) return Standing::kSilent;
    if (const auto* unknown = std::get_if<Unknown>(&value)) {
      NoteLacking(index, *unknown->facts);
      for (const FactId fact : *unknown->facts) {
        if (fact < kFactsPerFrame) outcome_.unknown.insert(index);
      }
      return Standing::kUnknown;
    }
    if (RuleAt(index).rule->safety()) return Standing::kUnknown;
    NoteFailure(index, std::get<Error>(value).message);
    return Standing::kSilent;
  }

  void NoteFailure(int index, std::string_view why) {
    if (failed_.insert(index).second)
      outcome_.failures.insert(absl::StrCat("rule ", RuleAt(index).rule->id(), ": skipped: ", std::string(why)));
  }

  void NoteLacking(int index, const FactSet& facts) {
    for (const FactId fact : facts) {
      if (fact < kFactsPerFrame && !IsSettled(fact)) outcome_.lacks.insert({fact, index, nullptr});
    }
  }

  void Note(int index, bool because_unknown) {
    outcome_.applied.insert(index);
    if (because_unknown) outcome_.applied_because_unknown.insert(index);
  }

  void ApplyToAnswer(int index, Standing standing) {
    for (const CompiledEffect& effect : RuleAt(index).EffectsFor(standing == Standing::kUnknown)) {
      if (effect.touches_candidates()) continue;
      Note(index, standing == Standing::kUnknown);
      if (effect.asks >= 0 && !IsSettled(effect.asks)) outcome_.lacks.insert({effect.asks, index, &effect});
      outcome_.answer_effects.push_back({index, &effect, standing == Standing::kUnknown});
    }
  }

  bool IsSettled(FactId fact) const {
    const Value& value = activation_.frames[static_cast<size_t>(Frame::kUser)][static_cast<size_t>(fact)];
    const auto* list = std::get_if<const ListValue*>(&value);
    return list != nullptr ? (*list)->complete : IsKnown(value);
  }

  void ApplyToCandidate(int index, const CompiledEffect& effect, size_t c, bool because_unknown) {
    Note(index, because_unknown);
    switch (effect.effect->effect_case()) {
      case v1::Effect::kBoost: gathered_[c].boosts.push_back({index, &effect, because_unknown}); break;
      case v1::Effect::kBlock: OutcomeOf(c).blocking_rules.push_back(index); break;
      case v1::Effect::kCaution: OutcomeOf(c).cautions.push_back({index, &effect, because_unknown}); break;
      case v1::Effect::kLimit: Demand(index, effect, c, because_unknown, gathered_[c].limits); break;
      case v1::Effect::kPrescribe: Demand(index, effect, c, because_unknown, gathered_[c].prescriptions); break;
      case v1::Effect::kVary: {
        const int64_t most = Weigh(effect, effect.effect->vary().points(), 1000);
        if (most > 0) outcome_.candidates[c].varying.emplace_back(index, most);
        break;
      }
      default: break;
    }
  }

  void Demand(int index, const CompiledEffect& effect, size_t c, bool because_unknown,
              std::vector<DoseDemand>& demands) {
    for (const CompiledBound& bound : effect.bounds) {
      DoseDemand demand{index, bound.field, std::nullopt, std::nullopt};
      demand.at_least = Bound(index, bound.at_least.get(), bound.field, effect, c, because_unknown);
      demand.at_most = Bound(index, bound.at_most.get(), bound.field, effect, c, because_unknown);
      if (demand.at_least || demand.at_most) demands.push_back(demand);
    }
  }

  std::optional<int> Bound(int index, const Expression* bound, int field, const CompiledEffect& effect, size_t c,
                           bool because_unknown) {
    if (bound == nullptr) return std::nullopt;
    Look(c);
    const Value value = Evaluate(bound->root(), activation_);
    double number = NAN;
    if (const auto* whole = std::get_if<int64_t>(&value)) number = static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value); real != nullptr && std::isfinite(*real))
      number = DoseFields()[static_cast<size_t>(field)].more_is_cautious ? std::ceil(*real) : std::floor(*real);
    if (!std::isnan(number)) return static_cast<int>(std::clamp(number, -1e6, 1e6));
    NoteNoNumber(index, value);
    if (effect.effect->has_limit() && RuleAt(index).rule->safety()) LimitNotKnown(index, c, because_unknown);
    return std::nullopt;
  }

  void NoteNoNumber(int index, const Value& value) {
    if (const auto* unknown = std::get_if<Unknown>(&value)) {
      NoteLacking(index, *unknown->facts);
    } else {
      NoteFailure(index, IsError(value) ? std::get<Error>(value).message : "not a finite number");
    }
  }

  void LimitNotKnown(int index, size_t c, bool because_unknown) {
    const CompiledRule& rule = RuleAt(index);
    if (rule.on_unknown == OnUnknownDo::kApply || because_unknown) {
      OutcomeOf(c).blocking_rules.push_back(index);
      return;
    }
    if (rule.on_unknown != OnUnknownDo::kEffects || !limits_not_known_.emplace(index, c).second) return;
    for (const CompiledEffect& effect : rule.unknown_effects) {
      if (effect.touches_candidates()) ApplyToCandidate(index, effect, c, /*because_unknown=*/true);
    }
    if (answered_.insert(index).second) ApplyToAnswer(index, Standing::kUnknown);
  }

  void Settle(size_t c) {
    CandidateOutcome& outcome = OutcomeOf(c);
    ChooseDose(ruleset_.candidates()[c].allowed, gathered_[c].limits, absl::MakeSpan(gathered_[c].prescriptions),
               outcome.dosing);
    std::set<int> blocking(outcome.blocking_rules.begin(), outcome.blocking_rules.end());
    blocking.insert(outcome.dosing.blocking_rules.begin(), outcome.dosing.blocking_rules.end());
    outcome.blocking_rules.assign(blocking.begin(), blocking.end());
    outcome.admissible = blocking.empty();
    if (!outcome.admissible) return;
    static const FactSet kNoFacts;
    std::vector<Value> dose(kDoseFields + 1, Value(Unknown{&kNoFacts}));
    for (size_t i = 0; i < kDoseFields; ++i) {
      if (outcome.dosing.dose[i]) dose[i] = int64_t{*outcome.dosing.dose[i]};
    }
    dose[kDoseFields] = true;
    Look(c);
    activation_.frames[static_cast<size_t>(Frame::kDose)] = dose;
    for (const AppliedEffect& boost : gathered_[c].boosts) Score(boost, c);
  }

  void Score(const AppliedEffect& applied, size_t c) {
    const CompiledEffect& boost = *applied.effect;
    if (Weigh(boost, 1000, 1000) == 0) return;  // nobody weights it
    const Value value = Evaluate(boost.points->root(), activation_);
    double points = NAN;
    if (const auto* whole = std::get_if<int64_t>(&value)) points = static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value)) points = *real;
    if (std::isnan(points)) {
      NoteNoNumber(applied.rule, value);
      return;
    }
    const int32_t milli = Weigh(boost, points, boost.by_response == nullptr ? 1000 : ResponsePermille(boost, c));
    if (milli == 0) return;
    OutcomeOf(c).points.push_back({applied.rule, &boost, milli});
    OutcomeOf(c).score_milli += milli;
  }

  // Thousandths: held within the range, then weighted, rounded half away from zero both times.
  int32_t Weigh(const CompiledEffect& effect, double points, int64_t response_permille) {
    const double held =
        std::clamp(points * 1000, static_cast<double>(effect.least_milli), static_cast<double>(effect.most_milli));
    const auto axis = weights_.axes.find(effect.axis());
    int64_t weighted = std::llround(held) * response_permille * (axis == weights_.axes.end() ? 1000 : axis->second);
    const std::string& goal = effect.effect->boost().goal();
    const auto held_goal = weights_.goals.find(goal);
    weighted *= goal.empty() ? 1000 : held_goal == weights_.goals.end() ? 0 : held_goal->second;
    const int64_t half = weighted < 0 ? -500'000'000 : 500'000'000;
    return static_cast<int32_t>((weighted + half) / 1'000'000'000);
  }

  // From the model itself, at the table's steps of the minutes.
  int64_t ResponsePermille(const CompiledEffect& boost, size_t c) {
    const v1::ResponseScale& scale = boost.effect->boost().by_response();
    const Candidate& candidate = ruleset_.candidates()[c];
    constexpr size_t kMinutes = v1::Dose::kMinutesFieldNumber - 1;
    const auto& allowed = candidate.allowed[kMinutes];
    if (candidate.exercise == nullptr || !allowed) return 0;
    ChosenDose dose;
    for (size_t i = 0; i < kDoseFields; ++i) {
      if (candidate.allowed[i]) dose[i] = candidate.allowed[i]->usual;
    }
    const ChosenDose& chosen = OutcomeOf(c).dosing.dose;
    dose[v1::Dose::kRpeFieldNumber - 1] = chosen[v1::Dose::kRpeFieldNumber - 1];
    int minutes = allowed->minimum;
    for (int step = 0; step < ResponseTable::kMinuteSteps; ++step) {
      const int at =
          allowed->minimum + (allowed->maximum - allowed->minimum) * step / (ResponseTable::kMinuteSteps - 1);
      if (at <= *chosen[kMinutes]) minutes = at;
    }
    dose[kMinutes] = minutes;
    const std::optional<Bout> bout = BoutOf(*candidate.exercise, dose, ruleset_.responses());
    const AcuteModel* model = nullptr;
    for (int i = 0; i < ruleset_.pack().myokines_size(); ++i) {
      if (ruleset_.pack().myokines(i).id() == scale.myokine())
        model = ruleset_.responses().For(candidate.exercise->modality())[static_cast<size_t>(i)].acute;
    }
    if (model == nullptr || !bout) return 0;
    int64_t discount = 0;
    for (const v1::GradeCap& cap : ruleset_.pack().grade_caps()) {
      if (cap.grade() == model->response().evidence().grade()) discount = cap.response_permille();
    }
    const double share = (model->Peak(*bout, 1).expected - 1) / (scale.full_at() - 1);
    const int64_t permille = std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(discount));
    const double factor = ResponseEstimator(ruleset_, activation_).FactorOf(*model);
    return std::min<int64_t>(1000, permille * std::llround(std::clamp(factor, 0.0, 10.0) * 1000) / 1000);
  }

  const Ruleset& ruleset_;
  const Weights& weights_;
  Activation activation_;
  std::vector<Gathered> gathered_;
  std::set<int> failed_, answered_;
  std::set<std::pair<int, size_t>> limits_not_known_;
  PlainOutcome outcome_;
};

std::string Show(const Ruleset& ruleset, const std::set<int>& rules) {
  std::string text;
  for (const int rule : rules) absl::StrAppend(&text, ruleset.rules()[static_cast<size_t>(rule)].rule->id(), " ");
  return text;
}

std::string Show(const Ruleset& ruleset, const Bits& rules) {
  std::set<int> numbers;
  rules.ForEach([&](size_t rule) { numbers.insert(static_cast<int>(rule)); });
  return Show(ruleset, numbers);
}

std::string Show(const std::vector<AppliedEffect>& effects) {
  std::string text;
  for (const AppliedEffect& one : effects)
    absl::StrAppend(&text, one.rule, ".", one.effect->number, one.because_unknown ? "?" : "", " ");
  return text;
}

std::string Show(const CandidateOutcome& outcome) {
  std::string text = outcome.admissible ? "admissible " : "blocked ";
  for (const int rule : outcome.blocking_rules) absl::StrAppend(&text, rule, " ");
  absl::StrAppend(&text, "cautions ", Show(outcome.cautions), "dose ");
  for (const auto& value : outcome.dosing.dose) absl::StrAppend(&text, value.value_or(-1), " ");
  absl::StrAppend(&text, "shaping ");
  for (const int rule : outcome.dosing.shaping_rules) absl::StrAppend(&text, rule, " ");
  absl::StrAppend(&text, "dropped ");
  for (const DroppedDemand& one : outcome.dosing.dropped) absl::StrAppend(&text, one.rule, ".", one.field, " ");
  absl::StrAppend(&text, "points ");
  std::vector<Points> points = outcome.points;
  std::sort(points.begin(), points.end(), [](const Points& a, const Points& b) {
    return a.rule != b.rule ? a.rule < b.rule : a.effect->number < b.effect->number;
  });
  for (const Points& one : points) absl::StrAppend(&text, one.rule, ".", one.effect->number, "=", one.milli, " ");
  return absl::StrCat(text, "score ", outcome.score_milli);
}

}  // namespace

PlainOutcome PlainRunRules(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena) {
  return PlainRunner(ruleset, user, weights, arena).Run();
}

std::string Difference(const Ruleset& ruleset, const RuleOutcome& fast, const PlainOutcome& plain) {
  const auto unlike = [](const std::string& what, const std::string& a, const std::string& b) {
    return a == b ? "" : absl::StrCat(what, ":\n  fast:  ", a, "\n  plain: ", b);
  };
  std::set<std::string> failures;
  for (const v1::Remark& one : fast.failures) failures.insert(absl::StrCat(one.field(), ": ", one.text()));
  std::string lacking[2], failed[2];
  const auto show = [](const Lack& lack) { return absl::StrCat(lack.fact, ":", lack.rule, lack.ask ? "? " : " "); };
  for (const Lack& lack : fast.lacks) lacking[0] += show(lack);
  for (const Lack& lack : plain.lacks) lacking[1] += show(lack);
  for (const std::string& one : failures) absl::StrAppend(&failed[0], one, "; ");
  for (const std::string& one : plain.failures) absl::StrAppend(&failed[1], one, "; ");
  for (const std::string& difference :
       {unlike("effects on the answer", Show(fast.answer_effects), Show(plain.answer_effects)),
        unlike("applied", Show(ruleset, fast.applied), Show(ruleset, plain.applied)),
        unlike("applied because unknown", Show(ruleset, fast.applied_because_unknown),
               Show(ruleset, plain.applied_because_unknown)),
        unlike("unknown", Show(ruleset, fast.unknown), Show(ruleset, plain.unknown)),
        unlike("lacking", lacking[0], lacking[1]), unlike("failures", failed[0], failed[1])}) {
    if (!difference.empty()) return difference;
  }
  for (size_t c = 0; c < plain.candidates.size(); ++c) {
    const std::string& id = ruleset.candidates()[c].id();
    std::string varying[2];
    for (const VaryingEffect& one : fast.varying()) {
      if (one.set->bits.Has(c)) absl::StrAppend(&varying[0], one.rule, "=", one.most_milli, " ");
    }
    for (const auto& [rule, milli] : plain.candidates[c].varying) absl::StrAppend(&varying[1], rule, "=", milli, " ");
    for (const std::string& difference : {unlike(id, Show(fast.Of(c)), Show(plain.candidates[c].outcome)),
                                          unlike(absl::StrCat(id, " varying"), varying[0], varying[1])}) {
      if (!difference.empty()) return difference;
    }
  }
  return "";
}

}  // namespace myokine::reference
