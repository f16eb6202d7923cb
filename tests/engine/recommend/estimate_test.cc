// EstimateResponse: defaults from the catalogue, what is refused, bouts together, habits, inflammation at rest.
#include "engine/recommend/estimate.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Ruleset& Shipped() {
  static const std::shared_ptr<const Ruleset> ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  return *ruleset;
}

Estimation Ask(const std::string& text) {
  return EstimateResponse(Shipped(), testing::Parse<v1::EstimateResponseRequest>(text),
                          absl::FromUnixSeconds(1'790'000'000));
}

v1::EstimateResponseResponse Answer(const std::string& text) {
  const Estimation estimation = Ask(text);
  for (const FieldViolation& violation : estimation.violations)
    ADD_FAILURE() << violation.field << ": " << violation.description;
  return estimation.response;
}

std::vector<std::string> Refusals(const std::string& text) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : Ask(text).violations)
    fields.push_back(absl::StrCat(violation.field, ": ", violation.description));
  return fields;
}

const v1::MyokineResponse& Il6(const v1::BoutEstimate& bout) {
  for (const v1::MyokineResponse& one : bout.responses()) {
    if (one.myokine() == "il6_exercise") return one;
  }
  ADD_FAILURE() << "no IL-6";
  return v1::MyokineResponse::default_instance();
}

double Fold(const std::string& bout) { return Il6(Answer("bouts { " + bout + " }").bouts(0)).fold_change().expected(); }

TEST(EstimateResponse, AnExerciseBringsItsUsualDose) {
  const v1::EstimateResponseResponse answer = Answer("bouts { exercise: 'walk_brisk' }");
  ASSERT_EQ(answer.bouts_size(), 1);
  const v1::BoutEstimate& bout = answer.bouts(0);
  EXPECT_EQ(bout.modality(), "aerobic");
  EXPECT_GT(bout.minutes(), 0);
  EXPECT_GT(bout.percent_vo2max(), 0);
  EXPECT_GT(bout.muscle_mass(), 0);
  EXPECT_GE(bout.responses_size(), 7);
  EXPECT_THAT(answer.combined(), IsEmpty());
  EXPECT_FALSE(answer.notice().empty());
  EXPECT_EQ(answer.pack().digest(), Shipped().digest());
  for (const v1::MyokineResponse& one : bout.responses()) {
    EXPECT_THAT(one.course(), IsEmpty());  // not asked for
    if (!one.has_fold_change()) continue;
    EXPECT_NE(one.grade(), v1::GRADE_UNSPECIFIED) << one.myokine();
    const auto note = std::find_if(answer.myokines().begin(), answer.myokines().end(),
                                   [&](const v1::MyokineNote& candidate) { return candidate.id() == one.myokine(); });
    ASSERT_NE(note, answer.myokines().end()) << one.myokine();
    EXPECT_GT(note->references_size(), 0) << one.myokine();
  }
}

TEST(EstimateResponse, WhatIsSaidGoesBeforeTheExercise) {
  const v1::BoutEstimate bout =
      Answer(
          "bouts { exercise: 'walk_brisk' minutes: 77 percent_vo2max: 66 muscle_mass: 0.5 eccentric_share: 0.7 "
          "carbohydrate: CARBOHYDRATE_DURING }")
          .bouts(0);
  EXPECT_EQ(bout.minutes(), 77);
  EXPECT_EQ(bout.percent_vo2max(), 66);
  EXPECT_EQ(bout.muscle_mass(), 0.5);
  EXPECT_EQ(bout.eccentric_share(), 0.7);
  EXPECT_EQ(bout.carbohydrate(), 1);
}

