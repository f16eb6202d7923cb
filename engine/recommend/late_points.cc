#include "engine/recommend/late_points.h"

#include <bit>
#include <optional>

namespace myokine {

void LatePoints::Add(const CompiledRule& rule, const CompiledEffect& effect, const CandidateSet& set) {
  if (effect.milli_at_load.size() > 1 && effect.by_response == nullptr) {
    ByTable(rule, effect, set);
  } else if (effect.points_parts != nullptr && effect.by_response == nullptr) {
    ByClass(rule, effect, set);
  } else {
    OneByOne(rule, effect, set);
  }
}

void LatePoints::ByTable(const CompiledRule& rule, const CompiledEffect& effect, const CandidateSet& set) {
  for (const uint32_t c : set.list) {
    if (inadmissible_.Has(c)) continue;
    std::optional<int64_t> milli = effect.milli_at_load[c];
    if (*milli == CompiledEffect::kNoMilli) {  // infinite, or no number
      Value why = false;
      milli = points_.MilliOf(effect, c, {}, why);
      if (!milli) {
        lacking_.NoteNoNumber(rule, why);
        continue;
      }
    }
    scores_[c] += points_.Weigh(effect, *milli, c, {});
  }
}

void LatePoints::ByClass(const CompiledRule& rule, const CompiledEffect& effect, const CandidateSet& set) {
  const Target& parts = *effect.points_parts;
  millis_.assign(parts.classes(), CompiledEffect::kNoMilli);
  for (const uint32_t c : set.list) {
    if (inadmissible_.Has(c)) continue;
    int32_t& milli = millis_[parts.class_of(c)];
    if (milli == CompiledEffect::kNoMilli) {
      Value why = false;
      const std::optional<int64_t> found = points_.MilliOf(effect, c, {}, why);
      if (!found) {
        lacking_.NoteNoNumber(rule, why);
        continue;
      }
      milli = static_cast<int32_t>(*found);
    }
    scores_[c] += points_.Weigh(effect, milli, c, {});
  }
}

void LatePoints::OneByOne(const CompiledRule& rule, const CompiledEffect& effect, const CandidateSet& set) {
  constexpr uint32_t kForResponse = 1u << (v1::Dose::kMinutesFieldNumber - 1) | 1u << (v1::Dose::kRpeFieldNumber - 1);
  const uint32_t fields = effect.dose_fields | (effect.by_response == nullptr ? 0 : kForResponse);
  const bool same = fields == 0 && !effect.points->Reads(Frame::kCandidate);  // for all candidates
  std::optional<int64_t> milli;
  bool asked = false;
  Value why = false;
  ChosenDose dose;
  for (const uint32_t c : set.list) {
    if (inadmissible_.Has(c)) continue;
    for (uint32_t left = fields; left != 0; left &= left - 1) {
      const size_t field = static_cast<size_t>(std::countr_zero(left));
      dose[field] = ruleset_.candidates()[c].allowed[field] ? std::optional(doses_.Chosen(field)[c]) : std::nullopt;
    }
    if (!same || !asked) milli = points_.MilliOf(effect, c, dose, why);
    asked = true;
    if (milli) {
      scores_[c] += points_.Weigh(effect, *milli, c, dose);
    } else {
      lacking_.NoteNoNumber(rule, why);
      if (same) return;
    }
  }
}

}  // namespace myokine
