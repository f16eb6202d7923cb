// Time courses drawn in one line of text.
#ifndef MYOKINE_CLIENTS_CLI_TIME_COURSE_H_
#define MYOKINE_CLIENTS_CLI_TIME_COURSE_H_

#include <string>

#include "google/protobuf/repeated_ptr_field.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine::cli {

// The time that a drawing spans, minutes from the end of the bout.
struct Span {
  double from = 0;
  double to = 0;
};

// How far a course is from rest over the span, in eight heights, `columns` wide; its own highest distance is the full
// height. A course that falls hangs in the same heights: what it is called says that it falls. Straight lines join the
// points; beyond them it is at rest. Blank where there is no course.
std::string DrawCourse(const google::protobuf::RepeatedPtrField<v1::CoursePoint>& course, Span span, int columns);

// A line that marks the begin and the end of the bout and each hour after it below a drawing: `|      |end  .  1h`.
std::string DrawAxis(Span span, int columns);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_TIME_COURSE_H_
