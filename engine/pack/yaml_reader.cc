#include "engine/pack/yaml_reader.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/pack/field_facts.h"
#include "engine/pack/loaded_pack.h"
#include "engine/pack/utf8.h"

namespace myokine {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;
using Kind = YamlNode::Kind;

bool IsTimestamp(const Descriptor* type) { return type->full_name() == "google.protobuf.Timestamp"; }

std::vector<std::string> FieldNames(const Descriptor* type) {
  std::vector<std::string> names;
  names.reserve(static_cast<size_t>(type->field_count()));
  for (int i = 0; i < type->field_count(); ++i) names.push_back(type->field(i)->name());
  return names;
}

}  // namespace

YamlReader::YamlReader(std::string file, SourceMap& sources, Issues& issues)
    : file_(std::move(file)), sources_(sources), issues_(issues) {}

void YamlReader::ReadDocument(const YamlNode& root, Message& message) {
  if (root.kind == Kind::kNull) {
    YamlNode empty = root;
    empty.kind = Kind::kMap;
    ReadMessage(empty, message.GetDescriptor()->name(), message);
  } else {
    ReadMessage(root, message.GetDescriptor()->name(), message);
  }
}

void YamlReader::ReadMessage(const YamlNode& node, const std::string& name, Message& message) {
  sources_.Put(&message, PlaceOf(node));
  if (IsTimestamp(message.GetDescriptor())) {
    AddIssue(node, StoreTimestamp(node, name, message));
  } else if (node.kind == Kind::kMap) {
    ReadMap(node, message);
  } else {
    ReadShorthand(node, name, message);
  }
}

void YamlReader::ReadMap(const YamlNode& node, Message& message) {
  std::vector<Given> given;
  for (size_t i = 0; i < node.keys.size(); ++i) {
    const FieldDescriptor* field = FieldFor(node.keys[i], node.items[i], message, given);
    if (field == nullptr) continue;
    given.push_back({field, &node.keys[i]});
    ReadField(node.items[i], field, message);
  }
  CheckRequired(node, message, given);
}

void YamlReader::ReadShorthand(const YamlNode& node, const std::string& name, Message& message) {
  const Descriptor* type = message.GetDescriptor();
  const std::string& shorthand = FactsOf(type).shorthand();
  const FieldDescriptor* field = shorthand.empty() ? nullptr : type->FindFieldByName(shorthand);
  if (field == nullptr) {
    AddIssue(node, "wrong-type",
             absl::StrCat("`", name, "` takes a map of the fields of ", Words(type), ", not ", Describe(node)));
    return;
  }
  const Kind expected = field->is_repeated() ? Kind::kSequence : Kind::kScalar;
  if (node.kind != expected) {
    AddIssue(node, "wrong-type",
             absl::StrCat("`", name, "` takes ", field->is_repeated() ? "a list" : "one value", " or a map, not ",
                          Describe(node)),
             field->is_repeated() ? "write `[...]`, even for one" : "");
    return;
  }
  ReadField(node, field, message);
  CheckRequired(node, message, {{field, &node}});
}

const FieldDescriptor* YamlReader::FieldFor(const YamlNode& key, const YamlNode& value, const Message& message,
                                            const std::vector<Given>& given) {
  const Descriptor* type = message.GetDescriptor();
  if (key.kind != Kind::kScalar) {
    if (key.kind != Kind::kRefused) AddIssue(key, "bad-key", "a key is a plain word");
    return nullptr;
  }
  const FieldDescriptor* field = FindField(type, key.text);
  if (field == nullptr) {
    std::string hint = issues_.full() ? "" : SuggestionFor(key.text, FieldNames(type));
    if (hint.empty() && value.kind == Kind::kNull) hint = "quote a text that holds a comma";
    AddIssue(key, "unknown-field", absl::StrCat("unknown field `", Shorten(key.text), "` in ", Words(type)),
             std::move(hint));
    return nullptr;
  }
  for (const Given& other : given) {
    if (other.field == field) {
      AddIssue(key, "duplicate-field",
               absl::StrCat("`", key.text, "` is given twice, first on line ", other.key->line));
      return nullptr;
    }
    if (field->real_containing_oneof() != nullptr &&
        field->real_containing_oneof() == other.field->real_containing_oneof()) {
      AddIssue(key, "one-of",
               absl::StrCat("`", key.text, "` stands beside `", other.field->name(), "` in one ", Words(type)),
               field->containing_type()->name() == "Effect" ? "begin another effect with a dash" : "give one of them");
      return nullptr;
    }
  }
  return field;
}

