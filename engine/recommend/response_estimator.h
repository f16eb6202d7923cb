// Expected myokine responses of one person.
#ifndef MYOKINE_ENGINE_RECOMMEND_RESPONSE_ESTIMATOR_H_
#define MYOKINE_ENGINE_RECOMMEND_RESPONSE_ESTIMATOR_H_

#include <optional>
#include <string_view>
#include <vector>

#include "engine/recommend/dosing.h"
#include "engine/response/response.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Knows what the models need to know of a person; asked for any number of bouts. The ruleset must outlive it.
class ResponseEstimator {
 public:
  // `activation` holds the person's facts. What is not known of them counts as average.
  ResponseEstimator(const Ruleset& ruleset, const Activation& activation);

  // A suggested exercise in its dose as a bout; nothing when the dose has no time or no effort.
  std::optional<Bout> BoutOf(const v1::Exercise& exercise, const ChosenDose& dose) const;

  // What the person makes of a model's rise: the product of its modifiers.
  double FactorOf(const AcuteModel& model) const { return factors_[model.number()].product; }

  // The peak that a model expects of a bout.
  Estimate Peak(const AcuteModel& model, const Bout& bout) const { return model.Peak(bout, FactorOf(model)); }

  // One response per myokine of the pack that has a model for this kind of training, in the order of the pack; a
  // myokine without usable numbers is listed without one. Without a `bout` nothing is said of one, without
  // `sessions_per_week` nothing of twelve weeks; with `courses`, time courses are drawn.
  std::vector<v1::MyokineResponse> Responses(std::string_view modality, const std::optional<Bout>& bout,
                                             std::optional<double> sessions_per_week, bool courses) const;

  // Of the person before a bout, -1 to 0.
  double carbohydrate() const { return carbohydrate_; }
  // METs as percent of the person's highest.
  double PercentOfMets(double mets) const;

 private:
  // What a person makes of one acute model.
  struct Factor {
    double product = 1;
    std::vector<std::string_view> unknown;  // modifiers that are not known
  };

  const Ruleset& ruleset_;
  std::vector<Factor> factors_;  // by number of the acute model
  double carbohydrate_ = 0;
  double highest_mets_ = 0;
};

// Rounded to three decimals: enough to be useful, few enough not to pretend.
void Put(const Estimate& estimate, v1::Interval& interval);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RESPONSE_ESTIMATOR_H_
