// The answer as a whole: disposition, ranking, texts, dictionary.
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

using testing::Ask;
using testing::CompileText;
using testing::RuleText;

constexpr char kWalk[] = "target: 'candidate.id == \"walk\"' ";

template <typename List>
std::string Ids(const List& suggestions) {
  return absl::StrJoin(suggestions, " ", [](std::string* out, const auto& one) { out->append(one.candidate()); });
}
template <typename List>
std::string Said(const List& statements) {
  return absl::StrJoin(statements, ", ", [](std::string* out, const v1::Statement& one) {
    absl::StrAppend(out, one.rule(), ": ", one.text());
  });
}
std::string Boost(const std::string& id, const std::string& candidate, const std::string& points,
                  const std::string& axis = "BENEFIT") {
  return RuleText(id, absl::StrCat("target: 'candidate.id == \"", candidate, "\"' effects { boost { axis: AXIS_", axis,
                                   " points: '", points, "' } }"));
}
v1::RecommendResponse Answer(const std::string& rules, const std::string& user = "", const std::string& options = "") {
  return Ask(*CompileText(rules), user, options).response;
}

TEST(Answer, OfAPackWithoutRulesOffersEverythingById) {
  const v1::RecommendResponse answer = Answer("");
  EXPECT_EQ(answer.disposition(), v1::DISPOSITION_PROCEED);
  EXPECT_EQ(Ids(answer.exercises()), "squat walk yoga");
  EXPECT_EQ(Ids(answer.meals()), "salmon_rice tofu_bowl");
  EXPECT_EQ(answer.blocked_size() + answer.questions_size() + answer.rules_size() + answer.reasons_size(), 0);
  EXPECT_EQ(answer.notice(), "No diagnosis");
  EXPECT_EQ(answer.pack().id(), "test");
  EXPECT_EQ(answer.pack().version(), "1.0.0");
  EXPECT_EQ(answer.pack().digest(), "0123456789abcdef");
  EXPECT_EQ(answer.time_zone(), "UTC");
  EXPECT_EQ(answer.evaluation_time().seconds(), absl::ToUnixSeconds(testing::Moment()));
  EXPECT_EQ(answer.locale(), "en");
  EXPECT_EQ(answer.answer_id().size(), 32u);
}

TEST(Answer, RanksByScoreThenId) {
  EXPECT_EQ(Ids(Answer(Boost("a", "yoga", "3") + Boost("b", "walk", "1")).exercises()), "yoga walk squat");
  EXPECT_EQ(Ids(Answer(Boost("a", "yoga", "1") + Boost("b", "walk", "1")).exercises()), "walk yoga squat");
  EXPECT_EQ(Ids(Answer(Boost("a", "squat", "-1")).exercises()), "walk yoga squat");
  EXPECT_EQ(Ids(Answer(Boost("a", "tofu_bowl", "0.001")).meals()), "tofu_bowl salmon_rice");
}

TEST(Answer, CountsBoundTheRanking) {
  const std::string rules = Boost("a", "yoga", "3");
  EXPECT_EQ(Ids(Answer(rules, "", "exercise_count: 1 meal_count: 0").exercises()), "yoga");
  EXPECT_EQ(Ids(Answer(rules, "", "exercise_count: 1 meal_count: 0").meals()), "");
  EXPECT_EQ(Ids(Answer(rules, "", "exercise_count: 50").exercises()), "yoga squat walk");
  EXPECT_EQ(Answer(rules, "", "exercise_count: 0 meal_count: 0").rules_size(), 0);  // nothing refers to a rule
}

TEST(Answer, ContributionsAddUpAndComeLargestFirst) {
  const v1::RecommendResponse answer = Answer(Boost("a", "walk", "1") + Boost("b", "walk", "-3", "FIT") +
                                              Boost("c", "walk", "2.5") + Boost("d", "walk", "3", "FIT"));
  const v1::Suggestion& walk = answer.exercises(0);
  EXPECT_EQ(walk.candidate(), "walk");
  std::vector<std::string> shown;
  for (const v1::Contribution& c : walk.contributions())
    shown.push_back(absl::StrCat(c.rule(), " ", v1::Axis_Name(c.axis()).substr(5), " ", c.milli()));
  EXPECT_EQ(shown, (std::vector<std::string>{"b FIT -3000", "d FIT 3000", "c BENEFIT 2500", "a BENEFIT 1000"}));
  EXPECT_EQ(walk.score_milli(), 3500);
}

