// How alike candidates are, for lists that are not ten times the same.
#ifndef MYOKINE_ENGINE_RULESET_LIKENESS_H_
#define MYOKINE_ENGINE_RULESET_LIKENESS_H_

#include <cstdint>
#include <vector>

#include "engine/ruleset/candidate.h"

namespace myokine {

// Two exercises are alike by half for one kind of training, and by half for the share of their muscles that both use;
// two meals by the share of what is in them, by weight, that both hold. Immutable; threads may share it.
class Likeness {
 public:
  Likeness() = default;
  // Exercises come first among the candidates.
  explicit Likeness(const std::vector<Candidate>& candidates);

  // 0 (nothing in common) to 1000 (the same). Of one kind; 0 for unlike kinds.
  int Permille(size_t a, size_t b) const {
    if (a < exercises_ && b < exercises_) return of_exercises_[a * exercises_ + b];
    if (a < exercises_ || b < exercises_) return 0;
    return of_meals_[(a - exercises_) * meals_ + (b - exercises_)];
  }

 private:
  size_t exercises_ = 0, meals_ = 0;
  std::vector<int16_t> of_exercises_, of_meals_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_LIKENESS_H_
