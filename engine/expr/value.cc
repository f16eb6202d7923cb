#include "engine/expr/value.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

std::string DoubleText(double number) {
  char buffer[40];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
  return std::string(buffer, end);
}

}  // namespace

Unknown Arena::Merge(Unknown a, Unknown b) {
  if (a.facts == b.facts) return a;
  FactSet both;
  std::set_union(a.facts->begin(), a.facts->end(), b.facts->begin(), b.facts->end(), std::back_inserter(both));
  return Unknown{Keep(std::move(both))};
}

bool Equal(const Value& a, const Value& b) {
  if (a.index() != b.index()) return false;
  if (const auto* x = std::get_if<bool>(&a)) return *x == std::get<bool>(b);
  if (const auto* x = std::get_if<int64_t>(&a)) return *x == std::get<int64_t>(b);
  if (const auto* x = std::get_if<double>(&a)) return *x == std::get<double>(b);
  if (const auto* x = std::get_if<std::string_view>(&a)) return *x == std::get<std::string_view>(b);
  if (const auto* x = std::get_if<absl::Duration>(&a)) return *x == std::get<absl::Duration>(b);
  if (const auto* x = std::get_if<absl::Time>(&a)) return *x == std::get<absl::Time>(b);
  if (const auto* x = std::get_if<const ListValue*>(&a)) {
    const ListValue* y = std::get<const ListValue*>(b);
    return std::equal((*x)->items.begin(), (*x)->items.end(), y->items.begin(), y->items.end(), Equal);
  }
  if (const auto* x = std::get_if<const RecordValue*>(&a)) {
    const RecordValue* y = std::get<const RecordValue*>(b);
    return std::equal((*x)->fields.begin(), (*x)->fields.end(), y->fields.begin(), y->fields.end(), Equal);
  }
  return false;
}

std::string ToString(const Value& value) {
  if (const auto* x = std::get_if<Unknown>(&value)) return absl::StrCat("unknown(", x->facts->size(), " facts)");
  if (const auto* x = std::get_if<Error>(&value)) return absl::StrCat("error(", std::string(x->message), ")");
  if (const auto* x = std::get_if<bool>(&value)) return *x ? "true" : "false";
  if (const auto* x = std::get_if<int64_t>(&value)) return absl::StrCat(*x);
  if (const auto* x = std::get_if<double>(&value)) return DoubleText(*x);
  if (const auto* x = std::get_if<std::string_view>(&value))
    return absl::StrCat("\"", absl::Utf8SafeCEscape(std::string(*x)), "\"");
  if (const auto* x = std::get_if<absl::Duration>(&value)) return absl::FormatDuration(*x);
  if (const auto* x = std::get_if<absl::Time>(&value))
    return absl::FormatTime(absl::RFC3339_full, *x, absl::UTCTimeZone());
  std::string text;
  if (const auto* x = std::get_if<const ListValue*>(&value)) {
    for (const Value& item : (*x)->items) absl::StrAppend(&text, text.empty() ? "" : ", ", ToString(item));
    if (!(*x)->complete) absl::StrAppend(&text, text.empty() ? "" : ", ", "...");
    return absl::StrCat("[", text, "]");
  }
  for (const Value& field : std::get<const RecordValue*>(value)->fields) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", ToString(field));
  }
  return absl::StrCat("{", text, "}");
}

}  // namespace myokine
