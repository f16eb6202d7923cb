// All conditions answered together say the same as each condition evaluated by itself: of the shipped pack for every
// person of its scenarios, and of generated packs.
#include <map>
#include <string>
#include <vector>

#include "engine/recommend/scenario_runner.h"
#include "gtest/gtest.h"
#include "tests/support/person_facts.h"
#include "tests/testing/generated.h"
#include "tests/testing/run_of.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

// How many rules hold, are open and are ruled out.
struct Count {
  int holds = 0, open = 0, out = 0, needlessly_open = 0;
};

void Compare(const Ruleset& ruleset, const Activation& activation, Verdicts& verdicts, Count& count) {
  ruleset.conditions().Judge(activation, verdicts);
  for (size_t i = 0; i < ruleset.rules().size(); ++i) {
    const CompiledRule& rule = ruleset.rules()[i];
    const Value value = rule.when == nullptr ? Value(true) : rule.when->Evaluate(activation);
    const bool holds = verdicts.holds.Has(i), open = verdicts.open.Has(i);
    ASSERT_FALSE(holds && open) << rule.rule->id();
    if (holds) {
      ASSERT_TRUE(Is(value, true)) << rule.rule->id() << ": " << ToString(value);
    } else if (!open) {
      ASSERT_TRUE(Is(value, false)) << rule.rule->id() << ": " << ToString(value);
    }
    count.holds += holds;
    count.open += open;
    count.out += !holds && !open;
    count.needlessly_open += open && IsKnown(value);
  }
}

TEST(Conditions, OfTheShippedPackAreAnsweredAsOneByOne) {
  const auto ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  Verdicts verdicts;
  Count count;
  int people = 0;
  for (const v1::Scenario& scenario : ruleset->pack().scenarios()) {
    PersonFacts facts(*ruleset, PersonOf(ruleset->pack(), scenario), absl::FromUnixSeconds(1'768'467'600));
    Compare(*ruleset, facts.activation(), verdicts, count);
    ++people;
  }
  EXPECT_GT(people, 1000);
  EXPECT_GT(count.holds, 100'000);
  EXPECT_GT(count.open, 100'000);
  EXPECT_GT(count.out, 100'000);
  // What is open is seldom known after all, so that it costs little to look.
  EXPECT_LT(count.needlessly_open, count.open / 10);
}

TEST(Conditions, OfGeneratedPacksAreAnsweredAsOneByOne) {
  testing::Generator generator(7);
  Verdicts verdicts;
  Count count;
  for (int i = 0; i < 100; ++i) {
    const std::string rules = generator.Rules(25);
    for (int j = 0; j < 10; ++j) {
      const testing::RunOf run(rules, generator.User());
      Activation activation;
      Arena arena;
      activation.arena = &arena;
      activation.frames[static_cast<size_t>(Frame::kUser)] = run.frame;
      Compare(*run.ruleset, activation, verdicts, count);
    }
  }
  EXPECT_GT(count.holds, 1000);
  EXPECT_GT(count.open, 1000);
  EXPECT_GT(count.out, 1000);
}

// What is written twice is asked once.
TEST(Conditions, ShareTheirPredicates) {
  const auto ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  const ConditionIndex& conditions = ruleset->conditions();
  EXPECT_EQ(conditions.conditions(), ruleset->rules().size());
  EXPECT_LT(conditions.evaluated_predicates(), conditions.predicates() / 2);
  RecordProperty("predicates", static_cast<int>(conditions.predicates()));
  RecordProperty("evaluated", static_cast<int>(conditions.evaluated_predicates()));
  RecordProperty("rows", static_cast<int>(conditions.rows()));
}

}  // namespace
}  // namespace myokine
