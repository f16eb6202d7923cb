#include "engine/expr/checker.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/expr/issue.h"

namespace myokine {
namespace {

using CheckedPtr = std::unique_ptr<Checked>;

std::string Quoted(std::string_view text) { return absl::StrCat("`", std::string(text), "`"); }

class Checker {
 public:
  Checker(const Scope& scope, Arena& arena, std::vector<ExprMistake>& mistakes)
      : scope_(scope), arena_(arena), mistakes_(mistakes) {}

  // Null when the node, or something in it, is mistaken; the mistake is recorded.
  CheckedPtr Visit(const Node& node) {
    switch (node.kind) {
      case NodeKind::kBool: return Literal(node, TypeKind::kBool, node.number != 0);
      case NodeKind::kInt: return Literal(node, TypeKind::kInt, node.number);
      case NodeKind::kDouble: return Literal(node, TypeKind::kDouble, node.real);
      case NodeKind::kString: return Literal(node, TypeKind::kString, arena_.Keep(node.text));
      case NodeKind::kList: return List(node);
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
    const Node* list_node;  // what it goes over
    const Checked* list;
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
  static std::string Suggest(std::string_view word, const std::vector<std::string>& candidates) {
    const std::string near = DidYouMean(word, candidates);
    return near.empty() ? "" : absl::StrCat("did you mean `", near, "`?");
  }

  // `a.b.c` as one dotted name; nothing when it is not made of names alone.
  static std::optional<std::string> Dotted(const Node& node) {
    if (node.kind == NodeKind::kName) return node.text;
    if (node.kind != NodeKind::kSelect) return std::nullopt;
    std::optional<std::string> head = Dotted(*node.args[0]);
    return head ? std::optional(absl::StrCat(*head, ".", node.text)) : std::nullopt;
  }
  static std::string_view Root(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

  CheckedPtr NameOrField(const Node& node, bool has) {
    const std::optional<std::string> dotted = Dotted(node);
    if (dotted && !IsLocal(Root(*dotted))) return Declared(node, *dotted, has);
    if (node.kind == NodeKind::kName) return LocalVariable(node);
    CheckedPtr record = Visit(*node.args[0]);
    if (!record) return nullptr;
    if (record->type.kind != TypeKind::kRecord) {
      return Fail(
          node, "no-fields", absl::StrCat("a ", ToString(record->type), " has no field ", Quoted(node.text)),
          record->type.kind == TypeKind::kList ? "look at its items with `.exists(x, ...)` or `.all(x, ...)`" : "");
    }
    const int field = record->type.record->Find(node.text);
    if (field < 0) {
      std::vector<std::string> names;
      for (const RecordField& f : record->type.record->fields) names.push_back(f.name);
      return Fail(node, "unknown-field",
                  absl::StrCat(Quoted(record->type.record->name), " has no field ", Quoted(node.text)),
                  Suggest(node.text, names));
    }
    CheckedPtr checked =
        Make(has ? Op::kHasField : Op::kField, node,
             has ? Type::Of(TypeKind::kBool) : record->type.record->fields[static_cast<size_t>(field)].type);
    checked->index = field;
    checked->args.push_back(std::move(record));
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
        // Perhaps a field of something that is no message.
        const std::optional<std::string> parent = Dotted(*node.args[0]);
        const Declaration* above = scope_.Find(*parent);
        if (above == nullptr) return NameOrField(*node.args[0], false), nullptr;
        if (!above->message) {
          return Fail(
              node, "no-fields",
              absl::StrCat(Quoted(*parent), " is a ", ToString(above->type), " and has no field ", Quoted(node.text)),
              above->type.kind == TypeKind::kList ? "look at its items with `.exists(x, ...)` or `.all(x, ...)`" : "");
        }
        return Fail(node, "unknown-field", absl::StrCat(Quoted(*parent), " has no field ", Quoted(node.text)),
                    Suggest(node.text, scope_.NamesBelow(*parent)));
      }
      return Fail(node, "unknown-name", absl::StrCat("unknown name ", Quoted(dotted)),
                  Suggest(dotted, scope_.NamesBelow("")));
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

  CheckedPtr List(const Node& node) {
    CheckedPtr checked = Make(Op::kList, node, Type::List(Type::Of(TypeKind::kAny)));
    bool good = true;
    for (const auto& arg : node.args) {
      CheckedPtr item = Visit(*arg);
      if (!item) {
        good = false;
        continue;
      }
      if (!Fits(item->type, *checked->type.element)) {
        Fail(*arg, "mixed-list",
             absl::StrCat("a list of ", ToString(*checked->type.element), " can't hold a ", ToString(item->type)));
        good = false;
      } else {
        checked->type = Type::List(Unify(*checked->type.element, item->type));
      }
      checked->args.push_back(std::move(item));
    }
    return good ? std::move(checked) : nullptr;
  }

  CheckedPtr Index(const Node& node) {
    CheckedPtr list = Visit(*node.args[0]);
    CheckedPtr at = Visit(*node.args[1]);
    if (!list || !at) return nullptr;
    if (list->type.kind != TypeKind::kList || at->type.kind != TypeKind::kInt) {
      return Fail(node, "bad-index",
                  absl::StrCat("can't index a ", ToString(list->type), " by a ", ToString(at->type)));
    }
    CheckedPtr checked = Make(Op::kIndex, node, *list->type.element);
    checked->args.push_back(std::move(list));
    checked->args.push_back(std::move(at));
    return checked;
  }

  // The literal strings on one side must be words of the vocabulary of the other.
  bool CheckWords(const Node& node, const Checked& checked, const std::string& vocabulary) {
    if (vocabulary.empty()) return true;
    if (checked.op == Op::kList) {
      bool good = true;
      for (size_t i = 0; i < checked.args.size(); ++i) good &= CheckWords(*node.args[i], *checked.args[i], vocabulary);
      return good;
    }
    if (checked.op == Op::kLocal) {
      const Local& local = locals_[static_cast<size_t>(checked.index)];
      return local.list->op != Op::kList || CheckWords(*local.list_node, *local.list, vocabulary);
    }
    if (checked.op == Op::kTernary) {
      const bool yes = CheckWords(*node.args[1], *checked.args[1], vocabulary);
      return CheckWords(*node.args[2], *checked.args[2], vocabulary) && yes;
    }
    if (checked.op != Op::kLiteral || checked.type.kind != TypeKind::kString) return true;
    const Scope::Words* words = scope_.FindVocabulary(vocabulary);
    const std::string word(std::get<std::string_view>(checked.literal));
    if (words == nullptr || words->contains(word)) return true;
    Fail(node, "unknown-word", absl::StrCat(Quoted(word), " is not in the vocabulary ", Quoted(vocabulary)),
         Suggest(word, std::vector<std::string>(words->begin(), words->end())));
    return false;
  }

  static const std::string& UnitOf(const Type& type) {
    return type.kind == TypeKind::kList ? UnitOf(*type.element) : type.unit;
  }

  // Values that are compared or added must be of one unit and one vocabulary, where both state theirs.
  bool Agree(const Node& node, const Type& a, const Type& b) {
    if (!UnitOf(a).empty() && !UnitOf(b).empty() && UnitOf(a) != UnitOf(b)) {
      Fail(node, "unit-mismatch", absl::StrCat("one side is in `", UnitOf(a), "`, the other in `", UnitOf(b), "`"),
           "convert one of them first");
      return false;
    }
    if (!VocabularyOf(a).empty() && !VocabularyOf(b).empty() && VocabularyOf(a) != VocabularyOf(b)) {
      Fail(node, "vocabulary-mismatch",
           absl::StrCat("one side is of the vocabulary `", VocabularyOf(a), "`, the other of `", VocabularyOf(b), "`"));
      return false;
    }
    return true;
  }

  static const std::string& VocabularyOf(const Type& type) {
    return type.kind == TypeKind::kList ? VocabularyOf(*type.element) : type.vocabulary;
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
                  Suggest(node.text, FunctionNames()));
    }
    if (!good) return nullptr;
    CheckedPtr checked = IsSpecial(node.text) ? Special(node, args) : Plain(node, args);
    if (checked) checked->args = std::move(args);
    return checked;
  }

  static bool IsSpecial(std::string_view name) {
    return name == "&&" || name == "||" || name == "!" || name == "?:" || name == "==" || name == "!=" || name == "in";
  }

  static bool AddsOrCompares(std::string_view name) {
    return name == "+" || name == "-" || name == "<" || name == "<=" || name == ">" || name == ">=" || name == "min" ||
           name == "max" || name == "clamp";
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
      return Make(Op::kTernary, node, Unify(args[1]->type, args[2]->type));
    }
    if (op == "in") {
      if (args[1]->type.kind != TypeKind::kList)
        return Fail(*node.args[1], "type-mismatch",
                    absl::StrCat("`in` looks into a list, not a ", ToString(args[1]->type)));
      if (!Fits(args[0]->type, *args[1]->type.element)) {
        return Fail(node, "type-mismatch",
                    absl::StrCat("a ", ToString(args[1]->type), " never holds a ", ToString(args[0]->type)));
      }
      if (!Agree(node, args[0]->type, args[1]->type)) return nullptr;
      const bool good = CheckWords(*node.args[0], *args[0], VocabularyOf(args[1]->type)) &&
                        CheckWords(*node.args[1], *args[1], VocabularyOf(args[0]->type));
      return good ? Make(Op::kIn, node, boolean) : nullptr;
    }
    if (!Fits(args[0]->type, args[1]->type)) return Mismatch(node, args);
    if (!Agree(node, args[0]->type, args[1]->type)) return nullptr;
    const bool good = CheckWords(*node.args[0], *args[0], VocabularyOf(args[1]->type)) &&
                      CheckWords(*node.args[1], *args[1], VocabularyOf(args[0]->type));
    return good ? Make(op == "==" ? Op::kEqual : Op::kNotEqual, node, boolean) : nullptr;
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
    const Type type = overload->result == 'A' ? Unify(types[0], types[1]) : TypeOfLetter(overload->result);
    if (AddsOrCompares(node.text)) {
      for (size_t i = 1; i < types.size(); ++i) {
        if (!Agree(node, types[0], types[i])) return nullptr;
      }
    }
    CheckedPtr checked = Make(Op::kCall, node, type);
    checked->overload = overload;
    return checked;
  }

