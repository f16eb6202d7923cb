// Circumstances: which facts they are, what rules read of them, and which other values are worth trying.
#include "engine/recommend/circumstances.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

// Pinned: a fact that joins them is one that a person is told to change.
const std::vector<std::string> kCircumstances = {
    "user.today.minutes_available", "user.today.time_of_day",
    "user.today.equipment",         "user.today.places",
    "user.today.company",           "user.today.wbgt_c",
    "user.today.altitude_m",        "user.today.sitting_bout_minutes",
    "user.today.occasion",          "user.today.kitchen_minutes",
};

void Collect(const Descriptor& message, const std::string& path, int depth, std::vector<std::string>& modifiable) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    const std::string at = absl::StrCat(path, ".", field.name());
    if (field.options().GetExtension(v1::field).modifiable()) modifiable.push_back(at);
    if (field.message_type() != nullptr && depth < 6) Collect(*field.message_type(), at, depth + 1, modifiable);
  }
}

TEST(Circumstances, AreThesePathsAndNoFactOfHealth) {
  std::vector<std::string> modifiable;
  Collect(*v1::UserState::descriptor(), "user", 0, modifiable);
  EXPECT_THAT(modifiable, ElementsAreArray(kCircumstances));
  const std::shared_ptr<const Ruleset> ruleset = testing::CompileText("");
  const Circumstances circumstances(*ruleset);
  std::vector<std::string> paths;
  for (const Fact* fact : circumstances.facts()) {
    paths.push_back(fact->path);
    EXPECT_FALSE(fact->facts.name().en().empty()) << fact->path;
    EXPECT_FALSE(fact->facts.name().ja().empty()) << fact->path;
  }
  EXPECT_THAT(paths, ElementsAreArray(kCircumstances));
}

TEST(Circumstances, AreReadThroughVariablesBoundsAndPoints) {
  const std::shared_ptr<const Ruleset> ruleset = testing::CompileText(
      "variables { id: 'short' value: 'user.today.minutes_available < 20' }\n" +
      testing::RuleText("variable", "when: 'short' effects { advise {} }") +
      testing::RuleText("bound",
                        "target: 'candidate.kind == \"exercise\"' effects { limit { minutes { at_most: "
                        "'user.today.minutes_available' } } }") +
      testing::RuleText("points",
                        "target: 'candidate.kind == \"meal\"' effects { boost { axis: AXIS_FIT points: "
                        "'double(user.today.kitchen_minutes)' } }") +
      testing::RuleText("unknown",
                        "when: '\"asthma\" in user.health.conditions' target: 'exercise.places.exists(p, p in "
                        "user.today.places)' effects { caution {} }") +
      testing::RuleText("none", "when: 'user.profile.age_years > 60' effects { advise {} }"));
  const Circumstances circumstances(*ruleset);
  std::vector<std::string> reads;
  for (size_t rule = 0; rule < ruleset->rules().size(); ++rule) {
    std::string& text = reads.emplace_back(circumstances.ReadsOthers(rule) ? "others" : "alone");
    for (size_t i = 0; i < circumstances.facts().size(); ++i) {
      if ((circumstances.ReadBy(rule) >> i & 1) != 0) absl::StrAppend(&text, " ", circumstances.facts()[i]->path);
    }
  }
  EXPECT_THAT(reads, ElementsAre("alone user.today.minutes_available", "alone user.today.minutes_available",
                                 "alone user.today.kitchen_minutes", "others user.today.places", "others"));
}

// The values to try for one circumstance of a person, nearest first.
std::string Alternatives(const std::string& rules, const std::string& path, const std::string& today,
                         const std::string& candidate) {
  const std::shared_ptr<const Ruleset> ruleset = testing::CompileText(rules);
  const Circumstances circumstances(*ruleset);
  const auto user = testing::Parse<v1::UserState>("today { " + today + " }");
  for (size_t i = 0; i < circumstances.facts().size(); ++i) {
    if (circumstances.facts()[i]->path != path) continue;
    for (const Candidate& one : ruleset->candidates()) {
      if (one.id() != candidate) continue;
      return absl::StrJoin(circumstances.AlternativesOf(i, user, one), " ",
                           [](std::string* out, const Alternative& alternative) {
                             const v1::FactValue& value = alternative.value;
                             if (value.has_number()) return absl::StrAppend(out, value.number());
                             if (value.has_word()) return absl::StrAppend(out, value.word());
                             absl::StrAppend(out, "[", absl::StrJoin(value.words().items(), ","),
                                             value.words().complete() ? "]" : ",...]");
                           });
    }
  }
  return "no such circumstance or candidate";
}

