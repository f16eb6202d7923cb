#include "engine/ruleset/target.h"

#include <algorithm>
#include <utility>

namespace myokine {
namespace {

const FactSet kNoFacts;

// What a part of an expression depends on.
struct Needs {
  bool person = false;
  bool candidate = false;
  int least_local = 1 << 20;  // of the macros' variables that it reads
};

void Collect(const Checked& checked, Needs& needs) {
  if (checked.op == Op::kFact || checked.op == Op::kHasFact) {
    needs.person |= checked.frame == Frame::kUser;
    needs.candidate |= checked.frame == Frame::kCandidate;
  }
  if (checked.op == Op::kLocal) needs.least_local = std::min(needs.least_local, checked.index);
  for (const auto& arg : checked.args) Collect(*arg, needs);
}

bool IsMacro(const Checked& checked) {
  return checked.op == Op::kAll || checked.op == Op::kExists || checked.op == Op::kExistsOne ||
         checked.op == Op::kFilter || checked.op == Op::kTransform;
}

}  // namespace

Target::Target(const Expression& target, const std::vector<Candidate>& candidates) {
  candidate_frame_size_ = candidates.empty() ? 0 : candidates[0].frame.size();
  const std::unique_ptr<Checked> rest = Take(target.root(), 0, candidates);
  rest_ = Program::Compile(*rest, constants_);
}

std::unique_ptr<Checked> Target::PartOf(const Checked& checked) {
  auto part = std::make_unique<Checked>();
  part->op = Op::kFact;
  part->type = checked.type;
  part->span = checked.span;
  part->frame = Frame::kPart;
  part->index = static_cast<int>(values_++);
  return part;
}

std::unique_ptr<Checked> Target::Take(const Checked& checked, int depth, const std::vector<Candidate>& candidates) {
  Needs needs;
  Collect(checked, needs);
  const bool closed = needs.least_local >= depth;  // reads no variable of a macro around it
  if (closed && needs.person && !needs.candidate && checked.op != Op::kFact) {
    person_parts_.push_back({Program::Compile(checked, constants_), values_});
    return PartOf(checked);
  }
  if (closed && needs.candidate && !needs.person && AddCandidatePart(checked, candidates)) return PartOf(checked);
  auto copy = std::make_unique<Checked>();
  copy->op = checked.op;
  copy->type = checked.type;
  copy->span = checked.span;
  copy->literal = checked.literal;
  copy->frame = checked.frame;
  copy->index = checked.index;
  copy->overload = checked.overload;
  copy->variable = checked.variable;
  for (size_t i = 0; i < checked.args.size(); ++i)
    copy->args.push_back(Take(*checked.args[i], depth + (IsMacro(checked) && i == 1), candidates));
  return copy;
}

// Only what is known to be true or false for every candidate can stand in a table.
bool Target::AddCandidatePart(const Checked& checked, const std::vector<Candidate>& candidates) {
  if (checked.type.kind != TypeKind::kBool) return false;
  const Program program = Program::Compile(checked, constants_);
  CandidatePart part;
  part.value = values_;
  Arena arena;
  Activation activation;
  activation.arena = &arena;
  for (const Candidate& candidate : candidates) {
    activation.frames[static_cast<size_t>(Frame::kCandidate)] = candidate.frame;
    const Value met = program.Run(activation);
    // What belongs to the other kind of candidate is unknown there, and never asked for.
    const bool other_kind = IsUnknown(met);
    if (!IsKnown(met) && !other_kind) return false;
    part.met.push_back(other_kind ? 2 : std::get<bool>(met));
  }
  candidate_parts_.push_back(std::move(part));
  return true;
}

bool Target::Prepare(Activation activation, absl::Span<Value> values) const {
  for (const PersonPart& part : person_parts_) values[part.value] = part.program.Run(activation);
  for (const CandidatePart& part : candidate_parts_) values[part.value] = Unknown{&kNoFacts};
  const std::vector<Value> anyone(candidate_frame_size_, Value(Unknown{&kNoFacts}));
  activation.frames[static_cast<size_t>(Frame::kCandidate)] = anyone;
  activation.frames[static_cast<size_t>(Frame::kPart)] = values;
  return !Is(rest_.Run(activation), false);
}

Value Target::Of(size_t candidate, const Activation& activation, absl::Span<Value> values) const {
  for (const CandidatePart& part : candidate_parts_) {
    const uint8_t met = part.met[candidate];
    values[part.value] = met == 2 ? Value(Unknown{&kNoFacts}) : Value(met == 1);
  }
  return rest_.Run(activation);
}

}  // namespace myokine
