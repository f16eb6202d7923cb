// A folder of its own for one test; gone with it.
#ifndef MYOKINE_TESTS_SUPPORT_TEMP_FOLDER_H_
#define MYOKINE_TESTS_SUPPORT_TEMP_FOLDER_H_

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

namespace myokine {

class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "myokine-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // Writes a file below the folder and returns its path.
  std::string Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = path_ / name;
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }

  // Copies a folder, with all below it, into this one.
  void CopyIn(const std::filesystem::path& from) const {
    std::filesystem::copy(from, path_, std::filesystem::copy_options::recursive);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace myokine

#endif  // MYOKINE_TESTS_SUPPORT_TEMP_FOLDER_H_
