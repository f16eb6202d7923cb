#include "service/page_token.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace myokine {
namespace {

// First part of every token: the form may change, and old tokens must then be refused.
constexpr char kForm[] = "1";
// Ids, digests and names of collections hold none.
constexpr char kSeparator[] = "\n";

// Enough of a digest to tell packs apart.
std::string Brief(const std::string& digest) { return digest.substr(0, 16); }

}  // namespace

std::string MakePageToken(const std::string& collection, const std::string& digest, const std::string& last_id) {
  return absl::WebSafeBase64Escape(absl::StrJoin({std::string(kForm), collection, Brief(digest), last_id}, kSeparator));
}

absl::StatusOr<std::string> ReadPageToken(const std::string& token, const std::string& collection,
                                          const std::string& digest) {
  std::string text;
  if (!absl::WebSafeBase64Unescape(token, &text)) return absl::InvalidArgumentError("not a token of this method");
  const std::vector<std::string> parts = absl::StrSplit(text, kSeparator);
  if (parts.size() != 4 || parts[0] != kForm || parts[1] != collection) {
    return absl::InvalidArgumentError("not a token of this method");
  }
  if (parts[2] != Brief(digest))
    return absl::AbortedError("the rule pack has changed since: list again from the first page");
  return parts[3];
}

}  // namespace myokine
