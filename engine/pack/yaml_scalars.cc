#include "engine/pack/yaml_scalars.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "engine/expr/issue.h"
#include "engine/pack/field_facts.h"
#include "engine/pack/utf8.h"

namespace myokine {
namespace {

using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::EnumValueDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// Steps over digits; how many there were.
size_t SkipDigits(const std::string& text, size_t& at) {
  const size_t begin = at;
  while (at < text.size() && IsDigit(text[at])) ++at;
  return at - begin;
}

// Whether text is a decimal number: `-12`, `3.5`, `.5`, `1e-3`.
bool IsDecimal(const std::string& text, bool whole) {
  size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  size_t digits = SkipDigits(text, at);
  if (whole) return digits > 0 && at == text.size();
  if (at < text.size() && text[at] == '.') digits += SkipDigits(text, ++at);
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (SkipDigits(text, at) == 0) return false;
  }
  return at == text.size();
}

Mistake WrongType(const FieldDescriptor* field, const std::string& expected, const YamlNode& found,
                  std::string hint = "") {
  return {"wrong-type", absl::StrCat("`", field->name(), "` takes ", expected, ", not ", Describe(found)),
          std::move(hint)};
}

Mistake OutOfRange(const FieldDescriptor* field, const YamlNode& found, const std::string& why) {
  return {"out-of-range", absl::StrCat("`", field->name(), "` of `", Shorten(found.text), "` is ", why), ""};
}

// The unit as a suffix: ` min`; none for plain numbers and ratios.
std::string UnitSuffix(const FieldDescriptor* field) {
  const std::string& unit = FactsOf(field).unit();
  return unit.empty() || unit == "1" ? "" : absl::StrCat(" ", unit);
}

std::optional<Mistake> CheckRange(const FieldDescriptor* field, const YamlNode& node, double value) {
  const v1::FieldFacts& facts = FactsOf(field);
  if (facts.has_minimum() && value < facts.minimum()) {
    return OutOfRange(field, node, absl::StrCat("below the smallest value, ", facts.minimum(), UnitSuffix(field)));
  }
  if (facts.has_maximum() && value > facts.maximum()) {
    return OutOfRange(field, node, absl::StrCat("above the largest value, ", facts.maximum(), UnitSuffix(field)));
  }
  return std::nullopt;
}

std::optional<Mistake> ReadWhole(const FieldDescriptor* field, const YamlNode& node, int64_t smallest, int64_t largest,
                                 int64_t& value) {
  if (node.quoted) return WrongType(field, "a whole number", node, "write it without quotes");
  if (!IsDecimal(node.text, /*whole=*/true)) return WrongType(field, "a whole number", node);
  if (!absl::SimpleAtoi(node.text, &value) || value < smallest || value > largest) {
    return OutOfRange(field, node, absl::StrCat("not between ", smallest, " and ", largest));
  }
  return CheckRange(field, node, static_cast<double>(value));
}

std::optional<Mistake> ReadDouble(const FieldDescriptor* field, const YamlNode& node, double& value) {
  if (node.quoted) return WrongType(field, "a number", node, "write it without quotes");
  if (!IsDecimal(node.text, /*whole=*/false)) return WrongType(field, "a number", node);
  if (!absl::SimpleAtod(node.text, &value) || !std::isfinite(value)) {
    return OutOfRange(field, node, "beyond what a number can hold");
  }
  return CheckRange(field, node, value);
}

std::optional<Mistake> ReadBool(const FieldDescriptor* field, const YamlNode& node, bool& value) {
  if (node.quoted || (node.text != "true" && node.text != "false")) {
    return WrongType(field, "a boolean", node, "write `true` or `false`, without quotes");
  }
  value = node.text == "true";
  return std::nullopt;
}

std::optional<Mistake> ReadEnum(const FieldDescriptor* field, const YamlNode& node, const EnumValueDescriptor*& value) {
  const EnumDescriptor* type = field->enum_type();
  const std::string prefix = EnumPrefix(type);
  value = type->FindValueByName(prefix + node.text);
  if (value != nullptr && value->number() != 0) return std::nullopt;
  const std::vector<std::string> names = EnumNames(type);
  const std::string word = node.text.starts_with(prefix) ? node.text.substr(prefix.size()) : node.text;
  std::string hint = SuggestionFor(word, names);
  if (hint.empty()) hint = absl::StrCat("one of ", absl::StrJoin(names, ", "));
  return Mistake{"unknown-value", absl::StrCat("`", field->name(), "` has no value `", Shorten(node.text), "`"),
                 std::move(hint)};
}

std::optional<Mistake> CheckIdentifier(const FieldDescriptor* field, const std::string& text) {
  const bool is_claim = field->containing_type()->full_name() == "myokine.v1.Claim";
  if (is_claim) {
    if (text.starts_with("A-") && IsIdentifier(text.substr(2))) return std::nullopt;
  } else if (IsIdentifier(text)) {
    return std::nullopt;
  }
  return Mistake{"bad-identifier", absl::StrCat("`", Shorten(text), "` is not an id"),
                 is_claim ? "ids of claims are `A-` and a number such as `3.3.2`"
                          : "use lower-case letters, digits, `_`, `-` and `.`, beginning with a letter or digit"};
}

std::optional<Mistake> ReadString(const FieldDescriptor* field, const YamlNode& node, std::string& value) {
  const v1::FieldFacts& facts = FactsOf(field);
  const bool is_text = field->containing_type()->full_name() == "myokine.v1.Text";
  const int most = facts.max_bytes() > 0 ? facts.max_bytes() : is_text ? kMostTextBytes : kMostStringBytes;
  if (node.text.size() > static_cast<size_t>(most)) {
    return Mistake{
        "too-long",
        absl::StrCat("`", field->name(), "` has ", node.text.size(), " bytes, more than the ", most, " allowed"), ""};
  }
  if (FindBadByte(node.text) != std::string::npos) {
    return Mistake{"bad-character", absl::StrCat("`", field->name(), "` holds a control character"), ""};
  }
  const bool blank = std::all_of(node.text.begin(), node.text.end(),
                                 [](char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); });
  if (blank && (facts.expression() || facts.required())) {
    return Mistake{"empty-value", absl::StrCat("`", field->name(), "` is empty"),
                   facts.required() ? "" : "leave the key out, or give it a value"};
  }
  if (facts.identifier()) {
    if (std::optional<Mistake> mistake = CheckIdentifier(field, node.text)) return mistake;
  }
  value = node.text;
  return std::nullopt;
}

}  // namespace

