#include "engine/expr/parser.h"

#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/expr/limits.h"

namespace myokine {
namespace {

using NodePtr = std::unique_ptr<Node>;

bool IsMacro(std::string_view name) {
  return name == "exists" || name == "all" || name == "exists_one" || name == "filter" || name == "map";
}

// Binary operators by how strongly they bind, weakest first; each level is left-associative.
constexpr int kLevels = 5;
int LevelOf(std::string_view op) {
  if (op == "||") return 0;
  if (op == "&&") return 1;
  if (op == "==" || op == "!=" || op == "<" || op == "<=" || op == ">" || op == ">=" || op == "in") return 2;
  if (op == "+" || op == "-") return 3;
  if (op == "*" || op == "/" || op == "%") return 4;
  return -1;
}

// Words that stand for values or operators wherever they are.
bool IsLiteralWord(std::string_view word) {
  return word == "true" || word == "false" || word == "null" || word == "in";
}

// Stops at the first mistake: what follows one is rarely meant as it reads.
class Parser {
 public:
  Parser(std::vector<Token> tokens, std::vector<ExprMistake>& mistakes)
      : tokens_(std::move(tokens)), mistakes_(mistakes) {}

  NodePtr Run() {
    NodePtr node = Ternary();
    if (!failed_ && Peek().kind != TokenKind::kEnd) Unexpected("an operator or the end");
    return failed_ ? nullptr : std::move(node);
  }

 private:
  const Token& Peek() const { return tokens_[at_]; }
  bool Is(std::string_view symbol) const {
    const Token& token = Peek();
    return (token.kind == TokenKind::kSymbol || (symbol == "in" && token.kind == TokenKind::kName && !token.quoted)) &&
           token.text == symbol;
  }
  bool Take(std::string_view symbol) {
    if (failed_ || !Is(symbol)) return false;
    ++at_;
    return true;
  }
  void Expect(std::string_view symbol) {
    if (!failed_ && !Take(symbol)) Unexpected(absl::StrCat("`", std::string(symbol), "`"));
  }
  void Fail(Span span, std::string code, std::string message, std::string hint = "") {
    if (!failed_) mistakes_.push_back({span, std::move(code), std::move(message), std::move(hint)});
    failed_ = true;
  }
  void Unexpected(std::string wanted) {
    const Token& token = Peek();
    const std::string found = token.kind == TokenKind::kEnd      ? "the end"
                              : token.kind == TokenKind::kString ? "a string"
                                                                 : absl::StrCat("`", token.text, "`");
    Fail(token.span, "syntax", absl::StrCat("expected ", wanted, ", found ", found), OperatorMeant(token.text));
  }
  // Words that other languages have where CEL has signs.
  static std::string OperatorMeant(std::string_view word) {
    return word == "and" ? "write `&&`" : word == "or" ? "write `||`" : word == "not" ? "write `!`" : "";
  }

  NodePtr Make(NodeKind kind, int begin) {
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->span = {begin, at_ > 0 ? tokens_[at_ - 1].span.end : begin};
    return node;
  }
  NodePtr MakeCall(std::string name, int begin, NodePtr a, NodePtr b = nullptr, NodePtr c = nullptr) {
    NodePtr node = Make(NodeKind::kCall, begin);
    node->text = std::move(name);
    for (NodePtr* arg : {&a, &b, &c}) {
      if (*arg) node->args.push_back(std::move(*arg));
    }
    return node;
  }

  void Reserved(const Token& token) {
    Fail(token.span, "reserved-word", absl::StrCat("`", token.text, "` is a reserved word"), "use another name");
  }

  // A chain such as `a + a + ...` nests to the left without an end of its own.
  void TooLong() {
    Fail(Peek().span, "too-deep", absl::StrCat("a chain of more than ", kMaxExpressionLinks, " operations"),
         "break it up with parentheses, or with variables");
  }

  // Every way to nest passes here, which bounds the depth.
  NodePtr Ternary() {
    if (++depth_ > kMaxExpressionDepth) {
      Fail(Peek().span, "too-deep", absl::StrCat("expression is nested more than ", kMaxExpressionDepth, " deep"));
    }
    if (failed_) return --depth_, nullptr;
    const int begin = Peek().span.begin;
    NodePtr condition = Binary(0);
    if (Take("?")) {
      NodePtr yes = Binary(0);
      Expect(":");
      NodePtr no = failed_ ? nullptr : Ternary();
      if (!failed_) condition = MakeCall("?:", begin, std::move(condition), std::move(yes), std::move(no));
    }
    --depth_;
    return failed_ ? nullptr : std::move(condition);
  }

