#include "engine/recommend/rule_run.h"

#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "engine/recommend/response_estimator.h"

namespace myokine {
namespace {

// How a rule stands for one candidate, or for the answer.
enum class Standing { kSilent, kApplies, kUnknown };

// How much an effect that is applied, or missed, for want of a fact makes the fact worth asking for.
int64_t WorthOf(const CompiledEffect& effect) {
  switch (effect.effect->effect_case()) {
    case v1::Effect::kRefer: return 400;
    case v1::Effect::kLimit: return 200;
    case v1::Effect::kBlock: return 100;
    case v1::Effect::kAsk: return 50;
    case v1::Effect::kCaution: return 10;
    default: return 1;
  }
}

class Runner {
 public:
  Runner(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena)
      : ruleset_(ruleset), weights_(weights) {
    activation_.arena = &arena;
    activation_.frames[static_cast<size_t>(Frame::kUser)] = user;
    outcome_.candidates.resize(ruleset.candidates().size());
    works_.resize(ruleset.candidates().size());
    for (Work& work : works_) work.Clear();  // of the thread's last run
  }

  RuleOutcome Run(const std::set<int>& without) {
    for (size_t i = 0; i < ruleset_.rules().size(); ++i) {
      if (!without.contains(static_cast<int>(i))) RunRule(static_cast<int>(i));
    }
    for (size_t c = 0; c < works_.size(); ++c) Settle(c);
    return std::move(outcome_);
  }

 private:
  // What has gathered for one candidate.
  struct Work {
    std::vector<AppliedEffect> boosts;
    std::vector<DoseDemand> limits;
    std::vector<DoseDemand> prescriptions;

    void Clear() {
      boosts.clear();
      limits.clear();
      prescriptions.clear();
    }
  };

  // The memory of a thread's runs, which use it in turn.
  static std::vector<Work>& WorksOfThread() {
    thread_local std::vector<Work> works;
    return works;
  }

  void RunRule(int index) {
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    const Standing when = rule.when == nullptr ? Standing::kApplies : Judge(rule, rule.when->Evaluate(activation_));
    if (when == Standing::kSilent) return;
    if (rule.target == nullptr) {
      ApplyToAnswer(index, when);
      return;
    }
    if (rule.parts != nullptr) {
      if (parts_.size() < rule.parts->values()) parts_.resize(rule.parts->values(), Value(false));
      if (!rule.parts->Prepare(activation_, absl::MakeSpan(parts_))) return;
      activation_.frames[static_cast<size_t>(Frame::kPart)] = parts_;
      standings_.assign(rule.parts->classes(), std::nullopt);
    }
    // What does nothing when it can't know has no candidate to visit, unless its target lacks facts to be noted.
    if (when == Standing::kUnknown && !rule.fixed.empty() && EffectsFor(rule, when).empty()) return;
    bool applied = false, unknown = false;
    for (const size_t c : rule.touches) {
      Standing standing = StandingOf(rule, c);
      if (standing == Standing::kSilent) continue;
      if (when == Standing::kUnknown) standing = Standing::kUnknown;
      applied |= standing == Standing::kApplies;
      unknown |= standing == Standing::kUnknown;
      for (const CompiledEffect& effect : EffectsFor(rule, standing)) {
        if (effect.touches_candidates()) ApplyToCandidate(index, effect, c, standing == Standing::kUnknown);
      }
    }
    if (applied) ApplyToAnswer(index, Standing::kApplies);
    if (unknown && !applied) ApplyToAnswer(index, Standing::kUnknown);
  }

  // Notes what was lacking. A safety rule takes an error as unknown; any other rule is silent then, and the answer says
  // so.
  Standing Judge(const CompiledRule& rule, const Value& value) {
    if (Is(value, true)) return Standing::kApplies;
    if (Is(value, false)) return Standing::kSilent;
    if (const auto* unknown = std::get_if<Unknown>(&value)) {
      if (&rule == last_unknown_ && unknown->facts == last_lacking_) return Standing::kUnknown;  // noted already
      last_unknown_ = &rule;
      last_lacking_ = unknown->facts;
      NoteLacking(rule, *unknown->facts);
      outcome_.unknown.insert(static_cast<int>(&rule - ruleset_.rules().data()));
      return Standing::kUnknown;
    }
    if (rule.rule->safety()) return Standing::kUnknown;
    NoteFailure(rule, std::get<Error>(value));
    return Standing::kSilent;
  }

  void NoteFailure(const CompiledRule& rule, const Error& error) {
    if (!failed_.insert(&rule).second) return;
    v1::Remark remark;
    remark.set_field(absl::StrCat("rule ", rule.rule->id()));
    remark.set_text(absl::StrCat("skipped: ", std::string(error.message)));
    outcome_.failures.push_back(std::move(remark));
  }

