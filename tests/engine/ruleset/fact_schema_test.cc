// The frame of facts: paths and types, presence, lists with wider and possible words, records, and whose absence is
// noted.
#include "engine/ruleset/fact_schema.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "myokine/v1/user_state.pb.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

class FactSchemaTest : public ::testing::Test {
 protected:
  FactSchemaTest() : schema_(*v1::UserState::descriptor(), "user", Frame::kUser, 0) {}

  // The value of a fact for a person, as printed; ` possible: ...` behind lists that have such words.
  std::string Fact(const std::string& user, const std::string& path) {
    user_ = testing::Parse<v1::UserState>(user);
    std::vector<Value> frame(static_cast<size_t>(schema_.end_slot()), Value(false));
    schema_.Fill(&user_, index_, absl::MakeSpan(frame), arena_);
    const auto* fact = schema_.FindPath(path);
    if (fact == nullptr) return "no such fact";
    const Value& value = frame[static_cast<size_t>(fact->slot)];
    if (const auto* unknown = std::get_if<Unknown>(&value)) return absl::StrCat("lacks ", Names(*unknown->facts));
    std::string text = ToString(value);
    const auto* list = std::get_if<const ListValue*>(&value);
    if (list == nullptr) return text;
    if ((*list)->missing != nullptr) {
      EXPECT_EQ(Names(*(*list)->missing), path);
    }
    if (!(*list)->possible.empty())
      absl::StrAppend(&text,
                      " possible: ", absl::StrJoin((*list)->possible, " ", [](std::string* out, std::string_view word) {
                        out->append(word);
                      }));
    return text;
  }
  std::string Names(const FactSet& facts) const {
    return absl::StrJoin(facts, " ",
                         [this](std::string* out, FactId fact) { out->append(schema_.FindSlot(fact)->path); });
  }

  const v1::RulePack pack_ = testing::Parse<v1::RulePack>(testing::BasePack());
  const VocabularyIndex index_{pack_};
  const FactSchema schema_;
  v1::UserState user_;
  Arena arena_;
};

TEST_F(FactSchemaTest, LaysOutEveryFactOnce) {
  std::map<std::string, int> paths;
  for (const myokine::Fact& fact : schema_.facts()) {
    EXPECT_EQ(++paths[fact.path], 1) << fact.path;
    EXPECT_EQ(schema_.FindSlot(fact.slot), &fact);
    EXPECT_EQ(schema_.FindPath(fact.path), &fact);
  }
  EXPECT_EQ(schema_.end_slot(), static_cast<int>(schema_.facts().size()));
  EXPECT_EQ(schema_.FindSlot(-1), nullptr);
  EXPECT_EQ(schema_.FindSlot(schema_.end_slot()), nullptr);
  for (const char* none : {"", "user.", "user.health.conditions.items", "user.health.conditions.complete",
                           "user.measurements.weight.value", "health", "user.x"}) {
    EXPECT_EQ(schema_.FindPath(none), nullptr) << none;
  }
}

TEST_F(FactSchemaTest, StartsWhereItIsTold) {
  const FactSchema moved(*v1::UserState::descriptor(), "p", Frame::kCandidate, 100);
  EXPECT_EQ(moved.FindPath("p")->slot, 100);
  EXPECT_EQ(moved.end_slot(), 100 + schema_.end_slot());
  EXPECT_EQ(moved.FindSlot(99), nullptr);
  EXPECT_EQ(moved.FindSlot(100)->path, "p");
}

