// Curves: values at and between points, continuity, monotony, and what is no curve.
#include "engine/response/curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

v1::Curve CurveOf(const std::string& text) { return testing::Parse<v1::Curve>(text); }

std::vector<std::string> IssuesWith(const v1::Curve& curve) {
  Issues issues;
  CheckCurve(curve, SourceMap(), issues);
  std::vector<std::string> found;
  for (const Issue& issue : issues.list()) found.push_back(issue.code + ": " + issue.message);
  return found;
}

double At(const v1::Curve& curve, double x) { return ResponseCurve(curve).At(x); }

double Uniform(std::mt19937& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}
int Whole(std::mt19937& random, int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); }

// A valid curve of any form; of piecewise ones, `rising` makes the y rise too.
v1::Curve AnyCurve(std::mt19937& random, bool rising) {
  v1::Curve curve;
  switch (Whole(random, 0, 2)) {
    case 0: {
      double x = Uniform(random, -50, 50), y = Uniform(random, 0, 5);
      const int points = Whole(random, 1, 12);
      for (int i = 0; i < points; ++i) {
        v1::CurvePoint& point = *curve.mutable_piecewise()->add_points();
        point.set_x(x);
        point.set_y(y);
        x += Uniform(random, 1e-3, 40);
        y += rising ? Uniform(random, 0, 3) : Uniform(random, -3, 3);
      }
      break;
    }
    case 1:
      curve.mutable_power()->set_scale(Uniform(random, 0.01, 100));
      curve.mutable_power()->set_exponent(Uniform(random, 0.1, 3));
      break;
    default: curve.mutable_saturating()->set_half(Uniform(random, 0.01, 100));
  }
  return curve;
}

TEST(Curve, PiecewiseGoesThroughItsPointsAndStaysLevelOutside) {
  const v1::Curve curve = CurveOf("piecewise { points { x: 0 y: 1 } points { x: 10 y: 3 } points { x: 20 y: -1 } }");
  for (const auto& [x, y] : std::vector<std::pair<double, double>>{
           {-1e300, 1}, {-1, 1}, {0, 1}, {2.5, 1.5}, {10, 3}, {15, 1}, {20, -1}, {21, -1}, {1e300, -1}}) {
    EXPECT_DOUBLE_EQ(At(curve, x), y) << x;
  }
}

TEST(Curve, OnePointIsLevelEverywhere) {
  const v1::Curve curve = CurveOf("piecewise { points { x: 5 y: 2 } }");
  for (double x : {-100.0, 5.0, 100.0}) EXPECT_EQ(At(curve, x), 2) << x;
}

TEST(Curve, PowerIsOneAtItsScaleAndZeroBelowZero) {
  const v1::Curve curve = CurveOf("power { scale: 30 exponent: 2 }");
  EXPECT_EQ(At(curve, 30), 1);
  EXPECT_EQ(At(curve, 60), 4);
  EXPECT_EQ(At(curve, 0), 0);
  EXPECT_EQ(At(curve, -30), 0);
}

TEST(Curve, SaturatingIsHalfAtItsHalfAndBelowOne) {
  const v1::Curve curve = CurveOf("saturating { half: 4 }");
  EXPECT_EQ(At(curve, 4), 0.5);
  EXPECT_EQ(At(curve, 0), 0);
  EXPECT_EQ(At(curve, -4), 0);
  EXPECT_EQ(At(curve, 12), 0.75);
  EXPECT_LT(At(curve, 1e6), 1);
}

TEST(Curve, ThatIsNotSetIsOne) {
  for (double x : {-1.0, 0.0, 1.0}) EXPECT_EQ(At(v1::Curve(), x), 1);
}

