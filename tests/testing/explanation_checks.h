// What must hold of every explanation, whatever the pack and the person.
#ifndef MYOKINE_TESTS_TESTING_EXPLANATION_CHECKS_H_
#define MYOKINE_TESTS_TESTING_EXPLANATION_CHECKS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/explanation.pb.h"

namespace myokine::testing {

// What is wrong with the explanation for `request`, which must be accepted: held against what Recommend says of the
// same person, its sums, and each change, made to the request and asked again. `response` gets the explanation.
std::vector<std::string> ProblemsOf(const Ruleset& ruleset, const v1::ExplainRequest& request, absl::Time now,
                                    v1::ExplainResponse& response);

}  // namespace myokine::testing

#endif  // MYOKINE_TESTS_TESTING_EXPLANATION_CHECKS_H_
