// The myokine model: no work no change, monotone in work, intervals that hold their value; and what is no model.
#include "engine/response/response.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/response/curve.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

v1::AcuteResponse AcuteOf(const std::string& text) { return testing::Parse<v1::AcuteResponse>(text); }
v1::ChronicResponse ChronicOf(const std::string& text) { return testing::Parse<v1::ChronicResponse>(text); }

Estimate EstimateAcute(const v1::AcuteResponse& response, const Bout& bout, std::initializer_list<double> factors) {
  double product = 1;
  for (const double factor : factors) product *= factor;
  return AcuteModel(response, 0).Peak(bout, product);
}
Estimate EstimateChronic(const v1::ChronicResponse& response, double sessions_per_week, double weeks) {
  return ChronicModel(response).Change(sessions_per_week, weeks);
}

// A rise of 2 at 60 minutes, 60 % and whole legs.
constexpr char kRising[] = R"pb(
  modalities: 'aerobic'
  amplitude: 2
  minutes { power { scale: 60 exponent: 1 } }
  intensity {
    piecewise {
      points { x: 0 y: 0 }
      points { x: 60 y: 1 }
      points { x: 100 y: 2 }
    }
  }
  muscle_mass {
    piecewise {
      points { x: 0 y: 0 }
      points { x: 1 y: 1 }
    }
  }
  spread: 2
)pb";

std::vector<std::string> IssuesWith(const std::string& text) {
  Issues issues;
  CheckResponses(testing::Parse<v1::RulePack>(text), SourceMap(), issues);
  std::vector<std::string> found;
  for (const Issue& issue : issues.list()) found.push_back(issue.code + ": " + issue.message);
  return found;
}

double Uniform(std::mt19937& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}
bool Coin(std::mt19937& random) { return std::uniform_int_distribution<int>(0, 1)(random) == 1; }

// A curve that rises from 0 at 0.
v1::Curve Rising(std::mt19937& random, double reach) {
  v1::Curve curve;
  switch (std::uniform_int_distribution<int>(0, 2)(random)) {
    case 0: {
      double x = 0, y = 0;
      for (int i = 0; i < 5; ++i) {
        v1::CurvePoint& point = *curve.mutable_piecewise()->add_points();
        point.set_x(x);
        point.set_y(y);
        x += Uniform(random, reach / 20, reach / 4);
        y += Uniform(random, 0, 1);
      }
      break;
    }
    case 1:
      curve.mutable_power()->set_scale(Uniform(random, reach / 10, reach));
      curve.mutable_power()->set_exponent(Uniform(random, 0.2, 3));
      break;
    default: curve.mutable_saturating()->set_half(Uniform(random, reach / 10, reach));
  }
  return curve;
}

v1::AcuteResponse AnyAcute(std::mt19937& random) {
  v1::AcuteResponse response;
  response.set_amplitude(Uniform(random, 0.01, 20) * (Coin(random) ? 1 : -1));
  if (Coin(random)) *response.mutable_minutes() = Rising(random, 120);
  if (Coin(random)) *response.mutable_intensity() = Rising(random, 100);
  if (Coin(random)) *response.mutable_muscle_mass() = Rising(random, 1.2);
  if (Coin(random)) response.set_threshold(Uniform(random, 0, 3));
  if (Coin(random)) *response.mutable_ceiling() = Rising(random, 100);
  response.set_spread(Uniform(random, 1, 20));
  if (Coin(random)) response.set_noise(Uniform(random, 0, 2));
  return response;
}

Bout AnyBout(std::mt19937& random) {
  return {Uniform(random, 0, 300), Uniform(random, 0, 100), Uniform(random, 0, 1.2)};
}

TEST(Acute, IsWorkedOutAsWritten) {
  const v1::AcuteResponse response = AcuteOf(kRising);
  const Estimate whole = EstimateAcute(response, {60, 60, 1}, {});
  EXPECT_DOUBLE_EQ(whole.expected, 3);  // 1 + 2
  EXPECT_DOUBLE_EQ(whole.low, 2);       // 1 + 2 / 2
  EXPECT_DOUBLE_EQ(whole.high, 5);      // 1 + 2 * 2
  EXPECT_DOUBLE_EQ(EstimateAcute(response, {30, 60, 1}, {}).expected, 2);
  EXPECT_DOUBLE_EQ(EstimateAcute(response, {60, 30, 1}, {}).expected, 2);
  EXPECT_DOUBLE_EQ(EstimateAcute(response, {60, 60, 0.5}, {}).expected, 2);
  EXPECT_DOUBLE_EQ(EstimateAcute(response, {60, 60, 1}, {0.5, 3}).expected, 4);
}

