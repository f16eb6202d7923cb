#include "engine/recommend/units.h"

namespace myokine {
namespace {

// value in `to` = value in `from` * factor + offset. An empty quantity means any.
struct Conversion {
  std::string_view quantity;
  std::string_view from;
  std::string_view to;
  double factor;
  double offset = 0;
};

constexpr Conversion kConversions[] = {
    {"", "g", "kg", 0.001},
    {"", "[lb_av]", "kg", 0.45359237},  // exact, international pound
    {"", "m", "cm", 100},
    {"", "[in_i]", "cm", 2.54},  // exact, international inch
    {"", "[degF]", "Cel", 5.0 / 9.0, -160.0 / 9.0},
    {"", "{steps}/d", "/d", 1},
    {"", "1", "%", 100},
    {"", "{beats}/min", "/min", 1},
    {"", "cm/s", "m/s", 0.01},
    {"", "km/h", "m/s", 1 / 3.6},
    {"", "kPa", "mm[Hg]", 7.500617},
    {"", "mL/min/kg", "mL/kg/min", 1},
    // Molar masses: glucose 180.156, cholesterol 386.65, triglycerides (triolein) 885.7, uric acid 168.11, 25-OH
    // vitamin D 400.64.
    {"glucose", "mmol/L", "mg/dL", 18.0156},
    {"fasting_glucose", "mmol/L", "mg/dL", 18.0156},
    {"ldl", "mmol/L", "mg/dL", 38.67},
    {"hdl", "mmol/L", "mg/dL", 38.67},
    {"triglycerides", "mmol/L", "mg/dL", 88.57},
    {"uric_acid", "umol/L", "mg/dL", 0.016811},
    {"vitamin_d", "nmol/L", "ng/mL", 1 / 2.496},
    {"haemoglobin", "g/L", "g/dL", 0.1},
    {"hs_crp", "mg/dL", "mg/L", 10},
    {"potassium", "meq/L", "mmol/L", 1},
    // IFCC to NGSP: NGSP = 0.0915 x IFCC + 2.15.
    {"hba1c", "mmol/mol", "%", 0.0915, 2.15},
    {"ferritin", "ug/L", "ng/mL", 1},
    {"bdnf_plasma", "ng/mL", "pg/mL", 1000},
};

bool Applies(const Conversion& conversion, std::string_view to, std::string_view quantity) {
  return conversion.to == to && (conversion.quantity.empty() || conversion.quantity == quantity) &&
         !(quantity == "hba1c" && conversion.from == "1");
}

}  // namespace

std::optional<double> ConvertUnit(double value, std::string_view from, std::string_view to, std::string_view quantity) {
  if (from == to) return value;
  for (const Conversion& conversion : kConversions) {
    if (conversion.from == from && Applies(conversion, to, quantity))
      return value * conversion.factor + conversion.offset;
  }
  return std::nullopt;
}

std::vector<std::string> UnitsFor(std::string_view to, std::string_view quantity) {
  std::vector<std::string> units = {std::string(to)};
  for (const Conversion& conversion : kConversions) {
    if (Applies(conversion, to, quantity)) units.emplace_back(conversion.from);
  }
  return units;
}

}  // namespace myokine
