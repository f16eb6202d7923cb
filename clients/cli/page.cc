#include "clients/cli/page.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "clients/cli/display_width.h"
#include "clients/cli/wrap.h"

namespace myokine::cli {
namespace {

// Narrowest column that text is wrapped to, however deep it is indented.
constexpr int kNarrowest = 16;

std::string Blanks(int count) { return std::string(static_cast<size_t>(std::max(count, 0)), ' '); }

// `text` as Glyphs() leaves it: on one line, without control characters.
std::string Clean(std::string_view text) {
  std::string clean;
  for (const Glyph& glyph : Glyphs(text)) clean += glyph.bytes;
  return clean;
}

}  // namespace

void Page::Gap() {
  if (!text_.empty()) text_ += '\n';
}

void Page::Heading(std::string_view text) {
  Gap();
  Text(0, text, Tone::kStrong);
}

void Page::Text(int indent, std::string_view text, Tone tone) {
  for (const std::string& line : Wrap(text, std::max(columns_ - indent, kNarrowest))) {
    if (!line.empty()) text_ += Blanks(indent) + palette_.Paint(tone, line);
    text_ += '\n';
  }
}

void Page::Labelled(int indent, std::string_view label, int width, Tone label_tone, std::string_view text, Tone tone) {
  const std::string clean = Clean(label);
  const std::vector<std::string> lines = Wrap(text, std::max(columns_ - indent - width, kNarrowest));
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) {
      text_ += Blanks(indent + width);
    } else {
      text_ += Blanks(indent) + palette_.Paint(label_tone, clean);
      if (!lines[i].empty()) text_ += Blanks(std::max(width - DisplayWidth(clean), 1));
    }
    text_ += palette_.Paint(tone, lines[i]) + '\n';
  }
}

void Page::Ends(int indent, std::string_view left, std::string_view right, Tone left_tone, Tone right_tone) {
  const std::string clean = Clean(right);
  const int room = std::max(columns_ - indent - DisplayWidth(clean) - 2, kNarrowest);
  const std::vector<std::string> lines = Wrap(left, room);
  for (size_t i = 0; i < lines.size(); ++i) {
    text_ += Blanks(indent) + palette_.Paint(left_tone, lines[i]);
    if (i == 0) text_ += Blanks(room + 2 - DisplayWidth(lines[i])) + palette_.Paint(right_tone, clean);
    text_ += '\n';
  }
}

}  // namespace myokine::cli
