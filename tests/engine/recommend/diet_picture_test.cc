#include "engine/recommend/diet_picture.h"

#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

// Meals of 3 g of salt each, one of them of big fish; an index of fibre and energy.
constexpr char kFood[] = R"pb(
  vocabularies {
    id: "food_trait"
    concepts {
      id: "high_mercury"
      name { en: "m" ja: "m" }
    }
  }
  ingredients {
    id: "salty"
    name { en: "s" ja: "s" }
    per_100g { salt_g: 3 fibre_g: 10 energy_kcal: 500 }
  }
  meals {
    id: "a"
    parts { ingredient: "salty" grams: 100 }
  }
  meals {
    id: "b"
    parts { ingredient: "salty" grams: 100 }
  }
  meals {
    id: "c"
    parts { ingredient: "salty" grams: 100 }
    traits: "high_mercury"
  }
  meals {
    id: "d"
    parts { ingredient: "salty" grams: 20 }
    traits: "high_mercury"
  }
)pb";
constexpr char kBudgets[] = R"pb(
  budgets {
    id: "salt"
    name { en: "Salt" ja: "s" }
    nutrient: "salt_g"
    days: 1
    most: "user.profile.age_years >= 65 ? 6.5 : 7.5"
    otherwise: 4
    text { en: "too much salt" ja: "s" }
  }
  budgets {
    id: "mercury"
    name { en: "Big fish" ja: "s" }
    trait: "high_mercury"
    days: 7
    most: "1.0"
    otherwise: 1
    text { en: "enough big fish" ja: "s" }
  }
)pb";
constexpr char kIndex[] = R"pb(
  diet_index {
    parameters { id: "fibre" effect: -0.663 mean: 18.8 sd: 4.9 nutrient: "fibre_g" }
    parameters { id: "energy" effect: 0.18 mean: 2056 sd: 338 nutrient: "energy_kcal" }
    parameters { id: "tea" effect: -0.536 mean: 1.69 sd: 1.53 left_out: "not in the table" }
  }
)pb";

std::string Log(const std::string& meals, bool complete) {
  std::string text = "diet { entries {";
  for (char meal : meals) {
    absl::StrAppend(&text, " items { meal: '", std::string(1, meal),
                    "' eaten_at { seconds: ", absl::ToUnixSeconds(testing::Moment()) - 3600, " } }");
  }
  return absl::StrCat(text, complete ? " complete: true" : "", " } }");
}

class DietPictureTest : public ::testing::Test {
 protected:
  // Ids of the meals of the answer, then ` | ` and those held back.
  std::string Meals(const std::string& user) {
    response_ = testing::Ask(*ruleset_, user, "meal_count: 10").response;
    std::string text;
    for (const v1::Suggestion& meal : response_.meals()) absl::StrAppend(&text, meal.candidate(), " ");
    absl::StrAppend(&text, "|");
    for (const v1::HeldBackMeals& held : response_.diet().held_back()) {
      for (const std::string& meal : held.candidates()) absl::StrAppend(&text, " ", meal, ":", held.budget());
    }
    return text;
  }

  std::shared_ptr<const Ruleset> ruleset_ = testing::CompileText(absl::StrCat(kFood, kBudgets, kIndex));
  v1::RecommendResponse response_;
};

TEST_F(DietPictureTest, MealsKeepToBudgetsTogether) {
  EXPECT_EQ(Meals("profile { age_years: 40 }"), "a b d salmon_rice tofu_bowl | c:salt");
  EXPECT_EQ(Meals("profile { age_years: 70 }"), "a b salmon_rice tofu_bowl | c:salt d:salt");
  // What is not known of the person makes it the cautious end.
  EXPECT_EQ(Meals(""), "a d salmon_rice tofu_bowl | b:salt c:salt");
}

TEST_F(DietPictureTest, TheLogIsTakenOff) {
  EXPECT_EQ(Meals("profile { age_years: 40 } " + Log("a", false)), "a d salmon_rice tofu_bowl | b:salt c:salt");
  EXPECT_EQ(Meals("profile { age_years: 40 } " + Log("d", false)), "a b salmon_rice tofu_bowl | c:salt d:mercury");
  // What is spent holds back only what would add to it.
  EXPECT_EQ(Meals("profile { age_years: 40 } " + Log("aaa", true)),
            "tofu_bowl | a:salt b:salt c:salt d:salt salmon_rice:salt");
}

TEST_F(DietPictureTest, BudgetsAreShown) {
  Meals("profile { age_years: 40 } " + Log("a", true));
  const v1::BudgetState& salt = response_.diet().budgets(0);
  EXPECT_EQ(salt.budget(), "salt");
  EXPECT_EQ(salt.unit(), "g");
  EXPECT_DOUBLE_EQ(salt.most(), 7.5);
  EXPECT_DOUBLE_EQ(salt.logged(), 3);
  EXPECT_NEAR(salt.suggested(), 3.7, 1e-9);
  EXPECT_FALSE(salt.log_incomplete());
  EXPECT_TRUE(response_.diet().budgets(1).log_incomplete()) << "`complete` speaks of a day, not of a week";
  EXPECT_EQ(response_.diet().held_back(0).text(), "too much salt");
}

