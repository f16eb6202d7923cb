#include "engine/response/response.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

// Decay over the time of return: 5 % of the rise are left at its end.
constexpr double kDecay = 3;

double Fold(double rise, bool falls) { return std::max(kLeastFold, falls ? 1 - rise : 1 + rise); }

// Lets a response grow out of no work at all without a jump: whole from one minute, 10 % of VO2max and a tenth of the
// muscle on.
double Onset(const Bout& bout) {
  return std::min(1.0, bout.minutes) * std::min(1.0, bout.percent_vo2max / 10) * std::min(1.0, bout.muscle_mass / 0.1);
}

// The curves of a response with their names.
std::vector<std::pair<const char*, const v1::Curve*>> CurvesOf(const v1::AcuteResponse& response) {
  std::vector<std::pair<const char*, const v1::Curve*>> curves;
  auto add = [&](bool has, const char* name, const v1::Curve& curve) {
    if (has) curves.emplace_back(name, &curve);
  };
  add(response.has_minutes(), "minutes", response.minutes());
  add(response.has_intensity(), "intensity", response.intensity());
  add(response.has_muscle_mass(), "muscle_mass", response.muscle_mass());
  add(response.has_ceiling(), "ceiling", response.ceiling());
  add(response.has_eccentric(), "eccentric", response.eccentric());
  add(response.has_carbohydrate(), "carbohydrate", response.carbohydrate());
  add(response.has_work_share(), "work_share", response.work_share());
  add(response.has_eccentric_delay(), "eccentric_delay", response.eccentric_delay());
  add(response.has_long_session_delay(), "long_session_delay", response.long_session_delay());
  return curves;
}

}  // namespace

AcuteModel::AcuteModel(const v1::AcuteResponse& response, size_t number)
    : response_(&response),
      number_(number),
      amplitude_(std::abs(response.amplitude())),
      threshold_(response.threshold()),
      spread_(std::max(1.0, response.spread())),
      noise_(response.noise()),
      has_ceiling_(response.has_ceiling()),
      minutes_(response.minutes()),
      intensity_(response.intensity()),
      muscle_mass_(response.muscle_mass()),
      eccentric_(response.eccentric()),
      carbohydrate_(response.carbohydrate()),
      work_share_(response.work_share()),
      ceiling_(response.ceiling()),
      eccentric_delay_(response.eccentric_delay()),
      long_session_delay_(response.long_session_delay()) {
  for (const v1::Modifier& modifier : response.modifiers()) modifiers_.emplace_back(modifier.factor());
}

Estimate AcuteModel::Peak(const Bout& bout, double factor) const {
  if (bout.minutes <= 0 || bout.percent_vo2max <= 0 || bout.muscle_mass <= 0) return {};
  const double onset = Onset(bout);
  double rise = amplitude_ * factor * onset;
  rise *= minutes_.At(bout.minutes) * intensity_.At(bout.percent_vo2max) * muscle_mass_.At(bout.muscle_mass);
  rise *= eccentric_.At(bout.eccentric_share) * carbohydrate_.At(bout.carbohydrate) * work_share_.At(bout.work_share);
  rise = std::max(0.0, rise - threshold_);
  if (has_ceiling_) rise = std::min(rise, ceiling_.At(bout.percent_vo2max));
  const double a = Fold(rise / spread_, falls()), b = Fold(rise * spread_, falls()), noise = noise_ * onset;
  return {Fold(rise, falls()), std::max(kLeastFold, std::min(a, b) - noise), std::max(a, b) + noise};
}

double AcuteModel::Highest(const Bout& bout) const {
  return has_ceiling_ ? ceiling_.At(bout.percent_vo2max) : std::numeric_limits<double>::infinity();
}

double AcuteModel::PeakMinutes(const Bout& bout) const {
  return response_->peak_minutes() + (response_->has_eccentric_delay() ? eccentric_delay_.At(bout.eccentric_share) : 0);
}

double AcuteModel::ReturnMinutes(const Bout& bout) const {
  return std::max(PeakMinutes(bout),
                  response_->return_minutes() +
                      (response_->has_eccentric_delay() ? eccentric_delay_.At(bout.eccentric_share) : 0) +
                      (response_->has_long_session_delay() ? long_session_delay_.At(bout.minutes) : 0));
}

double AcuteModel::Course(const Bout& bout, double peak, double minute) const {
  if (minute <= -bout.minutes || bout.minutes <= 0) return 1;
  const double peak_at = PeakMinutes(bout);
  if (minute <= peak_at) return 1 + (peak - 1) * (minute + bout.minutes) / (peak_at + bout.minutes);
  const double length = ReturnMinutes(bout) - peak_at;
  return length <= 0 ? 1 : 1 + (peak - 1) * std::exp(-kDecay * (minute - peak_at) / length);
}

