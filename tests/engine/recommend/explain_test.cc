// Explain: where a candidate stands and why, which changes of circumstances are found, and which are never proposed.
#include "engine/recommend/explain.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/explanation_checks.h"
#include "tests/testing/generated.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::RuleText;

v1::ExplainResponse Explained(const std::string& rules, const std::string& request) {
  const std::shared_ptr<const Ruleset> ruleset = testing::CompileText(rules);
  v1::ExplainResponse response;
  EXPECT_THAT(testing::ProblemsOf(*ruleset, testing::Parse<v1::ExplainRequest>(request), testing::Moment(), response),
              IsEmpty());
  return response;
}

std::string Show(const v1::FactValue& value) {
  if (value.has_number()) return absl::StrCat(value.number());
  if (value.has_word()) return value.word();
  return absl::StrCat("[", absl::StrJoin(value.words().items(), " "), value.words().complete() ? "" : " ...", "]");
}

// Each change as `minutes_available 6 > 10 & places [home] > [home outdoors]: unblocks, 2 of 3`.
std::vector<std::string> ChangesOf(const v1::ExplainResponse& response) {
  std::vector<std::string> changes;
  for (const v1::Change& change : response.changes()) {
    const std::string facts = absl::StrJoin(change.facts(), " & ", [](std::string* out, const v1::ChangedFact& fact) {
      absl::StrAppend(out, fact.fact().substr(fact.fact().rfind('.') + 1), " ",
                      fact.has_before() ? Show(fact.before()) : "?", " > ", Show(fact.after()));
    });
    const bool first = change.effect() == v1::CHANGE_EFFECT_PUTS_FIRST;
    changes.push_back(
        absl::StrCat(facts, ": ", first ? "first" : "unblocks", ", ", change.place(), " of ", change.of()));
  }
  return changes;
}

// Boosts `target` by `points` when `when` holds.
std::string Boost(const std::string& id, const std::string& target, int points, const std::string& when = "true") {
  return RuleText(id, absl::StrCat("when: '", when, "' target: 'candidate.id == \"", target,
                                   "\"' effects { boost { axis: AXIS_BENEFIT points: '", points, "' } }"));
}

std::string Block(const std::string& id, const std::string& target, const std::string& when,
                  const std::string& more = "") {
  return RuleText(
      id, absl::StrCat("when: '", when, "' target: 'candidate.id == \"", target, "\"' effects { block {} } ", more));
}

const char kTimeLimit[] =
    "target: 'candidate.kind == \"exercise\"' "
    "effects { limit { minutes { at_most: 'user.today.minutes_available' } } }";

TEST(Explain, WhatIsFirstNeedsNoChange) {
  const v1::ExplainResponse response =
      Explained(Boost("good", "walk", 5), "candidate: 'walk' request_id: 'r1' options { locale: 'ja' }");
  EXPECT_EQ(response.request_id(), "r1");
  EXPECT_EQ(response.locale(), "ja");
  EXPECT_EQ(response.time_zone(), "UTC");
  EXPECT_FALSE(response.notice().empty());
  EXPECT_EQ(response.standing(), v1::STANDING_FIRST);
  EXPECT_EQ(response.place(), 1);
  EXPECT_EQ(response.of(), 3);
  EXPECT_FALSE(response.meal());
  EXPECT_EQ(response.candidate().score_milli(), 5000);
  EXPECT_EQ(response.candidate().dose().minutes(), 30);
  EXPECT_THAT(response.differences(), IsEmpty());
  EXPECT_EQ(response.change_search(), v1::CHANGE_SEARCH_NOT_MADE);
}

