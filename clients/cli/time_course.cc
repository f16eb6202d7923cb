#include "clients/cli/time_course.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"

namespace myokine::cli {
namespace {

constexpr const char* kHeights[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

double FoldAt(const google::protobuf::RepeatedPtrField<v1::CoursePoint>& course, double minute) {
  if (minute < course[0].minute() || minute > course[course.size() - 1].minute()) return 1;
  for (int i = 1; i < course.size(); ++i) {
    const v1::CoursePoint &a = course[i - 1], &b = course[i];
    if (minute > b.minute()) continue;
    const double length = b.minute() - a.minute();
    return length <= 0 ? b.fold() : a.fold() + (b.fold() - a.fold()) * (minute - a.minute()) / length;
  }
  return 1;
}

double MinuteAt(Span span, int column, int columns) {
  return span.from + (span.to - span.from) * (column + 0.5) / columns;
}

}  // namespace

std::string DrawCourse(const google::protobuf::RepeatedPtrField<v1::CoursePoint>& course, Span span, int columns) {
  if (course.empty()) return std::string(static_cast<size_t>(columns), ' ');
  double most = 0;
  for (const v1::CoursePoint& point : course) most = std::max(most, std::abs(point.fold() - 1));
  std::string line;
  for (int column = 0; column < columns; ++column) {
    const double share = most == 0 ? 0 : std::abs(FoldAt(course, MinuteAt(span, column, columns)) - 1) / most;
    const int height = share < 0.02 ? 0 : std::clamp(static_cast<int>(std::ceil(share * 8)), 1, 8);
    line += kHeights[height];
  }
  return line;
}

std::string DrawAxis(Span span, int columns) {
  std::string line(static_cast<size_t>(columns), '.');
  const auto mark = [&](double minute, const std::string& text) {
    const int at = static_cast<int>((minute - span.from) / (span.to - span.from) * columns);
    if (at < 0 || at + static_cast<int>(text.size()) > columns) return;
    // Never over another mark.
    const std::string_view there = std::string_view(line).substr(static_cast<size_t>(at), text.size());
    if (there.find_first_not_of('.') == std::string_view::npos)
      line.replace(static_cast<size_t>(at), text.size(), text);
  };
  mark(span.from, "|");
  mark(0, "|end");
  const double hours = span.to / 60;
  const int step = hours <= 8 ? 1 : hours <= 16 ? 2 : hours <= 30 ? 6 : 12;
  for (int hour = step; hour <= hours; hour += step) mark(hour * 60, absl::StrCat("|", hour, "h"));
  return line;
}

}  // namespace myokine::cli
