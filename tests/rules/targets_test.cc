// Targets taken apart say the same as targets evaluated whole, for every candidate of the shipped pack and every sample
// person; and candidates of one class are met or missed together.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/person_facts.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

TEST(ShippedTargets, TakenApartTheySayTheSame) {
  const auto ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  int apart = 0, shared = 0;
  for (const std::filesystem::path& person : testing::YamlFiles(MYOKINE_EXAMPLES_DIR)) {
    PersonFacts facts(*ruleset, testing::ReadUser(person), absl::FromUnixSeconds(1'790'000'000));
    for (const CompiledRule& rule : ruleset->rules()) {
      if (rule.parts == nullptr) continue;
      ++apart;
      Activation activation = facts.activation();
      std::vector<Value> values(rule.parts->values(), Value(false));
      const bool possible = rule.parts->Prepare(activation, absl::MakeSpan(values));
      activation.frames[static_cast<size_t>(Frame::kPart)] = values;
      std::vector<std::optional<std::string>> of_class(rule.parts->classes());
      for (const size_t c : ruleset->candidate_sets()[rule.touches].list) {
        activation.frames[static_cast<size_t>(Frame::kCandidate)] = ruleset->candidates()[c].frame;
        const std::string whole = ToString(rule.target->Evaluate(activation));
        if (!possible) {
          ASSERT_EQ(whole, "false") << rule.rule->id() << ' ' << ruleset->candidates()[c].id();
          continue;
        }
        ASSERT_EQ(ToString(rule.parts->Of(c, activation, absl::MakeSpan(values))), whole)
            << rule.rule->id() << ' ' << ruleset->candidates()[c].id();
        std::optional<std::string>& theirs = of_class[rule.parts->class_of(c)];
        shared += theirs.has_value();
        if (!theirs) theirs = whole;
        ASSERT_EQ(*theirs, whole) << rule.rule->id() << ' ' << ruleset->candidates()[c].id();
      }
    }
  }
  EXPECT_GT(apart, 100);
  EXPECT_GT(shared, 10'000);
}

}  // namespace
}  // namespace myokine
