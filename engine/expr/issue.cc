#include "engine/expr/issue.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

// Longer words are not looked up: nobody slips in the middle of a paragraph.
constexpr size_t kLongestWord = 64;

// The word as DidYouMean compares it.
std::string Fold(std::string_view word) {
  std::string folded;
  for (char c : word) {
    if (c != '_' && c != '-') folded.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
  }
  return folded;
}

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. Both at most kLongestWord
// long.
size_t EditDistance(std::string_view a, std::string_view b) {
  using Row = std::array<size_t, kLongestWord + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    before_last = last;
    last = row;
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

// Blanks as wide as `text` looks in a terminal: characters from U+3000 on take two columns.
std::string Blank(std::string_view text) {
  std::string blank;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == '\t') {
      blank.push_back('\t');
    } else if (byte < 0x80 || (byte >= 0xC0 && byte < 0xE3)) {
      blank.push_back(' ');
    } else if (byte >= 0xE3) {
      blank.append("  ");
    }
  }
  return blank;
}

auto PlaceOf(const Issue& issue) { return std::tie(issue.at.file, issue.at.line, issue.at.column); }

}  // namespace

void Issues::Add(Issue issue) {
  if (full()) {
    ++dropped_;
  } else {
    list_.push_back(std::move(issue));
  }
}

void Issues::Append(const Issues& other) {
  for (const Issue& issue : other.list_) Add(issue);
  dropped_ += other.dropped_;
}

void Issues::Sort() {
  std::stable_sort(list_.begin(), list_.end(), [](const Issue& a, const Issue& b) { return PlaceOf(a) < PlaceOf(b); });
  std::vector<Issue> kept;
  kept.reserve(list_.size());
  for (Issue& issue : list_) {
    // At most kMost are kept, so comparing each with all is cheap.
    const bool repeated = std::any_of(kept.begin(), kept.end(), [&](const Issue& other) {
      return other.at == issue.at && other.code == issue.code && other.message == issue.message;
    });
    if (!repeated) kept.push_back(std::move(issue));
  }
  list_ = std::move(kept);
}

std::string ToString(const Location& at) {
  std::string text = at.file;
  if (at.line > 0) absl::StrAppend(&text, ":", at.line);
  if (at.line > 0 && at.column > 0) absl::StrAppend(&text, ":", at.column);
  return text;
}

std::string ToString(const Issue& issue) {
  const std::string place = ToString(issue.at);
  std::string text = absl::StrCat(place, place.empty() ? "" : ": ", issue.message, " [", issue.code, "]");
  if (!issue.source.empty() && issue.at.line > 0) {
    absl::StrAppend(&text, "\n", absl::Dec(issue.at.line, absl::kSpacePad5), " | ", issue.source);
    const auto column = static_cast<size_t>(std::max(issue.at.column, 0));
    if (column > 0 && column <= issue.source.size() + 1) {
      absl::StrAppend(&text, "\n      | ", Blank(std::string_view(issue.source).substr(0, column - 1)), "^");
    }
  }
  if (!issue.hint.empty()) absl::StrAppend(&text, "\n  hint: ", issue.hint);
  return text;
}

std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string folded = Fold(word);
  if (folded.empty() || folded.size() > kLongestWord) return "";
  const std::string* nearest = nullptr;
  size_t distance = word.size() / 3 + 1;
  for (const std::string& candidate : candidates) {
    const std::string other = Fold(candidate);
    if (other.empty() || other.size() > kLongestWord) continue;
    if (std::max(folded.size(), other.size()) - std::min(folded.size(), other.size()) >= distance) continue;
    const size_t found = EditDistance(folded, other);
    if (found < distance) {
      distance = found;
      nearest = &candidate;
    }
  }
  return nearest == nullptr ? "" : *nearest;
}

std::string SuggestionFor(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = DidYouMean(word, candidates);
  return near.empty() ? "" : absl::StrCat("did you mean `", near, "`?");
}

}  // namespace myokine
