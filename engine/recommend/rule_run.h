// Runs the rules over one person: which apply, to which candidates, with what.
#ifndef MYOKINE_ENGINE_RECOMMEND_RULE_RUN_H_
#define MYOKINE_ENGINE_RECOMMEND_RULE_RUN_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "engine/recommend/dosing.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"
#include "myokine/v1/user_state.pb.h"

namespace myokine {

// An effect that applies.
struct AppliedEffect {
  int rule = 0;  // index into Ruleset::rules()
  const CompiledEffect* effect = nullptr;
  bool because_unknown = false;
};

// Points of one rule for one candidate.
struct Points {
  int rule = 0;
  const CompiledEffect* boost = nullptr;
  int32_t milli = 0;

  v1::Axis axis() const { return boost->effect->boost().axis(); }
};

// What became of one candidate.
struct CandidateOutcome {
  bool admissible = true;
  std::vector<int> blocking_rules;  // sorted, distinct
  std::vector<AppliedEffect> cautions;
  Dosing dosing;
  std::vector<Points> points;  // of admissible candidates; none is zero
  int64_t score_milli = 0;     // exactly the sum of the points
};

// How much axes and goals count, thousandths. What is not named counts 1000; a goal that is not held counts 0.
struct Weights {
  std::map<v1::Axis, int32_t> axes;
  std::map<std::string, int32_t> goals;
};

// What the rules made of one person.
struct RuleOutcome {
  std::vector<AppliedEffect> answer_effects;  // advise, avoid, ask, refer, act now; in the order of the rules
  std::vector<CandidateOutcome> candidates;   // by index of Ruleset::candidates()
  std::set<int> applied;                      // rules that did something
  std::set<int> applied_because_unknown;      // those of them that did it for want of facts
  std::set<int> unknown;                      // rules that could not tell whether they apply, or to what
  std::map<FactId, int64_t> lacking;          // facts of the person that rules lacked -> how much hung on them
  std::vector<v1::Remark> failures;           // rules that failed on this person's facts
};

// What a request's options and the person's goals make of them.
Weights WeightsOf(const v1::RecommendOptions& options, const v1::UserState& user);

// Runs all rules but those in `without`. `user` is a filled user frame.
RuleOutcome RunRules(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena,
                     const std::set<int>& without = {});

// Thousandths of a point: `points` rounded half away from zero, held between `least` and `most`, weighted by three
// per-mille weights and rounded half away from zero once more.
int32_t WeightedMilli(double points, int64_t least, int64_t most, int32_t axis_permille, int32_t goal_permille,
                      int32_t response_permille = 1000);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RULE_RUN_H_
