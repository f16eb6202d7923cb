// What a layer must leave alone in its base.
#ifndef MYOKINE_ENGINE_PACK_SAFETY_CORE_H_
#define MYOKINE_ENGINE_PACK_SAFETY_CORE_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "google/protobuf/message.h"
#include "myokine/v1/rule_pack.pb.h"

namespace myokine {

// The names that the expressions anywhere in `message` begin with: `bmi` and `user` in `bmi > 30.0 && user.x`. Names
// that macros bind (`p` in `exists(p, ...)`) are among them; expressions that do not parse have none.
absl::flat_hash_set<std::string> RootNames(const google::protobuf::Message& message);

// The safety of a pack: its rules marked `safety`, its invariants, and the variables that these read, directly or
// through other variables.
class SafetyCore {
 public:
  explicit SafetyCore(const v1::RulePack& pack);

  // Why the entry of the list `list` (`rules`, `variables` ...) named `name` must stay: ``is marked `safety` ``; empty
  // when it need not.
  std::string WhyKept(const std::string& list, const std::string& name) const;

 private:
  // From the name of a variable to the name of the rule or invariant that reads it.
  absl::flat_hash_map<std::string, std::string> readers_;
  absl::flat_hash_set<std::string> rules_;
  absl::flat_hash_set<std::string> invariants_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_SAFETY_CORE_H_
