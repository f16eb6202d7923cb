// What is asked next: the facts on which most hangs, at most five, none that the person declined to tell.
#include "engine/recommend/questions.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/recommend/judgement.h"
#include "gtest/gtest.h"
#include "tests/testing/generated.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

using testing::CompileText;
using testing::RuleText;

std::string Asked(const Recommendation& result) {
  return absl::StrJoin(result.response.questions(), " ",
                       [](std::string* out, const v1::Question& question) { out->append(question.fact()); });
}
std::string Asked(const std::string& rules, const std::string& user = "", const std::string& options = "") {
  return Asked(testing::Ask(*CompileText(rules), user, options));
}

// A rule that does `effect` when `fact` is known to be above 3, and also when it is not known.
std::string Needs(const std::string& id, const std::string& fact, const std::string& effect) {
  return RuleText(id, absl::StrCat("when: '", fact, " > 3' target: 'candidate.id == \"walk\"' effects { ", effect,
                                   " } on_unknown { action: UNKNOWN_ACTION_APPLY }"));
}

constexpr char kLimit[] = "limit { minutes { at_most: '20' } }";
constexpr char kRefer[] = "refer { to: DISPOSITION_LIMITED } } effects { caution {}";

TEST(Questions, ComeInTheOrderOfWhatHangsOnThem) {
  EXPECT_EQ(
      Asked(absl::StrCat(Needs("a", "user.today.fatigue", "caution {}"), Needs("b", "user.profile.age_years", kRefer),
                         Needs("c", "user.today.minutes_available", "block {}"),
                         Needs("d", "user.health.falls_last_year", kLimit))),
      "user.profile.age_years user.health.falls_last_year user.today.minutes_available user.today.fatigue");
}

TEST(Questions, WorthAddsUpOverRules) {
  const std::string one = Needs("a", "user.today.fatigue", "block {}") + Needs("b", "user.profile.age_years", kLimit);
  EXPECT_EQ(Asked(one), "user.profile.age_years user.today.fatigue");
  EXPECT_EQ(Asked(one + Needs("c", "user.today.fatigue", "block {}") + Needs("d", "user.today.fatigue", "caution {}")),
            "user.today.fatigue user.profile.age_years");
}

TEST(Questions, TiesKeepTheOrderOfTheSchema) {
  EXPECT_EQ(
      Asked(absl::StrCat(Needs("a", "user.today.fatigue", "block {}"), Needs("b", "user.profile.age_years", "block {}"),
                         Needs("c", "user.health.falls_last_year", "block {}"))),
      "user.profile.age_years user.health.falls_last_year user.today.fatigue");
}

TEST(Questions, AreAtMostFive) {
  std::string rules;
  int i = 0;
  for (const char* fact : {"user.profile.age_years", "user.profile.sitting_minutes_per_day",
                           "user.health.falls_last_year", "user.today.minutes_available", "user.today.fatigue",
                           "user.diet.fish_meals_per_week", "user.diet.sugary_drinks_per_week"}) {
    rules += Needs(absl::StrCat("r", i++), fact, "block {}");
  }
  const auto ruleset = CompileText(rules);
  const Recommendation result = testing::Ask(*ruleset, "");
  EXPECT_EQ(result.response.questions_size(), 5);
  EXPECT_EQ(Judge(*ruleset, v1::UserState(), absl::UnixEpoch()).asked_facts.size(), 7u);
}

TEST(Questions, LeaveOutWhatIsKnown) {
  const std::string rules =
      Needs("a", "user.today.fatigue", "block {}") + Needs("b", "user.profile.age_years", "block {}");
  EXPECT_EQ(Asked(rules, "today { fatigue: 2 }"), "user.profile.age_years");
  EXPECT_EQ(Asked(rules, "today { fatigue: 2 } profile { age_years: 2 }"), "");
}

TEST(Questions, RespectWhatThePersonDeclined) {
  const std::string rules = Needs("a", "user.today.fatigue", "block {}") +
                            Needs("b", "user.profile.age_years", "block {}") +
                            RuleText("c", "effects { ask { fact: 'user.health.medications' } }");
  EXPECT_EQ(Asked(rules), "user.profile.age_years user.today.fatigue user.health.medications");
  EXPECT_EQ(Asked(rules, "declared_unknown: 'user.today.fatigue'"), "user.profile.age_years user.health.medications");
  EXPECT_EQ(Asked(rules,
                  "declared_unknown: 'user.today.fatigue' declared_unknown: 'user.health.medications' "
                  "declared_unknown: 'user.profile.age_years'"),
            "");
  // They stay unknown for all that.
  EXPECT_EQ(testing::Ask(*CompileText(rules), "declared_unknown: 'user.today.fatigue'").response.blocked_size(), 1);
}

