#include "service/pack_holder.h"

#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/pack/loaded_pack.h"

namespace myokine {

absl::StatusOr<std::shared_ptr<const Ruleset>> LoadRuleset(const std::filesystem::path& folder, Issues& issues) {
  absl::StatusOr<std::unique_ptr<LoadedPack>> pack = LoadPack(folder, issues);
  if (!pack.ok()) return pack.status();
  std::shared_ptr<const Ruleset> ruleset = Ruleset::Compile(*std::move(pack), issues);
  issues.Sort();
  if (ruleset == nullptr || !issues.empty()) {
    return absl::FailedPreconditionError(absl::StrCat("the pack in ", folder.string(), " has ", issues.size(),
                                                      issues.size() == 1 ? " issue" : " issues"));
  }
  return ruleset;
}

void PrintIssues(const Issues& issues, std::ostream& out) {
  for (const Issue& issue : issues.list()) out << ToString(issue) << '\n';
  out.flush();
}

v1::PackVersion VersionOf(const Ruleset& ruleset) {
  v1::PackVersion version;
  version.set_id(ruleset.pack().pack().id());
  version.set_version(ruleset.pack().pack().version());
  version.set_digest(ruleset.digest());
  return version;
}

PackHolder::PackHolder(std::shared_ptr<const Ruleset> ruleset) : ruleset_(std::move(ruleset)) {}

std::shared_ptr<const Ruleset> PackHolder::Get() const {
  MutexLock lock(mutex_);
  return ruleset_;
}

void PackHolder::Set(std::shared_ptr<const Ruleset> ruleset) {
  MutexLock lock(mutex_);
  ruleset_.swap(ruleset);  // the old one, where this was its last user, is freed after the lock is released
}

}  // namespace myokine
