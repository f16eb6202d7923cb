// What a pack is refused for, and what a compiled one holds.
#include "engine/ruleset/compiler.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/ruleset/grade.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

using testing::CompileText;
using testing::IssuesOf;
using testing::RuleText;

constexpr char kWalk[] = "target: 'candidate.id == \"walk\"' ";

std::string Joined(const std::vector<std::string>& issues) { return absl::StrJoin(issues, "\n"); }
std::string Variable(const std::string& id, const std::string& value, const std::string& rest = "") {
  return absl::StrCat("variables { id: '", id, "' value: '", value, "' ", rest, " }\n");
}
std::string Graded(const std::string& id, const std::string& evidence, const std::string& body) {
  return absl::StrCat("rules { id: '", id, "' text { en: 'e' ja: 'j' } ",
                      evidence.empty() ? "" : absl::StrCat("evidence { ", evidence, " } "), body, " }\n");
}

TEST(Compiler, TakesAPackOfEverything) {
  const auto ruleset = CompileText(absl::StrCat(
      Variable("older", "user.profile.age_years >= 65"),
      RuleText("r", absl::StrCat("when: 'older' ", kWalk, "effects { boost { axis: AXIS_BENEFIT points: '3' } }")),
      "pairings { id: 'p' exercise: 'exercise.modality == \"aerobic\"' meal: '\"fish\" in meal.foods' text { en: 'e' "
      "ja: 'j' } }"
      "invariants { id: 'i' text { en: 'e' ja: 'j' } given: 'older' for: 'dose.rpe > 3' never: "
      "'exercise.dose.rpe.usual > 8' }"));
  EXPECT_EQ(ruleset->rules().size(), 1u);
  EXPECT_EQ(ruleset->variables().size(), 1u);
  EXPECT_EQ(ruleset->pairings().size(), 1u);
  EXPECT_EQ(ruleset->candidates().size(), 5u);
  EXPECT_EQ(ruleset->digest(), "0123456789abcdef");
  EXPECT_EQ(ruleset->user_frame_size(), ruleset->now_slot() + 2);
  int found = 0;
  for (const char* key : {"who-2020", "who-2021"}) ruleset->bibliography().Find(key, [&](uint32_t) { ++found; });
  EXPECT_EQ(found, 1);
  ASSERT_NE(ruleset->FindCandidate("walk"), nullptr);
  EXPECT_EQ(ruleset->FindCandidate("walk")->id(), "walk");
  EXPECT_EQ(ruleset->FindCandidate("fly"), nullptr);
}

TEST(Compiler, IssuesThatWereThereBeforeStayAndRefuse) {
  Issues issues;
  issues.Add({{"a.yaml", 1, 1}, "earlier", "an earlier mistake", "", ""});
  EXPECT_EQ(Ruleset::Compile(testing::MakePack({testing::BasePack()}), issues), nullptr);
  EXPECT_EQ(issues.size(), 1u);
}

TEST(Compiler, RefusesCandidatesWhereFactsAloneAreSeen) {
  const std::string hint = " | this sees facts of the person alone; candidates belong into `target`";
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", "when: 'exercise.met > 3.0' effects { advise {} }"))),
            "unknown-name: unknown name `exercise`" + hint);
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", "when: '\"fish\" in meal.foods' effects { advise {} }"))),
            "unknown-name: unknown name `meal`" + hint);
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", "when: 'candidate.id == \"walk\"' effects { advise {} }"))),
            "unknown-name: unknown name `candidate`" + hint);
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", "when: 'has(exercise.met)' effects { advise {} }"))),
            "unknown-name: unknown name `exercise`" + hint);
  EXPECT_EQ(Joined(IssuesOf(Variable("v", "exercise.met > 3.0"))), "unknown-name: unknown name `exercise`" + hint);
  EXPECT_EQ(Joined(IssuesOf("pairings { id: 'p' when: 'meal.prep_minutes > 1' exercise: 'exercise.met > 1.0' meal: "
                            "'meal.prep_minutes > 1' }")),
            "unknown-name: unknown name `meal`" + hint);
  EXPECT_EQ(Joined(IssuesOf("invariants { id: 'i' given: 'exercise.met > 1.0' always: 'true' }")),
            "unknown-name: unknown name `exercise`" + hint);
}

