// Requests: what is refused, the id of an answer; and for generated packs and people the same bytes for the same
// question.
#include "engine/recommend/recommend.h"

#include <cstdint>
#include <limits>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/testing/generated.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

using testing::Ask;
using testing::CompileText;
using testing::RuleText;

TEST(Requests, OptionsAreChecked) {
  const auto ruleset = CompileText("");
  auto refused = [&](const std::string& text) {
    const Recommendation result = Recommend(*ruleset, testing::Parse<v1::RecommendRequest>(text), testing::Moment());
    EXPECT_TRUE(result.violations.empty() || result.response.ByteSizeLong() == 0);
    return absl::StrJoin(result.violations, ", ",
                         [](std::string* out, const FieldViolation& violation) { out->append(violation.field); });
  };
  EXPECT_EQ(refused(""), "");
  EXPECT_EQ(refused("options { exercise_count: 0 meal_count: 50 }"), "");
  EXPECT_EQ(refused("options { exercise_count: -1 meal_count: 51 }"), "options.exercise_count, options.meal_count");
  EXPECT_EQ(refused("options { axis_weights { axis: AXIS_FIT weight_permille: 4000 } axis_weights { axis: AXIS_FIT "
                    "weight_permille: 0 } }"),
            "options.axis_weights[1].axis");
  EXPECT_EQ(
      refused("options { axis_weights { weight_permille: 1 } axis_weights { axis: AXIS_FIT weight_permille: 4001 } "
              "axis_weights { axis: AXIS_BENEFIT weight_permille: -1 } }"),
      "options.axis_weights[0].axis, options.axis_weights[1].weight_permille, options.axis_weights[2].weight_permille");
  EXPECT_EQ(refused("request_id: '" + std::string(129, 'x') + "' options { locale: '" + std::string(36, 'x') + "' }"),
            "request_id, options.locale");
  EXPECT_EQ(refused("user { profile { age_years: -1 } } options { meal_count: 99 }"),
            "user.profile.age_years, options.meal_count");
}

// "Default 1000": an axis that is named without a weight counts as usual.
TEST(Requests, AnAxisWithoutAWeightCountsAsUsual) {
  const auto ruleset = CompileText(
      RuleText("a", "target: 'candidate.id == \"walk\"' effects { boost { axis: AXIS_BENEFIT points: '2' } }"));
  EXPECT_EQ(Ask(*ruleset, "", "axis_weights { axis: AXIS_BENEFIT }").response.exercises(0).score_milli(), 2000);
}

TEST(Requests, TheIdOfAnAnswerFollowsRequestMomentAndPack) {
  const auto ruleset = CompileText("");
  auto id = [&](const std::string& request, absl::Time now) {
    return Recommend(*ruleset, testing::Parse<v1::RecommendRequest>(request), now).response.answer_id();
  };
  const absl::Time now = testing::Moment();
  EXPECT_EQ(id("", now), id("", now));
  EXPECT_NE(id("", now), id("", now + absl::Seconds(1)));
  EXPECT_NE(id("", now), id("user { profile { age_years: 40 } }", now));
  EXPECT_NE(id("", now), id("request_id: 'x'", now));
}

// "The same request and pack give the same bytes", and what is returned keeps its promises.
TEST(GeneratedAnswers, AreTheSameTwiceAndAddUp) {
  testing::Generator generator(2);
  int ranked = 0, urgent = 0;
  for (int i = 0; i < 60; ++i) {
    const std::string rules = generator.Rules(25);
    const auto ruleset = CompileText(rules), again = CompileText(rules);
    for (int j = 0; j < 5; ++j) {
      const std::string user = generator.User(), options = generator.Options();
      const v1::RecommendResponse answer = Ask(*ruleset, user, options).response;
      ASSERT_EQ(answer.SerializeAsString(), Ask(*ruleset, user, options).response.SerializeAsString());
      ASSERT_EQ(answer.SerializeAsString(), Ask(*again, user, options).response.SerializeAsString());
      std::set<std::string> rule_ids, blocked;
      for (const v1::RuleNote& note : answer.rules()) ASSERT_TRUE(rule_ids.insert(note.id()).second);
      for (const v1::BlockedCandidates& one : answer.blocked())
        blocked.insert(one.candidates().begin(), one.candidates().end());
      if (answer.disposition() >= v1::DISPOSITION_URGENT_CARE) {
        ++urgent;
        ASSERT_EQ(answer.exercises_size() + answer.meals_size(), 0);
      }
      for (const auto* list : {&answer.exercises(), &answer.meals()}) {
        int64_t last = std::numeric_limits<int64_t>::max();
        for (const v1::Suggestion& suggestion : *list) {
          ++ranked;
          int64_t sum = 0;
          for (const v1::Contribution& c : suggestion.contributions()) {
            sum += c.milli();
            ASSERT_TRUE(rule_ids.contains(c.rule()));
          }
          ASSERT_EQ(suggestion.score_milli(), sum);
          ASSERT_LE(sum, last);
          last = sum;
          ASSERT_FALSE(blocked.contains(suggestion.candidate()));
          for (const v1::Statement& caution : suggestion.cautions()) ASSERT_TRUE(rule_ids.contains(caution.rule()));
          for (const std::string& rule : suggestion.dose_rules()) ASSERT_TRUE(rule_ids.contains(rule));
        }
      }
    }
  }
  EXPECT_GT(ranked, 300);
  EXPECT_GT(urgent, 5);
}

}  // namespace
}  // namespace myokine