  NodePtr Binary(int level) {
    if (level == kLevels) return Unary();
    const int begin = Peek().span.begin;
    NodePtr left = Binary(level + 1);
    int links = 0;
    while (!failed_ && LevelOf(Peek().text) == level && (Peek().kind == TokenKind::kSymbol || Is("in"))) {
      const std::string op = Peek().text;
      if (++links > kMaxExpressionLinks) return TooLong(), nullptr;
      ++at_;
      NodePtr right = Binary(level + 1);
      if (failed_) return nullptr;
      left = MakeCall(op, begin, std::move(left), std::move(right));
    }
    return failed_ ? nullptr : std::move(left);
  }

  NodePtr Unary() {
    const int begin = Peek().span.begin;
    if (Is("!") || Is("-")) {
      const bool negative = Is("-");
      ++at_;
      // The sign is part of a number, so that the least int can be written.
      if (negative && (Peek().kind == TokenKind::kInt || Peek().kind == TokenKind::kDouble))
        return Member(Number(begin, true), begin);
      if (++depth_ > kMaxExpressionDepth) Fail(Peek().span, "too-deep", "too many signs in a row");
      NodePtr arg = failed_ ? nullptr : Unary();
      --depth_;
      return failed_ ? nullptr : MakeCall(negative ? "neg" : "!", begin, std::move(arg));
    }
    return Member(Primary(), begin);
  }

  NodePtr Member(NodePtr node, int begin) {
    int links = 0;
    while (!failed_) {
      if ((Is(".") || Is("[")) && ++links > kMaxExpressionLinks) return TooLong(), nullptr;
      if (Take(".")) {
        const Token field = Peek();
        const bool word = field.kind == TokenKind::kName && (field.quoted || !IsLiteralWord(field.text));
        if (!word) return Unexpected("a field name"), nullptr;
        const std::string& name = field.text;
        ++at_;
        if (!field.quoted && Is("(")) {
          if (IsReserved(name)) return Reserved(field), nullptr;
          ++at_;
          node = Call(name, std::move(node), begin);
        } else {
          NodePtr select = Make(NodeKind::kSelect, begin);
          select->text = name;
          select->args.push_back(std::move(node));
          node = std::move(select);
        }
      } else if (Take("[")) {
        NodePtr index = Ternary();
        Expect("]");
        if (failed_) return nullptr;
        NodePtr whole = Make(NodeKind::kIndex, begin);
        whole->args.push_back(std::move(node));
        whole->args.push_back(std::move(index));
        node = std::move(whole);
      } else {
        return node;
      }
    }
    return nullptr;
  }

  // After `(`; `receiver` is null for a plain call.
  NodePtr Call(const std::string& name, NodePtr receiver, int begin) {
    std::vector<NodePtr> args;
    if (!Is(")")) {
      do args.push_back(Ternary());
      while (Take(","));
    }
    Expect(")");
    if (failed_) return nullptr;
    if (!receiver && name == "has") return Has(std::move(args), begin);
    if (receiver && IsMacro(name)) return Macro(name, std::move(receiver), std::move(args), begin);
    NodePtr call = Make(NodeKind::kCall, begin);
    call->text = name;
    call->named = true;
    call->method = receiver != nullptr;
    if (receiver) call->args.push_back(std::move(receiver));
    for (NodePtr& arg : args) call->args.push_back(std::move(arg));
    return call;
  }

  NodePtr Has(std::vector<NodePtr> args, int begin) {
    NodePtr node = Make(NodeKind::kHas, begin);
    if (args.size() != 1 || args[0]->kind != NodeKind::kSelect) {
      Fail(node->span, "bad-has", "`has()` takes one field, as in `has(user.profile.age_years)`");
      return nullptr;
    }
    node->args = std::move(args);
    return node;
  }

  NodePtr Macro(const std::string& name, NodePtr list, std::vector<NodePtr> args, int begin) {
    NodePtr node = Make(NodeKind::kComprehension, begin);
    const bool filtered = name == "map" && args.size() == 3;  // map(x, condition, value)
    if ((args.size() != 2 && !filtered) || args[0]->kind != NodeKind::kName || args[0]->rooted) {
      Fail(node->span, "bad-macro", absl::StrCat("`", name, "` takes a variable and an expression"),
           absl::StrCat("write `list.", name, "(x, x > 0)`"));
      return nullptr;
    }
    node->text = name;
    node->var = args[0]->text;
    if (filtered) {
      NodePtr filter = Make(NodeKind::kComprehension, begin);
      filter->text = "filter";
      filter->var = node->var;
      filter->args.push_back(std::move(list));
      filter->args.push_back(std::move(args[1]));
      list = std::move(filter);
    }
    node->args.push_back(std::move(list));
    node->args.push_back(std::move(args.back()));
    return node;
  }