TEST_F(DietPictureTest, TheIndexIsTheSumOfItsParameters) {
  Meals("profile { age_years: 40 } " + Log("aa", true));
  auto part = [](double effect, double intake, double mean, double sd) {
    return effect * std::erf((intake - mean) / sd / std::sqrt(2.0));  // 2 p - 1
  };
  const double day = part(-0.663, 20, 18.8, 4.9) + part(0.18, 1000, 2056, 338);
  EXPECT_NEAR(response_.diet().index(), day, 1e-9);
  EXPECT_EQ(response_.diet().index_used_size(), 2);
  ASSERT_EQ(response_.diet().index_not_used_size(), 1);
  EXPECT_EQ(response_.diet().index_not_used(0), "tea");
  const double with = part(-0.663, 22, 18.8, 4.9) + part(0.18, 1100, 2056, 338);
  for (const v1::Suggestion& meal : response_.meals()) {
    if (meal.candidate() != "d") continue;
    EXPECT_NEAR(meal.diet_index_change(), with - day, 1e-9);
  }
}

// An amount to reach holds nothing back.
TEST_F(DietPictureTest, TargetsAreOnlyShown) {
  ruleset_ = testing::CompileText(absl::StrCat(kFood, R"pb(
    budgets {
      id: "fibre"
      name { en: "Fibre" ja: "f" }
      nutrient: "fibre_g"
      days: 1
      most: "5.0"
      otherwise: 5
      target: true
      text { en: "fibre" ja: "f" }
    }
  )pb"));
  EXPECT_EQ(Meals(Log("a", true)), "a b c d salmon_rice tofu_bowl |");
  EXPECT_TRUE(response_.diet().budgets(0).target());
  EXPECT_DOUBLE_EQ(response_.diet().budgets(0).logged(), 10);
}

// An entry's own figures go before those of the catalogue, and stand for food that the catalogue lacks.
TEST_F(DietPictureTest, EntriesMayStateTheirFigures) {
  auto logged = [this](const std::string& entry) {
    Meals(absl::StrCat("diet { entries { complete: true items { ", entry,
                       " eaten_at { seconds: ", absl::ToUnixSeconds(testing::Moment()) - 3600, " } } } }"));
    const v1::BudgetState& salt = response_.diet().budgets(0);
    return absl::StrCat(salt.logged(), salt.log_incomplete() ? " at least" : "");
  };
  EXPECT_EQ(logged("meal: 'a'"), "3");
  EXPECT_EQ(logged("meal: 'a' servings_percent: 50"), "1.5");
  EXPECT_EQ(logged("meal: 'a' salt_g: 1"), "1");
  EXPECT_EQ(logged("meal: 'a' salt_g: 1 servings_percent: 50"), "1") << "what was stated is what was eaten";
  EXPECT_EQ(logged("salt_g: 2"), "2");
  EXPECT_EQ(logged("protein_g: 2"), "0 at least");
}

// The change follows the dose of the meal.
TEST_F(DietPictureTest, AMealChangesTheIndexAsFarAsItsDoseGoes) {
  auto change = [this](const std::string& servings) {
    ruleset_ = testing::CompileText(absl::StrCat(
        kFood, kIndex, "meals { id: 'e' parts { ingredient: 'salty' grams: 100 } dose { servings_percent { ", servings,
        " } } }"));
    Meals(Log("a", true));
    for (const v1::Suggestion& meal : response_.meals()) {
      if (meal.candidate() == "e") return meal.diet_index_change();
    }
    return 0.0;
  };
  const double whole = change("minimum: 100 usual: 100 maximum: 100");
  const double half = change("minimum: 50 usual: 50 maximum: 50");
  EXPECT_NE(half, 0);
  EXPECT_LT(std::abs(half), std::abs(whole));
}

// A day that is not logged in full has no index.
TEST_F(DietPictureTest, PartOfADayHasNoIndex) {
  for (const std::string& log : {Log("a", false), Log("", true), Log("ax", true), std::string()}) {
    Meals(log);
    EXPECT_FALSE(response_.diet().has_index()) << log;
    for (const v1::Suggestion& meal : response_.meals()) EXPECT_FALSE(meal.has_diet_index_change()) << log;
  }
}

// Mean intakes make an index of 0.
TEST_F(DietPictureTest, AnAverageDayIsNeitherNor) {
  EXPECT_NEAR(DietIndexOf(v1::DietIndexModel(), {}), 0, 1e-12);
  v1::DietIndexModel model;
  v1::DietIndexParameter& fibre = *model.add_parameters();
  fibre.set_nutrient("fibre_g");
  fibre.set_effect(-0.663);
  fibre.set_mean(18.8);
  fibre.set_sd(4.9);
  v1::Meal meal;
  meal.mutable_nutrition()->set_fibre_g(18.8);
  EXPECT_NEAR(DietIndexOf(model, {Portion{&meal}}), 0, 1e-12);
  EXPECT_NEAR(DietIndexOf(model, {Portion{&meal, 50}, Portion{&meal, 50}}), 0, 1e-12);
  meal.mutable_nutrition()->set_fibre_g(1000);
  EXPECT_NEAR(DietIndexOf(model, {Portion{&meal}}), -0.663, 1e-9);
}

TEST(DietModel, MistakesAreReported) {
  EXPECT_EQ(
      testing::IssuesOf(R"pb(
        budgets { id: "x" nutrient: "salt" days: 1 most: "1.0" otherwise: 1 }
        budgets { id: "y" days: 1 most: "1" otherwise: 1 }
        diet_index { parameters { id: "z" sd: 1 } }
      )pb"),
      (std::vector<std::string>{"unknown-nutrient: no nutrient `salt` | did you mean `salt_g`?",
                                "bad-budget: a budget counts either a `nutrient` or a `trait`",
                                "type-mismatch: expected a double, found a int",
                                "bad-parameter: a parameter names either its `nutrient` or why it is `left_out`"}));
}

}  // namespace
}  // namespace myokine
