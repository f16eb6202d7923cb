#include "engine/recommend/dosing.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

namespace myokine {
namespace {

constexpr int kLeast = std::numeric_limits<int>::min();
constexpr int kMost = std::numeric_limits<int>::max();

// Smaller is more cautious; ties by rule.
std::tuple<int64_t, int64_t, int> CautionOrder(const DoseDemand& demand) {
  const int64_t low = demand.at_least.value_or(kLeast), high = demand.at_most.value_or(kMost);
  if (DoseFields()[static_cast<size_t>(demand.field)].more_is_cautious) return {-low, -high, demand.rule};
  return {high, low, demand.rule};
}

}  // namespace

Dosing ChooseDose(const AllowedRanges& allowed, std::vector<DoseDemand> limits, std::vector<DoseDemand> prescriptions) {
  Dosing dosing;
  std::set<int> blocking, shaping;
  std::sort(prescriptions.begin(), prescriptions.end(), [](const DoseDemand& a, const DoseDemand& b) {
    return std::tuple_cat(std::tuple(a.field), CautionOrder(a)) < std::tuple_cat(std::tuple(b.field), CautionOrder(b));
  });
  for (size_t field = 0; field < kDoseFields; ++field) {
    if (!allowed[field]) continue;
    const AllowedRange& range = *allowed[field];
    int low = range.minimum, high = range.maximum;
    for (const DoseDemand& limit : limits) {
      if (static_cast<size_t>(limit.field) != field) continue;
      if (limit.at_least.value_or(kLeast) > range.minimum || limit.at_most.value_or(kMost) < range.maximum)
        shaping.insert(limit.rule);
      low = std::max(low, limit.at_least.value_or(kLeast));
      high = std::min(high, limit.at_most.value_or(kMost));
    }
    if (low > high) {
      dosing.admissible = false;
      // Those that alone leave nothing of the candidate, or else all that narrowed this field.
      std::set<int> alone, together;
      for (const DoseDemand& limit : limits) {
        if (static_cast<size_t>(limit.field) != field) continue;
        const int from = limit.at_least.value_or(kLeast), to = limit.at_most.value_or(kMost);
        if (from > range.maximum || to < range.minimum || from > to) alone.insert(limit.rule);
        if (from > range.minimum || to < range.maximum) together.insert(limit.rule);
      }
      blocking.merge(alone.empty() ? together : alone);
      continue;
    }
    for (const DoseDemand& wish : prescriptions) {
      if (static_cast<size_t>(wish.field) != field) continue;
      const int from = std::max(low, wish.at_least.value_or(kLeast)), to = std::min(high, wish.at_most.value_or(kMost));
      if (from > to) {
        dosing.dropped.push_back({wish.rule, wish.field});
        continue;
      }
      if (from != low || to != high) shaping.insert(wish.rule);
      low = from, high = to;
    }
    dosing.dose[field] = std::clamp(range.usual, low, high);
  }
  dosing.blocking_rules.assign(blocking.begin(), blocking.end());
  dosing.shaping_rules.assign(shaping.begin(), shaping.end());
  return dosing;
}

}  // namespace myokine
