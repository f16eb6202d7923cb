#include "engine/ruleset/response_table.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"
#include "tests/testing/run_of.h"

namespace myokine {
namespace {

using testing::IssuesOf;
using testing::RunOf;

// A myokine that a walk moves by up to 2 (grade `grade`), another that it lowers to a half, one that nothing moves.
std::string Myokines(const std::string& grade) {
  const std::string evidence = absl::StrCat(" evidence { grade: ", grade, " references: 'who-2020' } ");
  const std::string curves = R"(
    modalities: "aerobic"
    minutes { piecewise { points { x: 0 y: 0 } points { x: 60 y: 1 } } }
    intensity { piecewise { points { x: 0 y: 0 } points { x: 50 y: 1 } } }
    muscle_mass { piecewise { points { x: 0 y: 1 } } }
  )";
  return absl::StrCat(
      "bout_model { percent_vo2max { piecewise { points { x: 0 y: 0 } points { x: 10 y: 100 } } } } ",
      "myokines { id: 'up' acute { amplitude: 2 ", curves, evidence,
      R"(modifiers { id: "age" of: "user.profile.age_years" factor { piecewise { points { x: 20 y: 1 } points { x: 70 y: 0.5 } } } })",
      " } } myokines { id: 'down' acute { amplitude: -0.5 ", curves, evidence, " } } ",
      "myokines { id: 'still' no_number { en: 'n' ja: 'n' } } ");
}

std::string Boost(const std::string& scale, const std::string& evidence) {
  return absl::StrCat("rules { id: 'r' text { en: 'e' ja: 'j' } evidence { ", evidence,
                      " } target: 'candidate.kind == \"exercise\"' effects { boost { axis: AXIS_BENEFIT points: "
                      "'double(dose.minutes)' by_response { ",
                      scale, " } } } }");
}

constexpr char kMechanismB[] = "mechanism { grade: GRADE_B references: 'who-2020' }";

class ResponseTableTest : public ::testing::Test {
 protected:
  ResponseTable Table(double full_at, size_t myokine = 0) const {
    return ResponseTable(ruleset_->pack(), ruleset_->responses(), ruleset_->candidates(), myokine, full_at);
  }
  static ChosenDose Dose(int minutes, int rpe) {
    ChosenDose dose;
    dose[v1::Dose::kMinutesFieldNumber - 1] = minutes;
    dose[v1::Dose::kRpeFieldNumber - 1] = rpe;
    return dose;
  }

