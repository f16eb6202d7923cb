// Time courses in one line: heights, direction, times, and the axis below.
#include "clients/cli/time_course.h"

#include <string>
#include <utility>
#include <vector>

#include "clients/cli/display_width.h"
#include "gtest/gtest.h"

namespace myokine::cli {
namespace {

google::protobuf::RepeatedPtrField<v1::CoursePoint> Course(const std::vector<std::pair<double, double>>& points) {
  google::protobuf::RepeatedPtrField<v1::CoursePoint> course;
  for (const auto& [minute, fold] : points) {
    v1::CoursePoint& point = *course.Add();
    point.set_minute(minute);
    point.set_fold(fold);
  }
  return course;
}

TEST(DrawCourse, ClimbsToItsPeakAndFallsBack) {
  const auto course = Course({{-60, 1}, {0, 3}, {60, 1}});
  EXPECT_EQ(DrawCourse(course, {-60, 60}, 8), "▁▃▅▇▇▅▃▁");
  EXPECT_EQ(DrawCourse(course, {-60, 180}, 8), "▂▆▆▂    ");  // at rest after its end
}

TEST(DrawCourse, AFallHasTheSameHeights) {
  EXPECT_EQ(DrawCourse(Course({{-60, 1}, {0, 0.5}, {60, 1}}), {-60, 60}, 4), "▂▆▆▂");
}

TEST(DrawCourse, RestAndNothingAreBlank) {
  EXPECT_EQ(DrawCourse({}, {-60, 60}, 4), "    ");
  EXPECT_EQ(DrawCourse(Course({{-60, 1}, {60, 1}}), {-60, 60}, 4), "    ");
}

TEST(DrawCourse, IsAsWideAsAsked) {
  const auto course = Course({{-30, 1}, {0, 10}, {0, 10}, {500, 1.4}});  // two points at one moment
  for (int columns : {1, 2, 40, 72}) EXPECT_EQ(DisplayWidth(DrawCourse(course, {-30, 500}, columns)), columns);
}

TEST(DrawAxis, MarksBeginEndAndHours) {
  EXPECT_EQ(DrawAxis({-60, 120}, 30), "|.........|end......|1h.......");
  // A short bout has no room for both marks; what does not fit is left out.
  EXPECT_EQ(DrawAxis({-4, 120}, 30), "|..............|1h............");
  EXPECT_EQ(DrawAxis({-60, 1440}, 50).size(), 50u);
}

}  // namespace
}  // namespace myokine::cli
