#include "engine/expr/pattern.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/expr/limits.h"
#include "re2/re2.h"

namespace myokine {

std::unique_ptr<const Pattern> Pattern::Compile(std::string_view text, std::string& why) {
  if (text.size() > kMaxPatternBytes) {
    why = absl::StrCat("a pattern of more than ", kMaxPatternBytes, " bytes");
    return nullptr;
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxPatternMemory);
  auto regex = std::make_unique<const re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
  if (!regex->ok()) {
    why = absl::StrCat("not a pattern: ", regex->error());
    return nullptr;
  }
  return std::unique_ptr<const Pattern>(new Pattern(std::move(regex)));
}

Pattern::Pattern(std::unique_ptr<const re2::RE2> regex) : regex_(std::move(regex)) {}
Pattern::~Pattern() = default;

bool Pattern::Finds(std::string_view text) const {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *regex_);
}

}  // namespace myokine