TEST(Circumstances, NumbersAreThoseThatRulesAndTheCandidateName) {
  const std::string rules =
      testing::RuleText("a",
                        "when: 'user.today.minutes_available >= 12 && user.profile.age_years > 99' effects { advise {} "
                        "}") +
      testing::RuleText("b", "when: 'user.today.minutes_available in [3, 300]' effects { advise {} }");
  EXPECT_EQ(Alternatives(rules, "user.today.minutes_available", "minutes_available: 12", "yoga"),
            "11 13 6 5 19 4 20 3 21 2 39 40 41");
  EXPECT_EQ(Alternatives(rules, "user.today.minutes_available", "", "yoga"), "2 3 4 5 6 11 12 13 19 20 21 39 40 41");
  EXPECT_EQ(Alternatives("", "user.today.kitchen_minutes", "kitchen_minutes: 20", "salmon_rice"), "19 21");
}

TEST(Circumstances, WhatHasACautiousWayGoesNoOther) {
  const std::string rules = testing::RuleText("a", "when: 'user.today.wbgt_c > 25.0' effects { advise {} }");
  EXPECT_EQ(Alternatives(rules, "user.today.wbgt_c", "wbgt_c: 25.5", "walk"), "25 24");
  EXPECT_EQ(Alternatives(rules, "user.today.wbgt_c", "", "walk"), "");
}

TEST(Circumstances, ListsGainAWordOfTheCandidateOrLoseOne) {
  const std::string path = "user.today.places";
  EXPECT_EQ(Alternatives("", path, "", "squat"), "[home,...] [gym,...] [home] [gym]");
  EXPECT_EQ(Alternatives("", path, "places { items: 'outdoors' }", "squat"),
            "[home,outdoors,...] [gym,outdoors,...] [,...]");
  EXPECT_EQ(Alternatives("", path, "places { items: 'home' items: 'gym' complete: true }", "squat"), "[home] [gym]");
  const std::string rules = testing::RuleText("a", "when: '\"outdoors\" in user.today.places' effects { advise {} }");
  EXPECT_EQ(Alternatives(rules, path, "places { complete: true }", "squat"), "[home] [outdoors] [gym]");
}

TEST(Circumstances, WordsAreAllOthersOfTheVocabulary) {
  EXPECT_EQ(Alternatives("", "user.today.occasion", "occasion: 'lunch'", "tofu_bowl"), "dinner");
  EXPECT_EQ(Alternatives("", "user.today.occasion", "", "tofu_bowl"), "lunch dinner");
}

TEST(Circumstances, AreReadAndWrittenAsStated) {
  const std::shared_ptr<const Ruleset> ruleset = testing::CompileText("");
  const Circumstances circumstances(*ruleset);
  v1::UserState from, to;
  from = testing::Parse<v1::UserState>(
      "today { minutes_available: 0 time_of_day: 'night' equipment { complete: true } places { items: 'home' } "
      "company: "
      "'x' wbgt_c: 1.5 altitude_m: 5 sitting_bout_minutes: 6 occasion: 'lunch' kitchen_minutes: 7 }");
  for (const Fact* fact : circumstances.facts()) {
    EXPECT_EQ(ReadFact(v1::UserState(), *fact), std::nullopt);
    const std::optional<v1::FactValue> value = ReadFact(from, *fact);
    ASSERT_TRUE(value.has_value()) << fact->path;
    WriteFact(*fact, *value, to);
  }
  EXPECT_EQ(from.SerializeAsString(), to.SerializeAsString());
}

}  // namespace
}  // namespace myokine
