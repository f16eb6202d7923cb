// Any bytes, parsed as a RecommendRequest, as an EstimateResponseRequest and as an ExplainRequest, and answered from
// the shipped pack, compiled once. MYOKINE_RULES_DIR is its folder.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/pack/loaded_pack.h"
#include "engine/recommend/estimate.h"
#include "engine/recommend/explain.h"
#include "engine/recommend/recommend.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"
#include "tests/fuzz/require.h"

namespace myokine::fuzz {
namespace {

using Suggestions = google::protobuf::RepeatedPtrField<v1::Suggestion>;

// 2026-01-15T09:00:00Z, for requests that state no evaluation time.
constexpr int64_t kMoment = 1768467600;

std::shared_ptr<const Ruleset> CompileShippedPack() {
  Issues issues;
  absl::StatusOr<std::unique_ptr<LoadedPack>> pack = LoadPack(MYOKINE_RULES_DIR, issues);
  std::shared_ptr<const Ruleset> ruleset;
  if (pack.ok() && issues.empty()) ruleset = Ruleset::Compile(*std::move(pack), issues);
  if (ruleset == nullptr) {
    std::cerr << "fuzz: the pack in " << MYOKINE_RULES_DIR << " can't be used: " << pack.status() << '\n';
    for (const Issue& issue : issues.list()) std::cerr << ToString(issue) << '\n';
    std::exit(2);
  }
  return ruleset;
}

void CheckSuggestions(const Suggestions& suggestions, const std::set<std::string>& rules) {
  int64_t last = std::numeric_limits<int64_t>::max();
  for (const v1::Suggestion& suggestion : suggestions) {
    int64_t sum = 0;
    for (const v1::Contribution& contribution : suggestion.contributions()) {
      sum += contribution.milli();
      Require(rules.count(contribution.rule()) == 1, "a contribution names a rule of the answer");
    }
    Require(sum == suggestion.score_milli(), "the contributions add up to the score");
    Require(suggestion.score_milli() <= last, "the best come first");
    last = suggestion.score_milli();
  }
}

void CheckAnswer(const v1::RecommendRequest& request, const v1::RecommendResponse& response) {
  Require(v1::Disposition_IsValid(response.disposition()) && response.disposition() != v1::DISPOSITION_UNSPECIFIED,
          "the disposition is set");
  Require(response.has_evaluation_time(), "the evaluation time is set");
  Require(response.request_id() == request.request_id(), "the request's id is echoed");
  std::set<std::string> rules;
  for (const v1::RuleNote& note : response.rules()) rules.insert(note.id());
  CheckSuggestions(response.exercises(), rules);
  CheckSuggestions(response.meals(), rules);
  if (request.options().has_exercise_count())
    Require(response.exercises_size() <= request.options().exercise_count(), "no more exercises than asked for");
  if (request.options().has_meal_count())
    Require(response.meals_size() <= request.options().meal_count(), "no more meals than asked for");
}

// Of a recommendation or an estimation.
template <typename Made>
void CheckViolations(const Made& made) {
  Require(made.response.ByteSizeLong() == 0, "a refused request has no answer");
  for (const FieldViolation& violation : made.violations) {
    Require(!violation.field.empty() && !violation.description.empty(),
            "a violation names the field and says what is wrong");
    v1::Remark remark;
    remark.set_field(violation.field);
    remark.set_text(violation.description);
    Require(v1::Remark().ParseFromString(remark.SerializeAsString()), "a violation is UTF-8");
  }
}

// Compiled before the first input, so that no input pays for it.
const Ruleset& ShippedRuleset() {
  static const std::shared_ptr<const Ruleset>* const ruleset = new std::shared_ptr<const Ruleset>(CompileShippedPack());
  return **ruleset;
}

void Check(const v1::RecommendRequest& request) {
  const Ruleset& ruleset = ShippedRuleset();
  const absl::Time now = absl::FromUnixSeconds(kMoment);
  const Recommendation recommendation = Recommend(ruleset, request, now);
  if (!recommendation.violations.empty()) return CheckViolations(recommendation);
  CheckAnswer(request, recommendation.response);
  const std::string bytes = recommendation.response.SerializeAsString();
  Require(v1::RecommendResponse().ParseFromString(bytes), "an answer can be read");
  Require(Recommend(ruleset, request, now).response.SerializeAsString() == bytes,
          "the same request gives the same bytes");
}

void Check(const v1::EstimateResponseRequest& request) {
  const Ruleset& ruleset = ShippedRuleset();
  const absl::Time now = absl::FromUnixSeconds(kMoment);
  const Estimation estimation = EstimateResponse(ruleset, request, now);
  if (!estimation.violations.empty()) return CheckViolations(estimation);
  const v1::Disposition disposition = estimation.response.disposition();
  Require(disposition != v1::DISPOSITION_UNSPECIFIED, "the disposition is set");
  Require(estimation.response.bouts_size() == (disposition < v1::DISPOSITION_URGENT_CARE ? request.bouts_size() : 0),
          "every bout is estimated, but where care is urgent");
  const auto in_order = [](const v1::Interval& interval) {
    return interval.low() <= interval.expected() && interval.expected() <= interval.high();
  };
  for (const v1::BoutEstimate& bout : estimation.response.bouts()) {
    for (const v1::MyokineResponse& one : bout.responses())
      Require(!one.has_fold_change() || in_order(one.fold_change()), "an interval holds its value");
  }
  for (const v1::CombinedResponse& one : estimation.response.combined())
    Require(in_order(one.fold_change()), "an interval of all bouts holds its value");
  for (const v1::HabitResponse& one : estimation.response.habit())
    Require(in_order(one.percent()), "an interval of a habit holds its value");
  const std::string bytes = estimation.response.SerializeAsString();
  Require(v1::EstimateResponseResponse().ParseFromString(bytes), "an estimate can be read");
  Require(EstimateResponse(ruleset, request, now).response.SerializeAsString() == bytes,
          "the same request gives the same bytes");
}

void Check(const v1::ExplainRequest& request) {
  const absl::Time now = absl::FromUnixSeconds(kMoment);
  const CandidateExplanation explanation = ExplainCandidate(ShippedRuleset(), request, now);
  if (!explanation.violations.empty()) return CheckViolations(explanation);
  const v1::ExplainResponse& response = explanation.response;
  Require(response.disposition() != v1::DISPOSITION_UNSPECIFIED, "the disposition is set");
  Require(response.standing() != v1::STANDING_UNSPECIFIED, "the standing is set");
  Require(response.change_search() != v1::CHANGE_SEARCH_UNSPECIFIED, "it is said what came of the search");
  int64_t sum = int64_t{response.ahead().score_milli()} - response.candidate().score_milli();
  for (const v1::PointsDifference& one : response.differences())
    sum += int64_t{one.candidate_milli()} - one.ahead_milli();
  Require(!response.has_ahead() || sum == 0, "the differences add up to that of the scores");
  for (const v1::Change& change : response.changes()) {
    for (const v1::ChangedFact& fact : change.facts())
      Require(fact.fact().rfind("user.today.", 0) == 0, "only circumstances change");
  }
  const std::string bytes = response.SerializeAsString();
  Require(v1::ExplainResponse().ParseFromString(bytes), "an explanation can be read");
}

}  // namespace
}  // namespace myokine::fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  myokine::fuzz::ShippedRuleset();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > static_cast<size_t>(std::numeric_limits<int>::max())) return 0;
  myokine::v1::RecommendRequest request;
  if (request.ParseFromArray(data, static_cast<int>(size))) myokine::fuzz::Check(request);
  myokine::v1::EstimateResponseRequest estimate;
  if (estimate.ParseFromArray(data, static_cast<int>(size))) myokine::fuzz::Check(estimate);
  myokine::v1::ExplainRequest explain;
  if (explain.ParseFromArray(data, static_cast<int>(size))) myokine::fuzz::Check(explain);
  return 0;
}
