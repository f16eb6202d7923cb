#include "engine/pack/source_map.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace myokine {
namespace {

using ::google::protobuf::Message;

constexpr int kWholeMessage = 0;  // no field has the number 0
constexpr size_t kLongestLine = 400;

bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

// The byte at which a line begins; npos when the text has fewer lines.
size_t BeginOfLine(std::string_view text, int line) {
  size_t begin = 0;
  for (int i = 1; i < line; ++i) {
    begin = text.find('\n', begin);
    if (begin == std::string_view::npos) return begin;
    ++begin;
  }
  return begin;
}

// Walks over a scalar as written, in step with its value as read.
class ScalarCursor {
 public:
  ScalarCursor(std::string_view text, size_t begin) : text_(text), at_(begin) {
    if (at_ >= text_.size()) return;
    if (text_[at_] == '"' || text_[at_] == '\'') {
      quote_ = text_[at_++];
    } else if (text_[at_] == '|' || text_[at_] == '>') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      SkipBlanks();
    }
  }

  // Steps over what stands for `c`; false when the text says something else.
  bool StepOver(char c) {
    if (IsBlank(c)) {
      if (at_ >= text_.size() || !IsBlank(text_[at_])) return blanks_skipped_;
      SkipBlanks();
      return true;
    }
    Settle(c);
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    blanks_skipped_ = false;
    return true;
  }

  // Steps over what stands before `c` without being part of the value: line breaks, indentation, escapes.
  void Settle(char c) {
    const bool joined = quote_ == '"' && at_ + 1 < text_.size() && text_[at_] == '\\' && text_[at_ + 1] == '\n';
    if (joined) ++at_;  // a backslash at the end of a line joins it to the next
    if (!IsBlank(c) && at_ < text_.size() && IsBlank(text_[at_])) SkipBlanks();
    if (at_ + 1 < text_.size() && quote_ == '"' && text_[at_] == '\\' && text_[at_ + 1] == c) ++at_;
    if (at_ + 1 < text_.size() && quote_ == '\'' && c == '\'' && text_[at_ + 1] == '\'') ++at_;
  }

  size_t at() const { return at_; }

 private:
  void SkipBlanks() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
    blanks_skipped_ = true;
  }

  std::string_view text_;
  size_t at_;
  char quote_ = 0;
  bool blanks_skipped_ = false;  // the blanks of the value that follow are already behind
};

}  // namespace

int SourceMap::FileIndex(const std::string& file) {
  // The file of the last value is nearly always the file of this one.
  for (size_t i = files_.size(); i-- > 0;) {
    if (files_[i] == file) return static_cast<int>(i);
  }
  files_.push_back(file);
  return static_cast<int>(files_.size()) - 1;
}

void SourceMap::Put(const Message* message, const Location& at) { Put(message, kWholeMessage, 0, at); }

void SourceMap::Put(const Message* message, int number, int index, const Location& at) {
  places_[{message, number, index}] = {FileIndex(at.file), at.line, at.column};
}

Location SourceMap::Find(const Message* message) const { return Find(message, kWholeMessage, 0); }

Location SourceMap::Find(const Message* message, int number, int index) const {
  auto found = places_.find({message, number, index});
  if (found == places_.end()) found = places_.find({message, kWholeMessage, 0});
  if (found == places_.end()) return {};
  const Place& place = found->second;
  return {files_[static_cast<size_t>(place.file)], place.line, place.column};
}

Location SourceMap::FindWithin(const Message* message, int number, int index, std::string_view value,
                               size_t offset) const {
  Location at = Find(message, number, index);
  const auto file = texts_.find(at.file);
  if (file == texts_.end() || at.line < 1 || at.column < 1 || offset > value.size()) return at;
  const std::string_view text = file->second;
  const size_t line = BeginOfLine(text, at.line);
  if (line == std::string_view::npos) return at;
  ScalarCursor cursor(text, line + static_cast<size_t>(at.column) - 1);
  for (size_t i = 0; i < offset; ++i) {
    if (!cursor.StepOver(value[i])) return at;
  }
  if (offset < value.size()) cursor.Settle(value[offset]);
  const std::string_view before = text.substr(0, std::min(cursor.at(), text.size()));
  const size_t last_break = before.rfind('\n');
  at.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  at.column = static_cast<int>(before.size() - (last_break == std::string_view::npos ? 0 : last_break + 1)) + 1;
  return at;
}

void SourceMap::PutFile(std::string file, std::string text) { texts_[std::move(file)] = std::move(text); }

std::string SourceMap::Line(const std::string& file, int line) const {
  const auto found = texts_.find(file);
  if (found == texts_.end() || line < 1) return "";
  const std::string_view text = found->second;
  const size_t begin = BeginOfLine(text, line);
  if (begin == std::string_view::npos) return "";
  std::string_view found_line = text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
  if (!found_line.empty() && found_line.back() == '\r') found_line.remove_suffix(1);
  return found_line.size() > kLongestLine ? "" : std::string(found_line);
}

Issue SourceMap::MakeIssue(Location at, std::string code, std::string message, std::string hint) const {
  Issue issue{std::move(at), std::move(code), std::move(message), std::move(hint), ""};
  issue.source = Line(issue.at.file, issue.at.line);
  return issue;
}

void SourceMap::Merge(SourceMap&& other) {
  std::vector<int> index;
  index.reserve(other.files_.size());
  for (const std::string& file : other.files_) index.push_back(FileIndex(file));
  places_.reserve(places_.size() + other.places_.size());
  for (const auto& [key, place] : other.places_) {
    places_[key] = {index[static_cast<size_t>(place.file)], place.line, place.column};
  }
  texts_.merge(other.texts_);
  other.places_.clear();
  other.files_.clear();
  other.texts_.clear();
}

}  // namespace myokine
