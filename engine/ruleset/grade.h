// Order of evidence grades.
#ifndef MYOKINE_ENGINE_RULESET_GRADE_H_
#define MYOKINE_ENGINE_RULESET_GRADE_H_

#include "myokine/v1/evidence.pb.h"

namespace myokine {

// The better grade of outcome and mechanism: A and G before B, C, D and X; unspecified when neither is graded.
v1::Grade BestGrade(const v1::Evidence& evidence);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_GRADE_H_
