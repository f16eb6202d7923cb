// Conversions against figures worked out by hand; what converts into what, and what does not.
#include "engine/recommend/units.h"

#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "myokine/v1/measurements.pb.h"
#include "myokine/v1/options.pb.h"
#include "myokine/v1/today.pb.h"

namespace myokine {
namespace {

struct Case {
  double value;
  std::string from;
  std::string to;
  std::string quantity;
  double want;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const std::optional<double> got = ConvertUnit(c.value, c.from, c.to, c.quantity);
    ASSERT_TRUE(got.has_value()) << c.from << " -> " << c.to << " of " << c.quantity;
    EXPECT_NEAR(*got, c.want, 1e-9 + 5e-4 * std::abs(c.want))
        << c.value << " " << c.from << " -> " << c.to << " of " << c.quantity;
  }
}

// A field that holds a measurement.
struct Quantity {
  std::string name;
  std::string unit;
};

std::vector<Quantity> Quantities() {
  std::vector<Quantity> found;
  for (const auto* message : {v1::Measurements::descriptor(), v1::Labs::descriptor(), v1::Today::descriptor()}) {
    for (int i = 0; i < message->field_count(); ++i) {
      const auto* field = message->field(i);
      if (field->message_type() != v1::Measurement::descriptor()) continue;
      found.push_back({field->name(), field->options().GetExtension(v1::field).unit()});
    }
  }
  return found;
}

TEST(Units, LengthsWeightsAndTemperatures) {
  Check({{70000, "g", "kg", "weight", 70},
         {154.3235835, "[lb_av]", "kg", "weight", 70},
         {1.75, "m", "cm", "waist", 175},
         {30, "[in_i]", "cm", "waist", 76.2},
         {98.6, "[degF]", "Cel", "body_temperature", 37},
         {32, "[degF]", "Cel", "body_temperature", 0},
         {-40, "[degF]", "Cel", "body_temperature", -40},
         {212, "[degF]", "Cel", "body_temperature", 100}});
}

TEST(Units, BodyAndMovement) {
  Check({{72, "{beats}/min", "/min", "resting_heart_rate", 72},
         {16, "kPa", "mm[Hg]", "systolic_pressure", 120.01},
         {3.6, "km/h", "m/s", "gait_speed", 1},
         {80, "cm/s", "m/s", "gait_speed", 0.8},
         {8000, "{steps}/d", "/d", "steps_per_day", 8000},
         {0.25, "1", "%", "body_fat", 25},
         {42, "mL/min/kg", "mL/kg/min", "vo2max", 42}});
}

// Molar masses: glucose 180.156 g/mol, cholesterol 386.65, triolein 885.4, uric acid 168.11, 25-OH vitamin D3 400.64.
TEST(Units, LaboratoryConcentrations) {
  Check({{5.5, "mmol/L", "mg/dL", "glucose", 99.0858},
         {3.9, "mmol/L", "mg/dL", "glucose", 70.26},
         {13.9, "mmol/L", "mg/dL", "fasting_glucose", 250.417},
         {3, "mmol/L", "mg/dL", "ldl", 115.995},
         {1, "mmol/L", "mg/dL", "hdl", 38.665},
         {1.7, "mmol/L", "mg/dL", "triglycerides", 150.5},
         {400, "umol/L", "mg/dL", "uric_acid", 6.7244},
         {75, "nmol/L", "ng/mL", "vitamin_d", 30.048},
         {140, "g/L", "g/dL", "haemoglobin", 14},
         {0.3, "mg/dL", "mg/L", "hs_crp", 3},
         {4.5, "meq/L", "mmol/L", "potassium", 4.5},
         {90, "ug/L", "ng/mL", "ferritin", 90},
         {2.5, "ng/mL", "pg/mL", "bdnf_plasma", 2500}});
}

// IFCC and NGSP as the master equation pairs them: 48 mmol/mol is 6.5 %, 53 is 7.0 %, 86 is 10.0 %.
TEST(Units, HbA1cFollowsTheMasterEquation) {
  for (const auto& [ifcc, ngsp] : std::vector<std::pair<double, double>>{
           {20, 4.0}, {42, 6.0}, {48, 6.5}, {53, 7.0}, {64, 8.0}, {86, 10.0}, {130, 14.0}}) {
    const std::optional<double> got = ConvertUnit(ifcc, "mmol/mol", "%", "hba1c");
    ASSERT_TRUE(got.has_value());
    EXPECT_NEAR(*got, ngsp, 0.051) << ifcc;
  }
  EXPECT_FALSE(ConvertUnit(0.065, "1", "%", "hba1c").has_value());  // a fraction would be taken for IFCC's
}

TEST(Units, SameUnitIsLeftAlone) {
  for (const Quantity& q : Quantities()) EXPECT_EQ(ConvertUnit(0.1 + 0.2, q.unit, q.unit, q.name), 0.1 + 0.2) << q.name;
  EXPECT_EQ(ConvertUnit(3, "furlong", "furlong", "anything"), 3);
}

TEST(Units, WhatDoesNotGoTogetherIsRefused) {
  const std::vector<std::vector<std::string>> cases = {
      {"kg", "cm", "weight"},
      {"mmol/L", "mg/dL", "uric_acid"},
      {"mmol/L", "mg/dL", "haemoglobin"},
      {"mmol/L", "mg/dL", ""},
      {"mmol/L", "mg/dL", "weight"},
      {"MG/DL", "mg/dL", "glucose"},
      {"mg/dl", "mg/dL", "glucose"},
      {"", "kg", "weight"},
      {"lb", "kg", "weight"},
      {"mg/L", "mg/dL", "glucose"},
      {"kg", "g", "weight"},
      {"%", "mmol/mol", "hba1c"},
      {"mg/dL", "mmol/L", "glucose"},
      {" kg", "kg", "weight"},
      {"ng/mL", "pg/mL", "bdnf_serum"},
  };
  for (const auto& c : cases)
    EXPECT_FALSE(ConvertUnit(1, c[0], c[1], c[2]).has_value()) << c[0] << " -> " << c[1] << " of " << c[2];
}

TEST(Units, NoNumberComesOutOfNone) {
  EXPECT_TRUE(std::isnan(*ConvertUnit(std::numeric_limits<double>::quiet_NaN(), "g", "kg", "weight")));
  EXPECT_TRUE(std::isinf(*ConvertUnit(std::numeric_limits<double>::infinity(), "g", "kg", "weight")));
  EXPECT_TRUE(std::isinf(*ConvertUnit(1e308, "m", "cm", "waist")));
}

// What UnitsFor offers is what ConvertUnit takes, for every quantity of the schema, and each conversion rises.
TEST(Units, WhatIsOfferedIsTaken) {
  ASSERT_GT(Quantities().size(), 25u);
  for (const Quantity& q : Quantities()) {
    const std::vector<std::string> units = UnitsFor(q.unit, q.name);
    ASSERT_FALSE(units.empty());
    EXPECT_EQ(units[0], q.unit) << q.name;
    EXPECT_EQ(std::set<std::string>(units.begin(), units.end()).size(), units.size()) << q.name;
    for (const std::string& unit : units) {
      const auto low = ConvertUnit(1, unit, q.unit, q.name), high = ConvertUnit(2, unit, q.unit, q.name);
      ASSERT_TRUE(low && high) << q.name << " in " << unit;
      EXPECT_LT(*low, *high) << q.name << " in " << unit;
    }
  }
  EXPECT_EQ(UnitsFor("mg/dL", "glucose"), (std::vector<std::string>{"mg/dL", "mmol/L"}));
  EXPECT_EQ(UnitsFor("%", "hba1c"), (std::vector<std::string>{"%", "mmol/mol"}));
  EXPECT_EQ(UnitsFor("kg", "weight"), (std::vector<std::string>{"kg", "g", "[lb_av]"}));
  EXPECT_EQ(UnitsFor("mg/dL", "elsewhere"), std::vector<std::string>{"mg/dL"});
}

}  // namespace
}  // namespace myokine
