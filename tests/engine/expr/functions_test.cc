// Every function and operator with values, at their edges: overflow, division, NaN, time zones, curves.
#include "engine/expr/functions.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/expr_world.h"

namespace myokine {
namespace {

struct Case {
  std::string text;
  std::string want;
};

void Check(const std::vector<Case>& cases) {
  testing::ExprWorld world;
  for (const Case& c : cases) EXPECT_EQ(world.Eval(c.text), c.want) << "text: " << c.text;
}

constexpr char kMax[] = "9223372036854775807";
constexpr char kMin[] = "-9223372036854775808";

TEST(Functions, ComputeWithInts) {
  const std::string max = kMax, min = kMin, overflow = "error(int overflow)";
  Check({{"2 + 3", "5"},
         {"2 - 3", "-1"},
         {"2 * 3", "6"},
         {"7 / 2", "3"},
         {"-7 / 2", "-3"},
         {"7 / -2", "-3"},
         {"7 % 3", "1"},
         {"-7 % 3", "-1"},
         {"7 % -3", "1"},
         {"-n", "-7"},
         {"--n", "7"},
         {max + " + 1", overflow},
         {max + " + 0", kMax},
         {min + " - 1", overflow},
         {min + " + -1", overflow},
         {max + " * 2", overflow},
         {"4294967296 * 4294967296", overflow},
         {"-(" + min + ")", overflow},
         {"-(" + max + ")", "-9223372036854775807"},
         {min + " / -1", overflow},
         {min + " % -1", overflow},
         {"1 / 0", "error(division by zero)"},
         {"0 / 0", "error(division by zero)"},
         {"1 % 0", "error(modulus by zero)"},
         {"1 + 2 * 3 - 4 / 2", "5"}});
}

TEST(Functions, ComputeWithDoubles) {
  Check({{"0.5 + 0.25", "0.75"},
         {"0.1 + 0.2", "0.30000000000000004"},
         {"1.0 - 2.5", "-1.5"},
         {"1.5 * 2.0", "3"},
         {"1.0 / 4.0", "0.25"},
         {"1.0 / 0.0", "inf"},
         {"-1.0 / 0.0", "-inf"},
         {"0.0 / 0.0 == 0.0 / 0.0", "false"},
         {"1e308 * 10.0", "inf"},
         {"inf - inf == 0.0", "false"},
         {"-d", "-2.5"},
         {"-0.0", "-0"}});
}

TEST(Functions, Compare) {
  for (const auto& [low, high] : std::vector<std::pair<std::string, std::string>>{
           {"1", "2"},
           {kMin, kMax},
           {"1.5", "2.5"},
           {"-inf", "inf"},
           {"\"a\"", "\"b\""},
           {"\"a\"", "\"aa\""},
           {"\"\"", "\"a\""},
           {"\"z\"", "\"\u00e9\""},
           {"\"\\uFF5E\"", "\"\\U0001F600\""},  // by code point, not by UTF-16
           {"duration(\"59m\")", "duration(\"1h\")"},
           {"duration(\"-2h\")", "duration(\"-1h\")"},
           {"timestamp(\"2026-01-15T00:00:00+09:00\")", "timestamp(\"2026-01-15T00:00:00Z\")"}}) {
    for (const auto& [op, less, same, more] :
         std::vector<std::tuple<std::string, bool, bool, bool>>{{"<", true, false, false},
                                                                {"<=", true, true, false},
                                                                {">", false, false, true},
                                                                {">=", false, true, true},
                                                                {"==", false, true, false},
                                                                {"!=", true, false, true}}) {
      testing::ExprWorld world;
      EXPECT_EQ(world.Eval(absl::StrCat(low, " ", op, " ", high)), less ? "true" : "false") << low << op << high;
      EXPECT_EQ(world.Eval(absl::StrCat(low, " ", op, " ", low)), same ? "true" : "false") << low << op << low;
      EXPECT_EQ(world.Eval(absl::StrCat(high, " ", op, " ", low)), more ? "true" : "false") << high << op << low;
    }
  }
  Check({{"nan < 1.0", "false"},
         {"nan <= nan", "false"},
         {"nan > 1.0", "false"},
         {"nan >= 1.0", "false"},
         {"0.0 < -0.0", "false"}});
}

TEST(Functions, WorkOnStrings) {
  Check({{"\"a\" + \"b\" + \"\"", "\"ab\""},
         {"size(\"\")", "0"},
         {"size(s)", "5"},
         {"\"\\U0001F600\".size()", "1"},
         {"s.contains(\"llo\")", "true"},
         {"s.contains(\"\")", "true"},
         {"s.contains(\"LLO\")", "false"},
         {"\"\".contains(\"a\")", "false"},
         {"s.startsWith(\"h\u00e9\")", "true"},
         {"s.startsWith(\"\")", "true"},
         {"s.startsWith(\"\u00e9\")", "false"},
         {"s.endsWith(\"lo\")", "true"},
         {"\"a\".endsWith(\"aa\")", "false"}});
}

TEST(Functions, WorkOnLists) {
  Check({{"[1] + [2, 3]", "[1, 2, 3]"},
         {"[] + [1]", "[1]"},
         {"[] + []", "[]"},
         {"size([1, 1])", "2"},
         {"[].size()", "0"},
         {"sum([1, 2, 3])", "6"},
         {"sum([0.5, 0.25])", "0.75"},
         {"sum([1]) + sum(ints.filter(x, x > 9))", "1"},
         {std::string("sum([") + kMax + ", 1])", "error(int overflow)"},
         {"sum([1/0])", "error(division by zero)"},
         {"min([3, 1, 2])", "1"},
         {"max([3, 1, 2])", "3"},
         {"min([0.5])", "0.5"},
         {"max(reals)", "2.5"},
         {"min(ints.filter(x, x > 9))", "error(min of an empty list)"},
         {"max(ints.filter(x, x > 9))", "error(max of an empty list)"}});
}

TEST(Functions, ChooseLeastAndMost) {
  Check({{"min(1, 2)", "1"},
         {"min(3, 2, 1, 2)", "1"},
         {"max(1, 2)", "2"},
         {"max(1.5, 2.5, -3.0)", "2.5"},
         {"min(-0.5, 0.5)", "-0.5"},
         {"clamp(5, 1, 3)", "3"},
         {"clamp(0, 1, 3)", "1"},
         {"clamp(2, 1, 3)", "2"},
         {"clamp(2, 2, 2)", "2"},
         {"clamp(0.5, 0.0, 1.0)", "0.5"},
         {"clamp(inf, 0.0, 1.0)", "1"},
         {"clamp(2, 3, 1)", "error(clamp with a lower end above the upper one)"},
         {"clamp(2.0, 3.0, 1.0)", "error(clamp with a lower end above the upper one)"}});
}

// A result that depends on the order of the arguments can't be reasoned about, nor proved.
TEST(Functions, LeastAndMostOfNanDoNotDependOnTheOrder) {
  testing::ExprWorld world;
  for (const char* name : {"min", "max"}) {
    EXPECT_EQ(world.Eval(absl::StrCat("string(", name, "(nan, 1.0))")),
              world.Eval(absl::StrCat("string(", name, "(1.0, nan))")))
        << name;
    EXPECT_EQ(world.Eval(absl::StrCat("string(", name, "([nan, 1.0, 2.0]))")),
              world.Eval(absl::StrCat("string(", name, "([2.0, nan, 1.0]))")))
        << name;
  }
}

TEST(Functions, InterpolateBetweenPoints) {
  const std::string curve = ", [[0.0, 1.0], [10.0, 3.0], [20.0, -1.0]])";
  Check({{"interpolate(-5.0" + curve, "1"},
         {"interpolate(0.0" + curve, "1"},
         {"interpolate(5.0" + curve, "2"},
         {"interpolate(10.0" + curve, "3"},
         {"interpolate(15.0" + curve, "1"},
         {"interpolate(20.0" + curve, "-1"},
         {"interpolate(1e300" + curve, "-1"},
         {"interpolate(inf" + curve, "-1"},
         {"interpolate(-inf" + curve, "1"},
         {"interpolate(7.0, [[1.0, 4.0]])", "4"},
         {"interpolate(1.0, [])", "error(interpolate without points)"},
         {"interpolate(1.0, [[0.0, 1.0], [0.0, 2.0]])", "error(interpolate wants rising x)"},
         {"interpolate(5.0, [[1.0, 1.0], [0.0, 2.0]])", "error(interpolate wants rising x)"},
         {"interpolate(5.0, [[0.0, 1.0], [nan, 2.0]])", "error(interpolate wants rising x)"},
         {"interpolate(1.0, [[1.0]])", "error(interpolate wants points `[x, y]`)"},
         {"interpolate(1.0, [[1.0, 2.0, 3.0]])", "error(interpolate wants points `[x, y]`)"},
         {"interpolate(1.0, [[]])", "error(interpolate wants points `[x, y]`)"},
         {"interpolate(du, [[1.0, 2.0]])", "unknown(du)"},
         {"interpolate(du, [])", "unknown(du)"}});
}

// A broken curve is broken wherever it is asked; NaN is no place beyond its end.
TEST(Functions, InterpolateRefusesBrokenCurvesAndPlaces) {
  Check({{"interpolate(0.5, [[0.0, 1.0], [1.0, 2.0], [1.0, 3.0]])", "error(interpolate wants rising x)"},
         {"interpolate(-1.0, [[0.0, 1.0], [1.0]])", "error(interpolate wants points `[x, y]`)"},
         {"interpolate(nan, [[0.0, 1.0], [1.0, 2.0]]) == 2.0", "false"}});
}

TEST(Functions, Convert) {
  Check({{"int(3)", "3"},
         {"int(2.9)", "2"},
         {"int(-2.9)", "-2"},
         {"int(9223372036854774784.0)", "9223372036854774784"},
         {"int(9223372036854775808.0)", "error(double does not fit an int)"},
         {"int(-9223372036854775808.0)", "error(double does not fit an int)"},
         {"int(1e300)", "error(double does not fit an int)"},
         {"int(nan)", "error(double does not fit an int)"},
         {"int(-inf)", "error(double does not fit an int)"},
         {"double(7)", "7"},
         {"double(2.5)", "2.5"},
         {"double(9223372036854775807) == 9223372036854775808.0", "true"},
         {"string(7)", "\"7\""},
         {"string(-2.5)", "\"-2.5\""},
         {"string(1.0)", "\"1\""},
         {"string(1e23)", "\"1e+23\""},
         {"string(true)", "\"true\""},
         {"string(s)", "\"h\u00e9llo\""},
         {"string(nan)", "\"nan\""}});
}

TEST(Functions, ReadDurations) {
  Check({{"duration(\"90s\") == duration(\"1m30s\")", "true"},
         {"duration(\"1.5h\").getMinutes()", "90"},
         {"duration(\"-90s\").getSeconds()", "-90"},
         {"duration(\"0\").getSeconds()", "0"},
         {"duration([\"\"][0])", "error(not a duration, such as `48h` or `90s`)"},
         {"duration([\"90\"][0])", "error(not a duration, such as `48h` or `90s`)"},
         {"duration([\"1d\"][0])", "error(not a duration, such as `48h` or `90s`)"},
         {"duration([\"inf\"][0])", "error(duration out of range: at most 292 years)"},
         {"duration([\"-inf\"][0])", "error(duration out of range: at most 292 years)"},
         {"duration([\"9999999999h\"][0])", "error(duration out of range: at most 292 years)"},
         {"dur + dur == duration(\"3h\")", "true"},
         {"dur - duration(\"2h\") == duration(\"-30m\")", "true"},
         {"dur.getHours()", "1"},
         {"dur.getMinutes()", "90"},
         {"dur.getSeconds()", "5400"},
         {"duration(\"-90m\").getHours()", "-1"}});
}

TEST(Functions, ReadTimestamps) {
  Check({{"timestamp(\"2026-01-15T09:30:00Z\") == time", "true"},
         {"timestamp(\"2026-01-15T09:30:00.000000001Z\") > time", "true"},
         {"timestamp([\"2026-01-15\"][0])", "error(not an RFC 3339 time, such as `2026-01-15T09:00:00Z`)"},
         {"timestamp([\"2026-01-15T09:30:00\"][0])", "error(not an RFC 3339 time, such as `2026-01-15T09:00:00Z`)"},
         {"timestamp([\"2026-02-30T00:00:00Z\"][0])", "error(not an RFC 3339 time, such as `2026-01-15T09:00:00Z`)"},
         {"timestamp([\"2026-01-15T24:30:00Z\"][0])", "error(not an RFC 3339 time, such as `2026-01-15T09:00:00Z`)"},
         {"timestamp([\"\"][0])", "error(not an RFC 3339 time, such as `2026-01-15T09:00:00Z`)"},
         {"timestamp([\"now\"][0])", "error(not an RFC 3339 time, such as `2026-01-15T09:00:00Z`)"},
         {"time + dur == timestamp(\"2026-01-15T11:00:00Z\")", "true"},
         {"dur + time == time + dur", "true"},
         {"time - dur == timestamp(\"2026-01-15T08:00:00Z\")", "true"},
         {"(time - timestamp(\"2026-01-13T09:30:00Z\")).getHours()", "48"},
         {"timestamp(\"2024-02-28T12:00:00Z\") + duration(\"24h\") == timestamp(\"2024-02-29T12:00:00Z\")", "true"}});
}

// The far ends of time that the library reads as words are no RFC 3339.
TEST(Functions, RefuseInfiniteTimes) {
  Check({{"timestamp([\"infinite-future\"][0])", "error(not an RFC 3339 time, such as `2026-01-15T09:00:00Z`)"},
         {"timestamp([\"infinite-past\"][0])", "error(not an RFC 3339 time, such as `2026-01-15T09:00:00Z`)"}});
}

TEST(Functions, ReadPartsOfTime) {
  Check({{"time.getFullYear()", "2026"},
         {"time.getMonth()", "0"},
         {"time.getDate()", "15"},
         {"time.getDayOfWeek()", "4"},
         {"timestamp(\"2026-01-18T00:00:00Z\").getDayOfWeek()", "0"},  // Sunday
         {"timestamp(\"2026-01-17T00:00:00Z\").getDayOfWeek()", "6"},
         {"timestamp(\"2026-01-19T00:00:00Z\").getDayOfWeek()", "1"},
         {"time.getHours()", "9"},
         {"time.getMinutes()", "30"},
         {"time.getHours(\"Asia/Tokyo\")", "18"},
         {"timestamp(\"2026-01-15T20:00:00Z\").getDate(\"Asia/Tokyo\")", "16"},
         {"timestamp(\"2026-01-01T03:00:00Z\").getFullYear(\"America/New_York\")", "2025"},
         {"timestamp(\"2026-01-01T03:00:00Z\").getMonth(\"America/New_York\")", "11"},
         {"timestamp(\"2026-01-15T20:00:00Z\").getDayOfWeek(\"Asia/Tokyo\")", "5"},
         {"time.getMinutes(\"Asia/Kathmandu\")", "15"},
         {"time.getHours(\"UTC\")", "9"},
         {"time.getHours([\"Mars/Olympus\"][0])", "error(unknown time zone)"},
         {"time.getHours(su)", "unknown(su)"}});
}

// A zone is a name of the time zone database: no path of this machine, nor what this machine takes for local.
TEST(Functions, TakeNoPathsForTimeZones) {
  for (const char* zone : {"", "localtime", "/usr/share/zoneinfo/Asia/Tokyo", "/etc/localtime",
                           "../zoneinfo/Asia/Tokyo", "file:Asia/Tokyo", "posix/../Asia/Tokyo"}) {
    testing::ExprWorld world;
    EXPECT_EQ(world.Eval(absl::StrCat("time.getHours([\"", zone, "\"][0])")), "error(unknown time zone)") << zone;
  }
}

TEST(Functions, PrintTheirOverloads) {
  auto all = [](const char* name) {
    std::string text;
    for (const Overload* overload : OverloadsOf(name))
      absl::StrAppend(&text, text.empty() ? "" : "; ", ToString(*overload));
    return text;
  };
  EXPECT_EQ(all("+"),
            "int + int; double + double; string + string; list(any) + list(any); duration + duration; "
            "timestamp + duration; duration + timestamp");
  EXPECT_EQ(all("neg"), "-int; -double");
  EXPECT_EQ(all("size"),
            "size(string); string.size(); size(list(any)); list(any).size(); size(map(any, any)); "
            "map(any, any).size()");
  EXPECT_EQ(all("min"), "min(int, int, ...); min(double, double, ...); min(list(int)); min(list(double))");
  EXPECT_EQ(all("interpolate"), "interpolate(double, list(list(double)))");
  EXPECT_EQ(all("getHours"), "duration.getHours(); timestamp.getHours(); timestamp.getHours(string)");
  EXPECT_EQ(all("nothing"), "");
}

TEST(Functions, NamesAreDistinctAndHoldNoOperators) {
  const std::vector<std::string> names = FunctionNames();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  EXPECT_EQ(std::count(names.begin(), names.end(), "neg"), 0);
  EXPECT_EQ(std::count(names.begin(), names.end(), "+"), 0);
  EXPECT_EQ(std::count(names.begin(), names.end(), "interpolate"), 1);
}

TEST(Functions, MatchPatterns) {
  Check({{"s.matches(\"l+o\")", "true"},
         {"s.matches(\"^l\")", "false"},
         {"matches(s, \"^h.llo$\")", "true"},
         {"s.matches([\"(\"][0])", "error(not a pattern: missing ): ()"},
         {"su.matches(\"a\")", "unknown(su)"}});
}

TEST(Functions, ConvertTextsAndTimes) {
  Check({{"int(\"-42\")", "-42"},
         {"int(\"4 2\")", "error(not an int)"},
         {"int(\"\")", "error(not an int)"},
         {"int(\" 42\")", "error(not an int)"},
         {"int(\"9223372036854775808\")", "error(not an int)"},
         {"double(\"1e3\")", "1000"},
         {"double(\"x\")", "error(not a double)"},
         {"bool(\"True\")", "true"},
         {"bool(\"TrUe\")", "error(not a bool)"},
         {"string(timestamp(\"2026-01-15T18:30:00.120+09:00\"))", "\"2026-01-15T09:30:00.12Z\""},
         {"string(duration(\"-1.5s\"))", "\"-1.5s\""},
         {"int(timestamp(\"1970-01-01T00:01:00Z\"))", "60"},
         {"timestamp(60) == timestamp(\"1970-01-01T00:01:00Z\")", "true"}});
}

TEST(Functions, ReadEveryPartOfTime) {
  Check({{"time.getDayOfMonth()", "14"},
         {"time.getDayOfYear()", "14"},
         {"time.getSeconds()", "0"},
         {"(time + duration(\"123ms\")).getMilliseconds()", "123"},
         {"duration(\"-1.25s\").getMilliseconds()", "-250"},
         {"time.getHours(\"-02:30\")", "7"},
         {"time.getMinutes(\"05:45\")", "15"},
         {"time.getHours([\"24:00\"][0])", "error(unknown time zone)"},
         {"time.getHours([\"+9:00\"][0])", "error(unknown time zone)"}});
}

TEST(Functions, StayWithinTheRangeOfTime) {
  Check({{"timestamp(\"9999-12-31T23:59:59Z\") + duration(\"1s\")",
          "error(timestamp out of range: only years 1 to 9999)"},
         {"timestamp(\"0001-01-01T00:00:00Z\") - duration(\"1ns\")",
          "error(timestamp out of range: only years 1 to 9999)"},
         {"timestamp(\"9999-01-01T00:00:00Z\") - timestamp(\"0001-01-01T00:00:00Z\")",
          "error(duration out of range: at most 292 years)"},
         {"duration(\"2000000h\") + duration(\"2000000h\")", "error(duration out of range: at most 292 years)"}});
}

}  // namespace
}  // namespace myokine
