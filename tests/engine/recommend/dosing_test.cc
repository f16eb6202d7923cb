// Doses: limits and prescriptions, who blocks, who gives way; whatever the order in which they come.
#include "engine/recommend/dosing.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace myokine {
namespace {

constexpr int kMinutes = 0, kRpe = 1, kSets = 2, kRest = 7, kRecovery = 9;

DoseDemand AtMost(int rule, int field, int most) { return {rule, field, std::nullopt, most}; }
DoseDemand AtLeast(int rule, int field, int least) { return {rule, field, least, std::nullopt}; }
DoseDemand Between(int rule, int field, int least, int most) { return {rule, field, least, most}; }

AllowedRanges Ranges(std::vector<std::pair<int, AllowedRange>> list) {
  AllowedRanges ranges;
  for (const auto& [field, range] : list) ranges[static_cast<size_t>(field)] = range;
  return ranges;
}
AllowedRanges Walk() { return Ranges({{kMinutes, {10, 30, 60}}, {kRpe, {2, 3, 5}}}); }
AllowedRanges Squat() { return Ranges({{kSets, {1, 3, 5}}, {kRest, {30, 90, 300}}}); }

// `minutes=30 rpe=3 by 1 2; dropped 4.minutes`, or `blocked by 1 2`.
std::string Show(const Dosing& dosing) {
  std::string text;
  if (!dosing.admissible) {
    text = "blocked by";
    for (int rule : dosing.blocking_rules) absl::StrAppend(&text, " ", rule);
    return text;
  }
  EXPECT_TRUE(dosing.blocking_rules.empty());
  for (size_t i = 0; i < kDoseFields; ++i) {
    if (dosing.dose[i])
      absl::StrAppend(&text, text.empty() ? "" : " ", DoseFields()[i].chosen->name(), "=", *dosing.dose[i]);
  }
  if (!dosing.shaping_rules.empty()) text += " by";
  for (int rule : dosing.shaping_rules) absl::StrAppend(&text, " ", rule);
  for (const DroppedDemand& dropped : dosing.dropped)
    absl::StrAppend(&text, "; dropped ", dropped.rule, ".",
                    DoseFields()[static_cast<size_t>(dropped.field)].chosen->name());
  return text;
}

Dosing ChooseDose(const AllowedRanges& allowed, std::vector<DoseDemand> limits, std::vector<DoseDemand> prescriptions) {
  Dosing dosing;
  myokine::ChooseDose(allowed, limits, absl::MakeSpan(prescriptions), dosing);
  return dosing;
}

struct Case {
  std::string name;
  AllowedRanges allowed;
  std::vector<DoseDemand> limits;
  std::vector<DoseDemand> prescriptions;
  std::string want;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Show(ChooseDose(c.allowed, c.limits, c.prescriptions)), c.want) << c.name;
}

TEST(Dosing, StartsFromTheCandidatesOwn) {
  Check({{"nothing asked", Walk(), {}, {}, "minutes=30 rpe=3"},
         {"no fields", {}, {}, {}, ""},
         {"no fields, all asked", {}, {AtMost(1, kMinutes, 0)}, {AtLeast(2, kRpe, 9)}, ""},
         {"a field that it lacks", Walk(), {AtMost(1, kSets, 0)}, {AtLeast(2, kRest, 100)}, "minutes=30 rpe=3"}});
}

TEST(Dosing, MovesIntoTheLimits) {
  Check({{"below", Walk(), {AtMost(1, kMinutes, 20)}, {}, "minutes=20 rpe=3 by 1"},
         {"above", Walk(), {AtLeast(1, kMinutes, 45)}, {}, "minutes=45 rpe=3 by 1"},
         {"around", Walk(), {Between(1, kMinutes, 20, 40)}, {}, "minutes=30 rpe=3 by 1"},
         {"at the end", Walk(), {AtMost(1, kMinutes, 10)}, {}, "minutes=10 rpe=3 by 1"},
         {"two", Walk(), {AtMost(1, kMinutes, 25), AtMost(2, kMinutes, 15)}, {}, "minutes=15 rpe=3 by 1 2"},
         {"says nothing new",
          Walk(),
          {AtMost(1, kMinutes, 60), AtLeast(2, kMinutes, 10), AtMost(3, kMinutes, 100)},
          {},
          "minutes=30 rpe=3"},
         {"two fields", Walk(), {AtMost(1, kMinutes, 20), AtMost(2, kRpe, 2)}, {}, "minutes=20 rpe=2 by 1 2"}});
}

