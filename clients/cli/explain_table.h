// An explanation as text for a terminal.
#ifndef MYOKINE_CLIENTS_CLI_EXPLAIN_TABLE_H_
#define MYOKINE_CLIENTS_CLI_EXPLAIN_TABLE_H_

#include <string>

#include "clients/cli/labels.h"
#include "clients/cli/palette.h"
#include "myokine/v1/explanation.pb.h"

namespace myokine::cli {

// How the person stands, where the candidate stands and why, what is ahead of it, and what would change that.
std::string ExplainTable(const v1::ExplainResponse& response, Locale locale, int columns, Palette palette);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_EXPLAIN_TABLE_H_
