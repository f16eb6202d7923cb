// Puts an answer together: disposition, ranking, explanation, and a dictionary of all that it refers to.
#ifndef MYOKINE_ENGINE_RECOMMEND_ANSWER_H_
#define MYOKINE_ENGINE_RECOMMEND_ANSWER_H_

#include "engine/recommend/intake.h"
#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Suggestions of each kind when the request does not say.
inline constexpr int kDefaultCount = 5;

// Fills `response`. At URGENT_CARE and EMERGENCY nothing is ranked, whatever the rules say; from REST_TODAY on
// only safety rules advise. `user` is the person's
// filled frame.
void BuildAnswer(const Ruleset& ruleset, const v1::RecommendOptions& options, const Intake& intake,
                 absl::Span<const Value> user, const RuleOutcome& outcome, Arena& arena,
                 v1::RecommendResponse& response);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_ANSWER_H_