TEST(Dosing, BlocksWhenLimitsLeaveNothingAndSaysWho) {
  Check({{"one alone", Walk(), {AtMost(1, kMinutes, 9)}, {}, "blocked by 1"},
         {"one alone from below", Walk(), {AtLeast(1, kMinutes, 61)}, {}, "blocked by 1"},
         {"one against itself", Walk(), {Between(1, kMinutes, 40, 30)}, {}, "blocked by 1"},
         {"two together", Walk(), {AtMost(1, kMinutes, 20), AtLeast(2, kMinutes, 30)}, {}, "blocked by 1 2"},
         {"the one that does it alone", Walk(), {AtMost(1, kMinutes, 5), AtMost(2, kMinutes, 20)}, {}, "blocked by 1"},
         {"two alone",
          Walk(),
          {AtMost(3, kMinutes, 5), AtMost(1, kMinutes, 0), AtMost(2, kMinutes, 20)},
          {},
          "blocked by 1 3"},
         {"innocent bystanders",
          Walk(),
          {AtMost(1, kMinutes, 20), AtLeast(2, kMinutes, 30), AtMost(3, kMinutes, 60), AtMost(4, kRpe, 4)},
          {},
          "blocked by 1 2"},
         {"two fields", Walk(), {AtMost(1, kMinutes, 9), AtMost(2, kRpe, 1)}, {}, "blocked by 1 2"},
         {"in one of two fields", Walk(), {AtMost(1, kMinutes, 20), AtMost(2, kRpe, 1)}, {}, "blocked by 2"},
         {"no prescription blocks",
          Walk(),
          {},
          {AtMost(1, kMinutes, 0), AtLeast(2, kRpe, 10)},
          "minutes=30 rpe=3; dropped 1.minutes; dropped 2.rpe"}});
}

TEST(Dosing, PrescriptionsMoveTheDoseWithinTheLimits) {
  Check({{"one", Walk(), {}, {AtLeast(1, kMinutes, 40)}, "minutes=40 rpe=3 by 1"},
         {"one that is met", Walk(), {}, {AtLeast(1, kMinutes, 20)}, "minutes=30 rpe=3 by 1"},
         {"one that says nothing new", Walk(), {}, {AtLeast(1, kMinutes, 5)}, "minutes=30 rpe=3"},
         {"beyond the limit",
          Walk(),
          {AtMost(1, kMinutes, 20)},
          {AtLeast(2, kMinutes, 40)},
          "minutes=20 rpe=3 by 1; dropped 2.minutes"},
         {"half beyond the limit",
          Walk(),
          {AtMost(1, kMinutes, 40)},
          {AtLeast(2, kMinutes, 35)},
          "minutes=35 rpe=3 by 1 2"},
         {"against itself", Walk(), {}, {Between(1, kMinutes, 40, 30)}, "minutes=30 rpe=3; dropped 1.minutes"}});
}

