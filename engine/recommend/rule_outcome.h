// What the rules made of one person.
#ifndef MYOKINE_ENGINE_RECOMMEND_RULE_OUTCOME_H_
#define MYOKINE_ENGINE_RECOMMEND_RULE_OUTCOME_H_

#include <cstdint>
#include <deque>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "engine/recommend/boost_points.h"
#include "engine/recommend/dosing.h"
#include "engine/recommend/lacking.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// An effect that applies.
struct AppliedEffect {
  int rule = 0;  // index into Ruleset::rules()
  const CompiledEffect* effect = nullptr;
  bool because_unknown = false;
};

// Points of one rule for one candidate.
struct Points {
  int rule = 0;
  const CompiledEffect* effect = nullptr;
  int32_t milli = 0;
};

// An effect that takes points from what is like something above it in a list.
struct VaryingEffect {
  int rule = 0;
  const CompiledEffect* effect = nullptr;
  const CandidateSet* set = nullptr;
  int64_t most_milli = 0;  // thousandths of a point, after weights; above 0
};

// What became of one candidate.
struct CandidateOutcome {
  bool admissible = true;
  std::vector<int> blocking_rules;  // sorted, distinct
  std::vector<AppliedEffect> cautions;
  Dosing dosing;
  std::vector<Points> points;  // of admissible candidates, in the order of the rules; none is zero
  int64_t score_milli = 0;     // exactly the sum of the points
};

// A dose, and the demands that it was chosen by. Used again, it does not allocate.
struct DoseSheet {
  std::vector<DoseDemand> limits, prescriptions;
  Dosing dosing;
};

// All of it. Points into the ruleset, the frame and the arena that it was made with. Filled again, it does not
// allocate.
class RuleOutcome {
 public:
  std::vector<AppliedEffect> answer_effects;  // advise, avoid, ask, refer, act now; in the order of the rules
  Bits applied;                               // rules that did something
  Bits applied_because_unknown;               // those of them that did it for want of facts
  Bits unknown;                      // rules that lacked facts of the person to tell whether they apply, or to what
  std::vector<Lack> lacks;           // facts of the person that rules lacked, in the order of the facts
  std::vector<v1::Remark> failures;  // rules that failed on this person's facts

  // By index of Ruleset::candidates().
  bool Admissible(size_t candidate) const { return !inadmissible_.Has(candidate); }
  int64_t ScoreMilli(size_t candidate) const { return scores_[candidate]; }  // of one that is admissible
  // The scores of all; kNoScore for what is not admissible.
  absl::Span<const int64_t> scores() const { return scores_; }
  static constexpr int64_t kNoScore = std::numeric_limits<int64_t>::min();
  const std::vector<VaryingEffect>& varying() const { return varying_; }
  // All about one candidate.
  CandidateOutcome Of(size_t candidate) const;
  // What blocks a candidate: sorted, distinct.
  std::vector<int> BlockingRules(size_t candidate) const;
  // The dose of a candidate, its limits and prescriptions told apart.
  Dosing DosingOf(size_t candidate) const;

  // The same, into memory that is used again; what is a list is appended.
  void FillDose(size_t candidate, DoseSheet& sheet) const;
  void AddPoints(size_t candidate, const ChosenDose& dose, std::vector<Points>& points) const;
  void AddCautions(size_t candidate, std::vector<AppliedEffect>& cautions) const;
  void AddBlockingRules(size_t candidate, DoseSheet& sheet, std::vector<int>& rules) const;

 private:
  friend class Runner;

  // An effect that applies to candidates.
  struct CandidateEffect {
    AppliedEffect applied;
    const CandidateSet* set = nullptr;
  };
  // A demand that is the same for a set, or of one candidate alone.
  struct SetDemand {
    DoseDemand demand;
    const CandidateSet* set = nullptr;
  };
  struct LoneDemand {
    DoseDemand demand;
    uint32_t candidate = 0;
  };

  void Begin(const Ruleset& ruleset, const Activation& activation, const Weights& weights);
  // A set of candidates that depends on the person, to be filled; it stays where it is.
  CandidateSet& NewSet();

  const Ruleset* ruleset_ = nullptr;
  BoostPoints points_;
  std::deque<CandidateSet> sets_;  // of which the first are in use
  size_t sets_used_ = 0;
  std::vector<uint32_t> plain_rules_, plain_blocks_;         // those that hold, rising: that give points, that block
  std::vector<CandidateEffect> boosts_, blocks_, cautions_;  // of the others
  std::vector<VaryingEffect> varying_;
  std::vector<SetDemand> limits_, prescriptions_;
  std::vector<LoneDemand> lone_limits_, lone_prescriptions_;
  Bits without_dose_;  // candidates whose limits leave nothing
  Bits inadmissible_;
  std::vector<int64_t> scores_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RULE_OUTCOME_H_
