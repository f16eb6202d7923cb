#include "engine/expr/lexer.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

bool IsNameStart(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c); }

// Appends the UTF-8 form of `code`; false when it is no Unicode scalar value.
bool AppendUtf8(uint32_t code, std::string& out) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
  auto put = [&out](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6)), put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12)), put(0x80 | ((code >> 6) & 0x3F)), put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18)), put(0x80 | ((code >> 12) & 0x3F)), put(0x80 | ((code >> 6) & 0x3F)),
        put(0x80 | (code & 0x3F));
  }
  return true;
}

class Lexer {
 public:
  Lexer(std::string_view text, std::vector<ExprMistake>& mistakes) : text_(text), mistakes_(mistakes) {}

  std::vector<Token> Run() {
    while (SkipBlanks(), at_ < text_.size()) {
      begin_ = at_;
      const char c = text_[at_];
      if (IsDigit(c) || (c == '.' && at_ + 1 < text_.size() && IsDigit(text_[at_ + 1]))) {
        Number();
      } else if (c == '"' || c == '\'' ||
                 ((c == 'r' || c == 'R') && at_ + 1 < text_.size() &&
                  (text_[at_ + 1] == '"' || text_[at_ + 1] == '\''))) {
        String();
      } else if (c == '`') {
        QuotedName();
      } else if (IsNameStart(c)) {
        while (at_ < text_.size() && IsNamePart(text_[at_])) ++at_;
        Push(TokenKind::kName, std::string(text_.substr(begin_, at_ - begin_)));
      } else {
        Symbol();
      }
    }
    begin_ = at_;
    Push(TokenKind::kEnd, "");
    return std::move(tokens_);
  }

