#include "engine/expr/agreement.h"

#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "engine/expr/issue.h"
#include "engine/expr/unit.h"

namespace myokine {
namespace {

// What a type says of its single values: of a list its items, of a map its keys.
const Type& Single(const Type& type) {
  if (type.kind == TypeKind::kMap) return *type.key;
  return type.kind == TypeKind::kList ? Single(*type.element) : type;
}

std::string Written(double number) { return ToString(Value(number)); }

// `0 to 120`, `at least 0`.
std::string RangeText(const Type& range) {
  if (!range.minimum) return absl::StrCat("at most ", Written(*range.maximum));
  if (!range.maximum) return absl::StrCat("at least ", Written(*range.minimum));
  return absl::StrCat(Written(*range.minimum), " to ", Written(*range.maximum));
}

// A name made of names alone, for messages.
std::string NameOf(const Node& node) {
  if (node.kind == NodeKind::kName) return absl::StrCat("`", node.text, "`");
  if (node.kind != NodeKind::kSelect) return "the other side";
  const std::string head = NameOf(*node.args[0]);
  return head[0] == '`' ? absl::StrCat(head.substr(0, head.size() - 1), ".", node.text, "`") : head;
}

}  // namespace

bool Agreement::Agree(const Node& node, const Type& a, const Type& b) const {
  const Type &x = Single(a), &y = Single(b);
  if (!x.unit.empty() && !y.unit.empty() && x.unit != y.unit) {
    mistakes_.push_back({node.span, "unit-mismatch",
                         absl::StrCat("one side is in `", x.unit, "`, the other in `", y.unit, "`"),
                         "convert one of them in a variable that states its unit"});
    return false;
  }
  if (!x.vocabulary.empty() && !y.vocabulary.empty() && x.vocabulary != y.vocabulary) {
    mistakes_.push_back(
        {node.span, "vocabulary-mismatch",
         absl::StrCat("one side is of the vocabulary `", x.vocabulary, "`, the other of `", y.vocabulary, "`"), ""});
    return false;
  }
  return true;
}

bool Agreement::Compare(const Node& node, Side a, Side b) const {
  if (!Agree(node, a.checked.type, b.checked.type)) return false;
  const bool left = CheckLiterals(a, Single(b.checked.type), NameOf(b.node));
  return CheckLiterals(b, Single(a.checked.type), NameOf(a.node)) && left;
}

bool Agreement::CompareArguments(const Node& node, const std::vector<std::unique_ptr<Checked>>& args) const {
  const std::string_view name = node.text;
  if (name == "<" || name == "<=" || name == ">" || name == ">=")
    return Compare(node, {*node.args[0], *args[0]}, {*node.args[1], *args[1]});
  if (name != "+" && name != "-" && name != "%" && name != "min" && name != "max" && name != "clamp") return true;
  for (size_t i = 1; i < args.size(); ++i) {
    if (!Agree(node, args[0]->type, args[i]->type)) return false;
  }
  return true;
}

bool Agreement::CheckLiterals(Side side, const Type& other, const std::string& other_name) const {
  const Checked& checked = side.checked;
  switch (checked.op) {
    case Op::kList: {
      bool good = true;
      for (size_t i = 0; i < checked.args.size(); ++i)
        good &= CheckLiterals({*side.node.args[i], *checked.args[i]}, other, other_name);
      return good;
    }
    case Op::kMap: {
      bool good = true;
      for (size_t i = 0; i < checked.args.size(); i += 2)
        good &= CheckLiterals({*side.node.args[i], *checked.args[i]}, other, other_name);
      return good;
    }
    case Op::kLocal: {
      const Iterated& over = iterated_[static_cast<size_t>(checked.index)];
      return over.checked->op != Op::kList || CheckLiterals({*over.node, *over.checked}, other, other_name);
    }
    case Op::kTernary: {
      const bool yes = CheckLiterals({*side.node.args[1], *checked.args[1]}, other, other_name);
      return CheckLiterals({*side.node.args[2], *checked.args[2]}, other, other_name) && yes;
    }
    case Op::kLiteral:
      if (checked.type.kind == TypeKind::kString) return CheckWord(side, other.vocabulary);
      return !checked.type.IsNumber() || CheckNumber(side, other, other_name);
    default: return true;
  }
}

bool Agreement::CheckWord(Side side, const std::string& vocabulary) const {
  const Scope::Words* words = vocabulary.empty() ? nullptr : scope_.FindVocabulary(vocabulary);
  const std::string word(std::get<std::string_view>(side.checked.literal));
  if (words == nullptr || words->contains(word)) return true;
  mistakes_.push_back({side.node.span, "unknown-word",
                       absl::StrCat("`", word, "` is not in the vocabulary `", vocabulary, "`"),
                       SuggestionFor(word, std::vector<std::string>(words->begin(), words->end()))});
  return false;
}

bool Agreement::CheckNumber(Side side, const Type& range, const std::string& other_name) const {
  const Value& literal = side.checked.literal;
  const double number = side.checked.type.kind == TypeKind::kInt ? static_cast<double>(std::get<int64_t>(literal))
                                                                 : std::get<double>(literal);
  if ((!range.minimum || number >= *range.minimum) && (!range.maximum || number <= *range.maximum)) return true;
  mistakes_.push_back({side.node.span, "out-of-range",
                       absl::StrCat("`", ToString(literal), "` is outside the range of ", other_name),
                       absl::StrCat("it is ", RangeText(range), range.unit.empty() ? "" : " ", range.unit)});
  return false;
}

Type ResultOf(const Overload& overload, const std::vector<std::unique_ptr<Checked>>& args) {
  const std::string_view name = overload.name;
  if (overload.result == 'A') {  // list + list
    const Type &left = args[0]->type, &right = args[1]->type;
    Type type = Unify(left, right);
    type.max_items = left.max_items > 0 && right.max_items > 0 ? left.max_items + right.max_items : 0;
    return type;
  }
  Type type = TypeOfLetter(overload.result);
  const bool keeps = name == "+" || name == "-" || name == "%" || name == "neg" || name == "min" || name == "max" ||
                     name == "clamp" || name == "sum" || name == "int" || name == "double";
  if (keeps && type.IsNumber()) {
    for (const auto& arg : args) {
      if (type.unit.empty()) type.unit = Single(arg->type).unit;
    }
  }
  if ((name == "*" || name == "/") && args.size() == 2) {
    const bool pure_left = IsConstant(*args[0]), pure_right = IsConstant(*args[1]);
    const std::string& left = args[0]->type.unit;
    const std::string& right = args[1]->type.unit;
    const bool stated = (pure_left || !left.empty()) && (pure_right || !right.empty()) && !(pure_left && pure_right);
    if (stated) type.unit = name == "*" ? Product(left, right) : Quotient(left, right);
  }
  return type;
}

}  // namespace myokine