ChronicModel::ChronicModel(const v1::ChronicResponse& response)
    : response_(&response), weeks_(response.weeks()), sessions_per_week_(response.sessions_per_week()) {}

Estimate ChronicModel::Change(double sessions_per_week, double weeks) const {
  if (sessions_per_week <= 0 || weeks <= 0) return {0, 0, 0};
  const double share = weeks_.At(weeks) * sessions_per_week_.At(sessions_per_week);
  const double expected = response_->percent() * share;
  const double a = response_->percent_low() * share, b = response_->percent_high() * share;
  return {expected, std::min({expected, a, b}), std::max({expected, a, b})};
}

ResponseModels::ResponseModels(const v1::RulePack& pack)
    : has_scale_(pack.bout_model().has_percent_vo2max()), percent_vo2max_(pack.bout_model().percent_vo2max()) {
  const size_t count = static_cast<size_t>(pack.myokines_size());
  none_.resize(count);
  for (size_t i = 0; i < count; ++i) {
    const v1::MyokineModel& model = pack.myokines(static_cast<int>(i));
    auto of = [&](const std::string& modality) -> Pair& {
      return by_modality_.try_emplace(modality, count).first->second[i];
    };
    for (const v1::AcuteResponse& response : model.acute()) {
      acute_.push_back(std::make_unique<const AcuteModel>(response, acute_.size()));
      for (const std::string& modality : response.modalities()) of(modality).acute = acute_.back().get();
    }
    for (const v1::ChronicResponse& response : model.chronic()) {
      chronic_.push_back(std::make_unique<const ChronicModel>(response));
      for (const std::string& modality : response.modalities()) of(modality).chronic = chronic_.back().get();
    }
  }
}

absl::Span<const ResponseModels::Pair> ResponseModels::For(std::string_view modality) const {
  const auto found = by_modality_.find(modality);
  return found == by_modality_.end() ? none_ : found->second;
}

void CheckResponses(const v1::RulePack& pack, const SourceMap& sources, Issues& issues) {
  auto complain = [&](const google::protobuf::Message& at, std::string code, std::string message) {
    const Location place = sources.Find(&at);
    issues.Add({place, std::move(code), std::move(message), "", sources.Line(place.file, place.line)});
  };
  auto once = [&](const auto& responses) {
    std::set<std::string> seen;
    for (const auto& response : responses) {
      for (const std::string& modality : response.modalities()) {
        if (!seen.insert(modality).second)
          complain(response, "duplicate-response", absl::StrCat("a second response for `", modality, "`"));
      }
    }
  };
  // That a curve rises can be seen only of one that is a curve.
  auto check_rise = [&](const char* flag, std::string_view curve_name, const v1::Curve& curve) {
    if (!ResponseCurve(curve).Rises())
      complain(curve, "falls",
               absl::StrCat("`", flag, "` is declared, and the curve `", std::string(curve_name), "` falls"));
  };
  if (pack.has_bout_model()) CheckCurve(pack.bout_model().percent_vo2max(), sources, issues);
  for (const v1::MyokineModel& model : pack.myokines()) {
    once(model.acute());
    once(model.chronic());
    if (model.has_no_number() && model.acute_size() > 0)
      complain(model.acute(0), "number-without-data", "a myokine with `no_number` has no acute response");
    for (const v1::AcuteResponse& response : model.acute()) {
      const size_t before = issues.list().size();
      for (const auto& [name, curve] : CurvesOf(response)) CheckCurve(*curve, sources, issues);
      for (const v1::Modifier& modifier : response.modifiers()) CheckCurve(modifier.factor(), sources, issues);
      if (issues.list().size() > before) continue;
      if (response.rises_with_minutes()) check_rise("rises_with_minutes", "minutes", response.minutes());
      if (response.rises_with_intensity()) {
        check_rise("rises_with_intensity", "intensity", response.intensity());
        check_rise("rises_with_intensity", "ceiling", response.ceiling());
      }
    }
    for (const v1::ChronicResponse& response : model.chronic()) {
      CheckCurve(response.weeks(), sources, issues);
      CheckCurve(response.sessions_per_week(), sources, issues);
      if (response.percent() < response.percent_low() || response.percent() > response.percent_high()) {
        complain(response, "bad-interval", "`percent` must lie between `percent_low` and `percent_high`");
      }
    }
  }
}

}  // namespace myokine
