// What follows from the rules that applied: the disposition, the order of candidates, and what goes together.
#ifndef MYOKINE_ENGINE_RECOMMEND_RANKING_H_
#define MYOKINE_ENGINE_RECOMMEND_RANKING_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"

namespace myokine {

// Fills `referrals`, which is empty, with those that apply, the most serious first, equals in the order of the rules.
void AddReferrals(const RuleOutcome& outcome, std::vector<AppliedEffect>& referrals);

// The disposition that these referrals make: that of the first; PROCEED when there is none.
v1::Disposition DispositionOf(absl::Span<const AppliedEffect> referrals);

// True when candidates are ranked at this disposition: below URGENT_CARE.
inline bool Ranks(v1::Disposition disposition) { return disposition < v1::DISPOSITION_URGENT_CARE; }

// The best admissible candidates of a kind, at most `most`, the best first, equals by id. Indices into
// Ruleset::candidates().
std::vector<size_t> RankedCandidates(const Ruleset& ruleset, const RuleOutcome& outcome, CandidateKind kind,
                                     size_t most = std::numeric_limits<size_t>::max());

// A pairing that applies, with the best exercise and the best meal that it fits.
struct PairingMatch {
  const CompiledPairing* pairing = nullptr;
  const Candidate* exercise = nullptr;
  const Candidate* meal = nullptr;
};

// Appends the pairings that apply to these candidates, which stand in their order. `activation` holds the person's
// facts.
void FindPairings(const Ruleset& ruleset, Activation activation, absl::Span<const uint32_t> ranked,
                  std::vector<PairingMatch>& matches);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RANKING_H_
