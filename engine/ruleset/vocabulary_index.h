// The vocabularies of a pack, ready to be asked: hierarchy, codes, names.
#ifndef MYOKINE_ENGINE_RULESET_VOCABULARY_INDEX_H_
#define MYOKINE_ENGINE_RULESET_VOCABULARY_INDEX_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "myokine/v1/rule_pack.pb.h"

namespace myokine {

// The vocabulary of exercises and meals by id, which the pack's catalogue makes by itself.
inline constexpr std::string_view kCandidateVocabulary = "candidate";
// The concept that stands for a code that the pack does not know, where a vocabulary has it.
inline constexpr std::string_view kUnrecognized = "unrecognized";

// One concept with its place in the hierarchy. Lists are sorted by id.
struct IndexedConcept {
  const v1::Concept* concept_ = nullptr;  // null in the candidate vocabulary
  std::vector<std::string> wider;         // all wider concepts, itself included
  std::vector<std::string> narrower;      // all narrower concepts, without itself
};

// Immutable. Points into the pack, which must outlive it.
class VocabularyIndex {
 public:
  explicit VocabularyIndex(const v1::RulePack& pack);

  using Concepts = std::map<std::string, IndexedConcept, std::less<>>;

  // Null when the pack has no such vocabulary.
  const Concepts* Find(std::string_view vocabulary) const;
  // Null when the vocabulary has no such concept.
  const IndexedConcept* Find(std::string_view vocabulary, std::string_view id) const;
  // The ids that a code such as `icd10:E11.3` stands for, sorted: of the concepts with that very code and of those with
  // a family
  // (`icd10:E11*`) that covers it, for both may be true of a person. Empty when there is none.
  std::vector<std::string> Resolve(std::string_view vocabulary, std::string_view code) const;

  const std::map<std::string, Concepts, std::less<>>& all() const { return vocabularies_; }

 private:
  std::map<std::string, Concepts, std::less<>> vocabularies_;
  // vocabulary -> code -> concepts
  std::map<std::string, std::multimap<std::string, std::string, std::less<>>, std::less<>> codes_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_VOCABULARY_INDEX_H_
