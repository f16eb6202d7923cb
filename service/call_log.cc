#include "service/call_log.h"

#include "spdlog/spdlog.h"

namespace myokine {

void CallLog::Done(grpc::StatusCode code) const {
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin_;
  spdlog::debug("{} code {} in {:.0f} us", method_, static_cast<int>(code), took.count());
}

}  // namespace myokine