TEST(Compiler, TheDoseIsSeenByPointsAndInvariantsAlone) {
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", "target: 'exercise.met > 1.0 && dose.minutes > 3' effects { block {} }")))
                .substr(0, 33),
            "unknown-name: unknown name `dose`");
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", absl::StrCat(kWalk, "effects { limit { rpe { at_most: 'dose.rpe' } } }"))))
                .substr(0, 33),
            "unknown-name: unknown name `dose`");
  EXPECT_EQ(Joined(IssuesOf(
                RuleText("r", absl::StrCat(kWalk, "effects { boost { axis: AXIS_FIT points: 'dose.minutes' } }")))),
            "");
  EXPECT_EQ(Joined(IssuesOf("invariants { id: 'i' never: 'dose.minutes > 500' }")), "");
}

TEST(Compiler, ChecksEveryExpressionOfARule) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"when: 'user.profile.age > 3' effects { advise {} }", "unknown-field: `user.profile` has no field `age`"},
      {"when: 'user.profile.age_years' effects { advise {} }", "type-mismatch: expected a bool, found a int"},
      {"target: 'exercise.met' effects { block {} }", "type-mismatch: expected a bool, found a double"},
      {absl::StrCat(kWalk, "effects { boost { axis: AXIS_FIT points: 'true' } }"),
       "type-mismatch: expected a int or double, found a bool"},
      {absl::StrCat(kWalk, "effects { boost { axis: AXIS_FIT points: '3 +' } }"),
       "syntax: expected a value, found the end"},
      {absl::StrCat(kWalk, "effects { limit { rpe { at_most: '\"a\"' } } }"),
       "type-mismatch: expected a int or double, found a string"},
      {absl::StrCat(kWalk, "effects { prescribe { minutes { at_least: 'x' } } }"), "unknown-name: unknown name `x`"},
      {absl::StrCat(kWalk, "effects { block {} } on_unknown { effects { limit { rpe { at_least: 'x' } } } }"),
       "unknown-name: unknown name `x`"},
      {"when: '\"asthmaa\" in user.health.conditions' effects { advise {} }",
       "unknown-word: `asthmaa` is not in the vocabulary `condition` | did you mean `asthma`?"},
  };
  for (const auto& [body, want] : cases) EXPECT_EQ(Joined(IssuesOf(RuleText("r", body))), want) << body;
}

TEST(Compiler, ReportsAllMistakesOfAPackAtOnce) {
  const std::vector<std::string> issues = IssuesOf(
      absl::StrCat(Variable("v", "x + 1"), RuleText("a", "when: 'y && z' effects { ask { fact: 'user.nothing' } }"),
                   RuleText("b", absl::StrCat(kWalk, "effects { boost { axis: AXIS_INFLAMMATION points: 'w' } }"))));
  EXPECT_EQ(Joined(issues),
            "unknown-name: unknown name `x`\n"
            "unknown-name: unknown name `y`\n"
            "unknown-name: unknown name `z`\n"
            "unknown-fact: no fact `user.nothing` | name it as in expressions: `user.health.conditions`\n"
            "unknown-name: unknown name `w`\n"
            "no-scale: the pack has no scale for the axis `AXIS_INFLAMMATION`");
}

TEST(Compiler, TargetsNameOneKindOfCandidate) {
  EXPECT_EQ(
      Joined(IssuesOf(RuleText("r", "target: 'exercise.met > 1.0 || meal.prep_minutes > 1' effects { block {} }"))),
      "two-kinds: a target names either `exercise` or `meal` | write two rules, or use `candidate`");
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", "target: 'user.profile.age_years > 3' effects { block {} }"))),
            "no-candidate: a target says which candidates it touches | name `exercise`, `meal` or `candidate`; facts "
            "alone belong into `when`");
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", "target: 'true' effects { block {} }"))).substr(0, 12), "no-candidate");
}

