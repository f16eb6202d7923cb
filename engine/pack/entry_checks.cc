#include "engine/pack/entry_checks.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::RepeatedPtrField;

// Whether the effect is one on candidates, which a target chooses.
bool NeedsTarget(const v1::Effect& effect) {
  switch (effect.effect_case()) {
    case v1::Effect::kBoost:
    case v1::Effect::kPrescribe:
    case v1::Effect::kLimit:
    case v1::Effect::kBlock:
    case v1::Effect::kVary:
    case v1::Effect::kCaution: return true;
    default: return false;
  }
}

bool HasGradeAndReference(const v1::GradedEvidence& evidence) {
  return evidence.grade() != v1::GRADE_UNSPECIFIED && evidence.references_size() > 0;
}

// Whether a name can stand in an expression.
bool IsName(const std::string& text) {
  return !text.empty() && !absl::ascii_isdigit(static_cast<unsigned char>(text.front())) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '_' || absl::ascii_isalnum(static_cast<unsigned char>(c)); });
}

// Checks all entries of a pack.
class EntryChecker {
 public:
  EntryChecker(const SourceMap& sources, Issues& issues) : sources_(sources), issues_(issues) {}

  void Check(const v1::Rule& rule) {
    const std::string who = absl::StrCat("rule `", rule.id(), "`");
    const v1::Evidence& evidence = rule.evidence();
    if (rule.claims().empty() && !HasGradeAndReference(evidence.outcome()) &&
        !HasGradeAndReference(evidence.mechanism())) {
      AddIssue(sources_.Find(&rule, v1::Rule::kEvidenceFieldNumber), "missing-evidence",
               absl::StrCat(who, " names neither evidence nor a claim"),
               "give it a grade with a reference, or a claim");
    }
    CheckTarget(rule, who);
    CheckOnUnknown(rule, who);
  }

  void Check(const v1::Variable& variable) {
    if (!variable.id().empty() && !IsName(variable.id())) {
      AddIssue(sources_.Find(&variable, v1::Variable::kIdFieldNumber), "bad-identifier",
               absl::StrCat("`", variable.id(), "` is not a name that an expression can hold"),
               "use letters, digits and `_`, beginning with a letter");
    }
    if (variable.has_minimum() && variable.has_maximum() && variable.minimum() > variable.maximum()) {
      AddIssue(sources_.Find(&variable, v1::Variable::kMinimumFieldNumber), "bad-range",
               absl::StrCat("the range of variable `", variable.id(), "` is empty"), "");
    }
  }

  void Check(const v1::AxisScale& axis) {
    if (axis.minimum() < axis.maximum()) return;
    AddIssue(sources_.Find(&axis, v1::AxisScale::kMaximumFieldNumber), "bad-range", "the range of this axis is empty",
             "give it a `minimum` below its `maximum`");
  }

  void Check(const v1::Meal& meal) {
    for (int number : {v1::Meal::kNutritionFieldNumber, v1::Meal::kAllergensFieldNumber,
                       v1::Meal::kMayContainFieldNumber, v1::Meal::kFoodsFieldNumber}) {
      const FieldDescriptor* field = v1::Meal::descriptor()->FindFieldByNumber(number);
      const bool given = field->is_repeated() ? meal.GetReflection()->FieldSize(meal, field) > 0
                                              : meal.GetReflection()->HasField(meal, field);
      if (!given) continue;
      AddIssue(sources_.Find(&meal, number), "derived-field",
               absl::StrCat("`", field->name(), "` of meal `", meal.id(), "` follows from its parts"), "leave it out");
    }
  }

 private:
  void CheckTarget(const v1::Rule& rule, const std::string& who) {
    const v1::Effect* first = nullptr;
    for (const RepeatedPtrField<v1::Effect>* effects : {&rule.effects(), &rule.on_unknown().effects()}) {
      for (const v1::Effect& effect : *effects) {
        if (first == nullptr && NeedsTarget(effect)) first = &effect;
      }
    }
    if (rule.target().empty() && first != nullptr) {
      const FieldDescriptor* kind = v1::Effect::descriptor()->FindFieldByNumber(first->effect_case());
      AddIssue(sources_.Find(first), "missing-target",
               absl::StrCat("the effect `", kind->name(), "` of ", who, " needs a `target`"),
               "add one, such as `target: candidate.kind == \"exercise\"`");
    }
    if (!rule.target().empty() && first == nullptr && rule.effects_size() > 0) {
      AddIssue(sources_.Find(&rule, v1::Rule::kTargetFieldNumber), "idle-target",
               absl::StrCat(who, " has a target but no effect on it"),
               "leave it out, or add `boost`, `prescribe`, `limit`, `block` or `caution`");
    }
  }

  void CheckOnUnknown(const v1::Rule& rule, const std::string& who) {
    if (!rule.has_on_unknown()) {
      if (!rule.safety()) return;
      AddIssue(sources_.Find(&rule, v1::Rule::kSafetyFieldNumber), "missing-on-unknown",
               absl::StrCat("the safety ", who, " does not say what it does when facts are unknown"),
               "add `on_unknown: APPLY`, `on_unknown: SKIP` or effects of its own");
      return;
    }
    const v1::OnUnknown& on_unknown = rule.on_unknown();
    const bool has_action = on_unknown.action() != v1::UNKNOWN_ACTION_UNSPECIFIED;
    if (has_action == (on_unknown.effects_size() > 0)) {
      AddIssue(sources_.Find(&on_unknown), "on-unknown",
               absl::StrCat("`on_unknown` of ", who, has_action ? " has both an action and effects" : " says nothing"),
               "write either `SKIP`, `APPLY`, or `effects`");
    }
  }

  void AddIssue(Location at, std::string code, std::string message, std::string hint) {
    if (issues_.full()) return issues_.Add({});
    issues_.Add(sources_.MakeIssue(std::move(at), std::move(code), std::move(message), std::move(hint)));
  }

  const SourceMap& sources_;
  Issues& issues_;
};

}  // namespace

void CheckEntries(const v1::RulePack& pack, const SourceMap& sources, Issues& issues) {
  EntryChecker checker(sources, issues);
  for (const v1::Rule& rule : pack.rules()) checker.Check(rule);
  for (const v1::Variable& variable : pack.variables()) checker.Check(variable);
  for (const v1::AxisScale& axis : pack.axes()) checker.Check(axis);
  for (const v1::Meal& meal : pack.meals()) checker.Check(meal);
}

}  // namespace myokine
