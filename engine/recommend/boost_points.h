// The points of boosts for one person.
#ifndef MYOKINE_ENGINE_RECOMMEND_BOOST_POINTS_H_
#define MYOKINE_ENGINE_RECOMMEND_BOOST_POINTS_H_

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/recommend/response_estimator.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"
#include "myokine/v1/user_state.pb.h"

namespace myokine {

// How much axes and goals count, thousandths. What is not named counts 1000; a goal that is not held counts 0.
struct Weights {
  std::map<v1::Axis, int32_t> axes;
  std::map<std::string, int32_t> goals;
};

// What a request's options and the person's goals make of them.
Weights WeightsOf(const v1::RecommendOptions& options, const v1::UserState& user);

// Thousandths of a point, weighted by three per-mille weights and rounded half away from zero.
inline int32_t Weighted(int64_t milli, int32_t axis_permille, int32_t goal_permille, int32_t response_permille = 1000) {
  if (axis_permille == 1000 && goal_permille == 1000 && response_permille == 1000) return static_cast<int32_t>(milli);
  const int64_t product = milli * axis_permille * goal_permille * response_permille;
  constexpr int64_t kWhole = 1'000'000'000;
  return static_cast<int32_t>(product >= 0 ? (product + kWhole / 2) / kWhole : -((-product + kWhole / 2) / kWhole));
}

// Points into the ruleset, and into the frames and the arena of its activation.
class BoostPoints {
 public:
  // For a person with these weights.
  void Begin(const Ruleset& ruleset, const Activation& activation, const Weights& weights);

  // False when no candidate can gain or lose by the boost: nobody weights it.
  bool Counts(const CompiledEffect& boost) const { return AxisOf(boost) != 0 && GoalOf(boost) != 0; }

  // Thousandths of a point of a boost for a candidate in a dose, before weights; nothing, and `why`, when its points
  // are no number. The dose matters only in the fields that the boost reads.
  std::optional<int64_t> MilliOf(const CompiledEffect& boost, size_t candidate, const ChosenDose& dose,
                                 Value& why) const;

  // What counts of `milli` for a candidate in a dose.
  int32_t Weigh(const CompiledEffect& boost, int64_t milli, size_t candidate, const ChosenDose& dose) const {
    const int32_t response = boost.by_response == nullptr ? 1000 : ResponsePermille(boost, candidate, dose);
    return Weighted(milli, AxisOf(boost), GoalOf(boost), response);
  }
  int32_t Milli(const PlainEffect& boost) const {
    return Weighted(boost.milli, axes_[boost.axis], boost.goal < 0 ? 1000 : goals_[static_cast<size_t>(boost.goal)]);
  }

 private:
  int32_t AxisOf(const CompiledEffect& boost) const { return axes_[static_cast<size_t>(boost.axis())]; }
  int32_t GoalOf(const CompiledEffect& boost) const {
    return boost.goal < 0 ? 1000 : goals_[static_cast<size_t>(boost.goal)];
  }
  // How far the response that a boost counts by is expected of this person, 0 to 1000.
  int32_t ResponsePermille(const CompiledEffect& boost, size_t candidate, const ChosenDose& dose) const;

  const Ruleset* ruleset_ = nullptr;
  Activation activation_;
  std::array<int32_t, v1::Axis_ARRAYSIZE> axes_;
  std::vector<int32_t> goals_;  // by number of the ruleset's goals
  mutable ResponseEstimator estimator_;
  mutable bool estimates_ = false;  // the estimator knows the person: since a response counted
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_BOOST_POINTS_H_
