// One compiled expression of a pack: the face of this folder.
#ifndef MYOKINE_ENGINE_EXPR_EXPRESSION_H_
#define MYOKINE_ENGINE_EXPR_EXPRESSION_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/expr/checked.h"
#include "engine/expr/issue.h"
#include "engine/expr/lexer.h"
#include "engine/expr/program.h"
#include "engine/expr/scope.h"

namespace myokine {

// Parsed, checked and ready. Immutable; threads may share it.
class Expression {
 public:
  // Compiles `text`, whose value must be of one of `wanted`. Null when there are mistakes; all of them are added to
  // `mistakes`, with spans in `text`.
  static std::unique_ptr<const Expression> Compile(std::string_view text, const Scope& scope,
                                                   const std::vector<Type>& wanted, std::vector<ExprMistake>& mistakes);

  Value Evaluate(const Activation& activation) const { return program_.Run(activation); }

  const Type& type() const { return root_->type; }
  const std::string& text() const { return text_; }
  // True when a fact of this frame is read.
  bool Reads(Frame frame) const { return reads_[static_cast<size_t>(frame)]; }
  // The facts that are read, sorted.
  const FactSet& facts() const { return facts_; }
  // True when some name of the expression is `root` or begins with `root.`.
  bool Names(std::string_view root) const;
  // The syntax tree, every operation in parentheses.
  const std::string& tree() const { return tree_; }
  const Checked& root() const { return *root_; }
  const Program& program() const { return program_; }
  // Operations in the worst case.
  int64_t cost() const { return cost_; }

 private:
  Expression() = default;
  void Collect(const Checked& checked);

  std::string text_;
  std::string tree_;
  Arena arena_;  // holds what is constant
  std::unique_ptr<Checked> root_;
  Program program_;
  int64_t cost_ = 0;
  bool reads_[kFrames] = {};
  FactSet facts_;
  std::vector<std::string> roots_;
};

// The undotted names that `text` begins its references with, without variables of macros; empty when it does not parse.
std::vector<std::string> NamesIn(std::string_view text);

// Turns mistakes of an expression that stands at `at` in a file into issues.
void Report(const std::vector<ExprMistake>& mistakes, std::string_view text, const Location& at,
            const std::string& line, Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_EXPRESSION_H_
