// Figures of an answer in words: doses, scores, responses.
#ifndef MYOKINE_CLIENTS_CLI_WORDS_H_
#define MYOKINE_CLIENTS_CLI_WORDS_H_

#include <cstdint>
#include <string>

#include "clients/cli/labels.h"
#include "myokine/v1/dose.pb.h"
#include "myokine/v1/evidence.pb.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine::cli {

// Thousandths of a point as points with one decimal, rounded half away from zero: `12.4`; never `-0.0`.
std::string PointsText(int32_t milli);
// The same, with its sign: `+8.0`.
std::string SignedPointsText(int32_t milli);

// A number as people write it: at most `decimals` behind the point, no zeros at its end.
std::string NumberText(double value, int decimals);

// A dose in one line, such as `30 min, effort 4/10, 3x a week`; empty when the dose is.
std::string DoseText(const v1::Dose& dose, Locale locale);

// A response in one line, such as `IL-6 x1.4 (1.1-2.2), peak at the end, grade C`. `name` is the myokine's.
std::string ResponseText(const v1::MyokineResponse& response, const std::string& name, Locale locale);

// A fold change in one line, such as `IL-6 x1.4 (1.1-2.2)`.
std::string IntervalText(const v1::Interval& fold, const std::string& name);

// A change in percent with its range, such as `-5 % (-25 to +12 %)`, and a range alone.
std::string PercentIntervalText(const v1::Interval& percent);
std::string PercentRangeText(double low, double high);

// The letter of a grade; empty when there is none.
std::string GradeLetter(v1::Grade grade);

// An id as people read it: `tree_nut` as `tree nut`.
std::string IdText(std::string id);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_WORDS_H_