// A variable of a macro that is called like a candidate does not make a target touch one.
TEST(Compiler, VariablesOfMacrosNameNoCandidate) {
  EXPECT_EQ(Joined(IssuesOf(RuleText(
                       "r", "target: 'user.recent_activities.exists(meal, meal.minutes > 5)' effects { block {} }")))
                .substr(0, 12),
            "no-candidate");
  EXPECT_EQ(Joined(IssuesOf(RuleText("r",
                                     "target: 'exercise.met > 1.0 && user.recent_activities.exists(meal, meal.minutes "
                                     "> 5)' effects { block {} }"))),
            "");
}

TEST(Compiler, TargetsTouchTheKindTheyName) {
  const auto ruleset = CompileText(absl::StrCat(
      RuleText("e", "target: 'exercise.met > 3.0' effects { block {} }"),
      RuleText("m", "target: 'meal.prep_minutes > 3' effects { block {} }"),
      RuleText("c", "target: '\"soft\" in candidate.traits' effects { block {} }"),
      RuleText("both", "target: 'candidate.kind == \"meal\" && meal.prep_minutes > 3' effects { block {} }"),
      RuleText("user", "target: 'exercise.met > 3.0 && user.profile.age_years > 65' effects { block {} }"),
      RuleText("none", "effects { advise {} }")));
  auto touches = [&](size_t i) {
    return std::pair(ruleset->rules()[i].touches_exercises, ruleset->rules()[i].touches_meals);
  };
  EXPECT_EQ(touches(0), std::pair(true, false));
  EXPECT_EQ(touches(1), std::pair(false, true));
  EXPECT_EQ(touches(2), std::pair(true, true));
  EXPECT_EQ(touches(3), std::pair(false, true));
  EXPECT_EQ(touches(5), std::pair(false, false));
  using List = std::vector<uint32_t>;
  auto set = [&](uint32_t number) { return ruleset->candidate_sets()[number].list; };
  EXPECT_EQ(set(ruleset->rules()[0].met), (List{0, 1}));
  EXPECT_EQ(set(ruleset->rules()[0].touches), (List{0, 1}));
  EXPECT_EQ(set(ruleset->rules()[2].met), List{4});
  EXPECT_TRUE(ruleset->rules()[2].fixed);
  EXPECT_FALSE(ruleset->rules()[4].fixed);  // needs the person
  EXPECT_EQ(set(ruleset->rules()[4].touches), (List{0, 1, 2}));
}

TEST(Compiler, AFixedTargetMayBeUnknown) {
  const auto ruleset = CompileText(RuleText("r", "target: 'exercise.dose.minutes.usual > 25' effects { block {} }"));
  const CompiledRule& rule = ruleset->rules()[0];
  EXPECT_EQ(ruleset->candidate_sets()[rule.met].list, std::vector<uint32_t>{0});
  EXPECT_EQ(ruleset->candidate_sets()[rule.unsure].list, std::vector<uint32_t>{1});
  EXPECT_EQ(ruleset->candidate_sets()[rule.touches].list, (std::vector<uint32_t>{0, 1}));
}

