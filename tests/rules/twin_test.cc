// RunRules says what its plain twin says: for the people of the shipped pack's scenarios, and for generated packs.
#include <cstdlib>
#include <string>

#include "engine/recommend/scenario_runner.h"
#include "engine/recommend/user_frame.h"
#include "gtest/gtest.h"
#include "tests/reference/plain_rule_run.h"
#include "tests/testing/generated.h"
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

TEST(Twins, AgreeOnGeneratedPacks) {
  testing::Generator generator(42);
  int compared = 0;
  for (int i = 0; i < Times(200); ++i) {
    const auto ruleset = testing::CompileText(generator.Rules(20));
    for (int j = 0; j < 20; ++j) {
      const auto user = testing::Parse<v1::UserState>(generator.User());
      const Weights weights{{{v1::AXIS_BENEFIT, generator.Whole(0, 2) * 700}}, {{"muscle", generator.Whole(0, 1000)}}};
      ASSERT_EQ(Compare(*ruleset, user, weights), "") << user.DebugString();
      ++compared;
    }
  }
  EXPECT_GE(compared, 4000);
}

}  // namespace
}  // namespace myokine