TEST_F(FactSchemaTest, DeclaresTypesUnitsAndVocabularies) {
  Scope scope;
  schema_.Declare(scope);
  auto declared = [&](const char* path) {
    const Declaration* found = scope.Find(path);
    if (found == nullptr) return std::string("none");
    if (found->message) return std::string("message");
    const Type& item = found->type.kind == TypeKind::kList ? *found->type.element : found->type;
    return absl::StrCat(ToString(found->type), item.unit.empty() ? "" : " " + item.unit,
                        item.vocabulary.empty() ? "" : " of " + item.vocabulary);
  };
  const std::vector<std::pair<const char*, std::string>> cases = {
      {"user", "message"},
      {"user.profile", "message"},
      {"user.health.pregnancy", "message"},
      {"user.profile.age_years", "int a"},
      {"user.profile.height_cm", "double cm"},
      {"user.profile.regularly_active", "bool"},
      {"user.profile.sex_at_birth", "string of sex"},
      {"user.measurements.weight", "double kg"},
      {"user.today.glucose", "double mg/dL"},
      {"user.health.conditions", "list(string) of condition"},
      {"user.health.injuries", "list(Injury)"},
      {"user.profile.goals", "list(Goal)"},
      {"user.recent_activities", "list(Activity)"},
      {"user.today.last_meal_at", "timestamp"},
      {"user.evaluation_time", "timestamp"},
      {"user.time_zone", "string"},
      {"user.declared_unknown", "list(string)"},
      {"user.preferences.liked", "list(string) of candidate"}};
  for (const auto& [path, want] : cases) EXPECT_EQ(declared(path), want) << path;
  const RecordType& activity = *scope.Find("user.recent_activities")->type.element->record;
  EXPECT_EQ(ToString(activity.fields[static_cast<size_t>(activity.Find("muscles"))].type), "list(string)");
  EXPECT_EQ(ToString(activity.fields[static_cast<size_t>(activity.Find("started_at"))].type), "timestamp");
  EXPECT_EQ(activity.fields[static_cast<size_t>(activity.Find("modality"))].type.vocabulary, "modality");
}

TEST_F(FactSchemaTest, AbsentScalarsAreUnknownAndZeroIsKnown) {
  EXPECT_EQ(Fact("", "user.profile.age_years"), "lacks user.profile.age_years");
  EXPECT_EQ(Fact("profile {}", "user.profile.age_years"), "lacks user.profile.age_years");
  EXPECT_EQ(Fact("profile { age_years: 0 }", "user.profile.age_years"), "0");
  EXPECT_EQ(Fact("profile { regularly_active: false }", "user.profile.regularly_active"), "false");
  EXPECT_EQ(Fact("profile { height_cm: 170.5 }", "user.profile.height_cm"), "170.5");
  EXPECT_EQ(Fact("profile { sex_at_birth: 'female' }", "user.profile.sex_at_birth"), "\"female\"");
  EXPECT_EQ(Fact("", "user.time_zone"), "lacks user.time_zone");
  EXPECT_EQ(Fact("time_zone: 'UTC'", "user.time_zone"), "\"UTC\"");
}

TEST_F(FactSchemaTest, MessagesTellWhetherTheyAreThere) {
  EXPECT_EQ(Fact("", "user"), "true");
  EXPECT_EQ(Fact("", "user.health"), "false");
  EXPECT_EQ(Fact("health {}", "user.health"), "true");
  EXPECT_EQ(Fact("health {}", "user.health.pregnancy"), "false");
  EXPECT_EQ(Fact("health { pregnancy { week: 20 } }", "user.health.pregnancy"), "true");
  EXPECT_EQ(Fact("health { pregnancy { week: 20 } }", "user.health.pregnancy.week"), "20");
  EXPECT_EQ(Fact("health { pregnancy { week: 20 } }", "user.health.pregnancy.status"),
            "lacks user.health.pregnancy.status");
}

TEST_F(FactSchemaTest, MeasurementsAndTimesAreValues) {
  EXPECT_EQ(Fact("measurements { weight { value: 70 unit: 'kg' } }", "user.measurements.weight"), "70");
  EXPECT_EQ(Fact("measurements { weight {} }", "user.measurements.weight"), "0");
  EXPECT_EQ(Fact("measurements {}", "user.measurements.weight"), "lacks user.measurements.weight");
  EXPECT_EQ(Fact("today { last_meal_at { seconds: 1 nanos: 500000000 } }", "user.today.last_meal_at"),
            "1970-01-01T00:00:01.5Z");
  EXPECT_EQ(Fact("today { last_meal_at {} }", "user.today.last_meal_at"), "1970-01-01T00:00:00Z");
  EXPECT_EQ(Fact("today {}", "user.today.last_meal_at"), "lacks user.today.last_meal_at");
}

