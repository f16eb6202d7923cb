// A regular expression of `matches`: RE2's syntax, linear in the text, bounded in size.
#ifndef MYOKINE_ENGINE_EXPR_PATTERN_H_
#define MYOKINE_ENGINE_EXPR_PATTERN_H_

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace myokine {

// Immutable; threads may share it.
class Pattern {
 public:
  // Null when `text` is no pattern, or too large a one; `why` then says so.
  static std::unique_ptr<const Pattern> Compile(std::string_view text, std::string& why);
  ~Pattern();

  // True when some part of `text` matches; anchors make it the whole.
  bool Finds(std::string_view text) const;

 private:
  explicit Pattern(std::unique_ptr<const re2::RE2> regex);

  std::unique_ptr<const re2::RE2> regex_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_PATTERN_H_
