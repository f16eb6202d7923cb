// An answer as text for people at a terminal.
#ifndef MYOKINE_CLIENTS_CLI_ANSWER_TABLE_H_
#define MYOKINE_CLIENTS_CLI_ANSWER_TABLE_H_

#include <string>

#include "clients/cli/console.h"
#include "clients/cli/labels.h"
#include "clients/cli/palette.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine::cli {

// How to show an answer.
struct TableOptions {
  Locale locale = Locale::kEnglish;
  int columns = kMaxColumns;
  Palette palette{false};
  // Whether exercises and meals were asked for; a section that was not is left out instead of said to be empty. So are
  // both in an emergency, when nothing is ranked.
  bool exercises = true;
  bool meals = true;
};

// The answer from the most urgent to the least: disposition with its reasons, what to do at once, exercises, meals,
// what goes together, advice, what to avoid, questions, what was taken out, what was not understood, where studies
// disagree, the notice, and which pack and moment it comes from. Deterministic.
std::string AnswerTable(const v1::RecommendResponse& response, const TableOptions& options);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_ANSWER_TABLE_H_
