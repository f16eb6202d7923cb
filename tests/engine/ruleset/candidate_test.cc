// Exercises and meals as targets see them, and what follows for a meal from its ingredients.
#include "engine/ruleset/candidate.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/expr/expression.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

// The meal `m` of these ingredients and parts, derived.
v1::Meal Derived(const std::string& ingredients, const std::string& meal) {
  auto pack = testing::Parse<v1::RulePack>(absl::StrCat(R"pb(
                                                          vocabularies {
                                                            id: 'allergen'
                                                            concepts { id: 'fish' broader: 'animal' }
                                                            concepts { id: 'animal' }
                                                            concepts { id: 'salmon' broader: 'fish' }
                                                            concepts { id: 'tuna' broader: 'fish' }
                                                            concepts { id: 'wheat' }
                                                          }
                                                          vocabularies {
                                                            id: 'food'
                                                            concepts { id: 'salmon' broader: 'fish' }
                                                            concepts { id: 'fish' }
                                                            concepts { id: 'rice' }
                                                          }
                                                        )pb",
                                                        ingredients, " meals { id: 'm' ", meal, " }"));
  const VocabularyIndex index(pack);
  DeriveMeals(pack, index);
  return pack.meals(0);
}

template <typename Field>
std::string Joined(const Field& words) {
  return absl::StrJoin(words, " ");
}

TEST(Meals, NutrientsAreSumsOverGrams) {
  const v1::Nutrients sum = Derived(
                                "ingredients { id: 'a' per_100g { energy_kcal: 200 protein_g: 10 } } ingredients { id: "
                                "'b' per_100g { energy_kcal: 50 protein_g: 0 } }",
                                "parts { ingredient: 'a' grams: 150 } parts { ingredient: 'b' grams: 10 } parts { "
                                "ingredient: 'a' grams: 50 }")
                                .nutrition();
  EXPECT_DOUBLE_EQ(sum.energy_kcal(), 405);
  EXPECT_DOUBLE_EQ(sum.protein_g(), 20);
}

TEST(Meals, ANutrientThatOneIngredientLacksIsAbsent) {
  const v1::Nutrients sum = Derived(
                                "ingredients { id: 'a' per_100g { energy_kcal: 200 salt_g: 1 } } ingredients { id: 'b' "
                                "per_100g { energy_kcal: 50 fibre_g: 2 } }",
                                "parts { ingredient: 'a' grams: 100 } parts { ingredient: 'b' grams: 100 }")
                                .nutrition();
  EXPECT_TRUE(sum.has_energy_kcal());
  EXPECT_FALSE(sum.has_salt_g());
  EXPECT_FALSE(sum.has_fibre_g());
  EXPECT_FALSE(sum.has_protein_g());
}

TEST(Meals, ANutrientStatedAsZeroIsKnown) {
  const v1::Nutrients sum =
      Derived("ingredients { id: 'a' per_100g { caffeine_mg: 0 } }", "parts { ingredient: 'a' grams: 100 }")
          .nutrition();
  EXPECT_TRUE(sum.has_caffeine_mg());
  EXPECT_EQ(sum.caffeine_mg(), 0);
  EXPECT_FALSE(sum.has_energy_kcal());
}

TEST(Meals, AnIngredientThatStatesNothingHidesEverything) {
  const v1::Nutrients sum = Derived("ingredients { id: 'a' per_100g { energy_kcal: 200 } } ingredients { id: 'b' }",
                                    "parts { ingredient: 'a' grams: 99 } parts { ingredient: 'b' grams: 1 }")
                                .nutrition();
  EXPECT_EQ(sum.ByteSizeLong(), 0u) << sum.DebugString();
}

// Nobody said what is in it: that is not the same as nothing.
TEST(Meals, WithoutPartsNutrientsAreNotKnown) {
  EXPECT_EQ(Derived("", "").nutrition().ByteSizeLong(), 0u);
  EXPECT_EQ(Derived("", "parts { ingredient: 'not_in_the_pack' grams: 100 }").nutrition().ByteSizeLong(), 0u);
}

TEST(Meals, AllergensComeWithWiderOnes) {
  const v1::Meal meal = Derived(
      "ingredients { id: 'a' allergens: 'salmon' } ingredients { id: 'b' allergens: 'wheat' allergens: 'salmon' }",
      "parts { ingredient: 'a' grams: 1 } parts { ingredient: 'b' grams: 1 }");
  EXPECT_EQ(Joined(meal.allergens()), "animal fish salmon wheat");
  EXPECT_EQ(Joined(meal.may_contain()), "");
}

