// What the doses of all candidates may be, field by field.
#ifndef MYOKINE_ENGINE_RULESET_DOSE_RANGES_H_
#define MYOKINE_ENGINE_RULESET_DOSE_RANGES_H_

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/ruleset/candidate.h"

namespace myokine {

// One field of the dose of all candidates.
struct DoseRange {
  std::vector<int> low, usual, high;  // by candidate; a candidate that lacks the field has all numbers
  std::vector<uint32_t> having;       // candidates that have the field, rising
};

// By field of DoseFields(). Immutable; threads may share it.
class DoseRanges {
 public:
  DoseRanges() = default;
  explicit DoseRanges(const std::vector<Candidate>& candidates) {
    for (size_t field = 0; field < kDoseFields; ++field) {
      DoseRange& range = ranges_[field];
      for (uint32_t c = 0; c < candidates.size(); ++c) {
        const std::optional<AllowedRange>& allowed = candidates[c].allowed[field];
        range.low.push_back(allowed ? allowed->minimum : std::numeric_limits<int>::min());
        range.usual.push_back(allowed ? allowed->usual : 0);
        range.high.push_back(allowed ? allowed->maximum : std::numeric_limits<int>::max());
        if (allowed) range.having.push_back(c);
      }
    }
  }
  const DoseRange& operator[](size_t field) const { return ranges_[field]; }

 private:
  std::array<DoseRange, kDoseFields> ranges_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_DOSE_RANGES_H_