void YamlReader::ReadField(const YamlNode& node, const FieldDescriptor* field, Message& message) {
  if (node.kind == Kind::kRefused) return;
  if (node.kind == Kind::kNull) {
    AddIssue(node, "null-value", absl::StrCat("`", field->name(), "` has no value"),
             "leave the key out, or give it a value");
    return;
  }
  if (field->is_repeated()) {
    ReadList(node, field, message);
    return;
  }
  sources_.Put(&message, field->number(), 0, PlaceOf(node));
  ReadValue(node, field, message);
}

void YamlReader::ReadList(const YamlNode& node, const FieldDescriptor* field, Message& message) {
  if (node.kind != Kind::kSequence) {
    AddIssue(node, "wrong-type", absl::StrCat("`", field->name(), "` takes a list, not ", Describe(node)),
             "write `[...]`, or a line with a dash for each");
    return;
  }
  if (node.items.empty() && FactsOf(field).required()) {
    AddIssue(node, "empty-value", absl::StrCat("`", field->name(), "` needs at least one item"));
    return;
  }
  const auto most = static_cast<size_t>(FactsOf(field).max_items());
  if (most > 0 && node.items.size() > most) {
    AddIssue(node, "too-many-items",
             absl::StrCat("`", field->name(), "` has ", node.items.size(), " items, more than the ", most, " allowed"));
    return;
  }
  const Reflection* reflection = message.GetReflection();
  for (size_t i = 0; i < node.items.size(); ++i) {
    const YamlNode& item = node.items[i];
    if (item.kind == Kind::kRefused) continue;
    if (item.kind == Kind::kNull) {
      AddIssue(item, "null-value", absl::StrCat("item ", i + 1, " of `", field->name(), "` has no value"));
      continue;
    }
    sources_.Put(&message, field->number(), reflection->FieldSize(message, field), PlaceOf(item));
    ReadValue(item, field, message);
  }
}

void YamlReader::ReadValue(const YamlNode& node, const FieldDescriptor* field, Message& message) {
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    const Reflection* reflection = message.GetReflection();
    ReadMessage(
        node, field->name(),
        field->is_repeated() ? *reflection->AddMessage(&message, field) : *reflection->MutableMessage(&message, field));
  } else if (node.kind == Kind::kScalar) {
    AddIssue(node, StoreScalar(node, field, message));
  } else {
    AddIssue(node, "wrong-type", absl::StrCat("`", field->name(), "` takes one value, not ", Describe(node)),
             FactsOf(field).expression() ? "put an expression that begins with a bracket in quotes" : "");
  }
}

void YamlReader::CheckRequired(const YamlNode& node, const Message& message, const std::vector<Given>& given) {
  const Descriptor* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (!FactsOf(field).required()) continue;
    const bool present =
        std::any_of(given.begin(), given.end(), [&](const Given& other) { return other.field == field; });
    if (!present) AddIssue(node, "missing-field", absl::StrCat("this ", Words(type), " needs `", field->name(), "`"));
  }
}

void YamlReader::AddIssue(const YamlNode& node, std::string code, std::string message, std::string hint) {
  if (issues_.full()) {
    issues_.Add({});
  } else {
    issues_.Add(sources_.MakeIssue(PlaceOf(node), std::move(code), std::move(message), std::move(hint)));
  }
}

void YamlReader::AddIssue(const YamlNode& node, std::optional<Mistake> mistake) {
  if (mistake) AddIssue(node, std::move(mistake->code), std::move(mistake->message), std::move(mistake->hint));
}

bool ReadYaml(std::string_view text, const std::string& file, Message& message, SourceMap& sources, Issues& issues) {
  sources.PutFile(file, std::string(text));
  const std::optional<YamlNode> root = ParseYaml(text, file, sources, issues);
  if (!root) return false;
  YamlReader(file, sources, issues).ReadDocument(*root, message);
  return true;
}

}  // namespace myokine
