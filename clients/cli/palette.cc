#include "clients/cli/palette.h"

namespace myokine::cli {
namespace {

// Parameters of the SGR control sequence (ECMA-48), from the 16 colours that every theme adapts.
std::string_view Sgr(Tone tone) {
  switch (tone) {
    case Tone::kPlain: return "";
    case Tone::kStrong: return "1";
    case Tone::kFaint: return "2";
    case Tone::kGood: return "32";
    case Tone::kWarn: return "33";
    case Tone::kBad: return "1;31";
  }
  return "";
}

}  // namespace

bool WantsColour(ColourMode mode, bool is_terminal, const char* no_color, const char* term) {
  if (mode != ColourMode::kAuto) return mode == ColourMode::kAlways;
  const bool refused = no_color != nullptr && *no_color != '\0';
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  return is_terminal && !refused && !dumb;
}

std::string Palette::Paint(Tone tone, std::string_view text) const {
  const std::string_view sgr = Sgr(tone);
  if (!on_ || sgr.empty() || text.empty()) return std::string(text);
  std::string painted = "\x1b[";
  painted.append(sgr).append("m").append(text).append("\x1b[0m");
  return painted;
}

}  // namespace myokine::cli
