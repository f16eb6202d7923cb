#include "engine/expr/unit.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

// Power of each unit that a product holds.
using Powers = std::map<std::string, int>;

// Adds the parts of `unit`, each times `sign`: `kg.m/s2` has kg 1, m 1, s -2. What stands in brackets or braces belongs
// to its part: `mm[Hg]`, `{MET}`.
void AddTo(Powers& powers, std::string_view unit, int sign) {
  std::string part;
  int side = sign;
  int depth = 0;
  auto finish = [&] {
    size_t digits = part.size();
    while (digits > 0 && absl::ascii_isdigit(static_cast<unsigned char>(part[digits - 1]))) --digits;
    if (digits > 0) {
      int power = 0;
      for (char digit : part.substr(digits)) power = power * 10 + (digit - '0');
      powers[part.substr(0, digits)] += side * (digits == part.size() ? 1 : power);
    }
    part.clear();  // a bare number, as the 1 of `1/min`, is no unit
  };
  for (char c : unit) {
    depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    if (depth == 0 && (c == '.' || c == '/')) {
      finish();
      side = c == '/' ? -sign : sign;
    } else {
      part.push_back(c);
    }
  }
  finish();
}

std::string Written(const Powers& powers) {
  std::string above, below;
  for (const auto& [part, power] : powers) {
    if (power == 0) continue;
    const int size = power > 0 ? power : -power;
    const std::string text = size == 1 ? part : absl::StrCat(part, size);
    if (power > 0) {
      absl::StrAppend(&above, above.empty() ? "" : ".", text);
    } else {
      absl::StrAppend(&below, "/", text);
    }
  }
  return above.empty() && below.empty() ? std::string(kNoDimension) : above + below;
}

}  // namespace

std::string Product(std::string_view a, std::string_view b) {
  Powers powers;
  AddTo(powers, a, 1);
  AddTo(powers, b, 1);
  return Written(powers);
}

std::string Quotient(std::string_view a, std::string_view b) {
  Powers powers;
  AddTo(powers, a, 1);
  AddTo(powers, b, -1);
  return Written(powers);
}

}  // namespace myokine
