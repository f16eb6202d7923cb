#include "engine/recommend/answer_notes.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"

namespace myokine {

void AnswerNotes::Begin(const Ruleset& ruleset, const Intake& intake, const RuleOutcome& outcome,
                        const Activation& activation, std::string_view locale) {
  ruleset_ = &ruleset;
  intake_ = &intake;
  outcome_ = &outcome;
  activation_ = activation;
  locale_ = locale;
  rules_.Reset(ruleset.rules().size());
  facts_.Reset(static_cast<size_t>(ruleset.user_frame_size()));
  myokines_.Reset(static_cast<size_t>(ruleset.pack().myokines_size()));
  references_.Reset(ruleset.bibliography().references());
}

void AnswerNotes::NameMyokine(std::string_view id) {
  for (int i = 0; i < ruleset_->pack().myokines_size(); ++i) {
    if (ruleset_->pack().myokines(i).id() == id) NameMyokine(static_cast<size_t>(i));
  }
}

void AnswerNotes::Merge(const WireWriter& written, google::protobuf::Message& message) {
  const std::string_view bytes = written.bytes();
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                                            static_cast<int>(bytes.size()));
  message.MergeFromCodedStream(&in);
}

void AnswerNotes::WriteDecisions(size_t rule, bool because_unknown, WireWriter& out) {
  decisions_.clear();
  ruleset_->deciding_parts().Find(rule, because_unknown, activation_, decisions_);
  for (const Decision& decision : decisions_) {
    out.Bytes(v1::RuleNote::kDecidedByFieldNumber, ruleset_->deciding_parts().PayloadOf(decision));
    for (const int slot : ruleset_->deciding_parts().SlotsOf(decision.part)) facts_.Add(static_cast<size_t>(slot));
  }
}

void AnswerNotes::WriteFact(int slot, WireWriter& out) const {
  out.Text(v1::FactNote::kFactFieldNumber, ruleset_->NameOfSlot(slot));
  out.Text(v1::FactNote::kUnitFieldNumber, ruleset_->UnitOfSlot(slot));
  const Value& value = activation_.frames[static_cast<size_t>(Frame::kUser)][static_cast<size_t>(slot)];
  if (!IsKnown(value)) return;
  if (const auto* list = std::get_if<const ListValue*>(&value);
      list != nullptr && !(*list)->items.empty() && std::holds_alternative<const RecordValue*>((*list)->items[0])) {
    const size_t count = (*list)->items.size();
    out.Text(v1::FactNote::kValueFieldNumber,
             absl::StrCat("[", count, count == 1 ? " record" : " records", (*list)->complete ? "" : ", ...", "]"));
    return;
  }
  out.Text(v1::FactNote::kValueFieldNumber, ToString(value));
}

}  // namespace myokine
