// Order of evidence grades.
#ifndef MYOKINE_ENGINE_RULESET_GRADE_H_
#define MYOKINE_ENGINE_RULESET_GRADE_H_

#include "myokine/v1/evidence.pb.h"

namespace myokine {

// The better grade of outcome and mechanism: A and G before B, C, D and X; unspecified when neither is graded.
v1::Grade BestGrade(const v1::Evidence& evidence);

// True when `a` is known less well than `b`, or `b` is not graded.
bool WorseGrade(v1::Grade a, v1::Grade b);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_GRADE_H_
