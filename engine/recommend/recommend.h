// The whole of an answer: facts -> fired rules -> doses -> scores -> ranks -> explanation.
#ifndef MYOKINE_ENGINE_RECOMMEND_RECOMMEND_H_
#define MYOKINE_ENGINE_RECOMMEND_RECOMMEND_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/recommend/intake.h"
#include "engine/ruleset/ruleset.h"
#include "engine/ruleset/wire_writer.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// What Recommend gives: an answer, or what is wrong with the request.
struct Recommendation {
  v1::RecommendResponse response;
  std::vector<FieldViolation> violations;  // when not empty, the response is empty
};

// Appends the answer to `request`, a RecommendResponse on the wire, to `out`; or gives what is wrong with the request,
// and leaves `out` alone. `now` serves where the request states no evaluation time. Deterministic: the same ruleset,
// request and moment give the same bytes. Safe to call from any number of threads.
std::vector<FieldViolation> EncodeRecommendation(const Ruleset& ruleset, const v1::RecommendRequest& request,
                                                 absl::Time now, WireWriter& out);

// The same as a message.
Recommendation Recommend(const Ruleset& ruleset, const v1::RecommendRequest& request, absl::Time now);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RECOMMEND_H_
