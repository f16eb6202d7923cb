// The server's log: lines on stderr, UTC, no personal data. gRPC's own messages come through it too.
#ifndef MYOKINE_SERVICE_LOGGING_H_
#define MYOKINE_SERVICE_LOGGING_H_

#include <string>
#include <vector>

namespace myokine {

// Names of the levels, least telling last.
const std::vector<std::string>& LogLevels();

// Starts the log at `level`, one of LogLevels(). Call once, before other threads start.
void StartLogging(const std::string& level);

}  // namespace myokine

#endif  // MYOKINE_SERVICE_LOGGING_H_
