// `myokine recommend`: a person's file to a server, its answer to the terminal.
#ifndef MYOKINE_CLIENTS_CLI_RECOMMEND_COMMAND_H_
#define MYOKINE_CLIENTS_CLI_RECOMMEND_COMMAND_H_

#include <optional>

#include "clients/cli/ask.h"

namespace myokine::cli {

// What the flags say.
struct RecommendArguments : AskArguments {
  std::optional<int> exercises;  // most exercises, 0 to 50; absent: the server's default
  std::optional<int> meals;      // most meals, 0 to 50; absent: the server's default
};

// Runs the command. Mistakes in the person's file are printed as `file:line:column`, and so are fields that the server
// refuses, one line each, where the file has them.
ExitCode RunRecommend(const RecommendArguments& arguments, const Console& console);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_RECOMMEND_COMMAND_H_
