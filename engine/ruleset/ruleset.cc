#include "engine/ruleset/ruleset.h"

#include "engine/ruleset/compiler.h"

namespace myokine {

Ruleset::Ruleset(const google::protobuf::Descriptor& user) : user_schema_(user, "user", Frame::kUser, 0) {}

std::shared_ptr<const Ruleset> Ruleset::Compile(std::unique_ptr<LoadedPack> pack, Issues& issues,
                                                const google::protobuf::Descriptor& user) {
  std::shared_ptr<Ruleset> ruleset(new Ruleset(user));
  return RulesetCompiler(*ruleset, issues).Run(std::move(pack)) ? ruleset : nullptr;
}

const v1::Reference* Ruleset::FindReference(const std::string& id) const {
  const auto found = references_.find(id);
  return found == references_.end() ? nullptr : found->second;
}

}  // namespace myokine
