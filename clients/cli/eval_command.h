// `myokine rules eval`: what an expression is for a person.
#ifndef MYOKINE_CLIENTS_CLI_EVAL_COMMAND_H_
#define MYOKINE_CLIENTS_CLI_EVAL_COMMAND_H_

#include <string>

#include "clients/cli/console.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/rules_command.h"

namespace myokine::cli {

// What the flags say.
struct EvalArguments {
  std::string expression;
  std::string user;       // file of the person; empty: nothing is known
  std::string at;         // RFC 3339; empty: the file's, else now
  std::string candidate;  // id of an exercise or a meal; empty: none
  bool explain = false;   // with the values of the parts
  bool stages = false;    // with tokens, trees and program
};

// Prints the value; or `unknown, for want of:` and the facts, one a line; or `error: ` and why. An expression with
// mistakes prints these, with their places, and ends as a pack with issues does; so does a value that is an error.
ExitCode RunRulesEval(const EvalArguments& arguments, const RulesArguments& rules, const Console& console);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_EVAL_COMMAND_H_