  CheckedPtr Comprehension(const Node& node) {
    CheckedPtr list = Visit(*node.args[0]);
    if (!list) return nullptr;
    if (list->type.kind != TypeKind::kList) {
      return Fail(node, "type-mismatch",
                  absl::StrCat("`", node.text, "` goes over a list, not a ", ToString(list->type)));
    }
    if (locals_.size() >= kMaxNestedMacros) {
      return Fail(node, "too-costly", absl::StrCat("macros are nested more than ", kMaxNestedMacros, " deep"));
    }
    const int index = static_cast<int>(locals_.size());
    locals_.push_back({node.var, *list->type.element, node.args[0].get(), list.get()});
    CheckedPtr body = Visit(*node.args[1]);
    locals_.pop_back();
    if (!body) return nullptr;
    if (node.text != "map" && !WantBool(*node.args[1], *body)) return nullptr;
    const Op op = node.text == "all"          ? Op::kAll
                  : node.text == "exists"     ? Op::kExists
                  : node.text == "exists_one" ? Op::kExistsOne
                  : node.text == "filter"     ? Op::kFilter
                                              : Op::kMap;
    Type type = op == Op::kFilter ? list->type : op == Op::kMap ? Type::List(body->type) : Type::Of(TypeKind::kBool);
    CheckedPtr checked = Make(op, node, std::move(type));
    checked->index = index;
    checked->args.push_back(std::move(list));
    checked->args.push_back(std::move(body));
    return checked;
  }

  const Scope& scope_;
  Arena& arena_;
  std::vector<ExprMistake>& mistakes_;
  std::vector<Local> locals_;
};

}  // namespace

std::unique_ptr<Checked> Check(const Node& node, const Scope& scope, Arena& arena, std::vector<ExprMistake>& mistakes) {
  const size_t before = mistakes.size();
  std::unique_ptr<Checked> checked = Checker(scope, arena, mistakes).Visit(node);
  return mistakes.size() == before ? std::move(checked) : nullptr;
}

}  // namespace myokine
