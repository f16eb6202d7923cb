// Runs a fuzz target over every file of the folders given: the corpora as plain tests, with any compiler.
// Usage: replay_TARGET FOLDER...   exits with 2 when a folder can't be read or holds no file.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

namespace fs = std::filesystem;

// Regular files below `folder`, sorted; empty when it can't be read.
std::vector<fs::path> FilesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (auto it = fs::recursive_directory_iterator(folder, error); !error && it != fs::recursive_directory_iterator();
       it.increment(error)) {
    if (it->is_regular_file()) files.push_back(it->path());
  }
  if (error) files.clear();
  std::sort(files.begin(), files.end());
  return files;
}

// False when the file can't be read.
bool Replay(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  // A block of exactly this size, so that AddressSanitizer sees a read past its end.
  const auto bytes = std::make_unique<uint8_t[]>(text.size());
  std::copy(text.begin(), text.end(), bytes.get());
  LLVMFuzzerTestOneInput(bytes.get(), text.size());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: " << argv[0] << " FOLDER...\n";
    return 2;
  }
  size_t count = 0;
  for (int i = 1; i < argc; ++i) {
    const std::vector<fs::path> files = FilesBelow(argv[i]);
    if (files.empty()) {
      std::cerr << argv[0] << ": no file to replay in " << argv[i] << '\n';
      return 2;
    }
    for (const fs::path& file : files) {
      std::cerr << "replaying " << file.string() << std::endl;  // the last one named is the one that failed
      if (!Replay(file)) {
        std::cerr << argv[0] << ": can't read " << file.string() << '\n';
        return 2;
      }
      ++count;
    }
  }
  std::cout << "replayed " << count << " inputs" << std::endl;
  return 0;
}
