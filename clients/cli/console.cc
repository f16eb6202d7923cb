#include "clients/cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace myokine::cli {

Console Console::Standard() {
  Console console{std::cin, std::cout, std::cerr};
  console.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  console.err_is_terminal = isatty(STDERR_FILENO) == 1;
  winsize size = {};
  if (console.out_is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    console.columns = std::clamp(static_cast<int>(size.ws_col), kMinColumns, kMaxColumns);
  }
  console.no_color = std::getenv("NO_COLOR");
  console.term = std::getenv("TERM");
  return console;
}

}  // namespace myokine::cli
