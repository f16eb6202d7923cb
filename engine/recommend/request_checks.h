// What must hold of a request beside its person, for every method that takes these parts.
#ifndef MYOKINE_ENGINE_RECOMMEND_REQUEST_CHECKS_H_
#define MYOKINE_ENGINE_RECOMMEND_REQUEST_CHECKS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "engine/recommend/intake.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Longest `request_id`; the same as in the schema. Bytes.
inline constexpr size_t kMaxRequestIdBytes = 128;

// Checks the options of a request, named `options`.
void CheckOptions(const v1::RecommendOptions& options, std::vector<FieldViolation>& violations);

// Checks the caller's own id, named `request_id`.
void CheckRequestId(const std::string& id, std::vector<FieldViolation>& violations);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_REQUEST_CHECKS_H_
