#include "engine/pack/pack_names.h"

#include "engine/expr/issue.h"
#include "engine/pack/entries.h"

namespace myokine {

void NameList::Add(const std::string& name) {
  if (!name.empty() && set_.insert(name).second) list_.push_back(name);
}

std::string NameList::Suggest(const std::string& name) const { return SuggestionFor(name, list_); }

PackNames::PackNames(const v1::RulePack& pack) {
  for (const auto* list : EntryLists()) {
    NameList& names = entries_[list->name()];
    for (const std::string& name : EntryNames(pack, list)) names.Add(name);
  }
  for (const v1::Vocabulary& vocabulary : pack.vocabularies()) {
    vocabularies_.Add(vocabulary.id());
    NameList& concepts = concepts_[vocabulary.id()];
    for (const v1::Concept& word : vocabulary.concepts()) concepts.Add(word.id());
  }
  NameList& candidates = concepts_["candidate"];
  for (const v1::Exercise& exercise : pack.exercises()) candidates.Add(exercise.id());
  for (const v1::Meal& meal : pack.meals()) candidates.Add(meal.id());
}

const NameList* PackNames::Entries(const std::string& list) const {
  const auto found = entries_.find(list);
  return found == entries_.end() ? nullptr : &found->second;
}

const NameList* PackNames::Concepts(const std::string& vocabulary) const {
  const auto found = concepts_.find(vocabulary);
  return found == concepts_.end() ? nullptr : &found->second;
}

}  // namespace myokine
