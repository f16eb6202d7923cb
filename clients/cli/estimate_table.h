// What to expect of bouts and habits, as a page for a terminal.
#ifndef MYOKINE_CLIENTS_CLI_ESTIMATE_TABLE_H_
#define MYOKINE_CLIENTS_CLI_ESTIMATE_TABLE_H_

#include <string>

#include "clients/cli/labels.h"
#include "clients/cli/palette.h"
#include "myokine/v1/response.pb.h"

namespace myokine::cli {

// The page; lines are at most `columns` wide.
std::string EstimateTable(const v1::EstimateResponseResponse& response, Locale locale, int columns, Palette palette);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_ESTIMATE_TABLE_H_
