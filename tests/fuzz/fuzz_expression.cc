// Any bytes, compiled as an expression over a person's facts; what compiles is evaluated over nobody and over somebody.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "engine/expr/expression.h"
#include "engine/expr/limits.h"
#include "engine/pack/loaded_pack.h"
#include "engine/ruleset/fact_schema.h"
#include "engine/ruleset/vocabulary_index.h"
#include "myokine/v1/rule_pack.pb.h"
#include "myokine/v1/user_state.pb.h"
#include "tests/fuzz/require.h"
#include "tests/reference/tree_evaluator.h"

namespace myokine::fuzz {
namespace {

// The longest expression that a pack may hold: `max_bytes` in rule.proto. Longer ones never reach the compiler.
constexpr size_t kMostBytes = 4096;

constexpr char kVocabularies[] = R"(
vocabularies:
- id: condition
  name: {en: c, ja: c}
  concepts:
  - {id: cardiovascular, name: {en: c, ja: c}}
  - {id: hypertension, name: {en: h, ja: h}, broader: [cardiovascular]}
  - {id: asthma, name: {en: a, ja: a}, codes: ["snomed:195967001"]}
- id: modality
  name: {en: m, ja: m}
  concepts:
  - {id: aerobic, name: {en: a, ja: a}}
  - {id: hiit, name: {en: h, ja: h}, broader: [aerobic]}
)";

// Known numbers, texts, times, a complete list, lists of which only a part is known, and records with gaps.
constexpr char kPerson[] = R"(
evaluation_time: "2026-01-15T09:00:00Z"
time_zone: Asia/Tokyo
profile: {age_years: 47, sex_at_birth: female, height_cm: 162.5, regularly_active: true, training_experience: beginner}
health:
  conditions: {items: [hypertension], complete: true}
  medications: {items: [metformin]}
  injuries: {items: [{site: knee, severity: 3}, {site: ankle}], complete: true}
measurements:
  weight: {value: 61.5, unit: kg, measured_at: "2026-01-14T07:00:00Z"}
today: {minutes_available: 30, sleep_hours: 6.5, fatigue: 4, last_meal_at: "2026-01-15T07:00:00Z"}
recent_activities:
  items:
  - {modality: aerobic, started_at: "2026-01-12T09:00:00Z", minutes: 40, rpe: 4, muscles: [calves]}
  - {modality: hiit, started_at: "2026-01-14T09:00:00Z", minutes: 20}
)";

template <typename Message>
void ReadOrDie(const char* text, Message& message) {
  SourceMap sources;
  Issues issues;
  Require(ReadYaml(text, "built-in", message, sources, issues) && issues.empty(),
          "the built-in YAML of this target is read");
}

// What expressions are compiled against and evaluated over. Made once.
struct World {
  v1::RulePack pack;
  v1::UserState person;
  std::unique_ptr<VocabularyIndex> vocabularies;
  FactSchema schema{*v1::UserState::descriptor(), "user", Frame::kUser, 0};
  Scope scope;
  Arena arena;
  std::vector<Value> nobody;
  std::vector<Value> somebody;

  World() {
    ReadOrDie(kVocabularies, pack);
    ReadOrDie(kPerson, person);
    vocabularies = std::make_unique<VocabularyIndex>(pack);
    for (const auto& [id, concepts] : vocabularies->all()) {
      Scope::Words words;
      for (const auto& [word, indexed] : concepts) words.insert(word);
      scope.DeclareVocabulary(id, std::move(words));
    }
    schema.Declare(scope);
    scope.Declare("now", {Type::Of(TypeKind::kTimestamp), false, Frame::kUser, schema.end_slot()});
    nobody = Fill(nullptr);
    somebody = Fill(&person);
  }

  std::vector<Value> Fill(const v1::UserState* state) {
    std::vector<Value> frame(static_cast<size_t>(schema.end_slot()) + 1, Value(false));
    schema.Fill(state, *vocabularies, absl::MakeSpan(frame), arena);
    frame.back() = absl::FromUnixSeconds(1768467600);
    return frame;
  }
};

