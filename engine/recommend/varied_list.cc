#include "engine/recommend/varied_list.h"

#include <algorithm>

namespace myokine {

VariedList::VariedList(const Ruleset& ruleset, const RuleOutcome& outcome, CandidateKind kind)
    : ruleset_(ruleset), outcome_(outcome) {
  const size_t exercises = ruleset.exercises();
  const size_t begin = kind == CandidateKind::kExercise ? 0 : exercises;
  const size_t end = kind == CandidateKind::kExercise ? exercises : ruleset.candidates().size();
  left_.reserve(end - begin);
  for (size_t c = begin; c < end; ++c) {
    if (!outcome.Admissible(c)) continue;
    int64_t most = 0;
    for (const VaryingEffect& effect : outcome.varying()) {
      if (effect.set->bits.Has(c)) most += effect.most_milli;
    }
    left_.push_back({static_cast<uint32_t>(c), outcome.ScoreMilli(c), most, 0});
  }
}

std::optional<VariedPick> VariedList::Next() {
  if (left_.empty()) return std::nullopt;
  const std::vector<uint32_t>& places = ruleset_.places();
  const auto best = std::max_element(left_.begin(), left_.end(), [&](const Entry& a, const Entry& b) {
    const int64_t x = a.Left(), y = b.Left();
    return x != y ? x < y : places[a.candidate] > places[b.candidate];
  });
  VariedPick pick;
  pick.candidate = best->candidate;
  pick.score_milli = best->score;
  int64_t taken = best->score - best->Left();
  // What is taken off is shared out in the order of the rules, so that the shares add up.
  for (const VaryingEffect& effect : outcome_.varying()) {
    if (!effect.set->bits.Has(pick.candidate)) continue;
    const int64_t milli = std::min(taken, effect.most_milli);
    taken -= milli;
    if (milli == 0) continue;
    pick.variety.push_back({effect.rule, effect.effect, static_cast<int32_t>(-milli)});
    pick.score_milli -= milli;
  }
  *best = left_.back();
  left_.pop_back();
  return pick;
}

void VariedList::Accept(const VariedPick& pick) {
  for (Entry& entry : left_) {
    if (entry.most > 0)
      entry.likeness = std::max(entry.likeness, ruleset_.likeness().Permille(entry.candidate, pick.candidate));
  }
}

}  // namespace myokine
