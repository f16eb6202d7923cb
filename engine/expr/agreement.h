// What types of values do not say: whether two sides that are compared or added are of one unit and one vocabulary,
// whether a literal is a word of the other side's vocabulary and within its range, and what unit a result has.
#ifndef MYOKINE_ENGINE_EXPR_AGREEMENT_H_
#define MYOKINE_ENGINE_EXPR_AGREEMENT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/expr/ast.h"
#include "engine/expr/checked.h"
#include "engine/expr/lexer.h"
#include "engine/expr/scope.h"

namespace myokine {

// One side of a comparison: as written and as checked.
struct Side {
  const Node& node;
  const Checked& checked;
};

// What the variable of each enclosing macro goes over, outermost first.
struct Iterated {
  const Node* node;
  const Checked* checked;
};

class Agreement {
 public:
  Agreement(const Scope& scope, const std::vector<Iterated>& iterated, std::vector<ExprMistake>& mistakes)
      : scope_(scope), iterated_(iterated), mistakes_(mistakes) {}

  // Units and vocabularies of two types, where both state theirs; a mistake is recorded at `node`.
  bool Agree(const Node& node, const Type& a, const Type& b) const;
  // Agree, and literals on either side are words and numbers that the other side may have.
  bool Compare(const Node& node, Side a, Side b) const;
  // The arguments of a function or operator among themselves, where it adds or compares them.
  bool CompareArguments(const Node& node, const std::vector<std::unique_ptr<Checked>>& args) const;

 private:
  // The literals in `side` against what `other` may be; `other_name` is how the other side is called.
  bool CheckLiterals(Side side, const Type& other, const std::string& other_name) const;
  bool CheckWord(Side side, const std::string& vocabulary) const;
  bool CheckNumber(Side side, const Type& range, const std::string& other_name) const;

  const Scope& scope_;
  const std::vector<Iterated>& iterated_;
  std::vector<ExprMistake>& mistakes_;
};

// The type of what an overload gives, with what follows from its arguments: unit, vocabulary, length.
Type ResultOf(const Overload& overload, const std::vector<std::unique_ptr<Checked>>& args);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_AGREEMENT_H_
