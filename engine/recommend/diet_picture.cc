#include "engine/recommend/diet_picture.h"

#include <algorithm>
#include <cmath>

#include "engine/ruleset/locale.h"

namespace myokine {
namespace {

const v1::FieldFacts& FactsOf(const google::protobuf::FieldDescriptor& field) {
  return field.options().GetExtension(v1::field);
}

// Share of a normal distribution below `z`.
double Percentile(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

}  // namespace

std::optional<double> Portion::AmountOf(const google::protobuf::FieldDescriptor& nutrient) const {
  if (entry != nullptr) {
    const auto* stated = v1::DietEntry::descriptor()->FindFieldByName(nutrient.name());
    if (stated != nullptr && entry->GetReflection()->HasField(*entry, stated))
      return entry->GetReflection()->GetDouble(*entry, stated);
  }
  if (meal == nullptr) return std::nullopt;
  const v1::Nutrients& nutrients = meal->nutrition();
  if (!nutrients.GetReflection()->HasField(nutrients, &nutrient)) return std::nullopt;
  return nutrients.GetReflection()->GetDouble(nutrients, &nutrient) * servings_percent / 100;
}

std::optional<double> SumOf(const std::vector<Portion>& portions, const google::protobuf::FieldDescriptor& nutrient) {
  double sum = 0;
  for (const Portion& portion : portions) {
    const std::optional<double> amount = portion.AmountOf(nutrient);
    if (!amount) return std::nullopt;
    sum += *amount;
  }
  return sum;
}

double DietIndexOf(const v1::DietIndexModel& model, const std::vector<Portion>& portions,
                   std::vector<std::string>* used, std::vector<std::string>* not_used) {
  double index = 0;
  for (const v1::DietIndexParameter& parameter : model.parameters()) {
    const auto* nutrient = v1::Nutrients::descriptor()->FindFieldByName(parameter.nutrient());
    const std::optional<double> intake = nutrient == nullptr ? std::nullopt : SumOf(portions, *nutrient);
    if (intake) index += parameter.effect() * (2 * Percentile((*intake - parameter.mean()) / parameter.sd()) - 1);
    if (std::vector<std::string>* list = intake ? used : not_used) list->push_back(parameter.id());
  }
  return index;
}

void DietKeeper::Begin(const Ruleset& ruleset, const Intake& intake, const Activation& activation) {
  model_ = &ruleset.pack().diet_index();
  accounts_.clear();
  eaten_.clear();
  ago_.clear();
  day_.clear();
  const v1::DietEntryList& log = intake.user.diet().entries();
  for (const v1::DietEntry& entry : log.items()) {
    const Candidate* candidate = ruleset.FindCandidate(entry.meal());
    const int percent = entry.has_servings_percent() ? entry.servings_percent() : 100;
    eaten_.push_back({candidate == nullptr ? nullptr : candidate->meal, percent, &entry});
    ago_.push_back(intake.at - absl::FromUnixSeconds(entry.eaten_at().seconds()));
    if (ago_.back() < absl::Hours(24)) day_.push_back(eaten_.back());
  }
  const auto is_meal = [](const Portion& portion) { return portion.meal != nullptr; };
  day_complete_ = log.complete() && !day_.empty() && std::all_of(day_.begin(), day_.end(), is_meal);
  if (day_complete_) day_index_ = DietIndexOf(*model_, day_);
  for (const CompiledBudget& budget : ruleset.budgets()) {
    const Value most = budget.most->Evaluate(activation);
    const double* number = std::get_if<double>(&most);
    Account account;
    account.budget = &budget;
    account.most = number != nullptr && std::isfinite(*number) ? *number : budget.budget->otherwise();
    account.incomplete = !log.complete() || budget.budget->days() > 1;  // `complete` speaks of a day
    for (size_t i = 0; i < eaten_.size(); ++i) {
      if (ago_[i] >= absl::Hours(24) * budget.budget->days()) continue;
      const std::optional<double> amount = AmountOf(budget, eaten_[i]);
      account.logged += amount.value_or(0);
      account.incomplete |= !amount;
    }
    accounts_.push_back(account);
  }
}

std::optional<double> DietKeeper::AmountOf(const CompiledBudget& budget, const Portion& portion) {
  if (budget.nutrient != nullptr) return portion.AmountOf(*budget.nutrient);
  if (portion.meal == nullptr) return std::nullopt;
  const auto& traits = portion.meal->traits();
  return std::count(traits.begin(), traits.end(), budget.budget->trait()) > 0 ? 1 : 0;
}

bool DietKeeper::Take(const Portion& portion) {
  for (const Account& account : accounts_) {
    const double amount = AmountOf(*account.budget, portion).value_or(0);
    if (account.budget->budget->target() || amount <= 0 || account.logged + account.suggested + amount <= account.most)
      continue;
    refused_ = account.budget;
    return false;
  }
  for (Account& account : accounts_) account.suggested += AmountOf(*account.budget, portion).value_or(0);
  return true;
}

std::optional<double> DietKeeper::IndexChange(const Portion& portion) {
  if (!day_complete_) return std::nullopt;
  day_.push_back(portion);
  const double with = DietIndexOf(*model_, day_);
  day_.pop_back();
  return with - day_index_;
}

void DietKeeper::Fill(std::string_view locale, v1::DietPicture& picture) const {
  if (day_complete_ && model_->parameters_size() > 0) {
    std::vector<std::string> used, not_used;
    picture.set_index(DietIndexOf(*model_, day_, &used, &not_used));
    for (std::string& id : used) picture.add_index_used(std::move(id));
    for (std::string& id : not_used) picture.add_index_not_used(std::move(id));
    picture.set_note(Pick(model_->note(), locale));
  }
  for (const Account& account : accounts_) {
    const v1::Budget& budget = *account.budget->budget;
    v1::BudgetState& state = *picture.add_budgets();
    state.set_budget(budget.id());
    state.set_name(Pick(budget.name(), locale));
    state.set_days(budget.days());
    state.set_most(account.most);
    state.set_logged(account.logged);
    state.set_suggested(account.suggested);
    state.set_unit(account.budget->nutrient != nullptr ? FactsOf(*account.budget->nutrient).unit() : "1");
    state.set_log_incomplete(account.incomplete);
    state.set_target(budget.target());
  }
}

}  // namespace myokine