// A person may decline a whole part: then nothing in it is asked.
TEST(Questions, RespectAPartThatThePersonDeclined) {
  const std::string rules = Needs("a", "user.today.fatigue", "block {}") +
                            RuleText("c", "effects { ask { fact: 'user.health.medications' } }");
  EXPECT_EQ(Asked(rules, "declared_unknown: 'user.health'"), "user.today.fatigue");
}

TEST(Questions, ListsAreAskedUntilTheyAreComplete) {
  const std::string rules = RuleText("r",
                                     "when: '\"asthma\" in user.health.conditions' effects { refer { to: "
                                     "DISPOSITION_LIMITED } } on_unknown { action: UNKNOWN_ACTION_APPLY }");
  EXPECT_EQ(Asked(rules, "health { conditions { items: 'diabetes' } }"), "user.health.conditions");
  EXPECT_EQ(Asked(rules, "health { conditions { items: 'diabetes' complete: true } }"), "");
  EXPECT_EQ(Asked(rules, "health { conditions { items: 'asthma' } }"), "");  // decided
  // Who says that a list is complete is not asked again, though a word in it may be meant more narrowly.
  const std::string narrow = RuleText("r",
                                      "when: '\"type_1_diabetes\" in user.health.conditions' effects { advise {} } "
                                      "on_unknown { action: UNKNOWN_ACTION_APPLY }");
  EXPECT_EQ(Asked(narrow, "health { conditions { items: 'diabetes' complete: true } }"), "");
  EXPECT_EQ(Asked(narrow, "health { conditions { items: 'diabetes' } }"), "user.health.conditions");
}

TEST(Questions, SayHowToAskAndWhatToAnswer) {
  const auto ruleset =
      CompileText(absl::StrCat(Needs("a", "user.profile.age_years", "block {}"),
                               RuleText("b", "effects { ask { fact: 'user.health.conditions' } }"),
                               RuleText("c", "effects { ask { fact: 'user.measurements.weight' } }"),
                               RuleText("d", "effects { ask { fact: 'user.profile.regularly_active' } }"),
                               RuleText("e", "effects { ask { fact: 'user.health.injuries' } }")));
  const v1::RecommendResponse english = testing::Ask(*ruleset, "").response,
                              japanese = testing::Ask(*ruleset, "", "locale: 'ja'").response;
  std::vector<std::string> kinds;
  for (const v1::Question& question : english.questions())
    kinds.push_back(
        absl::StrCat(question.fact(), " ", question.kind(), " ", question.unit(), " ", question.vocabulary()));
  EXPECT_EQ(kinds, (std::vector<std::string>{"user.profile.age_years int a ", "user.profile.regularly_active bool  ",
                                             "user.health.conditions list  condition", "user.health.injuries records  ",
                                             "user.measurements.weight measurement kg "}));
  EXPECT_EQ(english.questions(0).text(), "How old are you?");
  EXPECT_EQ(japanese.questions(0).text(), "年齢を教えてください。");
  EXPECT_EQ(english.questions(0).minimum(), 0);
  EXPECT_EQ(english.questions(0).maximum(), 120);
  EXPECT_FALSE(english.questions(1).has_minimum());
}

TEST(Questions, OfGeneratedPacksAreNeverOfKnownFacts) {
  testing::Generator generator(3);
  for (int i = 0; i < 40; ++i) {
    const auto ruleset = CompileText(generator.Rules(20));
    for (int j = 0; j < 5; ++j) {
      const std::string text = generator.User();
      const auto user = testing::Parse<v1::UserState>(text);
      const Recommendation result = testing::Ask(*ruleset, text);
      ASSERT_LE(result.response.questions_size(), 5);
      for (const v1::Question& question : result.response.questions()) {
        ASSERT_FALSE(question.text().empty());
        ASSERT_FALSE(question.fact() == "user.profile.age_years" && user.profile().has_age_years());
        ASSERT_FALSE(question.fact() == "user.today.fatigue" && user.today().has_fatigue());
        ASSERT_FALSE(question.fact() == "user.health.symptoms" && user.health().symptoms().complete());
      }
    }
  }
}

}  // namespace
}  // namespace myokine