TEST(Acute, ThresholdCeilingAndNoiseCount) {
  v1::AcuteResponse response = AcuteOf(kRising);
  response.set_threshold(0.5);
  EXPECT_DOUBLE_EQ(EstimateAcute(response, {60, 60, 1}, {}).expected, 2.5);
  EXPECT_DOUBLE_EQ(EstimateAcute(response, {15, 60, 1}, {}).expected, 1);  // below the threshold
  *response.mutable_ceiling() = testing::Parse<v1::Curve>("piecewise { points { x: 0 y: 0 } points { x: 100 y: 2 } }");
  EXPECT_DOUBLE_EQ(EstimateAcute(response, {60, 60, 1}, {}).expected, 2.2);
  response.set_noise(0.3);
  const Estimate noisy = EstimateAcute(response, {15, 60, 1}, {});
  EXPECT_DOUBLE_EQ(noisy.expected, 1);
  EXPECT_DOUBLE_EQ(noisy.low, 0.7);
  EXPECT_DOUBLE_EQ(noisy.high, 1.3);
}

TEST(Acute, FallsBelowRestButNeverToNothing) {
  v1::AcuteResponse response = AcuteOf(kRising);
  response.set_amplitude(-0.4);
  const Estimate some = EstimateAcute(response, {60, 60, 1}, {});
  EXPECT_DOUBLE_EQ(some.expected, 0.6);
  EXPECT_DOUBLE_EQ(some.low, 0.2);
  EXPECT_DOUBLE_EQ(some.high, 0.8);
  response.set_amplitude(-50);
  const Estimate much = EstimateAcute(response, {60, 60, 1}, {});
  EXPECT_DOUBLE_EQ(much.expected, 0.05);
  EXPECT_GT(much.low, 0);
}

TEST(Acute, WithoutWorkIsExactlyRest) {
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    const v1::AcuteResponse response = AnyAcute(random);
    Bout bout = AnyBout(random);
    switch (i % 4) {
      case 0: bout.minutes = 0; break;
      case 1: bout.percent_vo2max = 0; break;
      case 2: bout.muscle_mass = 0; break;
      default: bout.minutes = -5;
    }
    const Estimate estimate = EstimateAcute(response, bout, {Uniform(random, 0, 5)});
    ASSERT_EQ(estimate.expected, 1);
    ASSERT_EQ(estimate.low, 1);
    ASSERT_EQ(estimate.high, 1);
  }
}

TEST(Acute, IntervalHoldsItsValueAndStaysAboveNothing) {
  std::mt19937 random(2);
  for (int i = 0; i < 5000; ++i) {
    const v1::AcuteResponse response = AnyAcute(random);
    const double a = Uniform(random, 0, 4), b = Uniform(random, 0, 4);
    const Bout bout = AnyBout(random);
    const Estimate estimate = i % 3 == 0   ? EstimateAcute(response, bout, {})
                              : i % 3 == 1 ? EstimateAcute(response, bout, {a})
                                           : EstimateAcute(response, bout, {a, b});
    ASSERT_TRUE(std::isfinite(estimate.low) && std::isfinite(estimate.expected) && std::isfinite(estimate.high))
        << response.DebugString();
    ASSERT_GT(estimate.low, 0) << response.DebugString();
    ASSERT_LE(estimate.low, estimate.expected) << response.DebugString();
    ASSERT_LE(estimate.expected, estimate.high) << response.DebugString();
    // A myokine that rises never falls, and the other way round.
    if (response.amplitude() > 0) {
      ASSERT_GE(estimate.expected, 1) << response.DebugString();
    } else {
      ASSERT_LE(estimate.expected, 1) << response.DebugString();
    }
  }
}

TEST(Acute, MoreWorkNeverMovesItBack) {
  std::mt19937 random(3);
  for (int i = 0; i < 5000; ++i) {
    const v1::AcuteResponse response = AnyAcute(random);
    const Bout less = AnyBout(random);
    Bout more = less;
    switch (i % 3) {
      case 0: more.minutes += Uniform(random, 0, 100); break;
      case 1: more.percent_vo2max = Uniform(random, less.percent_vo2max, 100); break;
      default: more.muscle_mass = Uniform(random, less.muscle_mass, 1.2);
    }
    const Estimate a = EstimateAcute(response, less, {}), b = EstimateAcute(response, more, {});
    const double sign = response.amplitude() > 0 ? 1 : -1;
    ASSERT_LE(sign * a.expected, sign * b.expected + 1e-9) << response.DebugString();
    // The noise grows in over the first minute, a tenth of VO2max and a tenth of the muscle.
    if (less.minutes < 1 || less.percent_vo2max < 10 || less.muscle_mass < 0.1) continue;
    ASSERT_LE(sign * a.low, sign * b.low + 1e-9) << response.DebugString();
    ASSERT_LE(sign * a.high, sign * b.high + 1e-9) << response.DebugString();
  }
}

