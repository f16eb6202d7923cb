#include "engine/recommend/ranking.h"

#include <algorithm>

namespace myokine {

namespace {

// A score that at least `count` of the scores reach: the least of the greatest of as many stretches.
int64_t AtLeast(absl::Span<const int64_t> scores, size_t count) {
  int64_t least = std::numeric_limits<int64_t>::max();
  for (size_t i = 0; i < count; ++i) {
    const size_t begin = scores.size() * i / count, end = scores.size() * (i + 1) / count;
    int64_t greatest = scores[begin];
    for (size_t c = begin + 1; c < end; ++c) greatest = std::max(greatest, scores[c]);
    least = std::min(least, greatest);
  }
  return least;
}

}  // namespace

void AddReferrals(const RuleOutcome& outcome, std::vector<AppliedEffect>& referrals) {
  const auto more_serious = [](const AppliedEffect& a, const AppliedEffect& b) {
    return a.effect->effect->refer().to() > b.effect->effect->refer().to();
  };
  for (const AppliedEffect& applied : outcome.answer_effects) {
    if (!applied.effect->effect->has_refer()) continue;
    referrals.insert(std::upper_bound(referrals.begin(), referrals.end(), applied, more_serious), applied);
  }
}

v1::Disposition DispositionOf(absl::Span<const AppliedEffect> referrals) {
  if (referrals.empty()) return v1::DISPOSITION_PROCEED;
  return std::max(v1::DISPOSITION_PROCEED, referrals[0].effect->effect->refer().to());
}

std::vector<size_t> RankedCandidates(const Ruleset& ruleset, const RuleOutcome& outcome, CandidateKind kind,
                                     size_t most) {
  const size_t exercises = ruleset.exercises();
  const size_t begin = kind == CandidateKind::kExercise ? 0 : exercises;
  const size_t end = kind == CandidateKind::kExercise ? exercises : ruleset.candidates().size();
  const absl::Span<const int64_t> scores = outcome.scores();
  const std::vector<uint32_t>& places = ruleset.places();
  const auto better = [&](size_t a, size_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : places[a] < places[b];
  };
  std::vector<size_t> ranked;
  if (most < end - begin) {  // the best so far, in their order; few of the others get among them
    ranked.reserve(most + 1);
    int64_t least = std::max(RuleOutcome::kNoScore + 1, AtLeast(scores.subspan(begin, end - begin), most));
    for (size_t c = begin; c < end; ++c) {
      if (scores[c] < least) continue;
      ranked.insert(std::upper_bound(ranked.begin(), ranked.end(), c, better), c);
      if (ranked.size() > most) ranked.pop_back();
      if (ranked.size() == most && most > 0) least = scores[ranked.back()];
    }
    return ranked;
  }
  for (size_t c = begin; c < end; ++c) {
    if (scores[c] != RuleOutcome::kNoScore) ranked.push_back(c);
  }
  std::sort(ranked.begin(), ranked.end(), better);
  return ranked;
}

void FindPairings(const Ruleset& ruleset, Activation activation, absl::Span<const uint32_t> ranked,
                  std::vector<PairingMatch>& matches) {
  auto best = [&](CandidateKind kind, const Expression& fits) -> const Candidate* {
    for (const uint32_t c : ranked) {
      const Candidate& candidate = ruleset.candidates()[c];
      if (candidate.kind != kind) continue;
      activation.frames[static_cast<size_t>(Frame::kCandidate)] = candidate.frame;
      if (Is(fits.Evaluate(activation), true)) return &candidate;
    }
    return nullptr;
  };
  for (const CompiledPairing& pairing : ruleset.pairings()) {
    if (pairing.when != nullptr && !Is(pairing.when->Evaluate(activation), true)) continue;
    const Candidate* exercise = best(CandidateKind::kExercise, *pairing.exercise);
    const Candidate* meal = best(CandidateKind::kMeal, *pairing.meal);
    if (exercise != nullptr && meal != nullptr) matches.push_back({&pairing, exercise, meal});
  }
}

}  // namespace myokine
