#include "engine/expr/time_zone.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/ascii.h"

namespace myokine {

bool FindTimeZone(std::string_view name, absl::TimeZone& zone) {
  if (name.empty() || name.size() > 64 || !absl::ascii_isalpha(static_cast<unsigned char>(name[0]))) return false;
  if (name == "localtime" || name.starts_with("libc:") || name.find("//") != std::string_view::npos) return false;
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '/' || c == '_' || c == '-' || c == '+';
  });
  if (!plain) return false;
  if (name == "UTC") {
    zone = absl::UTCTimeZone();
    return true;
  }
  // The library remembers every name that it was asked for, so it is asked only for those that the database has.
  static const std::filesystem::path database = [] {
    const char* folder = std::getenv("TZDIR");
    return std::filesystem::path(folder != nullptr && *folder != '\0' ? folder : "/usr/share/zoneinfo");
  }();
  std::error_code error;
  return std::filesystem::is_regular_file(database / name, error) && absl::LoadTimeZone(std::string(name), &zone);
}

bool FindTimeZoneOrOffset(std::string_view name, absl::TimeZone& zone) {
  std::string_view offset = name;
  const bool west = offset.starts_with('-');
  if (west || offset.starts_with('+')) offset.remove_prefix(1);
  const bool shaped = offset.size() == 5 && offset[2] == ':' && std::all_of(offset.begin(), offset.end(), [](char c) {
                        return c == ':' || absl::ascii_isdigit(static_cast<unsigned char>(c));
                      });
  if (!shaped) return FindTimeZone(name, zone);
  auto number = [&offset](size_t at) { return (offset[at] - '0') * 10 + (offset[at + 1] - '0'); };
  if (offset[3] == ':' || number(0) > 23 || number(3) > 59) return false;
  const int seconds = number(0) * 3600 + number(3) * 60;
  zone = absl::FixedTimeZone(west ? -seconds : seconds);
  return true;
}

}  // namespace myokine
