#include "engine/pack/layers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "engine/pack/safety_core.h"
#include "tests/engine/pack/pack_folder.h"

namespace myokine {
namespace {

constexpr char kBase[] = R"(
vocabularies:
- id: condition
  name: {en: Conditions, ja: 病気}
  concepts:
  - {id: diabetes, name: {en: Diabetes, ja: 糖尿病}}
  - {id: type_1, name: {en: Type 1, ja: 1型}, broader: [diabetes], codes: ['icd10:E10']}
- id: cuisine
  name: {en: Cuisines, ja: 料理}
  concepts: [{id: any, name: {en: Any, ja: 問わない}}]
claims:
- {id: A-1, text: {en: a, ja: a}, verdict: WEAK}
variables:
- {id: low, name: {en: Low, ja: 低い}, value: 'limit_value > 3'}
- {id: limit_value, name: {en: Limit, ja: 限度}, value: 3}
- {id: free, name: {en: Free, ja: 自由}, value: 'true'}
bout_model: {usual_highest_mets: 10, percent_vo2max: {piecewise: [{x: 1, y: 1}]}}
rules:
- {id: guard, claims: [A-1], safety: true, when: low, effects: [advise: {}], on_unknown: APPLY, text: {en: a, ja: a}}
- {id: hint, claims: [A-1], effects: [advise: {}], text: {en: base, ja: a}}
- {id: other, claims: [A-1], when: free, effects: [advise: {}], text: {en: base, ja: a}}
meals:
- {id: soup, name: {en: a, ja: a}, summary: {en: a, ja: a}, cuisine: any, similar: [bread, rice]}
- {id: bread, name: {en: a, ja: a}, summary: {en: a, ja: a}, cuisine: any}
- {id: rice, name: {en: a, ja: a}, summary: {en: a, ja: a}, cuisine: any}
scenarios:
- {id: about-bread, expect: {first_meal: bread}}
- {id: fires, expect: {fires: [hint, guard]}}
invariants:
- {id: never-that, text: {en: a, ja: a}, never: 'false'}
)";

std::string Info(const std::string& id) { return absl::StrReplaceAll(kPackInfo, {{"tiny", id}}); }

// A base, and a layer above it with `layer` in it.
void WriteLayers(const PackFolder& folder, const std::string& layer) {
  folder.Write("base/base.yaml", absl::StrCat(Info("base"), kBase));
  folder.Write("layer/layer.yaml", absl::StrCat(Info("layer"), "extends: {path: ../base, id: base}\n", layer));
}

template <typename List>
std::string Ids(const List& list) {
  std::vector<std::string> ids;
  for (const auto& entry : list) ids.push_back(entry.id());
  return absl::StrJoin(ids, " ");
}

TEST(Layers, AddReplaceAndDisable) {
  PackFolder folder;
  WriteLayers(folder,
              "disable: {rules: [other], meals: [bread]}\n"
              "rules:\n"
              "- {id: new, claims: [A-1], effects: [advise: {}], text: {en: layer, ja: a}}\n"
              "- {id: hint, claims: [A-1], effects: [advise: {}], text: {en: layer, ja: a}}\n"
              "variables:\n"
              "- {id: free, name: {en: Free, ja: 自由}, value: 'false'}\n");
  const auto loaded = folder.Load("layer");
  ASSERT_TRUE(loaded.ok());
  EXPECT_EQ(Print(folder.issues), "");
  const v1::RulePack& pack = (*loaded)->pack;
  EXPECT_EQ(pack.pack().id(), "layer");
  EXPECT_EQ(Ids(pack.rules()), "guard new hint");
  EXPECT_EQ(pack.rules(2).text().en(), "layer");
  EXPECT_EQ(Ids(pack.variables()), "low limit_value free");
  EXPECT_TRUE(pack.has_bout_model());
  // Mentions of what is gone are gone too, and so is the scenario about it.
  EXPECT_EQ(Ids(pack.meals()), "soup rice");
  ASSERT_EQ(pack.meals(0).similar_size(), 1);
  EXPECT_EQ(pack.meals(0).similar(0), "rice");
  EXPECT_EQ(Ids(pack.scenarios()), "fires");
  // Places of both layers are known, those of shortened lists too.
  const std::string base_file = (folder.path() / "base/base.yaml").string();
  EXPECT_EQ((*loaded)->sources.Find(&pack.rules(0)).file, base_file);
  EXPECT_EQ((*loaded)->sources.Find(&pack.rules(1)).file, (folder.path() / "layer/layer.yaml").string());
  EXPECT_EQ((*loaded)->sources.Find(&pack.meals(0), v1::Meal::kSimilarFieldNumber, 0).column, 92);
  // What the layer did not take over is still there to be looked at.
  ASSERT_NE((*loaded)->base, nullptr);
  EXPECT_EQ(Ids((*loaded)->base->pack.rules()), "hint other");
  EXPECT_NE((*loaded)->digest, (*loaded)->base->digest);
}

TEST(Layers, JoinVocabularies) {
  PackFolder folder;
  WriteLayers(
      folder,
      "vocabularies:\n"
      "- id: condition\n"
      "  name: {en: Our conditions, ja: 病気}\n"
      "  concepts:\n"
      "  - {id: type_1, name: {en: Insulin dependent, ja: 1型}, broader: [rare, diabetes], codes: ['icd10:E10']}\n"
      "  - {id: rare, name: {en: Rare, ja: まれ}}\n");
  const auto loaded = folder.Load("layer");
  ASSERT_TRUE(loaded.ok());
  EXPECT_EQ(Print(folder.issues), "");
  const v1::RulePack& pack = (*loaded)->pack;
  EXPECT_EQ(Ids(pack.vocabularies()), "cuisine condition");
  EXPECT_EQ(pack.vocabularies(1).name().en(), "Our conditions");
  EXPECT_EQ(Ids(pack.vocabularies(1).concepts()), "diabetes type_1 rare");
  EXPECT_EQ(pack.vocabularies(1).concepts(1).name().en(), "Insulin dependent");
}

TEST(Layers, CannotWeakenSafety) {
  const struct {
    std::string layer, expected;
  } kCases[] = {
      {"disable: {rules: [guard]}", "layer/layer.yaml:3:19 safety-disabled"},
      {"rules: [{id: guard, claims: [A-1], effects: [advise: {}], text: {en: a, ja: a}}]",
       "layer/layer.yaml:3:9 safety-replaced"},
      {"variables: [{id: low, name: {en: a, ja: a}, value: 'false'}]", "layer/layer.yaml:3:13 safety-replaced"},
      {"variables: [{id: limit_value, name: {en: a, ja: a}, value: 9}]", "layer/layer.yaml:3:13 safety-replaced"},
      {"invariants: [{id: never-that, text: {en: a, ja: a}, never: 'false'}]", "layer/layer.yaml:3:14 safety-replaced"},
      {"vocabularies: [{id: condition, name: {en: a, ja: a}, concepts: [{id: type_1, name: {en: a, ja: a}, codes: "
       "['icd10:E10']}]}]",
       "layer/layer.yaml:3:65 weakened-concept"},
      {"vocabularies: [{id: condition, name: {en: a, ja: a}, concepts: [{id: type_1, name: {en: a, ja: a}, broader: "
       "[diabetes]}]}]",
       "layer/layer.yaml:3:65 weakened-concept"},
      {"disable: {rules: [gard]}", "layer/layer.yaml:3:19 unknown-id"},
      {"disable: {exercises: [soup]}", "layer/layer.yaml:3:23 unknown-id"},
  };
  for (const auto& c : kCases) {
    PackFolder folder;
    WriteLayers(folder, c.layer);
    ASSERT_TRUE(folder.Load("layer").ok());
    EXPECT_EQ(folder.IssuePlaces(), std::vector<std::string>{c.expected}) << c.layer;
  }
}

TEST(Layers, SayWhySafetyStays) {
  PackFolder folder;
  WriteLayers(folder, "variables: [{id: limit_value, name: {en: a, ja: a}, value: 9}]");
  ASSERT_TRUE(folder.Load("layer").ok());
  ASSERT_EQ(folder.issues.size(), 1u);
  EXPECT_EQ(folder.issues.list()[0].message,
            "variable `limit_value` of the base is read by the safety rule `guard`, so it cannot be replaced");
}

TEST(Layers, ProtectSafetyOfEveryBaseBelow) {
  PackFolder folder;
  WriteLayers(folder, "");
  folder.Write("top/top.yaml",
               absl::StrCat(Info("top"),
                            "extends: {path: ../layer, id: layer}\n"
                            "disable: {rules: [guard, hint]}\n"
                            "rules: [{id: new, claims: [A-1], effects: [advise: {}], text: {en: a, ja: a}}]\n"));
  const auto loaded = folder.Load("top");
  ASSERT_TRUE(loaded.ok());
  EXPECT_EQ(folder.IssuePlaces(), (std::vector<std::string>{"top/top.yaml:3:19 safety-disabled"}));
  EXPECT_EQ(Ids((*loaded)->pack.rules()), "other new");
}

TEST(Layers, WantTheBaseThatTheyWereMadeFor) {
  PackFolder folder;
  WriteLayers(folder, "");
  const std::string digest = (*folder.Load("base"))->digest;
  const struct {
    std::string extends, expected;
  } kCases[] = {
      {"{path: ../base, id: base, digest: " + digest + "}", ""},
      {"{path: ../base/, id: base}", ""},
      {"{path: ../base, id: basis}", "layer/layer.yaml:2:30 base-mismatch"},
      {"{path: ../base, id: base, digest: 0123}", "layer/layer.yaml:2:44 base-mismatch"},
      {"{path: ../nowhere, id: base}", "layer/layer.yaml:2:17 bad-base"},
      {"{path: " + (folder.path() / "base").string() + ", id: base}", "layer/layer.yaml:2:17 bad-base"},
      {"{path: ., id: base}", "layer/layer.yaml:2:17 bad-base"},
      {"{path: .., id: base}", "layer/layer.yaml:2:17 bad-base"},
      {"{path: '', id: base}", "layer/layer.yaml:2:17 empty-value"},
  };
  for (const auto& c : kCases) {
    folder.Write("layer/layer.yaml", absl::StrCat(Info("layer"), "extends: ", c.extends, "\n"));
    ASSERT_TRUE(folder.Load("layer").ok());
    EXPECT_EQ(absl::StrJoin(folder.IssuePlaces(), "\n"), c.expected) << c.extends;
  }
}

TEST(Layers, MayNotGoInCirclesNorTooDeep) {
  PackFolder folder;
  folder.Write("a/a.yaml", absl::StrCat(Info("a"), "extends: {path: ../b, id: b}\n"));
  folder.Write("b/b.yaml", absl::StrCat(Info("b"), "extends: {path: ../a, id: a}\n"));
  ASSERT_TRUE(folder.Load("a").ok());
  EXPECT_EQ(folder.IssuePlaces(), std::vector<std::string>{"b/b.yaml:2:17 bad-base"});

  for (int i = 0; i < 9; ++i) {
    const std::string below = i == 8 ? "" : absl::StrCat("extends: {path: ../p", i + 1, ", id: p", i + 1, "}\n");
    folder.Write(absl::StrCat("p", i, "/p.yaml"), absl::StrCat(Info(absl::StrCat("p", i)), below));
  }
  ASSERT_TRUE(folder.Load("p1").ok());
  EXPECT_EQ(Print(folder.issues), "");
  ASSERT_TRUE(folder.Load("p0").ok());
  EXPECT_EQ(folder.IssuePlaces(), std::vector<std::string>{"p7/p.yaml:2:17 bad-base"});
}

TEST(Layers, NeedABaseToTakeFrom) {
  PackFolder folder;
  folder.Write("a.yaml", absl::StrCat(kPackInfo, "disable: {rules: [x]}\n"));
  ASSERT_TRUE(folder.Load().ok());
  EXPECT_EQ(folder.IssuePlaces(), std::vector<std::string>{"a.yaml:2:10 missing-base"});
}

TEST(SafetyCore, FollowsVariables) {
  v1::RulePack pack;
  v1::Rule& rule = *pack.add_rules();
  rule.set_id("guard");
  rule.set_safety(true);
  rule.add_effects()->mutable_limit()->mutable_rpe()->set_at_most("min(a, 4)");
  for (const auto& [id, value] : {std::pair("a", "b + c"), std::pair("b", "user.profile.d"), std::pair("c", "a"),
                                  std::pair("d", "1"), std::pair("e", "a")}) {
    v1::Variable& variable = *pack.add_variables();
    variable.set_id(id);
    variable.set_value(value);
  }
  const SafetyCore core(pack);
  EXPECT_EQ(core.WhyKept("rules", "guard"), "is marked `safety`");
  for (const char* kept : {"a", "b", "c"}) {
    EXPECT_EQ(core.WhyKept("variables", kept), "is read by the safety rule `guard`") << kept;
  }
  for (const char* free : {"d", "e", "guard"}) EXPECT_EQ(core.WhyKept("variables", free), "") << free;
}

}  // namespace
}  // namespace myokine
