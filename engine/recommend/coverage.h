// What of the article a pack encodes, judged by taking it away: a claim is encoded when a case named after it comes out
// differently without the entries that cite the claim.
#ifndef MYOKINE_ENGINE_RECOMMEND_COVERAGE_H_
#define MYOKINE_ENGINE_RECOMMEND_COVERAGE_H_

#include <functional>
#include <string>
#include <vector>

#include "engine/ruleset/ruleset.h"

namespace myokine {

// How a claim stands.
struct ClaimCoverage {
  const v1::Claim* claim = nullptr;
  std::vector<std::string> cited_by;   // rules, pairings, exercises, meals, myokines; in the order of the pack
  std::vector<std::string> scenarios;  // cases named after it: `claim-3.2.1`, `claim-3.2.1-short-walk`
  std::vector<std::string> changed;    // what its removal changed there: `ranking`, `dose`, `block`, `response` ...
  std::string gap;                     // why it is not covered; empty when it is
};

// How a rule stands in the cases.
struct RuleCoverage {
  const v1::Rule* rule = nullptr;
  int fires = 0;    // cases that expect it to apply
  int silent = 0;   // cases that expect it not to
  int unknown = 0;  // cases that expect it to lack facts
};

struct Coverage {
  std::vector<ClaimCoverage> claims;          // in the order of the pack
  std::vector<RuleCoverage> rules;            // in the order of the pack
  std::vector<std::string> never_admissible;  // candidates that no case admits
  int scenarios = 0;

  int uncovered() const;
};

// Most claims that may say why nothing encodes them.
inline constexpr int kMostNotEncoded = 8;

// Judges every case of the pack, and those named after claims once more without what cites the claim. `progress` is
// told how much of the work is done, from 0 to 1.
Coverage Cover(
    const Ruleset& ruleset, const std::function<void(double)>& progress = [](double) {});

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_COVERAGE_H_
