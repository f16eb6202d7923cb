// The obvious Recommend: the plain run of the rules, a list sorted anew for each place, messages filled field by field.
// Slow, and what EncodeRecommendation is judged by.
#ifndef MYOKINE_TESTS_REFERENCE_PLAIN_ANSWER_H_
#define MYOKINE_TESTS_REFERENCE_PLAIN_ANSWER_H_

#include "absl/time/time.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine::reference {

// The answer to a request that is accepted, without its ids.
v1::RecommendResponse PlainAnswer(const Ruleset& ruleset, const v1::RecommendRequest& request, absl::Time now);

}  // namespace myokine::reference

#endif  // MYOKINE_TESTS_REFERENCE_PLAIN_ANSWER_H_
