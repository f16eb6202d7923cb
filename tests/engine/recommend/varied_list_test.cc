#include "engine/recommend/varied_list.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"
#include "tests/testing/run_of.h"

namespace myokine {
namespace {

using testing::RuleText;
using testing::RunOf;

// Two runs beside the walk, nearly as good; squats behind.
std::string Pack(const std::string& vary) {
  std::string text = R"pb(
    exercises { id: 'run' modality: 'aerobic' muscles: 'quadriceps' }
    exercises { id: 'jog' modality: 'aerobic' muscles: 'quadriceps' }
  )pb";
  for (const auto& [id, points] : std::vector<std::pair<std::string, double>>{
           {"walk", 5}, {"run", 4.9}, {"jog", 4.8}, {"squat", 3}, {"yoga", 1}}) {
    absl::StrAppend(&text, RuleText(absl::StrCat("like-", id),
                                    absl::StrCat("target: 'exercise.id == \"", id,
                                                 "\"' effects { boost { axis: AXIS_FIT points: '", points, "' } }")));
  }
  if (!vary.empty()) {
    absl::StrAppend(&text, RuleText("vary", absl::StrCat("target: 'candidate.kind == \"exercise\"' effects { vary { "
                                                         "points: ",
                                                         vary, " } }")));
  }
  return text;
}

std::string Listed(const RunOf& run) {
  VariedList list(*run.ruleset, run.outcome, CandidateKind::kExercise);
  std::string text;
  while (const std::optional<VariedPick> pick = list.Next()) {
    list.Accept(*pick);
    absl::StrAppend(&text, text.empty() ? "" : " ", run.ruleset->candidates()[pick->candidate].id(), " ",
                    pick->score_milli);
  }
  return text;
}

TEST(VariedList, WithoutARuleItIsTheRanking) {
  EXPECT_EQ(Listed(RunOf(Pack(""), "")), "walk 5000 run 4900 jog 4800 squat 3000 yoga 1000");
}

TEST(VariedList, WhatIsLikeSomethingAboveStepsBack) {
  // Squats share a muscle with the walk: half of it is taken.
  EXPECT_EQ(Listed(RunOf(Pack("3"), "")), "walk 5000 run 1900 jog 1800 squat 1500 yoga 1000");
  EXPECT_EQ(Listed(RunOf(Pack("4"), "")), "walk 5000 squat 1000 yoga 1000 run 900 jog 800");
}

TEST(VariedList, ItIsWeightedAsItsAxisIs) {
  EXPECT_EQ(Listed(RunOf(Pack("4"), "", Weights{{{v1::AXIS_VARIETY, 0}}, {}})),
            "walk 5000 run 4900 jog 4800 squat 3000 yoga 1000");
}

// What is not put into the list has no part.
TEST(VariedList, OnlyWhatIsAcceptedCounts) {
  const RunOf run(Pack("4"), "");
  VariedList list(*run.ruleset, run.outcome, CandidateKind::kExercise);
  list.Next();  // the walk, refused
  const std::optional<VariedPick> second = list.Next();
  ASSERT_TRUE(second);
  EXPECT_EQ(run.ruleset->candidates()[second->candidate].id(), "run");
  EXPECT_EQ(second->score_milli, 4900);
  EXPECT_EQ(second->taken_milli, 0);
}

// The answer shows what was taken, and its sums add up.
TEST(VariedList, IsTheListOfTheAnswer) {
  const auto ruleset = testing::CompileText(Pack("4"));
  const v1::RecommendResponse response = testing::Ask(*ruleset, "", "exercise_count: 5").response;
  ASSERT_EQ(response.exercises_size(), 5);
  EXPECT_EQ(response.exercises(1).candidate(), "squat");
  std::set<std::string> rules;
  for (const v1::RuleNote& note : response.rules()) rules.insert(note.id());
  EXPECT_TRUE(rules.contains("vary"));
  for (const v1::Suggestion& suggestion : response.exercises()) {
    int64_t sum = 0;
    for (const v1::Contribution& contribution : suggestion.contributions()) {
      sum += contribution.milli();
      EXPECT_EQ(contribution.axis() == v1::AXIS_VARIETY, contribution.rule() == "vary");
    }
    EXPECT_EQ(suggestion.score_milli(), sum);
  }
}

TEST(VariedList, PointsAreHeldToTheGrade) {
  EXPECT_EQ(
      testing::IssuesOf("rules { id: 'v' text { en: 'e' ja: 'j' } evidence { outcome { grade: GRADE_D } } target: "
                        "'candidate.kind == \"meal\"' effects { vary { points: 2 } } }"),
      std::vector<std::string>{"points-out-of-range: points must be at most 1 on this axis with this grade"});
}

}  // namespace
}  // namespace myokine
