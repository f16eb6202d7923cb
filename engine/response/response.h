// What a bout of exercise, and weeks of it, do to a myokine: the forms of the model; its numbers stand in the pack.
#ifndef MYOKINE_ENGINE_RESPONSE_RESPONSE_H_
#define MYOKINE_ENGINE_RESPONSE_RESPONSE_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "engine/pack/loaded_pack.h"
#include "engine/response/curve.h"
#include "myokine/v1/myokine.pb.h"

namespace myokine {

// A bout of exercise.
struct Bout {
  double minutes = 0;          // of the session, >= 0
  double percent_vo2max = 0;   // intensity, 0 to 100; of intervals that of the work
  double muscle_mass = 0;      // active muscle relative to running, 0 to 1.2
  double eccentric_share = 0;  // of lengthening work, 0 to 1
  double carbohydrate = 0;     // -1 fasted or short of glycogen, 0 as usual, 1 taken during the work
  double work_share = 1;       // of the session that is work, 0 to 1; 1 in continuous work
};

// An expected value and the range that holds 80 % of people.
struct Estimate {
  double expected = 1;
  double low = 1;
  double high = 1;
};

// A myokine that falls never falls below this multiple of the resting value.
inline constexpr double kLeastFold = 0.05;

// Weeks over which a change of the resting value is projected.
inline constexpr double kProjectionWeeks = 12;

// What a bout does to one myokine. Immutable; points into the pack.
class AcuteModel {
 public:
  // `number` counts the acute models of a pack.
  AcuteModel(const v1::AcuteResponse& response, size_t number);

  // Peak as a multiple of the resting value, always > 0. `factor` is the product of the modifiers for a person. Without
  // work (no minutes, no intensity or no muscle) it is exactly 1, whatever else is said, and it grows out of that
  // without a jump. The interval spans the rise divided and multiplied by the spread, widened by the noise; it always
  // contains the expected value.
  Estimate Peak(const Bout& bout, double factor) const;

  // Minutes from the end of the bout to the peak, and until about back at rest (5 % of the rise are left).
  double PeakMinutes(const Bout& bout) const;
  double ReturnMinutes(const Bout& bout) const;

  // The largest rise that a bout of this intensity can have; without a ceiling there is none.
  double Highest(const Bout& bout) const;

  // The expected multiple of the resting value `minute` minutes after the end of the bout, when `peak` is the peak:
  // grows evenly from the begin of the bout to the peak, and falls off exponentially from there.
  double Course(const Bout& bout, double peak, double minute) const;

  const v1::AcuteResponse& response() const { return *response_; }
  size_t number() const { return number_; }
  // Factor of a modifier, in their order, at a value of what it is of.
  double ModifierAt(int modifier, double value) const { return modifiers_[static_cast<size_t>(modifier)].At(value); }
  bool falls() const { return response_->amplitude() < 0; }

 private:
  const v1::AcuteResponse* response_;
  size_t number_;
  double amplitude_, threshold_, spread_, noise_;
  bool has_ceiling_;
  ResponseCurve minutes_, intensity_, muscle_mass_, eccentric_, carbohydrate_, work_share_, ceiling_;
  ResponseCurve eccentric_delay_, long_session_delay_;
  std::vector<ResponseCurve> modifiers_;
};

// What weeks of training do to the resting value of one myokine.
class ChronicModel {
 public:
  explicit ChronicModel(const v1::ChronicResponse& response);

  // Change of the resting value after `weeks` of `sessions_per_week`, percent; 0 without training.
  Estimate Change(double sessions_per_week, double weeks) const;

  const v1::ChronicResponse& response() const { return *response_; }

 private:
  const v1::ChronicResponse* response_;
  ResponseCurve weeks_, sessions_per_week_;
};

// All models of a pack, which must outlive them. Immutable; threads may share it.
class ResponseModels {
 public:
  // Those of one myokine that a kind of training moves; either may be null.
  struct Pair {
    const AcuteModel* acute = nullptr;
    const ChronicModel* chronic = nullptr;
  };

  ResponseModels() = default;
  explicit ResponseModels(const v1::RulePack& pack);
  ResponseModels(ResponseModels&&) = default;
  ResponseModels& operator=(ResponseModels&&) = default;

  // One per myokine, in the order of the pack.
  absl::Span<const Pair> For(std::string_view modality) const;
  const std::vector<std::unique_ptr<const AcuteModel>>& acute() const { return acute_; }
  // Percent of VO2max at an effort on the CR10 scale, 0 to 10; 0 when the pack does not say.
  double PercentVo2max(double rpe) const { return has_scale_ ? percent_vo2max_.At(rpe) : 0; }

 private:
  std::vector<std::unique_ptr<const AcuteModel>> acute_;
  std::vector<std::unique_ptr<const ChronicModel>> chronic_;
  std::map<std::string, std::vector<Pair>, std::less<>> by_modality_;
  std::vector<Pair> none_;
  bool has_scale_ = false;
  ResponseCurve percent_vo2max_;
};

// Adds an issue for everything in the models that is no model: broken curves, two responses for one modality, an
// interval that does not hold its value, a number beside `no_number`, a rise that is declared and not there.
void CheckResponses(const v1::RulePack& pack, const SourceMap& sources, Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RESPONSE_RESPONSE_H_
