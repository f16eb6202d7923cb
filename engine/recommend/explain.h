// Why one candidate stands where it stands for a person, why not first, and what would have to be otherwise.
#ifndef MYOKINE_ENGINE_RECOMMEND_EXPLAIN_H_
#define MYOKINE_ENGINE_RECOMMEND_EXPLAIN_H_

#include <vector>

#include "absl/time/time.h"
#include "engine/recommend/intake.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/explanation.pb.h"

namespace myokine {

// What Explain gives: an explanation, or what is wrong with the request.
struct CandidateExplanation {
  v1::ExplainResponse response;
  std::vector<FieldViolation> violations;  // when not empty, the response is empty
};

// Explains for the moment `now`, which serves where the request states no evaluation time. Deterministic and pure; safe
// to call from any number of threads. The rules are run over the person as Recommend runs them, and again for every
// change of circumstances that is tried (see circumstance_search.h): at most about two thousand times, which takes some
// tenths of a second.
//
// When care is urgent nothing is ranked: the answer says how the person stands, and offers no change.
CandidateExplanation ExplainCandidate(const Ruleset& ruleset, const v1::ExplainRequest& request, absl::Time now);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_EXPLAIN_H_
