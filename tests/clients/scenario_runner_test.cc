// What each expectation of a scenario demands of an answer, on answers made by hand.
#include "engine/recommend/scenario_runner.h"

#include <string>
#include <vector>

#include "engine/pack/loaded_pack.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace myokine {
namespace {

constexpr char kPack[] = R"pb(
  exercises { id: "walk" }
  exercises { id: "run" }
  exercises { id: "squat" }
  meals { id: "natto" }
  meals { id: "saba" }
)pb";

class ScenarioTest : public ::testing::Test {
 protected:
  ScenarioTest() {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kPack, &pack_));
    judgement_.disposition = v1::DISPOSITION_LIMITED;
    judgement_.disposition_rules = {"r-limit"};
    judgement_.exercises = {{"walk", DoseOf("minutes: 30 rpe: 3")}, {"run", DoseOf("minutes: 20 rpe: 5")}};
    judgement_.meals = {{"natto", DoseOf("servings_percent: 100")}};
    judgement_.blocked = {{"squat", {"r-knee", "r-back"}}, {"saba", {"r-fish"}}};
    judgement_.fired_rules = {"r-fish", "r-knee", "r-limit"};
    judgement_.unknown_rules = {"r-limit"};
    judgement_.asked_facts = {"user.health.conditions"};
    judgement_.pairings = {"fish-after-running"};
    judgement_.responses = {{"run", {{"il6", 2.5}}}};
  }

  static v1::Dose DoseOf(const std::string& text) {
    v1::Dose dose;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &dose));
    return dose;
  }

  // Checks expectations in YAML, one key a line; the failures, each as `line: message`.
  std::vector<std::string> Check(const std::string& expect) {
    std::string yaml = "scenarios:\n- id: s\n  expect:\n";
    for (size_t at = 0; at < expect.size();) {
      const size_t end = std::min(expect.find('\n', at), expect.size());
      yaml += "    " + expect.substr(at, end - at) + "\n";
      at = end + 1;
    }
    v1::RulePack read;
    SourceMap sources;
    Issues issues;
    ReadYaml(yaml, "s.yaml", read, sources, issues);
    EXPECT_TRUE(issues.empty()) << ToString(issues.list().front());
    std::vector<std::string> failures;
    for (const Issue& issue : CheckScenario(read.scenarios(0), sources, pack_, judgement_)) {
      EXPECT_EQ(issue.code, "scenario-failed");
      EXPECT_EQ(issue.at.file, "s.yaml");
      failures.push_back(std::to_string(issue.at.line) + ": " + issue.message);
      hint_ = issue.hint;
    }
    return failures;
  }

  v1::RulePack pack_;
  Judgement judgement_;
  std::string hint_;  // of the last failure
};

using Failures = std::vector<std::string>;

TEST_F(ScenarioTest, HoldsWhenAllHolds) {
  EXPECT_EQ(Check("disposition: LIMITED\n"
                  "first_exercise: walk\n"
                  "first_meal: natto\n"
                  "offers: [walk, run, natto]\n"
                  "withholds: [squat, saba]\n"
                  "fires: [r-knee]\n"
                  "silent: [r-other]\n"
                  "asks: [user.health.conditions]\n"
                  "doses: [{candidate: walk, of: minutes, at_least: 30, at_most: 30}]\n"
                  "ranks_above: [walk, run]\n"
                  "highest_rpe: 5\n"
                  "exercises_at_least: 2\n"
                  "exercises_at_most: 2\n"
                  "meals_at_least: 1\n"
                  "meals_at_most: 1"),
            Failures{});
}

TEST_F(ScenarioTest, ComparesTheDisposition) {
  EXPECT_EQ(Check("disposition: PROCEED"), Failures{"4: `s`: expected disposition `PROCEED`, found `LIMITED`"});
  EXPECT_EQ(hint_, "because of `r-limit`");
}

TEST_F(ScenarioTest, ComparesWhatComesFirst) {
  EXPECT_EQ(Check("first_exercise: run\nfirst_meal: saba"),
            (Failures{"4: `s`: expected `run` to be the first exercise, found `walk`",
                      "5: `s`: expected `saba` to be the first meal, found `natto`"}));
  EXPECT_EQ(hint_, "found it blocked by `r-fish`");
}

TEST_F(ScenarioTest, ComparesWhatIsOfferedAndWithheld) {
  EXPECT_EQ(Check("offers: [walk, squat]"),
            Failures{"4: `s`: expected `squat` to be offered, found it blocked by `r-knee`, `r-back`"});
  EXPECT_EQ(Check("withholds: [run]"), Failures{"4: `s`: expected `run` to be withheld, found it at rank 2"});
}

TEST_F(ScenarioTest, KnowsItsCandidates) {
  EXPECT_EQ(Check("withholds: [squatt]"),
            Failures{"4: `s`: expected `squatt` to be withheld, found no exercise or meal of the pack has this id"});
  EXPECT_EQ(hint_, "did you mean `squat`?");
}

TEST_F(ScenarioTest, ComparesRulesAndQuestions) {
  EXPECT_EQ(Check("fires: [r-knee, r-other]"), Failures{"4: `s`: expected rule `r-other` to apply, found it silent"});
  EXPECT_EQ(Check("silent: [r-knee]"), Failures{"4: `s`: expected rule `r-knee` to be silent, found it applies"});
  EXPECT_EQ(Check("asks: [user.labs.hba1c]"),
            Failures{"4: `s`: expected `user.labs.hba1c` to be asked for, found it was not"});
  EXPECT_EQ(hint_, "asked for: `user.health.conditions`");
}

