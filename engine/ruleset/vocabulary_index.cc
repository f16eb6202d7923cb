#include "engine/ruleset/vocabulary_index.h"

#include <set>

namespace myokine {
namespace {

// Adds `id` and everything wider to `wider`; cycles end by themselves.
void AddWider(const VocabularyIndex::Concepts& concepts, const std::string& id, std::set<std::string>& wider) {
  const auto found = concepts.find(id);
  if (found == concepts.end() || !wider.insert(id).second) return;
  if (found->second.concept_ == nullptr) return;
  for (const std::string& broader : found->second.concept_->broader()) AddWider(concepts, broader, wider);
}

}  // namespace

VocabularyIndex::VocabularyIndex(const v1::RulePack& pack) {
  for (const v1::Vocabulary& vocabulary : pack.vocabularies()) {
    Concepts& concepts = vocabularies_[vocabulary.id()];
    for (const v1::Concept& item : vocabulary.concepts()) {
      concepts[item.id()].concept_ = &item;
      for (const std::string& code : item.codes()) codes_[vocabulary.id()].emplace(code, item.id());
    }
    for (auto& [id, indexed] : concepts) {
      std::set<std::string> wider;
      AddWider(concepts, id, wider);
      indexed.wider.assign(wider.begin(), wider.end());
      for (const std::string& above : indexed.wider) {
        if (above != id) concepts[above].narrower.push_back(id);
      }
    }
  }
  Concepts& candidates = vocabularies_[std::string(kCandidateVocabulary)];
  for (const v1::Exercise& exercise : pack.exercises()) candidates[exercise.id()].wider = {exercise.id()};
  for (const v1::Meal& meal : pack.meals()) candidates[meal.id()].wider = {meal.id()};
}

const VocabularyIndex::Concepts* VocabularyIndex::Find(std::string_view vocabulary) const {
  const auto found = vocabularies_.find(vocabulary);
  return found == vocabularies_.end() ? nullptr : &found->second;
}

const IndexedConcept* VocabularyIndex::Find(std::string_view vocabulary, std::string_view id) const {
  const Concepts* concepts = Find(vocabulary);
  if (concepts == nullptr) return nullptr;
  const auto found = concepts->find(id);
  return found == concepts->end() ? nullptr : &found->second;
}

std::vector<std::string> VocabularyIndex::Resolve(std::string_view vocabulary, std::string_view code) const {
  std::set<std::string> found;
  if (const auto table = codes_.find(vocabulary); table != codes_.end()) {
    auto add = [&](const std::string& key) {
      const auto [begin, end] = table->second.equal_range(key);
      for (auto it = begin; it != end; ++it) found.insert(it->second);
    };
    add(std::string(code));
    for (size_t length = code.size(); length >= code.find(':') + 1 && length > 0; --length)
      add(std::string(code.substr(0, length)) + "*");
  }
  return {found.begin(), found.end()};
}

}  // namespace myokine
