// What the shipped pack holds back of a platform's own catalogue: rules that nothing of its own can set off. The layer
// carries its scenarios with it, as a platform's would.
#include <filesystem>

#include "absl/strings/match.h"
#include "engine/recommend/scenario_runner.h"
#include "gtest/gtest.h"
#include "tests/support/temp_folder.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

constexpr char kLayer[] = R"(
pack:
  id: platform
  version: 1.0.0
  title: {en: "Platform", ja: "基盤"}
  notice: {en: "Notice", ja: "注意"}
extends: {path: ../rules, id: myokine-base}
meals:
- id: irisin_capsule
  name: {en: "Irisin capsule", ja: "イリシンカプセル"}
  summary: {en: "A product that is sold as a myokine.", ja: "マイオカインとして売られている製品です。"}
  cuisine: any
  dose: {servings_percent: {minimum: 100, usual: 100, maximum: 100}}
- id: canteen_special
  name: {en: "Special of the canteen", ja: "日替わり定食"}
  summary: {en: "What is in it, nobody has told.", ja: "内容の分からない日替わりです。"}
  cuisine: any
  dose: {servings_percent: {minimum: 100, usual: 100, maximum: 100}}
scenarios:
- id: layer-product-held-back
  about: "A healthy adult is offered no product that imitates a myokine, and the canteen's special."
  like: healthy_adult
  expect:
    fires: [no-myokine-products]
    silent: [allergy-contents-unknown]
    withholds: [irisin_capsule]
    offers: [canteen_special]
- id: layer-contents-unknown
  about: "With an allergy, a meal of unknown contents is held back."
  like: healthy_adult
  user: {health: {allergies: {items: [milk], complete: true}}}
  expect:
    fires: [allergy-contents-unknown]
    withholds: [canteen_special]
- id: layer-contents-unknown-allergies-unknown
  about: "Where nobody said whether there are allergies, the rule cannot tell."
  expect:
    unknown: [allergy-contents-unknown]
)";

TEST(Layer, WhatAPlatformBringsIsHeldBackToo) {
  const TempFolder folder;
  std::filesystem::create_directory_symlink(MYOKINE_RULES_DIR, folder.path() / "rules");
  std::filesystem::create_directory(folder.path() / "layer");
  folder.Write("layer/pack.yaml", kLayer);
  const auto ruleset = testing::CompilePack(folder.path() / "layer");
  int of_the_layer = 0;
  for (const v1::Scenario& scenario : ruleset->pack().scenarios()) {
    if (!absl::StartsWith(scenario.id(), "layer-")) continue;
    ++of_the_layer;
    for (const Issue& issue : RunScenario(*ruleset, scenario)) ADD_FAILURE() << ToString(issue);
  }
  EXPECT_EQ(of_the_layer, 3);
  // What the layer does not say of itself is the base's.
  EXPECT_TRUE(ruleset->pack().has_bout_model());
  EXPECT_TRUE(ruleset->pack().has_inflammation());
  EXPECT_TRUE(ruleset->pack().has_diet_index());
}

}  // namespace
}  // namespace myokine
