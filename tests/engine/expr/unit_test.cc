#include "engine/expr/unit.h"

#include "gtest/gtest.h"

namespace myokine {
namespace {

TEST(Unit, MultipliesAndDivides) {
  EXPECT_EQ(Product("kg", "m"), "kg.m");
  EXPECT_EQ(Product("cm", "cm"), "cm2");
  EXPECT_EQ(Product("kg/m2", "m2"), "kg");
  EXPECT_EQ(Product("/min", "min"), "1");
  EXPECT_EQ(Quotient("kg", "cm2"), "kg/cm2");
  EXPECT_EQ(Quotient("g", "g"), "1");
  EXPECT_EQ(Quotient("kg/m2", "kg/m2"), "1");
  EXPECT_EQ(Quotient("", "min"), "/min");
  EXPECT_EQ(Quotient("mg/dL", "mg"), "/dL");
}

// A literal has no unit of its own.
TEST(Unit, LiteralsChangeNothing) {
  EXPECT_EQ(Product("kg", ""), "kg");
  EXPECT_EQ(Product("", "kg/m2"), "kg/m2");
  EXPECT_EQ(Quotient("mm[Hg]", "1"), "mm[Hg]");
}

// What stands in brackets or braces belongs to its unit.
TEST(Unit, KeepsAnnotationsWhole) {
  EXPECT_EQ(Product("mm[Hg]", "{MET}"), "mm[Hg].{MET}");
  EXPECT_EQ(Quotient("{a/b}", "{a/b}"), "1");
  EXPECT_EQ(Product("[in_i]", "[in_i]"), "[in_i]2");
}

}  // namespace
}  // namespace myokine
