// Colours of a terminal.
#ifndef MYOKINE_CLIENTS_CLI_PALETTE_H_
#define MYOKINE_CLIENTS_CLI_PALETTE_H_

#include <string>
#include <string_view>

namespace myokine::cli {

// When to use colours. `kAuto`: on a terminal, unless the environment asks for none.
enum class ColourMode { kAuto, kAlways, kNever };

// Whether to use colours. `no_color` and `term` are the values of NO_COLOR and TERM, null where they are not set: with
// kAuto, a NO_COLOR that is not empty (https://no-color.org) and a TERM of `dumb` mean none.
bool WantsColour(ColourMode mode, bool is_terminal, const char* no_color, const char* term);

// What a piece of text is, which gives it its look.
enum class Tone {
  kPlain,
  kStrong,  // names, headings
  kFaint,   // grades, paths
  kGood,    // go ahead, points gained
  kWarn,    // cautions
  kBad,     // emergencies, mistakes
};

// Paints text, or leaves it as it is.
class Palette {
 public:
  explicit Palette(bool on) : on_(on) {}

  // `text` in the look of `tone`; `text` itself when colours are off, or there is nothing to paint.
  std::string Paint(Tone tone, std::string_view text) const;

 private:
  bool on_;
};

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_PALETTE_H_
