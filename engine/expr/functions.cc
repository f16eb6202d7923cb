#include "engine/expr/functions.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/expr/time_zone.h"

namespace myokine {
namespace {

using Args = absl::Span<const Value>;

template <typename T>
T Get(const Value& value) {
  return std::get<T>(value);
}
const std::vector<Value>& Items(const Value& value) { return std::get<const ListValue*>(value)->items; }

// ---- int ----
Value AddInt(Args a, Arena& arena) {
  int64_t r;
  return __builtin_add_overflow(Get<int64_t>(a[0]), Get<int64_t>(a[1]), &r) ? Value(arena.Fail("int overflow"))
                                                                            : Value(r);
}
Value SubInt(Args a, Arena& arena) {
  int64_t r;
  return __builtin_sub_overflow(Get<int64_t>(a[0]), Get<int64_t>(a[1]), &r) ? Value(arena.Fail("int overflow"))
                                                                            : Value(r);
}
Value MulInt(Args a, Arena& arena) {
  int64_t r;
  return __builtin_mul_overflow(Get<int64_t>(a[0]), Get<int64_t>(a[1]), &r) ? Value(arena.Fail("int overflow"))
                                                                            : Value(r);
}
Value DivInt(Args a, Arena& arena) {
  const int64_t x = Get<int64_t>(a[0]), y = Get<int64_t>(a[1]);
  if (y == 0) return arena.Fail("division by zero");
  if (x == std::numeric_limits<int64_t>::min() && y == -1) return arena.Fail("int overflow");
  return x / y;
}
Value ModInt(Args a, Arena& arena) {
  const int64_t x = Get<int64_t>(a[0]), y = Get<int64_t>(a[1]);
  if (y == 0) return arena.Fail("modulus by zero");
  if (y == -1) return int64_t{0};
  return x % y;
}
Value NegInt(Args a, Arena& arena) {
  const int64_t x = Get<int64_t>(a[0]);
  if (x == std::numeric_limits<int64_t>::min()) return arena.Fail("int overflow");
  return -x;
}

// ---- double: IEEE, never an error ----
Value AddDouble(Args a, Arena&) { return Get<double>(a[0]) + Get<double>(a[1]); }
Value SubDouble(Args a, Arena&) { return Get<double>(a[0]) - Get<double>(a[1]); }
Value MulDouble(Args a, Arena&) { return Get<double>(a[0]) * Get<double>(a[1]); }
Value DivDouble(Args a, Arena&) { return Get<double>(a[0]) / Get<double>(a[1]); }
Value NegDouble(Args a, Arena&) { return -Get<double>(a[0]); }

// ---- strings and lists ----
// Largest text and longest list that `+` makes: packs come from strangers, and what doubles grows fast.
constexpr size_t kMaxTextBytes = 1 << 20;
constexpr size_t kMaxListItems = 1 << 16;

Value AddString(Args a, Arena& arena) {
  const auto x = Get<std::string_view>(a[0]), y = Get<std::string_view>(a[1]);
  if (x.size() + y.size() > kMaxTextBytes) return arena.Fail("text too long");
  return arena.Keep(std::string(x) + std::string(y));
}
Value AddList(Args a, Arena& arena) {
  const ListValue &x = *Get<const ListValue*>(a[0]), &y = *Get<const ListValue*>(a[1]);
  if (x.items.size() + y.items.size() > kMaxListItems) return arena.Fail("list too long");
  ListValue* list = arena.NewList();
  list->items = x.items;
  list->items.insert(list->items.end(), y.items.begin(), y.items.end());
  std::set_union(x.possible.begin(), x.possible.end(), y.possible.begin(), y.possible.end(),
                 std::back_inserter(list->possible));
  list->missing = x.missing != nullptr && y.missing != nullptr ? arena.Merge({x.missing}, {y.missing}).facts
                  : x.missing != nullptr                       ? x.missing
                                                               : y.missing;
  return static_cast<const ListValue*>(list);
}
Value SizeString(Args a, Arena&) {
  int64_t count = 0;
  for (char c : Get<std::string_view>(a[0])) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}
Value SizeList(Args a, Arena&) { return static_cast<int64_t>(Items(a[0]).size()); }
Value Contains(Args a, Arena&) {
  return Get<std::string_view>(a[0]).find(Get<std::string_view>(a[1])) != std::string_view::npos;
}
Value StartsWith(Args a, Arena&) { return Get<std::string_view>(a[0]).starts_with(Get<std::string_view>(a[1])); }
Value EndsWith(Args a, Arena&) { return Get<std::string_view>(a[0]).ends_with(Get<std::string_view>(a[1])); }

// ---- order ----
template <typename T>
Value Less(Args a, Arena&) {
  return Get<T>(a[0]) < Get<T>(a[1]);
}
template <typename T>
Value LessEqual(Args a, Arena&) {
  return Get<T>(a[0]) <= Get<T>(a[1]);
}
template <typename T>
Value Greater(Args a, Arena&) {
  return Get<T>(a[0]) > Get<T>(a[1]);
}
template <typename T>
Value GreaterEqual(Args a, Arena&) {
  return Get<T>(a[0]) >= Get<T>(a[1]);
}

// ---- numbers ----
inline bool IsNan(double x) { return std::isnan(x); }
inline bool IsNan(int64_t) { return false; }

template <typename T>
Value Least(Args a, Arena&) {
  T best = Get<T>(a[0]);
  for (const Value& value : a) {
    if (IsNan(Get<T>(value))) return value;
    best = std::min(best, Get<T>(value));
  }
  return best;
}
template <typename T>
Value Most(Args a, Arena&) {
  T best = Get<T>(a[0]);
  for (const Value& value : a) {
    if (IsNan(Get<T>(value))) return value;
    best = std::max(best, Get<T>(value));
  }
  return best;
}
template <typename T>
Value LeastOf(Args a, Arena& arena) {
  if (Items(a[0]).empty()) return arena.Fail("min of an empty list");
  return Least<T>(Items(a[0]), arena);
}
template <typename T>
Value MostOf(Args a, Arena& arena) {
  if (Items(a[0]).empty()) return arena.Fail("max of an empty list");
  return Most<T>(Items(a[0]), arena);
}
template <typename T>
Value Clamp(Args a, Arena& arena) {
  if (Get<T>(a[1]) > Get<T>(a[2])) return arena.Fail("clamp with a lower end above the upper one");
  return std::clamp(Get<T>(a[0]), Get<T>(a[1]), Get<T>(a[2]));
}
Value SumInt(Args a, Arena& arena) {
  int64_t sum = 0;
  for (const Value& item : Items(a[0])) {
    if (__builtin_add_overflow(sum, Get<int64_t>(item), &sum)) return arena.Fail("int overflow");
  }
  return sum;
}
Value SumDouble(Args a, Arena&) {
  double sum = 0;
  for (const Value& item : Items(a[0])) sum += Get<double>(item);
  return sum;
}
Value Interpolate(Args a, Arena& arena) {
  const double x = Get<double>(a[0]);
  const std::vector<Value>& points = Items(a[1]);
  if (points.empty()) return arena.Fail("interpolate without points");
  auto at = [&points](size_t i) { return Get<double>(Items(points[i])[0]); };
  auto y = [&points](size_t i) { return Get<double>(Items(points[i])[1]); };
  for (size_t i = 0; i < points.size(); ++i) {
    if (Items(points[i]).size() != 2) return arena.Fail("interpolate wants points `[x, y]`");
    if (i > 0 && !(at(i) > at(i - 1))) return arena.Fail("interpolate wants rising x");
  }
  if (std::isnan(x)) return x;
  if (x <= at(0)) return y(0);
  for (size_t i = 1; i < points.size(); ++i) {
    if (x <= at(i)) return y(i - 1) + (y(i) - y(i - 1)) * (x - at(i - 1)) / (at(i) - at(i - 1));
  }
  return y(points.size() - 1);
}

// ---- conversions ----
Value Same(Args a, Arena&) { return a[0]; }
Value DoubleOfInt(Args a, Arena&) { return static_cast<double>(Get<int64_t>(a[0])); }
Value IntOfDouble(Args a, Arena& arena) {
  const double x = Get<double>(a[0]);
  if (!(x > -9223372036854775808.0 && x < 9223372036854775808.0)) return arena.Fail("double does not fit an int");
  return static_cast<int64_t>(x);
}
Value StringOf(Args a, Arena& arena) { return arena.Keep(ToString(a[0])); }
Value DurationOf(Args a, Arena& arena) {
  absl::Duration duration;
  if (!absl::ParseDuration(std::string(Get<std::string_view>(a[0])), &duration) ||
      duration == absl::InfiniteDuration() || duration == -absl::InfiniteDuration()) {
    return arena.Fail("not a duration, such as `48h` or `90s`");
  }
  return duration;
}
Value TimestampOf(Args a, Arena& arena) {
  absl::Time time;
  std::string why;
  if (!absl::ParseTime(absl::RFC3339_full, std::string(Get<std::string_view>(a[0])), &time, &why) ||
      time == absl::InfiniteFuture() || time == absl::InfinitePast()) {
    return arena.Fail("not an RFC 3339 time");
  }
  return time;
}

// ---- time ----
Value AddDuration(Args a, Arena&) { return Get<absl::Duration>(a[0]) + Get<absl::Duration>(a[1]); }
Value SubDuration(Args a, Arena&) { return Get<absl::Duration>(a[0]) - Get<absl::Duration>(a[1]); }
Value AddTime(Args a, Arena&) { return Get<absl::Time>(a[0]) + Get<absl::Duration>(a[1]); }
Value AddTimeLeft(Args a, Arena&) { return Get<absl::Time>(a[1]) + Get<absl::Duration>(a[0]); }
Value SubTime(Args a, Arena&) { return Get<absl::Time>(a[0]) - Get<absl::Duration>(a[1]); }
Value TimeBetween(Args a, Arena&) { return Get<absl::Time>(a[0]) - Get<absl::Time>(a[1]); }
Value HoursOf(Args a, Arena&) { return absl::ToInt64Hours(Get<absl::Duration>(a[0])); }
Value MinutesOf(Args a, Arena&) { return absl::ToInt64Minutes(Get<absl::Duration>(a[0])); }
Value SecondsOf(Args a, Arena&) { return absl::ToInt64Seconds(Get<absl::Duration>(a[0])); }

enum class Part { kYear, kMonth, kDate, kWeekday, kHour, kMinute };
template <Part part>
Value TimePart(Args a, Arena& arena) {
  absl::TimeZone zone = absl::UTCTimeZone();
  if (a.size() == 2 && !FindTimeZone(Get<std::string_view>(a[1]), zone)) return arena.Fail("unknown time zone");
  const absl::CivilSecond civil = absl::ToCivilSecond(Get<absl::Time>(a[0]), zone);
  switch (part) {
    case Part::kYear: return int64_t{civil.year()};
    case Part::kMonth: return int64_t{civil.month() - 1};
    case Part::kDate: return int64_t{civil.day()};
    case Part::kWeekday: return (static_cast<int64_t>(absl::GetWeekday(civil)) + 1) % 7;  // Sunday is 0
    case Part::kHour: return int64_t{civil.hour()};
    case Part::kMinute: return int64_t{civil.minute()};
  }
  return arena.Fail("no such part");
}

constexpr Overload kOverloads[] = {
    {"+", false, "ii", 'i', AddInt},
    {"+", false, "dd", 'd', AddDouble},
    {"+", false, "ss", 's', AddString},
    {"+", false, "DD", 'D', AddDuration},
    {"+", false, "TD", 'T', AddTime},
    {"+", false, "DT", 'T', AddTimeLeft},
    {"+", false, "AA", 'A', AddList},
    {"-", false, "ii", 'i', SubInt},
    {"-", false, "dd", 'd', SubDouble},
    {"-", false, "DD", 'D', SubDuration},
    {"-", false, "TD", 'T', SubTime},
    {"-", false, "TT", 'D', TimeBetween},
    {"*", false, "ii", 'i', MulInt},
    {"*", false, "dd", 'd', MulDouble},
    {"/", false, "ii", 'i', DivInt},
    {"/", false, "dd", 'd', DivDouble},
    {"%", false, "ii", 'i', ModInt},
    {"neg", false, "i", 'i', NegInt},
    {"neg", false, "d", 'd', NegDouble},
    {"<", false, "ii", 'b', Less<int64_t>},
    {"<", false, "dd", 'b', Less<double>},
    {"<", false, "ss", 'b', Less<std::string_view>},
    {"<", false, "DD", 'b', Less<absl::Duration>},
    {"<", false, "TT", 'b', Less<absl::Time>},
    {"<=", false, "ii", 'b', LessEqual<int64_t>},
    {"<=", false, "dd", 'b', LessEqual<double>},
    {"<=", false, "ss", 'b', LessEqual<std::string_view>},
    {"<=", false, "DD", 'b', LessEqual<absl::Duration>},
    {"<=", false, "TT", 'b', LessEqual<absl::Time>},
    {">", false, "ii", 'b', Greater<int64_t>},
    {">", false, "dd", 'b', Greater<double>},
    {">", false, "ss", 'b', Greater<std::string_view>},
    {">", false, "DD", 'b', Greater<absl::Duration>},
    {">", false, "TT", 'b', Greater<absl::Time>},
    {">=", false, "ii", 'b', GreaterEqual<int64_t>},
    {">=", false, "dd", 'b', GreaterEqual<double>},
    {">=", false, "ss", 'b', GreaterEqual<std::string_view>},
    {">=", false, "DD", 'b', GreaterEqual<absl::Duration>},
    {">=", false, "TT", 'b', GreaterEqual<absl::Time>},
    {"size", false, "s", 'i', SizeString},
    {"size", false, "A", 'i', SizeList},
    {"size", true, "s", 'i', SizeString},
    {"size", true, "A", 'i', SizeList},
    {"contains", true, "ss", 'b', Contains},
    {"startsWith", true, "ss", 'b', StartsWith},
    {"endsWith", true, "ss", 'b', EndsWith},
    {"min", false, "I", 'i', LeastOf<int64_t>},
    {"min", false, "F", 'd', LeastOf<double>},
    {"min", false, "ii*", 'i', Least<int64_t>},
    {"min", false, "dd*", 'd', Least<double>},
    {"max", false, "I", 'i', MostOf<int64_t>},
    {"max", false, "F", 'd', MostOf<double>},
    {"max", false, "ii*", 'i', Most<int64_t>},
    {"max", false, "dd*", 'd', Most<double>},
    {"clamp", false, "iii", 'i', Clamp<int64_t>},
    {"clamp", false, "ddd", 'd', Clamp<double>},
    {"sum", false, "I", 'i', SumInt},
    {"sum", false, "F", 'd', SumDouble},
    {"interpolate", false, "dP", 'd', Interpolate},
    {"int", false, "i", 'i', Same},
    {"int", false, "d", 'i', IntOfDouble},
    {"double", false, "d", 'd', Same},
    {"double", false, "i", 'd', DoubleOfInt},
    {"string", false, "s", 's', Same},
    {"string", false, "i", 's', StringOf},
    {"string", false, "d", 's', StringOf},
    {"string", false, "b", 's', StringOf},
    {"duration", false, "s", 'D', DurationOf},
    {"timestamp", false, "s", 'T', TimestampOf},
    {"getHours", true, "D", 'i', HoursOf},
    {"getMinutes", true, "D", 'i', MinutesOf},
    {"getSeconds", true, "D", 'i', SecondsOf},
    {"getFullYear", true, "T", 'i', TimePart<Part::kYear>},
    {"getFullYear", true, "Ts", 'i', TimePart<Part::kYear>},
    {"getMonth", true, "T", 'i', TimePart<Part::kMonth>},
    {"getMonth", true, "Ts", 'i', TimePart<Part::kMonth>},
    {"getDate", true, "T", 'i', TimePart<Part::kDate>},
    {"getDate", true, "Ts", 'i', TimePart<Part::kDate>},
    {"getDayOfWeek", true, "T", 'i', TimePart<Part::kWeekday>},
    {"getDayOfWeek", true, "Ts", 'i', TimePart<Part::kWeekday>},
    {"getHours", true, "T", 'i', TimePart<Part::kHour>},
    {"getHours", true, "Ts", 'i', TimePart<Part::kHour>},
    {"getMinutes", true, "T", 'i', TimePart<Part::kMinute>},
    {"getMinutes", true, "Ts", 'i', TimePart<Part::kMinute>},
};

bool Matches(const Overload& overload, absl::Span<const Type> args) {
  std::string_view params = overload.params;
  const bool repeats = params.ends_with('*');
  if (repeats) params.remove_suffix(1);
  if (repeats ? args.size() < params.size() : args.size() != params.size()) return false;
  for (size_t i = 0; i < args.size(); ++i) {
    if (!Fits(args[i], TypeOfLetter(params[std::min(i, params.size() - 1)]))) return false;
  }
  return true;
}

}  // namespace

Type TypeOfLetter(char letter) {
  switch (letter) {
    case 'b': return Type::Of(TypeKind::kBool);
    case 'i': return Type::Of(TypeKind::kInt);
    case 'd': return Type::Of(TypeKind::kDouble);
    case 's': return Type::Of(TypeKind::kString);
    case 'D': return Type::Of(TypeKind::kDuration);
    case 'T': return Type::Of(TypeKind::kTimestamp);
    case 'I': return Type::List(Type::Of(TypeKind::kInt));
    case 'F': return Type::List(Type::Of(TypeKind::kDouble));
    case 'P': return Type::List(Type::List(Type::Of(TypeKind::kDouble)));
    default: return Type::List(Type::Of(TypeKind::kAny));
  }
}

const Overload* FindOverload(std::string_view name, bool method, absl::Span<const Type> args) {
  for (const Overload& overload : kOverloads) {
    if (overload.name == name && overload.method == method && Matches(overload, args)) return &overload;
  }
  return nullptr;
}

std::vector<const Overload*> OverloadsOf(std::string_view name) {
  std::vector<const Overload*> found;
  for (const Overload& overload : kOverloads) {
    if (overload.name == name) found.push_back(&overload);
  }
  return found;
}

std::vector<std::string> FunctionNames() {
  std::vector<std::string> names;
  for (const Overload& overload : kOverloads) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(overload.name[0])) && overload.name != "neg")
      names.emplace_back(overload.name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string ToString(const Overload& overload) {
  std::vector<std::string> params;
  for (char letter : overload.params) params.push_back(letter == '*' ? "..." : ToString(TypeOfLetter(letter)));
  const std::string name(overload.name);
  if (name == "neg") return "-" + params[0];
  if (!absl::ascii_isalpha(static_cast<unsigned char>(name[0]))) return params[0] + " " + name + " " + params[1];
  std::string text = overload.method ? params[0] + "." + name + "(" : name + "(";
  for (size_t i = overload.method ? 1 : 0; i < params.size(); ++i) {
    text += (i == (overload.method ? 1 : 0) ? "" : ", ") + params[i];
  }
  return text + ")";
}

}  // namespace myokine