  // Each rule makes a fact worth asking for once, however many candidates it is lacking for.
  void NoteLacking(const CompiledRule& rule, const FactSet& facts) {
    int64_t worth = 0;
    for (const CompiledEffect& effect : EffectsFor(rule, Standing::kUnknown)) worth = std::max(worth, WorthOf(effect));
    if (worth == 0) worth = 1;
    for (FactId fact : facts) {
      if (fact < kFactsPerFrame && !IsSettled(fact) && noted_.emplace(&rule, fact).second)
        outcome_.lacking[fact] += worth;
    }
  }

  Standing StandingOf(const CompiledRule& rule, size_t c) {
    if (!rule.fixed.empty()) return rule.fixed[c] == Fixed::kYes ? Standing::kApplies : Standing::kUnknown;
    activation_.frames[static_cast<size_t>(Frame::kCandidate)] = ruleset_.candidates()[c].frame;
    if (rule.parts == nullptr) return Judge(rule, rule.target->Evaluate(activation_));
    std::optional<Standing>& standing = standings_[rule.parts->class_of(c)];
    if (!standing) standing = Judge(rule, rule.parts->Of(c, activation_, absl::MakeSpan(parts_)));
    return *standing;
  }

  static absl::Span<const CompiledEffect> EffectsFor(const CompiledRule& rule, Standing standing) {
    if (standing == Standing::kApplies || rule.on_unknown == OnUnknownDo::kApply) return rule.effects;
    if (rule.on_unknown == OnUnknownDo::kEffects) return rule.unknown_effects;
    return {};
  }

  // Called for every candidate that a rule touches, so the same note is made once in a row.
  void Note(int rule, bool because_unknown) {
    if (rule == noted_rule_ && because_unknown == noted_unknown_) return;
    noted_rule_ = rule;
    noted_unknown_ = because_unknown;
    outcome_.applied.insert(rule);
    if (because_unknown) outcome_.applied_because_unknown.insert(rule);
  }

  void ApplyToAnswer(int index, Standing standing) {
    const bool because_unknown = standing == Standing::kUnknown;
    for (const CompiledEffect& effect : EffectsFor(ruleset_.rules()[static_cast<size_t>(index)], standing)) {
      if (effect.touches_candidates()) continue;
      Note(index, because_unknown);
      if (effect.asks >= 0 && !IsSettled(effect.asks)) outcome_.lacking[effect.asks] += WorthOf(effect);
      outcome_.answer_effects.push_back({index, &effect, because_unknown});
    }
  }

  // True when nothing is left to ask about the fact: it is known, and a list is complete.
  bool IsSettled(FactId fact) const {
    const Value& value = activation_.frames[static_cast<size_t>(Frame::kUser)][static_cast<size_t>(fact)];
    const auto* list = std::get_if<const ListValue*>(&value);
    return list != nullptr ? (*list)->complete : IsKnown(value);
  }

  void ApplyToCandidate(int index, const CompiledEffect& effect, size_t c, bool because_unknown) {
    Note(index, because_unknown);
    Work& work = works_[c];
    CandidateOutcome& outcome = outcome_.candidates[c];
    switch (effect.effect->effect_case()) {
      case v1::Effect::kBoost: work.boosts.push_back({index, &effect, because_unknown}); break;
      case v1::Effect::kBlock: outcome.blocking_rules.push_back(index); break;
      case v1::Effect::kCaution: outcome.cautions.push_back({index, &effect, because_unknown}); break;
      case v1::Effect::kLimit: CollectDemands(index, effect, c, work.limits); break;
      case v1::Effect::kPrescribe: CollectDemands(index, effect, c, work.prescriptions); break;
      default: break;
    }
  }

  void CollectDemands(int index, const CompiledEffect& effect, size_t c, std::vector<DoseDemand>& demands) {
    if (&effect == same_demands_of_) {
      demands.insert(demands.end(), same_demands_.begin(), same_demands_.end());
      return;
    }
    const size_t before = demands.size();
    bool known = true;
    activation_.frames[static_cast<size_t>(Frame::kCandidate)] = ruleset_.candidates()[c].frame;
    for (const CompiledBound& bound : effect.bounds) {
      DoseDemand demand;
      demand.rule = index;
      demand.field = bound.field;
      demand.at_least = Bound(index, bound.at_least.get(), bound.field, effect, c);
      demand.at_most = Bound(index, bound.at_most.get(), bound.field, effect, c);
      known &= demand.at_least.has_value() == (bound.at_least != nullptr);
      known &= demand.at_most.has_value() == (bound.at_most != nullptr);
      if (demand.at_least || demand.at_most) demands.push_back(demand);
    }
    if (!known || effect.bounds_read_candidate) return;
    same_demands_of_ = &effect;
    same_demands_.assign(demands.begin() + static_cast<std::ptrdiff_t>(before), demands.end());
  }