TEST(Compiler, PointsStayBelowTheCapOfTheGradeAndWithinTheAxis) {
  auto boost = [](const std::string& evidence, const std::string& axis, const std::string& points) {
    return Joined(IssuesOf(Graded(
        "r", evidence, absl::StrCat(kWalk, "effects { boost { axis: AXIS_", axis, " points: '", points, "' } }"))));
  };
  auto beyond = [](const std::string& range, const std::string& grade) {
    return absl::StrCat("points-out-of-range: points must lie between ", range, " on this axis with grade ", grade);
  };
  EXPECT_EQ(boost("outcome { grade: GRADE_C }", "BENEFIT", "3"), "");
  EXPECT_EQ(boost("outcome { grade: GRADE_C }", "BENEFIT", "-3.0"), "");
  EXPECT_EQ(boost("outcome { grade: GRADE_C }", "BENEFIT", "3.001"), beyond("-3 and 3", "C"));
  EXPECT_EQ(boost("outcome { grade: GRADE_C }", "BENEFIT", "-4"), beyond("-3 and 3", "C"));
  EXPECT_EQ(boost("outcome { grade: GRADE_D } mechanism { grade: GRADE_B }", "BENEFIT", "6"),
            "");  // the better of the two
  EXPECT_EQ(boost("outcome { grade: GRADE_X }", "BENEFIT", "2"), beyond("-1 and 1", "X"));
  EXPECT_EQ(boost("outcome { grade: GRADE_A }", "NUTRITION", "6"),
            beyond("-2 and 5", "A"));  // the axis is narrower than the grade
  EXPECT_EQ(boost("outcome { grade: GRADE_A }", "NUTRITION", "-3"), beyond("-2 and 5", "A"));
  EXPECT_EQ(boost("outcome { grade: GRADE_A }", "RECOVERY", "1"), beyond("-10 and 0", "A"));
  EXPECT_EQ(boost("outcome { grade: GRADE_A }", "BENEFIT", "0.0 / 0.0"), beyond("-10 and 10", "A"));
  EXPECT_EQ(boost("outcome { grade: GRADE_A }", "BENEFIT", "1 / 0"), beyond("-10 and 10", "A"));
  EXPECT_EQ(
      boost("", "BENEFIT", "1"),
      "points-without-grade: rule `r` gives points without a grade | state `evidence`: the grade caps the points");
  EXPECT_EQ(boost("outcome { grade: GRADE_A }", "INFLAMMATION", "1"),
            "no-scale: the pack has no scale for the axis `AXIS_INFLAMMATION`");
  EXPECT_EQ(boost("outcome { grade: GRADE_A }", "BENEFIT", "user.profile.age_years"),
            "");  // computed: held within the range at run time
}

TEST(Compiler, AGradeWithoutACapGivesNoPoints) {
  Issues issues;
  auto pack = testing::MakePack(
      {testing::BasePack(), Graded("r", "outcome { grade: GRADE_C }",
                                   absl::StrCat(kWalk, "effects { boost { axis: AXIS_FIT points: '1' } }"))});
  pack->pack.clear_grade_caps();
  EXPECT_EQ(Ruleset::Compile(std::move(pack), issues), nullptr);
  EXPECT_EQ(issues.list()[0].code, "points-out-of-range");
}

// A scale that leaves nothing within the cap would clamp between ends that cross.
TEST(Compiler, RefusesAScaleThatTheCapLeavesNothingOf) {
  EXPECT_FALSE(
      IssuesOf(
          absl::StrCat(
              "axes { axis: AXIS_INFLAMMATION minimum: 5 maximum: 9 meaning { en: 'm' ja: 'm' } }",
              Graded("r", "outcome { grade: GRADE_C }",
                     absl::StrCat(kWalk,
                                  "effects { boost { axis: AXIS_INFLAMMATION points: 'user.profile.age_years' } }"))))
          .empty());
}

