#include "engine/pack/cross_references.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/pack/pack_folder.h"

namespace myokine {
namespace {

// A pack without mistakes, one of each kind.
constexpr char kBase[] = R"(
vocabularies:
- id: condition
  name: {en: Conditions, ja: 病気}
  concepts:
  - {id: asthma, name: {en: Asthma, ja: ぜんそく}, codes: ['snomed:195967001', 'icd10:J45*']}
  - {id: mild_asthma, name: {en: Mild asthma, ja: 軽いぜんそく}, broader: [asthma]}
- id: goal
  name: {en: Goals, ja: 目標}
  concepts:
  - {id: sleep, name: {en: Sleep, ja: 睡眠}}
- id: food
  name: {en: Foods, ja: 食品}
  concepts:
  - {id: fish, name: {en: Fish, ja: 魚}}
- id: cuisine
  name: {en: Cuisines, ja: 料理}
  concepts:
  - {id: any, name: {en: Any, ja: 問わない}}
references:
- {id: who-2020, citation: WHO 2020, status: READ}
claims:
- {id: A-1.1, text: {en: Walk, ja: 歩く}, verdict: SUPPORTED}
ingredients:
- {id: rice, name: {en: Rice, ja: ご飯}, per_100g: {energy_kcal: 156}}
meals:
- id: bowl
  name: {en: Bowl, ja: 丼}
  summary: {en: A bowl, ja: 丼です}
  cuisine: any
  parts: [{ingredient: rice, grams: 200}]
rules:
- id: fine
  claims: [A-1.1]
  target: candidate.kind == "meal"
  effects: [boost: {axis: FIT, points: 1, goal: sleep}]
  text: {en: Fine, ja: よい}
scenarios:
- id: plain
  user:
    health: {conditions: [asthma, 'snomed:1']}
    preferences: {liked: [bowl], disliked_foods: {items: [fish], complete: true}}
  expect: {first_meal: bowl, fires: [fine]}
)";

// The issues of the base with `more` beside it.
std::vector<std::string> IssuesWith(const std::string& more) {
  PackFolder folder;
  folder.Write("base.yaml", absl::StrCat(kPackInfo, kBase));
  folder.Write("more.yaml", more);
  EXPECT_TRUE(folder.Load().ok());
  return folder.IssuePlaces();
}

TEST(CrossReferences, FindsNothingInAGoodPack) { EXPECT_EQ(IssuesWith(""), std::vector<std::string>()); }

TEST(CrossReferences, FindsNamesThatNameNothing) {
  const std::string rule_end = ", effects: [advise: {}], text: {en: a, ja: a}}";
  const std::string scenario = "scenarios: [{id: s, expect: {}, user: ";
  const struct {
    std::string yaml, expected;
  } kCases[] = {
      {"rules: [{id: r, claims: [A-1.1, A-1.2]" + rule_end, "more.yaml:1:33 unknown-id"},
      {"rules: [{id: r, claims: [A-1.1], evidence: {outcome: {grade: A, references: [who-2021]}}" + rule_end,
       "more.yaml:1:78 unknown-id"},
      {"rules: [{id: fine, claims: [A-1.1]" + rule_end, "more.yaml:1:14 duplicate-id"},
      {"scenarios: [{id: s, expect: {fires: [fine, fin]}}]", "more.yaml:1:44 unknown-id"},
      {"scenarios: [{id: s, expect: {first_exercise: bowl}}]", "more.yaml:1:46 unknown-id"},
      {"scenarios: [{id: s, expect: {first_meal: rice}}]", "more.yaml:1:42 unknown-id"},
      {scenario + "{health: {conditions: [asma]}}}]", "more.yaml:1:62 unknown-concept"},
      {scenario + "{health: {conditions: {items: [asthma, asma]}}}}]", "more.yaml:1:78 unknown-concept"},
      {scenario + "{health: {clearance: {conditions: [asma]}}}}]", "more.yaml:1:74 unknown-concept"},
      {scenario + "{profile: {goals: [{id: slep}]}}}]", "more.yaml:1:63 unknown-concept"},
      {scenario + "{profile: {goals: [slep]}}}]", "more.yaml:1:58 unknown-concept"},
      {scenario + "{preferences: {liked: [rice]}}}]", "more.yaml:1:62 unknown-concept"},
      {scenario + "{profile: {sex_at_birth: female}}}]", "more.yaml:1:64 unknown-vocabulary"},
      {"rules: [{id: r, claims: [A-1.1], target: candidate.id == 'x', effects: [boost: {axis: FIT, points: 1, goal: "
       "slep}], text: {en: a, ja: a}}]",
       "more.yaml:1:109 unknown-concept"},
      {"vocabularies: [{id: candidate, name: {en: a, ja: a}}]", "more.yaml:1:21 reserved-id"},
      {"exercises: [{id: bowl, name: {en: a, ja: a}, summary: {en: a, ja: a}, modality: x, met: 2, impact: x, skill: "
       "x, "
       "dose: {}}]",
       "base.yaml:28:7 duplicate-id"},
  };
  for (const auto& c : kCases) {
    const std::string yaml = c.yaml.ends_with("}}") ? c.yaml + "]" : c.yaml;
    std::vector<std::string> places = IssuesWith(yaml);
    std::erase_if(places, [](const std::string& place) {  // the exercise needs vocabularies that are not its point
      return place.find("unknown-vocabulary") != std::string::npos && place.find(":1:64") == std::string::npos;
    });
    EXPECT_EQ(places, std::vector<std::string>{c.expected}) << yaml;
  }
}

TEST(CrossReferences, SuggestsWhatWasMeant) {
  PackFolder folder;
  folder.Write("base.yaml", absl::StrCat(kPackInfo, kBase));
  folder.Write("more.yaml", "scenarios: [{id: s, expect: {fires: [fnie]}, user: {health: {conditions: [ashtma]}}}]");
  ASSERT_TRUE(folder.Load().ok());
  ASSERT_EQ(folder.issues.size(), 2u);
  EXPECT_EQ(folder.issues.list()[0].message, "the pack has no rule `fnie`");
  EXPECT_EQ(folder.issues.list()[0].hint, "did you mean `fine`?");
  EXPECT_EQ(folder.issues.list()[1].message, "vocabulary `condition` has no concept `ashtma`");
  EXPECT_EQ(folder.issues.list()[1].hint, "did you mean `asthma`?");
}

TEST(CrossReferences, WantsBothLanguagesAndOneOfEachOneof) {
  const struct {
    std::string yaml, expected;
  } kCases[] = {
      {"claims: [{id: A-2, text: {en: only}, verdict: WEAK}]", "more.yaml:1:26 missing-translation"},
      {"claims: [{id: A-2, text: {ja: 日本語}, verdict: WEAK}]", "more.yaml:1:26 missing-translation"},
      {"claims: [{id: A-2, text: {}, verdict: WEAK}]", "more.yaml:1:26 missing-translation"},
      {"claims: [{id: A-2, text: {en: '', ja: a}, verdict: WEAK}]", "more.yaml:1:26 missing-translation"},
      {"bout_model: {usual_highest_mets: 10, percent_vo2max: {}}", "more.yaml:1:54 one-of"},
      {"invariants: [{id: i, text: {en: a, ja: a}}]", "more.yaml:1:14 one-of"},
      {"rules: [{id: r, claims: [A-1.1], effects: [{}], text: {en: a, ja: a}}]", "more.yaml:1:44 one-of"},
  };
  for (const auto& c : kCases) EXPECT_EQ(IssuesWith(c.yaml), std::vector<std::string>{c.expected}) << c.yaml;
}

TEST(CrossReferences, ReportsAMissingVocabularyOnce) {
  EXPECT_EQ(IssuesWith("scenarios:\n"
                       "- {id: s, expect: {}, user: {profile: {sex_at_birth: female}}}\n"
                       "- {id: t, expect: {}, user: {profile: {sex_at_birth: male}}}\n"),
            std::vector<std::string>{"more.yaml:2:54 unknown-vocabulary"});
}

TEST(CrossReferences, MissesNothingWhenAFileCannotBeRead) {
  EXPECT_EQ(IssuesWith("rules:\n- id: r\n  claims: [A-9.9\n"), std::vector<std::string>{"more.yaml:4:1 yaml-syntax"});
  PackFolder folder;
  folder.Write("a.yaml",
               absl::StrCat(kPackInfo, "rules: [{id: r, claims: [A-9], effects: [advise: {}], text: {en: a, ja: a}}]"));
  folder.Write("claims.yaml", "claims: [\n");
  ASSERT_TRUE(folder.Load().ok());
  EXPECT_EQ(folder.IssuePlaces(), std::vector<std::string>{"claims.yaml:2:1 yaml-syntax"});
}

TEST(Vocabularies, AreCheckedWithinThemselves) {
  const struct {
    std::string concepts, expected;
  } kCases[] = {
      {"[{id: a, name: {en: a, ja: a}, broader: [b]}]", "1:97 unknown-concept"},
      {"[{id: a, name: {en: a, ja: a}, broader: [a]}]", "1:97 cycle"},
      {"[{id: a, name: {en: a, ja: a}}, {id: a, name: {en: a, ja: a}}]", "1:93 duplicate-id"},
      {"[{id: a, name: {en: a, ja: a}, codes: [j45]}]", "1:95 bad-code"},
      {"[{id: a, name: {en: a, ja: a}, codes: ['ICD:j45']}]", "1:95 bad-code"},
      {"[{id: a, name: {en: a, ja: a}, codes: ['icd:j*5']}]", "1:95 bad-code"},
      {"[{id: a, name: {en: a, ja: a}, codes: ['icd:j45', 'icd:j45']}]", "1:106 duplicate-code"},
      {"[{id: a, name: {en: a, ja: a}, codes: ['icd:*']}]", ""},
  };
  for (const auto& c : kCases) {
    const std::vector<std::string> places =
        IssuesWith("vocabularies: [{id: v, name: {en: v, ja: v}, concepts: " + c.concepts + "}]");
    if (c.expected.empty()) {
      EXPECT_EQ(places, std::vector<std::string>()) << c.concepts;
    } else {
      EXPECT_EQ(places, std::vector<std::string>{"more.yaml:" + c.expected}) << c.concepts;
    }
  }
}

TEST(Vocabularies, NameTheWayRoundACycle) {
  PackFolder folder;
  folder.Write("a.yaml", absl::StrCat(kPackInfo,
                                      "vocabularies:\n"
                                      "- id: v\n"
                                      "  name: {en: v, ja: v}\n"
                                      "  concepts:\n"
                                      "  - {id: top, name: {en: a, ja: a}}\n"
                                      "  - {id: a, name: {en: a, ja: a}, broader: [top, b]}\n"
                                      "  - {id: b, name: {en: a, ja: a}, broader: [top, c]}\n"
                                      "  - {id: c, name: {en: a, ja: a}, broader: [a]}\n"));
  ASSERT_TRUE(folder.Load().ok());
  ASSERT_EQ(folder.issues.size(), 1u) << Print(folder.issues);
  EXPECT_EQ(folder.issues.list()[0].message, "concept `a` is wider than itself: `a` < `b` < `c` < `a`");
}

TEST(Entries, AreCheckedWithinThemselves) {
  const std::string text = ", text: {en: a, ja: a}}]";
  const struct {
    std::string yaml, expected;
  } kCases[] = {
      {"rules: [{id: r, effects: [advise: {}]" + text, "1:9 missing-evidence"},
      {"rules: [{id: r, evidence: {outcome: {grade: A}}, effects: [advise: {}]" + text, "1:27 missing-evidence"},
      {"rules: [{id: r, evidence: {mechanism: {grade: A, references: [who-2020]}}, effects: [advise: {}]" + text, ""},
      {"rules: [{id: r, claims: [A-1.1], effects: [block: {}]" + text, "1:44 missing-target"},
      {"rules: [{id: r, claims: [A-1.1], effects: [advise: {}], on_unknown: {effects: [caution: {}]}" + text,
       "1:80 missing-target"},
      {"rules: [{id: r, claims: [A-1.1], target: meal.id == 'x', effects: [advise: {}]" + text, "1:42 idle-target"},
      {"rules: [{id: r, claims: [A-1.1], target: meal.id == 'x', effects: [advise: {}], on_unknown: {effects: "
       "[limit: {}]}" +
           text,
       ""},
      {"rules: [{id: r, claims: [A-1.1], safety: true, effects: [advise: {}]" + text, "1:42 missing-on-unknown"},
      {"rules: [{id: r, claims: [A-1.1], safety: true, effects: [advise: {}], on_unknown: APPLY" + text, ""},
      {"rules: [{id: r, claims: [A-1.1], effects: [advise: {}], on_unknown: {}" + text, "1:69 on-unknown"},
      {"rules: [{id: r, claims: [A-1.1], effects: [advise: {}], on_unknown: {action: SKIP, effects: [ask: {fact: "
       "user.diet}]}" +
           text,
       "1:69 on-unknown"},
      {"variables: [{id: a-b, name: {en: a, ja: a}, value: 1}]", "1:18 bad-identifier"},
      {"variables: [{id: 1a, name: {en: a, ja: a}, value: 1}]", "1:18 bad-identifier"},
      {"variables: [{id: ab, name: {en: a, ja: a}, value: 1, minimum: 2, maximum: 1}]", "1:63 bad-range"},
      {"axes: [{axis: FIT, meaning: {en: a, ja: a}}]", "1:8 bad-range"},
      {"axes: [{axis: FIT, maximum: 1, meaning: {en: a, ja: a}}, {axis: FIT, maximum: 1, meaning: {en: a, ja: a}}]",
       "1:65 duplicate-id"},
      {"meals: [{id: m, name: {en: a, ja: a}, summary: {en: a, ja: a}, cuisine: any, nutrition: {energy_kcal: 1}}]",
       "1:89 derived-field"},
      {"meals: [{id: m, name: {en: a, ja: a}, summary: {en: a, ja: a}, cuisine: any, foods: [fish]}]",
       "1:86 derived-field"},
  };
  for (const auto& c : kCases) {
    const std::vector<std::string> places = IssuesWith(c.yaml);
    if (c.expected.empty()) {
      EXPECT_EQ(places, std::vector<std::string>()) << c.yaml;
    } else {
      EXPECT_EQ(places, std::vector<std::string>{"more.yaml:" + c.expected}) << c.yaml;
    }
  }
}

}  // namespace
}  // namespace myokine
