// Breaks text into lines of a terminal.
#ifndef MYOKINE_CLIENTS_CLI_WRAP_H_
#define MYOKINE_CLIENTS_CLI_WRAP_H_

#include <string>
#include <string_view>
#include <vector>

namespace myokine::cli {

// The lines of `text`, each at most `columns` wide (at least 2), at least one line. Breaks at blanks, and between
// Japanese characters, though never before a closing mark such as `、` or `」`, nor after an opening one such as `「`.
// A word that is wider than a line is cut. Blanks are collapsed; bad and control characters are treated as in Glyphs().
std::vector<std::string> Wrap(std::string_view text, int columns);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_WRAP_H_