  // Notes why points or a bound have no number.
  void NoteNoNumber(const CompiledRule& rule, const Value& value) {
    if (const auto* unknown = std::get_if<Unknown>(&value)) {
      NoteLacking(rule, *unknown->facts);
    } else if (const auto* error = std::get_if<Error>(&value)) {
      NoteFailure(rule, *error);
    } else {
      NoteFailure(rule, Error{"not a finite number"});
    }
  }

  // A limit of a safety rule whose bound is not known: the rule does what it says for the unknown, and one that would
  // apply all the same blocks.
  void LimitNotKnown(int index, size_t c) {
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    if (rule.on_unknown == OnUnknownDo::kApply) outcome_.candidates[c].blocking_rules.push_back(index);
    if (applying_unknown_) {  // what it does for the unknown is not known either
      outcome_.candidates[c].blocking_rules.push_back(index);
      return;
    }
    // However many bounds are not known, once per candidate, and once for the answer.
    if (rule.on_unknown != OnUnknownDo::kEffects || !limits_not_known_.emplace(index, c).second) return;
    applying_unknown_ = true;
    for (const CompiledEffect& effect : rule.unknown_effects) {
      if (effect.touches_candidates()) ApplyToCandidate(index, effect, c, /*because_unknown=*/true);
    }
    applying_unknown_ = false;
    if (answered_.insert(index).second) ApplyToAnswer(index, Standing::kUnknown);
  }

  // The value of a bound; nothing when it is not known.
  std::optional<int> Bound(int index, const Expression* bound, int field, const CompiledEffect& effect, size_t c) {
    if (bound == nullptr) return std::nullopt;
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    const Value value = bound->Evaluate(activation_);
    double number;
    if (const auto* i = std::get_if<int64_t>(&value)) {
      number = static_cast<double>(*i);
    } else if (const auto* d = std::get_if<double>(&value); d != nullptr && std::isfinite(*d)) {
      number = DoseFields()[static_cast<size_t>(field)].more_is_cautious ? std::ceil(*d) : std::floor(*d);
    } else {
      NoteNoNumber(rule, value);
      if (effect.effect->has_limit() && rule.rule->safety()) LimitNotKnown(index, c);
      return std::nullopt;
    }
    return static_cast<int>(std::clamp(number, -1e6, 1e6));
  }

  // Dose and score of a candidate for which all effects have gathered.
  void Settle(size_t c) {
    CandidateOutcome& outcome = outcome_.candidates[c];
    Work& work = works_[c];
    outcome.dosing = ChooseDose(ruleset_.candidates()[c].allowed, work.limits, work.prescriptions);
    std::vector<int>& blocking = outcome.blocking_rules;
    blocking.insert(blocking.end(), outcome.dosing.blocking_rules.begin(), outcome.dosing.blocking_rules.end());
    std::sort(blocking.begin(), blocking.end());
    blocking.erase(std::unique(blocking.begin(), blocking.end()), blocking.end());
    outcome.admissible = blocking.empty();
    if (!outcome.admissible) return;
    Value dose[kDoseFields + 1];
    static const FactSet kNoFacts;
    for (size_t i = 0; i < kDoseFields; ++i) {
      dose[i] = outcome.dosing.dose[i] ? Value(int64_t{*outcome.dosing.dose[i]}) : Value(Unknown{&kNoFacts});
    }
    dose[kDoseFields] = true;
    activation_.frames[static_cast<size_t>(Frame::kCandidate)] = ruleset_.candidates()[c].frame;
    activation_.frames[static_cast<size_t>(Frame::kDose)] = dose;
    outcome.points.reserve(work.boosts.size());
    for (const AppliedEffect& applied : work.boosts) Score(applied, c);
  }

  void Score(const AppliedEffect& applied, size_t c) {
    const std::optional<double> points = PointsOf(applied, c);
    if (!points) return;
    const CompiledEffect& effect = *applied.effect;
    const EffectWeight& weight = WeightOf(effect);
    CandidateOutcome& outcome = outcome_.candidates[c];
    const int32_t response = effect.by_response == nullptr ? 1000 : ResponsePermille(effect, c, outcome.dosing.dose);
    const int32_t milli = WeightedMilli(*points, effect.least_milli, effect.most_milli, weight.axis_permille,
                                        weight.goal_permille, response);
    if (milli == 0) return;
    outcome.points.push_back({applied.rule, &effect, milli});
    outcome.score_milli += milli;
  }

