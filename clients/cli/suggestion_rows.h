// One suggestion of the table: rank, name and score, the dose in words, and why.
#ifndef MYOKINE_CLIENTS_CLI_SUGGESTION_ROWS_H_
#define MYOKINE_CLIENTS_CLI_SUGGESTION_ROWS_H_

#include <vector>

#include "clients/cli/answer_index.h"
#include "clients/cli/labels.h"
#include "clients/cli/page.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine::cli {

// Reasons, and expected responses, of one suggestion that the table shows; how many more there are is said.
inline constexpr int kShownReasons = 3;
inline constexpr int kShownResponses = 3;
// Reasons of one that is explained.
inline constexpr int kShownReasonsExplained = 12;

// The responses of an exercise that the table shows: those with a figure before those without, largest expected change
// first, then in the order of the answer.
std::vector<const v1::MyokineResponse*> ShownResponses(const v1::Suggestion& exercise);

// Adds an exercise to the page. `rank` counts from 1.
void AddExercise(const v1::Suggestion& exercise, int rank, const AnswerIndex& index, Locale locale, Page& page);

// Adds a meal to the page, with its allergens.
void AddMeal(const v1::Suggestion& meal, int rank, const AnswerIndex& index, Locale locale, Page& page);

// Adds the one that an answer explains, with more of its reasons and no responses; of a meal with its allergens.
void AddExplained(const v1::Suggestion& candidate, int rank, bool is_meal, const AnswerIndex& index, Locale locale,
                  Page& page);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_SUGGESTION_ROWS_H_
