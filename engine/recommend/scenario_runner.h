// Runs the cases that a pack carries: a person, and what the answer must be.
#ifndef MYOKINE_ENGINE_RECOMMEND_SCENARIO_RUNNER_H_
#define MYOKINE_ENGINE_RECOMMEND_SCENARIO_RUNNER_H_

#include <vector>

#include "engine/expr/issue.h"
#include "engine/pack/source_map.h"
#include "engine/recommend/recommend.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/rule_pack.pb.h"
#include "myokine/v1/scenario.pb.h"

namespace myokine {

// Suggestions of each kind that a scenario asks for: the most that a request may.
inline constexpr int kScenarioSuggestions = 50;

// Compares an answer with what a scenario expects of it. Every expectation that does not hold is one issue (code
// `scenario-failed`) at its place in `sources`: what was expected, and what was found. Empty: all hold.
//
// offers, withholds and the counts speak of admissible candidates. An answer holds at most kScenarioSuggestions of a
// kind; where it is full, a candidate that it does not name as blocked is admissible too. ranks_above is a chain: each
// entry ranks above the next, and all are admissible. `pack` is the pack that the answer comes from.
std::vector<Issue> CheckScenario(const v1::Scenario& scenario, const SourceMap& sources, const v1::RulePack& pack,
                                 const Recommendation& recommendation);

// Answers the scenario's person at its moment and checks the answer. `scenario` is one of `ruleset.pack()`. A moment
// that the person's state names itself goes before the scenario's. Pure; threads may share the arguments.
std::vector<Issue> RunScenario(const Ruleset& ruleset, const v1::Scenario& scenario);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_SCENARIO_RUNNER_H_
