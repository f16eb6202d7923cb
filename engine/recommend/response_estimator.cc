#include "engine/recommend/response_estimator.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace myokine {
namespace {

// Points of a drawn course, beside the begin, the end and the peak.
constexpr int kCourseSteps = 24;

double Rounded(double x) { return std::round(x * 1000) / 1000; }

// The value of an expression as a finite number; nothing when it is not known.
std::optional<double> NumberOf(const Expression* expression, const Activation& activation) {
  if (expression == nullptr) return std::nullopt;
  const Value value = expression->Evaluate(activation);
  if (const auto* d = std::get_if<double>(&value); d != nullptr && std::isfinite(*d)) return *d;
  if (const auto* n = std::get_if<int64_t>(&value)) return static_cast<double>(*n);
  return std::nullopt;
}

// Adds the references that are not there yet.
void AddReferences(const v1::GradedEvidence& evidence, v1::MyokineResponse& out) {
  for (const std::string& key : evidence.references()) {
    const auto& there = out.references();
    if (std::find(there.begin(), there.end(), key) == there.end()) out.add_references(key);
  }
}

void Draw(const AcuteModel& model, const Bout& bout, double peak, v1::MyokineResponse& out) {
  const double end = model.ReturnMinutes(bout);
  std::set<double> minutes = {-bout.minutes, 0, model.PeakMinutes(bout), end};
  for (int i = 1; i < kCourseSteps; ++i) minutes.insert(-bout.minutes + (end + bout.minutes) * i / kCourseSteps);
  for (const double minute : minutes) {
    v1::CoursePoint& point = *out.add_course();
    point.set_minute(Rounded(minute));
    point.set_fold(Rounded(model.Course(bout, peak, minute)));
  }
}

}  // namespace

ResponseEstimator::ResponseEstimator(const Ruleset& ruleset, const Activation& activation) : ruleset_(ruleset) {
  for (const auto& model : ruleset.responses().acute()) {
    Factor& factor = factors_.emplace_back();
    const auto& modifiers = ruleset.ModifiersOf(*model);
    for (size_t i = 0; i < modifiers.size(); ++i) {
      if (const std::optional<double> value = NumberOf(modifiers[i].get(), activation)) {
        factor.product *= model->ModifierAt(static_cast<int>(i), *value);
      } else {
        factor.unknown.push_back(model->response().modifiers(static_cast<int>(i)).id());
      }
    }
  }
  carbohydrate_ = std::clamp(NumberOf(ruleset.carbohydrate(), activation).value_or(0), -1.0, 0.0);
  highest_mets_ =
      NumberOf(ruleset.highest_mets(), activation).value_or(ruleset.pack().bout_model().usual_highest_mets());
}

double ResponseEstimator::PercentOfMets(double mets) const {
  // The reserve above rest, as intensity is reckoned in percent of the reserve of oxygen uptake.
  return highest_mets_ <= 1 ? 0 : std::clamp(100 * (mets - 1) / (highest_mets_ - 1), 0.0, 100.0);
}

std::optional<Bout> ResponseEstimator::BoutOf(const v1::Exercise& exercise, const ChosenDose& dose) const {
  std::optional<Bout> bout = myokine::BoutOf(exercise, dose, ruleset_.responses());
  if (bout) bout->carbohydrate = carbohydrate_;
  return bout;
}

std::vector<v1::MyokineResponse> ResponseEstimator::Responses(std::string_view modality,
                                                              const std::optional<Bout>& bout,
                                                              std::optional<double> sessions_per_week,
                                                              bool courses) const {
  std::vector<v1::MyokineResponse> responses;
  const absl::Span<const ResponseModels::Pair> models = ruleset_.responses().For(modality);
  for (size_t i = 0; i < models.size(); ++i) {
    const v1::MyokineModel& myokine = ruleset_.pack().myokines(static_cast<int>(i));
    const auto& [acute, chronic] = models[i];
    if (acute == nullptr && chronic == nullptr && !myokine.has_no_number()) continue;
    v1::MyokineResponse& out = responses.emplace_back();
    out.set_myokine(myokine.id());
    if (acute != nullptr && bout) {
      const Estimate peak = Peak(*acute, *bout);
      Put(peak, *out.mutable_fold_change());
      out.set_peak_minutes(acute->PeakMinutes(*bout));
      out.set_return_minutes(acute->ReturnMinutes(*bout));
      out.set_grade(acute->response().evidence().grade());
      for (const std::string_view id : factors_[acute->number()].unknown) out.add_unknown_modifiers(std::string(id));
      AddReferences(acute->response().evidence(), out);
      if (courses) Draw(*acute, *bout, peak.expected, out);
    }
    if (chronic != nullptr && sessions_per_week) {
      Put(chronic->Change(*sessions_per_week, kProjectionWeeks), *out.mutable_twelve_week_percent());
      out.set_twelve_week_grade(chronic->response().evidence().grade());
      AddReferences(chronic->response().evidence(), out);
    }
  }
  return responses;
}

void Put(const Estimate& estimate, v1::Interval& interval) {
  interval.set_expected(Rounded(estimate.expected));
  interval.set_low(Rounded(estimate.low));
  interval.set_high(Rounded(estimate.high));
}

}  // namespace myokine