TEST(Explain, DifferencesTellWhyNot) {
  const v1::ExplainResponse response =
      Explained(Boost("a", "walk", 5) + Boost("b", "squat", 1) +
                    RuleText("both",
                             "target: 'candidate.kind == \"exercise\"' effects { boost { axis: AXIS_FIT points: "
                             "'2' } }") +
                    RuleText("more",
                             "target: 'exercise.modality == \"aerobic\"' effects { boost { axis: AXIS_FIT "
                             "points: '-3' } } effects { boost { axis: AXIS_BENEFIT points: '1' } }"),
                "candidate: 'squat'");
  EXPECT_EQ(response.standing(), v1::STANDING_RANKED);
  EXPECT_EQ(response.place(), 2);
  EXPECT_EQ(response.ahead().candidate(), "walk");
  std::vector<std::string> differences;
  for (const v1::PointsDifference& one : response.differences())
    differences.push_back(absl::StrCat(one.rule(), " ", one.candidate_milli(), " ", one.ahead_milli()));
  EXPECT_THAT(differences, ElementsAre("a 0 5000", "more 0 -2000", "b 1000 0"));
  EXPECT_EQ(response.change_search(), v1::CHANGE_SEARCH_NOTHING_FOUND);
}

TEST(Explain, MealsStandAmongMeals) {
  const v1::ExplainResponse response =
      Explained(Boost("a", "salmon_rice", 5) + Boost("dinner", "tofu_bowl", 6, "user.today.occasion == \"lunch\""),
                "candidate: 'tofu_bowl' user { today { occasion: 'dinner' } }");
  EXPECT_TRUE(response.meal());
  EXPECT_EQ(response.place(), 2);
  EXPECT_EQ(response.of(), 2);
  EXPECT_THAT(ChangesOf(response), ElementsAre("occasion dinner > lunch: first, 1 of 2"));
  EXPECT_EQ(response.changes(0).facts(0).name(), "Meal you are planning");
  EXPECT_THAT(response.candidate().allergens(), ElementsAre("soy"));
}

// The nearest value, though no rule names it.
TEST(Explain, TooFewMinutes) {
  const std::string rules = RuleText("time", kTimeLimit) + Boost("strong", "squat", 4);
  const v1::ExplainResponse response = Explained(rules, "candidate: 'walk' user { today { minutes_available: 6 } }");
  EXPECT_EQ(response.standing(), v1::STANDING_BLOCKED);
  EXPECT_THAT(response.blocking_rules(), ElementsAre("time"));
  EXPECT_FALSE(response.candidate().has_dose());
  EXPECT_EQ(response.change_search(), v1::CHANGE_SEARCH_FOUND);
  EXPECT_THAT(ChangesOf(response), ElementsAre("minutes_available 6 > 10: unblocks, 2 of 3"));
  const v1::ChangedFact& fact = response.changes(0).facts(0);
  EXPECT_EQ(fact.name(), "Time you have");
  EXPECT_EQ(fact.unit(), "min");
}

TEST(Explain, UnblockingAndComingFirstAreToldApart) {
  const std::string rules = RuleText("time", kTimeLimit) + Boost("strong", "squat", 4) +
                            Boost("long", "walk", 5, "user.today.minutes_available >= 37");
  EXPECT_THAT(ChangesOf(Explained(rules, "candidate: 'walk' user { today { minutes_available: 6 } }")),
              ElementsAre("minutes_available 6 > 10: unblocks, 2 of 3", "minutes_available 6 > 37: first, 1 of 3"));
}

// Points that grow with a fact by no threshold: the way to a value that does it is halved.
TEST(Explain, TheNearestNumberIsFound) {
  const std::string rules = Boost("strong", "squat", 4) +
                            RuleText("steady",
                                     "target: 'candidate.id == \"walk\"' effects { boost { axis: AXIS_BENEFIT points: "
                                     "'double(user.today.minutes_available) / 10.0' } }");
  EXPECT_THAT(ChangesOf(Explained(rules, "candidate: 'walk' user { today { minutes_available: 12 } }")),
              ElementsAre("minutes_available 12 > 41: first, 1 of 3"));
  EXPECT_THAT(ChangesOf(Explained(rules, "candidate: 'walk'")), ElementsAre("minutes_available ? > 41: first, 1 of 3"));
}

TEST(Explain, TwoFactsWhenOneIsNotEnough) {
  const std::string rules =
      RuleText("time", kTimeLimit) + RuleText("place",
                                              "target: '!exercise.places.exists(p, p in user.today.places)' "
                                              "effects { block {} }");
  const v1::ExplainResponse response = Explained(
      rules, "candidate: 'walk' user { today { minutes_available: 6 places { items: 'home' complete: true } } }");
  EXPECT_THAT(response.blocking_rules(), ElementsAre("time", "place"));
  EXPECT_THAT(ChangesOf(response),
              ElementsAre("minutes_available 6 > 10 & places [home] > [home outdoors]: unblocks, 2 of 3"));
}

