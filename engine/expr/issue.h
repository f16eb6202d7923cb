// Issues: an author's mistakes, each with its place in a file. A run collects all of them; a machine's failures (a
// folder that is not there) travel as absl::Status instead.
//
// Messages are lower case, without a full stop, with the author's text in backticks. What is wrong stands in the
// message, how to mend it in the hint. Codes are stable: tests, editors and documentation refer to them.
#ifndef MYOKINE_ENGINE_EXPR_ISSUE_H_
#define MYOKINE_ENGINE_EXPR_ISSUE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace myokine {

// A place in a file. Lines and columns count from 1; 0 means not known. Columns count bytes.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;

  bool operator==(const Location& other) const = default;
};

// `file:line:column`, as far as known.
std::string ToString(const Location& at);

// One mistake.
struct Issue {
  Location at;
  std::string code;     // stable, kebab-case: `unknown-field`
  std::string message;  // what is wrong
  std::string hint;     // how to mend it; may be empty
  std::string source;   // the line of the file, for the caret; may be empty
};

// Mistakes in the order found. Files are untrusted, so no more than kMost are kept; the rest is only counted.
class Issues {
 public:
  static constexpr size_t kMost = 1000;

  void Add(Issue issue);
  void Append(const Issues& other);
  bool empty() const { return list_.empty(); }
  size_t size() const { return list_.size(); }
  // True when what is added now is only counted: no need to look for hints.
  bool full() const { return list_.size() >= kMost; }
  // How many were not kept.
  size_t dropped() const { return dropped_; }
  const std::vector<Issue>& list() const { return list_; }

  // Sorts by file, line and column and drops repetitions.
  void Sort();

 private:
  std::vector<Issue> list_;
  size_t dropped_ = 0;
};

// `file:line:column: message [code]`, then, where known, the line of the file with a caret, and the hint:
//   rules/fish.yaml:3:3: unknown field `wehn` in rule [unknown-field]
//       3 |   wehn: true
//         |   ^
//     hint: did you mean `when`?
std::string ToString(const Issue& issue);

// The candidate that `word` is most likely a slip of: the nearest by edit distance, at most a third of its length away;
// empty when none is near. Two letters swapped count as one slip; case, `_` and `-` count as none.
std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates);

// The hint ``did you mean `...`?``, empty when DidYouMean finds nothing.
std::string SuggestionFor(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_ISSUE_H_