TEST(Meals, MayContainIsWithoutWhatIsContained) {
  const v1::Meal meal = Derived(
      "ingredients { id: 'a' allergens: 'salmon' may_contain: 'wheat' } ingredients { id: 'b' may_contain: 'tuna' "
      "may_contain: 'salmon' }",
      "parts { ingredient: 'a' grams: 1 } parts { ingredient: 'b' grams: 1 }");
  EXPECT_EQ(Joined(meal.allergens()), "animal fish salmon");
  EXPECT_EQ(Joined(meal.may_contain()), "tuna wheat");  // tuna may be there beside the salmon
  EXPECT_EQ(
      Joined(
          Derived("ingredients { id: 'a' may_contain: 'salmon' }", "parts { ingredient: 'a' grams: 1 }").may_contain()),
      "animal fish salmon");
}

TEST(Meals, AnAllergenThatTheVocabularyLacksIsKept) {
  EXPECT_EQ(
      Joined(
          Derived("ingredients { id: 'a' allergens: 'kryptonite' }", "parts { ingredient: 'a' grams: 1 }").allergens()),
      "kryptonite");
}

TEST(Meals, FoodsAndTraitsAreGathered) {
  const v1::Meal meal = Derived(
      "ingredients { id: 'a' kinds: 'salmon' traits: 'raw' } ingredients { id: 'b' kinds: 'rice' traits: 'starchy' "
      "traits: 'soft' }",
      "traits: 'soft' traits: 'portable' parts { ingredient: 'a' grams: 1 } parts { ingredient: 'b' grams: 1 }");
  EXPECT_EQ(Joined(meal.foods()), "fish rice salmon");
  EXPECT_EQ(Joined(meal.traits()), "portable raw soft starchy");
}

TEST(Meals, WhatThePackWroteIntoDerivedFieldsGoes) {
  const v1::Meal meal = Derived(
      "ingredients { id: 'a' per_100g { protein_g: 1 } }",
      "nutrition { energy_kcal: 5 } allergens: 'x' may_contain: 'y' foods: 'z' parts { ingredient: 'a' grams: 100 }");
  EXPECT_FALSE(meal.nutrition().has_energy_kcal());
  EXPECT_EQ(Joined(meal.allergens()), "");
  EXPECT_EQ(Joined(meal.may_contain()), "");
  EXPECT_EQ(Joined(meal.foods()), "");
}

TEST(Meals, DerivingTwiceChangesNothing) {
  auto pack = testing::Parse<v1::RulePack>(testing::BasePack());
  const VocabularyIndex index(pack);
  DeriveMeals(pack, index);
  const std::string once = pack.SerializeAsString();
  DeriveMeals(pack, index);
  EXPECT_EQ(pack.SerializeAsString(), once);
}

class Candidates : public ::testing::Test {
 protected:
  // What `text` gives for each candidate in turn.
  std::string Each(const std::string& text) {
    std::vector<ExprMistake> mistakes;
    const auto expression = Expression::Compile(text, ruleset_->target_scope(), {Type()}, mistakes);
    if (expression == nullptr) return mistakes[0].code + ": " + mistakes[0].message;
    Activation activation;
    activation.arena = &arena_;
    std::vector<std::string> values;
    for (const Candidate& candidate : ruleset_->candidates()) {
      activation.frames[static_cast<size_t>(Frame::kCandidate)] = candidate.frame;
      const Value value = expression->Evaluate(activation);
      values.push_back(IsUnknown(value) ? "?" : ToString(value));
    }
    return absl::StrJoin(values, " ");
  }

  const std::shared_ptr<const Ruleset> ruleset_ = testing::CompileText("");
  Arena arena_;
};

TEST_F(Candidates, StandInTheOrderOfThePackExercisesFirst) {
  EXPECT_EQ(Each("candidate.id"), "\"walk\" \"squat\" \"yoga\" \"salmon_rice\" \"tofu_bowl\"");
  EXPECT_EQ(Each("candidate.kind"), "\"exercise\" \"exercise\" \"exercise\" \"meal\" \"meal\"");
  for (const Candidate& candidate : ruleset_->candidates()) {
    EXPECT_EQ(candidate.kind == CandidateKind::kExercise, candidate.exercise != nullptr);
    EXPECT_EQ(candidate.kind == CandidateKind::kMeal, candidate.meal != nullptr);
    EXPECT_EQ(candidate.name().en().empty(), false);
  }
}

