// Signs of inflammation at rest, and what would move them, as rows of a page.
#ifndef MYOKINE_CLIENTS_CLI_INFLAMMATION_ROWS_H_
#define MYOKINE_CLIENTS_CLI_INFLAMMATION_ROWS_H_

#include "clients/cli/labels.h"
#include "clients/cli/page.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine::cli {

// Adds what the person's measurements say of inflammation at rest; nothing when they say nothing.
void AddInflammation(const v1::InflammationPicture& picture, Locale locale, Page& page);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_INFLAMMATION_ROWS_H_
