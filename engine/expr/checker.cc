#include "engine/expr/checker.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/expr/agreement.h"
#include "engine/expr/cost.h"
#include "engine/expr/issue.h"
#include "engine/expr/limits.h"
#include "engine/expr/literal_checks.h"

namespace myokine {
namespace {

using CheckedPtr = std::unique_ptr<Checked>;

std::string Quoted(std::string_view text) { return absl::StrCat("`", std::string(text), "`"); }

class Checker {
 public:
  Checker(const Scope& scope, Arena& arena, std::vector<ExprMistake>& mistakes)
      : scope_(scope), arena_(arena), mistakes_(mistakes), agreement_(scope, iterated_, mistakes) {}

  // Null when the node, or something in it, is mistaken; the mistake is recorded.
  CheckedPtr Visit(const Node& node) {
    switch (node.kind) {
      case NodeKind::kBool: return Literal(node, TypeKind::kBool, node.number != 0);
      case NodeKind::kInt: return Literal(node, TypeKind::kInt, node.number);
      case NodeKind::kDouble: return Literal(node, TypeKind::kDouble, node.real);
      case NodeKind::kString: return Literal(node, TypeKind::kString, arena_.Keep(node.text));
      case NodeKind::kList: return List(node);
      case NodeKind::kMap: return Map(node);
      case NodeKind::kName:
      case NodeKind::kSelect: return NameOrField(node, /*has=*/false);
      case NodeKind::kHas: return NameOrField(*node.args[0], /*has=*/true);
      case NodeKind::kIndex: return Index(node);
      case NodeKind::kCall: return Call(node);
      case NodeKind::kComprehension: return Comprehension(node);
    }
    return nullptr;
  }

 private:
  struct Local {
    std::string name;
    Type type;
  };