TEST(Acute, ExpectationIsContinuousInWork) {
  std::mt19937 random(4);
  for (int i = 0; i < 2000; ++i) {
    v1::AcuteResponse response = AnyAcute(random);
    // Each curve from zero, so that the expectation grows out of rest without a jump.
    *response.mutable_minutes() = Rising(random, 120);
    *response.mutable_intensity() = Rising(random, 100);
    *response.mutable_muscle_mass() = Rising(random, 1.2);
    const Bout bout = i % 5 == 0 ? Bout{0, 50, 1} : AnyBout(random);
    double last = 1e9;
    for (double step : {1e-3, 1e-6, 1e-9, 1e-12}) {
      Bout other = bout;
      other.minutes += step;
      const double jump =
          std::abs(EstimateAcute(response, other, {}).expected - EstimateAcute(response, bout, {}).expected);
      ASSERT_LE(jump, last + 1e-9);
      last = jump;
    }
    // (1e-12 / 12) ^ 0.2 is about 0.0024; the rest of the product is at most a few hundred.
    ASSERT_LT(last, bout.minutes == 0 ? 1 : 1e-3) << response.DebugString();
  }
}

TEST(Acute, LargerFactorsNeverMoveItBack) {
  std::mt19937 random(5);
  for (int i = 0; i < 2000; ++i) {
    const v1::AcuteResponse response = AnyAcute(random);
    const Bout bout = AnyBout(random);
    const double small = Uniform(random, 0, 3), large = small + Uniform(random, 0, 3);
    const double sign = response.amplitude() > 0 ? 1 : -1;
    ASSERT_LE(sign * EstimateAcute(response, bout, {small}).expected,
              sign * EstimateAcute(response, bout, {large}).expected + 1e-9)
        << response.DebugString();
  }
}

TEST(Chronic, IsWorkedOutAsWritten) {
  const v1::ChronicResponse response = ChronicOf(R"pb(
    modalities: 'aerobic'
    percent: -20
    percent_low: -40
    percent_high: 5
    weeks {
      piecewise {
        points { x: 0 y: 0 }
        points { x: 12 y: 1 }
      }
    }
    sessions_per_week { saturating { half: 3 } }
  )pb");
  const Estimate twelve = EstimateChronic(response, 3, 12);
  EXPECT_DOUBLE_EQ(twelve.expected, -10);
  EXPECT_DOUBLE_EQ(twelve.low, -20);
  EXPECT_DOUBLE_EQ(twelve.high, 2.5);
  EXPECT_DOUBLE_EQ(EstimateChronic(response, 3, 6).expected, -5);
  for (const auto& [sessions, weeks] : std::vector<std::pair<double, double>>{{0, 12}, {3, 0}, {-1, 12}, {3, -1}}) {
    const Estimate none = EstimateChronic(response, sessions, weeks);
    EXPECT_EQ(none.expected, 0);
    EXPECT_EQ(none.low, 0);
    EXPECT_EQ(none.high, 0);
  }
}

TEST(Chronic, IntervalHoldsItsValue) {
  std::mt19937 random(6);
  for (int i = 0; i < 3000; ++i) {
    v1::ChronicResponse response;
    double ends[] = {Uniform(random, -100, 500), Uniform(random, -100, 500), Uniform(random, -100, 500)};
    std::sort(std::begin(ends), std::end(ends));
    response.set_percent_low(ends[0]);
    response.set_percent(ends[1]);
    response.set_percent_high(ends[2]);
    *response.mutable_weeks() = Rising(random, 24);
    *response.mutable_sessions_per_week() = Rising(random, 7);
    const Estimate estimate = EstimateChronic(response, Uniform(random, 0, 14), Uniform(random, 0, 52));
    ASSERT_LE(estimate.low, estimate.expected) << response.DebugString();
    ASSERT_LE(estimate.expected, estimate.high) << response.DebugString();
  }
}

// A curve may dip below zero, as the rules of curves allow; the ends of the interval must not change places then.
TEST(Chronic, IntervalHoldsItsValueWhereACurveIsNegative) {
  const v1::ChronicResponse response = ChronicOf(R"pb(
    modalities: 'aerobic'
    percent: 10
    percent_low: 5
    percent_high: 20
    weeks {
      piecewise {
        points { x: 0 y: -0.5 }
        points { x: 12 y: 1 }
      }
    }
    sessions_per_week { saturating { half: 3 } }
  )pb");
  const Estimate early = EstimateChronic(response, 3, 1);
  EXPECT_LE(early.low, early.expected);
  EXPECT_LE(early.expected, early.high);
}