 private:
  void SkipBlanks() {
    while (at_ < text_.size()) {
      if (absl::ascii_isspace(static_cast<unsigned char>(text_[at_]))) {
        ++at_;
      } else if (text_.substr(at_, 2) == "//") {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else {
        return;
      }
    }
  }

  Span Here() const { return {static_cast<int>(begin_), static_cast<int>(at_)}; }
  void Push(TokenKind kind, std::string text) { tokens_.push_back({kind, Here(), std::move(text)}); }
  void Complain(std::string code, std::string message, std::string hint = "") {
    mistakes_.push_back({Here(), std::move(code), std::move(message), std::move(hint)});
  }

  void Number() {
    if (text_.substr(at_, 2) == "0x" || text_.substr(at_, 2) == "0X") {
      at_ += 2;
      while (at_ < text_.size() && absl::ascii_isxdigit(static_cast<unsigned char>(text_[at_]))) ++at_;
      Push(TokenKind::kInt, std::string(text_.substr(begin_, at_ - begin_)));
      return;
    }
    bool real = false;
    while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
    if (at_ + 1 < text_.size() && text_[at_] == '.' && IsDigit(text_[at_ + 1])) {
      real = true;
      ++at_;
      while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      size_t digits = at_ + 1;
      if (digits < text_.size() && (text_[digits] == '+' || text_[digits] == '-')) ++digits;
      if (digits < text_.size() && IsDigit(text_[digits])) {
        real = true;
        at_ = digits;
        while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
      }
    }
    Push(real ? TokenKind::kDouble : TokenKind::kInt, std::string(text_.substr(begin_, at_ - begin_)));
  }

  void QuotedName() {
    ++at_;
    while (at_ < text_.size() &&
           (IsNamePart(text_[at_]) || std::string_view("-./ ").find(text_[at_]) != std::string_view::npos))
      ++at_;
    if (at_ == begin_ + 1 || at_ >= text_.size() || text_[at_] != '`') {
      Complain("bad-name", "a quoted name is made of letters, digits, `_`, `-`, `.`, `/` and blanks, up to a backtick");
      return;
    }
    ++at_;
    Push(TokenKind::kName, std::string(text_.substr(begin_ + 1, at_ - begin_ - 2)));
    tokens_.back().quoted = true;
  }

  void String() {
    const bool raw = text_[at_] != '"' && text_[at_] != '\'';
    if (raw) ++at_;
    const char quote = text_[at_];
    const std::string triple(3, quote);
    const std::string end = text_.substr(at_, 3) == triple ? triple : std::string(1, quote);
    at_ += end.size();
    std::string value;
    while (text_.substr(at_, end.size()) != end) {
      if (at_ >= text_.size() || (end.size() == 1 && (text_[at_] == '\n' || text_[at_] == '\r'))) {
        Complain("open-string", "string does not end", absl::StrCat("close it with `", end, "`"));
        return;
      }
      if (text_[at_] == '\\' && !raw) {
        if (!Escape(value)) Complain("bad-escape", "unknown escape in string", "write `\\\\` for a backslash");
      } else {
        value.push_back(text_[at_++]);
      }
    }
    at_ += end.size();
    Push(TokenKind::kString, std::move(value));
  }

  bool Escape(std::string& value) {
    ++at_;  // the backslash
    if (at_ >= text_.size()) return false;
    const char c = text_[at_++];
    static constexpr std::string_view kFrom = "abfnrtv\\?\"'`";
    static constexpr std::string_view kTo = "\a\b\f\n\r\t\v\\?\"'`";
    if (const size_t i = kFrom.find(c); i != std::string_view::npos) {
      value.push_back(kTo[i]);
      return true;
    }
    int digits = 0;
    uint32_t base = 16;
    if (c == 'x' || c == 'X') digits = 2;
    if (c == 'u') digits = 4;
    if (c == 'U') digits = 8;
    if (c >= '0' && c <= '3') digits = 3, base = 8, --at_;
    if (digits == 0) return false;
    uint32_t code = 0;
    for (int i = 0; i < digits; ++i, ++at_) {
      const char digit = at_ < text_.size() ? absl::ascii_tolower(static_cast<unsigned char>(text_[at_])) : ' ';
      const bool letter = base == 16 && digit >= 'a' && digit <= 'f';
      if (!letter && !(digit >= '0' && digit < static_cast<char>('0' + (base == 8 ? 8 : 10)))) return false;
      code = code * base + static_cast<uint32_t>(letter ? digit - 'a' + 10 : digit - '0');
    }
    return AppendUtf8(code, value);
  }

  void Symbol() {
    static constexpr std::string_view kPairs[] = {"&&", "||", "==", "!=", "<=", ">="};
    for (std::string_view pair : kPairs) {
      if (text_.substr(at_, 2) == pair) {
        at_ += 2;
        Push(TokenKind::kSymbol, std::string(pair));
        return;
      }
    }
    const char c = text_[at_++];
    if (std::string_view("()[]{}.,?:<>!+-*/%").find(c) != std::string_view::npos) {
      Push(TokenKind::kSymbol, std::string(1, c));
      return;
    }
    while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80)
      ++at_;  // rest of a UTF-8 character
    const std::string found(text_.substr(begin_, at_ - begin_));
    std::string hint;
    if (c == '&') hint = "write `&&` for and";
    if (c == '|') hint = "write `||` for or";
    if (c == '=') hint = "write `==` to compare";
    if (c == ';') hint = "leave it out";
    Complain("unknown-character", absl::StrCat("unexpected `", found, "`"), hint);
  }

  std::string_view text_;
  std::vector<ExprMistake>& mistakes_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  size_t begin_ = 0;
};

}  // namespace

std::string ToString(const std::vector<Token>& tokens) {
  std::string text;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::kEnd) continue;
    if (!text.empty()) text += ' ';
    const std::string quote = token.kind == TokenKind::kString ? "\"" : token.quoted ? "`" : "";
    absl::StrAppend(&text, quote, quote == "\"" ? absl::Utf8SafeCEscape(token.text) : token.text, quote);
  }
  return text;
}

std::vector<Token> Lex(std::string_view text, std::vector<ExprMistake>& mistakes) {
  return Lexer(text, mistakes).Run();
}

}  // namespace myokine
