// An answer as numbers: what is suggested, in which dose, why, and what is not. Texts are for the encoder.
#ifndef MYOKINE_ENGINE_RECOMMEND_RANKED_ANSWER_H_
#define MYOKINE_ENGINE_RECOMMEND_RANKED_ANSWER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "engine/recommend/diet_picture.h"
#include "engine/recommend/intake.h"
#include "engine/recommend/ranking.h"
#include "engine/recommend/rule_run.h"
#include "engine/recommend/varied_list.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Suggestions of each kind when the request does not say.
inline constexpr int kDefaultCount = 5;

// A stretch of a list.
struct Stretch {
  uint32_t begin = 0, end = 0;

  template <typename T>
  absl::Span<const T> Of(const std::vector<T>& list) const {
    return absl::MakeConstSpan(list).subspan(begin, end - begin);
  }
};

// One suggestion; stretches are of the lists of its answer.
struct RankedSuggestion {
  uint32_t candidate = 0;
  int64_t score_milli = 0;  // exactly the sum of the points
  Stretch points;           // largest first
  Stretch cautions;
  Stretch dose_rules;
  Stretch dropped;
  ChosenDose dose;
  std::optional<double> diet_index_change;  // of a meal
};

// A meal that a budget held back.
struct RankedHeldBack {
  uint32_t candidate = 0;
  const v1::Budget* budget = nullptr;
};

// A candidate that was taken out, and a stretch of the answer's blocking rules.
struct RankedBlock {
  uint32_t candidate = 0;
  Stretch rules;
};

// All of it. Points into what it was made from. Made again, it does not allocate.
struct RankedAnswer {
  std::vector<AppliedEffect> referrals;  // the most serious first
  v1::Disposition disposition = v1::DISPOSITION_UNSPECIFIED;
  // The rest is empty where nothing is ranked.
  std::vector<AppliedEffect> advice, avoid;
  std::vector<RankedSuggestion> exercises, meals;
  std::vector<uint32_t> listed;  // their candidates, exercises first
  std::vector<RankedHeldBack> held_back;
  std::vector<RankedBlock> blocked;
  std::vector<PairingMatch> pairings;
  std::vector<int> questions;  // slots of facts
  DietKeeper diet;

  std::vector<Points> points;
  std::vector<AppliedEffect> cautions;
  std::vector<int> dose_rules, blocking_rules;
  std::vector<DroppedDemand> dropped;

  // Memory of the maker.
  DoseSheet sheet;
  VariedList list;
};

// Makes `answer`. At URGENT_CARE and EMERGENCY nothing is ranked, whatever the rules say; from REST_TODAY on only
// safety rules advise. `user` is the person's filled frame.
void RankAnswer(const Ruleset& ruleset, const v1::RecommendOptions& options, const Intake& intake,
                absl::Span<const Value> user, const RuleOutcome& outcome, Arena& arena, RankedAnswer& answer);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RANKED_ANSWER_H_
