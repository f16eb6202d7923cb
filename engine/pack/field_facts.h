// What descriptors say beyond types: the options of options.proto, and words for messages.
#ifndef MYOKINE_ENGINE_PACK_FIELD_FACTS_H_
#define MYOKINE_ENGINE_PACK_FIELD_FACTS_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "myokine/v1/options.pb.h"

namespace myokine {

// The options of a field or a message; all of them unset when it has none.
const v1::FieldFacts& FactsOf(const google::protobuf::FieldDescriptor* field);
const v1::MessageFacts& FactsOf(const google::protobuf::Descriptor* message);

// The field whose value names an entry among its like: the one marked `identifier`, else the axis of an axis scale and
// the grade of a cap. Null when entries have no name.
const google::protobuf::FieldDescriptor* NameField(const google::protobuf::Descriptor* message);
// The name of an entry; empty when it has none.
std::string NameOf(const google::protobuf::Message& entry);

// A kind of message in words: `MealPart` is `meal part`.
std::string Words(const google::protobuf::Descriptor* message);

// The prefix that the values of an enum share in the proto file and that YAML leaves out: `UNKNOWN_ACTION_`.
std::string EnumPrefix(const google::protobuf::EnumDescriptor* type);
// The names of an enum's values as YAML has them, without that of 0.
std::vector<std::string> EnumNames(const google::protobuf::EnumDescriptor* type);

// The field of `message` with this name, as in the proto file or in its JSON spelling; null when there is none.
const google::protobuf::FieldDescriptor* FindField(const google::protobuf::Descriptor* message,
                                                   const std::string& name);

// Whether a string is an id: lower-case letters, digits, `_`, `-` and `.`, beginning with a letter or digit.
bool IsIdentifier(const std::string& text);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_FIELD_FACTS_H_
