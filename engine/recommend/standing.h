// Where one candidate stands among those of its kind.
#ifndef MYOKINE_ENGINE_RECOMMEND_STANDING_H_
#define MYOKINE_ENGINE_RECOMMEND_STANDING_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/explanation.pb.h"

namespace myokine {

// By score, ties by id, before lists are varied and kept to budgets.
struct CandidateStanding {
  v1::Disposition disposition = v1::DISPOSITION_UNSPECIFIED;
  v1::Standing standing = v1::STANDING_NOT_RANKED;
  int place = 0;                // from 1; when it is ranked
  int of = 0;                   // how many of its kind are admissible
  int64_t score_milli = 0;      // when it is ranked
  std::optional<size_t> first;  // what stands first of its kind: an index into Ruleset::candidates()

  bool ranked() const { return place > 0; }
};

// `candidate` is an index into Ruleset::candidates().
CandidateStanding StandingOf(const Ruleset& ruleset, const RuleOutcome& outcome, size_t candidate);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_STANDING_H_
