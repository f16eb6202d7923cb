// Bounds of doses and points as rules compute them, their rounding and weights, and what they lacked.
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/recommend/rule_run.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"
#include "tests/testing/run_of.h"

namespace myokine {
namespace {

// Points of a boost of this range, weighted.
int32_t WeightedMilli(double points, int64_t least, int64_t most, int32_t axis_permille, int32_t goal_permille) {
  CompiledEffect boost;
  boost.least_milli = least;
  boost.most_milli = most;
  return Weighted(boost.MilliOf(points), axis_permille, goal_permille);
}

using testing::RuleText;
using testing::RunOf;

TEST(Bounds, AreRoundedToTheCautiousSide) {
  auto dose = [](const std::string& effect) {
    const RunOf run(RuleText("r", absl::StrCat("target: 'exercise.met > 1.0' effects { ", effect, " }")),
                    "today { sleep_hours: 7.5 }");
    return std::pair(run.Of("walk").dosing.dose[0].value_or(-1), run.Of("squat").dosing.dose[7].value_or(-1));
  };
  EXPECT_EQ(dose("limit { minutes { at_most: '20.9' } }").first, 20);
  EXPECT_EQ(dose("limit { minutes { at_least: '40.9' } }").first, 40);
  EXPECT_EQ(dose("limit { minutes { at_most: 'user.today.sleep_hours * 2.0 + 0.9' } }").first, 15);
  EXPECT_EQ(dose("limit { rest_seconds { at_least: '120.1' } }").second, 121);
  EXPECT_EQ(dose("limit { rest_seconds { at_most: '60.1' } }").second, 61);
  EXPECT_EQ(dose("limit { minutes { at_most: '20' } }").first, 20);
  EXPECT_EQ(dose("limit { minutes { at_most: '9223372036854775807' } }").first, 30);
  EXPECT_EQ(dose("limit { minutes { at_least: '-1e300' } }").first, 30);
}

TEST(Bounds, MaySeeTheCandidate) {
  const RunOf run(RuleText("r",
                           "target: 'exercise.met > 1.0' effects { prescribe { minutes { at_most: "
                           "'exercise.dose.minutes.minimum + 2' } } }"),
                  "");
  EXPECT_EQ(run.Of("walk").dosing.dose[0], 12);
  EXPECT_EQ(run.Of("yoga").dosing.dose[0], 7);
  EXPECT_TRUE(run.Of("squat").admissible);
}

// A limit whose bound is not known: what the rule says it does when it cannot know.
TEST(Bounds, AnUnknownLimitOfASafetyRuleThatAppliesBlocks) {
  for (const char* bound : {"user.today.fatigue", "100 / user.profile.age_years", "0.0 / 0.0", "1.0 / 0.0"}) {
    const std::string effects =
        absl::StrCat("target: 'exercise.id == \"walk\"' effects { limit { minutes { at_most: '", bound, "' } } } ");
    EXPECT_EQ(RunOf(RuleText("r", effects + "safety: true on_unknown { action: UNKNOWN_ACTION_APPLY }"),
                    "profile { age_years: 0 }")
                  .Show()
                  .substr(0, 8),
              "block | ")
        << bound;
    EXPECT_EQ(RunOf(RuleText("r", effects + "safety: true on_unknown { action: UNKNOWN_ACTION_SKIP }"),
                    "profile { age_years: 0 }")
                  .Show()
                  .substr(0, 3),
              " | ")
        << bound;
    EXPECT_EQ(RunOf(RuleText("r", effects), "profile { age_years: 0 }").Show().substr(0, 3), " | ") << bound;
  }
  EXPECT_EQ(RunOf(RuleText("r",
                           "target: 'exercise.id == \"walk\"' effects { prescribe { minutes { at_most: "
                           "'user.today.fatigue' } } } safety: true on_unknown { action: UNKNOWN_ACTION_APPLY }"),
                  "")
                .Show(),
            " | ");
}

// The rule has said what it does then: it must not be as if the limit were met.
TEST(Bounds, AnUnknownLimitOfASafetyRuleWithEffectsOfItsOwnHasThese) {
  const std::string rule =
      RuleText("r",
               "target: 'exercise.id == \"walk\"' effects { limit { minutes { at_most: 'user.today.fatigue' } } } "
               "safety: true on_unknown { effects { block {} } effects { advise {} } }");
  EXPECT_EQ(RunOf(rule, "").Show(), "block | advise?");
  EXPECT_EQ(RunOf(rule, "today { fatigue: 10 }").Show(), " | ");
}

// However many bounds of a rule are not known, what it does then it does once.
TEST(Bounds, TheEffectsForAnUnknownLimitComeOnce) {
  const std::string instead =
      "safety: true on_unknown { effects { boost { axis: AXIS_BENEFIT points: '-1' } } effects { caution {} } } ";
  EXPECT_EQ(RunOf(RuleText("r",
                           "target: 'exercise.id == \"walk\"' effects { limit { minutes { at_most: "
                           "'user.today.fatigue' } rpe { at_most: 'user.today.mood' } } } " +
                               instead),
                  "")
                .Show(),
            "caution? -1000 | ");
  EXPECT_EQ(
      RunOf(RuleText("r",
                     "target: 'exercise.id == \"walk\"' effects { limit { minutes { at_least: 'user.today.mood' "
                     "at_most: 'user.today.fatigue' } } } effects { limit { rpe { at_most: 'user.today.mood' } } } " +
                         instead),
            "")
          .Show(),
      "caution? -1000 | ");
  EXPECT_EQ(RunOf(RuleText("r",
                           "when: 'user.today.stress > 3' target: 'exercise.id == \"walk\"' effects { block {} } "
                           "safety: true on_unknown { effects { limit { minutes { at_most: 'user.today.fatigue' } } } "
                           "effects { boost { axis: AXIS_BENEFIT points: '-1' } } }"),
                  "today { fatigue: 10 }")
                .Show(),
            "-1000 | ");
}

// Where even the limit for the unknown is not known, nothing is left but to hold back.
TEST(Bounds, ALimitForTheUnknownThatIsNotKnownItselfBlocks) {
  const std::string rule = RuleText("r",
                                    "when: 'user.today.mood > 3' target: 'exercise.id == \"walk\"' effects { caution "
                                    "{} } safety: true on_unknown { effects { boost { axis: AXIS_BENEFIT points: '-1' "
                                    "} } effects { limit { minutes { at_most: 'user.today.fatigue' } } } }");
  EXPECT_EQ(RunOf(rule, "").Show(), "block | ");
  EXPECT_EQ(RunOf(rule, "today { fatigue: 10 }").Show(), "-1000 | ");
  EXPECT_EQ(RunOf(rule, "today { mood: 1 }").Show(), " | ");
}

// A bound that is no number says why, as any other failure of a rule.
TEST(Bounds, ABoundThatIsNoNumberIsReported) {
  EXPECT_EQ(
      RunOf(RuleText("r", "target: 'exercise.id == \"walk\"' effects { limit { minutes { at_most: '0.0 / 0.0' } } }"),
            "")
          .outcome.failures.size(),
      1u);
  EXPECT_EQ(RunOf(RuleText("r",
                           "target: 'exercise.id == \"walk\"' effects { boost { axis: AXIS_FIT points: "
                           "'user.today.sleep_hours / 0.0 * 0.0' } }"),
                  "today { sleep_hours: 7 }")
                .outcome.failures.size(),
            1u);
}

TEST(PointsOfRules, AreHeldWithinAxisAndGrade) {
  auto milli = [](const std::string& grade, const std::string& axis, int age) {
    const RunOf run(absl::StrCat("rules { id: 'r' text { en: 'e' } evidence { outcome { grade: GRADE_", grade,
                                 " } } target: 'exercise.id == \"walk\"' effects { boost { axis: AXIS_", axis,
                                 " points: 'user.profile.age_years - 50' } } }"),
                    absl::StrCat("profile { age_years: ", age, " }"));
    return run.Of("walk").score_milli;
  };
  EXPECT_EQ(milli("A", "BENEFIT", 52), 2000);
  EXPECT_EQ(milli("A", "BENEFIT", 90), 10000);
  EXPECT_EQ(milli("C", "BENEFIT", 90), 3000);
  EXPECT_EQ(milli("C", "BENEFIT", 10), -3000);
  EXPECT_EQ(milli("A", "NUTRITION", 90), 5000);
  EXPECT_EQ(milli("A", "NUTRITION", 10), -2000);
  EXPECT_EQ(milli("A", "RECOVERY", 90), 0);
  EXPECT_EQ(milli("A", "BENEFIT", 50), 0);
}

TEST(PointsOfRules, SeeTheDoseThatWasChosen) {
  const RunOf run(
      absl::StrCat(RuleText("limit", "target: 'exercise.met > 1.0' effects { limit { minutes { at_most: '12' } } }"),
                   RuleText("boost",
                            "target: 'exercise.met > 1.0' effects { boost { axis: AXIS_BENEFIT points: "
                            "'double(dose.minutes) / 10.0' } }")),
      "");
  EXPECT_EQ(run.Of("walk").score_milli, 1200);
  EXPECT_EQ(run.Of("yoga").score_milli, 1200);
  EXPECT_EQ(run.Of("squat").score_milli, 0);  // has no minutes: unknown, no points
}

TEST(PointsOfRules, ThatAreUnknownOrFailAreNone) {
  EXPECT_EQ(
      RunOf(RuleText(
                "r",
                "target: 'exercise.id == \"walk\"' effects { boost { axis: AXIS_FIT points: 'user.today.fatigue' } }"),
            "")
          .Show(),
      " | ");
  EXPECT_EQ(RunOf(RuleText("r",
                           "target: 'exercise.id == \"walk\"' effects { boost { axis: AXIS_FIT points: '1 / "
                           "user.today.fatigue' } }"),
                  "today { fatigue: 0 }")
                .Show(),
            " |  rule r: skipped: division by zero");
  EXPECT_EQ(RunOf(RuleText("r",
                           "target: 'exercise.id == \"walk\"' effects { boost { axis: AXIS_FIT points: '1.0 / "
                           "(user.today.sleep_hours - 7.0)' } }"),
                  "today { sleep_hours: 7 }")
                .Show(),
            "10000 | ");
}

TEST(PointsOfRules, AreWeightedByAxisAndGoal) {
  const std::string rules = absl::StrCat(
      RuleText("plain", "target: 'exercise.id == \"walk\"' effects { boost { axis: AXIS_BENEFIT points: '2' } }"),
      RuleText("muscle",
               "target: 'exercise.id == \"walk\"' effects { boost { axis: AXIS_FIT points: '3' goal: 'muscle' } }"));
  auto show = [&](Weights weights) { return RunOf(rules, "", std::move(weights)).Show(); };
  EXPECT_EQ(show({}), "2000 | ");  // a goal that is not held counts nothing
  EXPECT_EQ(show({{}, {{"muscle", 1000}}}), "2000 3000 | ");
  EXPECT_EQ(show({{}, {{"muscle", 333}}}), "2000 999 | ");
  EXPECT_EQ(show({{}, {{"weight", 1000}}}), "2000 | ");
  EXPECT_EQ(show({{{v1::AXIS_BENEFIT, 0}}, {{"muscle", 1000}}}), "3000 | ");
  EXPECT_EQ(show({{{v1::AXIS_BENEFIT, 4000}, {v1::AXIS_FIT, 1500}}, {{"muscle", 500}}}), "8000 2250 | ");
}

TEST(WeightedMilli, RoundsHalfAwayFromZeroOnEachStep) {
  struct Case {
    double points;
    int axis, goal, want;
  };
  for (const Case& c : std::vector<Case>{{1, 1000, 1000, 1000},
                                         {0.0005, 1000, 1000, 1},
                                         {-0.0005, 1000, 1000, -1},
                                         {0.00049, 1000, 1000, 0},
                                         {0.001, 500, 1000, 1},
                                         {-0.001, 500, 1000, -1},
                                         {0.001, 499, 1000, 0},
                                         {-0.001, 499, 1000, 0},
                                         {0.001, 1499, 1000, 1},
                                         {0.001, 1500, 1000, 2},
                                         {0.003, 500, 500, 1},
                                         {0.001, 500, 500, 0},
                                         {0.002, 500, 500, 1},
                                         {-0.002, 500, 500, -1},
                                         {9.999, 4000, 1000, 39996},
                                         {20, 1000, 1000, 10000},
                                         {-20, 1000, 1000, -10000},
                                         {20, 4000, 1000, 40000},
                                         {5, 0, 1000, 0},
                                         {5, 1000, 0, 0},
                                         {0, 1000, 1000, 0},
                                         {-0.0, 1000, 1000, 0},
                                         {1.0 / 3, 1000, 1000, 333},
                                         {2.0 / 3, 1000, 1000, 667}}) {
    EXPECT_EQ(WeightedMilli(c.points, -10000, 10000, c.axis, c.goal), c.want)
        << c.points << " " << c.axis << " " << c.goal;
    EXPECT_EQ(WeightedMilli(-c.points, -10000, 10000, c.axis, c.goal), -c.want)
        << -c.points << " " << c.axis << " " << c.goal;
  }
  constexpr double kInf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(WeightedMilli(kInf, -2000, 5000, 1000, 1000), 5000);
  EXPECT_EQ(WeightedMilli(-kInf, -2000, 5000, 1000, 1000), -2000);
  EXPECT_EQ(WeightedMilli(1e300, -2000, 5000, 4000, 1000), 20000);
  EXPECT_EQ(WeightedMilli(std::numeric_limits<double>::quiet_NaN(), -2000, 5000, 1000, 1000), 0);
  EXPECT_EQ(WeightedMilli(100, -100000, 100000, 4000, 1000), 400000);
}

TEST(Lacking, CountsARuleOncePerFact) {
  EXPECT_EQ(RunOf(RuleText("r", "when: 'user.today.fatigue > 3' effects { advise {} }"), "").Lacking(),
            "user.today.fatigue=1");
  EXPECT_EQ(RunOf(RuleText("r",
                           "target: 'exercise.met > 1.0 && user.today.fatigue > 3' effects { block {} } on_unknown { "
                           "action: UNKNOWN_ACTION_APPLY }"),
                  "")
                .Lacking(),
            "user.today.fatigue=1");
  EXPECT_EQ(RunOf(RuleText("r",
                           "when: 'user.today.fatigue > 3 && user.today.mood > 3' effects { refer { to: "
                           "DISPOSITION_LIMITED } } on_unknown { action: UNKNOWN_ACTION_APPLY }"),
                  "")
                .Lacking(),
            "user.today.fatigue=1 user.today.mood=1");
  EXPECT_EQ(RunOf(RuleText("r", "when: 'user.today.fatigue > 3 && user.today.mood > 3' effects { advise {} }"),
                  "today { mood: 1 }")
                .Lacking(),
            "");
  EXPECT_EQ(RunOf(RuleText("r", "effects { ask { fact: 'user.health.medications' } }"), "").Lacking(),
            "user.health.medications=1");
  EXPECT_EQ(RunOf(RuleText("r", "effects { ask { fact: 'user.health.medications' } }"),
                  "health { medications { complete: true } }")
                .Lacking(),
            "");
  EXPECT_EQ(RunOf(RuleText("r", "effects { ask { fact: 'user.health.medications' } }"),
                  "health { medications { items: 'insulin' } }")
                .Lacking(),
            "user.health.medications=1");
  // Through variables to the facts behind them.
  EXPECT_EQ(RunOf(absl::StrCat("variables { id: 'v' value: 'user.today.fatigue + user.today.mood' }",
                               RuleText("r", "when: 'v > 3' effects { advise {} }")),
                  "")
                .Lacking(),
            "user.today.fatigue=1 user.today.mood=1");
  // What a candidate or the dose lacks is nothing to ask a person.
  EXPECT_EQ(
      RunOf(RuleText(
                "r",
                "target: 'meal.nutrition.epa_dha_g > 1.0' effects { boost { axis: AXIS_FIT points: 'dose.minutes' } }"),
            "")
          .Lacking(),
      "");
}

// Beyond every number is as far as the range goes, also where points stand in a table made at load.
TEST(PointsOfRules, InfinitePointsCountAsTheRangeHasThem) {
  const RunOf run(RuleText("r",
                           "target: 'exercise.met >= 1.0' effects { boost { axis: AXIS_FIT points: '1.0 / "
                           "(exercise.met - exercise.met)' } }") +
                      RuleText("s",
                               "target: 'exercise.met >= 1.0' effects { boost { axis: AXIS_FIT points: 'exercise.met > "
                               "1.0 ? 1.0 / (exercise.met - exercise.met) : 1.0' } }"),
                  "");
  const CandidateOutcome walk = run.Of("walk");
  int64_t sum = 0;
  for (const Points& points : walk.points) sum += points.milli;
  EXPECT_GT(sum, 0);
  EXPECT_EQ(walk.score_milli, sum);
}

TEST(Variables, OutOfTheirRangeAreErrors) {
  const std::string rules = absl::StrCat("variables { id: 'v' minimum: 1 maximum: 5 value: 'user.today.fatigue' }",
                                         RuleText("r", "when: 'v >= 1' effects { advise {} }"));
  EXPECT_EQ(RunOf(rules, "today { fatigue: 1 }").Show(), " | advise");
  EXPECT_EQ(RunOf(rules, "today { fatigue: 5 }").Show(), " | advise");
  EXPECT_EQ(RunOf(rules, "today { fatigue: 6 }").Show(), " |  rule r: skipped: variable `v` is out of its range");
  EXPECT_EQ(RunOf(rules, "today { fatigue: 0 }").Show(), " |  rule r: skipped: variable `v` is out of its range");
  EXPECT_EQ(RunOf(rules, "").Show(), " | ");
  const std::string nan = absl::StrCat("variables { id: 'v' minimum: 1 value: 'user.today.sleep_hours / 0.0 * 0.0' }",
                                       RuleText("r", "when: 'v > 1.0' effects { advise {} }"));
  EXPECT_EQ(RunOf(nan, "today { sleep_hours: 7 }").Show(), " |  rule r: skipped: variable `v` is out of its range");
}

}  // namespace
}  // namespace myokine