TEST(Answer, GoalsAndAxesWeigh) {
  const std::string rules =
      RuleText("g", absl::StrCat(kWalk, "effects { boost { axis: AXIS_BENEFIT points: '4' goal: 'muscle' } }")) +
      Boost("f", "walk", "1", "FIT");
  auto score = [&](const std::string& user, const std::string& options = "") {
    const v1::RecommendResponse answer = Answer(rules, user, options);
    for (const v1::Suggestion& suggestion : answer.exercises()) {
      if (suggestion.candidate() == "walk") return suggestion.score_milli();
    }
    return -1;
  };
  EXPECT_EQ(score(""), 1000);
  EXPECT_EQ(score("profile { goals { items { id: 'calm' } } }"), 1000);
  EXPECT_EQ(score("profile { goals { items { id: 'muscle' } } }"), 5000);
  EXPECT_EQ(score("profile { goals { items { id: 'muscle' weight_permille: 250 } } }"), 2000);
  EXPECT_EQ(score("profile { goals { items { id: 'muscle' weight_permille: 250 } items { id: 'muscle' weight_permille: "
                  "500 } } }"),
            3000);
  EXPECT_EQ(score("profile { goals { items { id: 'muscle' weight_permille: 0 } } }"), 1000);
  EXPECT_EQ(score("profile { goals { items { id: 'muscle' } } }",
                  "axis_weights { axis: AXIS_BENEFIT weight_permille: 2000 }"),
            9000);
  EXPECT_EQ(score("", "axis_weights { axis: AXIS_FIT weight_permille: 0 }"), 0);
}

std::string Refer(const std::string& id, const std::string& to, const std::string& rest = "") {
  return RuleText(id, absl::StrCat("effects { refer { to: DISPOSITION_", to, " } } ", rest));
}

TEST(Answer, TheMostUrgentDispositionStands) {
  const v1::RecommendResponse answer = Answer(Refer("a", "LIMITED") + Refer("b", "CLINICIAN_FIRST") +
                                              Refer("c", "REST_TODAY") + Refer("d", "CLINICIAN_FIRST"));
  EXPECT_EQ(answer.disposition(), v1::DISPOSITION_CLINICIAN_FIRST);
  std::vector<std::string> reasons;
  for (const v1::DispositionReason& reason : answer.reasons()) reasons.push_back(reason.rule());
  EXPECT_EQ(reasons, (std::vector<std::string>{"b", "d", "c", "a"}));
  EXPECT_EQ(answer.reasons(0).text(), "b en");
  EXPECT_FALSE(answer.reasons(0).because_unknown());
  EXPECT_GT(answer.exercises_size(), 0);
}

TEST(Answer, AReasonSaysWhetherItIsForWantOfFacts) {
  const v1::RecommendResponse answer = Answer(Refer("r", "LIMITED",
                                                    "when: 'user.today.fatigue > 3' on_unknown { action: "
                                                    "UNKNOWN_ACTION_APPLY text { en: 'how tired are you' ja: 'j' } }"));
  EXPECT_EQ(answer.disposition(), v1::DISPOSITION_LIMITED);
  EXPECT_TRUE(answer.reasons(0).because_unknown());
  EXPECT_EQ(answer.reasons(0).text(), "how tired are you");
  EXPECT_TRUE(answer.rules(0).because_unknown());
  EXPECT_EQ(answer.rules(0).text(), "how tired are you");
}

