#include "service/command_line.h"

#include <ostream>
#include <system_error>

#include "CLI/CLI.hpp"
#include "service/logging.h"

#ifndef MYOKINE_VERSION
#define MYOKINE_VERSION "development"
#endif

namespace myokine {
namespace {

constexpr char kAbout[] =
    "Serves exercise and meal suggestions over gRPC. Prints one line to stdout once it answers calls:\n"
    "  myokined: listening on 127.0.0.1:50051, pack ID VERSION (DIGEST)\n"
    "Logs go to stderr. SIGTERM and SIGINT stop it within five seconds.";

constexpr char kExitCodes[] =
    "Exit codes:\n"
    "  0  stopped by SIGTERM or SIGINT\n"
    "  1  the rule pack has issues, or can't be read\n"
    "  2  wrong flags, or an address that is not loopback\n"
    "  3  the address can't be listened on";

bool IsFolder(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error);
}

}  // namespace

std::variant<ServerFlags, ServerExit> ParseServerFlags(int argc, const char* const* argv,
                                                       const std::filesystem::path& installed_pack, std::ostream& out,
                                                       std::ostream& err) {
  ServerFlags flags;
  std::string pack;
  std::string address = ToString(flags.address);
  CLI::App app(kAbout, "myokined");
  app.footer(kExitCodes);
  app.set_version_flag("--version", "myokined " MYOKINE_VERSION);
  app.add_option("--pack", pack, "Folder of the rule pack (default: ./rules, else " + installed_pack.string() + ")")
      ->option_text("FOLDER");
  app.add_option("--address", address,
                 "Loopback address to listen on (default: " + address + "); port 0: any free port")
      ->option_text("HOST:PORT");
  CLI::Option* reflection = app.add_flag_callback(
                                   "--reflection", [&flags] { flags.reflection = true; },
                                   "Describe the services to tools such as grpcurl (default)")
                                ->option_text(" ");
  app.add_flag_callback(
         "--no-reflection", [&flags] { flags.reflection = false; }, "Do not describe them")
      ->excludes(reflection)
      ->option_text(" ");
  app.add_option("--log-level", flags.log_level, "Least level to log: debug, info, warning, error, off (default: info)")
      ->check(CLI::IsMember(LogLevels()).description(""))
      ->option_text("LEVEL");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& answered) {
    app.exit(answered, out, err);
    return ServerExit::kStopped;
  } catch (const CLI::Error& mistake) {
    err << "myokined: " << mistake.what() << " (see myokined --help)\n";
    return ServerExit::kUsage;
  }

  const absl::StatusOr<ListenAddress> parsed = ParseListenAddress(address);
  if (!parsed.ok()) {
    err << "myokined: " << parsed.status().message() << '\n';
    return ServerExit::kUsage;
  }
  flags.address = *parsed;

  flags.pack = !pack.empty()       ? std::filesystem::path(pack)
               : IsFolder("rules") ? std::filesystem::path("rules")
                                   : installed_pack;
  if (!IsFolder(flags.pack)) {
    err << "myokined: no rule pack at " << flags.pack.string() << ": give its folder with --pack\n";
    return ServerExit::kUsage;
  }
  return flags;
}

}  // namespace myokine
