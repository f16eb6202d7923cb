#include "service/logging.h"

#include <memory>

#include "grpc/support/log.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace myokine {
namespace {

void FromGrpc(gpr_log_func_args* line) {
  switch (line->severity) {
    case GPR_LOG_SEVERITY_DEBUG: return spdlog::debug("grpc: {}", line->message);
    case GPR_LOG_SEVERITY_INFO: return spdlog::info("grpc: {}", line->message);
    case GPR_LOG_SEVERITY_ERROR: return spdlog::error("grpc: {}", line->message);
  }
}

}  // namespace

const std::vector<std::string>& LogLevels() {
  static const auto* const levels = new std::vector<std::string>{"debug", "info", "warning", "error", "off"};
  return *levels;
}

void StartLogging(const std::string& level) {
  auto logger = std::make_shared<spdlog::logger>("myokined", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(std::move(logger));
  // gRPC's levels below error trace frames and metadata, which hold what callers send.
  gpr_set_log_verbosity(GPR_LOG_SEVERITY_ERROR);
  gpr_set_log_function(&FromGrpc);
}

}  // namespace myokine
