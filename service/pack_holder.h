// The ruleset that a server answers from, and how it comes from a folder.
#ifndef MYOKINE_SERVICE_PACK_HOLDER_H_
#define MYOKINE_SERVICE_PACK_HOLDER_H_

#include <filesystem>
#include <iosfwd>
#include <memory>

#include "absl/status/statusor.h"
#include "engine/expr/issue.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"
#include "service/mutex.h"

namespace myokine {

// Loads and compiles the pack in `folder`. The author's mistakes go to `issues`, sorted.
// Errors: kNotFound when there is no pack in `folder`; kFailedPrecondition when the pack has issues.
absl::StatusOr<std::shared_ptr<const Ruleset>> LoadRuleset(const std::filesystem::path& folder, Issues& issues);

// Writes every issue to `out`, each as `ToString` gives it.
void PrintIssues(const Issues& issues, std::ostream& out);

// Id, version and digest of a ruleset's pack, as answers carry them.
v1::PackVersion VersionOf(const Ruleset& ruleset);

// The ruleset in use, never null. Threads may share a holder: a call takes the pointer once and keeps it to its end, so
// that a swap never changes an answer half-way.
class PackHolder {
 public:
  // `ruleset` is not null.
  explicit PackHolder(std::shared_ptr<const Ruleset> ruleset);

  // The ruleset in use now.
  std::shared_ptr<const Ruleset> Get() const;
  // Puts another in use; calls under way end with the one that they began with. `ruleset` is not null.
  void Set(std::shared_ptr<const Ruleset> ruleset);

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const Ruleset> ruleset_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace myokine

#endif  // MYOKINE_SERVICE_PACK_HOLDER_H_
