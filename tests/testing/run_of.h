// A run of a few rules over one person, as text.
#ifndef MYOKINE_TESTS_TESTING_RUN_OF_H_
#define MYOKINE_TESTS_TESTING_RUN_OF_H_

#include <memory>
#include <string>
#include <vector>

#include "engine/recommend/intake.h"
#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"

namespace myokine::testing {

// A run of the rules, with all that its values live in.
struct RunOf {
  // `rules` is a text of a RulePack, on top of BasePack(); `user` one of a UserState. Ends the program when either is
  // refused.
  RunOf(const std::string& rules, const std::string& user, Weights weights = {});

  CandidateOutcome Of(const std::string& id) const;
  // What happened to `walk` and to the answer: `block caution 3000 | advise?`; `?` marks what was done for want of
  // facts. Failures of rules stand at the end.
  std::string Show() const;
  // The facts that were lacking, each with the number of rules that lacked it or ask for it: `user.today.fatigue=1`.
  std::string Lacking() const;

  Arena arena;
  std::shared_ptr<const Ruleset> ruleset;
  Intake intake;
  std::vector<Value> frame;
  RuleOutcome outcome;
};

}  // namespace myokine::testing

#endif  // MYOKINE_TESTS_TESTING_RUN_OF_H_
