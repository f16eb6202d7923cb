// `myokine estimate`: what a server expects of a bout of exercise, or of a habit, to the terminal.
#ifndef MYOKINE_CLIENTS_CLI_ESTIMATE_COMMAND_H_
#define MYOKINE_CLIENTS_CLI_ESTIMATE_COMMAND_H_

#include <optional>
#include <string>
#include <vector>

#include "clients/cli/ask.h"

namespace myokine::cli {

// What the flags say.
struct EstimateArguments : AskArguments {
  std::vector<std::string> exercises;  // ids of the catalogue; several: bouts of one day after another
  std::string modality;                // of a bout that is no exercise of the catalogue
  std::optional<double> minutes;
  std::optional<double> percent_vo2max;
  std::optional<double> rpe;
  std::optional<double> mets;
  std::string intervals;           // `8x20/10`: rounds, seconds of work, seconds of rest
  std::string carbohydrate;        // `low`, `usual`, `during`; empty: from the person
  std::vector<std::string> habit;  // `aerobic=3`: sessions a week
  std::optional<double> weeks;     // of the habit
};

// Runs the command; mistakes as RunRecommend has them.
ExitCode RunEstimate(const EstimateArguments& arguments, const Console& console);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_ESTIMATE_COMMAND_H_
