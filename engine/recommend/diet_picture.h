// The logged day seen as a whole: the inflammatory index of what was eaten, and budgets that the meals of an answer
// keep to together.
#ifndef MYOKINE_ENGINE_RECOMMEND_DIET_PICTURE_H_
#define MYOKINE_ENGINE_RECOMMEND_DIET_PICTURE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "engine/recommend/intake.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// What was eaten since some moment.
struct Eaten {
  std::vector<const v1::Meal*> meals;  // those of the catalogue
  bool all_known = true;               // false: some entry is no meal of the catalogue
};

// The entries of the log from `days` days before `at` on.
Eaten EatenWithin(const Ruleset& ruleset, const v1::UserState& user, absl::Time at, int days);

// The sum of a nutrient over meals; nothing when some meal does not state it.
std::optional<double> SumOf(const std::vector<const v1::Meal*>& meals,
                            const google::protobuf::FieldDescriptor& nutrient);

// The index of a day of these meals: the sum of effect * (2 * percentile - 1) over the parameters whose nutrient all
// meals state. `used` and `not_used` are filled with ids. Source: Shivappa 2014.
double DietIndexOf(const v1::DietIndexModel& model, const std::vector<const v1::Meal*>& meals,
                   std::vector<std::string>* used = nullptr, std::vector<std::string>* not_used = nullptr);

// Chooses meals one by one within the budgets.
class DietKeeper {
 public:
  // `activation` holds the person's facts.
  DietKeeper(const Ruleset& ruleset, const Intake& intake, const Activation& activation);

  // True, and the meal is counted at this share of a serving, when every budget has room for it beside those before it.
  // Otherwise a budget that has not. A budget that is already spent by the log holds back only what would add to it.
  bool Take(const v1::Meal& meal, int servings_percent);
  // Why Take said no the last time.
  const CompiledBudget& refused() const { return *refused_; }

  // By how much the meal would change the index of the logged day; nothing when the day is not logged in full.
  std::optional<double> IndexChange(const v1::Meal& meal) const;

  // Fills all but held_back.
  void Fill(std::string_view locale, v1::DietPicture& picture) const;

 private:
  struct Account {
    const CompiledBudget* budget = nullptr;
    double most = 0;
    double logged = 0;
    double suggested = 0;
    bool incomplete = false;
  };

  static double AmountOf(const CompiledBudget& budget, const v1::Meal& meal);

  const v1::DietIndexModel& model_;
  std::vector<Account> accounts_;
  Eaten day_;
  bool day_complete_ = false;
  const CompiledBudget* refused_ = nullptr;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_DIET_PICTURE_H_
