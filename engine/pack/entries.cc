#include "engine/pack/entries.h"

#include <algorithm>
#include <utility>

#include "engine/pack/field_facts.h"

namespace myokine {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

namespace {

std::vector<const FieldDescriptor*> PackFields(bool repeated) {
  std::vector<const FieldDescriptor*> fields;
  const auto* type = v1::RulePack::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->is_repeated() == repeated) fields.push_back(type->field(i));
  }
  return fields;
}

}  // namespace

const std::vector<const FieldDescriptor*>& EntryLists() {
  static const auto* lists = new std::vector<const FieldDescriptor*>(PackFields(/*repeated=*/true));
  return *lists;
}

const std::vector<const FieldDescriptor*>& SingleFields() {
  static const auto* fields = new std::vector<const FieldDescriptor*>(PackFields(/*repeated=*/false));
  return *fields;
}

std::vector<std::unique_ptr<Message>> TakeEntries(v1::RulePack& pack, const FieldDescriptor* list) {
  const Reflection* reflection = pack.GetReflection();
  std::vector<std::unique_ptr<Message>> entries;
  for (int i = reflection->FieldSize(pack, list); i > 0; --i) {
    // Packs are not on arenas, so the unsafe way hands over the very object.
    entries.emplace_back(reflection->UnsafeArenaReleaseLast(&pack, list));
  }
  std::reverse(entries.begin(), entries.end());
  return entries;
}

void AddEntry(v1::RulePack& pack, const FieldDescriptor* list, std::unique_ptr<Message> entry) {
  pack.GetReflection()->UnsafeArenaAddAllocatedMessage(&pack, list, entry.release());
}

std::vector<std::string> EntryNames(const v1::RulePack& pack, const FieldDescriptor* list) {
  const Reflection* reflection = pack.GetReflection();
  std::vector<std::string> names;
  names.reserve(static_cast<size_t>(reflection->FieldSize(pack, list)));
  for (int i = 0; i < reflection->FieldSize(pack, list); ++i) {
    names.push_back(NameOf(reflection->GetRepeatedMessage(pack, list, i)));
  }
  return names;
}

}  // namespace myokine
