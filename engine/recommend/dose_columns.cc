#include "engine/recommend/dose_columns.h"

#include <algorithm>
#include <limits>

namespace myokine {
namespace {

int From(const DoseDemand& demand) { return demand.at_least.value_or(std::numeric_limits<int>::min()); }
int To(const DoseDemand& demand) { return demand.at_most.value_or(std::numeric_limits<int>::max()); }

}  // namespace

void DoseColumns::Begin(const DoseRanges& ranges) {
  ranges_ = &ranges;
  for (Column& column : columns_) {
    column.limited = column.chosen = false;
    column.prescriptions.clear();
  }
}

void DoseColumns::Limit(const DoseDemand& limit, absl::Span<const uint32_t> candidates) {
  const size_t field = static_cast<size_t>(limit.field);
  Column& column = columns_[field];
  if (!column.limited) {
    column.low = (*ranges_)[field].low;
    column.high = (*ranges_)[field].high;
    column.limited = true;
  }
  const int from = From(limit), to = To(limit);
  for (const uint32_t c : candidates) {
    column.low[c] = std::max(column.low[c], from);
    column.high[c] = std::min(column.high[c], to);
  }
}

void DoseColumns::Prescribe(const DoseDemand& prescription, const std::vector<uint32_t>& candidates) {
  columns_[static_cast<size_t>(prescription.field)].prescriptions.push_back({prescription, &candidates});
}

void DoseColumns::AddInadmissible(Bits& candidates) const {
  for (size_t field = 0; field < kDoseFields; ++field) {
    const Column& column = columns_[field];
    if (!column.limited) continue;
    for (const uint32_t c : (*ranges_)[field].having) {
      if (column.low[c] > column.high[c]) candidates.Add(c);
    }
  }
}

const std::vector<int>& DoseColumns::Chosen(size_t field) {
  Column& column = columns_[field];
  if (column.chosen) return column.value;
  column.chosen = true;
  const DoseRange& range = (*ranges_)[field];
  column.from = column.limited ? column.low : range.low;
  column.to = column.limited ? column.high : range.high;
  std::sort(column.prescriptions.begin(), column.prescriptions.end(),
            [](const SharedDemand& a, const SharedDemand& b) { return MoreCautious(a.demand, b.demand); });
  for (const SharedDemand& wish : column.prescriptions) {
    const int from = From(wish.demand), to = To(wish.demand);
    for (const uint32_t c : *wish.candidates) {
      const int low = std::max(column.from[c], from), high = std::min(column.to[c], to);
      if (low > high) continue;
      column.from[c] = low;
      column.to[c] = high;
    }
  }
  column.value.resize(range.usual.size());
  for (const uint32_t c : range.having) {
    column.value[c] = column.from[c] > column.to[c] ? 0 : std::clamp(range.usual[c], column.from[c], column.to[c]);
  }
  return column.value;
}

}  // namespace myokine
