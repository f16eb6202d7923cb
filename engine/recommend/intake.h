// The edge: checks a user state and brings it into the form that the engine reads.
#ifndef MYOKINE_ENGINE_RECOMMEND_INTAKE_H_
#define MYOKINE_ENGINE_RECOMMEND_INTAKE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Something of a request that can't be accepted.
struct FieldViolation {
  std::string field;        // path in the request: `user.measurements.weight.unit`
  std::string description;  // what is wrong, and what would be right
};

// A user state taken in.
struct Intake {
  // Codes are ids, measurements are in the units of their fields, what is too old is gone, time and time zone are
  // filled.
  v1::UserState user;
  absl::Time at;                           // the evaluation time
  std::vector<FieldViolation> violations;  // when not empty, nothing else counts
  std::vector<v1::Remark> unrecognized;    // codes that the pack lacks; the list that held one is no longer complete
  std::vector<v1::Remark> stale;           // measurements beyond their shelf life
  std::vector<v1::Remark> warnings;        // values that are plausible but unusual
};

// Checks every field against its options: range, vocabulary, unit, length, finite numbers, times not after the
// evaluation time
// (`now` where the state names none). All violations are found in one run. Remarks are in `locale`, as ResolveLocale
// gives it.
Intake TakeIn(const v1::UserState& user, const Ruleset& ruleset, absl::Time now, std::string_view locale = "en");

// Checks and brings into that form another message of a request, whose fields are named below `path`; what is wrong and
// what is remarkable is added to `intake`.
void CheckFields(google::protobuf::Message& message, const std::string& path, const Ruleset& ruleset, Intake& intake,
                 std::string_view locale = "en");

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_INTAKE_H_
