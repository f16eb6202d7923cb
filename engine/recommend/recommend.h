// The whole of an answer: facts -> fired rules -> doses -> scores -> ranks -> explanation.
#ifndef MYOKINE_ENGINE_RECOMMEND_RECOMMEND_H_
#define MYOKINE_ENGINE_RECOMMEND_RECOMMEND_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/recommend/intake.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// What Recommend gives: an answer, or what is wrong with the request.
struct Recommendation {
  v1::RecommendResponse response;
  std::vector<FieldViolation> violations;  // when not empty, the response is empty
};

// Answers `request` for the moment `now`, which serves where the request states no evaluation time. Deterministic: the
// same ruleset, request and moment give the same bytes. Pure, and safe to call from any number of threads.
Recommendation Recommend(const Ruleset& ruleset, const v1::RecommendRequest& request, absl::Time now);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RECOMMEND_H_
