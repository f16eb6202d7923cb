#include "engine/expr/expression.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/expr/checker.h"
#include "engine/expr/cost.h"
#include "engine/expr/parser.h"

namespace myokine {
namespace {

// `bound` holds the variables of the macros around `node`.
void CollectRoots(const Node& node, std::vector<std::string>& bound, std::vector<std::string>& roots) {
  if (node.kind == NodeKind::kName &&
      (node.rooted || std::find(bound.begin(), bound.end(), node.text) == bound.end())) {
    roots.push_back(node.text);
  }
  for (size_t i = 0; i < node.args.size(); ++i) {
    const bool binds = node.kind == NodeKind::kComprehension && i == 1;
    if (binds) bound.push_back(node.var);
    CollectRoots(*node.args[i], bound, roots);
    if (binds) bound.pop_back();
  }
}

}  // namespace

std::unique_ptr<const Expression> Expression::Compile(std::string_view text, const Scope& scope,
                                                      const std::vector<Type>& wanted,
                                                      std::vector<ExprMistake>& mistakes) {
  const std::unique_ptr<Node> node = Parse(text, mistakes);
  if (!node) return nullptr;
  std::unique_ptr<Expression> expression(new Expression);
  expression->root_ = Check(*node, scope, expression->arena_, mistakes);
  if (!expression->root_) return nullptr;
  const Type& type = expression->root_->type;
  if (std::none_of(wanted.begin(), wanted.end(), [&](const Type& want) { return Fits(type, want); })) {
    std::vector<std::string> names;
    for (const Type& want : wanted) names.push_back(ToString(want));
    mistakes.push_back({node->span, "type-mismatch",
                        absl::StrCat("expected a ", absl::StrJoin(names, " or "), ", found a ", ToString(type)), ""});
    return nullptr;
  }
  expression->text_ = std::string(text);
  expression->tree_ = ToString(*node);
  expression->program_ = Program::Compile(*expression->root_, expression->arena_);
  expression->cost_ = CostOf(*expression->root_);
  expression->Collect(*expression->root_);
  std::sort(expression->facts_.begin(), expression->facts_.end());
  expression->facts_.erase(std::unique(expression->facts_.begin(), expression->facts_.end()), expression->facts_.end());
  std::vector<std::string> bound;
  CollectRoots(*node, bound, expression->roots_);
  return expression;
}

void Expression::Collect(const Checked& checked) {
  if (checked.op == Op::kFact || checked.op == Op::kHasFact) {
    reads_[static_cast<size_t>(checked.frame)] = true;
    facts_.push_back(static_cast<FactId>(checked.frame) * kFactsPerFrame + checked.index);
  }
  for (const auto& arg : checked.args) Collect(*arg);
}

bool Expression::Names(std::string_view root) const {
  return std::find(roots_.begin(), roots_.end(), root) != roots_.end();
}

std::vector<std::string> NamesIn(std::string_view text) {
  std::vector<ExprMistake> mistakes;
  std::vector<std::string> names, bound;
  if (const std::unique_ptr<Node> node = Parse(text, mistakes)) CollectRoots(*node, bound, names);
  return names;
}

void Report(const std::vector<ExprMistake>& mistakes, std::string_view text, const Location& at,
            const std::string& line, Issues& issues) {
  // Where the text stands in its line as it is, columns are exact; a quoted or folded text is pointed at as a whole.
  const size_t found =
      at.column > 0 ? line.find(std::string(text), static_cast<size_t>(at.column) - 1) : std::string::npos;
  for (const ExprMistake& mistake : mistakes) {
    Location place = at;
    if (found != std::string::npos) place.column = static_cast<int>(found) + mistake.span.begin + 1;
    issues.Add({place, mistake.code, mistake.message, mistake.hint, line});
  }
}

}  // namespace myokine
