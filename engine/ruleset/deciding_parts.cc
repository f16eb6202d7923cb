#include "engine/ruleset/deciding_parts.h"

#include <algorithm>
#include <utility>

namespace myokine {
namespace {

void CollectFacts(const Checked& checked, FactSet& facts) {
  if (checked.op == Op::kFact || checked.op == Op::kHasFact)
    facts.push_back(static_cast<int>(checked.frame) * kFactsPerFrame + checked.index);
  for (const auto& arg : checked.args) CollectFacts(*arg, facts);
}

v1::Truth Opposite(v1::Truth truth) {
  if (truth == v1::TRUTH_TRUE) return v1::TRUTH_FALSE;
  return truth == v1::TRUTH_FALSE ? v1::TRUTH_TRUE : truth;
}

}  // namespace

uint32_t DecidingParts::AddNode(const Checked& checked, const std::string& text) {
  Node node;
  switch (checked.op) {
    case Op::kNot: node = {Node::Kind::kNot, AddNode(*checked.args[0], text), 0}; break;
    case Op::kAnd:
    case Op::kOr: {
      const uint32_t a = AddNode(*checked.args[0], text), b = AddNode(*checked.args[1], text);
      node = {checked.op == Op::kAnd ? Node::Kind::kAnd : Node::Kind::kOr, a, b};
      break;
    }
    default: {
      FactSet facts;
      CollectFacts(checked, facts);
      const size_t begin = static_cast<size_t>(checked.span.begin), end = static_cast<size_t>(checked.span.end);
      node = {Node::Kind::kPart, AddPart(text.substr(begin, end - begin), &checked, facts), 0};
    }
  }
  nodes_.push_back(node);
  return static_cast<uint32_t>(nodes_.size() - 1);
}

uint32_t DecidingParts::AddPart(std::string text, const Checked* checked, const FactSet& facts) {
  // A target is no part of a condition, whatever it says.
  const auto [found, is_new] =
      numbers_.try_emplace((checked == nullptr ? "target " : "") + text, static_cast<uint32_t>(parts_.size()));
  if (!is_new) return found->second;
  Part& part = parts_.emplace_back();
  part.text = std::move(text);
  if (checked != nullptr) part.program = std::make_unique<const Program>(Program::Compile(*checked, constants_));
  for (const FactId fact : facts) {
    if (fact < kFactsPerFrame) part.slots.push_back(fact);
  }
  std::sort(part.slots.begin(), part.slots.end());
  part.slots.erase(std::unique(part.slots.begin(), part.slots.end()), part.slots.end());
  return found->second;
}

void DecidingParts::Encode(Part& part, const std::vector<std::string>& names) {
  for (int truth = v1::Truth_MIN; truth <= v1::Truth_MAX; ++truth) {
    v1::DecidingPart message;
    message.set_expression(part.text);
    message.set_truth(static_cast<v1::Truth>(truth));
    for (const std::string& name : names) message.add_facts(name);
    part.payloads[truth] = message.SerializeAsString();
  }
}

v1::Truth DecidingParts::Judge(uint32_t number, const Activation& activation) const {
  const Node& node = nodes_[number];
  if (node.kind == Node::Kind::kNot) return Opposite(Judge(node.a, activation));
  if (node.kind == Node::Kind::kPart) {
    const Value value = parts_[node.a].program->Run(activation);
    if (Is(value, true)) return v1::TRUTH_TRUE;
    return Is(value, false) ? v1::TRUTH_FALSE : v1::TRUTH_UNKNOWN;
  }
  const v1::Truth deciding = node.kind == Node::Kind::kOr ? v1::TRUTH_TRUE : v1::TRUTH_FALSE;
  const v1::Truth a = Judge(node.a, activation);
  if (a == deciding) return a;
  const v1::Truth b = Judge(node.b, activation);
  if (b == deciding) return b;
  return a == v1::TRUTH_UNKNOWN || b == v1::TRUTH_UNKNOWN ? v1::TRUTH_UNKNOWN : Opposite(deciding);
}

void DecidingParts::Find(uint32_t number, v1::Truth truth, const Activation& activation,
                         std::vector<Decision>& decisions) const {
  const Node& node = nodes_[number];
  if (node.kind == Node::Kind::kPart) {
    decisions.push_back({node.a, truth});
    return;
  }
  if (node.kind == Node::Kind::kNot) {
    Find(node.a, Opposite(truth), activation, decisions);
    return;
  }
  const v1::Truth deciding = node.kind == Node::Kind::kOr ? v1::TRUTH_TRUE : v1::TRUTH_FALSE;
  const v1::Truth a = Judge(node.a, activation), b = Judge(node.b, activation);
  const size_t begin = decisions.size();
  if (a == truth) Find(node.a, truth, activation, decisions);
  if (b != truth) return;
  const size_t middle = decisions.size();
  Find(node.b, truth, activation, decisions);
  if (truth != deciding || a != truth) return;
  // Either side is enough: the one of fewer parts stays.
  const auto first = decisions.begin() + static_cast<ptrdiff_t>(begin);
  const auto second = decisions.begin() + static_cast<ptrdiff_t>(middle);
  if (decisions.size() - middle < middle - begin) {
    decisions.erase(first, second);
  } else {
    decisions.erase(second, decisions.end());
  }
}

void DecidingParts::Find(size_t rule, bool because_unknown, const Activation& activation,
                         std::vector<Decision>& decisions) const {
  const size_t begin = decisions.size();
  if (const uint32_t condition = conditions_[rule]; condition != kNone) {
    const v1::Truth truth = Judge(condition, activation);
    // A rule can do something for want of facts though its condition holds: then its target is what is not known.
    if (truth == (because_unknown ? v1::TRUTH_UNKNOWN : v1::TRUTH_TRUE) || truth == v1::TRUTH_TRUE)
      Find(condition, truth, activation, decisions);
  }
  // A part that stands in a condition twice is told once.
  size_t end = begin;
  for (size_t i = begin; i < decisions.size(); ++i) {
    const auto first = decisions.begin() + static_cast<ptrdiff_t>(begin),
               last = first + static_cast<ptrdiff_t>(end - begin);
    const auto same = [&](const Decision& other) { return other.part == decisions[i].part; };
    if (std::none_of(first, last, same)) decisions[end++] = decisions[i];
  }
  decisions.resize(end);
  if (targets_[rule] == kNone) return;
  const bool condition_unknown =
      because_unknown && decisions.size() > begin && decisions[begin].truth == v1::TRUTH_UNKNOWN;
  decisions.push_back({targets_[rule], because_unknown && !condition_unknown ? v1::TRUTH_UNKNOWN : v1::TRUTH_TRUE});
}

}  // namespace myokine
