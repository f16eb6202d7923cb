// `myokine explain`: why a candidate stands where it stands, as a server tells it, to the terminal.
#ifndef MYOKINE_CLIENTS_CLI_EXPLAIN_COMMAND_H_
#define MYOKINE_CLIENTS_CLI_EXPLAIN_COMMAND_H_

#include <string>

#include "clients/cli/ask.h"

namespace myokine::cli {

// What the flags say.
struct ExplainArguments : AskArguments {
  std::string candidate;    // id of the catalogue
  bool no_changes = false;  // looks for no changes of circumstances
};

// Runs the command; mistakes as RunRecommend has them.
ExitCode RunExplain(const ExplainArguments& arguments, const Console& console);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_EXPLAIN_COMMAND_H_
