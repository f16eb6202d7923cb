#include "engine/ruleset/dose_fields.h"

namespace myokine {

const std::array<DoseField, kDoseFields>& DoseFields() {
  static const std::array<DoseField, kDoseFields> fields = [] {
    std::array<DoseField, kDoseFields> built;
    for (int i = 0; i < kDoseFields; ++i) {
      DoseField& field = built[static_cast<size_t>(i)];
      field.chosen = v1::Dose::descriptor()->field(i);
      field.allowed = v1::AllowedDose::descriptor()->FindFieldByName(field.chosen->name());
      field.bounds = v1::DoseBounds::descriptor()->FindFieldByName(field.chosen->name());
      field.facts = field.chosen->options().GetExtension(v1::field);
      field.more_is_cautious = field.facts.caution() == v1::CAUTION_HIGHER;
    }
    return built;
  }();
  return fields;
}

AllowedRanges RangesOf(const v1::AllowedDose& dose) {
  AllowedRanges ranges;
  for (size_t i = 0; i < kDoseFields; ++i) {
    const google::protobuf::FieldDescriptor* field = DoseFields()[i].allowed;
    if (!dose.GetReflection()->HasField(dose, field)) continue;
    const auto& range = static_cast<const v1::DoseRange&>(dose.GetReflection()->GetMessage(dose, field));
    ranges[i] = AllowedRange{range.minimum(), range.usual(), range.maximum()};
  }
  return ranges;
}

v1::Dose ToProto(const ChosenDose& dose) {
  v1::Dose message;
  for (size_t i = 0; i < kDoseFields; ++i) {
    if (dose[i]) message.GetReflection()->SetInt32(&message, DoseFields()[i].chosen, *dose[i]);
  }
  return message;
}

}  // namespace myokine
