#include "service/error_details.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace myokine {
namespace {

// `text`, or as much of it as `limit` bytes hold together with `...`, without cutting a character in two.
std::string Shortened(std::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  size_t end = limit - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

google::rpc::BadRequest AsMuchAsFits(const std::vector<FieldViolation>& violations) {
  google::rpc::BadRequest bad_request;
  size_t bytes = 0;
  for (const FieldViolation& violation : violations) {
    google::rpc::BadRequest::FieldViolation out;
    out.set_field(Shortened(violation.field, kMaxFieldBytes));
    out.set_description(Shortened(violation.description, kMaxDescriptionBytes));
    bytes += out.ByteSizeLong();
    if (bytes > kMaxViolationBytes) break;
    *bad_request.add_field_violations() = std::move(out);
  }
  return bad_request;
}

}  // namespace

grpc::Status InvalidArgument(std::string_view reason, const std::vector<FieldViolation>& violations) {
  const google::rpc::BadRequest bad_request = AsMuchAsFits(violations);
  const google::rpc::BadRequest::FieldViolation& first = bad_request.field_violations(0);

  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(kErrorDomain));
  (*info.mutable_metadata())["field"] = first.field();
  (*info.mutable_metadata())["description"] = first.description();
  (*info.mutable_metadata())["violation_count"] = absl::StrCat(violations.size());

  google::rpc::Status status;
  status.set_code(grpc::StatusCode::INVALID_ARGUMENT);
  status.set_message(absl::StrCat(first.field(), ": ", first.description()));
  if (violations.size() > 1) absl::StrAppend(status.mutable_message(), " (and ", violations.size() - 1, " more)");
  status.add_details()->PackFrom(info);
  status.add_details()->PackFrom(bad_request);
  return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, status.message(), status.SerializeAsString());
}

}  // namespace myokine
