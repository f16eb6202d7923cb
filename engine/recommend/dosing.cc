#include "engine/recommend/dosing.h"

#include <algorithm>
#include <limits>
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

// Puts them into their order, each once.
void Sort(std::vector<int>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

// Adds the rules to blame when the limits of a field leave nothing: those that alone leave nothing of the candidate, or
// else all that narrowed the field.
void AddBlocking(const AllowedRange& range, size_t field, absl::Span<const DoseDemand> limits,
                 std::vector<int>& blocking) {
  bool alone = false;
  for (const bool lone : {true, false}) {
    for (const DoseDemand& limit : limits) {
      if (static_cast<size_t>(limit.field) != field) continue;
      const int from = limit.at_least.value_or(kLeast), to = limit.at_most.value_or(kMost);
      if (lone ? from > range.maximum || to < range.minimum || from > to : from > range.minimum || to < range.maximum) {
        blocking.push_back(limit.rule);
        alone |= lone;
      }
    }
    if (alone) return;
  }
}

}  // namespace

bool MoreCautious(const DoseDemand& a, const DoseDemand& b) { return CautionOrder(a) < CautionOrder(b); }

void ChooseDose(const AllowedRanges& allowed, absl::Span<const DoseDemand> limits, absl::Span<DoseDemand> prescriptions,
                Dosing& dosing) {
  dosing.admissible = true;
  dosing.dose = {};
  dosing.blocking_rules.clear();
  dosing.shaping_rules.clear();
  dosing.dropped.clear();
  std::sort(prescriptions.begin(), prescriptions.end(), [](const DoseDemand& a, const DoseDemand& b) {
    return a.field != b.field ? a.field < b.field : MoreCautious(a, b);
  });
  for (size_t field = 0; field < kDoseFields; ++field) {
    if (!allowed[field]) continue;
    const AllowedRange& range = *allowed[field];
    int low = range.minimum, high = range.maximum;
    for (const DoseDemand& limit : limits) {
      if (static_cast<size_t>(limit.field) != field) continue;
      if (limit.at_least.value_or(kLeast) > range.minimum || limit.at_most.value_or(kMost) < range.maximum)
        dosing.shaping_rules.push_back(limit.rule);
      low = std::max(low, limit.at_least.value_or(kLeast));
      high = std::min(high, limit.at_most.value_or(kMost));
    }
    if (low > high) {
      dosing.admissible = false;
      AddBlocking(range, field, limits, dosing.blocking_rules);
      continue;
    }
    for (const DoseDemand& wish : prescriptions) {
      if (static_cast<size_t>(wish.field) != field) continue;
      const int from = std::max(low, wish.at_least.value_or(kLeast)), to = std::min(high, wish.at_most.value_or(kMost));
      if (from > to) {
        dosing.dropped.push_back({wish.rule, wish.field});
        continue;
      }
      if (from != low || to != high) dosing.shaping_rules.push_back(wish.rule);
      low = from, high = to;
    }
    dosing.dose[field] = std::clamp(range.usual, low, high);
  }
  Sort(dosing.blocking_rules);
  Sort(dosing.shaping_rules);
}

}  // namespace myokine
