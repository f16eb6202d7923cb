// The command line of `myokine`: reads the flags and runs the command that they name.
#ifndef MYOKINE_CLIENTS_CLI_RUN_H_
#define MYOKINE_CLIENTS_CLI_RUN_H_

#include "clients/cli/console.h"
#include "clients/cli/exit_code.h"

namespace myokine::cli {

// Runs `myokine` with these arguments. --help and --version answer on `console.out`; a mistake in the flags is one line
// on `console.err`.
ExitCode Run(int argc, const char* const* argv, const Console& console);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_RUN_H_
