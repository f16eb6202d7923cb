#include "engine/ruleset/grade.h"

namespace myokine {
namespace {

int Rank(v1::Grade grade) {
  switch (grade) {
    case v1::GRADE_A: return 6;
    case v1::GRADE_G: return 5;
    case v1::GRADE_B: return 4;
    case v1::GRADE_C: return 3;
    case v1::GRADE_D: return 2;
    case v1::GRADE_X: return 1;
    default: return 0;
  }
}

}  // namespace

v1::Grade BestGrade(const v1::Evidence& evidence) {
  const v1::Grade a = evidence.outcome().grade(), b = evidence.mechanism().grade();
  return Rank(a) >= Rank(b) ? a : b;
}

bool WorseGrade(v1::Grade a, v1::Grade b) { return b == v1::GRADE_UNSPECIFIED || Rank(a) < Rank(b); }

}  // namespace myokine
