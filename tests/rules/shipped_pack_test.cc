// The shipped pack: it loads, its scenarios hold, and what it says is what may be said.
#include "tests/testing/shipped_pack.h"

#include <map>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/recommend/recommend.h"
#include "engine/recommend/scenario_runner.h"
#include "gtest/gtest.h"

namespace myokine {
namespace {

const Ruleset& Shipped() {
  static const std::shared_ptr<const Ruleset> ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  return *ruleset;
}

// Calls `visit` for every text of a message, however deep.
template <typename Visit>
void ForEachText(const google::protobuf::Message& message, const std::string& where, Visit visit) {
  if (message.GetDescriptor() == v1::Text::descriptor()) {
    visit(static_cast<const v1::Text&>(message), where);
    return;
  }
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  const auto& r = *message.GetReflection();
  r.ListFields(message, &fields);
  const auto* id = message.GetDescriptor()->FindFieldByName("id");
  const std::string here = id != nullptr ? absl::StrCat(where, "/", r.GetString(message, id)) : where;
  for (const auto* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < r.FieldSize(message, field); ++i)
        ForEachText(r.GetRepeatedMessage(message, field, i), here, visit);
    } else {
      ForEachText(r.GetMessage(message, field), here, visit);
    }
  }
}

TEST(ShippedPack, EveryScenarioHolds) {
  ASSERT_GE(Shipped().pack().scenarios_size(), 75);
  for (const v1::Scenario& scenario : Shipped().pack().scenarios()) {
    for (const Issue& issue : RunScenario(Shipped(), scenario)) ADD_FAILURE() << ToString(issue);
  }
}

TEST(ShippedPack, IsNoToy) {
  EXPECT_GE(Shipped().pack().exercises_size(), 150);
  EXPECT_GE(Shipped().pack().meals_size(), 150);
  EXPECT_GE(Shipped().pack().claims_size(), 170);
  EXPECT_GE(Shipped().pack().scenarios_size(), 500);
  const auto japanese = std::count_if(Shipped().pack().meals().begin(), Shipped().pack().meals().end(),
                                      [](const v1::Meal& meal) { return meal.cuisine() == "japanese"; });
  EXPECT_GE(japanese, 75);
  std::set<std::string> myokines;
  for (const v1::MyokineModel& model : Shipped().pack().myokines()) myokines.insert(model.id());
  for (const char* id : {"il6_exercise", "irisin", "myonectin", "bdnf_serum", "il10", "sparc", "oncostatin_m"}) {
    EXPECT_TRUE(myokines.contains(id)) << id;
  }
}

// Chapters 3, 9, 10 and 13 are encoded: every claim of theirs is cited by something that acts.
TEST(ShippedPack, CitesEveryClaimOfItsChapters) {
  std::set<std::string> cited;
  const v1::RulePack& pack = Shipped().pack();
  for (const auto& rule : pack.rules()) cited.insert(rule.claims().begin(), rule.claims().end());
  for (const auto& pairing : pack.pairings()) cited.insert(pairing.claims().begin(), pairing.claims().end());
  for (const auto& exercise : pack.exercises()) cited.insert(exercise.claims().begin(), exercise.claims().end());
  for (const auto& meal : pack.meals()) cited.insert(meal.claims().begin(), meal.claims().end());
  for (const auto& myokine : pack.myokines()) cited.insert(myokine.claims().begin(), myokine.claims().end());
  for (const v1::Claim& claim : pack.claims()) {
    for (const char* chapter : {"A-3.", "A-9.", "A-10.", "A-13."}) {
      if (absl::StartsWith(claim.id(), chapter)) {
        EXPECT_TRUE(cited.contains(claim.id())) << claim.id();
      }
    }
  }
}

