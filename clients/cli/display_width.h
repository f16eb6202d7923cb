// How many columns of a terminal a text takes: Japanese characters take two.
#ifndef MYOKINE_CLIENTS_CLI_DISPLAY_WIDTH_H_
#define MYOKINE_CLIENTS_CLI_DISPLAY_WIDTH_H_

#include <string>
#include <string_view>
#include <vector>

namespace myokine::cli {

// One character of a text and its width.
struct Glyph {
  char32_t code = 0;
  std::string bytes;  // UTF-8
  int columns = 0;    // 0, 1 or 2
};

// Columns of one character: 2 for those that Unicode's EastAsianWidth (15.0) calls wide or fullwidth, 0 for marks that
// combine with the character before, else 1. Ambiguous ones count as 1.
int ColumnsOf(char32_t code);

// The characters of UTF-8 text. Bytes that are not UTF-8 become U+FFFD; control characters are dropped, so that no text
// can move the cursor or change colours, except for a line feed and a tab, which become a space.
std::vector<Glyph> Glyphs(std::string_view text);

// Columns of a whole text, as printed after Glyphs().
int DisplayWidth(std::string_view text);

// `text` with blanks behind it up to `columns`; unchanged when it is as wide already.
std::string PadRight(std::string_view text, int columns);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_DISPLAY_WIDTH_H_
