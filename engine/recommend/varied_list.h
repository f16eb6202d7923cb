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
  uint32_t candidate = 0;
  int64_t score_milli = 0;  // all points, less those that follow
  int64_t taken_milli = 0;  // taken off by effects that vary the list
};

// Marginal relevance, greedily. Points into the ruleset and the outcome. Used again, it does not allocate.
class VariedList {
 public:
  VariedList() = default;
  VariedList(const Ruleset& ruleset, const RuleOutcome& outcome, CandidateKind kind) { Begin(ruleset, outcome, kind); }

  // Of the admissible candidates of a kind.
  void Begin(const Ruleset& ruleset, const RuleOutcome& outcome, CandidateKind kind);

  // The best that is left, ties by id; it is out of the running then. Nothing when none is left. Scores never rise from
  // one pick to the next.
  std::optional<VariedPick> Next();
  // Puts the last pick into the list: what is like it counts less from now on. A pick that is not put there has no
  // part.
  void Accept(const VariedPick& pick);

  // Appends what was taken off a pick, by effect; none is zero.
  void AddVariety(const VariedPick& pick, std::vector<Points>& points) const;

 private:
  struct Entry {
    uint32_t candidate;
    int64_t score;
    int64_t most;  // thousandths of a point that are taken off what is the same as something above it
    int likeness;  // to the likest of those above it, 0 to 1000
    int64_t Left() const { return score - most * likeness / 1000; }
  };

  bool IsLess(int64_t score, uint32_t candidate, int64_t than_score, uint32_t than) const {
    return score != than_score ? score < than_score : ruleset_->places()[candidate] > ruleset_->places()[than];
  }
  // Looks at one more of those that wait.
  void LookAtNext();

  const Ruleset* ruleset_ = nullptr;
  const RuleOutcome* outcome_ = nullptr;
  // Candidates by what they have at most, as a heap: nobody looks at one before its turn could have come.
  std::vector<uint32_t> waiting_;
  std::vector<Entry> looked_at_;
  std::vector<uint32_t> accepted_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_VARIED_LIST_H_
