#include "engine/ruleset/fact_schema.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/timestamp.pb.h"
#include "myokine/v1/fact.pb.h"
#include "myokine/v1/text.pb.h"

namespace myokine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsTimestamp(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type() == google::protobuf::Timestamp::descriptor();
}

std::optional<TypeKind> ScalarKind(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL: return TypeKind::kBool;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64: return TypeKind::kInt;
    case FieldDescriptor::CPPTYPE_DOUBLE: return TypeKind::kDouble;
    case FieldDescriptor::CPPTYPE_STRING: return TypeKind::kString;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return IsTimestamp(field) ? std::optional(TypeKind::kTimestamp) : std::nullopt;
    default: return std::nullopt;
  }
}

Type ScalarType(const FieldDescriptor& field, TypeKind kind) {
  const v1::FieldFacts& facts = field.options().GetExtension(v1::field);
  Type type = Type::Of(kind);
  type.unit = facts.unit();
  type.vocabulary = facts.vocabulary();
  if (facts.has_minimum()) type.minimum = facts.minimum();
  if (facts.has_maximum()) type.maximum = facts.maximum();
  return type;
}

// A list as rules see it: words come with their wider concepts, and narrower ones are asked about too.
Type ListType(const FieldDescriptor& field, Type item) {
  constexpr int64_t kWordsForOne = 8;
  const int64_t stated = field.options().GetExtension(v1::field).max_items();
  const int64_t most = item.vocabulary.empty() ? stated : stated * kWordsForOne;
  return Type::List(std::move(item), most);
}

// The type of an item that is a message; fields that rules can't read are left out.
std::shared_ptr<const RecordType> RecordTypeOf(const Descriptor& message) {
  auto record = std::make_shared<RecordType>();
  record->name = message.name();
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    const std::optional<TypeKind> kind = ScalarKind(field);
    if (!kind) continue;
    Type type = ScalarType(field, *kind);
    record->fields.push_back({field.name(), field.is_repeated() ? ListType(field, std::move(type)) : std::move(type)});
  }
  return record;
}

// The scalar of a singular field that is there, or item `index` of a repeated one.
Value ReadScalar(const Message& message, const FieldDescriptor& field, int index = -1) {
  const Reflection& r = *message.GetReflection();
  const FieldDescriptor* f = &field;
  const bool item = index >= 0;
  std::string scratch;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL: return item ? r.GetRepeatedBool(message, f, index) : r.GetBool(message, f);
    case FieldDescriptor::CPPTYPE_INT32:
      return int64_t{item ? r.GetRepeatedInt32(message, f, index) : r.GetInt32(message, f)};
    case FieldDescriptor::CPPTYPE_INT64:
      return int64_t{item ? r.GetRepeatedInt64(message, f, index) : r.GetInt64(message, f)};
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return item ? r.GetRepeatedDouble(message, f, index) : r.GetDouble(message, f);
    case FieldDescriptor::CPPTYPE_STRING:
      return std::string_view(item ? r.GetRepeatedStringReference(message, f, index, &scratch)
                                   : r.GetStringReference(message, f, &scratch));
    default: {
      const auto& time = static_cast<const google::protobuf::Timestamp&>(r.GetMessage(message, f));
      return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
    }
  }
}

// True when a singular field says something: without presence, strings say something only when not empty.
bool IsStated(const Message& message, const FieldDescriptor& field) {
  if (field.has_presence()) return message.GetReflection()->HasField(message, &field);
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) return true;
  return message.GetReflection()->HasField(message, &field);
}

}  // namespace

bool IsKnownList(const Descriptor& message) {
  const FieldDescriptor* items = message.FindFieldByName("items");
  const FieldDescriptor* complete = message.FindFieldByName("complete");
  return message.field_count() == 2 && items != nullptr && items->is_repeated() && complete != nullptr &&
         complete->cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
}

FactSchema::FactSchema(const Descriptor& message, std::string_view root, Frame frame, int first_slot)
    : frame_(frame), first_slot_(first_slot) {
  Add(nullptr, &message, std::string(root));
}

