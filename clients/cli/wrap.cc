#include "clients/cli/wrap.h"

#include <algorithm>

#include "clients/cli/display_width.h"

namespace myokine::cli {
namespace {

// Marks that may not begin a line (JIS X 4051, the common ones), and those that may not end one.
constexpr std::u32string_view kNoLineStart =
    U"、。，．・：；？！ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ）」』】〕〉》］｝％～%,.:;?!)]}";
constexpr std::u32string_view kNoLineEnd = U"「『【〔〈《（［｛([{";

bool MayNotStart(char32_t code) { return kNoLineStart.find(code) != std::u32string_view::npos; }
bool MayNotEnd(char32_t code) { return kNoLineEnd.find(code) != std::u32string_view::npos; }

// Glyphs that stay together on a line.
struct Unit {
  std::vector<Glyph> glyphs;
  int columns = 0;
  bool blank_before = false;
};

// True when a line may break between two neighbouring glyphs that no blank parts.
bool BreaksBetween(const Glyph& before, const Glyph& after) {
  if (before.columns != 2 && after.columns != 2) return false;  // inside a word
  return after.columns > 0 && !MayNotEnd(before.code) && !MayNotStart(after.code);
}

std::vector<Unit> Units(std::string_view text) {
  std::vector<Unit> units;
  bool blank = false;
  for (Glyph& glyph : Glyphs(text)) {
    if (glyph.code == ' ') {
      blank = true;
      continue;
    }
    if (units.empty() || blank || BreaksBetween(units.back().glyphs.back(), glyph)) {
      const bool blank_before = blank && !units.empty();
      units.emplace_back().blank_before = blank_before;
    }
    blank = false;
    units.back().columns += glyph.columns;
    units.back().glyphs.push_back(std::move(glyph));
  }
  return units;
}

}  // namespace

std::vector<std::string> Wrap(std::string_view text, int columns) {
  columns = std::max(columns, 2);
  std::vector<std::string> lines(1);
  int used = 0;
  const auto new_line = [&] {
    lines.emplace_back();
    used = 0;
  };
  for (const Unit& unit : Units(text)) {
    const int blank = unit.blank_before && used > 0 ? 1 : 0;
    if (used > 0 && used + blank + unit.columns > columns) {
      new_line();
    } else if (blank == 1) {
      lines.back() += ' ';
      ++used;
    }
    for (const Glyph& glyph : unit.glyphs) {
      if (used + glyph.columns > columns) new_line();
      lines.back() += glyph.bytes;
      used += glyph.columns;
    }
  }
  return lines;
}

}  // namespace myokine::cli
