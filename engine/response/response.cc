#include "engine/response/response.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "absl/strings/str_cat.h"
#include "engine/response/curve.h"

namespace myokine {
namespace {

// A myokine that falls never falls below this multiple of the resting value.
constexpr double kLeastFold = 0.05;

template <typename Responses>
auto FindResponse(const Responses& responses, std::string_view modality) -> decltype(&responses.Get(0)) {
  for (const auto& response : responses) {
    if (std::find(response.modalities().begin(), response.modalities().end(), modality) != response.modalities().end())
      return &response;
  }
  return nullptr;
}

double Fold(double rise, bool falls) { return std::max(kLeastFold, falls ? 1 - rise : 1 + rise); }

}  // namespace

const v1::AcuteResponse* FindAcute(const v1::MyokineModel& model, std::string_view modality) {
  return FindResponse(model.acute(), modality);
}
const v1::ChronicResponse* FindChronic(const v1::MyokineModel& model, std::string_view modality) {
  return FindResponse(model.chronic(), modality);
}

Estimate EstimateAcute(const v1::AcuteResponse& response, const Bout& bout, absl::Span<const double> factors) {
  if (bout.minutes <= 0 || bout.percent_vo2max <= 0 || bout.muscle_mass <= 0) return {};
  double rise = std::abs(response.amplitude());
  if (response.has_minutes()) rise *= At(response.minutes(), bout.minutes);
  if (response.has_intensity()) rise *= At(response.intensity(), bout.percent_vo2max);
  if (response.has_muscle_mass()) rise *= At(response.muscle_mass(), bout.muscle_mass);
  for (double factor : factors) rise *= factor;
  rise = std::max(0.0, rise - response.threshold());
  if (response.has_ceiling()) rise = std::min(rise, At(response.ceiling(), bout.percent_vo2max));
  const bool falls = response.amplitude() < 0;
  const double spread = std::max(1.0, response.spread());
  const double a = Fold(rise / spread, falls), b = Fold(rise * spread, falls);
  return {Fold(rise, falls), std::max(kLeastFold, std::min(a, b) - response.noise()),
          std::max(a, b) + response.noise()};
}

Estimate EstimateChronic(const v1::ChronicResponse& response, double sessions_per_week, double weeks) {
  if (sessions_per_week <= 0 || weeks <= 0) return {0, 0, 0};
  const double share = At(response.weeks(), weeks) * At(response.sessions_per_week(), sessions_per_week);
  const double expected = response.percent() * share;
  const double a = response.percent_low() * share, b = response.percent_high() * share;
  return {expected, std::min({expected, a, b}), std::max({expected, a, b})};
}

double PercentVo2max(const v1::IntensityScale& scale, double rpe) {
  return scale.has_percent_vo2max() ? At(scale.percent_vo2max(), rpe) : 0;
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
  if (pack.has_intensity_scale()) CheckCurve(pack.intensity_scale().percent_vo2max(), sources, issues);
  for (const v1::MyokineModel& model : pack.myokines()) {
    once(model.acute());
    once(model.chronic());
    if (model.has_no_number() && model.acute_size() > 0)
      complain(model.acute(0), "number-without-data", "a myokine with `no_number` has no acute response");
    for (const v1::AcuteResponse& response : model.acute()) {
      for (const auto& [has, curve] : {std::pair{response.has_minutes(), &response.minutes()},
                                       std::pair{response.has_intensity(), &response.intensity()},
                                       std::pair{response.has_muscle_mass(), &response.muscle_mass()},
                                       std::pair{response.has_ceiling(), &response.ceiling()}}) {
        if (has) CheckCurve(*curve, sources, issues);
      }
      for (const v1::Modifier& modifier : response.modifiers()) CheckCurve(modifier.factor(), sources, issues);
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
