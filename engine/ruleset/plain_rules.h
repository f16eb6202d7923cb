// Rules that, when their condition holds, do the same to the same candidates for everybody: constant points and blocks
// on targets that need no fact of the person. They are laid out to be gone through fast, for most rules of most packs
// are like this.
#ifndef MYOKINE_ENGINE_RULESET_PLAIN_RULES_H_
#define MYOKINE_ENGINE_RULESET_PLAIN_RULES_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/ruleset/bits.h"
#include "engine/ruleset/candidate_set.h"
#include "engine/ruleset/compiled_rule.h"

namespace myokine {

// One effect of such a rule on its target.
struct PlainEffect {
  uint32_t rule = 0;
  uint32_t set = 0;   // number of the ruleset's sets; not empty
  int32_t milli = 0;  // points of a boost before weights, thousandths; within its range
  int16_t goal = -1;  // index into Ruleset::goals(); -1: for everybody
  uint8_t axis = 0;   // v1::Axis
  bool blocks = false;
  const CompiledEffect* effect = nullptr;
};

// Immutable; threads may share it.
class PlainRules {
 public:
  PlainRules() = default;
  PlainRules(const std::vector<CompiledRule>& rules, const CandidateSets& sets);

  // Which rules are plain.
  const Bits& rules() const { return rules_; }
  absl::Span<const PlainEffect> EffectsOf(size_t rule) const {
    return absl::MakeConstSpan(effects_).subspan(begins_[rule], begins_[rule + 1] - begins_[rule]);
  }

 private:
  Bits rules_;
  std::vector<PlainEffect> effects_;
  std::vector<uint32_t> begins_;  // by rule, of effects_; one more at the end
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_PLAIN_RULES_H_
