#include "engine/recommend/user_frame.h"

#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

// `value` held against the range that the variable states.
Value InRange(const Value& value, const v1::Variable& variable, Arena& arena) {
  double number = 0;
  if (const auto* i = std::get_if<int64_t>(&value)) {
    number = static_cast<double>(*i);
  } else if (const auto* d = std::get_if<double>(&value)) {
    number = *d;
  } else {
    return value;
  }
  const bool good = !(variable.has_minimum() && !(number >= variable.minimum())) &&
                    !(variable.has_maximum() && !(number <= variable.maximum()));
  return good ? value : Value(arena.Fail(absl::StrCat("variable `", variable.id(), "` is out of its range")));
}

}  // namespace

void FillUserFrame(const Ruleset& ruleset, const Intake& intake, Arena& arena, std::vector<Value>& frame) {
  frame.assign(static_cast<size_t>(ruleset.user_frame_size()), Value(false));
  ruleset.user_schema().Fill(&intake.user, ruleset.vocabularies(), absl::MakeSpan(frame), arena);
  frame[static_cast<size_t>(ruleset.now_slot())] = intake.at;
  Activation activation;
  activation.arena = &arena;
  activation.frames[static_cast<size_t>(Frame::kUser)] = frame;
  for (const CompiledVariable& variable : ruleset.variables()) {
    frame[static_cast<size_t>(variable.slot)] =
        InRange(variable.value->Evaluate(activation), *variable.variable, arena);
  }
}

std::vector<Value> FillUserFrame(const Ruleset& ruleset, const Intake& intake, Arena& arena) {
  std::vector<Value> frame;
  FillUserFrame(ruleset, intake, arena, frame);
  return frame;
}

}  // namespace myokine
