// Arithmetic of units as UCUM writes them: `kg`, `kg/m2`, `mm[Hg]`, `/min`. Units that are written alike are alike;
// `cm` and `m` are two units, and nothing is converted.
#ifndef MYOKINE_ENGINE_EXPR_UNIT_H_
#define MYOKINE_ENGINE_EXPR_UNIT_H_

#include <string>
#include <string_view>

namespace myokine {

// The unit of a quantity that has none.
inline constexpr std::string_view kNoDimension = "1";

// The unit of a product: `kg` of `kg/m2` and `m2`; `1` when nothing remains.
std::string Product(std::string_view a, std::string_view b);

// The unit of a quotient: `kg/cm2` of `kg` and `cm2`.
std::string Quotient(std::string_view a, std::string_view b);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_UNIT_H_
