#include "engine/ruleset/likeness.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace myokine {
namespace {

using Amounts = std::map<std::string_view, double>;

Amounts MusclesOf(const v1::Exercise& exercise) {
  Amounts amounts;
  for (const std::string& muscle : exercise.muscles()) amounts[muscle] = 1;
  return amounts;
}

Amounts IngredientsOf(const v1::Meal& meal) {
  Amounts amounts;
  for (const v1::MealPart& part : meal.parts()) amounts[part.ingredient()] += part.grams();
  return amounts;
}

// What both have of all that either has, 0 to 1; 0 when neither has anything.
double Shared(const Amounts& a, const Amounts& b) {
  double common = 0, all = 0;
  auto x = a.begin();
  auto y = b.begin();
  while (x != a.end() || y != b.end()) {
    const bool only_x = y == b.end() || (x != a.end() && x->first < y->first);
    const bool only_y = x == a.end() || (y != b.end() && y->first < x->first);
    if (only_x) {
      all += (x++)->second;
    } else if (only_y) {
      all += (y++)->second;
    } else {
      common += std::min(x->second, y->second);
      all += std::max(x->second, y->second);
      ++x, ++y;
    }
  }
  return all > 0 ? common / all : 0;
}

int16_t Thousandths(double share) { return static_cast<int16_t>(std::lround(share * 1000)); }

}  // namespace

Likeness::Likeness(const std::vector<Candidate>& candidates) {
  std::vector<Amounts> muscles, ingredients;
  for (const Candidate& candidate : candidates) {
    if (candidate.exercise != nullptr) {
      muscles.push_back(MusclesOf(*candidate.exercise));
    } else {
      ingredients.push_back(IngredientsOf(*candidate.meal));
    }
  }
  exercises_ = muscles.size();
  meals_ = ingredients.size();
  of_exercises_.resize(exercises_ * exercises_);
  of_meals_.resize(meals_ * meals_);
  for (size_t a = 0; a < exercises_; ++a) {
    for (size_t b = 0; b <= a; ++b) {
      const bool same_kind = candidates[a].exercise->modality() == candidates[b].exercise->modality();
      const double share = a == b ? 1 : (same_kind ? 0.5 : 0) + Shared(muscles[a], muscles[b]) / 2;
      of_exercises_[a * exercises_ + b] = of_exercises_[b * exercises_ + a] = Thousandths(share);
    }
  }
  for (size_t a = 0; a < meals_; ++a) {
    for (size_t b = 0; b <= a; ++b) {
      const double share = a == b ? 1 : Shared(ingredients[a], ingredients[b]);
      of_meals_[a * meals_ + b] = of_meals_[b * meals_ + a] = Thousandths(share);
    }
  }
}

}  // namespace myokine