TEST(Compiler, VariablesAreOrderedByNeed) {
  const auto ruleset =
      CompileText(absl::StrCat(Variable("c", "a + b"), Variable("b", "a * 2"), Variable("a", "user.profile.age_years"),
                               Variable("d", "c > 1 && now > now")));
  std::vector<std::string> order;
  for (const CompiledVariable& variable : ruleset->variables()) order.push_back(variable.variable->id());
  EXPECT_EQ(order, (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST(Compiler, RefusesCyclesOfVariables) {
  auto cycles = [](const std::string& text) {
    std::vector<std::string> found;
    for (const std::string& issue : IssuesOf(text)) {
      if (issue.starts_with("variable-cycle")) found.push_back(issue);
    }
    return Joined(found);
  };
  EXPECT_EQ(cycles(Variable("a", "a + 1")), "variable-cycle: `a` needs itself: a -> a");
  EXPECT_EQ(cycles(Variable("a", "b + 1") + Variable("b", "a + 1")), "variable-cycle: `a` needs itself: a -> b -> a");
  EXPECT_EQ(cycles(Variable("a", "b") + Variable("b", "c") + Variable("c", "a")),
            "variable-cycle: `a` needs itself: a -> b -> c -> a");
  EXPECT_EQ(cycles(Variable("a", "b ? b : c") + Variable("b", "true") + Variable("c", "b")), "");
}

// One cycle is one mistake: that its members are not known to each other follows from it.
TEST(Compiler, ACycleIsReportedOnce) {
  EXPECT_EQ(IssuesOf(Variable("a", "b + 1") + Variable("b", "a + 1")).size(), 1u);
}

TEST(Compiler, AMacrosVariableIsNoNeedOfAVariable) {
  EXPECT_EQ(Joined(IssuesOf(Variable("session", "user.recent_activities.exists(session, session.minutes > 10)"))), "");
}

// Variables add names; they do not take away what a name of the engine means.
TEST(Compiler, VariablesMayNotHideFactsNorCandidates) {
  for (const char* id : {"now", "user", "exercise", "meal", "candidate", "dose", "true", "in"}) {
    EXPECT_FALSE(IssuesOf(Variable(id, "true")).empty()) << id;
  }
}

TEST(Compiler, AskNamesAFact) {
  auto ask = [](const std::string& fact) {
    return Joined(IssuesOf(RuleText("r", absl::StrCat("effects { ask { fact: '", fact, "' } }"))));
  };
  EXPECT_EQ(ask("user.health.conditions"), "");
  EXPECT_EQ(ask("user.profile.age_years"), "");
  for (const char* fact : {"", "user", "user.health", "health.conditions", "user.health.conditionz",
                           "user.health.conditions.items", "bmi", "exercise.met"}) {
    EXPECT_EQ(ask(fact),
              absl::StrCat("unknown-fact: no fact `", fact, "` | name it as in expressions: `user.health.conditions`"))
        << fact;
  }
}

// A fact without a question can't be asked for: the effect would do nothing.
TEST(Compiler, AskNamesAFactThatHasAQuestion) {
  EXPECT_FALSE(IssuesOf(RuleText("r", "effects { ask { fact: 'user.labs.potassium' } }")).empty());
  EXPECT_FALSE(IssuesOf(RuleText("r", "effects { ask { fact: 'user.profile.smoking' } }")).empty());
}

TEST(Compiler, SignsOfInflammationAreDistinctAndTheirBandsRise) {
  auto model = [](const std::string& text) { return Joined(IssuesOf(absl::StrCat("inflammation { ", text, " }"))); };
  const std::string crp = "signs { id: 'crp' value: 'user.labs.hs_crp' bands { from: 0 } bands { from: 1 } } ";
  EXPECT_EQ(model(crp + "movers { id: 'move' sign: 'crp' when: 'true' percent_low: -9 percent_high: -2 }"), "");
  EXPECT_EQ(model(crp + crp), "duplicate-id: a second sign `crp`");
  EXPECT_EQ(model("signs { id: 'crp' value: '1.0' bands { from: 2 } bands { from: 2 } }"),
            "bad-band: the bands of a sign must rise");
  EXPECT_EQ(model(crp + "movers { id: 'move' sign: 'crb' when: 'true' }"),
            "unknown-id: no sign `crb` | did you mean `crp`?");
  EXPECT_EQ(model(crp + "movers { id: 'move' sign: 'crp' when: 'true' percent_low: 3 percent_high: -2 }"),
            "bad-interval: `percent_low` must not be above `percent_high`");
  EXPECT_NE(model("signs { id: 'crp' value: 'user.labs.hs_cpr' }"), "");
  EXPECT_NE(model(crp + "movers { id: 'move' sign: 'crp' when: '1' }"), "");
}

TEST(Compiler, BoundsBoundSomething) {
  const std::string empty = "empty-bounds: no field of the dose is bounded";
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", absl::StrCat(kWalk, "effects { limit {} }")))), empty);
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", absl::StrCat(kWalk, "effects { prescribe {} }")))), empty);
  EXPECT_EQ(Joined(IssuesOf(RuleText("r", absl::StrCat(kWalk, "effects { limit { rpe {} } }")))), empty);
}

TEST(Compiler, DosesRiseAndStayWithinTheirField) {
  auto dose = [](const std::string& text) {
    return Joined(IssuesOf(absl::StrCat("exercises { id: 'x' modality: 'aerobic' dose { ", text, " } }")));
  };
  EXPECT_EQ(dose("minutes { minimum: 5 usual: 5 maximum: 5 }"), "");
  EXPECT_EQ(dose("minutes { minimum: 0 usual: 5 maximum: 1440 }"), "");
  EXPECT_EQ(dose("minutes { minimum: 6 usual: 5 maximum: 7 }"),
            "bad-range: `minutes` must rise from minimum over usual to maximum");
  EXPECT_EQ(dose("minutes { minimum: 1 usual: 8 maximum: 7 }"),
            "bad-range: `minutes` must rise from minimum over usual to maximum");
  EXPECT_EQ(dose("minutes { minimum: -1 usual: 5 maximum: 7 }"), "bad-range: `minutes` must lie between 0 and 1440");
  EXPECT_EQ(dose("rpe { minimum: 1 usual: 5 maximum: 11 }"), "bad-range: `rpe` must lie between 0 and 10");
  EXPECT_EQ(dose("rest_seconds { minimum: 9 usual: 5 maximum: 3601 }"),
            "bad-range: `rest_seconds` must rise from minimum over usual to maximum\nbad-range: `rest_seconds` must "
            "lie between 0 and 3600");
  EXPECT_EQ(Joined(IssuesOf("meals { id: 'x' dose { servings_percent { minimum: 1 usual: 100 maximum: 301 } } }")),
            "bad-range: `servings_percent` must lie between 0 and 300");
}

TEST(Compiler, ModifiersOfResponsesAreNumbersOfThePerson) {
  auto modifier = [](const std::string& of) {
    return Joined(IssuesOf(absl::StrCat("myokines { id: 'm' acute { modalities: 'aerobic' modifiers { id: 'a' of: '",
                                        of, "' factor { saturating { half: 1 } } } } }")));
  };
  EXPECT_EQ(modifier("user.profile.age_years"), "");
  EXPECT_EQ(modifier("user.profile.regularly_active"), "type-mismatch: expected a int or double, found a bool");
  EXPECT_TRUE(absl::StartsWith(modifier("exercise.met"), "unknown-name: unknown name `exercise` | this sees"));
}

TEST(Compiler, ChecksResponsesToo) {
  EXPECT_EQ(Joined(IssuesOf("myokines { id: 'm' acute { modalities: 'aerobic' minutes { power {} } } }")),
            "bad-curve: scale and exponent must be above 0");
}

// What an invariant moves along must be a fact, a direction and a field of the dose.
TEST(Compiler, MonotoneInvariantsNameWhatIsThere) {
  auto monotone = [](const std::string& text) {
    return IssuesOf(absl::StrCat("invariants { id: 'i' monotone { ", text, " } }")).size();
  };
  EXPECT_EQ(monotone("fact: 'user.today.fatigue' direction: 'down' measure: 'minutes'"), 0u);
  EXPECT_EQ(monotone("fact: 'user.today.fatige' direction: 'down' measure: 'minutes'"), 1u);
  EXPECT_EQ(monotone("fact: 'user.today.fatigue' direction: 'sideways' measure: 'minutes'"), 1u);
  EXPECT_EQ(monotone("fact: 'user.today.fatigue' direction: 'down' measure: 'minute'"), 1u);
}

TEST(Grades, TheBetterOfBothCounts) {
  auto best = [](const std::string& text) {
    return v1::Grade_Name(BestGrade(testing::Parse<v1::Evidence>(text))).substr(6);
  };
  const std::vector<std::string> order = {"A", "G", "B", "C", "D", "X", "UNSPECIFIED"};
  for (size_t i = 0; i < order.size(); ++i) {
    for (size_t j = i; j < order.size(); ++j) {
      EXPECT_EQ(best(absl::StrCat("outcome { grade: GRADE_", order[i], " } mechanism { grade: GRADE_", order[j], " }")),
                order[i]);
      EXPECT_EQ(best(absl::StrCat("outcome { grade: GRADE_", order[j], " } mechanism { grade: GRADE_", order[i], " }")),
                order[i]);
    }
  }
}

}  // namespace
}  // namespace myokine
