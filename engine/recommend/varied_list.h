// The list of an answer, picked one by one: the best of what is left, less what it has in common with those above it.
#ifndef MYOKINE_ENGINE_RECOMMEND_VARIED_LIST_H_
#define MYOKINE_ENGINE_RECOMMEND_VARIED_LIST_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"

namespace myokine {

// A candidate of the list.
struct VariedPick {
  size_t candidate = 0;
  int64_t score_milli = 0;      // all points, those below included
  std::vector<Points> variety;  // taken off by effects that vary the list; none is zero
};

// Marginal relevance, greedily. Points into the ruleset and the outcome.
class VariedList {
 public:
  // Of the admissible candidates of a kind.
  VariedList(const Ruleset& ruleset, const RuleOutcome& outcome, CandidateKind kind);

  // The best that is left, ties by id; it is out of the running then. Nothing when none is left. Scores never rise from
  // one pick to the next.
  std::optional<VariedPick> Next();
  // Puts the last pick into the list: what is like it counts less from now on. A pick that is not put there has no
  // part.
  void Accept(const VariedPick& pick);

 private:
  struct Entry {
    uint32_t candidate;
    int64_t score;
    int64_t most;  // thousandths of a point that are taken off what is the same as something above it
    int likeness;  // to the likest of those above it, 0 to 1000
    int64_t Left() const { return score - most * likeness / 1000; }
  };

  const Ruleset& ruleset_;
  const RuleOutcome& outcome_;
  std::vector<Entry> left_;
  int last_likeness_ = 0;  // of the last pick
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_VARIED_LIST_H_