TEST(Answer, UrgentOnesRankNothingAndSayOnlyWhatToDoAtOnce) {
  const std::string rules = absl::StrCat(
      RuleText("act", "effects { act_now { text { en: 'sit down' ja: 'j' } } }"),
      RuleText("talk", "effects { advise {} } effects { avoid {} }"),
      RuleText("ask", "effects { ask { fact: 'user.health.medications' } }"),
      RuleText("no", absl::StrCat(kWalk, "effects { block {} }")), Boost("b", "yoga", "3"),
      "pairings { id: 'p' exercise: 'exercise.met > 1.0' meal: 'meal.prep_minutes >= 0' text { en: 'e' ja: 'j' } }");
  for (const char* urgent : {"URGENT_CARE", "EMERGENCY"}) {
    const v1::RecommendResponse answer = Answer(rules + Refer("r", urgent), "", "exercise_count: 50 meal_count: 50");
    EXPECT_EQ(v1::Disposition_Name(answer.disposition()), absl::StrCat("DISPOSITION_", urgent));
    EXPECT_EQ(answer.exercises_size() + answer.meals_size() + answer.pairings_size() + answer.advice_size() +
                  answer.avoid_size() + answer.blocked_size() + answer.questions_size(),
              0);
    EXPECT_EQ(Said(answer.act_now()), "act: sit down");
    EXPECT_EQ(answer.reasons_size(), 1);
    EXPECT_EQ(answer.rules_size(), 2);  // act and r
  }
  const v1::RecommendResponse calm = Answer(rules);
  EXPECT_EQ(Said(calm.act_now()), "act: sit down");
  EXPECT_EQ(Said(calm.advice()), "talk: talk en");
  EXPECT_EQ(Said(calm.avoid()), "talk: talk en");
  EXPECT_EQ(calm.pairings_size(), 1);
  EXPECT_EQ(calm.blocked_size(), 1);
  EXPECT_EQ(calm.questions_size(), 1);
}

TEST(Answer, BlockedCandidatesNameTheirRules) {
  const v1::RecommendResponse answer = Answer(absl::StrCat(
      RuleText("b", absl::StrCat(kWalk, "effects { block {} }")),
      RuleText("a", absl::StrCat(kWalk, "effects { limit { minutes { at_most: '3' } } }")),
      RuleText("c", "target: 'exercise.id == \"yoga\"' effects { limit { minutes { at_least: '200' } } }")));
  std::vector<std::string> blocked;
  for (const v1::BlockedCandidate& one : answer.blocked())
    blocked.push_back(absl::StrCat(one.candidate(), ": ", absl::StrJoin(one.rules(), " ")));
  EXPECT_EQ(blocked, (std::vector<std::string>{"walk: b a", "yoga: c"}));
  EXPECT_EQ(Ids(answer.exercises()), "squat");
  EXPECT_EQ(answer.rules_size(), 3);
}

TEST(Answer, DosesNameTheirRules) {
  const v1::RecommendResponse answer = Answer(
      absl::StrCat(
          RuleText("limit", absl::StrCat(kWalk, "effects { limit { minutes { at_most: '25' } } }")),
          RuleText("wish",
                   absl::StrCat(kWalk, "effects { prescribe { minutes { at_least: '50' } rpe { at_most: '2' } } }"))),
      "", "exercise_count: 50");
  const v1::Suggestion& walk = answer.exercises(1);
  EXPECT_EQ(walk.candidate(), "walk");
  EXPECT_EQ(walk.dose().ShortDebugString(), "minutes: 25 rpe: 2 sessions_per_week: 3");
  EXPECT_EQ(absl::StrJoin(walk.dose_rules(), " "), "limit wish");
  ASSERT_EQ(walk.dropped_size(), 1);
  EXPECT_EQ(walk.dropped(0).rule(), "wish");
  EXPECT_EQ(walk.dropped(0).field(), "minutes");
}

TEST(Answer, CautionsSayTheirOwnTextElseTheRules) {
  const v1::RecommendResponse answer = Answer(absl::StrCat(
      RuleText("own", absl::StrCat(kWalk, "effects { caution { text { en: 'slowly' ja: 'j' } } }")),
      RuleText("rule", absl::StrCat(kWalk, "effects { caution {} }")),
      RuleText("unknown",
               absl::StrCat(
                   "when: 'user.today.fatigue > 3' ", kWalk,
                   "effects { block {} } on_unknown { effects { caution {} } text { en: 'are you tired' ja: 'j' } }")),
      RuleText("plain", absl::StrCat("when: 'user.today.fatigue > 3' ", kWalk,
                                     "effects { caution {} } on_unknown { action: UNKNOWN_ACTION_APPLY }"))));
  EXPECT_EQ(Said(answer.exercises(1).cautions()),
            "own: slowly, rule: rule en, unknown: are you tired, plain: plain en");
}

