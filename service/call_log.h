// One line of log for a call, at level debug: method, status code and duration. Never anything of the request or the
// answer, nor of the status message, which may quote the request.
#ifndef MYOKINE_SERVICE_CALL_LOG_H_
#define MYOKINE_SERVICE_CALL_LOG_H_

#include <chrono>
#include <string_view>

#include "grpcpp/support/status_code_enum.h"

namespace myokine {

// Measures from its making to `Done`.
class CallLog {
 public:
  // `method` outlives the log: a literal.
  explicit CallLog(std::string_view method) : method_(method), begin_(std::chrono::steady_clock::now()) {}

  // Writes the line.
  void Done(grpc::StatusCode code) const;

 private:
  std::string_view method_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace myokine

#endif  // MYOKINE_SERVICE_CALL_LOG_H_