int FactSchema::Add(const FieldDescriptor* field, const Descriptor* message, std::string path) {
  Fact fact;
  fact.path = path;
  fact.field = field;
  if (field != nullptr) fact.facts = field->options().GetExtension(v1::field);
  if (field == nullptr) {
    fact.shape = FactShape::kMessage;
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !IsTimestamp(*field)) {
    message = field->message_type();
    if (message == v1::Text::descriptor()) return -1;
    if (message == v1::Measurement::descriptor()) {
      fact.shape = FactShape::kMeasurement;
      fact.type = ScalarType(*field, TypeKind::kDouble);
    } else if (IsKnownList(*message) || field->is_repeated()) {
      const bool known_list = !field->is_repeated();
      const FieldDescriptor& items = known_list ? *message->FindFieldByName("items") : *field;
      fact.shape = known_list ? FactShape::kKnownList : FactShape::kPlainList;
      if (known_list) {
        fact.items = &items;
        fact.complete = message->FindFieldByName("complete");
      }
      if (const std::optional<TypeKind> kind = ScalarKind(items)) {
        Type word = Type::Of(*kind);
        word.vocabulary = fact.facts.vocabulary();
        fact.type = ListType(items, std::move(word));
      } else if (known_list) {
        fact.type = ListType(items, Type::Record(RecordTypeOf(*items.message_type())));
        for (const RecordField& of_record : fact.type.element->record->fields)
          fact.record_fields.push_back(items.message_type()->FindFieldByName(of_record.name));
      } else {
        return -1;  // repeated messages of the catalogue are texts and parts, which rules don't read
      }
    } else {
      fact.shape = FactShape::kMessage;
    }
  } else {
    const std::optional<TypeKind> kind = ScalarKind(*field);
    if (!kind) return -1;
    Type type = ScalarType(*field, *kind);
    fact.shape = field->is_repeated()  ? FactShape::kPlainList
                 : IsTimestamp(*field) ? FactShape::kTimestamp
                                       : FactShape::kScalar;
    fact.type = field->is_repeated() ? ListType(*field, std::move(type)) : std::move(type);
  }
  const int index = static_cast<int>(facts_.size());
  fact.slot = first_slot_ + index;
  missing_.push_back({static_cast<FactId>(frame_) * kFactsPerFrame + fact.slot});
  const bool descend = fact.shape == FactShape::kMessage;
  facts_.push_back(std::move(fact));
  if (descend) {
    for (int i = 0; i < message->field_count(); ++i) {
      const int child = Add(message->field(i), nullptr, absl::StrCat(path, ".", message->field(i)->name()));
      if (child >= 0) facts_[static_cast<size_t>(index)].children.push_back(child);
    }
  }
  return index;
}

void FactSchema::Declare(Scope& scope) const {
  for (const Fact& fact : facts_) {
    Declaration declaration;
    declaration.type = fact.type;
    declaration.message = fact.shape == FactShape::kMessage;
    declaration.frame = frame_;
    declaration.slot = fact.slot;
    scope.Declare(fact.path, std::move(declaration));
  }
}

void FactSchema::Fill(const Message* message, const VocabularyIndex& vocabularies, absl::Span<Value> frame,
                      Arena& arena) const {
  const Fact& root = facts_[0];
  frame[static_cast<size_t>(root.slot)] = message != nullptr;
  for (int child : root.children) FillFact(facts_[static_cast<size_t>(child)], message, vocabularies, frame, arena);
}

void FactSchema::FillFact(const Fact& fact, const Message* parent, const VocabularyIndex& vocabularies,
                          absl::Span<Value> frame, Arena& arena) const {
  Value& value = frame[static_cast<size_t>(fact.slot)];
  value = Unknown{Missing(fact)};
  const FieldDescriptor& field = *fact.field;
  switch (fact.shape) {
    case FactShape::kMessage: {
      const bool there = parent != nullptr && parent->GetReflection()->HasField(*parent, &field);
      value = there;
      const Message* message = there ? &parent->GetReflection()->GetMessage(*parent, &field) : nullptr;
      for (int child : fact.children) FillFact(facts_[static_cast<size_t>(child)], message, vocabularies, frame, arena);
      return;
    }
    case FactShape::kScalar:
    case FactShape::kTimestamp:
      if (parent != nullptr && IsStated(*parent, field)) value = ReadScalar(*parent, field);
      return;
    case FactShape::kMeasurement:
      if (parent != nullptr && parent->GetReflection()->HasField(*parent, &field)) {
        value = static_cast<const v1::Measurement&>(parent->GetReflection()->GetMessage(*parent, &field)).value();
      }
      return;
    case FactShape::kKnownList:
      if (parent != nullptr && parent->GetReflection()->HasField(*parent, &field)) {
        value = ReadKnownList(fact, parent->GetReflection()->GetMessage(*parent, &field), vocabularies, arena);
      }
      return;
    case FactShape::kPlainList: {
      if (parent == nullptr) return;
      ListValue* list = arena.NewList();
      const int count = parent->GetReflection()->FieldSize(*parent, &field);
      for (int i = 0; i < count; ++i) list->items.push_back(ReadScalar(*parent, field, i));
      value = static_cast<const ListValue*>(list);
      return;
    }
  }
}

