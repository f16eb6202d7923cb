#include "engine/expr/checked.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

std::string NameOf(const Checked& checked) {
  static constexpr const char* kFrameNames[] = {"user", "candidate", "dose", "part"};
  const std::string fact = absl::StrCat(kFrameNames[static_cast<size_t>(checked.frame)], "#", checked.index);
  switch (checked.op) {
    case Op::kLiteral: return ToString(checked.literal);
    case Op::kFact: return fact;
    case Op::kHasFact: return absl::StrCat("has-", fact);
    case Op::kLocal: return absl::StrCat("local#", checked.index);
    case Op::kField: return absl::StrCat("field#", checked.index);
    case Op::kHasField: return absl::StrCat("has-field#", checked.index);
    case Op::kAnd: return "and";
    case Op::kOr: return "or";
    case Op::kNot: return "not";
    case Op::kTernary: return "if";
    case Op::kEqual: return "==";
    case Op::kNotEqual: return "!=";
    case Op::kIn: return "in";
    case Op::kIndex: return "index";
    case Op::kHasKey: return "has-key";
    case Op::kList: return "list";
    case Op::kMap: return "map-literal";
    case Op::kCall: return std::string(checked.overload->name);
    case Op::kAll: return absl::StrCat("all local#", checked.index);
    case Op::kExists: return absl::StrCat("exists local#", checked.index);
    case Op::kExistsOne: return absl::StrCat("exists_one local#", checked.index);
    case Op::kFilter: return absl::StrCat("filter local#", checked.index);
    case Op::kTransform: return absl::StrCat("map local#", checked.index);
  }
  return "";
}

}  // namespace

bool IsConstant(const Checked& checked) {
  if (checked.op == Op::kFact || checked.op == Op::kHasFact || checked.op == Op::kLocal) return false;
  return std::all_of(checked.args.begin(), checked.args.end(), [](const auto& arg) { return IsConstant(*arg); });
}

std::string ToString(const Checked& checked) {
  std::string text = absl::StrCat(NameOf(checked), ":", ToString(checked.type));
  if (!checked.type.unit.empty()) absl::StrAppend(&text, "[", checked.type.unit, "]");
  if (checked.args.empty()) return text;
  for (const auto& arg : checked.args) absl::StrAppend(&text, " ", ToString(*arg));
  return absl::StrCat("(", text, ")");
}

}  // namespace myokine
