#include "engine/pack/pack_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/pack/yaml_tree.h"
#include "openssl/evp.h"

namespace myokine {
namespace {

namespace fs = std::filesystem;

// Whether `path`, both of them canonical, lies below `folder`.
bool LiesWithin(const fs::path& path, const fs::path& folder) {
  const auto [in_folder, in_path] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return in_folder == folder.end() && in_path != path.end();
}

// Reads the files below one folder.
class FolderReader {
 public:
  FolderReader(fs::path folder, fs::path canonical, Issues& issues)
      : folder_(std::move(folder)), canonical_(std::move(canonical)), issues_(issues) {}

  std::vector<PackFile> Read() {
    std::error_code error;
    fs::recursive_directory_iterator it(folder_, error);
    for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
      if (it->path().filename().string().starts_with('.')) {
        it.disable_recursion_pending();
      } else if (!Visit(it->path())) {
        break;
      }
    }
    if (error) AddIssue(folder_.string(), "unreadable-file", absl::StrCat("cannot be listed: ", error.message()), "");
    std::sort(files_.begin(), files_.end(), [](const PackFile& a, const PackFile& b) { return a.name < b.name; });
    return std::move(files_);
  }

 private:
  // Takes a file in; false when there are too many.
  bool Visit(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status)) return true;
    const std::string extension = path.extension().string();
    if (extension == ".yml") {
      AddIssue(path.string(), "unread-file", "only files named `*.yaml` are read", "rename it to `.yaml`");
    }
    if (extension != ".yaml") return true;
    const fs::path target = fs::canonical(path, error);
    if (error || !fs::is_regular_file(status)) {
      AddIssue(path.string(), "unreadable-file", "this is not a file that can be read", "");
      return true;
    }
    if (!LiesWithin(target, canonical_)) {
      AddIssue(path.string(), "outside-link", "this link leads out of the pack's folder, so it is not followed",
               "copy the file, or extend the pack that it belongs to");
      return true;
    }
    return Load(path);
  }

  bool Load(const fs::path& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (!error && size > kMostYamlBytes) {
      AddIssue(path.string(), "too-large", absl::StrCat("the file is larger than ", kMostYamlBytes >> 20, " MiB"),
               "split it into several files");
      return true;
    }
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (error || !in) {
      AddIssue(path.string(), "unreadable-file", "the file cannot be read", "check its permissions");
      return true;
    }
    bytes_ += text.size();
    if (files_.size() >= kMostPackFiles || bytes_ > kMostPackBytes) {
      AddIssue(folder_.string(), "too-many-files",
               absl::StrCat("the pack has more than ", kMostPackFiles, " files or ", kMostPackBytes >> 20, " MiB"), "");
      return false;
    }
    files_.push_back({path.lexically_relative(folder_).generic_string(), path.string(), std::move(text)});
    return true;
  }

  void AddIssue(std::string file, std::string code, std::string message, std::string hint) {
    issues_.Add({{std::move(file), 0, 0}, std::move(code), std::move(message), std::move(hint), ""});
  }

  fs::path folder_;
  fs::path canonical_;
  Issues& issues_;
  std::vector<PackFile> files_;
  size_t bytes_ = 0;
};

}  // namespace

absl::StatusOr<std::vector<PackFile>> ReadPackFiles(const fs::path& folder, Issues& issues) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return absl::NotFoundError(absl::StrCat("no pack folder `", folder.string(), "`"));
  }
  const fs::path canonical = fs::canonical(folder, error);
  if (error) return absl::NotFoundError(absl::StrCat("cannot read `", folder.string(), "`: ", error.message()));
  std::vector<PackFile> files = FolderReader(folder, canonical, issues).Read();
  if (files.empty()) {
    return absl::NotFoundError(absl::StrCat("no `*.yaml` file that can be read below `", folder.string(), "`"));
  }
  return files;
}

std::string PackDigest(const std::vector<PackFile>& files, const std::string& base_digest) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  const auto add = [&](std::string_view bytes) { EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()); };
  for (const PackFile& file : files) {
    add(absl::StrCat(file.name.size(), " ", file.name, " ", file.text.size(), " "));
    add(file.text);
  }
  if (!base_digest.empty()) add(absl::StrCat("base ", base_digest));
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), &length);
  digest.resize(length);
  return absl::BytesToHexString(digest);
}

}  // namespace myokine
