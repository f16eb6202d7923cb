// Which rules apply to whom: every pair of condition and target, every way to meet what is not known.
#include "engine/recommend/rule_run.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/generated.h"
#include "tests/testing/pack_builder.h"
#include "tests/testing/run_of.h"

namespace myokine {
namespace {

using testing::RuleText;
using testing::RunOf;

enum class Truth { kTrue, kFalse, kUnknown, kError };
constexpr Truth kTruths[] = {Truth::kTrue, Truth::kFalse, Truth::kUnknown, Truth::kError};

std::string WhenOf(Truth truth) {
  switch (truth) {
    case Truth::kTrue: return "user.profile.age_years == 40";
    case Truth::kFalse: return "user.profile.age_years == 41";
    case Truth::kUnknown: return "user.today.fatigue > 3";
    case Truth::kError: return "1 / (user.profile.age_years - 40) > 0";
  }
  return "";
}
// About `walk`; with facts of the person, or known when the pack is compiled.
std::string TargetOf(Truth truth, bool fixed) {
  const std::string walk = "exercise.id == \"walk\" && ";
  if (!fixed) return walk + WhenOf(truth);
  switch (truth) {
    case Truth::kTrue: return walk + "exercise.met > 3.0";
    case Truth::kFalse: return walk + "exercise.met < 3.0";
    case Truth::kUnknown: return walk + "exercise.dose.hold_seconds.usual > 3";
    case Truth::kError: return walk + "1 / (exercise.dose.minutes.usual - 30) > 0";
  }
  return "";
}

// The slow twin: what the design says a rule does.
std::string Expected(Truth when, Truth target, const std::string& on_unknown, bool safety, bool* failed) {
  auto taken = [&](Truth truth) {
    if (truth == Truth::kError && safety) return Truth::kUnknown;
    if (truth != Truth::kError) return truth;
    *failed = true;
    return Truth::kFalse;
  };
  const Truth w = taken(when);
  if (w == Truth::kFalse) return " | ";
  const Truth t = taken(target);
  if (t == Truth::kFalse) return " | ";
  if (w == Truth::kTrue && t == Truth::kTrue) return "block | advise";
  if (on_unknown == "APPLY") return "block | advise?";
  if (on_unknown == "EFFECTS") return "caution? | avoid?";
  return " | ";
}

std::string ARule(Truth when, Truth target, bool fixed, const std::string& on_unknown, bool safety) {
  std::string body = absl::StrCat("when: '", WhenOf(when), "' target: '", TargetOf(target, fixed),
                                  "' effects { block {} } effects { advise {} } ");
  if (on_unknown == "EFFECTS") body += "on_unknown { effects { caution {} } effects { avoid {} } } ";
  if (on_unknown == "SKIP" || on_unknown == "APPLY")
    absl::StrAppend(&body, "on_unknown { action: UNKNOWN_ACTION_", on_unknown, " } ");
  if (safety) body += "safety: true ";
  return RuleText("r", body);
}

void CheckRules(bool fixed, const std::vector<Truth>& targets) {
  for (Truth when : kTruths) {
    for (Truth target : targets) {
      for (const char* on_unknown : {"", "SKIP", "APPLY", "EFFECTS"}) {
        for (bool safety : {false, true}) {
          const RunOf run(ARule(when, target, fixed, on_unknown, safety), "profile { age_years: 40 }");
          bool failed = false;
          std::string want = Expected(when, target, on_unknown, safety, &failed);
          if (failed) want += " rule r: skipped: division by zero";
          EXPECT_EQ(run.Show(), want) << WhenOf(when) << " / " << TargetOf(target, fixed) << " / " << on_unknown
                                      << (safety ? " safety" : "");
          EXPECT_EQ(run.outcome.applied.Empty(), want.starts_with(" | ")) << want;
        }
      }
    }
  }
}

TEST(Rules, ConditionAndTargetTimesWhatIsNotKnown) {
  CheckRules(false, {Truth::kTrue, Truth::kFalse, Truth::kUnknown, Truth::kError});
}
TEST(Rules, TargetsKnownAtLoadDoTheSame) { CheckRules(true, {Truth::kTrue, Truth::kFalse, Truth::kUnknown}); }
// An error is an error whether it was found at load or for the person: no rule but a safety rule applies for it.
TEST(Rules, TargetsThatFailAtLoadDoTheSame) { CheckRules(true, {Truth::kError}); }

TEST(Rules, WithoutATargetTheyTouchTheAnswerAlone) {
  EXPECT_EQ(RunOf(RuleText("r", "effects { advise {} } effects { avoid {} }"), "").Show(), " | advise avoid");
  EXPECT_EQ(
      RunOf(
          RuleText("r",
                   "when: 'user.today.fatigue > 3' effects { advise {} } on_unknown { action: UNKNOWN_ACTION_APPLY }"),
          "")
          .Show(),
      " | advise?");
  EXPECT_EQ(
      RunOf(
          RuleText("r",
                   "when: 'user.today.fatigue > 3' effects { advise {} } on_unknown { action: UNKNOWN_ACTION_APPLY }"),
          "today { fatigue: 4 }")
          .Show(),
      " | advise");
  EXPECT_EQ(
      RunOf(
          RuleText("r",
                   "when: 'user.today.fatigue > 3' effects { advise {} } on_unknown { action: UNKNOWN_ACTION_APPLY }"),
          "today { fatigue: 3 }")
          .Show(),
      " | ");
}

TEST(Rules, AnswerEffectsOfATargetComeOnceAndOnlyWhenSomethingIsTouched) {
  EXPECT_EQ(
      RunOf(RuleText("r", "target: 'exercise.met > 1.0' effects { caution {} } effects { advise {} }"), "").Show(),
      "caution | advise");
  EXPECT_EQ(
      RunOf(RuleText("r", "target: 'exercise.met > 20.0' effects { caution {} } effects { advise {} }"), "").Show(),
      " | ");
  // Sure for one candidate and unknown for others: said as sure.
  EXPECT_EQ(RunOf(RuleText("r",
                           "target: 'exercise.id == \"walk\" || user.today.fatigue > 3' effects { caution {} } effects "
                           "{ advise {} } on_unknown { action: UNKNOWN_ACTION_APPLY }"),
                  "")
                .Show(),
            "caution | advise");
}

TEST(Rules, AFailureIsReportedOncePerRule) {
  const RunOf run(
      absl::StrCat(
          RuleText("a", "target: 'exercise.met > 1.0 && 1 / (user.profile.age_years - 40) > 0' effects { block {} }"),
          RuleText("b", "when: '1 / (user.profile.age_years - 40) > 0' effects { advise {} }")),
      "profile { age_years: 40 }");
  ASSERT_EQ(run.outcome.failures.size(), 2u);
  EXPECT_EQ(run.outcome.failures[0].field(), "rule a");
  EXPECT_EQ(run.outcome.failures[1].field(), "rule b");
}

TEST(Rules, BlockWinsOverEveryBoost) {
  std::string rules = RuleText("no", "target: 'exercise.id == \"walk\"' effects { block {} }");
  for (int i = 0; i < 20; ++i)
    rules += RuleText(absl::StrCat("b", i),
                      "target: 'exercise.id == \"walk\"' effects { boost { axis: AXIS_BENEFIT points: '10' } }");
  const RunOf run(rules, "");
  EXPECT_FALSE(run.Of("walk").admissible);
  EXPECT_TRUE(run.Of("walk").points.empty());
  EXPECT_EQ(run.Of("walk").score_milli, 0);
  EXPECT_TRUE(run.Of("squat").admissible);
}

// Whether something is there may hang on the candidate: what is known of no candidate says nothing then.
TEST(Rules, ATargetMayAskWhatIsThereForACandidate) {
  const std::string one_injury =
      "health { injuries { items { site: 'knee' severity: 5 } complete: true } } today { sleep_hours: 8 }";
  for (const auto& [target, blocks] : std::vector<std::pair<std::string, bool>>{
           {"has(user.health.injuries[exercise.dose.sets.minimum - 1].severity)", true},
           {"has(user.health.injuries[exercise.dose.sets.minimum].severity)", false}}) {
    const RunOf run(RuleText("r", absl::StrCat("target: '", target, "' effects { block {} }")), one_injury);
    EXPECT_EQ(run.Of("squat").admissible, !blocks) << target;
    EXPECT_TRUE(run.Of("yoga").admissible);
  }
}

// What a safety rule does when it can't know may itself not be known: then it blocks, and says so once.
TEST(Rules, EffectsForTheUnknownHappenOnce) {
  const RunOf run(
      RuleText("r",
               "safety: true when: 'user.profile.age_years > 60' target: 'exercise.id == \"walk\"' effects { "
               "block {} } on_unknown { effects { caution {} } effects { limit { minutes { at_most: "
               "'user.today.minutes_available' } } } effects { advise {} } effects { ask { fact: "
               "'user.health.medications' } } }"),
      "");
  EXPECT_EQ(run.Show(), "block caution? | advise? ask?");
  EXPECT_TRUE(run.Lacking().find("user.health.medications=1") != std::string::npos) << run.Lacking();
}

// A rule is unknown for want of facts of the person, not of figures that the catalogue lacks, however its target is
// written.
TEST(Rules, OnlyThePersonMakesARuleUnknown) {
  const auto unknown = [](const std::string& target) {
    const RunOf run(RuleText("r", absl::StrCat("target: '", target, "' effects { block {} }")),
                    "profile { age_years: 40 }");
    return run.outcome.unknown.Has(0);
  };
  EXPECT_FALSE(unknown("exercise.dose.minutes.usual > 25"));
  EXPECT_FALSE(unknown("exercise.dose.minutes.usual > 25 && user.profile.age_years > 30"));
  EXPECT_FALSE(unknown("20 / (exercise.dose.minutes.usual - 30) > 0"));
  EXPECT_TRUE(unknown("exercise.dose.minutes.usual > user.today.fatigue"));
}

TEST(GeneratedRules, ScoresAreExactlySumsAndBlocksAreNamed) {
  testing::Generator generator(1);
  for (int i = 0; i < 60; ++i) {
    const std::string rules = generator.Rules(25);
    for (int j = 0; j < 5; ++j) {
      const std::string user = generator.User();
      Weights weights{{{v1::AXIS_BENEFIT, generator.Whole(0, 4000)}}, {{"muscle", generator.Whole(0, 1000)}}};
      const RunOf run(rules, user, weights);
      for (size_t c = 0; c < run.ruleset->candidates().size(); ++c) {
        const CandidateOutcome outcome = run.outcome.Of(c);
        int64_t sum = 0;
        for (const Points& points : outcome.points) {
          ASSERT_NE(points.milli, 0);
          sum += points.milli;
        }
        ASSERT_EQ(outcome.score_milli, sum);
        ASSERT_EQ(outcome.admissible, outcome.blocking_rules.empty());
        ASSERT_TRUE(outcome.admissible || outcome.points.empty());
        for (int rule : outcome.blocking_rules) ASSERT_TRUE(run.outcome.applied.Has(static_cast<size_t>(rule)));
      }
      run.outcome.applied_because_unknown.ForEach([&](size_t rule) { ASSERT_TRUE(run.outcome.applied.Has(rule)); });
    }
  }
}

}  // namespace
}  // namespace myokine
