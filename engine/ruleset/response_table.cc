#include "engine/ruleset/response_table.h"

#include <algorithm>
#include <cmath>

namespace myokine {
namespace {

// Indices of Dose's fields.
constexpr size_t kMinutes = v1::Dose::kMinutesFieldNumber - 1;
constexpr size_t kRpe = v1::Dose::kRpeFieldNumber - 1;
constexpr size_t kRounds = v1::Dose::kRoundsFieldNumber - 1;
constexpr size_t kWorkSeconds = v1::Dose::kWorkSecondsFieldNumber - 1;
constexpr size_t kRestSeconds = v1::Dose::kRestSecondsFieldNumber - 1;

int32_t PermilleOf(v1::Grade grade, const v1::RulePack& pack) {
  for (const v1::GradeCap& cap : pack.grade_caps()) {
    if (cap.grade() == grade) return cap.response_permille();
  }
  return 0;
}

}  // namespace

std::optional<Bout> BoutOf(const v1::Exercise& exercise, const ChosenDose& dose, const ResponseModels& models) {
  if (!dose[kMinutes] || !dose[kRpe]) return std::nullopt;
  Bout bout;
  bout.minutes = *dose[kMinutes];
  bout.percent_vo2max = models.PercentVo2max(*dose[kRpe]);
  bout.muscle_mass = exercise.muscle_mass();
  bout.eccentric_share = exercise.eccentric_share();
  if (dose[kRounds] && dose[kWorkSeconds] && *dose[kWorkSeconds] > 0) {
    const double work = *dose[kWorkSeconds];
    bout.work_share = work / (work + dose[kRestSeconds].value_or(0));
  }
  return bout;
}

ResponseTable::ResponseTable(const v1::RulePack& pack, const ResponseModels& models,
                             absl::Span<const Candidate> candidates, size_t myokine, double full_at) {
  for (const Candidate& candidate : candidates) {
    Row& row = rows_.emplace_back();
    if (candidate.exercise == nullptr || !candidate.allowed[kMinutes] || !candidate.allowed[kRpe]) continue;
    row.model = models.For(candidate.exercise->modality())[myokine].acute;
    if (row.model == nullptr) continue;
    row.minutes = *candidate.allowed[kMinutes];
    row.rpe = *candidate.allowed[kRpe];
    row.begin = permille_.size();
    ChosenDose dose;
    for (size_t i = 0; i < kDoseFields; ++i) {
      if (candidate.allowed[i]) dose[i] = candidate.allowed[i]->usual;
    }
    const int32_t weight = PermilleOf(row.model->response().evidence().grade(), pack);
    for (int rpe = row.rpe.minimum; rpe <= row.rpe.maximum; ++rpe) {
      dose[kRpe] = rpe;
      for (int step = 0; step < kMinuteSteps; ++step) {
        dose[kMinutes] = row.minutes.minimum + (row.minutes.maximum - row.minutes.minimum) * step / (kMinuteSteps - 1);
        const double fold = row.model->Peak(*BoutOf(*candidate.exercise, dose, models), 1).expected;
        const double share = std::clamp((fold - 1) / (full_at - 1), 0.0, 1.0);
        permille_.push_back(static_cast<int16_t>(std::lround(share * weight)));
      }
    }
  }
}

int32_t ResponseTable::PermilleAt(size_t candidate, const ChosenDose& dose) const {
  const Row& row = rows_[candidate];
  if (row.model == nullptr || !dose[kMinutes] || !dose[kRpe]) return 0;
  const int rpe = std::clamp(*dose[kRpe], row.rpe.minimum, row.rpe.maximum) - row.rpe.minimum;
  return permille_[row.begin + static_cast<size_t>(rpe * kMinuteSteps + MinuteStep(row.minutes, *dose[kMinutes]))];
}

int ResponseTable::MinuteStep(const AllowedRange& minutes, int chosen) {
  const int span = minutes.maximum - minutes.minimum;
  if (span == 0) return 0;
  const int above = std::clamp(chosen - minutes.minimum, 0, span);
  // The last step that is no longer than what was chosen.
  int step = above * (kMinuteSteps - 1) / span;
  if (step + 1 < kMinuteSteps && span * (step + 1) / (kMinuteSteps - 1) <= above) ++step;
  return step;
}

}  // namespace myokine
