// Durations, whole nanoseconds of 64 bits, and timestamps of the years 1 to 9999.
#include <functional>
#include <limits>
#include <string>

#include "absl/strings/ascii.h"
#include "engine/expr/overloads.h"
#include "engine/expr/time_zone.h"

namespace myokine {
namespace {

constexpr absl::Time kFirst = absl::FromUnixSeconds(-62135596800);
constexpr absl::Time kEnd = absl::FromUnixSeconds(253402300800);

Value InRange(absl::Time time, Arena& arena) {
  if (time < kFirst || time >= kEnd) return arena.Fail("timestamp out of range: only years 1 to 9999");
  return time;
}
Value InRange(absl::Duration duration, Arena& arena) {
  const bool fits = duration >= absl::Nanoseconds(std::numeric_limits<int64_t>::min()) &&
                    duration <= absl::Nanoseconds(std::numeric_limits<int64_t>::max());
  return fits ? Value(duration) : Value(arena.Fail("duration out of range: at most 292 years"));
}

// ---- conversions ----
Value DurationOf(Args a, Arena& arena) {
  absl::Duration duration;
  if (!absl::ParseDuration(std::string(Get<std::string_view>(a[0])), &duration))
    return arena.Fail("not a duration, such as `48h` or `90s`");
  return InRange(absl::Trunc(duration, absl::Nanoseconds(1)), arena);
}
Value TimestampOf(Args a, Arena& arena) {
  const std::string text(Get<std::string_view>(a[0]));
  absl::Time time;
  std::string why;
  const bool digit = !text.empty() && absl::ascii_isdigit(static_cast<unsigned char>(text.front()));
  if (!digit || absl::ascii_isspace(static_cast<unsigned char>(text.back())) ||
      !absl::ParseTime(absl::RFC3339_full, text, &time, &why)) {
    return arena.Fail("not an RFC 3339 time, such as `2026-01-15T09:00:00Z`");
  }
  return InRange(absl::UnixEpoch() + absl::Floor(time - absl::UnixEpoch(), absl::Nanoseconds(1)), arena);
}
Value TimestampOfInt(Args a, Arena& arena) { return InRange(absl::FromUnixSeconds(Get<int64_t>(a[0])), arena); }
Value IntOfTimestamp(Args a, Arena&) { return absl::ToUnixSeconds(Get<absl::Time>(a[0])); }

// ---- arithmetic ----
Value AddDuration(Args a, Arena& arena) {
  return InRange(Get<absl::Duration>(a[0]) + Get<absl::Duration>(a[1]), arena);
}
Value SubDuration(Args a, Arena& arena) {
  return InRange(Get<absl::Duration>(a[0]) - Get<absl::Duration>(a[1]), arena);
}
Value AddTime(Args a, Arena& arena) { return InRange(Get<absl::Time>(a[0]) + Get<absl::Duration>(a[1]), arena); }
Value AddTimeLeft(Args a, Arena& arena) { return InRange(Get<absl::Time>(a[1]) + Get<absl::Duration>(a[0]), arena); }
Value SubTime(Args a, Arena& arena) { return InRange(Get<absl::Time>(a[0]) - Get<absl::Duration>(a[1]), arena); }
Value TimeBetween(Args a, Arena& arena) { return InRange(Get<absl::Time>(a[0]) - Get<absl::Time>(a[1]), arena); }

// ---- parts ----
Value HoursOf(Args a, Arena&) { return absl::ToInt64Hours(Get<absl::Duration>(a[0])); }
Value MinutesOf(Args a, Arena&) { return absl::ToInt64Minutes(Get<absl::Duration>(a[0])); }
Value SecondsOf(Args a, Arena&) { return absl::ToInt64Seconds(Get<absl::Duration>(a[0])); }
Value MillisecondsOf(Args a, Arena&) { return absl::ToInt64Milliseconds(Get<absl::Duration>(a[0])) % 1000; }

enum class Part { kYear, kMonth, kDate, kDayOfMonth, kDayOfWeek, kDayOfYear, kHour, kMinute, kSecond, kMillisecond };
template <Part part>
Value TimePart(Args a, Arena& arena) {
  absl::TimeZone zone = absl::UTCTimeZone();
  if (a.size() == 2 && !FindTimeZoneOrOffset(Get<std::string_view>(a[1]), zone)) return arena.Fail("unknown time zone");
  const absl::TimeZone::CivilInfo info = zone.At(Get<absl::Time>(a[0]));
  const absl::CivilSecond civil = info.cs;
  switch (part) {
    case Part::kYear: return int64_t{civil.year()};
    case Part::kMonth: return int64_t{civil.month() - 1};
    case Part::kDate: return int64_t{civil.day()};
    case Part::kDayOfMonth: return int64_t{civil.day() - 1};
    case Part::kDayOfWeek: return (static_cast<int64_t>(absl::GetWeekday(civil)) + 1) % 7;  // Sunday is 0
    case Part::kDayOfYear: return int64_t{absl::GetYearDay(civil) - 1};
    case Part::kHour: return int64_t{civil.hour()};
    case Part::kMinute: return int64_t{civil.minute()};
    case Part::kSecond: return int64_t{civil.second()};
    case Part::kMillisecond: return absl::ToInt64Milliseconds(info.subsecond);
  }
  return arena.Fail("no such part");
}

constexpr Overload kOverloads[] = {
    {"+", false, "DD", 'D', AddDuration},
    {"+", false, "TD", 'T', AddTime},
    {"+", false, "DT", 'T', AddTimeLeft},
    {"-", false, "DD", 'D', SubDuration},
    {"-", false, "TD", 'T', SubTime},
    {"-", false, "TT", 'D', TimeBetween},
    {"<", false, "DD", 'b', Order<absl::Duration, std::less<>>},
    {"<=", false, "DD", 'b', Order<absl::Duration, std::less_equal<>>},
    {">", false, "DD", 'b', Order<absl::Duration, std::greater<>>},
    {">=", false, "DD", 'b', Order<absl::Duration, std::greater_equal<>>},
    {"<", false, "TT", 'b', Order<absl::Time, std::less<>>},
    {"<=", false, "TT", 'b', Order<absl::Time, std::less_equal<>>},
    {">", false, "TT", 'b', Order<absl::Time, std::greater<>>},
    {">=", false, "TT", 'b', Order<absl::Time, std::greater_equal<>>},
    {"duration", false, "D", 'D', ItSelf},
    {"duration", false, "s", 'D', DurationOf},
    {"timestamp", false, "T", 'T', ItSelf},
    {"timestamp", false, "s", 'T', TimestampOf},
    {"timestamp", false, "i", 'T', TimestampOfInt},
    {"int", false, "T", 'i', IntOfTimestamp},
    {"getHours", true, "D", 'i', HoursOf},
    {"getMinutes", true, "D", 'i', MinutesOf},
    {"getSeconds", true, "D", 'i', SecondsOf},
    {"getMilliseconds", true, "D", 'i', MillisecondsOf},
    {"getFullYear", true, "T", 'i', TimePart<Part::kYear>},
    {"getFullYear", true, "Ts", 'i', TimePart<Part::kYear>},
    {"getMonth", true, "T", 'i', TimePart<Part::kMonth>},
    {"getMonth", true, "Ts", 'i', TimePart<Part::kMonth>},
    {"getDate", true, "T", 'i', TimePart<Part::kDate>},
    {"getDate", true, "Ts", 'i', TimePart<Part::kDate>},
    {"getDayOfMonth", true, "T", 'i', TimePart<Part::kDayOfMonth>},
    {"getDayOfMonth", true, "Ts", 'i', TimePart<Part::kDayOfMonth>},
    {"getDayOfWeek", true, "T", 'i', TimePart<Part::kDayOfWeek>},
    {"getDayOfWeek", true, "Ts", 'i', TimePart<Part::kDayOfWeek>},
    {"getDayOfYear", true, "T", 'i', TimePart<Part::kDayOfYear>},
    {"getDayOfYear", true, "Ts", 'i', TimePart<Part::kDayOfYear>},
    {"getHours", true, "T", 'i', TimePart<Part::kHour>},
    {"getHours", true, "Ts", 'i', TimePart<Part::kHour>},
    {"getMinutes", true, "T", 'i', TimePart<Part::kMinute>},
    {"getMinutes", true, "Ts", 'i', TimePart<Part::kMinute>},
    {"getSeconds", true, "T", 'i', TimePart<Part::kSecond>},
    {"getSeconds", true, "Ts", 'i', TimePart<Part::kSecond>},
    {"getMilliseconds", true, "T", 'i', TimePart<Part::kMillisecond>},
    {"getMilliseconds", true, "Ts", 'i', TimePart<Part::kMillisecond>},
};

}  // namespace

absl::Span<const Overload> TimeOverloads() { return kOverloads; }

}  // namespace myokine
