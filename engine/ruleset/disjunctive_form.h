// Conditions taken apart: each as rows of which any one will do, each row of predicates that all must hold. A predicate
// that stands in many conditions is found once.
#ifndef MYOKINE_ENGINE_RULESET_DISJUNCTIVE_FORM_H_
#define MYOKINE_ENGINE_RULESET_DISJUNCTIVE_FORM_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "engine/expr/expression.h"

namespace myokine {

// A predicate about facts of the person, and the rows that want it true or false. Points into the conditions.
struct Predicate {
  enum class Kind {
    kCompare,  // the fact in `slot`, `relation`, `number`
    kWord,     // the fact in `slot` is one of `words`
    kMember,   // the list in `slot` holds one of `words`
    kFlag,     // the fact in `slot` is true
    kKnown,    // the fact in `slot` is known
    kOpaque,   // anything else, to be evaluated
  };
  Kind kind = Kind::kOpaque;
  int slot = 0;
  Relation relation = Relation::kEqual;
  double number = 0;
  std::vector<std::string_view> words;
  const Checked* checked = nullptr;
  std::vector<uint32_t> wanted, unwanted;  // rows, rising
};

// A number that a double holds exactly as far as comparisons go; nothing for any other value, NaN included.
std::optional<double> ExactNumber(const Value& value);

class DisjunctiveForm {
 public:
  // A null condition always holds. Conditions read the user's frame alone, and must outlive the form. One that would
  // have more than 12 rows is one predicate.
  explicit DisjunctiveForm(absl::Span<const Expression* const> conditions);

  // All of them; some may have no rows.
  const std::vector<Predicate>& predicates() const { return predicates_; }
  // Row i is the first of condition i; behind them stand further rows, of these conditions.
  const std::vector<uint32_t>& further() const { return further_; }

 private:
  struct Literal {
    size_t predicate;
    bool wanted;
  };
  using Row = std::vector<Literal>;

  // The rows of an expression, or of its opposite; false when there are too many.
  bool RowsOf(const Checked& checked, bool wanted, std::vector<Row>& rows);
  size_t Number(std::string name, const Checked& checked, bool opaque);
  void AddRow(const Row& row, uint32_t number);

  std::vector<Predicate> predicates_;
  std::map<std::string, size_t> numbers_;  // of predicates, by what they say
  std::vector<uint32_t> further_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_DISJUNCTIVE_FORM_H_
