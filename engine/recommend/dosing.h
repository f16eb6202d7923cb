// Chooses a dose: from the candidate's own into the limits, then into the prescriptions.
#ifndef MYOKINE_ENGINE_RECOMMEND_DOSING_H_
#define MYOKINE_ENGINE_RECOMMEND_DOSING_H_

#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "engine/ruleset/dose_fields.h"

namespace myokine {

// A bound that a rule sets on one field of the dose.
struct DoseDemand {
  int rule = 0;   // index of the rule
  int field = 0;  // index into DoseFields()
  std::optional<int> at_least;
  std::optional<int> at_most;
};

// A prescription that was not met.
struct DroppedDemand {
  int rule = 0;
  int field = 0;
};

// What came of it.
struct Dosing {
  bool admissible = true;
  ChosenDose dose;
  std::vector<int> blocking_rules;     // not admissible: rules whose limits leave nothing; sorted, distinct
  std::vector<int> shaping_rules;      // rules whose limit or prescription narrowed a field; sorted, distinct
  std::vector<DroppedDemand> dropped;  // prescriptions that gave way
};

// The order in which prescriptions of one field narrow a dose: the more cautious first, ties by rule.
bool MoreCautious(const DoseDemand& a, const DoseDemand& b);

// For each field that the candidate has: the range of the candidate is narrowed by all `limits`; when nothing is left
// the candidate is not admissible. Then the `prescriptions` narrow it further, the most cautious first; one that would
// leave nothing is dropped. The dose is the usual one of the candidate, moved into what is left. Demands on fields that
// the candidate lacks are ignored. The result does not depend on the order of the demands. Into a `dosing` that is used
// again nothing is allocated; the prescriptions are sorted.
void ChooseDose(const AllowedRanges& allowed, absl::Span<const DoseDemand> limits, absl::Span<DoseDemand> prescriptions,
                Dosing& dosing);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_DOSING_H_
