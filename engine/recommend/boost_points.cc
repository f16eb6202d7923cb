#include "engine/recommend/boost_points.h"

#include <algorithm>
#include <cmath>

namespace myokine {

Weights WeightsOf(const v1::RecommendOptions& options, const v1::UserState& user) {
  Weights weights;
  for (const v1::AxisWeight& weight : options.axis_weights())
    weights.axes[weight.axis()] = weight.has_weight_permille() ? weight.weight_permille() : 1000;
  for (const v1::Goal& goal : user.profile().goals().items()) {
    int32_t& held = weights.goals.try_emplace(goal.id(), 0).first->second;
    held = std::max(held, goal.has_weight_permille() ? goal.weight_permille() : 1000);
  }
  return weights;
}

void BoostPoints::Begin(const Ruleset& ruleset, const Activation& activation, const Weights& weights) {
  ruleset_ = &ruleset;
  activation_ = activation;
  estimates_ = false;
  goals_.clear();
  axes_.fill(1000);
  for (const auto& [axis, permille] : weights.axes) axes_[static_cast<size_t>(axis)] = permille;
  for (const std::string& goal : ruleset.goals()) {
    const auto weight = weights.goals.find(goal);
    goals_.push_back(weight == weights.goals.end() ? 0 : weight->second);
  }
}

std::optional<int64_t> BoostPoints::MilliOf(const CompiledEffect& boost, size_t candidate, const ChosenDose& dose,
                                            Value& why) const {
  if (!boost.milli_at_load.empty()) {
    const int32_t milli = boost.milli_at_load[boost.milli_at_load.size() == 1 ? 0 : candidate];
    if (milli != CompiledEffect::kNoMilli) return milli;
  }
  if (!boost.milli_by_dose.empty()) {
    const size_t field = static_cast<size_t>(boost.points_dose_field);
    const int from = static_cast<int>(DoseFields()[field].facts.minimum());
    if (dose[field] && *dose[field] >= from) {
      const size_t at = static_cast<size_t>(*dose[field] - from);
      if (at < boost.milli_by_dose.size() && boost.milli_by_dose[at] != CompiledEffect::kNoMilli)
        return boost.milli_by_dose[at];
    }
  }
  static const FactSet kNoFacts;
  Activation activation = activation_;
  Value fields[kDoseFields + 1];
  if (boost.points->Reads(Frame::kDose)) {
    for (size_t i = 0; i < kDoseFields; ++i) fields[i] = dose[i] ? Value(int64_t{*dose[i]}) : Value(Unknown{&kNoFacts});
    fields[kDoseFields] = true;
    activation.frames[static_cast<size_t>(Frame::kDose)] = fields;
  }
  activation.frames[static_cast<size_t>(Frame::kCandidate)] = ruleset_->candidates()[candidate].frame;
  why = boost.points->Evaluate(activation);
  if (const auto* whole = std::get_if<int64_t>(&why)) return boost.MilliOf(static_cast<double>(*whole));
  if (const auto* real = std::get_if<double>(&why)) {
    if (!std::isnan(*real)) return boost.MilliOf(*real);
    why = Error{"not a finite number"};
  }
  return std::nullopt;
}

int32_t BoostPoints::ResponsePermille(const CompiledEffect& boost, size_t candidate, const ChosenDose& dose) const {
  const AcuteModel* model = boost.by_response->ModelOf(candidate);
  if (model == nullptr) return 0;
  if (!estimates_) estimator_.Begin(*ruleset_, activation_);
  estimates_ = true;
  const int64_t factor = std::llround(std::clamp(estimator_.FactorOf(*model), 0.0, 10.0) * 1000);
  return static_cast<int32_t>(std::min<int64_t>(1000, boost.by_response->PermilleAt(candidate, dose) * factor / 1000));
}

}  // namespace myokine