TEST(Response, IsFoundByModality) {
  const auto pack = testing::Parse<v1::RulePack>(
      "myokines { acute { modalities: 'aerobic' modalities: 'mobility' amplitude: 1 } acute { modalities: 'resistance' "
      "amplitude: 2 } chronic { modalities: 'resistance' } } myokines { acute { modalities: 'mobility' } }");
  const ResponseModels models(pack);
  const v1::MyokineModel &first = pack.myokines(0), &second = pack.myokines(1);
  ASSERT_EQ(models.For("mobility").size(), 2u);
  EXPECT_EQ(&models.For("mobility")[0].acute->response(), &first.acute(0));
  EXPECT_EQ(models.For("mobility")[0].chronic, nullptr);
  EXPECT_EQ(&models.For("mobility")[1].acute->response(), &second.acute(0));
  EXPECT_EQ(&models.For("resistance")[0].acute->response(), &first.acute(1));
  EXPECT_EQ(&models.For("resistance")[0].chronic->response(), &first.chronic(0));
  EXPECT_EQ(models.For("resistance")[1].acute, nullptr);
  for (const char* none : {"hiit", ""}) {
    ASSERT_EQ(models.For(none).size(), 2u);
    EXPECT_EQ(models.For(none)[0].acute, nullptr);
  }
  for (size_t i = 0; i < models.acute().size(); ++i) EXPECT_EQ(models.acute()[i]->number(), i);
}

TEST(Response, EffortBecomesPercentOfVo2max) {
  const ResponseModels models(testing::Parse<v1::RulePack>(
      "bout_model { percent_vo2max { piecewise { points { x: 0 y: 0 } points { x: 10 y: 100 } } } }"));
  EXPECT_DOUBLE_EQ(models.PercentVo2max(0), 0);
  EXPECT_DOUBLE_EQ(models.PercentVo2max(3.5), 35);
  EXPECT_DOUBLE_EQ(models.PercentVo2max(10), 100);
  EXPECT_EQ(ResponseModels().PercentVo2max(5), 0);  // no scale: no work can be told
}

TEST(Response, RefusesWhatIsNoModel) {
  const std::string good = "weeks { saturating { half: 4 } } sessions_per_week { saturating { half: 2 } }";
  const std::string no_form = "bad-curve: a curve needs a form: `piecewise`, `power` or `saturating`";
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {absl::StrCat("myokines { id: 'm' acute { ", kRising, " } chronic { modalities: 'aerobic' ", good, " } }"), {}},
      {"myokines { id: 'm' acute { modalities: 'aerobic' modalities: 'mobility' } acute { modalities: 'mobility' } }",
       {"duplicate-response: a second response for `mobility`"}},
      {"myokines { id: 'm' acute { modalities: 'aerobic' modalities: 'aerobic' } }",
       {"duplicate-response: a second response for `aerobic`"}},
      {absl::StrCat("myokines { id: 'm' chronic { modalities: 'aerobic' ", good, " } chronic { modalities: 'aerobic' ",
                    good, " } }"),
       {"duplicate-response: a second response for `aerobic`"}},
      {"myokines { id: 'm' no_number { en: 'why' } acute { modalities: 'aerobic' } }",
       {"number-without-data: a myokine with `no_number` has no acute response"}},
      {"myokines { id: 'm' acute { minutes {} intensity { power {} } } }",
       {no_form, "bad-curve: scale and exponent must be above 0"}},
      {"myokines { id: 'm' acute { modifiers { id: 'age' } } }", {no_form}},
      {"myokines { id: 'm' acute { ceiling { saturating {} } muscle_mass { piecewise {} } } }",
       {"bad-curve: a piecewise curve needs a point", "bad-curve: half must be above 0"}},
      {"myokines { id: 'm' chronic { modalities: 'aerobic' } }", {no_form, no_form}},
      {absl::StrCat("myokines { id: 'm' chronic { percent: 5 percent_low: 6 percent_high: 8 ", good, " } }"),
       {"bad-interval: `percent` must lie between `percent_low` and `percent_high`"}},
      {absl::StrCat("myokines { id: 'm' chronic { percent: 9 percent_low: 6 percent_high: 8 ", good, " } }"),
       {"bad-interval: `percent` must lie between `percent_low` and `percent_high`"}},
      {"bout_model { percent_vo2max {} }", {no_form}},
      {"myokines { id: 'm' acute { rises_with_minutes: true rises_with_intensity: true minutes { piecewise { points { "
       "x: 0 "
       "y: 2 } points { x: 1 y: 1 } } } intensity { saturating { half: 1 } } ceiling { piecewise { points { x: 0 y: 2 "
       "} "
       "points { x: 1 y: 1 } } } } }",
       {"falls: `rises_with_minutes` is declared, and the curve `minutes` falls",
        "falls: `rises_with_intensity` is declared, and the curve `ceiling` falls"}},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(IssuesWith(text), want) << text;
}

}  // namespace
}  // namespace myokine
