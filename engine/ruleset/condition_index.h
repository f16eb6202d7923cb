// The conditions of all rules, answered together: every distinct predicate once, thresholds on one fact by one search,
// and rules by operations on bits.
#ifndef MYOKINE_ENGINE_RULESET_CONDITION_INDEX_H_
#define MYOKINE_ENGINE_RULESET_CONDITION_INDEX_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/expr/expression.h"
#include "engine/ruleset/bits.h"
#include "engine/ruleset/disjunctive_form.h"

namespace myokine {

// What the conditions come to for one person. Kept between runs, so that nothing is allocated.
struct Verdicts {
  Bits holds;  // by condition: known to be true
  Bits open;   // not settled by predicates alone: its expression says whether it lacks facts, fails, or holds after all

  // Memory of the index.
  std::vector<uint64_t> rows;
  std::vector<uint64_t> uncertain;
  std::vector<const uint64_t*> masks;
};

// A condition in disjunctive form is a set of rows; a row holds when all of its literals do. For each fact the index
// has, for every stretch between thresholds (or every word), the rows that it rules out; ruling out leaves the rows
// that hold. Immutable; threads may share it.
class ConditionIndex {
 public:
  ConditionIndex() = default;
  // A null condition always holds. Conditions read the user's frame alone, and must outlive the index.
  explicit ConditionIndex(absl::Span<const Expression* const> conditions);

  void Judge(const Activation& activation, Verdicts& verdicts) const;

  size_t conditions() const { return conditions_; }
  // Distinct predicates, and those of them that are no comparison, membership or flag, but evaluated one by one.
  size_t predicates() const { return predicates_; }
  size_t evaluated_predicates() const { return opaque_.size(); }
  size_t rows() const { return row_count_; }

 private:
  // Rows that are ruled out.
  struct Mask {
    uint32_t begin = 0;  // in sparse_ or dense_
    uint32_t count = 0;
    bool dense = false;
  };
  struct Numbers {  // a fact that is compared with numbers
    int slot;
    std::vector<double> thresholds;  // rising
    std::vector<Mask> stretches;     // below the first, at it, above it ...
    Mask unknown;
  };
  struct Words {  // a fact that is one word
    int slot;
    absl::flat_hash_map<std::string_view, size_t> numbers;
    std::vector<Mask> masks;  // by number; 0: any other word
    Mask unknown;
  };
  struct Truth {  // a predicate by itself
    Mask when_true, when_false, unknown;
  };
  struct Flag {
    int slot;
    Truth truth;
  };
  struct Members {  // a list of words
    int slot;
    absl::flat_hash_map<std::string_view, std::vector<uint32_t>> truths;  // of members_, by word
    uint32_t begin, end;                                                  // of members_
  };
  struct Opaque {
    Program program;
    Truth truth;
  };

  void Lay(const std::vector<Predicate>& predicates);
  // All rows that read some of these predicates.
  static std::vector<uint32_t> RowsOf(const std::vector<const Predicate*>& predicates);
  Mask MaskOf(std::vector<uint32_t> rows);
  Truth TruthOf(const Predicate& predicate);
  void LayNumbers(int slot, const std::vector<const Predicate*>& predicates);
  void LayWords(int slot, const std::vector<const Predicate*>& predicates);
  void LayMembers(int slot, const std::vector<const Predicate*>& predicates);

  void RuleOut(const Mask& mask, Verdicts& verdicts) const;
  void Doubt(const Mask& mask, Verdicts& verdicts) const;
  void Settle(const Truth& truth, const Value& value, Verdicts& verdicts) const;
  void JudgeMembers(const Members& members, const Value& value, Verdicts& verdicts) const;
  void Finish(Verdicts& verdicts) const;

  size_t conditions_ = 0;
  size_t predicates_ = 0;
  size_t row_count_ = 0;
  size_t words_ = 0;                    // of a set of rows
  std::vector<uint32_t> condition_of_;  // by row beyond the first of each condition
  Arena constants_;                     // of the programs
  std::vector<uint32_t> sparse_;
  std::vector<uint64_t> dense_;
  std::vector<Numbers> numbers_;
  std::vector<Words> words_of_;
  std::vector<Flag> flags_;
  std::vector<Flag> known_;
  std::vector<Members> members_of_;
  std::vector<Truth> members_;
  std::vector<Opaque> opaque_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_CONDITION_INDEX_H_