bool IsOf(const Value& value, const Type& type) {
  switch (type.kind) {
    case TypeKind::kAny: return true;
    case TypeKind::kBool: return std::holds_alternative<bool>(value);
    case TypeKind::kInt: return std::holds_alternative<int64_t>(value);
    case TypeKind::kDouble: return std::holds_alternative<double>(value);
    case TypeKind::kString: return std::holds_alternative<std::string_view>(value);
    case TypeKind::kDuration: return std::holds_alternative<absl::Duration>(value);
    case TypeKind::kTimestamp: return std::holds_alternative<absl::Time>(value);
    case TypeKind::kList: return std::holds_alternative<const ListValue*>(value);
    case TypeKind::kMap: return std::holds_alternative<const MapValue*>(value);
    case TypeKind::kRecord: return std::holds_alternative<const RecordValue*>(value);
  }
  return false;
}

void CheckMistakes(const std::vector<ExprMistake>& mistakes, std::string_view text) {
  for (const ExprMistake& mistake : mistakes) {
    Require(0 <= mistake.span.begin && mistake.span.begin <= mistake.span.end &&
                mistake.span.end <= static_cast<int>(text.size()),
            "a mistake lies within the text");
    Require(!mistake.code.empty() && !mistake.message.empty(), "a mistake has a code and a message");
  }
  Issues issues;
  Report(mistakes, text, {"input.yaml", 1, 7}, "when: " + std::string(text), issues);
  for (const Issue& issue : issues.list()) Require(!ToString(issue).empty(), "a mistake can be shown");
}

// The value as text; evaluated twice, since it must be the same each time.
std::string Evaluate(const Expression& expression, const std::vector<Value>& frame, bool& scalar) {
  std::string texts[2];
  for (std::string& text : texts) {
    Arena arena;
    Activation activation;
    activation.arena = &arena;
    activation.frames[static_cast<size_t>(Frame::kUser)] = frame;
    const Value value = expression.Evaluate(activation);
    Require(ToString(value) == ToString(reference::Evaluate(expression.root(), activation)),
            "the flat program gives what walking the tree gives");
    if (const auto* unknown = std::get_if<Unknown>(&value)) {
      Require(!unknown->facts->empty(), "an unknown names the facts that it lacks");
    } else if (IsKnown(value)) {
      Require(IsOf(value, expression.type()), "the value is of the type that the checker found");
    }
    scalar = IsKnown(value) && !std::holds_alternative<const ListValue*>(value) &&
             !std::holds_alternative<const MapValue*>(value) && !std::holds_alternative<const RecordValue*>(value);
    text = ToString(value);
  }
  Require(texts[0] == texts[1], "the same facts give the same value");
  return texts[0];
}

void Check(std::string_view text) {
  static World* const world = new World;
  std::vector<ExprMistake> mistakes;
  const std::unique_ptr<const Expression> expression = Expression::Compile(text, world->scope, {Type()}, mistakes);
  Require((expression == nullptr) == !mistakes.empty(), "an expression compiles, or a mistake says why not");
  CheckMistakes(mistakes, text);
  if (expression == nullptr) return;
  Require(!expression->tree().empty() && !expression->program().ToString().empty(), "each stage can be shown");
  Require(expression->cost() > 0 && expression->cost() <= kMaxCost, "the cost is bounded");
  bool known = false;
  bool known_of_somebody = false;
  const std::string of_nobody = Evaluate(*expression, world->nobody, known);
  const std::string of_somebody = Evaluate(*expression, world->somebody, known_of_somebody);
  // What is known without any fact can't change with facts. Only `has()` sees the difference.
  if (known && text.find("has") == std::string_view::npos) {
    Require(of_somebody == of_nobody, "what is known without facts holds for everybody");
  }
}

}  // namespace
}  // namespace myokine::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > myokine::fuzz::kMostBytes) return 0;
  myokine::fuzz::Check(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
