#include "engine/recommend/response_estimator.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace myokine {
namespace {

// Points of a drawn course, beside the begin, the end and the peak.
constexpr int kCourseSteps = 24;

// The value of an expression as a finite number; nothing when it is not known.
std::optional<double> NumberOf(const Expression* expression, const Activation& activation) {
  if (expression == nullptr) return std::nullopt;
  const Value value = expression->Evaluate(activation);
  if (const auto* d = std::get_if<double>(&value); d != nullptr && std::isfinite(*d)) return *d;
  if (const auto* n = std::get_if<int64_t>(&value)) return static_cast<double>(*n);
  return std::nullopt;
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

void ResponseEstimator::Begin(const Ruleset& ruleset, const Activation& activation) {
  ruleset_ = &ruleset;
  factors_.resize(ruleset.responses().acute().size());
  for (const auto& model : ruleset.responses().acute()) {
    Factor& factor = factors_[model->number()];
    factor.product = 1;
    factor.unknown.clear();
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
  std::optional<Bout> bout = myokine::BoutOf(exercise, dose, ruleset_->responses());
  if (bout) bout->carbohydrate = carbohydrate_;
  return bout;
}

ExpectedResponse ResponseEstimator::Expect(size_t myokine, const ResponseModels::Pair& models,
                                           const std::optional<Bout>& bout,
                                           std::optional<double> sessions_per_week) const {
  ExpectedResponse expected;
  expected.myokine = myokine;
  if (models.acute != nullptr && bout) {
    expected.acute = models.acute;
    expected.fold = Peak(*models.acute, *bout);
    expected.peak_minutes = models.acute->PeakMinutes(*bout);
    expected.return_minutes = models.acute->ReturnMinutes(*bout);
  }
  if (models.chronic != nullptr && sessions_per_week) {
    expected.chronic = models.chronic;
    expected.twelve_week_percent = models.chronic->Change(*sessions_per_week, kProjectionWeeks);
  }
  return expected;
}

v1::MyokineResponse ToProto(const Ruleset& ruleset, const ResponseEstimator& estimator,
                            const ExpectedResponse& expected, const std::optional<Bout>& drawn) {
  v1::MyokineResponse out;
  out.set_myokine(ruleset.pack().myokines(static_cast<int>(expected.myokine)).id());
  if (expected.acute != nullptr) {
    Put(expected.fold, *out.mutable_fold_change());
    out.set_peak_minutes(expected.peak_minutes);
    out.set_return_minutes(expected.return_minutes);
    out.set_grade(expected.acute->response().evidence().grade());
    for (const std::string_view id : estimator.UnknownModifiers(*expected.acute))
      out.add_unknown_modifiers(std::string(id));
    if (drawn) Draw(*expected.acute, *drawn, expected.fold.expected, out);
  }
  if (expected.chronic != nullptr) {
    Put(expected.twelve_week_percent, *out.mutable_twelve_week_percent());
    out.set_twelve_week_grade(expected.chronic->response().evidence().grade());
  }
  ForEachReference(expected, [&](const std::string& key) { out.add_references(key); });
  return out;
}

void Put(const Estimate& estimate, v1::Interval& interval) {
  interval.set_expected(Rounded(estimate.expected));
  interval.set_low(Rounded(estimate.low));
  interval.set_high(Rounded(estimate.high));
}

}  // namespace myokine
