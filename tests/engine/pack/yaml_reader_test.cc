#include "engine/pack/yaml_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "engine/pack/loaded_pack.h"
#include "myokine/v1/rule_pack.pb.h"
#include "myokine/v1/user_state.pb.h"
#include "tests/engine/pack/pack_folder.h"

namespace myokine {
namespace {

// What reading `yaml` as a Message gives, in the short text format; its issues instead when there are any.
template <typename Message>
std::string Read(const std::string& yaml) {
  Message message;
  SourceMap sources;
  Issues issues;
  ReadYaml(yaml, "f", message, sources, issues);
  if (issues.empty()) return message.ShortDebugString();
  return absl::StrJoin(Places(issues), "\n");
}

// The only issue of reading `yaml`, as printed.
template <typename Message>
std::string OnlyIssue(const std::string& yaml) {
  Message message;
  SourceMap sources;
  Issues issues;
  ReadYaml(yaml, "f", message, sources, issues);
  EXPECT_EQ(issues.size(), 1u) << Print(issues);
  return issues.empty()
             ? ""
             : issues.list()[0].message + (issues.list()[0].hint.empty() ? "" : "; " + issues.list()[0].hint);
}

TEST(ReadYaml, ReadsAnEmptyDocumentAsAnEmptyMessage) {
  for (const char* text : {"", "# nothing\n", "~", "{}", "---\n"}) EXPECT_EQ(Read<v1::RulePack>(text), "") << text;
}

TEST(ReadYaml, ReadsARule) {
  EXPECT_EQ(Read<v1::Rule>("id: aerobic-thirty-minutes\n"
                           "claims: [A-3.3.2]\n"
                           "evidence: {outcome: {grade: A, references: [who-2020]}}\n"
                           "safety: true\n"
                           "when: user.today.minutes_available >= 30\n"
                           "target: 'exercise.modality == \"aerobic\"'\n"
                           "effects:\n"
                           "- boost: {axis: BENEFIT, points: 8}\n"
                           "- prescribe: {minutes: {at_least: 30}}\n"
                           "- block: {}\n"
                           "on_unknown: SKIP\n"
                           "text: {en: Long, ja: 長い}\n"),
            "id: \"aerobic-thirty-minutes\" claims: \"A-3.3.2\" "
            "evidence { outcome { grade: GRADE_A references: \"who-2020\" } } safety: true "
            "when: \"user.today.minutes_available >= 30\" target: \"exercise.modality == \\\"aerobic\\\"\" "
            "effects { boost { axis: AXIS_BENEFIT points: \"8\" } } "
            "effects { prescribe { minutes { at_least: \"30\" } } } effects { block { } } "
            "on_unknown { action: UNKNOWN_ACTION_SKIP } "
            "text { en: \"Long\" ja: \"\\351\\225\\267\\343\\201\\204\" }");
}

TEST(ReadYaml, ReadsShorthands) {
  EXPECT_EQ(Read<v1::ConceptList>("[asthma, 'snomed:1']"), "items: \"asthma\" items: \"snomed:1\"");
  EXPECT_EQ(Read<v1::ConceptList>("{items: [asthma], complete: true}"), "items: \"asthma\" complete: true");
  EXPECT_EQ(Read<v1::Health>("conditions: []"), "conditions { }");
  EXPECT_EQ(Read<v1::Profile>("goals: [sleep, {id: mood, weight_permille: 200}]"),
            "goals { items { id: \"sleep\" } items { id: \"mood\" weight_permille: 200 } }");
  EXPECT_EQ(Read<v1::Rule>("{id: a, effects: [block: {}], text: {en: a, ja: a}, on_unknown: {effects: [block: {}]}}"),
            "id: \"a\" effects { block { } } on_unknown { effects { block { } } } text { en: \"a\" ja: \"a\" }");
  EXPECT_EQ(Read<v1::Curve>("piecewise: [{x: 3, y: 1}, {x: 1.5, y: -2e1}]"),
            "piecewise { points { x: 3 y: 1 } points { x: 1.5 y: -20 } }");
}

TEST(ReadYaml, ReadsJsonAndItsSpelling) {
  EXPECT_EQ(Read<v1::UserState>("{\"profile\":{\"ageYears\":34,\"heightCm\":170.5,\"regularlyActive\":false},\n"
                                "\t\"evaluationTime\":\"2026-01-15T09:00:00Z\", \"time_zone\": \"Asia/Tokyo\"}"),
            "profile { age_years: 34 height_cm: 170.5 regularly_active: false } "
            "evaluation_time { seconds: 1768467600 } time_zone: \"Asia/Tokyo\"");
}

TEST(ReadYaml, TakesPlainScalarsForStrings) {
  EXPECT_EQ(Read<v1::Base>("{path: ../base, id: 12, digest: true}"), "path: \"../base\" id: \"12\" digest: \"true\"");
  EXPECT_EQ(Read<v1::DoseBound>("{at_least: 0.5, at_most: true}"), "at_least: \"0.5\" at_most: \"true\"");
  EXPECT_EQ(Read<v1::DoseBound>("at_least: |\n  a &&\n  b\n"), "at_least: \"a &&\\nb\\n\"");
}

TEST(ReadYaml, ReadsTimestamps) {
  const struct {
    std::string text, expected;
  } kCases[] = {
      {"2026-01-15T09:00:00Z", "evaluation_time { seconds: 1768467600 }"},
      {"'2026-01-15T18:00:00+09:00'", "evaluation_time { seconds: 1768467600 }"},
      {"2026-01-15T09:00:00.25Z", "evaluation_time { seconds: 1768467600 nanos: 250000000 }"},
      {"1969-12-31T23:59:59.5Z", "evaluation_time { seconds: -1 nanos: 500000000 }"},
      {"2026-01-15", "f:1:18 bad-timestamp"},
      {"2026-01-15T09:00:00", "f:1:18 bad-timestamp"},
      {"2026-02-30T09:00:00Z", "f:1:18 bad-timestamp"},
      {"99999-01-15T09:00:00Z", "f:1:18 bad-timestamp"},
      {"0000-01-15T09:00:00Z", "f:1:18 bad-timestamp"},
      {"infinite-future", "f:1:18 bad-timestamp"},
      {"1768467600", "f:1:18 bad-timestamp"},
      {"{seconds: 1}", "f:1:18 bad-timestamp"},
      {"~", "f:1:18 null-value"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Read<v1::UserState>("evaluation_time: " + c.text), c.expected) << c.text;
}

TEST(ReadYaml, ReadsNumbers) {
  const struct {
    std::string text, expected;
  } kCases[] = {
      {"age_years: 34", "age_years: 34"},
      {"age_years: +34", "age_years: 34"},
      {"age_years: 0", "age_years: 0"},
      {"age_years: 120", "age_years: 120"},
      {"age_years: 121", "f:1:12 out-of-range"},
      {"age_years: -1", "f:1:12 out-of-range"},
      {"age_years: 99999999999", "f:1:12 out-of-range"},
      {"age_years: 99999999999999999999", "f:1:12 out-of-range"},
      {"age_years: 34.0", "f:1:12 wrong-type"},
      {"age_years: 3e1", "f:1:12 wrong-type"},
      {"age_years: 0x22", "f:1:12 wrong-type"},
      {"age_years: 1_000", "f:1:12 wrong-type"},
      {"age_years: '34'", "f:1:12 wrong-type"},
      {"age_years: [34]", "f:1:12 wrong-type"},
      {"height_cm: 170", "height_cm: 170"},
      {"height_cm: 1.7e2", "height_cm: 170"},
      {"height_cm: 99.9", "f:1:12 out-of-range"},
      {"height_cm: 1e999", "f:1:12 out-of-range"},
      {"height_cm: .inf", "f:1:12 wrong-type"},
      {"height_cm: nan", "f:1:12 wrong-type"},
      {"height_cm: infinity", "f:1:12 wrong-type"},
      {"height_cm: 0x10", "f:1:12 wrong-type"},
      {"height_cm: \"170\"", "f:1:12 wrong-type"},
      {"height_cm: '.'", "f:1:12 wrong-type"},
      {"height_cm: 1e", "f:1:12 wrong-type"},
      {"height_cm: 170 cm", "f:1:12 wrong-type"},
      {"regularly_active: true", "regularly_active: true"},
      {"regularly_active: yes", "f:1:19 wrong-type"},
      {"regularly_active: True", "f:1:19 wrong-type"},
      {"regularly_active: 'true'", "f:1:19 wrong-type"},
      {"regularly_active: 1", "f:1:19 wrong-type"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Read<v1::Profile>(c.text), c.expected) << c.text;
}

TEST(ReadYaml, ReadsEnums) {
  EXPECT_EQ(Read<v1::GradedEvidence>("grade: X"), "grade: GRADE_X");
  EXPECT_EQ(Read<v1::GradedEvidence>("grade: \"A\""), "grade: GRADE_A");
  for (const char* text :
       {"grade: UNSPECIFIED", "grade: GRADE_A", "grade: a", "grade: 1", "grade: GRADE_UNSPECIFIED"}) {
    EXPECT_EQ(Read<v1::GradedEvidence>(text), "f:1:8 unknown-value") << text;
  }
  EXPECT_EQ(OnlyIssue<v1::GradedEvidence>("grade: GRADE_A"), "`grade` has no value `GRADE_A`; did you mean `A`?");
  EXPECT_EQ(OnlyIssue<v1::GradedEvidence>("grade: Z"), "`grade` has no value `Z`; one of A, B, C, D, G, X");
  EXPECT_EQ(OnlyIssue<v1::Boost>("{axis: BENIFIT, points: 1}"),
            "`axis` has no value `BENIFIT`; did you mean `BENEFIT`?");
}

TEST(ReadYaml, FindsEveryMistakeAtItsPlace) {
  const struct {
    std::string about, yaml, expected;
  } kCases[] = {
      {"unknown field", "id: a\nwehn: true\neffects: [block: {}]\ntext: {en: a, ja: a}", "f:2:1 unknown-field"},
      {"duplicate key", "id: a\nid: b\neffects: [block: {}]\ntext: {en: a, ja: a}", "f:2:1 duplicate-field"},
      {"duplicate key in two spellings",
       "{id: a, onUnknown: SKIP, on_unknown: SKIP, effects: [block: {}], text: {en: a}}", "f:1:26 duplicate-field"},
      {"missing fields", "when: true", "f:1:1 missing-field\nf:1:1 missing-field\nf:1:1 missing-field"},
      {"nothing after the colon", "id:\neffects: [block: {}]\ntext: {en: a, ja: a}", "f:1:1 null-value"},
      {"null in a list", "{id: a, claims: [A-1, ~], effects: [block: {}], text: {en: a}}", "f:1:23 null-value"},
      {"empty list that must not be", "{id: a, effects: [], text: {en: a}}", "f:1:18 empty-value"},
      {"empty expression", "{id: a, when: '', effects: [block: {}], text: {en: a}}", "f:1:15 empty-value"},
      {"empty id", "{id: '', effects: [block: {}], text: {en: a}}", "f:1:6 empty-value"},
      {"bad id", "{id: Big Id, effects: [block: {}], text: {en: a}}", "f:1:6 bad-identifier"},
      {"one scalar for a list", "{id: a, claims: A-1, effects: [block: {}], text: {en: a}}", "f:1:17 wrong-type"},
      {"map for a list", "{id: a, effects: {block: {}}, text: {en: a}}", "f:1:18 wrong-type"},
      {"list for a string", "{id: [a], effects: [block: {}], text: {en: a}}", "f:1:6 wrong-type"},
      {"scalar for a message", "{id: a, effects: [block: {}], text: hello}", "f:1:37 wrong-type"},
      {"list for a scalar shorthand", "{id: a, effects: [block: {}], text: {en: a}, on_unknown: [SKIP]}",
       "f:1:58 wrong-type"},
      {"two of a oneof", "{id: a, effects: [{block: {}, caution: {}}], text: {en: a}}", "f:1:31 one-of"},
      {"too many items",
       "{id: a, effects: [block: {}, block: {}, block: {}, block: {}, block: {}, block: {}, block: {}, "
       "block: {}, block: {}], text: {en: a}}",
       "f:1:18 too-many-items"},
      {"too long", "{id: " + std::string(257, 'a') + ", effects: [block: {}], text: {en: a}}", "f:1:6 too-long"},
      {"control character", "{id: a, effects: [block: {}], text: {en: \"a\\0\"}}", "f:1:42 bad-character"},
      {"key that is no word", "{id: a, effects: [block: {}], text: {en: a}, [x]: 1}", "f:1:46 bad-key"},
      {"text with a comma", "{id: a, effects: [block: {}], text: {en: Walk, then rest, ja: a}}",
       "f:1:48 unknown-field"},
      {"alias", "{id: a, effects: [block: {}], text: &t {en: a}, when: *t }", "f:1:37 yaml-anchor\nf:1:55 yaml-alias"},
      {"not a map at all", "just text", "f:1:1 wrong-type"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Read<v1::Rule>(c.yaml), c.expected) << c.about;
}

TEST(ReadYaml, SaysWhatIsWrongAndHowToMendIt) {
  EXPECT_EQ(OnlyIssue<v1::DoseBound>("at_leest: 3"),
            "unknown field `at_leest` in dose bound; did you mean `at_least`?");
  EXPECT_EQ(OnlyIssue<v1::Text>("{en: Walk, then rest, ja: a}"),
            "unknown field `then rest` in text; quote a text that holds a comma");
  EXPECT_EQ(OnlyIssue<v1::Profile>("age_years: 130"), "`age_years` of `130` is above the largest value, 120 a");
  EXPECT_EQ(OnlyIssue<v1::Profile>("age_years: 30.5"), "`age_years` takes a whole number, not `30.5`");
  EXPECT_EQ(OnlyIssue<v1::Profile>("age_years: '30'"),
            "`age_years` takes a whole number, not text `30`; write it without quotes");
  EXPECT_EQ(OnlyIssue<v1::Health>("conditions: asthma"),
            "`conditions` takes a list or a map, not `asthma`; write `[...]`, even for one");
  EXPECT_EQ(OnlyIssue<v1::Health>("pregnancy: 3"), "`pregnancy` takes a map of the fields of pregnancy, not `3`");
  EXPECT_EQ(OnlyIssue<v1::Base>("path: x"), "this base needs `id`");
  EXPECT_EQ(OnlyIssue<v1::Base>("{path: x, id: y, path: z}"), "`path` is given twice, first on line 1");
  EXPECT_EQ(OnlyIssue<v1::Claim>("{id: 3.3.2, text: {en: a, ja: a}, verdict: WEAK}"),
            "`3.3.2` is not an id; ids of claims are `A-` and a number such as `3.3.2`");
}

TEST(ReadYaml, AllowsLongTextsAndStopsAtTheirEnd) {
  EXPECT_EQ(Read<v1::Text>("en: " + std::string(2048, 'a')).size(), 2048 + sizeof("en: \"\"") - 1);
  EXPECT_EQ(Read<v1::Text>("en: " + std::string(2049, 'a')), "f:1:5 too-long");
}

TEST(ReadYaml, PutsEveryValueOnTheMap) {
  v1::UserState user;
  SourceMap sources;
  Issues issues;
  ASSERT_TRUE(
      ReadYaml("health:\n"
               "  conditions: [asthma, gout]\n"
               "  injuries:\n"
               "  - site: knee\n"
               "    severity: 3\n"
               "evaluation_time: 2026-01-15T09:00:00Z\n",
               "u.yaml", user, sources, issues))
      << Print(issues);
  const v1::Health& health = user.health();
  const v1::Injury& injury = health.injuries().items(0);
  EXPECT_EQ(ToString(sources.Find(&user)), "u.yaml:1:1");
  EXPECT_EQ(ToString(sources.Find(&health)), "u.yaml:2:3");
  EXPECT_EQ(ToString(sources.Find(&health, v1::Health::kConditionsFieldNumber)), "u.yaml:2:15");
  EXPECT_EQ(ToString(sources.Find(&health.conditions(), v1::ConceptList::kItemsFieldNumber, 1)), "u.yaml:2:24");
  EXPECT_EQ(ToString(sources.Find(&injury)), "u.yaml:4:5");
  EXPECT_EQ(ToString(sources.Find(&injury, v1::Injury::kSeverityFieldNumber)), "u.yaml:5:15");
  EXPECT_EQ(ToString(sources.Find(&user.evaluation_time())), "u.yaml:6:18");
  EXPECT_EQ(sources.Line("u.yaml", 5), "    severity: 3");
}

TEST(ReadYaml, SaysWhetherItIsYaml) {
  v1::Rule rule;
  SourceMap sources;
  Issues issues;
  EXPECT_FALSE(ReadYaml("a: [", "f", rule, sources, issues));
  EXPECT_TRUE(ReadYaml("wehn: 1", "f", rule, sources, issues));
  EXPECT_FALSE(issues.empty());
}

TEST(ReadYaml, StopsCountingAtTheMost) {
  std::string yaml = "rules:\n";
  for (int i = 0; i < 20'000; ++i) yaml += "- nothing\n";
  v1::RulePack pack;
  SourceMap sources;
  Issues issues;
  ReadYaml(yaml, "f", pack, sources, issues);
  EXPECT_TRUE(issues.full());
  EXPECT_EQ(issues.dropped(), 19'000u);
}

}  // namespace
}  // namespace myokine
