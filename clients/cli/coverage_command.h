// `myokine rules coverage`: what of the article a pack encodes, and what of the pack its scenarios reach.
#ifndef MYOKINE_CLIENTS_CLI_COVERAGE_COMMAND_H_
#define MYOKINE_CLIENTS_CLI_COVERAGE_COMMAND_H_

#include <string>

#include "clients/cli/console.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/rules_command.h"
#include "engine/recommend/coverage.h"

namespace myokine::cli {

// Markdown: the claims with what cites them and what their removal changed, then gaps in rules and candidates. The last
// line is `claims: N, uncovered: N`.
std::string CoverageText(const Coverage& coverage);

// Prints the coverage of the pack. Ends as a pack with issues does when a claim is not covered, or when more than
// kMostNotEncoded say why nothing encodes them.
ExitCode RunRulesCoverage(const RulesArguments& arguments, const Console& console);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_COVERAGE_COMMAND_H_
