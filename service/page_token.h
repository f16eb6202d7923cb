// Tokens of list methods: where the next page begins. Opaque to callers, and good for one method of one pack.
#ifndef MYOKINE_SERVICE_PAGE_TOKEN_H_
#define MYOKINE_SERVICE_PAGE_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"

namespace myokine {

// The token for the page after the entry `last_id` of `collection`, such as `exercises`, in the pack with this digest.
// Text that is safe in addresses.
std::string MakePageToken(const std::string& collection, const std::string& digest, const std::string& last_id);

// The `last_id` that `token` was made with.
// Errors: kInvalidArgument when it is no token, or one of another collection; kAborted when the digest is another.
absl::StatusOr<std::string> ReadPageToken(const std::string& token, const std::string& collection,
                                          const std::string& digest);

}  // namespace myokine

#endif  // MYOKINE_SERVICE_PAGE_TOKEN_H_