TEST(Dosing, TheMostCautiousPrescriptionWins) {
  Check(
      {{"lower is cautious",
        Walk(),
        {},
        {AtLeast(1, kMinutes, 50), AtMost(2, kMinutes, 20)},
        "minutes=20 rpe=3 by 2; dropped 1.minutes"},
       {"the lowest ceiling first",
        Walk(),
        {},
        {Between(1, kMinutes, 40, 50), Between(2, kMinutes, 15, 20)},
        "minutes=20 rpe=3 by 2; dropped 1.minutes"},
       {"both ceilings count", Walk(), {}, {AtMost(1, kMinutes, 25), AtMost(2, kMinutes, 20)}, "minutes=20 rpe=3 by 2"},
       {"the lower floor first",
        Walk(),
        {},
        {AtLeast(1, kMinutes, 50), AtLeast(2, kMinutes, 40)},
        "minutes=50 rpe=3 by 1 2"},
       {"rest: higher is cautious",
        Squat(),
        {},
        {AtMost(1, kRest, 60), AtLeast(2, kRest, 120)},
        "sets=3 rest_seconds=120 by 2; dropped 1.rest_seconds"},
       {"rest: the highest floor first",
        Squat(),
        {},
        {Between(1, kRest, 30, 60), Between(2, kRest, 200, 250)},
        "sets=3 rest_seconds=200 by 2; dropped 1.rest_seconds"},
       {"rest: no floor is least cautious",
        Squat(),
        {},
        {AtMost(1, kRest, 100), AtLeast(2, kRest, 150), AtLeast(3, kRest, 120)},
        "sets=3 rest_seconds=150 by 2; dropped 1.rest_seconds"},
       {"recovery: higher is cautious",
        Ranges({{kRecovery, {24, 48, 96}}}),
        {},
        {AtMost(1, kRecovery, 36), AtLeast(2, kRecovery, 72)},
        "recovery_hours=72 by 2; dropped 1.recovery_hours"},
       {"fields don't mix", Walk(), {}, {AtMost(1, kRpe, 2), AtLeast(2, kMinutes, 50)}, "minutes=50 rpe=2 by 1 2"},
       {"ties by rule",
        Walk(),
        {},
        {Between(2, kMinutes, 20, 30), Between(1, kMinutes, 20, 30)},
        "minutes=30 rpe=3 by 1"}});
}

TEST(Dosing, ExtremesDoNotOverflow) {
  const int least = std::numeric_limits<int>::min(), most = std::numeric_limits<int>::max();
  Check({{"limits", Walk(), {Between(1, kMinutes, least, most)}, {}, "minutes=30 rpe=3"},
         {"prescriptions",
          Squat(),
          {},
          {AtLeast(1, kRest, least), AtMost(2, kRest, most), AtLeast(3, kRest, most)},
          "sets=3 rest_seconds=90; dropped 3.rest_seconds"},
         {"blocked", Walk(), {AtLeast(1, kMinutes, most)}, {}, "blocked by 1"},
         {"blocked below", Walk(), {AtMost(1, kMinutes, least)}, {}, "blocked by 1"}});
}