TEST(Explain, TwoFactsThatOneRuleReadsTogether) {
  const std::string rules = Boost("a", "walk", 5) + Boost("b", "squat", 6,
                                                          "user.today.minutes_available >= 20 && "
                                                          "\"gym\" in user.today.places");
  const std::string user = "user { today { minutes_available: 10 places { items: 'home' complete: true } } }";
  EXPECT_THAT(ChangesOf(Explained(rules, "candidate: 'squat' " + user)),
              ElementsAre("minutes_available 10 > 20 & places [home] > [gym home]: first, 1 of 3"));
}

TEST(Explain, AtMostThreeChangesInTheOrderOfTheSchema) {
  const std::string rules = Boost("a", "walk", 5) + Boost("b", "squat", 6, "user.today.minutes_available >= 20") +
                            Boost("c", "squat", 6, "\"dumbbell\" in user.today.equipment") +
                            Boost("d", "squat", 6, "\"gym\" in user.today.places") +
                            Boost("e", "squat", 6, "user.today.kitchen_minutes > 3");
  EXPECT_THAT(
      ChangesOf(Explained(rules, "candidate: 'squat' user { today { minutes_available: 1 kitchen_minutes: 3 } }")),
      ElementsAre("minutes_available 1 > 20: first, 1 of 3", "equipment ? > [dumbbell ...]: first, 1 of 3",
                  "places ? > [gym ...]: first, 1 of 3"));
}

TEST(Explain, AListLosesAWordOnlyWhereNoneMoreDoesIt) {
  const std::string rules = Boost("a", "walk", 5) + Boost("b", "squat", 6, "!(\"mat\" in user.today.equipment)");
  EXPECT_THAT(ChangesOf(Explained(rules,
                                  "candidate: 'squat' user { today { equipment { items: 'mat' items: 'dumbbell' "
                                  "complete: true } } }")),
              ElementsAre("equipment [dumbbell mat] > [dumbbell]: first, 1 of 3"));
}

// What is not listed stays unknown, unless only a complete list does it.
TEST(Explain, AnUnknownListIsClaimedToBeCompleteOnlyWhereThatIsNeeded) {
  const std::string alone = Boost("a", "walk", 5) + Boost("b", "squat", 6,
                                                          "\"gym\" in user.today.places && "
                                                          "!(\"home\" in user.today.places)");
  EXPECT_THAT(ChangesOf(Explained(alone, "candidate: 'squat'")), ElementsAre("places ? > [gym]: first, 1 of 3"));
}

TEST(Explain, AnAllergyIsBeyondCircumstances) {
  const std::string rules =
      RuleText("allergy",
               "target: 'meal.allergens.exists(a, a in user.health.allergies)' safety: true effects { block "
               "{} } on_unknown { action: UNKNOWN_ACTION_SKIP }") +
      Boost("lunch", "salmon_rice", 5, "user.today.occasion == \"lunch\"");
  const v1::ExplainResponse response =
      Explained(rules, "candidate: 'salmon_rice' user { health { allergies { items: 'fish' complete: true } } }");
  EXPECT_EQ(response.standing(), v1::STANDING_BLOCKED);
  EXPECT_EQ(response.change_search(), v1::CHANGE_SEARCH_BEYOND_CIRCUMSTANCES);
}

// Of two that block, one can't move; of two limits that leave no dose together, one that moves is enough.
TEST(Explain, WhatCannotMoveDecides) {
  const std::string time = RuleText("time", kTimeLimit);
  EXPECT_EQ(
      Explained(time + Block("fever", "walk", "\"fever\" in user.health.symptoms"),
                "candidate: 'walk' user { today { minutes_available: 6 } health { symptoms { items: 'fever' } } }")
          .change_search(),
      v1::CHANGE_SEARCH_BEYOND_CIRCUMSTANCES);
  const std::string least = RuleText("least",
                                     "target: 'candidate.id == \"walk\"' effects { limit { minutes { at_least: "
                                     "'30' } } }");
  EXPECT_THAT(ChangesOf(Explained(time + least, "candidate: 'walk' user { today { minutes_available: 20 } }")),
              ElementsAre("minutes_available 20 > 30: unblocks, 2 of 3"));
}

