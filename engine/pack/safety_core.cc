#include "engine/pack/safety_core.h"

#include <deque>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/expr/expression.h"
#include "engine/pack/field_facts.h"

namespace myokine {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

using NameSet = absl::flat_hash_set<std::string>;

void AddRootNames(const Message& message, NameSet& names) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
      for (int i = 0; i < count; ++i) {
        AddRootNames(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                          : reflection->GetMessage(message, field),
                     names);
      }
    } else if (FactsOf(field).expression() && !field->is_repeated()) {
      for (std::string& name : NamesIn(reflection->GetString(message, field))) names.insert(std::move(name));
    }
  }
}

}  // namespace

NameSet RootNames(const Message& message) {
  NameSet names;
  AddRootNames(message, names);
  return names;
}

SafetyCore::SafetyCore(const v1::RulePack& pack) {
  absl::flat_hash_map<std::string, const v1::Variable*> variables;
  for (const v1::Variable& variable : pack.variables()) variables.emplace(variable.id(), &variable);

  std::deque<std::pair<const Message*, std::string>> to_read;
  for (const v1::Rule& rule : pack.rules()) {
    if (!rule.safety()) continue;
    rules_.insert(rule.id());
    to_read.emplace_back(&rule, absl::StrCat("the safety rule `", rule.id(), "`"));
  }
  for (const v1::Invariant& invariant : pack.invariants()) {
    invariants_.insert(invariant.id());
    to_read.emplace_back(&invariant, absl::StrCat("the invariant `", invariant.id(), "`"));
  }
  while (!to_read.empty()) {
    const auto [reader, who] = std::move(to_read.front());
    to_read.pop_front();
    for (const std::string& name : RootNames(*reader)) {
      const auto variable = variables.find(name);
      if (variable == variables.end() || !readers_.emplace(name, who).second) continue;
      to_read.emplace_back(variable->second, who);
    }
  }
}

std::string SafetyCore::WhyKept(const std::string& list, const std::string& name) const {
  if (list == "rules" && rules_.contains(name)) return "is marked `safety`";
  if (list == "invariants" && invariants_.contains(name)) return "is an invariant";
  const auto reader = readers_.find(name);
  if (list == "variables" && reader != readers_.end()) return absl::StrCat("is read by ", reader->second);
  return "";
}

}  // namespace myokine
