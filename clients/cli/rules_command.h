// `myokine rules`: what authors of rules ask of a pack. Works on files, without a server.
#ifndef MYOKINE_CLIENTS_CLI_RULES_COMMAND_H_
#define MYOKINE_CLIENTS_CLI_RULES_COMMAND_H_

#include <filesystem>
#include <memory>
#include <string>

#include "clients/cli/console.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/palette.h"
#include "engine/ruleset/ruleset.h"

namespace myokine::cli {

// What the flags say.
struct RulesArguments {
  std::filesystem::path pack;  // folder of the pack
  std::string filter;          // scenarios to run: those with this text in their id or `about`; empty: all
  ColourMode colour = ColourMode::kAuto;
};

// The pack of `arguments`, ready to work with; null when the command ends with `exit`: what is wrong has then been
// printed to `out`, with the number of issues as the last line.
std::shared_ptr<const Ruleset> CompilePack(const RulesArguments& arguments, const Console& console, ExitCode& exit);

// Loads and compiles the pack and prints every issue to `out`. The last line is `N rules, N exercises, N meals: no
// issues` or `N issues`.
ExitCode RunRulesCheck(const RulesArguments& arguments, const Console& console);

// Runs the pack's scenarios and prints every expectation that does not hold to `out`. The last line is `N passed, N
// failed`, counted in scenarios. A pack with issues is not run: its issues are printed as by RunRulesCheck. A filter
// that no scenario has is a usage error.
ExitCode RunRulesTest(const RulesArguments& arguments, const Console& console);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_RULES_COMMAND_H_