TEST(Explain, NothingIsRankedOrOfferedWhenCareIsUrgent) {
  const std::string rules = RuleText("urgent",
                                     "when: '\"chest_pain\" in user.health.symptoms' effects { refer { to: "
                                     "DISPOSITION_URGENT_CARE } } effects { act_now {} }") +
                            Boost("b", "squat", 6, "\"gym\" in user.today.places");
  const v1::ExplainResponse response =
      Explained(rules, "candidate: 'squat' user { health { symptoms { items: 'chest_pain' } } }");
  EXPECT_EQ(response.standing(), v1::STANDING_NOT_RANKED);
  EXPECT_EQ(response.disposition(), v1::DISPOSITION_URGENT_CARE);
  EXPECT_EQ(response.reasons_size(), 1);
  EXPECT_EQ(response.act_now_size(), 1);
  EXPECT_EQ(response.candidate().name(), "Squat");
  EXPECT_FALSE(response.has_of());
  EXPECT_EQ(response.change_search(), v1::CHANGE_SEARCH_NOT_MADE);
}

TEST(Explain, ChangesCanBeLeftOut) {
  const std::string rules = Boost("a", "walk", 5) + Boost("b", "squat", 6, "\"gym\" in user.today.places");
  const v1::ExplainResponse response = Explained(rules, "candidate: 'squat' changes: false");
  EXPECT_EQ(response.standing(), v1::STANDING_RANKED);
  EXPECT_EQ(response.change_search(), v1::CHANGE_SEARCH_NOT_MADE);
}

TEST(Explain, WeightsCountAsInRecommend) {
  const std::string rules =
      Boost("a", "walk", 5) + RuleText("b",
                                       "target: 'candidate.id == \"squat\"' effects { boost { axis: AXIS_FIT points: "
                                       "'3' } }");
  const std::string weights = "options { axis_weights { axis: AXIS_FIT weight_permille: 2000 } }";
  EXPECT_EQ(Explained(rules, "candidate: 'squat'").standing(), v1::STANDING_RANKED);
  EXPECT_EQ(Explained(rules, "candidate: 'squat' " + weights).standing(), v1::STANDING_FIRST);
}

// A safety rule that reads a fact of health is not talked round by another place.
TEST(Explain, NoChangeSilencesCautionAboutHealth) {
  const std::string user =
      "candidate: 'squat' user { health { conditions { items: 'asthma' } } today { places { items: 'gym' complete: "
      "true } "
      "} }";
  const std::string when = "\"asthma\" in user.health.conditions && \"gym\" in user.today.places";
  EXPECT_EQ(Explained(Block("dust", "squat", when, "safety: true on_unknown { action: UNKNOWN_ACTION_APPLY }"), user)
                .change_search(),
            v1::CHANGE_SEARCH_NOTHING_FOUND);
  EXPECT_THAT(ChangesOf(Explained(Block("dust", "squat", when), user)),
              ElementsAre("places [gym] > []: first, 1 of 3"));
  // Nor is a referral, or a caution about the candidate itself.
  const std::string better = Boost("a", "walk", 5) + Boost("b", "squat", 6, "!(\"gym\" in user.today.places)");
  EXPECT_THAT(ChangesOf(Explained(better, user)), ElementsAre("places [gym] > []: first, 1 of 3"));
  for (const char* effect :
       {"effects { refer { to: DISPOSITION_LIMITED } }",
        "safety: true on_unknown { action: UNKNOWN_ACTION_APPLY } target: 'candidate.id == \"squat\"' "
        "effects { caution {} }"}) {
    EXPECT_EQ(Explained(better + RuleText("care", absl::StrCat("when: '", when, "' ", effect)), user).change_search(),
              v1::CHANGE_SEARCH_NOTHING_FOUND);
  }
}

