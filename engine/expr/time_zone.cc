#include "engine/expr/time_zone.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"

namespace myokine {

bool FindTimeZone(std::string_view name, absl::TimeZone& zone) {
  if (name.empty() || name.size() > 64 || !absl::ascii_isalpha(static_cast<unsigned char>(name[0]))) return false;
  if (name == "localtime" || name.starts_with("libc:") || name.find("//") != std::string_view::npos) return false;
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '/' || c == '_' || c == '-' || c == '+';
  });
  return plain && absl::LoadTimeZone(std::string(name), &zone);
}

}  // namespace myokine
