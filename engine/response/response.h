// What a bout of exercise, and weeks of it, do to a myokine: the forms of the model; its numbers stand in the pack.
#ifndef MYOKINE_ENGINE_RESPONSE_RESPONSE_H_
#define MYOKINE_ENGINE_RESPONSE_RESPONSE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "engine/pack/loaded_pack.h"
#include "myokine/v1/myokine.pb.h"

namespace myokine {

// A bout of exercise.
struct Bout {
  std::string_view modality;  // id of the vocabulary `modality`
  double minutes = 0;         // of the session, >= 0
  double percent_vo2max = 0;  // intensity, 0 to 100
  double muscle_mass = 0;     // active muscle relative to running, 0 to 1.2
};

// An expected value and the range that holds 80 % of people.
struct Estimate {
  double expected = 1;
  double low = 1;
  double high = 1;
};

// Weeks over which a change of the resting value is projected.
inline constexpr double kProjectionWeeks = 12;

// The response of `model` for a kind of training; null when the model has none.
const v1::AcuteResponse* FindAcute(const v1::MyokineModel& model, std::string_view modality);
const v1::ChronicResponse* FindChronic(const v1::MyokineModel& model, std::string_view modality);

// Peak after a bout as a multiple of the resting value, always > 0. `factors` holds the factor of each modifier of the
// response, in order. Without work (no minutes, no intensity or no muscle) it is exactly 1, whatever else is said. The
// interval spans the rise divided and multiplied by the spread, widened by the noise; it always contains the expected
// value.
Estimate EstimateAcute(const v1::AcuteResponse& response, const Bout& bout, absl::Span<const double> factors);

// Change of the resting value after `weeks` of `sessions_per_week`, percent; 0 without training.
Estimate EstimateChronic(const v1::ChronicResponse& response, double sessions_per_week, double weeks);

// Percent of VO2max at an effort on the CR10 scale, 0 to 10.
double PercentVo2max(const v1::IntensityScale& scale, double rpe);

// Adds an issue for everything in the models that is no model: broken curves, two responses for one modality, an
// interval that does not hold its value, a number beside `no_number`.
void CheckResponses(const v1::RulePack& pack, const SourceMap& sources, Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RESPONSE_RESPONSE_H_
