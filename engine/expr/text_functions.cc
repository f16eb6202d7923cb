// Strings. They are UTF-8; size, order and patterns go by code point.
#include <functional>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/expr/limits.h"
#include "engine/expr/overloads.h"
#include "engine/expr/pattern.h"

namespace myokine {
namespace {

Value AddString(Args a, Arena& arena) {
  const auto x = Get<std::string_view>(a[0]), y = Get<std::string_view>(a[1]);
  if (x.size() + y.size() > kMaxTextBytes) return arena.Fail("text too long");
  return arena.Keep(std::string(x) + std::string(y));
}
Value SizeString(Args a, Arena&) {
  int64_t count = 0;
  for (char c : Get<std::string_view>(a[0])) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}
Value Contains(Args a, Arena&) {
  return Get<std::string_view>(a[0]).find(Get<std::string_view>(a[1])) != std::string_view::npos;
}
Value StartsWith(Args a, Arena&) { return Get<std::string_view>(a[0]).starts_with(Get<std::string_view>(a[1])); }
Value EndsWith(Args a, Arena&) { return Get<std::string_view>(a[0]).ends_with(Get<std::string_view>(a[1])); }
Value MatchesPattern(Args a, Arena& arena) {
  std::string why;
  const std::unique_ptr<const Pattern> pattern = Pattern::Compile(Get<std::string_view>(a[1]), why);
  if (pattern == nullptr) return arena.Fail(why);
  return pattern->Finds(Get<std::string_view>(a[0]));
}

Value StringOf(Args a, Arena& arena) { return arena.Keep(ToString(a[0])); }

constexpr Overload kOverloads[] = {
    {"+", false, "ss", 's', AddString},
    {"<", false, "ss", 'b', Order<std::string_view, std::less<>>},
    {"<=", false, "ss", 'b', Order<std::string_view, std::less_equal<>>},
    {">", false, "ss", 'b', Order<std::string_view, std::greater<>>},
    {">=", false, "ss", 'b', Order<std::string_view, std::greater_equal<>>},
    {"size", false, "s", 'i', SizeString},
    {"size", true, "s", 'i', SizeString},
    {"contains", true, "ss", 'b', Contains},
    {"startsWith", true, "ss", 'b', StartsWith},
    {"endsWith", true, "ss", 'b', EndsWith},
    {"matches", true, "ss", 'b', MatchesPattern},
    {"matches", false, "ss", 'b', MatchesPattern},
    {"string", false, "s", 's', ItSelf},
    {"string", false, "b", 's', StringOf},
    {"string", false, "i", 's', StringOf},
    {"string", false, "d", 's', StringOf},
    {"string", false, "D", 's', StringOf},
    {"string", false, "T", 's', StringOf},
};

}  // namespace

absl::Span<const Overload> TextOverloads() { return kOverloads; }

}  // namespace myokine
