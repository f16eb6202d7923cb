// Time zones by name or offset.
#ifndef MYOKINE_ENGINE_EXPR_TIME_ZONE_H_
#define MYOKINE_ENGINE_EXPR_TIME_ZONE_H_

#include <string_view>

#include "absl/time/time.h"

namespace myokine {

// Finds an IANA time zone such as `Asia/Tokyo` or `UTC`; false when there is none of that name. Names come from
// strangers: whatever could lead out of the time zone database (`..`, `/etc/passwd`, `file:x`) or depends on the
// machine (`localtime`) is no name.
bool FindTimeZone(std::string_view name, absl::TimeZone& zone);

// The same, and fixed offsets from UTC besides: `+09:00`, `-02:30`, `05:45`.
bool FindTimeZoneOrOffset(std::string_view name, absl::TimeZone& zone);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_TIME_ZONE_H_
