#include "engine/recommend/varied_list.h"

#include <algorithm>

namespace myokine {

void VariedList::Begin(const Ruleset& ruleset, const RuleOutcome& outcome, CandidateKind kind) {
  ruleset_ = &ruleset;
  outcome_ = &outcome;
  waiting_.clear();
  looked_at_.clear();
  accepted_.clear();
  const size_t exercises = ruleset.exercises();
  const size_t begin = kind == CandidateKind::kExercise ? 0 : exercises;
  const size_t end = kind == CandidateKind::kExercise ? exercises : ruleset.candidates().size();
  for (size_t c = begin; c < end; ++c) {
    if (outcome.Admissible(c)) waiting_.push_back(static_cast<uint32_t>(c));
  }
  const auto less = [this](uint32_t a, uint32_t b) {
    return IsLess(outcome_->ScoreMilli(a), a, outcome_->ScoreMilli(b), b);
  };
  std::make_heap(waiting_.begin(), waiting_.end(), less);
}

void VariedList::LookAtNext() {
  const auto less = [this](uint32_t a, uint32_t b) {
    return IsLess(outcome_->ScoreMilli(a), a, outcome_->ScoreMilli(b), b);
  };
  std::pop_heap(waiting_.begin(), waiting_.end(), less);
  const uint32_t c = waiting_.back();
  waiting_.pop_back();
  Entry entry{c, outcome_->ScoreMilli(c), 0, 0};
  for (const VaryingEffect& effect : outcome_->varying()) {
    if (effect.set->bits.Has(c)) entry.most += effect.most_milli;
  }
  if (entry.most > 0) {
    for (const uint32_t above : accepted_)
      entry.likeness = std::max(entry.likeness, ruleset_->likeness().Permille(c, above));
  }
  looked_at_.push_back(entry);
}

std::optional<VariedPick> VariedList::Next() {
  if (looked_at_.empty() && waiting_.empty()) return std::nullopt;
  if (looked_at_.empty()) LookAtNext();
  size_t best = 0;
  const auto consider = [&](size_t i) {
    const Entry &entry = looked_at_[i], &leader = looked_at_[best];
    if (IsLess(leader.Left(), leader.candidate, entry.Left(), entry.candidate)) best = i;
  };
  for (size_t i = 1; i < looked_at_.size(); ++i) consider(i);
  // Points are only taken off: what has less than the best to begin with can wait.
  while (!waiting_.empty() && outcome_->ScoreMilli(waiting_.front()) >= looked_at_[best].Left()) {
    LookAtNext();
    consider(looked_at_.size() - 1);
  }
  const Entry picked = looked_at_[best];
  looked_at_[best] = looked_at_.back();
  looked_at_.pop_back();
  return VariedPick{picked.candidate, picked.Left(), picked.score - picked.Left()};
}

void VariedList::Accept(const VariedPick& pick) {
  accepted_.push_back(pick.candidate);
  for (Entry& entry : looked_at_) {
    if (entry.most > 0)
      entry.likeness = std::max(entry.likeness, ruleset_->likeness().Permille(entry.candidate, pick.candidate));
  }
}

void VariedList::AddVariety(const VariedPick& pick, std::vector<Points>& points) const {
  int64_t taken = pick.taken_milli;
  // Shared out in the order of the rules, so that the shares add up.
  for (const VaryingEffect& effect : outcome_->varying()) {
    if (!effect.set->bits.Has(pick.candidate)) continue;
    const int64_t milli = std::min(taken, effect.most_milli);
    taken -= milli;
    if (milli != 0) points.push_back({effect.rule, effect.effect, static_cast<int32_t>(-milli)});
  }
}

}  // namespace myokine