// A rule that says two things says both.
TEST(Answer, TwoCautionsOfOneRuleAreBothSaid) {
  const v1::RecommendResponse answer =
      Answer(RuleText("r", absl::StrCat(kWalk,
                                        "effects { caution { text { en: 'slowly' ja: 'j' } } } effects { caution { "
                                        "text { en: 'drink' ja: 'j' } } }")));
  EXPECT_EQ(Said(answer.exercises(1).cautions()), "r: slowly, r: drink");
}

TEST(Answer, SpeaksTheLanguageAskedFor) {
  const std::string rules = RuleText("r", absl::StrCat(kWalk, "effects { caution {} } effects { advise {} }"));
  for (const auto& [tag, locale, text] :
       std::vector<std::tuple<std::string, std::string, std::string>>{{"", "en", "r en"},
                                                                      {"en", "en", "r en"},
                                                                      {"en-GB", "en", "r en"},
                                                                      {"ja", "ja", "r ja"},
                                                                      {"ja-JP", "ja", "r ja"},
                                                                      {"JA_jp", "ja", "r ja"},
                                                                      {"fr", "en", "r en"},
                                                                      {"jav", "en", "r en"}}) {
    const v1::RecommendResponse answer = Answer(rules, "", absl::StrCat("locale: '", tag, "'"));
    EXPECT_EQ(answer.locale(), locale) << tag;
    EXPECT_EQ(answer.advice(0).text(), text) << tag;
    EXPECT_EQ(answer.exercises(1).cautions(0).text(), text) << tag;
    EXPECT_EQ(answer.rules(0).text(), text) << tag;
  }
}

TEST(Answer, MealsShowTheirAllergens) {
  const v1::RecommendResponse answer = Answer("");
  EXPECT_EQ(absl::StrJoin(answer.meals(0).allergens(), " "), "fish salmon");
  EXPECT_EQ(absl::StrJoin(answer.meals(0).may_contain(), " "), "wheat");
  EXPECT_EQ(answer.exercises(0).allergens_size(), 0);
}

TEST(Answer, PairingsJoinTheBestThatFit) {
  const std::string pairing =
      "pairings { id: 'p' exercise: 'exercise.met < 4.0' meal: '\"rice\" in meal.foods' meal_offset_minutes: 30 text { "
      "en: 'e' ja: 'j' } when: 'user.profile.age_years > 18' }";
  const v1::RecommendResponse answer =
      Answer(pairing + Boost("a", "yoga", "1") + Boost("b", "tofu_bowl", "2") + Boost("c", "squat", "5"),
             "profile { age_years: 40 }");
  ASSERT_EQ(answer.pairings_size(), 1);
  EXPECT_EQ(answer.pairings(0).exercise(), "yoga");
  EXPECT_EQ(answer.pairings(0).meal(), "tofu_bowl");
  EXPECT_EQ(answer.pairings(0).meal_offset_minutes(), 30);
  EXPECT_EQ(Answer(pairing).pairings_size(), 0);                               // not known
  EXPECT_EQ(Answer(pairing, "profile { age_years: 10 }").pairings_size(), 0);  // not true
  EXPECT_EQ(Answer(pairing, "profile { age_years: 40 }", "exercise_count: 0").pairings_size(), 0);
}