TEST(EstimateResponse, IntensityMayBeSaidInThreeWays) {
  EXPECT_GT(Answer("bouts { modality: 'aerobic' minutes: 60 rpe: 6 }").bouts(0).percent_vo2max(), 60);
  // 5.5 METs of 10 are half of the reserve above rest.
  EXPECT_EQ(Answer("bouts { modality: 'aerobic' minutes: 60 mets: 5.5 }").bouts(0).percent_vo2max(), 50);
  const v1::EstimateResponseResponse fit = Answer(
      "user { measurements { vo2max { value: 70 unit: 'mL/kg/min' } } } bouts { modality: 'aerobic' minutes: 60 mets: "
      "5.5 }");
  EXPECT_NEAR(fit.bouts(0).percent_vo2max(), 100 * 4.5 / 19, 0.1);
}

// Sitting is a bout like any other: exactly at rest, and said so.
TEST(EstimateResponse, RestIsAnAnswerToo) {
  const v1::MyokineResponse il6 = Il6(Answer("bouts { modality: 'everyday' minutes: 60 percent_vo2max: 0 }").bouts(0));
  ASSERT_TRUE(il6.has_fold_change());
  EXPECT_EQ(il6.fold_change().low(), 1);
  EXPECT_EQ(il6.fold_change().expected(), 1);
  EXPECT_EQ(il6.fold_change().high(), 1);
}

TEST(EstimateResponse, CarbohydrateAndIntervalsCount) {
  const std::string run = "modality: 'aerobic' minutes: 90 percent_vo2max: 72 ";
  EXPECT_GT(Fold(run + "carbohydrate: CARBOHYDRATE_LOW"), Fold(run + "carbohydrate: CARBOHYDRATE_USUAL"));
  EXPECT_GT(Fold(run + "carbohydrate: CARBOHYDRATE_USUAL"), Fold(run + "carbohydrate: CARBOHYDRATE_DURING"));
  const v1::BoutEstimate bout =
      Answer("bouts { modality: 'hiit' rpe: 9 intervals { rounds: 8 work_seconds: 20 rest_seconds: 10 } }").bouts(0);
  EXPECT_EQ(bout.minutes(), 4);
  EXPECT_NEAR(bout.work_share(), 2.0 / 3, 1e-9);
}

TEST(EstimateResponse, ThePersonCounts) {
  const std::string bout = "bouts { modality: 'aerobic' minutes: 120 percent_vo2max: 72 } ";
  const double unknown = Il6(Answer(bout).bouts(0)).fold_change().expected();
  const v1::EstimateResponseResponse old = Answer(bout + "user { profile { age_years: 80 } }");
  EXPECT_LT(Il6(old.bouts(0)).fold_change().expected(), unknown);
  EXPECT_THAT(Il6(Answer(bout).bouts(0)).unknown_modifiers(), ::testing::Contains("age"));
  EXPECT_THAT(Il6(old.bouts(0)).unknown_modifiers(), ::testing::Not(::testing::Contains("age")));
}

TEST(EstimateResponse, DrawsCoursesWhenAsked) {
  const v1::EstimateResponseResponse answer =
      Answer("courses: true bouts { modality: 'aerobic' minutes: 60 percent_vo2max: 72 }");
  const v1::MyokineResponse& il6 = Il6(answer.bouts(0));
  ASSERT_GT(il6.course_size(), 10);
  EXPECT_EQ(il6.course(0).minute(), -60);
  EXPECT_EQ(il6.course(0).fold(), 1);
  double most = 0;
  for (int i = 1; i < il6.course_size(); ++i) {
    EXPECT_LT(il6.course(i - 1).minute(), il6.course(i).minute());
    most = std::max(most, il6.course(i).fold());
  }
  EXPECT_NEAR(most, il6.fold_change().expected(), 1e-3);
}