// Less heat is caution itself; more of it is never proposed, nor a value where none is known.
TEST(Explain, HeatIsOnlyEverToBeLess) {
  const std::string hot = Block("heat", "walk", "user.today.wbgt_c >= 25.0 && \"asthma\" in user.health.conditions",
                                "safety: true on_unknown { action: UNKNOWN_ACTION_APPLY }");
  const auto at = [](const std::string& heat) {
    return absl::StrCat("candidate: 'walk' user { health { conditions { items: 'asthma' } } today { ", heat, " } }");
  };
  EXPECT_THAT(ChangesOf(Explained(hot, at("wbgt_c: 27.5"))), ElementsAre("wbgt_c 27.5 > 24: unblocks, 2 of 3"));
  EXPECT_EQ(Explained(hot, at("")).change_search(), v1::CHANGE_SEARCH_NOTHING_FOUND);
  const std::string likes_heat = Boost("a", "squat", 5) + Boost("b", "walk", 6, "user.today.wbgt_c >= 25.0");
  EXPECT_EQ(Explained(likes_heat, at("wbgt_c: 20")).change_search(), v1::CHANGE_SEARCH_NOTHING_FOUND);
}

TEST(Explain, NothingUnusualIsProposed) {
  const std::string rules = Boost("a", "walk", 5) + Boost("b", "squat", 6, "user.today.minutes_available >= 200");
  EXPECT_EQ(Explained(rules, "candidate: 'squat' user { today { minutes_available: 30 } }").change_search(),
            v1::CHANGE_SEARCH_NOTHING_FOUND);
}

TEST(Explain, NobodyIsToldToChooseWhatIsNoChoice) {
  const std::string company =
      "vocabularies { id: 'company' name { en: 'c' ja: 'c' } concepts { id: 'friend' name { en: 'f' ja: 'f' } } "
      "concepts { id: 'nurse' name { en: 'n' ja: 'n' } not_by_choice: true } }";
  const auto when = [&](const std::string& word) {
    return company + Boost("a", "walk", 5) + Boost("b", "squat", 6, "user.today.company == \"" + word + "\"");
  };
  EXPECT_THAT(ChangesOf(Explained(when("friend"), "candidate: 'squat'")),
              ElementsAre("company ? > friend: first, 1 of 3"));
  EXPECT_EQ(Explained(when("nurse"), "candidate: 'squat'").change_search(), v1::CHANGE_SEARCH_NOTHING_FOUND);
  EXPECT_EQ(Explained(when("friend"), "candidate: 'squat' user { today { company: 'nurse' } }").change_search(),
            v1::CHANGE_SEARCH_NOTHING_FOUND);
}

TEST(Explain, ASearchThatIsCutShortSaysSo) {
  std::vector<std::string> marks;
  for (int i = 0; i < 40; ++i) marks.push_back(absl::StrCat(4 * i));
  const std::string list = absl::StrCat("[", absl::StrJoin(marks, ", "), "]");
  const std::string never = absl::StrCat("user.today.minutes_available in ", list, " && user.today.kitchen_minutes in ",
                                         list, " && user.today.minutes_available < user.today.kitchen_minutes && ",
                                         "user.today.kitchen_minutes < user.today.minutes_available");
  EXPECT_EQ(Explained(Boost("a", "walk", 5) + Boost("b", "squat", 6, never),
                      "candidate: 'squat' user { today { minutes_available: 1 kitchen_minutes: 1 } }")
                .change_search(),
            v1::CHANGE_SEARCH_CUT_SHORT);
}

