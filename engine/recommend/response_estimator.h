// Expected myokine responses of one person.
#ifndef MYOKINE_ENGINE_RECOMMEND_RESPONSE_ESTIMATOR_H_
#define MYOKINE_ENGINE_RECOMMEND_RESPONSE_ESTIMATOR_H_

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/recommend/dosing.h"
#include "engine/response/response.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// What is expected of one myokine.
struct ExpectedResponse {
  size_t myokine = 0;  // place in the pack
  // Of the bout; null when there is none, or no usable human data.
  const AcuteModel* acute = nullptr;
  Estimate fold;  // peak, as a multiple of the resting value
  double peak_minutes = 0;
  double return_minutes = 0;
  // Of weeks of such bouts; null when it is not known.
  const ChronicModel* chronic = nullptr;
  Estimate twelve_week_percent;
};

// Knows what the models need to know of a person; asked for any number of bouts. The ruleset must outlive it.
class ResponseEstimator {
 public:
  ResponseEstimator() = default;
  ResponseEstimator(const Ruleset& ruleset, const Activation& activation) { Begin(ruleset, activation); }

  // For another person. `activation` holds the person's facts. What is not known of them counts as average. Used again,
  // it does not allocate.
  void Begin(const Ruleset& ruleset, const Activation& activation);

  // A suggested exercise in its dose as a bout; nothing when the dose has no time or no effort.
  std::optional<Bout> BoutOf(const v1::Exercise& exercise, const ChosenDose& dose) const;

  // What the person makes of a model's rise: the product of its modifiers.
  double FactorOf(const AcuteModel& model) const { return factors_[model.number()].product; }
  // The ids of the modifiers of a model that are not known of the person.
  absl::Span<const std::string_view> UnknownModifiers(const AcuteModel& model) const {
    return factors_[model.number()].unknown;
  }

  // The peak that a model expects of a bout.
  Estimate Peak(const AcuteModel& model, const Bout& bout) const { return model.Peak(bout, FactorOf(model)); }

  // Calls `visit(expected)` for each myokine of the pack that has a model for this kind of training, in the order of
  // the pack, and for each without usable numbers. Without a `bout` nothing is said of one, without `sessions_per_week`
  // nothing of twelve weeks.
  template <typename Visit>
  void ForEachResponse(std::string_view modality, const std::optional<Bout>& bout,
                       std::optional<double> sessions_per_week, Visit visit) const {
    const absl::Span<const ResponseModels::Pair> models = ruleset_->responses().For(modality);
    for (size_t i = 0; i < models.size(); ++i) {
      if (models[i].acute == nullptr && models[i].chronic == nullptr &&
          !ruleset_->pack().myokines(static_cast<int>(i)).has_no_number())
        continue;
      visit(Expect(i, models[i], bout, sessions_per_week));
    }
  }

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

  ExpectedResponse Expect(size_t myokine, const ResponseModels::Pair& models, const std::optional<Bout>& bout,
                          std::optional<double> sessions_per_week) const;

  const Ruleset* ruleset_ = nullptr;
  std::vector<Factor> factors_;  // by number of the acute model
  double carbohydrate_ = 0;
  double highest_mets_ = 0;
};

// An expected response as a message; with a `bout` to draw, its time course too.
v1::MyokineResponse ToProto(const Ruleset& ruleset, const ResponseEstimator& estimator,
                            const ExpectedResponse& expected, const std::optional<Bout>& drawn);

// The keys of the literature that an expected response rests on, each once: `visit(key)`.
template <typename Visit>
void ForEachReference(const ExpectedResponse& expected, Visit visit) {
  const google::protobuf::RepeatedPtrField<std::string>* acute = nullptr;
  if (expected.acute != nullptr) acute = &expected.acute->response().evidence().references();
  if (acute != nullptr) {
    for (const std::string& key : *acute) visit(key);
  }
  if (expected.chronic == nullptr) return;
  for (const std::string& key : expected.chronic->response().evidence().references()) {
    if (acute == nullptr || std::find(acute->begin(), acute->end(), key) == acute->end()) visit(key);
  }
}

// Rounded to three decimals: enough to be useful, few enough not to pretend.
inline double Rounded(double x) { return std::round(x * 1000) / 1000; }
void Put(const Estimate& estimate, v1::Interval& interval);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RESPONSE_ESTIMATOR_H_
