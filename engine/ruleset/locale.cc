#include "engine/ruleset/locale.h"

#include "absl/strings/match.h"

namespace myokine {

std::string_view ResolveLocale(std::string_view tag) {
  const std::string language(tag.substr(0, tag.find_first_of("-_")));
  return absl::EqualsIgnoreCase(language, "ja") ? "ja" : "en";
}

const std::string& Pick(const v1::Text& text, std::string_view locale) {
  return locale == "ja" && !text.ja().empty() ? text.ja() : text.en();
}

}  // namespace myokine
