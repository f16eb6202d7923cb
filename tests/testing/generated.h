// Packs and people made up by a seeded generator: for properties that must hold whatever the pack says.
#ifndef MYOKINE_TESTS_TESTING_GENERATED_H_
#define MYOKINE_TESTS_TESTING_GENERATED_H_

#include <random>
#include <string>

namespace myokine::testing {

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  // `count` rules over the candidates of BasePack(), of every kind of effect, with conditions and targets that are at
  // times unknown or fail; as text of a RulePack.
  std::string Rules(int count);
  // A person of whom a random part is known; as text of a UserState.
  std::string User();
  // Axis weights and counts; as text of RecommendOptions.
  std::string Options();

  int Whole(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool Chance(int percent) { return Whole(1, 100) <= percent; }

 private:
  template <typename List>
  auto Pick(const List& list) {
    return list[static_cast<size_t>(Whole(0, static_cast<int>(std::size(list)) - 1))];
  }
  std::string Effect(bool touches);
  std::string Effects(bool touches);

  std::mt19937 random_;
};

}  // namespace myokine::testing

#endif  // MYOKINE_TESTS_TESTING_GENERATED_H_