class Generated : public ::testing::Test {
 protected:
  int Whole(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  AllowedRanges AnyRanges() {
    AllowedRanges ranges;
    for (size_t field = 0; field < kDoseFields; ++field) {
      if (Whole(0, 2) == 0) continue;
      int ends[] = {Whole(0, 20), Whole(0, 20), Whole(0, 20)};
      std::sort(std::begin(ends), std::end(ends));
      ranges[field] = AllowedRange{ends[0], ends[1], ends[2]};
    }
    return ranges;
  }
  std::vector<DoseDemand> AnyDemands(int low, int high) {
    std::vector<DoseDemand> demands;
    for (int i = Whole(0, 8); i > 0; --i) {
      DoseDemand demand;
      demand.rule = Whole(0, 9);
      demand.field = Whole(0, kDoseFields - 1);
      if (Whole(0, 1) == 1) demand.at_least = Whole(0, low);
      if (Whole(0, 1) == 1) demand.at_most = Whole(high, 20);
      demands.push_back(demand);
    }
    return demands;
  }

  std::mt19937 random_{20260115};
};

TEST_F(Generated, TheOrderOfDemandsDoesNotMatter) {
  for (int i = 0; i < 3000; ++i) {
    const AllowedRanges ranges = AnyRanges();
    std::vector<DoseDemand> limits = AnyDemands(8, 8), prescriptions = AnyDemands(18, 2);
    const std::string want = Show(ChooseDose(ranges, limits, prescriptions));
    for (int j = 0; j < 3; ++j) {
      std::shuffle(limits.begin(), limits.end(), random_);
      std::shuffle(prescriptions.begin(), prescriptions.end(), random_);
      ASSERT_EQ(Show(ChooseDose(ranges, limits, prescriptions)), want);
    }
  }
}

TEST_F(Generated, EveryDoseKeepsToTheCandidateAndAllLimits) {
  int admissible = 0;
  for (int i = 0; i < 5000; ++i) {
    const AllowedRanges ranges = AnyRanges();
    const std::vector<DoseDemand> limits = AnyDemands(10, 6), prescriptions = AnyDemands(18, 2);
    const Dosing dosing = ChooseDose(ranges, limits, prescriptions);
    ASSERT_EQ(dosing.admissible, dosing.blocking_rules.empty());
    if (!dosing.admissible) continue;
    ++admissible;
    for (size_t field = 0; field < kDoseFields; ++field) {
      ASSERT_EQ(dosing.dose[field].has_value(), ranges[field].has_value());
      if (!ranges[field]) continue;
      ASSERT_GE(*dosing.dose[field], ranges[field]->minimum);
      ASSERT_LE(*dosing.dose[field], ranges[field]->maximum);
      for (const DoseDemand& limit : limits) {
        if (static_cast<size_t>(limit.field) != field) continue;
        ASSERT_GE(*dosing.dose[field], limit.at_least.value_or(0));
        ASSERT_LE(*dosing.dose[field], limit.at_most.value_or(20));
      }
    }
  }
  EXPECT_GT(admissible, 500);
  EXPECT_LT(admissible, 4900);
}

// A prescription is either met or dropped; and it is dropped for a reason: with it alone, or with the kept ones,
// nothing is left.
TEST_F(Generated, EveryPrescriptionIsMetOrDropped) {
  for (int i = 0; i < 5000; ++i) {
    const AllowedRanges ranges = AnyRanges();
    const std::vector<DoseDemand> prescriptions = AnyDemands(18, 2);
    const Dosing dosing = ChooseDose(ranges, {}, prescriptions);
    ASSERT_TRUE(dosing.admissible);
    size_t unmet = 0;
    for (const DoseDemand& wish : prescriptions) {
      const auto& chosen = dosing.dose[static_cast<size_t>(wish.field)];
      if (!chosen) continue;
      const bool met = (!wish.at_least || *chosen >= *wish.at_least) && (!wish.at_most || *chosen <= *wish.at_most);
      const bool dropped = std::any_of(dosing.dropped.begin(), dosing.dropped.end(), [&](const DroppedDemand& d) {
        return d.rule == wish.rule && d.field == wish.field;
      });
      ASSERT_TRUE(met || dropped);
      unmet += !met;
    }
    ASSERT_LE(unmet, dosing.dropped.size());
  }
}

// One more limit never makes a dose less cautious where it stays admissible: the range that is left only shrinks.
TEST_F(Generated, ACeilingMoreNeverRaisesTheDose) {
  for (int i = 0; i < 3000; ++i) {
    const AllowedRanges ranges = AnyRanges();
    std::vector<DoseDemand> limits = AnyDemands(6, 10);
    const Dosing before = ChooseDose(ranges, limits, {});
    const int field = Whole(0, kDoseFields - 1);
    const bool more_is_cautious = DoseFields()[static_cast<size_t>(field)].more_is_cautious;
    limits.push_back(more_is_cautious ? AtLeast(42, field, Whole(0, 20)) : AtMost(42, field, Whole(0, 20)));
    const Dosing after = ChooseDose(ranges, limits, {});
    ASSERT_TRUE(before.admissible || !after.admissible);
    if (!after.admissible || !after.dose[static_cast<size_t>(field)]) continue;
    const int old_dose = *before.dose[static_cast<size_t>(field)], new_dose = *after.dose[static_cast<size_t>(field)];
    ASSERT_TRUE(more_is_cautious ? new_dose >= old_dose : new_dose <= old_dose);
  }
}

TEST_F(Generated, ThoseWhoBlockWouldLeaveADoseWithoutThem) {
  for (int i = 0; i < 5000; ++i) {
    const AllowedRanges ranges = AnyRanges();
    std::vector<DoseDemand> limits = AnyDemands(20, 0);
    const Dosing dosing = ChooseDose(ranges, limits, {});
    if (dosing.admissible) continue;
    ASSERT_FALSE(dosing.blocking_rules.empty());
    std::erase_if(limits, [&](const DoseDemand& limit) {
      return std::binary_search(dosing.blocking_rules.begin(), dosing.blocking_rules.end(), limit.rule);
    });
    // What is left may still block by two together, but then by others than these.
    for (int rule : ChooseDose(ranges, limits, {}).blocking_rules)
      ASSERT_FALSE(std::binary_search(dosing.blocking_rules.begin(), dosing.blocking_rules.end(), rule));
  }
}

}  // namespace
}  // namespace myokine
