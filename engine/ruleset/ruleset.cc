#include "engine/ruleset/ruleset.h"

#include "engine/ruleset/compiler.h"
#include "myokine/v1/user_state.pb.h"

namespace myokine {

Ruleset::Ruleset() : user_schema_(*v1::UserState::descriptor(), "user", Frame::kUser, 0) {}

std::shared_ptr<const Ruleset> Ruleset::Compile(std::unique_ptr<LoadedPack> pack, Issues& issues) {
  std::shared_ptr<Ruleset> ruleset(new Ruleset);
  return RulesetCompiler(*ruleset, issues).Run(std::move(pack)) ? ruleset : nullptr;
}

const v1::Reference* Ruleset::FindReference(const std::string& id) const {
  const auto found = references_.find(id);
  return found == references_.end() ? nullptr : found->second;
}

}  // namespace myokine
