#include "engine/recommend/dosing.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "absl/container/inlined_vector.h"

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

using Numbers = absl::InlinedVector<int, 16>;

// In their order, each once.
std::vector<int> Sorted(Numbers numbers) {
  std::sort(numbers.begin(), numbers.end());
  return {numbers.begin(), std::unique(numbers.begin(), numbers.end())};
}

}  // namespace

bool MoreCautious(const DoseDemand& a, const DoseDemand& b) { return CautionOrder(a) < CautionOrder(b); }

Dosing ChooseDose(const AllowedRanges& allowed, absl::Span<const DoseDemand> limits,
                  absl::Span<const DoseDemand> wishes) {
  absl::InlinedVector<DoseDemand, 16> prescriptions(wishes.begin(), wishes.end());
  Dosing dosing;
  Numbers blocking, shaping;
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
        shaping.push_back(limit.rule);
      low = std::max(low, limit.at_least.value_or(kLeast));
      high = std::min(high, limit.at_most.value_or(kMost));
    }
    if (low > high) {
      dosing.admissible = false;
      // Those that alone leave nothing of the candidate, or else all that narrowed this field.
      Numbers alone, together;
      for (const DoseDemand& limit : limits) {
        if (static_cast<size_t>(limit.field) != field) continue;
        const int from = limit.at_least.value_or(kLeast), to = limit.at_most.value_or(kMost);
        if (from > range.maximum || to < range.minimum || from > to) alone.push_back(limit.rule);
        if (from > range.minimum || to < range.maximum) together.push_back(limit.rule);
      }
      const Numbers& guilty = alone.empty() ? together : alone;
      blocking.insert(blocking.end(), guilty.begin(), guilty.end());
      continue;
    }
    for (const DoseDemand& wish : prescriptions) {
      if (static_cast<size_t>(wish.field) != field) continue;
      const int from = std::max(low, wish.at_least.value_or(kLeast)), to = std::min(high, wish.at_most.value_or(kMost));
      if (from > to) {
        dosing.dropped.push_back({wish.rule, wish.field});
        continue;
      }
      if (from != low || to != high) shaping.push_back(wish.rule);
      low = from, high = to;
    }
    dosing.dose[field] = std::clamp(range.usual, low, high);
  }
  dosing.blocking_rules = Sorted(std::move(blocking));
  dosing.shaping_rules = Sorted(std::move(shaping));
  return dosing;
}

}  // namespace myokine
