// How `myokine` ends. Scripts rely on the numbers; `--help` tells them too.
#ifndef MYOKINE_CLIENTS_CLI_EXIT_CODE_H_
#define MYOKINE_CLIENTS_CLI_EXIT_CODE_H_

namespace myokine::cli {

enum class ExitCode {
  kOk = 0,
  kIssues = 1,   // the rule pack or the expression has issues, scenarios fail, or claims are not covered
  kUsage = 2,    // wrong flags, a user file with mistakes, or a request that the server refuses
  kService = 3,  // the server can't be reached, or failed
};

// The footer of every `--help`.
inline constexpr char kExitCodesHelp[] =
    "Exit codes:\n"
    "  0  done\n"
    "  1  the rule pack or the expression has issues, scenarios fail, or claims are not covered\n"
    "  2  wrong flags, a user file with mistakes, or a request that the server refuses\n"
    "  3  the server can't be reached, or failed";

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_EXIT_CODE_H_
