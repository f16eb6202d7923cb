#include "engine/ruleset/target.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

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

void CollectSlots(const Checked& checked, std::set<size_t>& slots) {
  if ((checked.op == Op::kFact || checked.op == Op::kHasFact) && checked.frame == Frame::kCandidate)
    slots.insert(static_cast<size_t>(checked.index));
  for (const auto& arg : checked.args) CollectSlots(*arg, slots);
}

// Appends what is the same for two values only if no expression can tell them apart.
void AppendLikeness(const Value& value, std::string& alike) {
  absl::StrAppend(&alike, value.index(), ":");
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    absl::StrAppend(&alike, text->size(), ":", std::string(*text));
  } else if (const auto* list = std::get_if<const ListValue*>(&value);
             list != nullptr && (*list)->complete && (*list)->ordered && (*list)->possible.empty()) {
    absl::StrAppend(&alike, (*list)->items.size(), ":");
    for (const Value& item : (*list)->items) AppendLikeness(item, alike);
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    absl::StrAppend(&alike, *flag ? "1" : "0");
  } else if (const auto* whole = std::get_if<int64_t>(&value)) {
    absl::StrAppend(&alike, *whole, ";");
  } else if (const auto* real = std::get_if<double>(&value)) {
    uint64_t bits;
    std::memcpy(&bits, real, sizeof bits);
    absl::StrAppend(&alike, bits, ";");
  } else if (IsKnown(value)) {
    alike.append(reinterpret_cast<const char*>(&value), sizeof value);  // like nothing but itself
  }
}

// Presence is never unknown: of a candidate of which nothing is known it says "not there", which a known one may belie.
bool AsksWhatIsThere(const Checked& checked) {
  if (checked.op == Op::kHasField || checked.op == Op::kHasKey) return true;
  if (checked.op == Op::kHasFact && checked.frame == Frame::kCandidate) return true;
  return std::any_of(checked.args.begin(), checked.args.end(), [](const auto& arg) { return AsksWhatIsThere(*arg); });
}

bool IsMacro(const Checked& checked) {
  return checked.op == Op::kAll || checked.op == Op::kExists || checked.op == Op::kExistsOne ||
         checked.op == Op::kFilter || checked.op == Op::kTransform;
}

}  // namespace

Target::Target(const Expression& target, const std::vector<Candidate>& candidates) {
  if (!candidates.empty()) anyone_.assign(candidates[0].frame.size(), Value(Unknown{&kNoFacts}));
  const std::unique_ptr<Checked> rest = Take(target.root(), 0, candidates);
  rest_ = Program::Compile(*rest, constants_);
  tells_of_anyone_ = !AsksWhatIsThere(*rest);
  Classify(*rest, candidates);
  FindWords(*rest, candidates);
}

void Target::FindWords(const Checked& rest, const std::vector<Candidate>& candidates) {
  if (rest.op != Op::kIn || rest.args[0]->op != Op::kFact || rest.args[1]->op != Op::kFact) return;
  const Checked &word = *rest.args[0], &list = *rest.args[1];
  if (word.frame != Frame::kCandidate || word.type.kind != TypeKind::kString || list.frame != Frame::kUser) return;
  if (list.type.kind != TypeKind::kList) return;
  for (size_t c = 0; c < candidates.size(); ++c) {
    const auto* held = std::get_if<std::string_view>(&candidates[c].frame[static_cast<size_t>(word.index)]);
    if (held == nullptr) return;  // not every candidate has one
    class_of_word_.try_emplace(*held, class_of_[c]);
  }
  list_slot_ = list.index;
}

void Target::Classify(const Checked& rest, const std::vector<Candidate>& candidates) {
  std::set<size_t> slots;
  CollectSlots(rest, slots);
  std::map<std::string, size_t> numbers;
  for (size_t c = 0; c < candidates.size(); ++c) {
    std::string alike;
    for (const CandidatePart& part : candidate_parts_) alike += static_cast<char>('0' + part.met[c]);
    for (const size_t slot : slots) AppendLikeness(candidates[c].frame[slot], alike);
    class_of_.push_back(numbers.try_emplace(std::move(alike), numbers.size()).first->second);
  }
  classes_ = numbers.size();
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
  if (!tells_of_anyone_) return true;
  activation.frames[static_cast<size_t>(Frame::kCandidate)] = anyone_;
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
