// The files of a pack's folder.
#ifndef MYOKINE_ENGINE_PACK_PACK_FILES_H_
#define MYOKINE_ENGINE_PACK_PACK_FILES_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/expr/issue.h"

namespace myokine {

// Most files of a pack, and most bytes of all of them.
inline constexpr size_t kMostPackFiles = 4096;
inline constexpr size_t kMostPackBytes = size_t{128} << 20;

// One file of a pack.
struct PackFile {
  std::string name;  // path below the folder, with `/` between folders
  std::string path;  // path to show to people: the folder as given, and the name
  std::string text;
};

// Reads every `*.yaml` below `folder`, sorted by name byte by byte. Hidden files and folders (`.name`) are passed over,
// links to folders are not followed, and a link to a file only when the file lies within the folder. Errors: kNotFound
// when `folder` is not a folder or holds no YAML file that can be read. Codes: `unreadable-file`, `outside-link`,
// `unread-file` (a `*.yml`, which is not read), `too-large`, `too-many-files`.
absl::StatusOr<std::vector<PackFile>> ReadPackFiles(const std::filesystem::path& folder, Issues& issues);

// The digest of a pack: SHA-256, lower-case hexadecimal, over for each file in order
//   <bytes of the name in decimal> <name> <bytes of the text in decimal> <text>
// with one blank between each of the four and nothing between files; then, when there is a base, `base <its digest>`.
std::string PackDigest(const std::vector<PackFile>& files, const std::string& base_digest);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_PACK_FILES_H_
