// Points of boosts that differ between candidates: added when it is known who is admissible, and in which dose.
#ifndef MYOKINE_ENGINE_RECOMMEND_LATE_POINTS_H_
#define MYOKINE_ENGINE_RECOMMEND_LATE_POINTS_H_

#include <cstdint>
#include <vector>

#include "engine/recommend/boost_points.h"
#include "engine/recommend/dose_columns.h"
#include "engine/recommend/lacking.h"
#include "engine/ruleset/ruleset.h"

namespace myokine {

// Adds to scores, thousandths of a point by candidate. What points lack, or why they are no number, is noted; they
// count nothing then.
class LatePoints {
 public:
  // All of them must outlive this; `millis` is memory that is used again.
  LatePoints(const Ruleset& ruleset, const BoostPoints& points, const Bits& inadmissible, DoseColumns& doses,
             Lacking& lacking, std::vector<int32_t>& millis, std::vector<int64_t>& scores)
      : ruleset_(ruleset),
        points_(points),
        inadmissible_(inadmissible),
        doses_(doses),
        lacking_(lacking),
        millis_(millis),
        scores_(scores) {}

  // Adds the points of a boost of `rule` to the admissible candidates of `set`.
  void Add(const CompiledRule& rule, const CompiledEffect& effect, const CandidateSet& set);

 private:
  void ByTable(const CompiledRule& rule, const CompiledEffect& effect, const CandidateSet& set);
  // Points of candidates that they can't tell apart are worked out once.
  void ByClass(const CompiledRule& rule, const CompiledEffect& effect, const CandidateSet& set);
  void OneByOne(const CompiledRule& rule, const CompiledEffect& effect, const CandidateSet& set);

  const Ruleset& ruleset_;
  const BoostPoints& points_;
  const Bits& inadmissible_;
  DoseColumns& doses_;
  Lacking& lacking_;
  std::vector<int32_t>& millis_;  // by class of candidates
  std::vector<int64_t>& scores_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_LATE_POINTS_H_
