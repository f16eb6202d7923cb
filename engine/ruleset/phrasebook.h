// What answers say of the entries of a pack, encoded at load: an answer copies it.
#ifndef MYOKINE_ENGINE_RULESET_PHRASEBOOK_H_
#define MYOKINE_ENGINE_RULESET_PHRASEBOOK_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "engine/ruleset/candidate.h"
#include "engine/ruleset/compiled_rule.h"
#include "engine/ruleset/fact_schema.h"
#include "myokine/v1/rule_pack.pb.h"

namespace myokine {

// In one language. Each function gives a message on the wire, without its length. Immutable; threads may share it.
class Phrasebook {
 public:
  // `locale` is one that ResolveLocale gave.
  Phrasebook(std::string_view locale, const v1::RulePack& pack, const std::vector<CompiledRule>& rules,
             const std::vector<Candidate>& candidates, const FactSchema& user);

  // RuleNote, but for what decided.
  std::string_view Rule(size_t rule, bool because_unknown) const { return rules_[rule * 2 + because_unknown]; }
  // Statement or DispositionReason of an effect, by its number, where it has one.
  std::string_view Statement(int effect, bool because_unknown) const {
    return statements_[static_cast<size_t>(effect) * 2 + because_unknown];
  }
  // Suggestion: what it is, for a meal its allergens too.
  std::string_view Candidate(size_t candidate) const { return candidates_[candidate]; }
  // MyokineNote.
  std::string_view Myokine(size_t myokine) const { return myokines_[myokine]; }
  // Question, by the slot of the fact; empty when it has no text to ask for it.
  std::string_view Question(int slot) const { return questions_[static_cast<size_t>(slot)]; }

 private:
  std::vector<std::string> rules_, statements_, candidates_, myokines_, questions_;
};

// What is the same in all languages. Immutable; threads may share it.
class Bibliography {
 public:
  Bibliography() = default;
  Bibliography(const v1::RulePack& pack, const std::vector<CompiledRule>& rules);

  // Reference, as answers have it, by its place among the keys in the order of the alphabet.
  std::string_view Reference(size_t reference) const { return references_[reference]; }
  size_t references() const { return references_.size(); }
  // The references that a rule rests on.
  absl::Span<const uint32_t> OfRule(size_t rule) const { return of_rules_[rule]; }
  // The place of a key; nothing is named by one that the pack lacks.
  template <typename Visit>
  void Find(const std::string& key, Visit visit) const {
    if (const auto found = numbers_.find(key); found != numbers_.end()) visit(found->second);
  }

 private:
  std::map<std::string, uint32_t> numbers_;
  std::vector<std::string> references_;
  std::vector<std::vector<uint32_t>> of_rules_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_PHRASEBOOK_H_
