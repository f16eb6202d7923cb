#include "engine/expr/ast.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/expr/value.h"

namespace myokine {

std::string ToString(const Node& node) {
  auto join = [&node](std::string head) {
    for (const auto& arg : node.args) absl::StrAppend(&head, " ", ToString(*arg));
    return absl::StrCat("(", head, ")");
  };
  switch (node.kind) {
    case NodeKind::kBool: return node.number != 0 ? "true" : "false";
    case NodeKind::kInt: return absl::StrCat(node.number);
    case NodeKind::kDouble: return absl::StrCat(ToString(Value(node.real)), "d");
    case NodeKind::kString: return absl::StrCat("\"", absl::Utf8SafeCEscape(node.text), "\"");
    case NodeKind::kName: return absl::StrCat(node.rooted ? "." : "", node.text);
    case NodeKind::kSelect: return absl::StrCat(ToString(*node.args[0]), ".", node.text);
    case NodeKind::kList: return join("list");
    case NodeKind::kMap: return join("map");
    case NodeKind::kIndex: return join("index");
    case NodeKind::kHas: return join("has");
    case NodeKind::kCall: return join(node.text);
    case NodeKind::kComprehension: return join(absl::StrCat(node.text, " ", node.var));
  }
  return "";
}

}  // namespace myokine
