// Errors of a call, with details for programs: AIP-193 over gRPC's `grpc-status-details-bin` trailer.
#ifndef MYOKINE_SERVICE_ERROR_DETAILS_H_
#define MYOKINE_SERVICE_ERROR_DETAILS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/recommend/recommend.h"
#include "grpcpp/support/status.h"

namespace myokine {

// Reasons in `ErrorInfo.reason`; stable.
inline constexpr std::string_view kInvalidRequest = "INVALID_REQUEST";  // a field has a value that can't be accepted
inline constexpr std::string_view kInvalidPageToken = "INVALID_PAGE_TOKEN";  // not a token of this method
inline constexpr std::string_view kStalePageToken = "STALE_PAGE_TOKEN";      // the pack has changed since: start again
inline constexpr std::string_view kUnknownVocabulary = "UNKNOWN_VOCABULARY";

// What is said of bytes that are no message.
inline constexpr char kCantBeParsed[] = "can't be parsed";

// `ErrorInfo.domain` of every error.
inline constexpr std::string_view kErrorDomain = "myokine";

// Longest field path and longest description that are sent; longer ones end in `...`. Bytes.
inline constexpr size_t kMaxFieldBytes = 128;
inline constexpr size_t kMaxDescriptionBytes = 256;
// Most bytes of violations that are sent. Clients refuse trailers above 8 KiB by default, base64 and a second copy of
// the first violation included.
inline constexpr size_t kMaxViolationBytes = 2560;

// INVALID_ARGUMENT for `violations`, of which there is at least one. The message is the first violation and says how
// many more there are; the details are an ErrorInfo with `reason`, whose metadata repeat what changes in the message,
// and a BadRequest with the violations, as many as fit.
grpc::Status InvalidArgument(std::string_view reason, const std::vector<FieldViolation>& violations);

}  // namespace myokine

#endif  // MYOKINE_SERVICE_ERROR_DETAILS_H_