  NodePtr Number(int begin, bool negative) {
    const Token token = Peek();
    ++at_;
    const std::string text = (negative ? "-" : "") + token.text;
    if (token.kind == TokenKind::kDouble) {
      NodePtr node = Make(NodeKind::kDouble, begin);
      if (!absl::SimpleAtod(text, &node->real) || std::isinf(node->real))
        Fail(node->span, "number-range", absl::StrCat("`", text, "` does not fit a double"));
      return failed_ ? nullptr : std::move(node);
    }
    NodePtr node = Make(NodeKind::kInt, begin);
    std::string digits = text;
    int base = 10;
    if (const size_t x = digits.find_first_of("xX"); x != std::string::npos) {
      digits.erase(x - 1, 2);
      base = 16;
    }
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), node->number, base);
    if (error != std::errc() || end != digits.data() + digits.size()) {
      Fail(node->span, "number-range", absl::StrCat("`", text, "` does not fit an int of 64 bits"));
    }
    return failed_ ? nullptr : std::move(node);
  }

  NodePtr Primary() {
    const Token token = Peek();
    const int begin = token.span.begin;
    switch (token.kind) {
      case TokenKind::kInt:
      case TokenKind::kDouble: return Number(begin, false);
      case TokenKind::kString: {
        ++at_;
        NodePtr node = Make(NodeKind::kString, begin);
        node->text = token.text;
        return node;
      }
      case TokenKind::kName: {
        if (token.quoted) return Unexpected("a value"), nullptr;
        ++at_;
        if (token.text == "true" || token.text == "false") {
          NodePtr node = Make(NodeKind::kBool, begin);
          node->number = token.text == "true";
          return node;
        }
        if (token.text == "in") {
          --at_;
          return Unexpected("a value"), nullptr;
        }
        if (const std::string hint = OperatorMeant(token.text); !hint.empty()) {
          Fail(token.span, "syntax", absl::StrCat("`", token.text, "` is no operator"), hint);
          return nullptr;
        }
        if (token.text == "null") {
          Fail(token.span, "no-null", "there is no `null`", "ask `has(...)` whether a fact is known");
          return nullptr;
        }
        if (IsReserved(token.text)) return Reserved(token), nullptr;
        if (Take("(")) return Call(token.text, nullptr, begin);
        NodePtr node = Make(NodeKind::kName, begin);
        node->text = token.text;
        return node;
      }
      default: break;
    }
    if (Take(".")) {
      const Token name = Peek();
      if (name.kind != TokenKind::kName || name.quoted || IsLiteralWord(name.text))
        return Unexpected("a name"), nullptr;
      if (IsReserved(name.text)) return Reserved(name), nullptr;
      ++at_;
      if (Take("(")) return Call(name.text, nullptr, begin);
      NodePtr node = Make(NodeKind::kName, begin);
      node->text = name.text;
      node->rooted = true;
      return node;
    }
    if (Take("(")) {
      NodePtr node = Ternary();
      Expect(")");
      return failed_ ? nullptr : std::move(node);
    }
    if (Take("[")) {
      std::vector<NodePtr> items;
      while (!failed_ && !Is("]")) {
        items.push_back(Ternary());
        if (!Take(",")) break;
      }
      Expect("]");
      if (failed_) return nullptr;
      NodePtr node = Make(NodeKind::kList, begin);
      node->args = std::move(items);
      return node;
    }
    if (Take("{")) {
      std::vector<NodePtr> entries;
      while (!failed_ && !Is("}")) {
        entries.push_back(Ternary());
        Expect(":");
        if (!failed_) entries.push_back(Ternary());
        if (!Take(",")) break;
      }
      Expect("}");
      if (failed_) return nullptr;
      NodePtr node = Make(NodeKind::kMap, begin);
      node->args = std::move(entries);
      return node;
    }
    Unexpected("a value");
    return nullptr;
  }

  std::vector<Token> tokens_;
  std::vector<ExprMistake>& mistakes_;
  size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace

bool IsReserved(std::string_view word) {
  for (std::string_view reserved :
       {"as",  "break", "const",     "continue", "else",    "false",  "for",  "function", "if",   "import", "in",
        "let", "loop",  "namespace", "null",     "package", "return", "true", "var",      "void", "while"}) {
    if (word == reserved) return true;
  }
  return false;
}

std::unique_ptr<Node> Parse(std::string_view text, std::vector<ExprMistake>& mistakes) {
  const size_t before = mistakes.size();
  if (text.size() > kMaxExpressionBytes) {
    mistakes.push_back({{0, 0},
                        "too-long",
                        absl::StrCat("an expression of more than ", kMaxExpressionBytes, " bytes"),
                        "move parts of it into variables"});
    return nullptr;
  }
  std::vector<Token> tokens = Lex(text, mistakes);
  if (mistakes.size() != before) return nullptr;
  return Parser(std::move(tokens), mistakes).Run();
}

}  // namespace myokine
