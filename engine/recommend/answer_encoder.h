// Puts a ranked answer into words, on the wire: what a person reads, and once each all that it refers to.
#ifndef MYOKINE_ENGINE_RECOMMEND_ANSWER_ENCODER_H_
#define MYOKINE_ENGINE_RECOMMEND_ANSWER_ENCODER_H_

#include <set>
#include <string>
#include <string_view>

#include "engine/recommend/answer_notes.h"
#include "engine/recommend/ranked_answer.h"
#include "engine/recommend/response_estimator.h"

namespace myokine {

// Used again, it hardly allocates.
class AnswerEncoder {
 public:
  // Appends a RecommendResponse, but for its ids, to `out`. `activation` holds the person's facts.
  void Encode(const Ruleset& ruleset, const v1::RecommendOptions& options, const Intake& intake,
              const Activation& activation, const RuleOutcome& outcome, const RankedAnswer& answer, WireWriter& out);

 private:
  void WriteSuggestions(int field, const std::vector<RankedSuggestion>& suggestions, WireWriter& out);
  void WriteSuggestion(const RankedSuggestion& suggestion, WireWriter& out);
  void WriteContribution(const Points& points, WireWriter& out);
  void WriteResponses(const RankedSuggestion& suggestion, WireWriter& out);
  void WriteBlocked(WireWriter& out);
  void WritePairings(WireWriter& out) const;
  void WriteDiet(WireWriter& out) const;
  void WriteAllergens(WireWriter& out) const;
  const std::string& RuleId(int rule) const { return ruleset_->rules()[static_cast<size_t>(rule)].rule->id(); }

  const Ruleset* ruleset_ = nullptr;
  const RankedAnswer* answer_ = nullptr;
  std::string_view locale_;
  AnswerNotes notes_;
  ResponseEstimator estimator_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_ANSWER_ENCODER_H_