  // How far the response that a boost counts by is expected of this person, 0 to 1000.
  int32_t ResponsePermille(const CompiledEffect& effect, size_t c, const ChosenDose& dose) {
    const AcuteModel* model = effect.by_response->ModelOf(c);
    if (model == nullptr) return 0;
    if (!estimator_) estimator_.emplace(ruleset_, activation_);
    const int64_t factor = std::llround(std::clamp(estimator_->FactorOf(*model), 0.0, 10.0) * 1000);
    return static_cast<int32_t>(std::min<int64_t>(1000, effect.by_response->PermilleAt(c, dose) * factor / 1000));
  }

  // The candidate and its dose are in their frames.
  std::optional<double> PointsOf(const AppliedEffect& applied, size_t c) {
    const std::vector<double>& at_load = applied.effect->points_at_load;
    if (!at_load.empty()) {
      const double points = at_load[at_load.size() == 1 ? 0 : c];
      if (!std::isnan(points)) return points;
    }
    const Value value = applied.effect->points->Evaluate(activation_);
    if (const auto* i = std::get_if<int64_t>(&value)) return static_cast<double>(*i);
    if (const auto* d = std::get_if<double>(&value); d != nullptr && !std::isnan(*d)) return *d;
    NoteNoNumber(ruleset_.rules()[static_cast<size_t>(applied.rule)], value);
    return std::nullopt;
  }

  // How much the points of a boost count for this person.
  struct EffectWeight {
    int32_t axis_permille = -1;  // below 0: not looked up yet
    int32_t goal_permille = 1000;
  };

  const EffectWeight& WeightOf(const CompiledEffect& effect) {
    const size_t number = static_cast<size_t>(effect.number);
    if (effect_weights_.size() <= number) effect_weights_.resize(number + 1);
    EffectWeight& weight = effect_weights_[number];
    if (weight.axis_permille >= 0) return weight;
    const v1::Boost& boost = effect.effect->boost();
    const auto axis = weights_.axes.find(boost.axis());
    weight.axis_permille = axis == weights_.axes.end() ? 1000 : axis->second;
    if (!boost.goal().empty()) {
      const auto goal = weights_.goals.find(boost.goal());
      weight.goal_permille = goal == weights_.goals.end() ? 0 : goal->second;
    }
    return weight;
  }

  const Ruleset& ruleset_;
  const Weights& weights_;
  Activation activation_;
  std::vector<Work>& works_ = WorksOfThread();
  absl::flat_hash_set<std::pair<const CompiledRule*, FactId>> noted_;
  int noted_rule_ = -1;
  bool noted_unknown_ = false;
  const CompiledRule* last_unknown_ = nullptr;
  const FactSet* last_lacking_ = nullptr;
  const CompiledEffect* same_demands_of_ = nullptr;  // an effect whose demands are the same for every candidate
  absl::InlinedVector<DoseDemand, 4> same_demands_;
  std::vector<EffectWeight> effect_weights_;        // by number of the effect
  std::vector<Value> parts_;                        // of the target of the rule at hand
  std::vector<std::optional<Standing>> standings_;  // by class of candidates, of the target of the rule at hand
  std::set<const CompiledRule*> failed_;
  std::set<std::pair<int, size_t>> limits_not_known_;  // rule, candidate
  std::optional<ResponseEstimator> estimator_;         // made when a response counts
  bool applying_unknown_ = false;
  std::set<int> answered_;  // rules of those, for the answer
  RuleOutcome outcome_;
};

}  // namespace

RuleOutcome RunRules(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena,
                     const std::set<int>& without) {
  return Runner(ruleset, user, weights, arena).Run(without);
}

Weights WeightsOf(const v1::RecommendOptions& options, const v1::UserState& user) {
  Weights weights;
  for (const v1::AxisWeight& weight : options.axis_weights())
    weights.axes[weight.axis()] = weight.has_weight_permille() ? weight.weight_permille() : 1000;
  for (const v1::Goal& goal : user.profile().goals().items()) {
    int32_t& held = weights.goals.try_emplace(goal.id(), 0).first->second;
    held = std::max(held, goal.has_weight_permille() ? goal.weight_permille() : 1000);
  }
  return weights;
}

int32_t WeightedMilli(double points, int64_t least, int64_t most, int32_t axis_permille, int32_t goal_permille,
                      int32_t response_permille) {
  if (std::isnan(points)) return 0;
  // Held within the range first, so that rounding never meets an infinity.
  const double held = std::clamp(points * 1000, static_cast<double>(least), static_cast<double>(most));
  const int64_t product = std::llround(held) * axis_permille * goal_permille * response_permille;
  constexpr int64_t kWhole = 1'000'000'000;
  const int64_t rounded = product >= 0 ? (product + kWhole / 2) / kWhole : -((-product + kWhole / 2) / kWhole);
  return static_cast<int32_t>(rounded);
}

}  // namespace myokine
