// What rules lacked of a person, and why some of them failed.
#ifndef MYOKINE_ENGINE_RECOMMEND_LACKING_H_
#define MYOKINE_ENGINE_RECOMMEND_LACKING_H_

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "engine/expr/value.h"
#include "engine/ruleset/compiled_rule.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// How much an effect that is applied, or missed, for want of a fact makes the fact worth asking for.
int64_t WorthOf(const CompiledEffect& effect);

// Notes of one run. `user` is the person's frame, which must outlive it.
class Lacking {
 public:
  explicit Lacking(absl::Span<const Value> user) : user_(user) {}

  // A rule lacked these facts. Each rule makes a fact worth asking for once, however often it is lacking, by the most
  // that the rule would do for want of it. False when none of the facts is one of the person.
  bool NoteLack(const CompiledRule& rule, const FactSet& facts);
  // A rule asks for a fact.
  void NoteAsk(const CompiledEffect& ask);
  // A rule failed; the first failure of each is kept.
  void NoteFailure(const CompiledRule& rule, const Error& error);

  // Points or a bound of a rule are no finite number: the facts that they lack, or their failure.
  void NoteNoNumber(const CompiledRule& rule, const Value& value);

  // Facts that were lacking -> how much hung on them.
  std::map<FactId, int64_t>& facts() { return facts_; }
  std::vector<v1::Remark>& failures() { return failures_; }

 private:
  // True when nothing is left to ask about the fact: it is known, and a list is complete.
  bool IsSettled(FactId fact) const;

  absl::Span<const Value> user_;
  absl::flat_hash_set<std::pair<const CompiledRule*, FactId>> noted_;
  std::set<const CompiledRule*> failed_;
  std::map<FactId, int64_t> facts_;
  std::vector<v1::Remark> failures_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_LACKING_H_
