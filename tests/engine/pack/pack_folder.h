// A rule pack in a folder of its own, and issues as short lines.
#ifndef MYOKINE_TESTS_ENGINE_PACK_PACK_FOLDER_H_
#define MYOKINE_TESTS_ENGINE_PACK_PACK_FOLDER_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/expr/issue.h"
#include "engine/pack/loaded_pack.h"
#include "tests/support/temp_folder.h"

namespace myokine {

// The smallest `pack:` that loads.
inline constexpr char kPackInfo[] =
    "pack: {id: tiny, version: 0.1.0, title: {en: Tiny, ja: 小}, notice: {en: No diagnosis, ja: 診断しません}}\n";

// Expects of each issue what STYLE.md asks of messages: lower case, no full stop.
inline void ExpectStyle(const Issues& issues) {
  for (const Issue& issue : issues.list()) {
    for (const std::string& text : {issue.message, issue.hint}) {
      if (text.empty()) continue;
      EXPECT_FALSE(absl::ascii_isupper(static_cast<unsigned char>(text.front()))) << text;
      EXPECT_NE(text.back(), '.') << text;
    }
    EXPECT_FALSE(issue.message.empty());
    EXPECT_FALSE(issue.code.empty()) << issue.message;
  }
}

// Each issue as `file:line:column code`, the file below `folder`.
inline std::vector<std::string> Places(const Issues& issues, const std::filesystem::path& folder = "") {
  ExpectStyle(issues);
  std::vector<std::string> places;
  for (const Issue& issue : issues.list()) {
    Location at = issue.at;
    if (!folder.empty()) at.file = std::filesystem::path(at.file).lexically_relative(folder).generic_string();
    places.push_back(absl::StrCat(ToString(at), " ", issue.code));
  }
  return places;
}

// Each issue as it is printed, for failures.
inline std::string Print(const Issues& issues) {
  std::string text;
  for (const Issue& issue : issues.list()) absl::StrAppend(&text, ToString(issue), "\n");
  return text;
}

// A folder to write a pack to, and to load it from.
class PackFolder {
 public:
  const std::filesystem::path& path() const { return folder_.path(); }

  // Writes a file; its name may have folders.
  void Write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_.path() / name).parent_path());
    folder_.Write(name, text);
  }

  // Loads the pack below the folder; `issues` holds the mistakes of this load alone.
  absl::StatusOr<std::unique_ptr<LoadedPack>> Load(const std::string& below = "") {
    issues = Issues();
    return LoadPack(below.empty() ? folder_.path() : folder_.path() / below, issues);
  }

  // The issues of the last load, files below the folder.
  std::vector<std::string> IssuePlaces() const { return Places(issues, folder_.path()); }

  Issues issues;

 private:
  TempFolder folder_;
};

}  // namespace myokine

#endif  // MYOKINE_TESTS_ENGINE_PACK_PACK_FOLDER_H_
