// Units of measurements: from what a caller sends to the unit that rules see.
#ifndef MYOKINE_ENGINE_RECOMMEND_UNITS_H_
#define MYOKINE_ENGINE_RECOMMEND_UNITS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace myokine {

// `value` in UCUM unit `from`, converted to `to` for the measured quantity `quantity` (a field of Measurements, Labs or
// Today, such as `glucose`: mass and molar concentrations convert by its molar mass). Nothing when the units do not go
// together.
std::optional<double> ConvertUnit(double value, std::string_view from, std::string_view to, std::string_view quantity);

// The units that `quantity`, kept in `to`, can be given in; `to` first.
std::vector<std::string> UnitsFor(std::string_view to, std::string_view quantity);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_UNITS_H_