  CheckedPtr Make(Op op, const Node& node, Type type) {
    auto checked = std::make_unique<Checked>();
    checked->op = op;
    checked->span = node.span;
    checked->type = std::move(type);
    return checked;
  }
  CheckedPtr Literal(const Node& node, TypeKind kind, Value value) {
    CheckedPtr checked = Make(Op::kLiteral, node, Type::Of(kind));
    checked->literal = value;
    return checked;
  }
  CheckedPtr Fail(const Node& node, std::string code, std::string message, std::string hint = "") {
    mistakes_.push_back({node.span, std::move(code), std::move(message), std::move(hint)});
    return nullptr;
  }
  // `a.b.c` as one dotted name; nothing when it is not made of names alone.
  static std::optional<std::string> Dotted(const Node& node) {
    if (node.kind == NodeKind::kName) return node.text;
    if (node.kind != NodeKind::kSelect) return std::nullopt;
    std::optional<std::string> head = Dotted(*node.args[0]);
    return head ? std::optional(absl::StrCat(*head, ".", node.text)) : std::nullopt;
  }
  static std::string_view Root(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

  // True when the name that a chain of selections begins with has a leading dot.
  static bool IsRooted(const Node& node) {
    return node.kind == NodeKind::kSelect ? IsRooted(*node.args[0]) : node.rooted;
  }

  CheckedPtr NameOrField(const Node& node, bool has) {
    const std::optional<std::string> dotted = Dotted(node);
    if (dotted && (IsRooted(node) || !IsLocal(Root(*dotted)))) return Declared(node, *dotted, has);
    if (node.kind == NodeKind::kName) return LocalVariable(node);
    return FieldOf(node, Visit(*node.args[0]), has);
  }

  // `parent.text`: a field of a record, or the value of a key of a map.
  CheckedPtr FieldOf(const Node& node, CheckedPtr parent, bool has) {
    if (!parent) return nullptr;
    const Type type = parent->type;
    if (type.kind == TypeKind::kMap && Fits(*type.key, Type::Of(TypeKind::kString))) {
      CheckedPtr checked = Make(has ? Op::kHasKey : Op::kIndex, node, has ? Type::Of(TypeKind::kBool) : *type.element);
      checked->args.push_back(std::move(parent));
      checked->args.push_back(Literal(node, TypeKind::kString, arena_.Keep(node.text)));
      return checked;
    }
    if (type.kind != TypeKind::kRecord) {
      const std::optional<std::string> name = Dotted(*node.args[0]);
      return Fail(node, "no-fields",
                  name ? absl::StrCat(Quoted(*name), " is a ", ToString(type), " and has no field ", Quoted(node.text))
                       : absl::StrCat("a ", ToString(type), " has no field ", Quoted(node.text)),
                  type.kind == TypeKind::kList ? "look at its items with `.exists(x, ...)` or `.all(x, ...)`" : "");
    }
    const int field = type.record->Find(node.text);
    if (field < 0) {
      std::vector<std::string> names;
      for (const RecordField& f : type.record->fields) names.push_back(f.name);
      return Fail(node, "unknown-field", absl::StrCat(Quoted(type.record->name), " has no field ", Quoted(node.text)),
                  SuggestionFor(node.text, names));
    }
    CheckedPtr checked = Make(has ? Op::kHasField : Op::kField, node,
                              has ? Type::Of(TypeKind::kBool) : type.record->fields[static_cast<size_t>(field)].type);
    checked->index = field;
    checked->args.push_back(std::move(parent));
    return checked;
  }

  bool IsLocal(std::string_view name) const {
    for (const Local& local : locals_) {
      if (local.name == name) return true;
    }
    return false;
  }

  CheckedPtr LocalVariable(const Node& node) {
    for (size_t i = locals_.size(); i-- > 0;) {
      if (locals_[i].name != node.text) continue;
      CheckedPtr checked = Make(Op::kLocal, node, locals_[i].type);
      checked->index = static_cast<int>(i);
      return checked;
    }
    return nullptr;
  }

  CheckedPtr Declared(const Node& node, const std::string& dotted, bool has) {
    const Declaration* declaration = scope_.Find(dotted);
    if (declaration == nullptr) {
      if (node.kind == NodeKind::kSelect) {
        const std::string parent = *Dotted(*node.args[0]);
        const Declaration* above = scope_.Find(parent);
        if (above == nullptr || !above->message) return FieldOf(node, NameOrField(*node.args[0], false), has);
        return Fail(node, "unknown-field", absl::StrCat(Quoted(parent), " has no field ", Quoted(node.text)),
                    SuggestionFor(node.text, scope_.NamesBelow(parent)));
      }
      return Fail(node, "unknown-name", absl::StrCat("unknown name ", Quoted(dotted)),
                  SuggestionFor(dotted, scope_.NamesBelow("")));
    }
    if (has) {
      CheckedPtr checked = Make(declaration->message ? Op::kFact : Op::kHasFact, node, Type::Of(TypeKind::kBool));
      checked->frame = declaration->frame;
      checked->index = declaration->slot;
      return checked;
    }
    if (declaration->message) {
      const std::vector<std::string> fields = scope_.NamesBelow(dotted);
      return Fail(node, "not-a-value", absl::StrCat(Quoted(dotted), " is no value of its own"),
                  fields.empty() ? "" : absl::StrCat("use one of its fields, such as `", dotted, ".", fields[0], "`"));
    }
    CheckedPtr checked = Make(Op::kFact, node, declaration->type);
    checked->frame = declaration->frame;
    checked->index = declaration->slot;
    return checked;
  }

  // Checks an item of a literal against the type of those before it, and widens that.
  CheckedPtr Item(const Node& node, Type& type, std::string_view what) {
    CheckedPtr item = Visit(node);
    if (!item) return nullptr;
    if (!Fits(item->type, type)) {
      return Fail(
          node, "mixed-list",
          absl::StrCat("a ", std::string(what), " of ", ToString(type), " can't hold a ", ToString(item->type)));
    }
    if (!agreement_.Agree(node, item->type, type)) return nullptr;
    type = Unify(type, item->type);
    return item;
  }

  CheckedPtr List(const Node& node) {
    CheckedPtr checked = Make(Op::kList, node, Type());
    Type element;
    bool good = true;
    for (const auto& arg : node.args) {
      checked->args.push_back(Item(*arg, element, "list"));
      good &= checked->args.back() != nullptr;
    }
    checked->type = Type::List(std::move(element), static_cast<int64_t>(node.args.size()));
    return good ? std::move(checked) : nullptr;
  }

  CheckedPtr Map(const Node& node) {
    CheckedPtr checked = Make(Op::kMap, node, Type());
    Type key, value;
    bool good = true;
    for (size_t i = 0; i < node.args.size(); ++i) {
      const bool is_key = i % 2 == 0;
      CheckedPtr item = Item(*node.args[i], is_key ? key : value, is_key ? "map with keys" : "map with values");
      if (item && is_key && item->type.kind != TypeKind::kBool && item->type.kind != TypeKind::kInt &&
          item->type.kind != TypeKind::kString && item->type.kind != TypeKind::kAny) {
        item = Fail(*node.args[i], "bad-key", absl::StrCat("a ", ToString(item->type), " can't be a key"),
                    "keys are bools, ints or strings");
      }
      good &= item != nullptr;
      checked->args.push_back(std::move(item));
    }
    checked->type = Type::Map(std::move(key), std::move(value), static_cast<int64_t>(node.args.size() / 2));
    return good ? std::move(checked) : nullptr;
  }

  CheckedPtr Index(const Node& node) {
    CheckedPtr where = Visit(*node.args[0]);
    CheckedPtr at = Visit(*node.args[1]);
    if (!where || !at) return nullptr;
    const bool list = where->type.kind == TypeKind::kList && Fits(at->type, Type::Of(TypeKind::kInt));
    const bool map = where->type.kind == TypeKind::kMap && Fits(at->type, *where->type.key);
    if (!list && !map) {
      return Fail(node, "bad-index",
                  absl::StrCat("can't index a ", ToString(where->type), " by a ", ToString(at->type)));
    }
    if (map && !agreement_.Compare(node, {*node.args[1], *at}, {*node.args[0], *where})) return nullptr;
    CheckedPtr checked = Make(Op::kIndex, node, *where->type.element);
    checked->args.push_back(std::move(where));
    checked->args.push_back(std::move(at));
    return checked;
  }

  CheckedPtr Call(const Node& node) {
    std::vector<CheckedPtr> args;
    bool good = true;
    for (const auto& arg : node.args) {
      args.push_back(Visit(*arg));
      good &= args.back() != nullptr;
    }
    const bool operator_name = node.named && (IsSpecial(node.text) || node.text == "neg");
    if (operator_name || (OverloadsOf(node.text).empty() && !IsSpecial(node.text))) {
      return Fail(node, "unknown-function", absl::StrCat("unknown function `", node.text, "`"),
                  SuggestionFor(node.text, FunctionNames()));
    }
    if (!good) return nullptr;
    CheckedPtr checked = IsSpecial(node.text) ? Special(node, args) : Plain(node, args);
    if (checked) checked->args = std::move(args);
    return checked;
  }

  static bool IsSpecial(std::string_view name) {
    return name == "&&" || name == "||" || name == "!" || name == "?:" || name == "==" || name == "!=" || name == "in";
  }

  bool WantBool(const Node& node, const Checked& checked) {
    if (Fits(checked.type, Type::Of(TypeKind::kBool))) return true;
    Fail(node, "type-mismatch", absl::StrCat("expected a bool, found a ", ToString(checked.type)),
         checked.type.kind == TypeKind::kString || checked.type.kind == TypeKind::kInt ||
                 checked.type.kind == TypeKind::kDouble
             ? "compare it with something"
             : "");
    return false;
  }

  CheckedPtr Special(const Node& node, const std::vector<CheckedPtr>& args) {
    const std::string& op = node.text;
    const Type boolean = Type::Of(TypeKind::kBool);
    if (op == "&&" || op == "||" || op == "!") {
      bool good = true;
      for (size_t i = 0; i < args.size(); ++i) good &= WantBool(*node.args[i], *args[i]);
      return good ? Make(op == "&&" ? Op::kAnd : op == "||" ? Op::kOr : Op::kNot, node, boolean) : nullptr;
    }
    if (op == "?:") {
      if (!WantBool(*node.args[0], *args[0])) return nullptr;
      if (!Fits(args[1]->type, args[2]->type)) {
        return Fail(
            node, "type-mismatch",
            absl::StrCat("the branches of `?:` are a ", ToString(args[1]->type), " and a ", ToString(args[2]->type)));
      }
      if (!agreement_.Agree(node, args[1]->type, args[2]->type)) return nullptr;
      return Make(Op::kTernary, node, Unify(args[1]->type, args[2]->type));
    }
    const Side left{*node.args[0], *args[0]}, right{*node.args[1], *args[1]};
    if (op == "in") {
      const Type& where = args[1]->type;
      if (where.kind != TypeKind::kList && where.kind != TypeKind::kMap) {
        return Fail(*node.args[1], "type-mismatch",
                    absl::StrCat("`in` looks into a list or a map, not a ", ToString(where)));
      }
      if (!Fits(args[0]->type, where.kind == TypeKind::kMap ? *where.key : *where.element)) {
        return Fail(node, "type-mismatch",
                    absl::StrCat("a ", ToString(where), " never holds a ", ToString(args[0]->type)));
      }
      return agreement_.Compare(node, left, right) ? Make(Op::kIn, node, boolean) : nullptr;
    }
    if (!Fits(args[0]->type, args[1]->type)) return Mismatch(node, args);
    if (!agreement_.Compare(node, left, right)) return nullptr;
    return Make(op == "==" ? Op::kEqual : Op::kNotEqual, node, boolean);
  }

  // Two operands whose types don't go together.
  CheckedPtr Mismatch(const Node& node, const std::vector<CheckedPtr>& args) {
    std::string hint;
    auto is = [&args](size_t i, TypeKind kind) { return args[i]->type.kind == kind; };
    for (size_t i : {size_t{0}, size_t{1}}) {
      if (!is(i, TypeKind::kInt) || !is(1 - i, TypeKind::kDouble)) continue;
      hint = args[i]->op == Op::kLiteral ? absl::StrCat("write `", node.args[i]->number, ".0`")
                                         : "convert one side with `double(...)` or `int(...)`";
    }
    return Fail(
        node, "type-mismatch",
        absl::StrCat("no `", node.text, "` between a ", ToString(args[0]->type), " and a ", ToString(args[1]->type)),
        hint);
  }

  CheckedPtr Plain(const Node& node, const std::vector<CheckedPtr>& args) {
    std::vector<Type> types;
    for (const CheckedPtr& arg : args) types.push_back(arg->type);
    const Overload* overload = FindOverload(node.text, node.method, types);
    if (overload == nullptr) {
      const bool is_operator = OverloadsOf(node.text)[0]->params.size() == 2 &&
                               ToString(*OverloadsOf(node.text)[0]).find('(') == std::string::npos;
      if (is_operator && args.size() == 2) return Mismatch(node, args);
      std::vector<std::string> found, known;
      for (const Type& type : types) found.push_back(ToString(type));
      for (const Overload* other : OverloadsOf(node.text)) known.push_back(ToString(*other));
      return Fail(
          node, "no-overload",
          absl::StrCat("`", node.text == "neg" ? "-" : node.text, "` does not take (", absl::StrJoin(found, ", "), ")"),
          absl::StrCat("it is ", absl::StrJoin(known, "; ")));
    }
    if (overload->result == 'A' && !Fits(types[0], types[1])) return Mismatch(node, args);
    if (!agreement_.CompareArguments(node, args)) return nullptr;
    if (!CheckLiteralArguments(node, args, *overload, mistakes_)) return nullptr;
    CheckedPtr checked = Make(Op::kCall, node, ResultOf(*overload, args));
    checked->overload = overload;
    return checked;
  }

  CheckedPtr Comprehension(const Node& node) {
    CheckedPtr list = Visit(*node.args[0]);
    if (!list) return nullptr;
    const bool map = list->type.kind == TypeKind::kMap;
    if (!map && list->type.kind != TypeKind::kList) {
      return Fail(
          node, "type-mismatch",
          absl::StrCat("`", node.text, "` goes over a list or the keys of a map, not a ", ToString(list->type)));
    }
    if (locals_.size() >= kMaxNestedMacros) {
      return Fail(node, "too-costly", absl::StrCat("macros are nested more than ", kMaxNestedMacros, " deep"));
    }
    const int index = static_cast<int>(locals_.size());
    const Type items = map ? Type::List(*list->type.key, list->type.max_items) : list->type;
    locals_.push_back({node.var, *items.element});
    iterated_.push_back({node.args[0].get(), list.get()});
    CheckedPtr body = Visit(*node.args[1]);
    locals_.pop_back();
    iterated_.pop_back();
    if (!body) return nullptr;
    if (node.text != "map" && !WantBool(*node.args[1], *body)) return nullptr;
    const Op op = node.text == "all"          ? Op::kAll
                  : node.text == "exists"     ? Op::kExists
                  : node.text == "exists_one" ? Op::kExistsOne
                  : node.text == "filter"     ? Op::kFilter
                                              : Op::kTransform;
    Type type = op == Op::kFilter      ? items
                : op == Op::kTransform ? Type::List(body->type, items.max_items)
                                       : Type::Of(TypeKind::kBool);
    CheckedPtr checked = Make(op, node, std::move(type));
    checked->index = index;
    checked->variable = node.var;
    checked->args.push_back(std::move(list));
    checked->args.push_back(std::move(body));
    return checked;
  }

  const Scope& scope_;
  Arena& arena_;
  std::vector<ExprMistake>& mistakes_;
  std::vector<Local> locals_;
  std::vector<Iterated> iterated_;
  Agreement agreement_;
};

}  // namespace

std::unique_ptr<Checked> Check(const Node& node, const Scope& scope, Arena& arena, std::vector<ExprMistake>& mistakes) {
  const size_t before = mistakes.size();
  std::unique_ptr<Checked> checked = Checker(scope, arena, mistakes).Visit(node);
  if (checked && CostOf(*checked) > kMaxCost) {
    mistakes.push_back({node.span, "too-costly",
                        absl::StrCat("it may take more than ", kMaxCost, " operations, by what its lists may hold"),
                        "put what does not depend on the inner macro outside of it"});
  }
  return mistakes.size() == before ? std::move(checked) : nullptr;
}

}  // namespace myokine