TEST(Curve, GeneratedOnesAreFineAndContinuous) {
  std::mt19937 random(20260115);
  for (int i = 0; i < 2000; ++i) {
    const v1::Curve curve = AnyCurve(random, false);
    ASSERT_TRUE(IssuesWith(curve).empty()) << curve.DebugString();
    // At its points, where a jump would be, and at others.
    std::vector<double> places = {0, Uniform(random, -100, 500)};
    for (const v1::CurvePoint& point : curve.piecewise().points()) places.push_back(point.x());
    for (double x : places) {
      const double at = At(curve, x);
      ASSERT_TRUE(std::isfinite(at)) << curve.DebugString() << x;
      for (double side : {-1.0, 1.0}) {
        double last = std::numeric_limits<double>::infinity();
        for (double step : {1e-2, 1e-4, 1e-6, 1e-8, 1e-10}) {
          const double jump = std::abs(At(curve, x + side * step) - at);
          ASSERT_LE(jump, last + 1e-9) << curve.DebugString() << x;
          last = jump;
        }
        // The steepest are powers below 1 at zero: (1e-10 / 0.01) ^ 0.1 = 0.16; others have vanished by then.
        ASSERT_LT(last, curve.has_power() && x == 0 ? 0.2 : 1e-4) << curve.DebugString() << x;
      }
    }
  }
}

TEST(Curve, RisingOnesAreMonotone) {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const v1::Curve curve = AnyCurve(random, true);
    std::vector<double> places;
    for (int j = 0; j < 20; ++j) places.push_back(Uniform(random, -100, 500));
    std::sort(places.begin(), places.end());
    for (size_t j = 1; j < places.size(); ++j)
      ASSERT_GE(At(curve, places[j]), At(curve, places[j - 1]) - 1e-12) << curve.DebugString() << places[j];
  }
}

TEST(Curve, PiecewiseStaysBetweenItsPoints) {
  std::mt19937 random(11);
  for (int i = 0; i < 1000; ++i) {
    const v1::Curve curve = AnyCurve(random, false);
    if (!curve.has_piecewise()) continue;
    double low = curve.piecewise().points(0).y(), high = low;
    for (const v1::CurvePoint& point : curve.piecewise().points())
      low = std::min(low, point.y()), high = std::max(high, point.y());
    for (int j = 0; j < 20; ++j) {
      const double y = At(curve, Uniform(random, -200, 600));
      ASSERT_GE(y, low - 1e-9) << curve.DebugString();
      ASSERT_LE(y, high + 1e-9) << curve.DebugString();
    }
  }
}

TEST(Curve, RefusesWhatIsNoContinuousFunction) {
  const std::string rise = "bad-curve: the x of a piecewise curve must rise",
                    finite = "bad-curve: a point must be finite";
  const std::string power = "bad-curve: scale and exponent must be above 0", half = "bad-curve: half must be above 0";
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"", {"bad-curve: a curve needs a form: `piecewise`, `power` or `saturating`"}},
      {"piecewise {}", {"bad-curve: a piecewise curve needs a point"}},
      {"piecewise { points { x: 1 y: 1 } points { x: 1 y: 2 } }", {rise}},
      {"piecewise { points { x: 2 y: 1 } points { x: 1 y: 2 } points { x: 0 y: 2 } }", {rise, rise}},
      {"piecewise { points { x: nan y: 1 } }", {finite}},
      {"piecewise { points { x: 1 y: inf } }", {finite}},
      {"piecewise { points { x: 1 y: 1 } points { x: nan y: 1 } }", {finite, rise}},
      {"piecewise { points { x: 1 y: 1 } points { x: inf y: 1 } }", {finite}},
      {"power {}", {power}},
      {"power { scale: 1 }", {power}},
      {"power { scale: -1 exponent: 1 }", {power}},
      {"power { scale: 1 exponent: -1 }", {power}},
      {"power { scale: inf exponent: 1 }", {power}},
      {"power { scale: nan exponent: 1 }", {power}},
      {"saturating {}", {half}},
      {"saturating { half: -1 }", {half}},
      {"saturating { half: nan }", {half}},
      {"piecewise { points { x: 1 y: 1 } }", {}},
      {"power { scale: 1e-9 exponent: 1e-9 }", {}},
      {"saturating { half: 1e-9 }", {}},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(IssuesWith(CurveOf(text)), want) << text;
}

}  // namespace
}  // namespace myokine
