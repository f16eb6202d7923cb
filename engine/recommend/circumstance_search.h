// The smallest change of a person's circumstances that would put a candidate first, or unblock it.
#ifndef MYOKINE_ENGINE_RECOMMEND_CIRCUMSTANCE_SEARCH_H_
#define MYOKINE_ENGINE_RECOMMEND_CIRCUMSTANCE_SEARCH_H_

#include <cstddef>
#include <vector>

#include "engine/recommend/boost_points.h"
#include "engine/recommend/circumstances.h"
#include "engine/recommend/intake.h"
#include "engine/recommend/standing.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/explanation.pb.h"

namespace myokine {

// Most changes that a search gives.
inline constexpr size_t kMostChanges = 3;
// Runs of the rules after which a search that has found nothing ends.
inline constexpr int kMostRuns = 1500;

// A circumstance with another value.
struct ChangedCircumstance {
  size_t circumstance = 0;  // index into Circumstances::facts()
  v1::FactValue value;
};

// A change that was tried out.
struct CircumstanceChange {
  std::vector<ChangedCircumstance> facts;  // one or two, in the order of the schema
  v1::ChangeEffect effect = v1::CHANGE_EFFECT_UNSPECIFIED;
  CandidateStanding standing;  // after it
};

struct CircumstanceSearch {
  v1::ChangeSearch result = v1::CHANGE_SEARCH_NOT_MADE;
  std::vector<CircumstanceChange> changes;  // at most kMostChanges
  int runs = 0;                             // of the rules
};

// Looks for changes of circumstances for `candidate`, an index into Ruleset::candidates(), and the person of an
// accepted intake. Each that it gives was tried: the rules were run over the changed person as Recommend runs them.
//
// Single changes are tried first; pairs only when no single one does it, the most promising first, of values that
// help alone and of facts that one rule about the candidate reads together. For each choice of facts the nearest values
// are given, choices in the order of the schema. A candidate that is ranked must come first; one that is blocked must
// at least be admissible.
//
// A change that silences caution does not count: a safety rule or a referral that reads anything but circumstances may
// fall silent only through a fact that moves the cautious way, such as less heat.
//
// Deterministic and pure.
CircumstanceSearch SearchCircumstances(const Ruleset& ruleset, const Circumstances& circumstances, const Intake& intake,
                                       const Weights& weights, size_t candidate);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_CIRCUMSTANCE_SEARCH_H_