TEST(ShippedPack, EveryCandidateFitsAScreen) {
  for (const v1::Exercise& exercise : Shipped().pack().exercises()) {
    EXPECT_GE(exercise.steps_size(), 2) << exercise.id();
    EXPECT_GE(exercise.cues_size(), 1) << exercise.id();
    EXPECT_GE(exercise.easier_size() + exercise.harder_size() + exercise.similar_size(), 1) << exercise.id();
    EXPECT_TRUE(exercise.dose().has_minutes() && exercise.dose().has_rpe() && exercise.dose().has_sessions_per_week())
        << exercise.id();
  }
  for (const v1::Meal& meal : Shipped().pack().meals()) {
    EXPECT_GE(meal.steps_size(), 1) << meal.id();
    EXPECT_GE(meal.parts_size(), 1) << meal.id();
    EXPECT_TRUE(meal.nutrition().has_energy_kcal() && meal.nutrition().has_protein_g()) << meal.id();
  }
}

// A gram of protein or carbohydrate gives about 4 kcal and a gram of fat about 9; the energy of a meal can't be far
// from that.
TEST(ShippedPack, EnergyOfMealsAddsUp) {
  for (const v1::Meal& meal : Shipped().pack().meals()) {
    const v1::Nutrients& n = meal.nutrition();
    if (!n.has_fat_g() || !n.has_carbohydrate_g()) continue;
    const double sum = 4 * n.protein_g() + 9 * n.fat_g() + 4 * n.carbohydrate_g();
    EXPECT_NEAR(n.energy_kcal(), sum, 25 + 0.2 * sum) << meal.id();
  }
}

// Soy sauce, dashi and their kin are easily forgotten.
TEST(ShippedPack, AllergensFollowFromIngredients) {
  std::map<std::string, const v1::Meal*> meals;
  for (const v1::Meal& meal : Shipped().pack().meals()) meals[meal.id()] = &meal;
  auto holds = [&](const char* meal, const char* allergen) {
    const auto& list = meals.at(meal)->allergens();
    return std::find(list.begin(), list.end(), allergen) != list.end();
  };
  EXPECT_TRUE(holds("saba_teishoku", "mackerel"));
  EXPECT_TRUE(holds("saba_teishoku", "fish"));
  EXPECT_TRUE(holds("saba_teishoku", "soy"));
  EXPECT_TRUE(holds("soba", "buckwheat"));
  EXPECT_TRUE(holds("soba", "wheat"));
  EXPECT_TRUE(holds("soba", "fish"));
  EXPECT_TRUE(holds("whey_shake", "milk"));
  EXPECT_TRUE(holds("iwashi_plate", "fish"));
  EXPECT_FALSE(holds("banana", "milk"));
}

// What must never be promised. Texts that name a phrase to warn of it say so in the claims alone.
TEST(ShippedPack, PromisesNothingThatMustNotBePromised) {
  const std::vector<std::string> forbidden = {"slimming hormone",
                                              "rejuvenat",
                                              "miracle",
                                              "cure ",
                                              "cures ",
                                              "instead of medicine",
                                              "replaces medicine",
                                              "detox",
                                              "burns fat fast",
                                              "anti-aging",
                                              "younger skin",
                                              "guarantee",
                                              "without drugs",
                                              "stop taking your",
                                              "痩せホルモン",
                                              "やせホルモン",
                                              "若返り",
                                              "奇跡",
                                              "必ず治",
                                              "病気が治",
                                              "薬の代わりにな",
                                              "薬がいらな",
                                              "アンチエイジング",
                                              "確実に痩せ",
                                              "必ず痩せ",
                                              "デトックス",
                                              "薬をやめて"};
  v1::RulePack said = Shipped().pack();
  said.clear_claims();  // they report what the article says
  ForEachText(said, "", [&](const v1::Text& text, const std::string& where) {
    for (const std::string& phrase : forbidden) {
      EXPECT_FALSE(absl::StrContains(absl::AsciiStrToLower(text.en()), phrase))
          << where << ": " << phrase << ": " << text.en();
      EXPECT_FALSE(absl::StrContains(text.ja(), phrase)) << where << ": " << phrase << ": " << text.ja();
    }
  });
}

}  // namespace
}  // namespace myokine