const RecordValue* FactSchema::ReadRecord(const Fact& fact, const Message& item, Arena& arena) const {
  RecordValue* record = arena.NewRecord();
  for (const FieldDescriptor* field : fact.record_fields) {
    if (field->is_repeated()) {
      ListValue* inner = arena.NewList();
      const int count = item.GetReflection()->FieldSize(item, field);
      for (int i = 0; i < count; ++i) inner->items.push_back(ReadScalar(item, *field, i));
      record->fields.push_back(static_cast<const ListValue*>(inner));
    } else if (IsStated(item, *field)) {
      record->fields.push_back(ReadScalar(item, *field));
    } else {
      record->fields.push_back(Unknown{Missing(fact)});
    }
  }
  return record;
}

Value FactSchema::ReadKnownList(const Fact& fact, const Message& list, const VocabularyIndex& vocabularies,
                                Arena& arena) const {
  const Reflection& r = *list.GetReflection();
  const FieldDescriptor& items = *fact.items;
  const int count = r.FieldSize(list, &items);
  ListValue* result = arena.NewList();
  result->complete = r.GetBool(list, fact.complete);
  result->missing = Missing(fact);
  if (items.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    for (int i = 0; i < count; ++i)
      result->items.push_back(ReadRecord(fact, r.GetRepeatedMessage(list, &items, i), arena));
    return static_cast<const ListValue*>(result);
  }
  // Words have no order of their own: what comes to be known may stand before what is.
  result->ordered = result->complete;
  // Words: with all wider ones, and with the narrower ones of those that were stated as possible.
  absl::InlinedVector<std::string_view, 32> words;
  std::vector<std::string_view>& possible = result->possible;
  const auto add = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  for (int i = 0; i < count; ++i) {
    const std::string_view word = std::get<std::string_view>(ReadScalar(list, items, i));
    const IndexedConcept* indexed = vocabularies.Find(fact.facts.vocabulary(), word);
    words.push_back(word);
    if (indexed == nullptr || fact.facts.as_stated()) continue;
    add(words, indexed->wider);
    // A stated word that another stated word is narrower than says nothing beyond it.
    bool refined = false;
    for (int j = 0; j < count && !refined; ++j) {
      const std::string_view other = std::get<std::string_view>(ReadScalar(list, items, j));
      refined = other != word && std::binary_search(indexed->narrower.begin(), indexed->narrower.end(), other);
    }
    if (!refined) add(possible, indexed->narrower);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::sort(possible.begin(), possible.end());
  possible.erase(std::unique(possible.begin(), possible.end()), possible.end());
  possible.erase(
      std::remove_if(possible.begin(), possible.end(),
                     [&](std::string_view word) { return std::binary_search(words.begin(), words.end(), word); }),
      possible.end());
  result->items.assign(words.begin(), words.end());
  return static_cast<const ListValue*>(result);
}

const Fact* FactSchema::FindSlot(int slot) const {
  const int index = slot - first_slot_;
  return index >= 0 && static_cast<size_t>(index) < facts_.size() ? &facts_[static_cast<size_t>(index)] : nullptr;
}

const Fact* FactSchema::FindPath(std::string_view path) const {
  const auto found = std::find_if(facts_.begin(), facts_.end(), [path](const Fact& fact) { return fact.path == path; });
  return found == facts_.end() ? nullptr : &*found;
}

}  // namespace myokine
