// What of a rule's condition decided is told: the fewest parts that are enough, with the facts that they read.
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

using testing::RuleText;

// `part=true; other=unknown | fact=value` of the first rule of the answer.
std::string Decided(const std::string& rule, const std::string& user) {
  const v1::RecommendResponse answer = testing::Ask(*testing::CompileText(RuleText("r", rule)), user).response;
  if (answer.rules().empty()) return "silent";
  std::string text;
  for (const v1::DecidingPart& part : answer.rules(0).decided_by())
    absl::StrAppend(&text, text.empty() ? "" : "; ", part.expression(), " ", v1::Truth_Name(part.truth()).substr(6));
  text += " |";
  for (const v1::FactNote& fact : answer.facts())
    absl::StrAppend(&text, " ", fact.fact(), "=", fact.value(), fact.unit());
  return text;
}

constexpr char kAdvise[] = " effects { advise {} }";

TEST(DecidingParts, AllOfAnAnd) {
  EXPECT_EQ(Decided(absl::StrCat("when: 'user.today.fatigue > 3 && user.profile.age_years >= 65'", kAdvise),
                    "today { fatigue: 5 } profile { age_years: 70 }"),
            "user.today.fatigue > 3 TRUE; user.profile.age_years >= 65 TRUE | user.profile.age_years=70a "
            "user.today.fatigue=5");
}

TEST(DecidingParts, TheShorterSideOfAnOr) {
  const std::string rule =
      absl::StrCat("when: '(user.today.fatigue > 3 && user.today.mood < 9) || user.profile.age_years >= 65'", kAdvise);
  EXPECT_EQ(Decided(rule, "today { fatigue: 5 mood: 1 } profile { age_years: 70 }"),
            "user.profile.age_years >= 65 TRUE | user.profile.age_years=70a");
  EXPECT_EQ(Decided(rule, "today { fatigue: 5 mood: 1 } profile { age_years: 30 }"),
            "user.today.fatigue > 3 TRUE; user.today.mood < 9 TRUE | user.today.fatigue=5 user.today.mood=1");
}

TEST(DecidingParts, WhatDoesNotHoldIsToldAsSuch) {
  EXPECT_EQ(Decided(absl::StrCat("when: '!(\"asthma\" in user.health.conditions || user.today.fatigue > 3)'", kAdvise),
                    "health { conditions { items: 'diabetes' complete: true } } today { fatigue: 1 }"),
            "\"asthma\" in user.health.conditions FALSE; user.today.fatigue > 3 FALSE | "
            "user.health.conditions=[\"diabetes\"] user.today.fatigue=1");
}

TEST(DecidingParts, ForWantOfFactsTheyAreThoseThatAreNotKnown) {
  EXPECT_EQ(Decided(absl::StrCat("when: 'user.today.fatigue > 3 && user.profile.age_years >= 65'", kAdvise,
                                 " on_unknown { action: UNKNOWN_ACTION_APPLY }"),
                    "profile { age_years: 70 }"),
            "user.today.fatigue > 3 UNKNOWN | user.today.fatigue=");
}

TEST(DecidingParts, ATargetThatReadsThePersonIsToldToo) {
  EXPECT_EQ(
      Decided("target: 'exercise.met > double(user.today.fatigue)' effects { caution {} }", "today { fatigue: 1 }"),
      "exercise.met > double(user.today.fatigue) TRUE | user.today.fatigue=1");
  EXPECT_EQ(Decided("target: 'exercise.met > 1.0' effects { caution {} }", "today { fatigue: 1 }"), " |");
}

}  // namespace
}  // namespace myokine
