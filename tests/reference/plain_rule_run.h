// The obvious run of the rules: every condition by itself, every target for every candidate, every effect with each
// candidate. Slow, and what RunRules is judged by.
#ifndef MYOKINE_TESTS_REFERENCE_PLAIN_RULE_RUN_H_
#define MYOKINE_TESTS_REFERENCE_PLAIN_RULE_RUN_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"

namespace myokine::reference {

// What became of one candidate, and what takes points from it in a list: rule, thousandths.
struct PlainCandidate {
  CandidateOutcome outcome;
  std::vector<std::pair<int, int64_t>> varying;
};

// What RuleOutcome tells, all of it worked out.
struct PlainOutcome {
  std::vector<AppliedEffect> answer_effects;
  std::set<int> applied, applied_because_unknown, unknown;
  std::set<Lack> lacks;
  std::set<std::string> failures;  // `rule x: skipped: why`
  std::vector<PlainCandidate> candidates;
};

PlainOutcome PlainRunRules(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena);

// The first thing in which the outcome of RunRules differs; empty when there is none.
std::string Difference(const Ruleset& ruleset, const RuleOutcome& fast, const PlainOutcome& plain);

}  // namespace myokine::reference

#endif  // MYOKINE_TESTS_REFERENCE_PLAIN_RULE_RUN_H_
