// Lays a message type out as a flat frame of facts, and fills the frame from a message.
#ifndef MYOKINE_ENGINE_RULESET_FACT_SCHEMA_H_
#define MYOKINE_ENGINE_RULESET_FACT_SCHEMA_H_

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "engine/expr/scope.h"
#include "engine/expr/value.h"
#include "engine/ruleset/vocabulary_index.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "myokine/v1/options.pb.h"

namespace myokine {

// How the field of a fact holds its value.
enum class FactShape {
  kMessage,      // a message on the way to facts; the slot holds whether it is there
  kScalar,       // number, bool or string; absent is unknown
  kMeasurement,  // Measurement: the number, already in the unit of the field
  kTimestamp,    // google.protobuf.Timestamp
  kKnownList,    // a message with `items` and `complete`: words or records, perhaps only partly known
  kPlainList,    // repeated words or numbers; always complete
};

// One fact.
struct Fact {
  std::string path;  // `user.health.conditions`
  FactShape shape = FactShape::kScalar;
  const google::protobuf::FieldDescriptor* field = nullptr;
  v1::FieldFacts facts;  // what the field's options say
  Type type;
  int slot = 0;
  std::vector<int> children;  // of a message: indices of its facts
  // Of a known list: its two fields, and those of a record that its type has, in their order.
  const google::protobuf::FieldDescriptor* items = nullptr;
  const google::protobuf::FieldDescriptor* complete = nullptr;
  std::vector<const google::protobuf::FieldDescriptor*> record_fields;
};

// True for the messages that hold a list and whether it is complete: `items`, `complete`.
bool IsKnownList(const google::protobuf::Descriptor& message);

// The facts of one message type. Immutable; threads may share it.
class FactSchema {
 public:
  // Lays out `message` under the name `root` in slots from `first_slot` of `frame`.
  FactSchema(const google::protobuf::Descriptor& message, std::string_view root, Frame frame, int first_slot);

  // Declares every fact by its path.
  void Declare(Scope& scope) const;

  // Fills the slots from `message`; null: everything is unknown. Words come with their wider concepts, and what is
  // narrower than a stated word is possible. Values point into `message`, `vocabularies`, `arena` and this schema.
  void Fill(const google::protobuf::Message* message, const VocabularyIndex& vocabularies, absl::Span<Value> frame,
            Arena& arena) const;

  // Null when the slot is none of this schema's, or no fact.
  const Fact* FindSlot(int slot) const;
  const Fact* FindPath(std::string_view path) const;
  const std::vector<Fact>& facts() const { return facts_; }
  // One past the last slot.
  int end_slot() const { return first_slot_ + static_cast<int>(facts_.size()); }

 private:
  int Add(const google::protobuf::FieldDescriptor* field, const google::protobuf::Descriptor* message,
          std::string path);
  void FillFact(const Fact& fact, const google::protobuf::Message* parent, const VocabularyIndex& vocabularies,
                absl::Span<Value> frame, Arena& arena) const;
  Value ReadKnownList(const Fact& fact, const google::protobuf::Message& list, const VocabularyIndex& vocabularies,
                      Arena& arena) const;
  const RecordValue* ReadRecord(const Fact& fact, const google::protobuf::Message& item, Arena& arena) const;
  const FactSet* Missing(const Fact& fact) const { return &missing_[static_cast<size_t>(fact.slot - first_slot_)]; }

  Frame frame_;
  int first_slot_;
  std::vector<Fact> facts_;      // by slot
  std::deque<FactSet> missing_;  // by slot: the set of that fact alone
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_FACT_SCHEMA_H_