std::optional<Mistake> StoreScalar(const YamlNode& scalar, const FieldDescriptor* field, Message& message) {
  const Reflection* reflection = message.GetReflection();
  const bool add = field->is_repeated();
  std::optional<Mistake> mistake;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: {
      int64_t value = 0;
      mistake =
          ReadWhole(field, scalar, std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max(), value);
      if (mistake) break;
      const auto narrow = static_cast<int32_t>(value);
      add ? reflection->AddInt32(&message, field, narrow) : reflection->SetInt32(&message, field, narrow);
      break;
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      int64_t value = 0;
      mistake =
          ReadWhole(field, scalar, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(), value);
      if (mistake) break;
      add ? reflection->AddInt64(&message, field, value) : reflection->SetInt64(&message, field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      double value = 0;
      mistake = ReadDouble(field, scalar, value);
      if (mistake) break;
      add ? reflection->AddDouble(&message, field, value) : reflection->SetDouble(&message, field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_BOOL: {
      bool value = false;
      mistake = ReadBool(field, scalar, value);
      if (mistake) break;
      add ? reflection->AddBool(&message, field, value) : reflection->SetBool(&message, field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const EnumValueDescriptor* value = nullptr;
      mistake = ReadEnum(field, scalar, value);
      if (mistake) break;
      add ? reflection->AddEnum(&message, field, value) : reflection->SetEnum(&message, field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value;
      mistake = ReadString(field, scalar, value);
      if (mistake) break;
      add ? reflection->AddString(&message, field, std::move(value))
          : reflection->SetString(&message, field, std::move(value));
      break;
    }
    default:  // no message of ours has unsigned numbers or floats
      mistake = Mistake{"wrong-type", absl::StrCat("`", field->name(), "` cannot be written in YAML"), ""};
  }
  return mistake;
}

std::optional<Mistake> StoreTimestamp(const YamlNode& scalar, const std::string& name, Message& timestamp) {
  absl::Time time;
  std::string error;
  const bool begins_with_year = !scalar.text.empty() && IsDigit(scalar.text.front());
  // google.protobuf.Timestamp holds the years 1 to 9999.
  if (!begins_with_year || !absl::ParseTime(absl::RFC3339_full, scalar.text, &time, &error) ||
      time < absl::FromUnixSeconds(-62135596800) || time > absl::FromUnixSeconds(253402300799)) {
    return Mistake{"bad-timestamp", absl::StrCat("`", name, "` takes a moment, not ", Describe(scalar)),
                   "write it like `2026-01-15T09:00:00Z` or `2026-01-15T18:00:00+09:00`"};
  }
  const int64_t seconds = absl::ToUnixSeconds(time);  // rounds down
  const auto nanos = absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds));
  const Reflection* reflection = timestamp.GetReflection();
  reflection->SetInt64(&timestamp, timestamp.GetDescriptor()->FindFieldByName("seconds"), seconds);
  reflection->SetInt32(&timestamp, timestamp.GetDescriptor()->FindFieldByName("nanos"), static_cast<int32_t>(nanos));
  return std::nullopt;
}

}  // namespace myokine
