// An expression about a person and candidates, such as the target of a rule, taken apart: what depends on the person
// alone is worked out once for a person, what depends on the candidate alone once for a pack, and only the rest for
// each candidate.
#ifndef MYOKINE_ENGINE_RULESET_TARGET_H_
#define MYOKINE_ENGINE_RULESET_TARGET_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/expr/expression.h"
#include "engine/expr/program.h"
#include "engine/ruleset/candidate.h"

namespace myokine {

// Immutable; threads may share it.
class Target {
 public:
  // `target` reads facts of the person and of candidates, and nothing else; both arguments must outlive the result.
  Target(const Expression& target, const std::vector<Candidate>& candidates);

  // How many values Prepare and Of work with.
  size_t values() const { return values_; }

  // Works out what depends on the person alone, into the frame of parts, which `values` is. False when it is clear from
  // that that no candidate meets the target, or fails.
  bool Prepare(Activation activation, absl::Span<Value> values) const;

  // Candidates that are alike in all that the target reads of them make up a class: it is met by all of them or none.
  size_t classes() const { return classes_; }
  size_t class_of(size_t candidate) const { return class_of_[candidate]; }

  // The target for a candidate, whose frame `activation` has; after Prepare.
  Value Of(size_t candidate, const Activation& activation, absl::Span<Value> values) const;

  // Many targets ask whether a word of the candidate is in a list of the person. Then there is a class for each word,
  // and the list tells those few that are in it.
  bool asks_for_word() const { return list_slot_ >= 0; }
  int list_slot() const { return list_slot_; }
  // The class of a word; nothing when no candidate has it.
  std::optional<size_t> ClassOfWord(std::string_view word) const {
    const auto found = class_of_word_.find(word);
    return found == class_of_word_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  // A part that reads one frame alone.
  struct PersonPart {
    Program program;
    size_t value;
  };
  struct CandidatePart {
    std::vector<uint8_t> met;  // by candidate
    size_t value;
  };

  // A copy of the checked tree, `depth` macros deep, with its parts replaced.
  std::unique_ptr<Checked> Take(const Checked& checked, int depth, const std::vector<Candidate>& candidates);
  std::unique_ptr<Checked> PartOf(const Checked& checked);
  bool AddCandidatePart(const Checked& checked, const std::vector<Candidate>& candidates);
  void Classify(const Checked& rest, const std::vector<Candidate>& candidates);
  void FindWords(const Checked& rest, const std::vector<Candidate>& candidates);

  Arena constants_;  // of the programs
  std::vector<PersonPart> person_parts_;
  std::vector<CandidatePart> candidate_parts_;
  Program rest_;
  size_t values_ = 0;
  std::vector<Value> anyone_;     // the frame of a candidate of which nothing is known
  bool tells_of_anyone_ = true;   // what is false for that one is false for all
  std::vector<size_t> class_of_;  // by candidate
  size_t classes_ = 0;
  int list_slot_ = -1;  // of a target that asks for a word
  absl::flat_hash_map<std::string_view, size_t> class_of_word_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_TARGET_H_
