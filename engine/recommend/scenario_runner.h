// Runs the cases that a pack carries: a person, and what the answer must be.
#ifndef MYOKINE_ENGINE_RECOMMEND_SCENARIO_RUNNER_H_
#define MYOKINE_ENGINE_RECOMMEND_SCENARIO_RUNNER_H_

#include <vector>

#include "engine/expr/issue.h"
#include "engine/pack/source_map.h"
#include "engine/recommend/judgement.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/rule_pack.pb.h"
#include "myokine/v1/scenario.pb.h"

namespace myokine {

// Compares a judgement with what a scenario expects of it. Every expectation that does not hold is one issue (code
// `scenario-failed`) at its place in `sources`: what was expected, and what was found. Empty: all hold.
//
// offers, withholds and the counts speak of admissible candidates. ranks_above is a chain: each entry ranks above the
// next, and all are admissible. `pack` is the pack that the judgement comes from.
std::vector<Issue> CheckScenario(const v1::Scenario& scenario, const SourceMap& sources, const v1::RulePack& pack,
                                 const Judgement& judgement);

// The person of a scenario: what it states on top of whom it is like.
v1::UserState PersonOf(const v1::RulePack& pack, const v1::Scenario& scenario);

// Judges the scenario's person at its moment. `scenario` is one of `ruleset.pack()`. A moment that the person's state
// names itself goes before the scenario's.
Judgement JudgeScenario(const Ruleset& ruleset, const v1::Scenario& scenario, const Without& without = {});

// Judges the scenario and checks the judgement. Pure; threads may share the arguments.
std::vector<Issue> RunScenario(const Ruleset& ruleset, const v1::Scenario& scenario);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_SCENARIO_RUNNER_H_
