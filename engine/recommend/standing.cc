#include "engine/recommend/standing.h"

#include <vector>

#include "engine/recommend/ranking.h"

namespace myokine {

CandidateStanding StandingOf(const Ruleset& ruleset, const RuleOutcome& outcome, size_t candidate) {
  CandidateStanding standing;
  std::vector<AppliedEffect> referrals;
  AddReferrals(outcome, referrals);
  standing.disposition = DispositionOf(referrals);
  if (!Ranks(standing.disposition)) return standing;
  const CandidateKind kind = ruleset.candidates()[candidate].kind;
  const size_t exercises = ruleset.exercises();
  const size_t begin = kind == CandidateKind::kExercise ? 0 : exercises;
  const size_t end = kind == CandidateKind::kExercise ? exercises : ruleset.candidates().size();
  for (const size_t best : RankedCandidates(ruleset, outcome, kind, 1)) standing.first = best;
  int ahead = 0;
  for (size_t c = begin; c < end; ++c) {
    if (!outcome.Admissible(c)) continue;
    ++standing.of;
    if (!outcome.Admissible(candidate)) continue;
    const int64_t score = outcome.ScoreMilli(c), own = outcome.ScoreMilli(candidate);
    if (score > own || (score == own && ruleset.places()[c] < ruleset.places()[candidate])) ++ahead;
  }
  if (!outcome.Admissible(candidate)) {
    standing.standing = v1::STANDING_BLOCKED;
    return standing;
  }
  standing.place = ahead + 1;
  standing.score_milli = outcome.ScoreMilli(candidate);
  standing.standing = ahead == 0 ? v1::STANDING_FIRST : v1::STANDING_RANKED;
  return standing;
}

}  // namespace myokine
