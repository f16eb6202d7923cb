// Where a command writes to, and what that place can show.
#ifndef MYOKINE_CLIENTS_CLI_CONSOLE_H_
#define MYOKINE_CLIENTS_CLI_CONSOLE_H_

#include <iosfwd>

#include "clients/cli/palette.h"

namespace myokine::cli {

// Widest output, and what is assumed of anything that is not a terminal. Columns.
inline constexpr int kMaxColumns = 100;
// Narrowest layout; on a narrower terminal lines wrap by themselves.
inline constexpr int kMinColumns = 40;

// Results go to `out`, mistakes and failures to `err`.
struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int columns = kMaxColumns;       // to lay out for; kMinColumns to kMaxColumns
  const char* no_color = nullptr;  // value of NO_COLOR; null: not set
  const char* term = nullptr;      // value of TERM; null: not set

  // The process's own streams and environment.
  static Console Standard();

  // Colours for `out`.
  Palette OutPalette(ColourMode mode) const { return Palette(WantsColour(mode, out_is_terminal, no_color, term)); }
};

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_CONSOLE_H_
