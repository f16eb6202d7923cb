// Explain on the shipped pack, for the sample people and many others: what it says holds, and each change of
// circumstances, made to the request and asked again, does what it promises.
#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "engine/recommend/circumstance_search.h"
#include "engine/recommend/user_frame.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/explanation_checks.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

using ::testing::IsEmpty;

const Ruleset& Shipped() {
  static const std::shared_ptr<const Ruleset> ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  return *ruleset;
}

// For people whose file states none: 2026-01-15T08:00:00+09:00.
absl::Time Moment() { return absl::FromUnixSeconds(1'768'431'600); }

std::vector<v1::UserState> SamplePeople() {
  std::vector<v1::UserState> people;
  for (const auto& file : testing::YamlFiles(MYOKINE_EXAMPLES_DIR)) people.push_back(testing::ReadUser(file));
  return people;
}

class Chooser {
 public:
  explicit Chooser(unsigned seed) : random_(seed) {}
  int Whole(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool Chance(int percent) { return Whole(1, 100) <= percent; }
  std::string Word(const std::string& vocabulary) {
    const VocabularyIndex::Concepts& concepts = *Shipped().vocabularies().Find(vocabulary);
    return std::next(concepts.begin(), Whole(0, static_cast<int>(concepts.size()) - 1))->first;
  }
  const Candidate& OneOf(const std::vector<Candidate>& candidates) {
    return candidates[static_cast<size_t>(Whole(0, static_cast<int>(candidates.size()) - 1))];
  }
  // Other circumstances for a person; each stays as it is at times.
  void Move(v1::Today& today) {
    if (Chance(70)) today.set_minutes_available(Whole(0, 90));
    if (Chance(30)) today.clear_minutes_available();
    if (Chance(40)) today.set_time_of_day(Word("time_of_day"));
    if (Chance(40)) today.set_wbgt_c(Whole(0, 36));
    if (Chance(30)) today.set_altitude_m(Whole(0, 4000));
    if (Chance(40)) today.set_occasion(Word("occasion"));
    if (Chance(40)) today.set_kitchen_minutes(Whole(0, 60));
    if (Chance(40)) today.set_company(Word("company"));
    if (Chance(40)) today.set_sitting_bout_minutes(Whole(0, 180));
    if (Chance(60)) Fill("place", *today.mutable_places());
    if (Chance(60)) Fill("equipment", *today.mutable_equipment());
  }

 private:
  void Fill(const std::string& vocabulary, v1::ConceptList& list) {
    std::set<std::string> words;
    for (int i = Whole(0, 4); i > 0; --i) words.insert(Word(vocabulary));
    list.mutable_items()->Assign(words.begin(), words.end());
    list.set_complete(Chance(70));
  }

  std::mt19937 random_;
};

// Explains and checks; what is told of the search is counted.
class ShippedExplanations : public ::testing::Test {
 protected:
  void Check(const v1::UserState& user, const Candidate& candidate) {
    v1::ExplainRequest request;
    *request.mutable_user() = user;
    request.set_candidate(candidate.id());
    v1::ExplainResponse response;
    ASSERT_THAT(testing::ProblemsOf(Shipped(), request, Moment(), response), IsEmpty()) << response.DebugString();
    ++counts_[response.change_search()];
    for (const v1::Change& change : response.changes()) CheckCaution(response, change);
  }

  int counts_[v1::ChangeSearch_ARRAYSIZE] = {};

 private:
  // In the shipped pack only heat and altitude make an answer more cautious by themselves.
  static void CheckCaution(const v1::ExplainResponse& response, const v1::Change& change) {
    const bool is_weather = std::any_of(change.facts().begin(), change.facts().end(), [](const v1::ChangedFact& fact) {
      return fact.fact() == "user.today.wbgt_c" || fact.fact() == "user.today.altitude_m";
    });
    EXPECT_TRUE(is_weather || change.disposition() >= response.disposition()) << response.DebugString();
    for (const v1::ChangedFact& fact : change.facts()) {
      if (fact.fact() == "user.today.wbgt_c" || fact.fact() == "user.today.altitude_m") {
        ASSERT_TRUE(fact.has_before());
        EXPECT_LT(fact.after().number(), fact.before().number());
      }
      EXPECT_NE(fact.after().word(), "rescue");
      EXPECT_FALSE(fact.name().empty());
    }
  }
};

TEST_F(ShippedExplanations, HoldForTheSamplePeople) {
  Chooser chooser(7);
  for (const v1::UserState& user : SamplePeople()) {
    for (int i = 0; i < 8; ++i) ASSERT_NO_FATAL_FAILURE(Check(user, chooser.OneOf(Shipped().candidates())));
  }
  EXPECT_GT(counts_[v1::CHANGE_SEARCH_FOUND], 8);
  EXPECT_GT(counts_[v1::CHANGE_SEARCH_NOTHING_FOUND], 15);
  EXPECT_GT(counts_[v1::CHANGE_SEARCH_BEYOND_CIRCUMSTANCES], 15);
}

TEST_F(ShippedExplanations, HoldForPeopleInOtherCircumstances) {
  Chooser chooser(11);
  const std::vector<v1::UserState> people = SamplePeople();
  for (int i = 0; i < 120; ++i) {
    v1::UserState user = people[static_cast<size_t>(i) % people.size()];
    chooser.Move(*user.mutable_today());
    ASSERT_NO_FATAL_FAILURE(Check(user, chooser.OneOf(Shipped().candidates())));
  }
  EXPECT_GT(counts_[v1::CHANGE_SEARCH_FOUND], 8);
}

TEST(ShippedExplanation, HeatIsLeftBehindByGoingWhereItIsCooler) {
  v1::ExplainRequest request;
  request.mutable_user()->mutable_today()->set_wbgt_c(33);
  for (const Candidate& candidate : Shipped().candidates()) {
    request.set_candidate(candidate.id());
    v1::ExplainResponse response;
    ASSERT_THAT(testing::ProblemsOf(Shipped(), request, Moment(), response), IsEmpty());
    if (response.standing() != v1::STANDING_BLOCKED || response.blocking_rules_size() != 1 ||
        response.blocking_rules(0) != "heat-stop-outdoors")
      continue;
    ASSERT_EQ(response.changes_size(), 1) << response.DebugString();
    EXPECT_EQ(response.changes(0).facts(0).fact(), "user.today.wbgt_c");
    EXPECT_EQ(response.changes(0).facts(0).after().number(), 28);
    EXPECT_LE(response.changes(0).disposition(), response.disposition());
    return;
  }
  FAIL() << "nothing is held back by heat alone";
}

// A fish dish stays out for somebody allergic to fish, wherever and whenever.
TEST(ShippedExplanation, AnAllergyIsBeyondCircumstances) {
  v1::ExplainRequest request;
  request.mutable_user()->mutable_health()->mutable_allergies()->add_items("fish");
  int held_back = 0;
  for (const v1::Meal& meal : Shipped().pack().meals()) {
    if (std::find(meal.allergens().begin(), meal.allergens().end(), "fish") == meal.allergens().end()) continue;
    if (++held_back > 20) break;
    request.set_candidate(meal.id());
    v1::ExplainResponse response;
    ASSERT_THAT(testing::ProblemsOf(Shipped(), request, Moment(), response), IsEmpty());
    EXPECT_EQ(response.standing(), v1::STANDING_BLOCKED) << meal.id();
    EXPECT_EQ(response.change_search(), v1::CHANGE_SEARCH_BEYOND_CIRCUMSTANCES) << meal.id();
    EXPECT_THAT(response.changes(), IsEmpty());
  }
  EXPECT_GT(held_back, 10);
}

TEST(ShippedExplanation, ASearchIsBounded) {
  const Circumstances circumstances(Shipped());
  Chooser chooser(3);
  int most = 0;
  for (const v1::UserState& user : SamplePeople()) {
    const Intake intake = TakeIn(user, Shipped(), Moment());
    const Weights weights = WeightsOf(v1::RecommendOptions(), intake.user);
    for (int i = 0; i < 6; ++i) {
      const size_t candidate =
          static_cast<size_t>(chooser.Whole(0, static_cast<int>(Shipped().candidates().size()) - 1));
      const CircumstanceSearch search = SearchCircumstances(Shipped(), circumstances, intake, weights, candidate);
      most = std::max(most, search.runs);
    }
  }
  EXPECT_LE(most, 2000);
  EXPECT_GT(most, 100);
}

}  // namespace
}  // namespace myokine
