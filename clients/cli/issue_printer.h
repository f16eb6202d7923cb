// Prints issues for people: as `ToString` gives them, painted where colours are on.
#ifndef MYOKINE_CLIENTS_CLI_ISSUE_PRINTER_H_
#define MYOKINE_CLIENTS_CLI_ISSUE_PRINTER_H_

#include <ostream>
#include <string>
#include <vector>

#include "clients/cli/palette.h"
#include "engine/expr/issue.h"

namespace myokine::cli {

// `issue` as `ToString` gives it, its place painted. Without colours exactly `ToString`. Ends without a line feed.
std::string IssueText(const Issue& issue, const Palette& palette);

// Every issue, each followed by a line feed.
void PrintIssues(const std::vector<Issue>& issues, const Palette& palette, std::ostream& out);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_ISSUE_PRINTER_H_
