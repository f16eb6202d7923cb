// What rules lacked of a person, and why some of them failed.
#ifndef MYOKINE_ENGINE_RECOMMEND_LACKING_H_
#define MYOKINE_ENGINE_RECOMMEND_LACKING_H_

#include <tuple>
#include <vector>

#include "absl/types/span.h"
#include "engine/expr/value.h"
#include "engine/ruleset/compiled_rule.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// A rule lacks a fact of the person, or asks for it.
struct Lack {
  FactId fact = 0;
  int rule = 0;
  const CompiledEffect* ask = nullptr;  // the effect that asks; null when the rule lacks the fact

  friend bool operator<(const Lack& a, const Lack& b) {
    return std::tie(a.fact, a.rule, a.ask) < std::tie(b.fact, b.rule, b.ask);
  }
  friend bool operator==(const Lack& a, const Lack& b) = default;
};

// Notes of one run. `user` is the person's frame, which must outlive it.
class Lacking {
 public:
  // Clears both lists; they must outlive this.
  Lacking(absl::Span<const CompiledRule> rules, absl::Span<const Value> user, std::vector<Lack>& lacks,
          std::vector<v1::Remark>& failures)
      : rules_(rules), user_(user), lacks_(lacks), failures_(failures) {
    lacks_.clear();
    failures_.clear();
  }

  // A rule lacked these facts. False when none of them is one of the person.
  bool NoteLack(const CompiledRule& rule, const FactSet& facts);
  // A rule asks for a fact.
  void NoteAsk(const CompiledRule& rule, const CompiledEffect& ask);
  // A rule failed; the first failure of each is kept.
  void NoteFailure(const CompiledRule& rule, const Error& error);
  // Points or a bound of a rule are no finite number: the facts that they lack, or their failure.
  void NoteNoNumber(const CompiledRule& rule, const Value& value);

  // After all notes: each lack once, in the order of the facts; failures by the ids of their rules.
  void Finish();

 private:
  // True when nothing is left to ask about the fact: it is known, and a list is complete.
  bool IsSettled(FactId fact) const;
  void Note(const Lack& lack) {
    if (lacks_.empty() || !(lacks_.back() == lack)) lacks_.push_back(lack);
  }
  int NumberOf(const CompiledRule& rule) const { return static_cast<int>(&rule - rules_.data()); }

  absl::Span<const CompiledRule> rules_;
  absl::Span<const Value> user_;
  std::vector<Lack>& lacks_;
  std::vector<v1::Remark>& failures_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_LACKING_H_