TEST_F(FactSchemaTest, WordsComeWithWiderOnesAndNarrowerOnesArePossible) {
  const std::string path = "user.health.conditions";
  auto conditions = [&](const std::string& list) { return Fact("health { conditions { " + list + " } }", path); };
  EXPECT_EQ(Fact("", path), "lacks user.health.conditions");
  EXPECT_EQ(Fact("health {}", path), "lacks user.health.conditions");
  EXPECT_EQ(conditions(""), "[...]");
  EXPECT_EQ(conditions("complete: true"), "[]");
  EXPECT_EQ(conditions("items: 'asthma'"), "[\"asthma\", ...]");
  EXPECT_EQ(conditions("items: 'asthma' complete: true"), "[\"asthma\"]");
  EXPECT_EQ(conditions("items: 'angina' complete: true"), "[\"angina\", \"heart_disease\"]");
  EXPECT_EQ(conditions("items: 'heart_disease' complete: true"), "[\"heart_disease\"] possible: angina heart_failure");
  EXPECT_EQ(conditions("items: 'heart_disease'"), "[\"heart_disease\", ...] possible: angina heart_failure");
  EXPECT_EQ(conditions("items: 'heart_disease' items: 'angina' complete: true"),
            "[\"angina\", \"heart_disease\"]");  // the wide word is explained
  EXPECT_EQ(conditions("items: 'diabetes' items: 'angina' complete: true"),
            "[\"angina\", \"diabetes\", \"heart_disease\"] possible: type_1_diabetes type_2_diabetes");
  EXPECT_EQ(conditions("items: 'diabetes' items: 'diabetes' complete: true"),
            "[\"diabetes\"] possible: type_1_diabetes type_2_diabetes");
  EXPECT_EQ(conditions("items: 'elsewhere' complete: true"), "[\"elsewhere\"]");
  EXPECT_EQ(conditions("items: 'type_1_diabetes' items: 'type_2_diabetes' complete: true"),
            "[\"diabetes\", \"type_1_diabetes\", \"type_2_diabetes\"]");
}

// Whoever dislikes salmon does not dislike fish.
TEST_F(FactSchemaTest, WordsThatStandForThemselves) {
  auto foods = [&](const std::string& list) {
    return Fact("preferences { disliked_foods { " + list + " complete: true } }", "user.preferences.disliked_foods");
  };
  EXPECT_EQ(foods("items: 'salmon'"), "[\"salmon\"]");
  EXPECT_EQ(foods("items: 'fish'"), "[\"fish\"]");
  EXPECT_EQ(foods("items: 'animal' items: 'salmon'"), "[\"animal\", \"salmon\"]");
}

TEST_F(FactSchemaTest, RecordsKeepWhatTheyDoNotSay) {
  const std::string path = "user.health.injuries";
  auto injuries = [&](const std::string& list) { return Fact("health { injuries { " + list + " } }", path); };
  EXPECT_EQ(injuries("complete: true"), "[]");
  EXPECT_EQ(injuries(""), "[...]");
  EXPECT_EQ(injuries("items { site: 'knee' kind: 'sprain' severity: 0 since { seconds: 0 } } complete: true"),
            "[{\"knee\", \"sprain\", 0, 1970-01-01T00:00:00Z}]");
  EXPECT_EQ(injuries("items { site: 'knee' }"),
            "[{\"knee\", unknown(1 facts), unknown(1 facts), unknown(1 facts)}, ...]");
  EXPECT_EQ(injuries("items {} items { severity: 3 } complete: true"),
            "[{unknown(1 facts), unknown(1 facts), unknown(1 facts), unknown(1 facts)}, {unknown(1 facts), unknown(1 "
            "facts), 3, unknown(1 facts)}]");
  // Without presence a number is always stated; repeated fields are complete.
  EXPECT_EQ(Fact("today { soreness { items { muscle: 'biceps' } } }", "user.today.soreness"), "[{\"biceps\", 0}, ...]");
  EXPECT_EQ(Fact("recent_activities { items { modality: 'aerobic' minutes: 20 muscles: 'biceps' muscles: 'quadriceps' "
                 "} complete: true }",
                 "user.recent_activities"),
            "[{unknown(1 facts), \"aerobic\", unknown(1 facts), 20, unknown(1 facts), [\"biceps\", \"quadriceps\"]}]");
}