TEST_F(ScenarioTest, ComparesWhatIsUnknown) {
  EXPECT_EQ(Check("unknown: [r-limit, r-knee]"),
            Failures{"4: `s`: expected rule `r-knee` to lack facts, found that it could tell"});
}

TEST_F(ScenarioTest, ComparesPairings) {
  EXPECT_EQ(Check("pairs: [fish-after-running, natto-before-bed]"),
            Failures{"4: `s`: expected the pairing `natto-before-bed`, found it was not offered"});
  EXPECT_EQ(hint_, "offered: `fish-after-running`");
  EXPECT_EQ(Check("keeps_apart: [fish-after-running, natto-before-bed]"),
            Failures{"4: `s`: expected no pairing `fish-after-running`, found it was offered"});
}

TEST_F(ScenarioTest, ComparesResponses) {
  EXPECT_EQ(Check("responds:\n"
                  "- {candidate: run, myokine: il6, at_least: 2, at_most: 3}\n"
                  "- {candidate: run, myokine: il6, at_least: 2.6}\n"
                  "- {candidate: run, myokine: il6, at_most: 1.5}\n"
                  "- {candidate: run, myokine: bdnf}\n"
                  "- {candidate: squat, myokine: il6}"),
            (Failures{"6: `s`: expected `il6` after `run` to be at least 2.6, found 2.5 times the resting value",
                      "7: `s`: expected `il6` after `run` to be at most 1.5, found 2.5 times the resting value",
                      "8: `s`: expected `bdnf` after `run` to be set, found no number",
                      "9: `s`: expected `il6` after `squat` to be set, found it blocked by `r-knee`, `r-back`"}));
}

TEST_F(ScenarioTest, PeopleGrowFromWhomTheyAreLike) {
  v1::Person& person = *pack_.add_people();
  person.set_id("ann");
  person.mutable_user()->mutable_profile()->set_age_years(40);
  person.mutable_user()->mutable_profile()->set_height_cm(170);
  person.mutable_user()->mutable_health()->mutable_conditions()->set_complete(true);
  v1::Scenario scenario;
  scenario.set_like("ann");
  scenario.mutable_user()->mutable_profile()->set_age_years(50);
  scenario.mutable_user()->mutable_health()->mutable_conditions()->add_items("asthma");
  const v1::UserState user = PersonOf(pack_, scenario);
  EXPECT_EQ(user.profile().age_years(), 50);
  EXPECT_EQ(user.profile().height_cm(), 170);
  EXPECT_TRUE(user.health().conditions().complete());
  EXPECT_EQ(user.health().conditions().items_size(), 1);
}

TEST_F(ScenarioTest, ComparesDoses) {
  EXPECT_EQ(Check("doses:\n"
                  "- {candidate: walk, of: minutes, at_most: 20}\n"
                  "- {candidate: walk, of: rpe, at_least: 4, at_most: 6}\n"
                  "- {candidate: walk, of: sets, at_most: 3}\n"
                  "- {candidate: walk, of: minuts, at_most: 3}\n"
                  "- {candidate: squat, of: sets}"),
            (Failures{"5: `s`: expected `minutes` of `walk` to be at most 20, found 30",
                      "6: `s`: expected `rpe` of `walk` to be at least 4 and at most 6, found 3",
                      "7: `s`: expected `sets` of `walk` to be at most 3, found its dose without this field",
                      "8: `s`: expected `minuts` of `walk` to be at most 3, found no such field of a dose",
                      "9: `s`: expected `sets` of `squat` to be set, found it blocked by `r-knee`, `r-back`"}));
}

TEST_F(ScenarioTest, ComparesRanks) {
  EXPECT_EQ(Check("ranks_above: [run, walk]"),
            Failures{"4: `s`: expected `run` to rank above `walk`, found ranks 2 and 1"});
  EXPECT_EQ(
      Check("ranks_above: [walk, squat]"),
      Failures{"4: `s`: expected `walk` to rank above `squat`, found of `squat` it blocked by `r-knee`, `r-back`"});
  EXPECT_EQ(Check("ranks_above: [walk, natto]"), Failures{"4: `s`: expected `walk` to rank above `natto`, found an "
                                                          "exercise and a meal, which are not ranked together"});
}

TEST_F(ScenarioTest, ComparesEffortAndCounts) {
  EXPECT_EQ(Check("highest_rpe: 4"), Failures{"4: `s`: expected no effort above 4, found 5 for `run`"});
  EXPECT_EQ(Check("exercises_at_least: 3\nexercises_at_most: 1\nmeals_at_least: 2\nmeals_at_most: 0"),
            (Failures{"4: `s`: expected at least 3 admissible exercises, found 2",
                      "5: `s`: expected at most 1 admissible exercises, found 2",
                      "6: `s`: expected at least 2 admissible meals, found 1",
                      "7: `s`: expected at most 0 admissible meals, found 1"}));
}

TEST_F(ScenarioTest, ReportsARefusedRequest) {
  judgement_.violations = {{"user.profile.age_years", "must be at most 120"}};
  EXPECT_EQ(
      Check("disposition: LIMITED"),
      Failures{"2: `s`: expected an answer, found the request refused: `user.profile.age_years`: must be at most 120"});
}

}  // namespace
}  // namespace myokine
