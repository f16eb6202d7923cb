// Why a condition came out as it did: the fewest of its parts that are enough for that.
#ifndef MYOKINE_ENGINE_RULESET_DECIDING_PARTS_H_
#define MYOKINE_ENGINE_RULESET_DECIDING_PARTS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ruleset/compiled_rule.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// A part of a condition, as it came out.
struct Decision {
  uint32_t part = 0;
  v1::Truth truth = v1::TRUTH_UNSPECIFIED;
};

// The conditions of all rules, taken apart at `&&`, `||` and `!`; parts of the same text are one. Immutable; threads
// may share it.
class DecidingParts {
 public:
  DecidingParts() = default;
  // `name_of(slot)` names facts and variables of the person. The rules must outlive this.
  template <typename NameOf>
  DecidingParts(const std::vector<CompiledRule>& rules, NameOf name_of);

  // What decided that a rule applies, or with `because_unknown` that this is not known, for the person of `activation`,
  // appended to `decisions`; then its target, where that reads facts of the person. Of parts that would do alike, the
  // first as the rule has them.
  void Find(size_t rule, bool because_unknown, const Activation& activation, std::vector<Decision>& decisions) const;

  // A decision as a DecidingPart on the wire, without its length.
  std::string_view PayloadOf(const Decision& decision) const {
    return parts_[decision.part].payloads[static_cast<size_t>(decision.truth)];
  }
  // The slots of the user's frame that a part reads, rising.
  const std::vector<int>& SlotsOf(uint32_t part) const { return parts_[part].slots; }
  // How many parts there are.
  size_t size() const { return parts_.size(); }

 private:
  struct Part {
    std::string text;
    std::unique_ptr<const Program> program;  // null for targets
    std::vector<int> slots;
    std::string payloads[v1::Truth_ARRAYSIZE];
  };
  // Part of a condition: a part of its own, or two joined.
  struct Node {
    enum class Kind : uint8_t { kPart, kNot, kAnd, kOr } kind = Kind::kPart;
    uint32_t a = 0;  // a part, or a node
    uint32_t b = 0;  // a node
  };
  static constexpr uint32_t kNone = ~uint32_t{0};

  uint32_t AddNode(const Checked& checked, const std::string& text);
  uint32_t AddPart(std::string text, const Checked* checked, const FactSet& facts);
  // Appends what decided that a node came out as `truth`.
  void Find(uint32_t node, v1::Truth truth, const Activation& activation, std::vector<Decision>& decisions) const;
  v1::Truth Judge(uint32_t node, const Activation& activation) const;
  void Encode(Part& part, const std::vector<std::string>& names);

  Arena constants_;                          // of the programs
  std::map<std::string, uint32_t> numbers_;  // of parts, by text
  std::vector<Part> parts_;
  std::vector<Node> nodes_;
  std::vector<uint32_t> conditions_, targets_;  // by rule: a node, a part
};

template <typename NameOf>
DecidingParts::DecidingParts(const std::vector<CompiledRule>& rules, NameOf name_of) {
  for (const CompiledRule& rule : rules) {
    conditions_.push_back(rule.when == nullptr ? kNone : AddNode(rule.when->root(), rule.when->text()));
    const bool reads_person = rule.target != nullptr && !rule.fixed;
    targets_.push_back(reads_person ? AddPart(rule.target->text(), nullptr, rule.target->facts()) : kNone);
  }
  for (Part& part : parts_) {
    std::vector<std::string> names;
    for (const int slot : part.slots) names.push_back(name_of(slot));
    Encode(part, names);
  }
}

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_DECIDING_PARTS_H_
