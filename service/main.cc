// `myokined`: loads a rule pack and serves it until it is told to stop.
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "absl/time/time.h"
#include "service/command_line.h"
#include "service/logging.h"
#include "service/pack_holder.h"
#include "service/server.h"
#include "service/stop_signals.h"
#include "spdlog/spdlog.h"

namespace myokine {
namespace {

// How long calls under way may take after a stop signal.
constexpr absl::Duration kShutdownDeadline = absl::Seconds(5);

int End(ServerExit exit, const std::string& why) {
  std::cerr << "myokined: " << why << '\n';
  return static_cast<int>(exit);
}

int Main(int argc, char** argv) {
  const auto parsed = ParseServerFlags(argc, argv, MYOKINE_INSTALLED_PACK, std::cout, std::cerr);
  if (const ServerExit* exit = std::get_if<ServerExit>(&parsed)) return static_cast<int>(*exit);
  const ServerFlags& flags = std::get<ServerFlags>(parsed);
  HoldStopSignals();
  StartLogging(flags.log_level);

  Issues issues;
  absl::StatusOr<std::shared_ptr<const Ruleset>> ruleset = LoadRuleset(flags.pack, issues);
  if (!ruleset.ok()) {
    PrintIssues(issues, std::cerr);
    return End(ServerExit::kBadPack, std::string(ruleset.status().message()));
  }
  const v1::PackVersion version = VersionOf(**ruleset);
  spdlog::info("loaded pack {} {} from {}: {} rules, {} exercises, {} meals", version.id(), version.version(),
               flags.pack.string(), (*ruleset)->pack().rules_size(), (*ruleset)->pack().exercises_size(),
               (*ruleset)->pack().meals_size());

  Server::Options options;
  options.address = flags.address;
  options.reflection = flags.reflection;
  absl::StatusOr<std::unique_ptr<Server>> server =
      Server::Start(options, std::make_shared<PackHolder>(*std::move(ruleset)));
  if (!server.ok()) return End(ServerExit::kCannotListen, std::string(server.status().message()));
  std::cout << "myokined: listening on " << ToString((*server)->address()) << ", pack " << version.id() << ' '
            << version.version() << " (" << version.digest().substr(0, 12) << ')' << std::endl;

  spdlog::info("stopping: {}", WaitForStopSignal());
  (*server)->Shutdown(kShutdownDeadline);
  spdlog::info("stopped");
  return static_cast<int>(ServerExit::kStopped);
}

}  // namespace
}  // namespace myokine

int main(int argc, char** argv) { return myokine::Main(argc, argv); }
