#include "clients/cli/pack_folder.h"

#include <system_error>

namespace myokine::cli {

std::filesystem::path PackFolder(const std::string& given) {
  if (!given.empty()) return given;
  std::error_code error;
  const std::filesystem::path here = "rules";
  return std::filesystem::is_directory(here, error) ? here : std::filesystem::path(MYOKINE_INSTALLED_PACK);
}

}  // namespace myokine::cli
