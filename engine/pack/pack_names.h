// The names that a pack defines, to look references up.
#ifndef MYOKINE_ENGINE_PACK_PACK_NAMES_H_
#define MYOKINE_ENGINE_PACK_PACK_NAMES_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "myokine/v1/rule_pack.pb.h"

namespace myokine {

// A set of names that can suggest one for a slip.
class NameList {
 public:
  void Add(const std::string& name);
  bool Has(const std::string& name) const { return set_.contains(name); }
  // A hint for a name that is not there; may be empty.
  std::string Suggest(const std::string& name) const;

 private:
  absl::flat_hash_set<std::string> set_;
  std::vector<std::string> list_;  // in the order of the pack, so that hints are the same on every run
};

// The names of all lists and vocabularies of a pack. Immutable.
class PackNames {
 public:
  explicit PackNames(const v1::RulePack& pack);

  // The ids of a list of the pack such as `claims`; null when a pack has no such list.
  const NameList* Entries(const std::string& list) const;
  // The concepts of a vocabulary; null when the pack has no such vocabulary. `candidate` holds all exercises and meals.
  const NameList* Concepts(const std::string& vocabulary) const;
  // The names of the vocabularies.
  const NameList& vocabularies() const { return vocabularies_; }

 private:
  absl::flat_hash_map<std::string, NameList> entries_;
  absl::flat_hash_map<std::string, NameList> concepts_;
  NameList vocabularies_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_PACK_NAMES_H_