  std::shared_ptr<const Ruleset> ruleset_ = testing::CompileText(Myokines("GRADE_C"));
};

TEST_F(ResponseTableTest, AgreesWithTheModelAtItsSteps) {
  const ResponseTable table = Table(3);
  const AcuteModel& model = *table.ModelOf(0);
  for (int rpe = 2; rpe <= 5; ++rpe) {
    for (const int minutes : {10, 60}) {
      const ChosenDose dose = Dose(minutes, rpe);
      const double fold =
          model.Peak(*BoutOf(*ruleset_->candidates()[0].exercise, dose, ruleset_->responses()), 1).expected;
      EXPECT_NEAR(table.PermilleAt(0, dose), 400 * (fold - 1) / 2, 0.5) << minutes << " " << rpe;
    }
  }
}

// Between two steps the shorter counts; nothing falls with more, and nothing is above the discount.
TEST_F(ResponseTableTest, GrowsWithTheDoseAndNeverBeyondTheGrade) {
  for (const double full_at : {1.2, 3.0, 50.0}) {
    const ResponseTable table = Table(full_at);
    for (int rpe = 0; rpe <= 10; ++rpe) {
      for (int minutes = 0; minutes <= 100; ++minutes) {
        const int32_t share = table.PermilleAt(0, Dose(minutes, rpe));
        EXPECT_GE(share, 0);
        EXPECT_LE(share, 400);
        EXPECT_LE(share, table.PermilleAt(0, Dose(minutes + 1, rpe)));
        EXPECT_LE(share, table.PermilleAt(0, Dose(minutes, rpe + 1)));
        const AcuteModel& model = *table.ModelOf(0);
        if (minutes < 10 || minutes > 60 || rpe < 2 || rpe > 5) continue;
        const double fold =
            model.Peak(*BoutOf(*ruleset_->candidates()[0].exercise, Dose(minutes, rpe), ruleset_->responses()), 1)
                .expected;
        EXPECT_LE(share, 400 * std::min(1.0, (fold - 1) / (full_at - 1)) + 0.5) << "more than the dose does";
      }
    }
  }
}

TEST_F(ResponseTableTest, AFallCountsTowardsAFall) {
  const ResponseTable table = Table(0.5, 1);
  EXPECT_EQ(table.PermilleAt(0, Dose(60, 5)), 400);
  EXPECT_GT(table.PermilleAt(0, Dose(30, 3)), 0);
  EXPECT_LT(table.PermilleAt(0, Dose(30, 3)), 400);
}

TEST_F(ResponseTableTest, WithoutAResponseThereIsNoShare) {
  const ResponseTable table = Table(3);
  for (size_t c = 1; c < ruleset_->candidates().size(); ++c) {
    EXPECT_EQ(table.ModelOf(c), nullptr);
    EXPECT_EQ(table.PermilleAt(c, Dose(30, 5)), 0);
  }
  EXPECT_EQ(table.PermilleAt(0, ChosenDose()), 0);
}

// 30 minutes at effort 3 of 10 move it by 2 * 1/2 * 3/5 = 0.6, three tenths of the way to 3; grade C counts 0.4 of
// that. The steps of the minutes stand at 10 + 50 k / 7, so 30 counts as 24.
TEST(ResponsesInRanking, PointsFollowTheResponseAndThePerson) {
  auto milli = [](const std::string& user) {
    const RunOf run(absl::StrCat(Myokines("GRADE_C"), Boost("myokine: 'up' full_at: 3", kMechanismB)), user);
    const std::vector<Points>& points = run.Of("walk").points;
    EXPECT_TRUE(run.Of("squat").points.empty());
    return points.empty() ? 0 : points[0].milli;
  };
  const int32_t usual = milli("");
  EXPECT_EQ(usual, 6 * 96) << "30 points, held to the 6 of the mechanism's grade; 0.4 * 24/60 * 3/5 of them";
  EXPECT_EQ(milli("profile { age_years: 20 }"), usual);
  EXPECT_EQ(milli("profile { age_years: 70 }"), usual / 2);
}

// However well an outcome is shown, what a response adds is held to the grade of the mechanism.
TEST(ResponsesInRanking, ALowGradeMechanismStaysBehindAnOutcome) {
  const std::string evidence =
      "outcome { grade: GRADE_A references: 'who-2020' } mechanism { grade: GRADE_D references: 'who-2020' }";
  const RunOf run(absl::StrCat(Myokines("GRADE_A"), Boost("myokine: 'up' full_at: 1.01", evidence)), "");
  for (const Points& points : run.Of("walk").points) EXPECT_LE(points.milli, 1000);
}

TEST(ResponsesInRanking, MistakesAreReported) {
  EXPECT_EQ(IssuesOf(absl::StrCat(Myokines("GRADE_B"), Boost("myokine: 'up' full_at: 0.5", kMechanismB))),
            std::vector<std::string>{"no-such-response: no bout moves `up` towards 0.5 times its resting value"});
  EXPECT_EQ(IssuesOf(absl::StrCat(Myokines("GRADE_B"), Boost("myokine: 'still' full_at: 2", kMechanismB))),
            std::vector<std::string>{"no-such-response: no bout moves `still` towards 2 times its resting value"});
  EXPECT_EQ(IssuesOf(absl::StrCat(Myokines("GRADE_B"), Boost("myokine: 'up' full_at: 2",
                                                             "outcome { grade: GRADE_A references: 'who-2020' }")))
                .front(),
            "points-without-grade: rule `r` counts points by a response without a grade of the mechanism | state "
            "`evidence.mechanism`: its grade caps the points");
}

}  // namespace
}  // namespace myokine
