// The engine says what its plain twins say, RunRules rule by rule, and Recommend byte for byte: for the people of the
// shipped pack's scenarios, and for generated packs and people.
#include <cstdlib>
#include <string>

#include "engine/recommend/recommend.h"
#include "engine/recommend/scenario_runner.h"
#include "engine/recommend/user_frame.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/reference/plain_answer.h"
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

// Where the whole answer differs; empty when it does not, byte for byte.
std::string CompareAnswers(const Ruleset& ruleset, const v1::RecommendRequest& request) {
  v1::RecommendResponse fast = Recommend(ruleset, request, testing::Moment()).response;
  fast.clear_answer_id();
  const v1::RecommendResponse plain = reference::PlainAnswer(ruleset, request, testing::Moment());
  if (fast.SerializeAsString() == plain.SerializeAsString()) return "";
  std::string difference;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  differencer.Compare(plain, fast);
  return difference.substr(0, 2000) + "\n" + request.DebugString();
}

TEST(Twins, AgreeOnThePeopleOfTheScenarios) {
  const auto ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  const auto& scenarios = ruleset->pack().scenarios();
  const int step = std::max(1, scenarios.size() / Times(120));
  for (int i = 0; i < scenarios.size(); i += step) {
    const v1::UserState person = PersonOf(ruleset->pack(), scenarios[i]);
    ASSERT_EQ(Compare(*ruleset, person, WeightsOf(v1::RecommendOptions(), person)), "") << scenarios[i].id();
    v1::RecommendRequest request;
    *request.mutable_user() = person;
    request.mutable_options()->set_exercise_count(10);
    request.mutable_options()->set_meal_count(10);
    request.mutable_options()->set_locale(i % 2 == 0 ? "en" : "ja");
    ASSERT_EQ(CompareAnswers(*ruleset, request), "") << scenarios[i].id();
  }
}

TEST(Twins, AgreeOnGeneratedPacks) {
  testing::Generator generator(42);
  int compared = 0;
  for (int i = 0; i < Times(200); ++i) {
    const auto ruleset = testing::CompileText(generator.Rules(20));
    for (int j = 0; j < 50; ++j) {
      const auto user = testing::Parse<v1::UserState>(generator.User());
      const Weights weights{{{v1::AXIS_BENEFIT, generator.Whole(0, 2) * 700}}, {{"muscle", generator.Whole(0, 1000)}}};
      ASSERT_EQ(Compare(*ruleset, user, weights), "") << user.DebugString();
      v1::RecommendRequest request;
      *request.mutable_user() = user;
      *request.mutable_options() = testing::Parse<v1::RecommendOptions>(generator.Options());
      ASSERT_EQ(CompareAnswers(*ruleset, request), "");
      ++compared;
    }
  }
  EXPECT_GE(compared, 10000);
}

}  // namespace
}  // namespace myokine
