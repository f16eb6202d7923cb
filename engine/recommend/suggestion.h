// One candidate as an answer shows it: score and its contributions, dose, cautions, expected responses.
#ifndef MYOKINE_ENGINE_RECOMMEND_SUGGESTION_H_
#define MYOKINE_ENGINE_RECOMMEND_SUGGESTION_H_

#include <cstddef>
#include <string_view>

#include "engine/recommend/answer_notes.h"
#include "engine/recommend/response_estimator.h"
#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Fills what a candidate is, whatever the rules make of it: id, name, summary, allergens.
void DescribeCandidate(const Candidate& candidate, std::string_view locale, v1::Suggestion& suggestion);

// Fills all that the rules made of an admissible candidate; contributions stand largest first. What it names goes to
// `notes`. `estimator` is that of the same person.
void FillSuggestion(const Ruleset& ruleset, size_t candidate, const CandidateOutcome& outcome,
                    const ResponseEstimator& estimator, std::string_view locale, AnswerNotes& notes,
                    v1::Suggestion& suggestion);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_SUGGESTION_H_
