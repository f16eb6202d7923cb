#include "engine/ruleset/ruleset.h"

#include "engine/ruleset/compiler.h"

namespace myokine {

Ruleset::Ruleset(const google::protobuf::Descriptor& user) : user_schema_(user, "user", Frame::kUser, 0) {}

std::shared_ptr<const Ruleset> Ruleset::Compile(std::unique_ptr<LoadedPack> pack, Issues& issues,
                                                const google::protobuf::Descriptor& user) {
  std::shared_ptr<Ruleset> ruleset(new Ruleset(user));
  return RulesetCompiler(*ruleset, issues).Run(std::move(pack)) ? ruleset : nullptr;
}

const Candidate* Ruleset::FindCandidate(std::string_view id) const {
  const auto found = candidates_by_id_.find(id);
  return found == candidates_by_id_.end() ? nullptr : &candidates_[found->second];
}

const std::string& Ruleset::NameOfSlot(int slot) const {
  static const std::string kNow = "now";
  if (const Fact* fact = user_schema_.FindSlot(slot)) return fact->path;
  return slot == now_slot() ? kNow : variables_[static_cast<size_t>(slot - now_slot() - 1)].variable->id();
}

const std::string& Ruleset::UnitOfSlot(int slot) const {
  static const std::string kNone;
  if (const Fact* fact = user_schema_.FindSlot(slot)) return fact->facts.unit();
  return slot == now_slot() ? kNone : variables_[static_cast<size_t>(slot - now_slot() - 1)].variable->unit();
}

}  // namespace myokine
