// The lists of a rule pack (rules, exercises, claims ...) looked at alike, by their descriptors.
#ifndef MYOKINE_ENGINE_PACK_ENTRIES_H_
#define MYOKINE_ENGINE_PACK_ENTRIES_H_

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "myokine/v1/rule_pack.pb.h"

namespace myokine {

// The repeated fields of RulePack, which are all lists of entries; the other fields of RulePack.
const std::vector<const google::protobuf::FieldDescriptor*>& EntryLists();
const std::vector<const google::protobuf::FieldDescriptor*>& SingleFields();

// Takes the entries out of a list, in order. They stay at their addresses.
std::vector<std::unique_ptr<google::protobuf::Message>> TakeEntries(v1::RulePack& pack,
                                                                    const google::protobuf::FieldDescriptor* list);
// Adds an entry to the end of a list. It stays at its address.
void AddEntry(v1::RulePack& pack, const google::protobuf::FieldDescriptor* list,
              std::unique_ptr<google::protobuf::Message> entry);

// The names of the entries of a list, in order; an empty one for an entry without.
std::vector<std::string> EntryNames(const v1::RulePack& pack, const google::protobuf::FieldDescriptor* list);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_ENTRIES_H_
