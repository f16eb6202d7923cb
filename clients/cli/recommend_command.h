// `myokine recommend`: a person's file to a server, its answer to the terminal.
#ifndef MYOKINE_CLIENTS_CLI_RECOMMEND_COMMAND_H_
#define MYOKINE_CLIENTS_CLI_RECOMMEND_COMMAND_H_

#include <optional>
#include <string>

#include "clients/cli/console.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/labels.h"
#include "clients/cli/palette.h"

namespace myokine::cli {

// What the flags say.
struct RecommendArguments {
  enum class Output { kTable, kJson };
  std::string user;                         // file of the person, YAML or JSON; `-`: standard input
  std::string at;                           // moment, RFC 3339; empty: the file's, else the server's
  std::string address = "127.0.0.1:50051";  // of the server
  std::optional<int> exercises;             // most exercises, 0 to 50; absent: the server's default
  std::optional<int> meals;                 // most meals, 0 to 50; absent: the server's default
  Locale locale = Locale::kEnglish;         // of texts and labels
  Output output = Output::kTable;  // JSON: protobuf's mapping, lowerCamelCase, the same bytes for the same answer
  ColourMode colour = ColourMode::kAuto;
};

// Runs the command. Mistakes in the person's file are printed as `file:line:column`, and so are fields that the server
// refuses, one line each, where the file has them.
ExitCode RunRecommend(const RecommendArguments& arguments, const Console& console);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_RECOMMEND_COMMAND_H_
