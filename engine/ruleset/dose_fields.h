// The fields of a dose, by number: the four dose messages have the same fields in the same order.
#ifndef MYOKINE_ENGINE_RULESET_DOSE_FIELDS_H_
#define MYOKINE_ENGINE_RULESET_DOSE_FIELDS_H_

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "myokine/v1/dose.pb.h"
#include "myokine/v1/options.pb.h"

namespace myokine {

// Number of fields of a dose.
inline constexpr int kDoseFields = 11;

// A field of the dose.
struct DoseField {
  const google::protobuf::FieldDescriptor* chosen;   // in Dose
  const google::protobuf::FieldDescriptor* allowed;  // in AllowedDose
  const google::protobuf::FieldDescriptor* bounds;   // in DoseBounds
  v1::FieldFacts facts;                              // of Dose: unit, range, caution
  bool more_is_cautious = false;
};

// All fields, in the order of Dose. Built once; threads may share it.
const std::array<DoseField, kDoseFields>& DoseFields();

// What a candidate allows in each field; absent where the field does not apply.
struct AllowedRange {
  int minimum = 0;
  int usual = 0;
  int maximum = 0;
};
using AllowedRanges = std::array<std::optional<AllowedRange>, kDoseFields>;
AllowedRanges RangesOf(const v1::AllowedDose& dose);

// Chosen values; absent where the field does not apply.
using ChosenDose = std::array<std::optional<int>, kDoseFields>;
v1::Dose ToProto(const ChosenDose& dose);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_DOSE_FIELDS_H_
