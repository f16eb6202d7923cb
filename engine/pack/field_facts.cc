#include "engine/pack/field_facts.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace myokine {

using ::google::protobuf::Descriptor;
using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

namespace {

// `UnknownAction` as `unknown<separator>action`.
std::string SplitWords(const std::string& camel, char separator) {
  std::string words;
  for (char c : camel) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isupper(byte) && !words.empty()) words.push_back(separator);
    words.push_back(absl::ascii_tolower(byte));
  }
  return words;
}

}  // namespace

const v1::FieldFacts& FactsOf(const FieldDescriptor* field) { return field->options().GetExtension(v1::field); }

const v1::MessageFacts& FactsOf(const Descriptor* message) { return message->options().GetExtension(v1::message); }

const FieldDescriptor* NameField(const Descriptor* message) {
  for (int i = 0; i < message->field_count(); ++i) {
    if (FactsOf(message->field(i)).identifier()) return message->field(i);
  }
  if (message->full_name() == "myokine.v1.AxisScale") return message->FindFieldByName("axis");
  if (message->full_name() == "myokine.v1.GradeCap") return message->FindFieldByName("grade");
  return nullptr;
}

std::string NameOf(const Message& entry) {
  const FieldDescriptor* field = NameField(entry.GetDescriptor());
  if (field == nullptr) return "";
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) return entry.GetReflection()->GetString(entry, field);
  const auto* value = entry.GetReflection()->GetEnum(entry, field);
  return value->number() == 0 ? "" : value->name().substr(EnumPrefix(field->enum_type()).size());
}

std::string Words(const Descriptor* message) { return SplitWords(message->name(), ' '); }

std::string EnumPrefix(const EnumDescriptor* type) {
  return absl::StrCat(absl::AsciiStrToUpper(SplitWords(type->name(), '_')), "_");
}

std::vector<std::string> EnumNames(const EnumDescriptor* type) {
  const std::string prefix = EnumPrefix(type);
  std::vector<std::string> names;
  for (int i = 0; i < type->value_count(); ++i) {
    const auto* value = type->value(i);
    if (value->number() == 0) continue;
    names.push_back(value->name().starts_with(prefix) ? value->name().substr(prefix.size()) : value->name());
  }
  return names;
}

const FieldDescriptor* FindField(const Descriptor* message, const std::string& name) {
  if (const FieldDescriptor* field = message->FindFieldByName(name)) return field;
  for (int i = 0; i < message->field_count(); ++i) {
    if (message->field(i)->json_name() == name) return message->field(i);
  }
  return nullptr;
}

bool IsIdentifier(const std::string& text) {
  const auto is_plain = [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) || absl::ascii_isdigit(static_cast<unsigned char>(c));
  };
  return !text.empty() && is_plain(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_plain(c) || c == '_' || c == '-' || c == '.'; });
}

}  // namespace myokine
