// Runs the rules over one person: which apply, to which candidates, with what.
#ifndef MYOKINE_ENGINE_RECOMMEND_RULE_RUN_H_
#define MYOKINE_ENGINE_RECOMMEND_RULE_RUN_H_

#include <set>

#include "absl/types/span.h"
#include "engine/recommend/rule_outcome.h"
#include "engine/ruleset/ruleset.h"

namespace myokine {

// Runs all rules. `user` is a filled user frame. Into an outcome that is used again hardly anything is allocated.
void RunRules(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena,
              RuleOutcome& outcome);

// The same for all rules but those in `without`.
RuleOutcome RunRules(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena,
                     const std::set<int>& without = {});

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RULE_RUN_H_
