// A page of text under construction: wraps, indents, aligns and paints.
#ifndef MYOKINE_CLIENTS_CLI_PAGE_H_
#define MYOKINE_CLIENTS_CLI_PAGE_H_

#include <string>
#include <string_view>

#include "clients/cli/palette.h"

namespace myokine::cli {

// Lines are at most `columns` wide, counted as a terminal shows them. Texts are wrapped before they are painted, so
// that colours never move anything.
class Page {
 public:
  Page(int columns, Palette palette) : columns_(columns), palette_(palette) {}

  // An empty line, unless the page is empty.
  void Gap();
  // A heading, with a gap before it.
  void Heading(std::string_view text);
  // Text, wrapped, every line `indent` columns from the left.
  void Text(int indent, std::string_view text, Tone tone = Tone::kPlain);
  // A label at `indent`, and text, wrapped, that begins `width` columns after the label begins.
  void Labelled(int indent, std::string_view label, int width, Tone label_tone, std::string_view text,
                Tone tone = Tone::kPlain);
  // Text at `indent`, wrapped, with `right` at the right edge of its first line.
  void Ends(int indent, std::string_view left, std::string_view right, Tone left_tone, Tone right_tone);

  // The page; every line ends in a line feed and none in a blank.
  const std::string& text() const { return text_; }

 private:
  int columns_;
  Palette palette_;
  std::string text_;
};

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_PAGE_H_
