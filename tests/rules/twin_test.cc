// RunRules says what its plain twin says, for the people of the shipped pack's scenarios.
#include <cstdlib>
#include <string>

#include "engine/recommend/scenario_runner.h"
#include "engine/recommend/user_frame.h"
#include "gtest/gtest.h"
#include "tests/reference/plain_rule_run.h"
#include "tests/testing/pack_builder.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

// How many to compare; MYOKINE_TWINS multiplies it.
int Times(int usual) {
  const char* more = std::getenv("MYOKINE_TWINS");
  return usual * (more == nullptr ? 1 : std::max(1, std::atoi(more)));
}

std::string Compare(const Ruleset& ruleset, const v1::UserState& user, const Weights& weights) {
  const Intake intake = TakeIn(user, ruleset, testing::Moment());
  EXPECT_TRUE(intake.violations.empty());
  Arena arena;
  const std::vector<Value> frame = FillUserFrame(ruleset, intake, arena);
  const RuleOutcome fast = RunRules(ruleset, frame, weights, arena);
  return reference::Difference(ruleset, fast, reference::PlainRunRules(ruleset, frame, weights, arena));
}

TEST(Twins, AgreeOnThePeopleOfTheScenarios) {
  const auto ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  const auto& scenarios = ruleset->pack().scenarios();
  const int step = std::max(1, scenarios.size() / Times(120));
  for (int i = 0; i < scenarios.size(); i += step) {
    const v1::UserState person = PersonOf(ruleset->pack(), scenarios[i]);
    ASSERT_EQ(Compare(*ruleset, person, WeightsOf(v1::RecommendOptions(), person)), "") << scenarios[i].id();
  }
}

}  // namespace
}  // namespace myokine
