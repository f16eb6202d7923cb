#include "engine/recommend/rule_outcome.h"

#include <algorithm>
#include <optional>

namespace myokine {

void RuleOutcome::Begin(const Ruleset& ruleset, const Activation& activation, const Weights& weights) {
  const size_t rules = ruleset.rules().size(), candidates = ruleset.candidates().size();
  ruleset_ = &ruleset;
  points_.Begin(ruleset, activation, weights);
  answer_effects.clear();
  applied.Reset(rules);
  applied_because_unknown.Reset(rules);
  unknown.Reset(rules);
  sets_used_ = 0;
  plain_rules_.clear();
  plain_blocks_.clear();
  boosts_.clear();
  blocks_.clear();
  cautions_.clear();
  varying_.clear();
  limits_.clear();
  prescriptions_.clear();
  lone_limits_.clear();
  lone_prescriptions_.clear();
  without_dose_.Reset(candidates);
  inadmissible_.Reset(candidates);
  scores_.assign(candidates, 0);
}

CandidateSet& RuleOutcome::NewSet() {
  if (sets_used_ == sets_.size()) sets_.emplace_back();
  CandidateSet& set = sets_[sets_used_++];
  set.list.clear();
  set.bits.Reset(ruleset_->candidates().size());
  return set;
}

void RuleOutcome::FillDose(size_t candidate, DoseSheet& sheet) const {
  sheet.limits.clear();
  sheet.prescriptions.clear();
  for (const SetDemand& limit : limits_) {
    if (limit.set->bits.Has(candidate)) sheet.limits.push_back(limit.demand);
  }
  for (const LoneDemand& limit : lone_limits_) {
    if (limit.candidate == candidate) sheet.limits.push_back(limit.demand);
  }
  for (const SetDemand& wish : prescriptions_) {
    if (wish.set->bits.Has(candidate)) sheet.prescriptions.push_back(wish.demand);
  }
  for (const LoneDemand& wish : lone_prescriptions_) {
    if (wish.candidate == candidate) sheet.prescriptions.push_back(wish.demand);
  }
  ChooseDose(ruleset_->candidates()[candidate].allowed, sheet.limits, absl::MakeSpan(sheet.prescriptions),
             sheet.dosing);
}

void RuleOutcome::AddCautions(size_t candidate, std::vector<AppliedEffect>& cautions) const {
  for (const CandidateEffect& caution : cautions_) {
    if (caution.set->bits.Has(candidate)) cautions.push_back(caution.applied);
  }
}

void RuleOutcome::AddBlockingRules(size_t candidate, DoseSheet& sheet, std::vector<int>& rules) const {
  const size_t begin = rules.size();
  if (without_dose_.Has(candidate)) {
    FillDose(candidate, sheet);
    rules.insert(rules.end(), sheet.dosing.blocking_rules.begin(), sheet.dosing.blocking_rules.end());
  }
  for (const uint32_t rule : plain_blocks_) {
    // All effects of a rule have its target.
    if (ruleset_->candidate_sets()[ruleset_->plain_rules().EffectsOf(rule)[0].set].bits.Has(candidate))
      rules.push_back(static_cast<int>(rule));
  }
  for (const CandidateEffect& block : blocks_) {
    if (block.set->bits.Has(candidate)) rules.push_back(block.applied.rule);
  }
  const auto first = rules.begin() + static_cast<ptrdiff_t>(begin);
  std::sort(first, rules.end());
  rules.erase(std::unique(first, rules.end()), rules.end());
}

void RuleOutcome::AddPoints(size_t candidate, const ChosenDose& dose, std::vector<Points>& points) const {
  const size_t begin = points.size();
  for (const uint32_t rule : plain_rules_) {
    const absl::Span<const PlainEffect> effects = ruleset_->plain_rules().EffectsOf(rule);
    if (!ruleset_->candidate_sets()[effects[0].set].bits.Has(candidate)) continue;
    for (const PlainEffect& effect : effects) {
      const int32_t milli = effect.blocks ? 0 : points_.Milli(effect);
      if (milli != 0) points.push_back({static_cast<int>(effect.rule), effect.effect, milli});
    }
  }
  for (const CandidateEffect& boost : boosts_) {
    if (!boost.set->bits.Has(candidate)) continue;
    const CompiledEffect& effect = *boost.applied.effect;
    Value why = false;
    const std::optional<int64_t> unweighted = points_.MilliOf(effect, candidate, dose, why);
    const int32_t milli = unweighted ? points_.Weigh(effect, *unweighted, candidate, dose) : 0;
    if (milli != 0) points.push_back({boost.applied.rule, &effect, milli});
  }
  std::sort(points.begin() + static_cast<ptrdiff_t>(begin), points.end(), [](const Points& a, const Points& b) {
    return a.rule != b.rule ? a.rule < b.rule : a.effect->number < b.effect->number;
  });
}

Dosing RuleOutcome::DosingOf(size_t candidate) const {
  DoseSheet sheet;
  FillDose(candidate, sheet);
  return sheet.dosing;
}

std::vector<int> RuleOutcome::BlockingRules(size_t candidate) const {
  DoseSheet sheet;
  std::vector<int> rules;
  AddBlockingRules(candidate, sheet, rules);
  return rules;
}

CandidateOutcome RuleOutcome::Of(size_t candidate) const {
  CandidateOutcome outcome;
  outcome.admissible = Admissible(candidate);
  outcome.dosing = DosingOf(candidate);
  AddCautions(candidate, outcome.cautions);
  if (outcome.admissible) {
    outcome.score_milli = ScoreMilli(candidate);
    AddPoints(candidate, outcome.dosing.dose, outcome.points);
  } else {
    outcome.blocking_rules = BlockingRules(candidate);
  }
  return outcome;
}

}  // namespace myokine