TEST(Explain, RefusesWhatRecommendRefusesAndUnknownCandidates) {
  const std::shared_ptr<const Ruleset> ruleset = testing::CompileText("");
  const auto refused = [&](const std::string& request) {
    const CandidateExplanation made =
        ExplainCandidate(*ruleset, testing::Parse<v1::ExplainRequest>(request), testing::Moment());
    EXPECT_EQ(made.response.ByteSizeLong(), 0U);
    return absl::StrJoin(made.violations, " | ", [](std::string* out, const FieldViolation& violation) {
      absl::StrAppend(out, violation.field, ": ", violation.description);
    });
  };
  EXPECT_EQ(refused(""), "candidate: is required");
  EXPECT_EQ(refused("candidate: 'wlak'"), "candidate: no exercise or meal `wlak`; did you mean `walk`?");
  EXPECT_EQ(refused("candidate: '" + std::string(65, 'x') + "'"), "candidate: is longer than 64 bytes");
  EXPECT_EQ(
      refused("candidate: 'salmon'  user { today { minutes_available: -1 } } request_id: '" + std::string(129, 'x') +
              "' options { axis_weights { axis: AXIS_FIT weight_permille: 9000 } }"),
      "user.today.minutes_available: is -1 min, must be between 0 and 1440 min | candidate: no exercise or meal "
      "`salmon` | request_id: is longer than 128 bytes | options.axis_weights[0].weight_permille: must be between "
      "0 and 4000");
}

// Rules that read circumstances, some of them together with facts of health.
std::string CircumstanceRules(testing::Generator& generator) {
  constexpr const char* kConditions[] = {
      "user.today.minutes_available >= 25",
      "user.today.minutes_available < 40 && \"home\" in user.today.places",
      "\"gym\" in user.today.places",
      "\"dumbbell\" in user.today.equipment && \"asthma\" in user.health.conditions",
      "!(\"mat\" in user.today.equipment)",
      "user.today.occasion == \"dinner\"",
      "user.today.kitchen_minutes > 15 || user.today.occasion == \"lunch\"",
      "user.today.wbgt_c < 28.0",
      "user.today.wbgt_c >= 25.0 && \"diabetes\" in user.health.conditions",
      "user.today.altitude_m > 1500 || tired",
  };
  constexpr const char* kEffects[] = {"block {}", "limit { minutes { at_most: 'user.today.minutes_available' } }",
                                      "refer { to: DISPOSITION_LIMITED }", "caution {}"};
  constexpr const char* kCandidates[] = {"walk", "squat", "yoga", "salmon_rice", "tofu_bowl"};
  std::string rules;
  for (int i = 0; i < 8; ++i) {
    const std::string boost = absl::StrCat("boost { axis: AXIS_BENEFIT points: '", generator.Whole(-10, 10), "' }");
    absl::StrAppend(
        &rules,
        RuleText(absl::StrCat("c", i),
                 absl::StrCat("when: '", kConditions[generator.Whole(0, 9)], "' target: 'candidate.id == \"",
                              kCandidates[generator.Whole(0, 4)], "\"' effects { ",
                              generator.Chance(70) ? boost : kEffects[generator.Whole(0, 3)],
                              " } on_unknown { action: UNKNOWN_ACTION_", generator.Chance(30) ? "APPLY" : "SKIP", " } ",
                              generator.Chance(30) ? "safety: true" : "")));
  }
  return rules;
}

// Whatever rules say, and whoever asks: what is told holds, and each change does what it says.
TEST(Explain, HoldsForGeneratedPacksAndPeople) {
  int changes = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    testing::Generator generator(seed);
    const std::shared_ptr<const Ruleset> ruleset =
        testing::CompileText(generator.Rules(12) + CircumstanceRules(generator));
    for (int person = 0; person < 3; ++person) {
      v1::ExplainRequest request;
      testing::ParseText(generator.User(), *request.mutable_user());
      testing::ParseText(generator.Options(), *request.mutable_options());
      if (generator.Chance(60)) {
        v1::Today& today = *request.mutable_user()->mutable_today();
        today.set_wbgt_c(generator.Whole(15, 35));
        today.set_altitude_m(generator.Whole(0, 3000));
        today.mutable_places()->add_items("home");
        today.mutable_places()->set_complete(generator.Chance(50));
      }
      for (const Candidate& candidate : ruleset->candidates()) {
        v1::ExplainResponse response;
        request.set_candidate(candidate.id());
        ASSERT_THAT(testing::ProblemsOf(*ruleset, request, testing::Moment(), response), IsEmpty())
            << "seed " << seed << "\n"
            << response.DebugString();
        changes += response.changes_size();
      }
    }
  }
  EXPECT_GT(changes, 50);
}

}  // namespace
}  // namespace myokine
