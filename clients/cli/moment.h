// Moments as people write them.
#ifndef MYOKINE_CLIENTS_CLI_MOMENT_H_
#define MYOKINE_CLIENTS_CLI_MOMENT_H_

#include <string>

#include "google/protobuf/timestamp.pb.h"

namespace myokine::cli {

// Sets `moment` to what `--at` says, RFC 3339. Gives what is wrong with it; empty when nothing is.
std::string SetMoment(const std::string& at, google::protobuf::Timestamp& moment);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_MOMENT_H_
