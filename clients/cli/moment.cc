#include "clients/cli/moment.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace myokine::cli {

std::string SetMoment(const std::string& at, google::protobuf::Timestamp& moment) {
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, at, &time, nullptr))
    return absl::StrCat("--at `", at, "` should look like 2026-01-15T09:00:00Z");
  const int64_t seconds = absl::ToUnixSeconds(time);
  moment.set_seconds(seconds);
  moment.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return "";
}

}  // namespace myokine::cli
