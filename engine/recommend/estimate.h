// What to expect of bouts and habits that a caller describes.
#ifndef MYOKINE_ENGINE_RECOMMEND_ESTIMATE_H_
#define MYOKINE_ENGINE_RECOMMEND_ESTIMATE_H_

#include <vector>

#include "absl/time/time.h"
#include "engine/recommend/intake.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/response.pb.h"

namespace myokine {

// What EstimateResponse gives: an estimate, or what is wrong with the request.
struct Estimation {
  v1::EstimateResponseResponse response;
  std::vector<FieldViolation> violations;  // when not empty, the response is empty
};

// Estimates for the moment `now`, which serves where the request states no evaluation time. Deterministic and pure;
// safe to call from any number of threads. The rules are run over the person as Recommend runs them: the estimate says
// how the person stands, and when care is urgent it says that and nothing else.
//
// Bouts together: the rises of all bouts add up along their time courses, held below the highest ceiling of the bouts
// that raise the myokine, and the highest value of that sum is told, so that what has faded is not counted again. A
// habit: for each myokine the strongest of the kinds of training counts, since trials of one kind do not tell what
// several do together.
Estimation EstimateResponse(const Ruleset& ruleset, const v1::EstimateResponseRequest& request, absl::Time now);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_ESTIMATE_H_
