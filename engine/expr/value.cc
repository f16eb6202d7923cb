#include "engine/expr/value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

std::string DoubleText(double number) {
  if (std::isnan(number)) return "nan";  // whatever its sign, which depends on the machine
  char buffer[40];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
  return std::string(buffer, end);
}

// Seconds with as many decimals as needed: `90s`, `-0.5s`.
std::string DurationText(absl::Duration duration) {
  const bool negative = duration < absl::ZeroDuration();
  if (negative) duration = -duration;
  const int64_t seconds = absl::IDivDuration(duration, absl::Seconds(1), &duration);
  std::string text = absl::StrCat(negative ? "-" : "", seconds);
  if (const int64_t nanos = absl::ToInt64Nanoseconds(duration); nanos != 0) {
    std::string decimals = absl::StrCat(nanos + 1'000'000'000).substr(1);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    absl::StrAppend(&text, ".", decimals);
  }
  return text + "s";
}

}  // namespace

bool KeyLess(const Value& a, const Value& b) {
  if (const auto* x = std::get_if<bool>(&a)) return *x < std::get<bool>(b);
  if (const auto* x = std::get_if<int64_t>(&a)) return *x < std::get<int64_t>(b);
  return std::get<std::string_view>(a) < std::get<std::string_view>(b);
}

const Value* MapValue::Find(const Value& key) const {
  const auto found = std::lower_bound(keys.begin(), keys.end(), key, KeyLess);
  return found == keys.end() || KeyLess(key, *found) ? nullptr : &values[static_cast<size_t>(found - keys.begin())];
}

Value Worse(const Value& a, const Value& b, Arena& arena) {
  if (IsUnknown(a) && IsUnknown(b)) return arena.Merge(std::get<Unknown>(a), std::get<Unknown>(b));
  if (IsUnknown(a) || IsUnknown(b)) return IsUnknown(a) ? a : b;
  return IsError(a) ? a : b;
}

Value Trouble(const Value& value, bool deep, Arena& arena) {
  if (!IsKnown(value)) return value;
  Value trouble = true;
  auto note = [&](const Value& other) {
    if (!IsKnown(other)) trouble = IsKnown(trouble) ? other : Worse(trouble, other, arena);
  };
  if (const auto* list = std::get_if<const ListValue*>(&value)) {
    if (!(*list)->complete || !(*list)->possible.empty()) note(Unknown{(*list)->missing});
    for (const Value& item : (*list)->items) note(Trouble(item, deep, arena));
  } else if (const auto* map = std::get_if<const MapValue*>(&value); map != nullptr && deep) {
    for (const Value& entry : (*map)->values) note(Trouble(entry, deep, arena));
  } else if (const auto* record = std::get_if<const RecordValue*>(&value); record != nullptr && deep) {
    for (const Value& field : (*record)->fields) note(Trouble(field, deep, arena));
  }
  return trouble;
}

Unknown Arena::Merge(Unknown a, Unknown b) {
  if (a.facts == b.facts) return a;
  FactSet& both = fact_sets_.Next();
  both.clear();
  std::set_union(a.facts->begin(), a.facts->end(), b.facts->begin(), b.facts->end(), std::back_inserter(both));
  return Unknown{&both};
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
  if (const auto* x = std::get_if<const MapValue*>(&a)) {
    const MapValue* y = std::get<const MapValue*>(b);
    return std::equal((*x)->keys.begin(), (*x)->keys.end(), y->keys.begin(), y->keys.end(), Equal) &&
           std::equal((*x)->values.begin(), (*x)->values.end(), y->values.begin(), y->values.end(), Equal);
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
  if (const auto* x = std::get_if<absl::Duration>(&value)) return DurationText(*x);
  if (const auto* x = std::get_if<absl::Time>(&value))
    return absl::FormatTime("%E4Y-%m-%dT%H:%M:%E*SZ", *x, absl::UTCTimeZone());
  std::string text;
  if (const auto* x = std::get_if<const ListValue*>(&value)) {
    for (const Value& item : (*x)->items) absl::StrAppend(&text, text.empty() ? "" : ", ", ToString(item));
    if (!(*x)->complete) absl::StrAppend(&text, text.empty() ? "" : ", ", "...");
    return absl::StrCat("[", text, "]");
  }
  if (const auto* x = std::get_if<const MapValue*>(&value)) {
    for (size_t i = 0; i < (*x)->keys.size(); ++i) {
      absl::StrAppend(&text, i == 0 ? "" : ", ", ToString((*x)->keys[i]), ": ", ToString((*x)->values[i]));
    }
    return absl::StrCat("{", text, "}");
  }
  for (const Value& field : std::get<const RecordValue*>(value)->fields) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", ToString(field));
  }
  return absl::StrCat("{", text, "}");
}

}  // namespace myokine
