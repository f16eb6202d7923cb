// The command line of `myokined`.
#ifndef MYOKINE_SERVICE_COMMAND_LINE_H_
#define MYOKINE_SERVICE_COMMAND_LINE_H_

#include <filesystem>
#include <iosfwd>
#include <string>
#include <variant>

#include "service/listen_address.h"

namespace myokine {

// How `myokined` ends; `--help` tells them too.
enum class ServerExit {
  kStopped = 0,       // stopped by SIGTERM or SIGINT; or --help, --version
  kBadPack = 1,       // the rule pack has issues, or can't be read
  kUsage = 2,         // wrong flags, or an address that is not loopback
  kCannotListen = 3,  // the address can't be listened on
};

// What the flags say.
struct ServerFlags {
  std::filesystem::path pack;      // folder of the rule pack; it exists
  ListenAddress address;           // loopback
  bool reflection = true;          // describe the services to tools
  std::string log_level = "info";  // one of LogLevels()
};

// Reads the flags, or says how to end at once: --help and --version have then been answered on `out`, a mistake has
// been reported in one line on `err`. `installed_pack` is the folder of the pack that is installed with the program;
// the default pack is `./rules`, else this.
std::variant<ServerFlags, ServerExit> ParseServerFlags(int argc, const char* const* argv,
                                                       const std::filesystem::path& installed_pack, std::ostream& out,
                                                       std::ostream& err);

}  // namespace myokine

#endif  // MYOKINE_SERVICE_COMMAND_LINE_H_
