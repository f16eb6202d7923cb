#include "engine/recommend/judgement.h"

#include <algorithm>

#include "engine/recommend/questions.h"
#include "engine/recommend/ranking.h"
#include "engine/recommend/response_estimator.h"
#include "engine/recommend/rule_run.h"
#include "engine/recommend/user_frame.h"

namespace myokine {
namespace {

// As many of each kind as an answer offers pairings for.
constexpr size_t kPaired = 5;

const std::string& RuleId(const Ruleset& ruleset, size_t rule) { return ruleset.rules()[rule].rule->id(); }

}  // namespace

Judgement Judge(const Ruleset& ruleset, const v1::UserState& user, absl::Time now,
                const std::set<std::string>& responses_of, const Without& without) {
  Judgement judgement;
  const Intake intake = TakeIn(user, ruleset, now);
  judgement.violations = intake.violations;
  if (!judgement.violations.empty()) return judgement;
  std::set<int> disabled;
  for (size_t i = 0; i < ruleset.rules().size(); ++i) {
    if (without.contains(ruleset.rules()[i].rule->id())) disabled.insert(static_cast<int>(i));
  }
  Arena arena;
  const std::vector<Value> frame = FillUserFrame(ruleset, intake, arena);
  const RuleOutcome outcome = RunRules(ruleset, frame, WeightsOf(v1::RecommendOptions(), intake.user), arena, disabled);
  outcome.applied.ForEach([&](size_t rule) { judgement.fired_rules.insert(RuleId(ruleset, rule)); });
  outcome.unknown.ForEach([&](size_t rule) { judgement.unknown_rules.insert(RuleId(ruleset, rule)); });
  std::vector<int> asked;
  RankQuestions(ruleset, outcome, intake.user, {}, asked);
  for (const int slot : asked) judgement.asked_facts.push_back(ruleset.NameOfSlot(slot));
  std::vector<AppliedEffect> referrals;
  AddReferrals(outcome, referrals);
  judgement.disposition = DispositionOf(referrals);
  for (const AppliedEffect& referral : referrals)
    judgement.disposition_rules.push_back(RuleId(ruleset, static_cast<size_t>(referral.rule)));
  if (!Ranks(judgement.disposition)) return judgement;

  Activation activation;
  activation.arena = &arena;
  activation.frames[static_cast<size_t>(Frame::kUser)] = frame;
  const ResponseEstimator estimator(ruleset, activation);
  std::vector<uint32_t> paired;
  for (CandidateKind kind : {CandidateKind::kExercise, CandidateKind::kMeal}) {
    std::vector<RankedCandidate>& ranked = kind == CandidateKind::kExercise ? judgement.exercises : judgement.meals;
    for (size_t c : RankedCandidates(ruleset, outcome, kind)) {
      const Candidate& candidate = ruleset.candidates()[c];
      if (without.contains(candidate.id())) continue;
      const ChosenDose dose = outcome.DosingOf(c).dose;
      ranked.push_back({candidate.id(), ToProto(dose)});
      if (ranked.size() <= kPaired) paired.push_back(static_cast<uint32_t>(c));
      if (!responses_of.contains(candidate.id()) || candidate.exercise == nullptr) continue;
      const std::optional<Bout> bout = estimator.BoutOf(*candidate.exercise, dose);
      estimator.ForEachResponse(candidate.exercise->modality(), bout, std::nullopt, [&](const ExpectedResponse& one) {
        const std::string& myokine = ruleset.pack().myokines(static_cast<int>(one.myokine)).id();
        if (one.acute != nullptr && !without.contains(myokine))
          judgement.responses[candidate.id()][myokine] = Rounded(one.fold.expected);
      });
    }
  }
  for (size_t c = 0; c < ruleset.candidates().size(); ++c) {
    if (outcome.Admissible(c)) continue;
    std::vector<std::string>& rules = judgement.blocked[ruleset.candidates()[c].id()];
    for (const int rule : outcome.BlockingRules(c)) rules.push_back(RuleId(ruleset, static_cast<size_t>(rule)));
  }
  std::vector<PairingMatch> pairings;
  FindPairings(ruleset, activation, paired, pairings);
  for (const PairingMatch& match : pairings) {
    if (!without.contains(match.pairing->pairing->id())) judgement.pairings.push_back(match.pairing->pairing->id());
  }
  return judgement;
}

}  // namespace myokine
