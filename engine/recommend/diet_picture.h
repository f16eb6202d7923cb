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

// Something eaten, or to be eaten.
struct Portion {
  const v1::Meal* meal = nullptr;        // null: no meal of the catalogue
  int servings_percent = 100;            // of the meal
  const v1::DietEntry* entry = nullptr;  // of the log; null: not from there

  // How much of a nutrient (a field of Nutrients): what the entry states, else what the meal does; nothing when neither
  // does.
  std::optional<double> AmountOf(const google::protobuf::FieldDescriptor& nutrient) const;
};

// The sum of a nutrient over portions; nothing when some portion does not state it.
std::optional<double> SumOf(const std::vector<Portion>& portions, const google::protobuf::FieldDescriptor& nutrient);

// The index of a day of these portions: the sum of effect * (2 * percentile - 1) over the parameters whose nutrient all
// of them state. `used` and `not_used` are filled with ids. Source: Shivappa 2014.
double DietIndexOf(const v1::DietIndexModel& model, const std::vector<Portion>& portions,
                   std::vector<std::string>* used = nullptr, std::vector<std::string>* not_used = nullptr);

// Chooses meals one by one within the budgets. Used again, it does not allocate.
class DietKeeper {
 public:
  // `activation` holds the person's facts; `intake` and the ruleset must outlive it.
  void Begin(const Ruleset& ruleset, const Intake& intake, const Activation& activation);

  // True, and the portion is counted, when every budget has room for it beside those before it.
  // Otherwise a budget that has not. A budget that is already spent by the log holds back only what would add to it.
  bool Take(const Portion& portion);
  // Why Take said no the last time.
  const CompiledBudget& refused() const { return *refused_; }

  // By how much the portion would change the index of the logged day; nothing when the day is not logged in full, with
  // meals of the catalogue alone.
  std::optional<double> IndexChange(const Portion& portion);

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

  // What a portion takes of a budget; nothing when that is not known.
  static std::optional<double> AmountOf(const CompiledBudget& budget, const Portion& portion);

  const v1::DietIndexModel* model_ = nullptr;
  std::vector<Account> accounts_;
  std::vector<Portion> eaten_;  // of the log's last week, with the time since then
  std::vector<absl::Duration> ago_;
  std::vector<Portion> day_;  // of the last 24 hours
  bool day_complete_ = false;
  double day_index_ = 0;  // of a complete day
  const CompiledBudget* refused_ = nullptr;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_DIET_PICTURE_H_
