#include "clients/cli/issue_printer.h"

#include <algorithm>
#include <string_view>

namespace myokine::cli {

std::string IssueText(const Issue& issue, const Palette& palette) {
  const std::string text = ToString(issue);
  const size_t place_end = issue.message.empty() ? std::string::npos : text.find(issue.message);
  if (place_end == std::string::npos) return text;
  const std::string_view place = std::string_view(text).substr(0, place_end);
  const size_t line_end = std::min(text.find('\n'), text.size());
  const std::string_view what = std::string_view(text).substr(place_end, line_end - place_end);
  return palette.Paint(Tone::kStrong, place) + palette.Paint(Tone::kBad, what) + text.substr(line_end);
}

void PrintIssues(const std::vector<Issue>& issues, const Palette& palette, std::ostream& out) {
  for (const Issue& issue : issues) out << IssueText(issue, palette) << '\n';
}

}  // namespace myokine::cli
