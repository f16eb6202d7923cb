#include "engine/ruleset/likeness.h"

#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

// Candidates: walk, squat, yoga; salmon_rice, tofu_bowl, and those of `text`.
Likeness Of(const std::string& text, std::shared_ptr<const Ruleset>& ruleset) {
  ruleset = testing::CompileText(text);
  return Likeness(ruleset->candidates());
}

TEST(Likeness, ExercisesShareTheirKindAndTheirMuscles) {
  std::shared_ptr<const Ruleset> ruleset;
  const Likeness likeness =
      Of("exercises { id: 'lunge' modality: 'resistance' muscles: 'quadriceps' muscles: 'core' }", ruleset);
  const size_t walk = 0, squat = 1, yoga = 2, lunge = 3;
  EXPECT_EQ(likeness.Permille(walk, walk), 1000);
  EXPECT_EQ(likeness.Permille(walk, squat), 500) << "the same muscle, another kind";
  EXPECT_EQ(likeness.Permille(walk, yoga), 0);
  EXPECT_EQ(likeness.Permille(yoga, yoga), 1000) << "the same, though nothing is known of its muscles";
  EXPECT_EQ(likeness.Permille(squat, lunge), 750) << "the same kind, one of two muscles";
}

TEST(Likeness, MealsShareWhatIsInThem) {
  std::shared_ptr<const Ruleset> ruleset;
  const Likeness likeness = Of(R"pb(
                                 meals {
                                   id: 'a'
                                   parts { ingredient: 'rice' grams: 100 }
                                 }
                                 meals {
                                   id: 'b'
                                   parts { ingredient: 'rice' grams: 50 }
                                   parts { ingredient: 'salmon_grilled' grams: 50 }
                                 }
                                 meals {
                                   id: 'c'
                                   parts { ingredient: 'salmon_grilled' grams: 80 }
                                 }
                               )pb",
                               ruleset);
  const size_t a = 5, b = 6, c = 7;
  ASSERT_EQ(ruleset->candidates()[a].id(), "a");
  EXPECT_EQ(likeness.Permille(a, b), 333) << "50 of 150 grams";
  EXPECT_EQ(likeness.Permille(b, a), 333);
  EXPECT_EQ(likeness.Permille(a, c), 0);
  EXPECT_EQ(likeness.Permille(0, a), 0) << "an exercise and a meal";
}

}  // namespace
}  // namespace myokine