TEST(Answer, ResponsesSayWhatIsNotKnown) {
  const v1::RecommendResponse answer = Answer(R"pb(
                                                bout_model {
                                                  percent_vo2max {
                                                    piecewise {
                                                      points { x: 0 y: 0 }
                                                      points { x: 10 y: 100 }
                                                    }
                                                  }
                                                }
                                                myokines {
                                                  id: 'il6'
                                                  name { en: 'IL-6' ja: 'j' }
                                                  summary { en: 's' ja: 'j' }
                                                  acute {
                                                    modalities: 'aerobic'
                                                    amplitude: 2
                                                    minutes { power { scale: 30 exponent: 1 } }
                                                    spread: 2
                                                    evidence { grade: GRADE_B references: 'who-2020' }
                                                    modifiers {
                                                      id: 'age'
                                                      of: 'user.profile.age_years'
                                                      factor { saturating { half: 40 } }
                                                    }
                                                  }
                                                  chronic {
                                                    modalities: 'aerobic'
                                                    percent: -10
                                                    percent_low: -20
                                                    percent_high: 0
                                                    weeks { saturating { half: 12 } }
                                                    sessions_per_week { saturating { half: 3 } }
                                                    evidence { grade: GRADE_C }
                                                  }
                                                }
                                                myokines {
                                                  id: 'irisin'
                                                  name { en: 'Irisin' ja: 'j' }
                                                  no_number { en: 'no usable assay' ja: 'j' }
                                                }
                                              )pb",
                                              "", "exercise_count: 50");
  const v1::Suggestion& walk = answer.exercises(1);
  ASSERT_EQ(walk.responses_size(), 2);
  const v1::MyokineResponse& il6 = walk.responses(0);
  EXPECT_DOUBLE_EQ(il6.fold_change().expected(), 3);
  EXPECT_DOUBLE_EQ(il6.fold_change().low(), 2);
  EXPECT_DOUBLE_EQ(il6.fold_change().high(), 5);
  EXPECT_EQ(absl::StrJoin(il6.unknown_modifiers(), " "), "age");
  EXPECT_DOUBLE_EQ(il6.twelve_week_percent().expected(), -2.5);
  EXPECT_FALSE(walk.responses(1).has_fold_change());
  EXPECT_EQ(answer.myokines_size(), 2);
  EXPECT_EQ(answer.myokines(1).no_number(), "no usable assay");
  EXPECT_EQ(answer.references_size(), 1);
  EXPECT_EQ(answer.exercises(0).responses_size(), 1);  // squat: irisin alone, without a number
}

TEST(Answer, ReferencesOfAResponseComeOnce) {
  const v1::RecommendResponse answer = Answer(R"pb(
                                                myokines {
                                                  id: 'il6'
                                                  acute {
                                                    modalities: 'aerobic'
                                                    amplitude: 2
                                                    spread: 2
                                                    evidence { grade: GRADE_B references: 'who-2020' }
                                                  }
                                                  chronic {
                                                    modalities: 'aerobic'
                                                    weeks { saturating { half: 12 } }
                                                    sessions_per_week { saturating { half: 3 } }
                                                    evidence { grade: GRADE_C references: 'who-2020' }
                                                  }
                                                }
                                              )pb",
                                              "", "exercise_count: 50");
  EXPECT_EQ(absl::StrJoin(answer.exercises(1).responses(0).references(), " "), "who-2020");
}

// Where the dose has no minutes or no effort nothing can be told of a response; "exactly 1, surely" would be oversold.
TEST(Answer, WithoutMinutesThereIsNoNumber) {
  const v1::RecommendResponse answer = Answer(R"pb(
    bout_model {
      percent_vo2max {
        piecewise {
          points { x: 0 y: 0 }
          points { x: 10 y: 100 }
        }
      }
    }
    myokines {
      id: 'il6'
      acute {
        modalities: 'resistance'
        modalities: 'mobility'
        amplitude: 2
        spread: 2
        evidence { grade: GRADE_B }
      }
    }
  )pb");
  for (const v1::Suggestion& suggestion : answer.exercises()) {
    for (const v1::MyokineResponse& response : suggestion.responses())
      EXPECT_FALSE(response.has_fold_change()) << suggestion.candidate();
  }
}

TEST(Answer, RemarksOfTheIntakeArePassedOn) {
  const v1::RecommendResponse answer =
      Answer(RuleText("r", "when: '1 / user.today.fatigue > 0' effects { advise {} }"),
             "profile { age_years: 95 } health { conditions { items: 'icd10:Q0' } } today { fatigue: 0 ketones { "
             "value: 1 unit: 'mmol/L' measured_at { seconds: 1 } } }");
  EXPECT_EQ(answer.unrecognized_size(), 1);
  EXPECT_EQ(answer.stale_size(), 1);
  EXPECT_EQ(answer.warnings_size(), 3);  // age, ketones, and the rule that failed
}

}  // namespace
}  // namespace myokine
