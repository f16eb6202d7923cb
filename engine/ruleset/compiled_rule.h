// A rule with its expressions compiled. Points into the pack.
#ifndef MYOKINE_ENGINE_RULESET_COMPILED_RULE_H_
#define MYOKINE_ENGINE_RULESET_COMPILED_RULE_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "engine/expr/expression.h"
#include "engine/ruleset/response_table.h"
#include "engine/ruleset/target.h"
#include "myokine/v1/rule.pb.h"

namespace myokine {

// Bounds of one field of the dose; either may be null.
struct CompiledBound {
  int field = 0;  // index into DoseFields()
  std::shared_ptr<const Expression> at_least;
  std::shared_ptr<const Expression> at_most;
};

// One effect.
struct CompiledEffect {
  static constexpr int32_t kNoMilli = std::numeric_limits<int32_t>::min();

  int number = 0;  // among all effects of the ruleset
  const v1::Effect* effect = nullptr;
  std::shared_ptr<const Expression> points;  // of a boost
  // Its points in thousandths (see MilliOf; kNoMilli where they are no finite number) by candidate, where they depend
  // on neither the person nor the dose: of one item when they are the same for all of them.
  std::vector<int32_t> milli_at_load;
  // By value of one field of the dose, from the field's minimum on, where they depend on nothing else.
  std::vector<int32_t> milli_by_dose;
  // The points taken apart, where they read the person and the candidate, but not the dose.
  std::unique_ptr<const Target> points_parts;
  int points_dose_field = -1;                        // index into DoseFields(): that field
  uint32_t dose_fields = 0;                          // fields of the dose that its points read, a bit each
  std::unique_ptr<const ResponseTable> by_response;  // of a boost that counts by one
  int goal = -1;                                     // of a boost: index into Ruleset::goals(); -1: for everybody
  // Axis of the points of a boost, or of what varies a list.
  v1::Axis axis() const { return effect->has_vary() ? v1::AXIS_VARIETY : effect->boost().axis(); }
  int64_t least_milli = 0;  // range of a boost, thousandths of a point
  int64_t most_milli = 0;
  std::vector<CompiledBound> bounds;   // of limit and prescribe
  bool bounds_read_candidate = false;  // some of them do
  FactId asks = -1;                    // of ask

  // Points of a boost in thousandths, rounded half away from zero, held within its range; 0 for what is no number.
  int64_t MilliOf(double points_of_it) const {
    if (std::isnan(points_of_it)) return 0;
    // Held within the range first, so that rounding never meets an infinity.
    return std::llround(
        std::clamp(points_of_it * 1000, static_cast<double>(least_milli), static_cast<double>(most_milli)));
  }

  // True for effects on candidates, false for effects on the answer as a whole.
  bool touches_candidates() const {
    switch (effect->effect_case()) {
      case v1::Effect::kBoost:
      case v1::Effect::kPrescribe:
      case v1::Effect::kLimit:
      case v1::Effect::kBlock:
      case v1::Effect::kVary:
      case v1::Effect::kCaution: return true;
      default: return false;
    }
  }
  const v1::DoseBounds& dose_bounds() const { return effect->has_limit() ? effect->limit() : effect->prescribe(); }
};

// What a rule does when it cannot know.
enum class OnUnknownDo { kSkip, kApply, kEffects };

// One rule.
struct CompiledRule {
  const v1::Rule* rule = nullptr;
  std::shared_ptr<const Expression> when;    // null: always
  std::shared_ptr<const Expression> target;  // null: touches no candidate
  std::unique_ptr<const Target> parts;       // the target taken apart, where it reads facts of the person; else null
  bool touches_exercises = false;
  bool touches_meals = false;
  // Numbers of the ruleset's sets: candidates that the target may be met by, whatever the person. Where the target
  // reads no fact of the person (`fixed`) it is met by `met`, and not known to be for `unsure`.
  uint32_t touches = 0;
  bool fixed = false;
  uint32_t met = 0;
  uint32_t unsure = 0;
  std::vector<CompiledEffect> effects;
  OnUnknownDo on_unknown = OnUnknownDo::kSkip;
  std::vector<CompiledEffect> unknown_effects;

  // What it does when it applies, or for want of facts.
  absl::Span<const CompiledEffect> EffectsFor(bool because_unknown) const {
    if (!because_unknown || on_unknown == OnUnknownDo::kApply) return effects;
    if (on_unknown == OnUnknownDo::kEffects) return unknown_effects;
    return {};
  }
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_COMPILED_RULE_H_
