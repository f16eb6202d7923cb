// The doses of all candidates for one person, field by field, as far as a ranking needs them.
#ifndef MYOKINE_ENGINE_RECOMMEND_DOSE_COLUMNS_H_
#define MYOKINE_ENGINE_RECOMMEND_DOSE_COLUMNS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/recommend/dosing.h"
#include "engine/ruleset/bits.h"
#include "engine/ruleset/dose_ranges.h"

namespace myokine {

// A demand on the doses of some candidates.
struct SharedDemand {
  DoseDemand demand;
  const std::vector<uint32_t>* candidates = nullptr;
};

// Gives the numbers that ChooseDose gives, for many candidates at a time. Used again, it does not allocate.
class DoseColumns {
 public:
  // Begins with the doses that the candidates have by themselves.
  void Begin(const DoseRanges& ranges);

  void Limit(const DoseDemand& limit, absl::Span<const uint32_t> candidates);
  void Prescribe(const DoseDemand& prescription, const std::vector<uint32_t>& candidates);

  // Adds the candidates whose limits leave nothing.
  void AddInadmissible(Bits& candidates) const;

  // After all limits and prescriptions: the chosen values of a field, by candidate; meaningless for candidates that are
  // not admissible or lack the field.
  const std::vector<int>& Chosen(size_t field);

 private:
  struct Column {
    bool limited = false;
    bool chosen = false;
    std::vector<int> low, high;  // set once `limited`
    std::vector<SharedDemand> prescriptions;
    std::vector<int> from, to, value;  // set once `chosen`
  };

  const DoseRanges* ranges_ = nullptr;
  std::array<Column, kDoseFields> columns_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_DOSE_COLUMNS_H_
