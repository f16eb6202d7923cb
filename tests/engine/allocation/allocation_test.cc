// From the frame of facts to the ranked, explained answer nothing is allocated once the memory has grown.
#include <cstdlib>
#include <new>
#include <string>

#include "engine/recommend/ranked_answer.h"
#include "engine/recommend/scenario_runner.h"
#include "engine/recommend/user_frame.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"
#include "tests/testing/shipped_pack.h"

namespace {

thread_local int64_t allocations = 0;

void* Allocate(size_t size) {
  ++allocations;
  void* memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

// What is allocated in any other way, such as with an alignment of its own, ends up in malloc uncounted; the engine has
// no such types.
void* operator new(size_t size) { return Allocate(size); }
void* operator new[](size_t size) { return Allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }

namespace myokine {
namespace {

TEST(Allocation, IsCounted) {
  const int64_t before = allocations;
  const auto text = std::make_unique<std::string>(100, 'x');
  EXPECT_EQ(allocations - before, 2);
}

TEST(Allocation, ThereIsNoneFromTheFrameToTheRankedAnswer) {
  const auto ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  v1::RecommendOptions options;
  options.set_exercise_count(10);
  options.set_meal_count(10);
  Arena arena;
  RuleOutcome outcome;
  RankedAnswer answer;
  int people = 0;
  for (int i = 0; i < ruleset->pack().scenarios_size(); i += 15) {
    const v1::Scenario& scenario = ruleset->pack().scenarios(i);
    const Intake intake = TakeIn(PersonOf(ruleset->pack(), scenario), *ruleset, testing::Moment());
    ASSERT_TRUE(intake.violations.empty()) << scenario.id();
    Arena facts;
    const std::vector<Value> user = FillUserFrame(*ruleset, intake, facts);
    const Weights weights = WeightsOf(options, intake.user);
    const auto answer_once = [&] {
      arena.Reset();
      RunRules(*ruleset, user, weights, arena, outcome);
      RankAnswer(*ruleset, options, intake, user, outcome, arena, answer);
    };
    answer_once();
    const int64_t before = allocations;
    answer_once();
    EXPECT_EQ(allocations - before, 0) << scenario.id();
    ++people;
  }
  EXPECT_GE(people, 100);
}

}  // namespace
}  // namespace myokine