TEST(EstimateResponse, BoutsTogetherCountOnceWhatHasFaded) {
  const std::string run = "modality: 'aerobic' minutes: 60 percent_vo2max: 70 ";
  const double one = Fold(run);
  const auto together = [&](const std::string& first, const std::string& second) {
    const v1::EstimateResponseResponse answer = Answer("bouts { " + run + first + " } bouts { " + run + second + " }");
    for (const v1::CombinedResponse& combined : answer.combined()) {
      if (combined.myokine() != "il6_exercise") continue;
      EXPECT_LE(combined.fold_change().low(), combined.fold_change().expected());
      EXPECT_LE(combined.fold_change().expected(), combined.fold_change().high());
      return combined.fold_change().expected();
    }
    ADD_FAILURE() << "no IL-6";
    return 0.0f;
  };
  const double days_apart = together("starts_at_minute: 480", "starts_at_minute: 3360");
  const double hours_apart = together("starts_at_minute: 480", "starts_at_minute: 660");
  EXPECT_NEAR(days_apart, one, 0.02);
  EXPECT_GT(hours_apart, days_apart);
  EXPECT_LT(hours_apart, 1 + 2 * (one - 1));
}

// What two bouts make of a myokine together is never less than what one of them makes of it, whichever way it goes.
TEST(EstimateResponse, TogetherIsAtLeastTheStrongest) {
  for (const char* modality : {"aerobic", "resistance"}) {
    for (int hours : {0, 1, 3, 24}) {
      const std::string bout = absl::StrCat("modality: '", modality, "' percent_vo2max: 70 minutes: ");
      const v1::EstimateResponseResponse answer =
          Answer(absl::StrCat("bouts { ", bout, "30 starts_at_minute: 480 } bouts { ", bout,
                              "60 starts_at_minute: ", 510 + hours * 60, " }"));
      for (const v1::CombinedResponse& combined : answer.combined()) {
        float strongest = 0;
        for (const v1::BoutEstimate& one : answer.bouts()) {
          for (const v1::MyokineResponse& response : one.responses()) {
            if (response.myokine() == combined.myokine())
              strongest = std::max(strongest, std::abs(response.fold_change().expected() - 1));
          }
        }
        EXPECT_GE(std::abs(combined.fold_change().expected() - 1), strongest - 1e-3) << combined.myokine() << hours;
      }
    }
  }
}

TEST(EstimateResponse, AHabitTakesTheStrongestKindOfTraining) {
  const auto change = [](const std::string& sessions) {
    const v1::EstimateResponseResponse answer = Answer("habit { weeks: 12 " + sessions + " }");
    for (const v1::HabitResponse& one : answer.habit()) {
      if (one.myokine() == "il6_exercise") return one.percent().expected();
    }
    return 0.0f;
  };
  const std::string aerobic = "sessions { modality: 'aerobic' sessions_per_week: 3 } ";
  const std::string resistance = "sessions { modality: 'resistance' sessions_per_week: 3 } ";
  EXPECT_LT(change(aerobic), 0);
  EXPECT_EQ(change(aerobic + resistance), std::min(change(aerobic), change(resistance)));
}

TEST(EstimateResponse, RefusesWhatCannotBeEstimated) {
  EXPECT_THAT(Refusals(""), ElementsAre("bouts: name a bout or a habit to estimate"));
  EXPECT_THAT(Refusals("bouts { exercise: 'walk_brisc' }"),
              ElementsAre("bouts[0].exercise: no exercise `walk_brisc`; did you mean `walk_brisk`?"));
  EXPECT_THAT(Refusals("bouts { minutes: 30 rpe: 3 }"),
              ElementsAre("bouts[0]: name an `exercise` of the catalogue, or a `modality`"));
  EXPECT_THAT(Refusals("bouts { modality: 'aerobic' rpe: 3 }"), ElementsAre("bouts[0].minutes: is required"));
  EXPECT_THAT(Refusals("bouts { modality: 'aerobic' minutes: 3 }"),
              ElementsAre("bouts[0]: state an intensity: `percent_vo2max`, `rpe` or `mets`"));
  EXPECT_THAT(Refusals("bouts { modality: 'aerobic' minutes: 30 percent_vo2max: 140 }"),
              ElementsAre("bouts[0].percent_vo2max: is 140 %, must be between 0 and 100 %"));
  EXPECT_THAT(Refusals("bouts { modality: 'aerobik' minutes: 30 rpe: 3 }"),
              ElementsAre("bouts[0].modality: `aerobik` is not in the vocabulary `modality`; did you mean `aerobic`?"));
  EXPECT_THAT(Refusals("bouts { modality: 'hiit' minutes: 2 rpe: 8 intervals { rounds: 8 work_seconds: 20 "
                       "rest_seconds: 10 } }"),
              ElementsAre("bouts[0].minutes: is less than the intervals take"));
  EXPECT_THAT(Refusals("habit { sessions { modality: 'hiit' sessions_per_week: 1 } sessions { modality: 'hiit' "
                       "sessions_per_week: 1 } }"),
              ElementsAre("habit.sessions[1].modality: is named twice"));
  EXPECT_EQ(Refusals("bouts { exercise: 'walk_brisk' } user { profile { age_years: 300 } }").size(), 1u);
}

