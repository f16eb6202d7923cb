#include "engine/expr/explanation.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "engine/expr/program.h"

namespace myokine {
namespace {

class Explainer {
 public:
  Explainer(const Activation& activation, std::vector<ExplainedPart>& parts) : activation_(activation), parts_(parts) {}

  void Visit(const Checked& e, int depth, const std::string& variable) {
    if (e.op == Op::kLiteral) return;
    parts_.push_back({depth, e.span, variable, Program::Compile(e, *activation_.arena).Run(activation_, locals_)});
    if (e.op == Op::kHasField || e.op == Op::kHasKey || IsConstant(e)) return;
    const bool macro = e.op == Op::kAll || e.op == Op::kExists || e.op == Op::kExistsOne || e.op == Op::kFilter ||
                       e.op == Op::kTransform;
    if (!macro) {
      for (const auto& arg : e.args) Visit(*arg, depth + 1, "");
      return;
    }
    Visit(*e.args[0], depth + 1, "");
    const Value over = Program::Compile(*e.args[0], *activation_.arena).Run(activation_, locals_);
    const auto* list = std::get_if<const ListValue*>(&over);
    const auto* map = std::get_if<const MapValue*>(&over);
    if (list == nullptr && map == nullptr) return;
    const std::vector<Value>& items = list != nullptr ? (*list)->items : (*map)->keys;
    for (size_t i = 0; i < std::min(items.size(), kMostExplainedItems); ++i) {
      locals_.push_back(items[i]);
      Visit(*e.args[1], depth + 1, absl::StrCat(e.variable, " = ", ToString(items[i])));
      locals_.pop_back();
    }
  }

 private:
  const Activation& activation_;
  std::vector<ExplainedPart>& parts_;
  std::vector<Value> locals_;
};

}  // namespace

std::vector<ExplainedPart> Explain(const Expression& expression, const Activation& activation) {
  std::vector<ExplainedPart> parts;
  Explainer(activation, parts).Visit(expression.root(), 0, "");
  return parts;
}

}  // namespace myokine
