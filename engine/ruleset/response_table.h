// How far the response to an exercise reaches a wanted one: integers made at load, for every candidate and step of its
// dose, so that responses enter a ranking without floating point.
#ifndef MYOKINE_ENGINE_RULESET_RESPONSE_TABLE_H_
#define MYOKINE_ENGINE_RULESET_RESPONSE_TABLE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "engine/response/response.h"
#include "engine/ruleset/candidate.h"

namespace myokine {

// An exercise in a dose as a bout, of a person who has eaten as usual; nothing when the dose has no time or no effort.
std::optional<Bout> BoutOf(const v1::Exercise& exercise, const ChosenDose& dose, const ResponseModels& models);

// One scale for all candidates. Immutable; threads may share it; points into `models`.
class ResponseTable {
 public:
  // Steps of the minutes of a candidate's dose: a dose between two counts as the shorter.
  static constexpr int kMinuteSteps = 8;

  // `myokine` counts the pack's. A share is discounted by the pack's per-mille weight of the response's grade.
  ResponseTable(const v1::RulePack& pack, const ResponseModels& models, absl::Span<const Candidate> candidates,
                size_t myokine, double full_at);

  // The share of the wanted rise (or fall) that is expected of a candidate in a dose, with everything as usual about
  // the person: 0 to 1000 thousandths, discounted by grade. 0 where there is no response.
  int32_t PermilleAt(size_t candidate, const ChosenDose& dose) const;

  // The model that moves the myokine for a candidate; null: none does.
  const AcuteModel* ModelOf(size_t candidate) const { return rows_[candidate].model; }

 private:
  // Shares of one candidate, by effort and, within one, by step of the minutes.
  struct Row {
    const AcuteModel* model = nullptr;
    AllowedRange minutes, rpe;
    size_t begin = 0;  // in permille_
  };

  static int MinuteStep(const AllowedRange& minutes, int chosen);

  std::vector<Row> rows_;
  std::vector<int16_t> permille_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_RESPONSE_TABLE_H_