// What a bout would do is no leave to do it.
TEST(EstimateResponse, SaysHowThePersonStands) {
  const std::string bout =
      "bouts { exercise: 'jogging' } habit { sessions { modality: 'aerobic' sessions_per_week: 3 } } ";
  const v1::EstimateResponseResponse stroke =
      Answer(bout + "user { health { symptoms { items: 'face_droop' } } labs { hs_crp { value: 5 unit: 'mg/L' } } }");
  EXPECT_EQ(stroke.disposition(), v1::DISPOSITION_EMERGENCY);
  EXPECT_GT(stroke.act_now_size(), 0);
  EXPECT_GT(stroke.reasons_size(), 0);
  EXPECT_GT(stroke.rules_size(), 0);
  EXPECT_THAT(stroke.bouts(), IsEmpty());
  EXPECT_THAT(stroke.habit(), IsEmpty());
  EXPECT_FALSE(stroke.has_inflammation());

  const std::string crp =
      "labs { hs_crp { value: 5 unit: 'mg/L' } } profile { age_years: 40 regularly_active: false } ";
  const v1::EstimateResponseResponse fever =
      Answer(bout + "user { health { symptoms { items: 'fever' complete: true } } " + crp + "}");
  EXPECT_GE(fever.disposition(), v1::DISPOSITION_REST_TODAY);
  EXPECT_EQ(fever.bouts_size(), 1);
  EXPECT_GT(fever.inflammation().signs_size(), 0);
  EXPECT_THAT(fever.inflammation().movers(), IsEmpty());  // what encourages to move can wait

  const v1::EstimateResponseResponse well = Answer(bout + "user { health { symptoms { complete: true } } " + crp + "}");
  EXPECT_LT(well.disposition(), v1::DISPOSITION_REST_TODAY);
  EXPECT_GT(well.inflammation().movers_size(), 0);
}

TEST(EstimateResponse, ReadsInflammationAtRest) {
  const auto sign = [](const std::string& labs, const std::string& id) -> v1::SignLevel {
    const v1::EstimateResponseResponse answer =
        Answer("bouts { exercise: 'walk_brisk' } user { labs { " + labs + " } }");
    EXPECT_FALSE(answer.inflammation().notice().empty());
    for (const v1::SignReading& reading : answer.inflammation().signs()) {
      if (reading.sign() == id) return reading.level();
    }
    return v1::SIGN_LEVEL_UNSPECIFIED;
  };
  EXPECT_EQ(sign("hs_crp { value: 0.5 unit: 'mg/L' }", "hs_crp"), v1::SIGN_LEVEL_USUAL);
  EXPECT_EQ(sign("hs_crp { value: 30 unit: 'mg/L' }", "hs_crp"), v1::SIGN_LEVEL_NOT_USABLE);
  const v1::SignLevel raised = sign("hs_crp { value: 5 unit: 'mg/L' }", "hs_crp");
  EXPECT_TRUE(raised == v1::SIGN_LEVEL_RAISED || raised == v1::SIGN_LEVEL_HIGH);
  EXPECT_EQ(sign("", "hs_crp"), v1::SIGN_LEVEL_UNSPECIFIED);
}

}  // namespace
}  // namespace myokine