TEST_F(FactSchemaTest, PlainListsAreComplete) {
  EXPECT_EQ(Fact("", "user.declared_unknown"), "[]");
  EXPECT_EQ(Fact("declared_unknown: 'b' declared_unknown: 'a'", "user.declared_unknown"), "[\"b\", \"a\"]");
}

TEST_F(FactSchemaTest, NobodyAtAllIsUnknown) {
  std::vector<Value> frame(static_cast<size_t>(schema_.end_slot()), Value(true));
  schema_.Fill(nullptr, index_, absl::MakeSpan(frame), arena_);
  for (const myokine::Fact& fact : schema_.facts()) {
    const Value& value = frame[static_cast<size_t>(fact.slot)];
    if (fact.shape == FactShape::kMessage) {
      EXPECT_TRUE(Is(value, false)) << fact.path;
    } else {
      ASSERT_TRUE(IsUnknown(value)) << fact.path;
      EXPECT_EQ(Names(*std::get<Unknown>(value).facts), fact.path);
    }
  }
}

TEST_F(FactSchemaTest, CatalogueEntriesAreFactsToo) {
  const FactSchema exercise(*v1::Exercise::descriptor(), "exercise", Frame::kCandidate, 0);
  for (const char* path : {"exercise.id", "exercise.met", "exercise.muscles", "exercise.dose.minutes.usual",
                           "exercise.dose.rpe.minimum", "exercise.estimated"}) {
    EXPECT_NE(exercise.FindPath(path), nullptr) << path;
  }
  for (const char* path : {"exercise.name", "exercise.name.en", "exercise.steps", "exercise.cues"})
    EXPECT_EQ(exercise.FindPath(path), nullptr) << path;
  Arena arena;
  std::vector<Value> frame(static_cast<size_t>(exercise.end_slot()), Value(false));
  exercise.Fill(&pack_.exercises(1), index_, absl::MakeSpan(frame), arena);
  auto value = [&](const char* path) { return ToString(frame[static_cast<size_t>(exercise.FindPath(path)->slot)]); };
  EXPECT_EQ(value("exercise.id"), "\"squat\"");
  EXPECT_EQ(value("exercise.equipment"), "[]");
  EXPECT_EQ(value("exercise.places"), "[\"home\", \"gym\"]");
  EXPECT_EQ(value("exercise.dose.sets.maximum"), "5");
  EXPECT_EQ(value("exercise.dose.minutes"), "false");
  EXPECT_EQ(value("exercise.dose.minutes.usual"), "unknown(1 facts)");
  EXPECT_EQ(value("exercise.compendium_code"), "unknown(1 facts)");
  EXPECT_EQ(value("exercise.eccentric_share"), "0");
}

TEST(KnownList, IsItemsAndCompleteAndNothingElse) {
  EXPECT_TRUE(IsKnownList(*v1::ConceptList::descriptor()));
  EXPECT_TRUE(IsKnownList(*v1::InjuryList::descriptor()));
  EXPECT_TRUE(IsKnownList(*v1::ActivityList::descriptor()));
  EXPECT_FALSE(IsKnownList(*v1::Measurement::descriptor()));
  EXPECT_FALSE(IsKnownList(*v1::Health::descriptor()));
  EXPECT_FALSE(IsKnownList(*v1::Piecewise::descriptor()));
}

}  // namespace
}  // namespace myokine
