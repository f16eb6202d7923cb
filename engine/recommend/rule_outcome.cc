#include "engine/recommend/rule_outcome.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"

namespace myokine {

template <typename Visit>
void RuleOutcome::ForEachPlainEffect(size_t candidate, Visit visit) const {
  for (const uint32_t rule : plain_rules_) {
    const absl::Span<const PlainEffect> effects = ruleset_->plain_rules().EffectsOf(rule);
    // All effects of a rule have its target.
    if (effects.empty() || !ruleset_->candidate_sets()[effects[0].set].bits.Has(candidate)) continue;
    for (const PlainEffect& effect : effects) visit(effect);
  }
}

Dosing RuleOutcome::DosingOf(size_t candidate) const {
  absl::InlinedVector<DoseDemand, 16> limits, prescriptions;
  for (const SetDemand& limit : limits_) {
    if (limit.set->bits.Has(candidate)) limits.push_back(limit.demand);
  }
  for (const LoneDemand& limit : lone_limits_) {
    if (limit.candidate == candidate) limits.push_back(limit.demand);
  }
  for (const SetDemand& wish : prescriptions_) {
    if (wish.set->bits.Has(candidate)) prescriptions.push_back(wish.demand);
  }
  for (const LoneDemand& wish : lone_prescriptions_) {
    if (wish.candidate == candidate) prescriptions.push_back(wish.demand);
  }
  return ChooseDose(ruleset_->candidates()[candidate].allowed, limits, prescriptions);
}

std::vector<int> RuleOutcome::BlockingRules(size_t candidate) const {
  std::vector<int> blocking = DosingOf(candidate).blocking_rules;
  ForEachPlainEffect(candidate, [&](const PlainEffect& effect) {
    if (effect.blocks) blocking.push_back(static_cast<int>(effect.rule));
  });
  for (const CandidateEffect& block : blocks_) {
    if (block.set->bits.Has(candidate)) blocking.push_back(block.applied.rule);
  }
  std::sort(blocking.begin(), blocking.end());
  blocking.erase(std::unique(blocking.begin(), blocking.end()), blocking.end());
  return blocking;
}

CandidateOutcome RuleOutcome::Of(size_t candidate) const {
  CandidateOutcome outcome;
  outcome.admissible = Admissible(candidate);
  outcome.dosing = DosingOf(candidate);
  for (const CandidateEffect& caution : cautions_) {
    if (caution.set->bits.Has(candidate)) outcome.cautions.push_back(caution.applied);
  }
  if (!outcome.admissible) {
    outcome.blocking_rules = BlockingRules(candidate);
    return outcome;
  }
  outcome.score_milli = ScoreMilli(candidate);
  ForEachPlainEffect(candidate, [&](const PlainEffect& effect) {
    const int32_t milli = effect.blocks ? 0 : points_->Milli(effect);
    if (milli != 0) outcome.points.push_back({static_cast<int>(effect.rule), effect.effect, milli});
  });
  for (const CandidateEffect& boost : boosts_) {
    if (!boost.set->bits.Has(candidate)) continue;
    const CompiledEffect& effect = *boost.applied.effect;
    Value why = false;
    const std::optional<int64_t> points = points_->MilliOf(effect, candidate, outcome.dosing.dose, why);
    const int32_t milli = points ? points_->Weigh(effect, *points, candidate, outcome.dosing.dose) : 0;
    if (milli != 0) outcome.points.push_back({boost.applied.rule, &effect, milli});
  }
  std::stable_sort(outcome.points.begin(), outcome.points.end(),
                   [](const Points& a, const Points& b) { return a.rule < b.rule; });
  return outcome;
}

}  // namespace myokine