TEST_F(Candidates, AreKnownToTargetsByTheirOwnKindAlone) {
  EXPECT_EQ(Each("exercise.modality"), "\"aerobic\" \"resistance\" \"mobility\" ? ?");
  EXPECT_EQ(Each("meal.prep_minutes"), "? ? ? 20 0");
  EXPECT_EQ(Each("has(exercise.modality)"), "true true true false false");
  EXPECT_EQ(Each("has(exercise.dose.minutes)"), "true false true false false");
  EXPECT_EQ(Each("exercise.dose.minutes.maximum"), "60 ? 40 ? ?");
}

TEST_F(Candidates, HaveTraitsInCommon) {
  EXPECT_EQ(Each("candidate.traits"), "[\"weight_bearing\"] [\"valsalva\"] [] [\"starchy\"] [\"soft\", \"starchy\"]");
  EXPECT_EQ(Each("\"starchy\" in candidate.traits"), "false false false true true");
}

TEST_F(Candidates, MealsCarryWhatFollowsFromTheirParts) {
  EXPECT_EQ(Each("meal.allergens"), "? ? ? [\"fish\", \"salmon\"] [\"soy\"]");
  EXPECT_EQ(Each("meal.may_contain"), "? ? ? [\"wheat\"] [\"fish\", \"wheat\"]");
  EXPECT_EQ(Each("meal.foods"), "? ? ? [\"animal\", \"fish\", \"rice\", \"salmon\"] [\"rice\", \"soy\"]");
  EXPECT_EQ(Each("meal.nutrition.energy_kcal"), "? ? ? 500 270");
  EXPECT_EQ(Each("meal.nutrition.epa_dha_g"), "? ? ? ? ?");  // rice does not say
  EXPECT_EQ(Each("has(meal.nutrition.salt_g)"), "false false false true false");
}

TEST_F(Candidates, IdsAndWordsAreChecked) {
  EXPECT_EQ(Each("candidate.id == \"wlak\""), "unknown-word: `wlak` is not in the vocabulary `candidate`");
  EXPECT_EQ(Each("candidate.id == \"walk\""), "true false false false false");
  EXPECT_EQ(Each("exercise.modality == \"aerobics\""), "unknown-word: `aerobics` is not in the vocabulary `modality`");
  EXPECT_EQ(Each("candidate.kind == \"exercise\""), "true true true false false");
}

// A kind or an id that no candidate has is a slip as well: a rule that means one by it would do nothing.
TEST_F(Candidates, SlipsInKindsAndIdsAreFound) {
  EXPECT_EQ(Each("candidate.kind == \"exersise\"").substr(0, 12), "unknown-word");
  EXPECT_EQ(Each("exercise.id == \"wlak\"").substr(0, 12), "unknown-word");
  EXPECT_EQ(Each("meal.id == \"soop\"").substr(0, 12), "unknown-word");
}

TEST_F(Candidates, KnowTheirRanges) {
  const AllowedRanges& walk = ruleset_->candidates()[0].allowed;
  ASSERT_TRUE(walk[0].has_value());
  EXPECT_EQ(walk[0]->minimum, 10);
  EXPECT_EQ(walk[0]->usual, 30);
  EXPECT_EQ(walk[0]->maximum, 60);
  EXPECT_FALSE(walk[2].has_value());
  for (const auto& range : ruleset_->candidates()[3].allowed) EXPECT_FALSE(range.has_value());
}

TEST(DoseFields, AgreeBetweenTheMessages) {
  EXPECT_EQ(v1::Dose::descriptor()->field_count(), kDoseFields);
  for (const DoseField& field : DoseFields()) {
    ASSERT_NE(field.allowed, nullptr) << field.chosen->name();
    ASSERT_NE(field.bounds, nullptr) << field.chosen->name();
    EXPECT_EQ(field.allowed->number(), field.chosen->number());
    EXPECT_EQ(field.bounds->number(), field.chosen->number());
    EXPECT_NE(field.facts.caution(), v1::CAUTION_UNSPECIFIED) << field.chosen->name();
    EXPECT_EQ(field.more_is_cautious,
              field.chosen->name() == "rest_seconds" || field.chosen->name() == "recovery_hours")
        << field.chosen->name();
  }
}

TEST(DoseFields, AllowedAndChosenDosesGoThereAndBack) {
  const AllowedRanges ranges =
      RangesOf(testing::Parse<v1::AllowedDose>("minutes {} rest_seconds { minimum: 1 usual: 2 maximum: 3 }"));
  EXPECT_TRUE(ranges[0].has_value());  // there, though all zero
  EXPECT_EQ(ranges[7]->maximum, 3);
  ChosenDose chosen;
  chosen[0] = 0;
  chosen[7] = 90;
  EXPECT_EQ(ToProto(chosen).ShortDebugString(), "minutes: 0 rest_seconds: 90");
}

}  // namespace
}  // namespace myokine
