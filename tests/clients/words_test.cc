#include "clients/cli/words.h"

#include "gtest/gtest.h"

namespace myokine::cli {
namespace {

TEST(PointsText, RoundsHalfAwayFromZero) {
  EXPECT_EQ(PointsText(12400), "12.4");
  EXPECT_EQ(PointsText(12449), "12.4");
  EXPECT_EQ(PointsText(12450), "12.5");
  EXPECT_EQ(PointsText(-12450), "-12.5");
  EXPECT_EQ(PointsText(-49), "0.0");
  EXPECT_EQ(PointsText(0), "0.0");
  EXPECT_EQ(PointsText(INT32_MIN), "-2147483.6");
  EXPECT_EQ(SignedPointsText(8000), "+8.0");
  EXPECT_EQ(SignedPointsText(-3100), "-3.1");
  EXPECT_EQ(SignedPointsText(-10), "+0.0");
}

TEST(NumberText, LeavesOutZerosAtTheEnd) {
  EXPECT_EQ(NumberText(25, 2), "25");
  EXPECT_EQ(NumberText(0.5, 2), "0.5");
  EXPECT_EQ(NumberText(-0.001, 2), "0");
  EXPECT_EQ(NumberText(100, 0), "100");
}

TEST(DoseText, TellsASessionOfWalking) {
  v1::Dose dose;
  dose.set_minutes(30);
  dose.set_rpe(4);
  dose.set_sessions_per_week(3);
  EXPECT_EQ(DoseText(dose, Locale::kEnglish), "30 min, effort 4/10, 3x a week");
  EXPECT_EQ(DoseText(dose, Locale::kJapanese), "30分、きつさ4/10、週3回");
}

TEST(DoseText, TellsSetsAndRounds) {
  v1::Dose sets;
  sets.set_sets(3);
  sets.set_repetitions(10);
  sets.set_rest_seconds(90);
  sets.set_recovery_hours(48);
  EXPECT_EQ(DoseText(sets, Locale::kEnglish), "3 x 10 repetitions, 90 s of rest, 48 h apart");
  EXPECT_EQ(DoseText(sets, Locale::kJapanese), "10回×3セット、休息90秒、間隔48時間");
  v1::Dose rounds;
  rounds.set_rounds(4);
  rounds.set_work_seconds(60);
  EXPECT_EQ(DoseText(rounds, Locale::kEnglish), "4 x 60 s of work");
  v1::Dose hold;
  hold.set_sets(2);
  hold.set_hold_seconds(30);
  EXPECT_EQ(DoseText(hold, Locale::kEnglish), "sets: 2, hold 30 s");
}

TEST(DoseText, TellsServings) {
  v1::Dose dose;
  dose.set_servings_percent(100);
  EXPECT_EQ(DoseText(dose, Locale::kEnglish), "1 serving");
  dose.set_servings_percent(75);
  EXPECT_EQ(DoseText(dose, Locale::kEnglish), "75 % of a serving");
  EXPECT_EQ(DoseText(dose, Locale::kJapanese), "1人前の75%");
}

TEST(DoseText, TellsZero) {
  v1::Dose dose;
  dose.set_rpe(0);
  EXPECT_EQ(DoseText(dose, Locale::kEnglish), "effort 0/10");
  EXPECT_EQ(DoseText(v1::Dose(), Locale::kEnglish), "");
}

v1::MyokineResponse Il6() {
  v1::MyokineResponse response;
  response.set_myokine("il6_exercise");
  response.mutable_fold_change()->set_expected(1.42f);
  response.mutable_fold_change()->set_low(1.1f);
  response.mutable_fold_change()->set_high(2.2f);
  response.set_grade(v1::GRADE_C);
  return response;
}

TEST(ResponseText, TellsRangePeakAndGrade) {
  EXPECT_EQ(ResponseText(Il6(), "IL-6", Locale::kEnglish), "IL-6 x1.4 (1.1-2.2), peak at the end, grade C");
  EXPECT_EQ(ResponseText(Il6(), "IL-6", Locale::kJapanese), "IL-6 x1.4 (1.1-2.2)、ピークは終了時、確からしさC");
}

TEST(ResponseText, TellsLatePeaksAndWideRanges) {
  v1::MyokineResponse response = Il6();
  response.mutable_fold_change()->set_expected(12.34f);
  response.mutable_fold_change()->set_high(40.5f);
  response.set_peak_minutes(30);
  EXPECT_EQ(ResponseText(response, "IL-6", Locale::kEnglish), "IL-6 x12 (1.1-40), peak 30 min after, grade C");
  response.set_peak_minutes(150);
  EXPECT_EQ(ResponseText(response, "IL-6", Locale::kEnglish), "IL-6 x12 (1.1-40), peak 2.5 h after, grade C");
}

TEST(ResponseText, TellsNoPeakWhereNothingRises) {
  v1::MyokineResponse response = Il6();
  response.mutable_fold_change()->set_expected(0.98f);
  EXPECT_EQ(ResponseText(response, "IL-6", Locale::kEnglish), "IL-6 x1.0 (1.1-2.2), grade C");
}

TEST(ResponseText, SaysWhereThereIsNoFigure) {
  v1::MyokineResponse response;
  response.set_grade(v1::GRADE_D);
  EXPECT_EQ(ResponseText(response, "Irisin", Locale::kEnglish), "Irisin: no usable figure, grade D");
}

TEST(ResponseText, TellsTwelveWeeks) {
  v1::MyokineResponse response = Il6();
  response.mutable_twelve_week_percent()->set_expected(-5.2f);
  response.mutable_twelve_week_percent()->set_low(-12);
  response.mutable_twelve_week_percent()->set_high(0.8f);
  response.set_twelve_week_grade(v1::GRADE_B);
  EXPECT_EQ(ResponseText(response, "IL-6", Locale::kEnglish),
            "IL-6 x1.4 (1.1-2.2), peak at the end, grade C, resting level after 12 weeks -5 % (-12 to +1), grade B");
}

}  // namespace
}  // namespace myokine::cli
