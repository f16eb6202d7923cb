// The shipped response models: the shapes that physiology asks for, over generated bouts and people; the order of
// well-known efforts; and the published values, most of which the intervals must hold.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "engine/recommend/estimate.h"
#include "engine/recommend/response_estimator.h"
#include "gtest/gtest.h"
#include "tests/support/person_facts.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

constexpr int kBouts = 100'000;
constexpr const char* kModalities[] = {"aerobic", "resistance", "hiit", "mobility", "balance", "everyday"};

const Ruleset& Shipped() {
  static const std::shared_ptr<const Ruleset> ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  return *ruleset;
}

// A person, and an estimator for them.
struct Somebody {
  explicit Somebody(const v1::UserState& user)
      : facts(Shipped(), user, absl::FromUnixSeconds(1'700'000'000)), estimator(Shipped(), facts.activation()) {}

  PersonFacts facts;
  ResponseEstimator estimator;
};

double Uniform(std::mt19937& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}
int Whole(std::mt19937& random, int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); }

v1::UserState AnyPerson(std::mt19937& random) {
  v1::UserState user;
  if (Whole(random, 0, 3) > 0) user.mutable_profile()->set_age_years(Whole(random, 0, 120));
  if (Whole(random, 0, 3) > 0) user.mutable_profile()->set_regularly_active(Whole(random, 0, 1) == 1);
  if (Whole(random, 0, 3) > 0) {
    user.mutable_profile()->set_height_cm(Uniform(random, 140, 210));
    user.mutable_measurements()->mutable_weight()->set_value(Uniform(random, 35, 220));
    user.mutable_measurements()->mutable_weight()->set_unit("kg");
  }
  return user;
}

Bout AnyBout(std::mt19937& random) {
  return {Uniform(random, 0, 400), Uniform(random, 0, 100), Uniform(random, 0, 1.2),
          Uniform(random, 0, 1),   Uniform(random, -1, 1),  Uniform(random, 0, 1)};
}

// Calls `visit(model, estimator, bout)` for each acute model of a kind of training, over generated people and bouts.
template <typename Visit>
void OverGeneratedBouts(uint32_t seed, Visit visit) {
  std::mt19937 random(seed);
  for (int person = 0; person < kBouts / 100; ++person) {
    const Somebody somebody(AnyPerson(random));
    for (int i = 0; i < 100; ++i) {
      const Bout bout = AnyBout(random);
      for (const ResponseModels::Pair& pair : Shipped().responses().For(kModalities[Whole(random, 0, 5)])) {
        if (pair.acute != nullptr) visit(*pair.acute, somebody.estimator, bout, random);
        if (::testing::Test::HasFatalFailure()) return;
      }
    }
  }
}

TEST(ShippedResponses, IntervalsHoldTheirValueAndStayFiniteAndPositive) {
  OverGeneratedBouts(
      1, [](const AcuteModel& model, const ResponseEstimator& estimator, const Bout& bout, std::mt19937&) {
        const Estimate peak = estimator.Peak(model, bout);
        ASSERT_TRUE(std::isfinite(peak.low) && std::isfinite(peak.high)) << model.response().ShortDebugString();
        ASSERT_GT(peak.low, 0);
        ASSERT_LE(peak.low, peak.expected);
        ASSERT_LE(peak.expected, peak.high);
        ASSERT_GE(model.PeakMinutes(bout), 0);
        ASSERT_GE(model.ReturnMinutes(bout), model.PeakMinutes(bout));
      });
}

TEST(ShippedResponses, WithoutContractionNothingHappens) {
  OverGeneratedBouts(2, [](const AcuteModel& model, const ResponseEstimator& estimator, Bout bout,
                           std::mt19937& random) {
    (Whole(random, 0, 2) == 0 ? bout.minutes : Whole(random, 0, 1) == 0 ? bout.percent_vo2max : bout.muscle_mass) = 0;
    const Estimate peak = estimator.Peak(model, bout);
    ASSERT_EQ(peak.expected, 1);
    ASSERT_EQ(peak.low, 1);
    ASSERT_EQ(peak.high, 1);
  });
}

TEST(ShippedResponses, RiseWhereThePackDeclaresIt) {
  OverGeneratedBouts(
      3, [](const AcuteModel& model, const ResponseEstimator& estimator, const Bout& less, std::mt19937& random) {
        const double sign = model.falls() ? -1 : 1;
        Bout more = less;
        if (model.response().rises_with_minutes()) {
          more.minutes += Uniform(random, 0, 100);
          ASSERT_LE(sign * estimator.Peak(model, less).expected, sign * estimator.Peak(model, more).expected + 1e-9)
              << model.response().ShortDebugString();
        }
        more = less;
        if (model.response().rises_with_intensity()) {
          more.percent_vo2max = Uniform(random, less.percent_vo2max, 100);
          ASSERT_LE(sign * estimator.Peak(model, less).expected, sign * estimator.Peak(model, more).expected + 1e-9)
              << model.response().ShortDebugString();
        }
      });
}

TEST(ShippedResponses, AreContinuousInEveryQuantity) {
  OverGeneratedBouts(
      4, [](const AcuteModel& model, const ResponseEstimator& estimator, const Bout& bout, std::mt19937& random) {
        Bout other = bout;
        constexpr double kStep = 1e-7;
        switch (Whole(random, 0, 5)) {
          case 0: other.minutes += kStep; break;
          case 1: other.percent_vo2max += kStep; break;
          case 2: other.muscle_mass += kStep; break;
          case 3: other.eccentric_share += kStep; break;
          case 4: other.carbohydrate += kStep; break;
          default: other.work_share += kStep;
        }
        const Estimate a = estimator.Peak(model, bout), b = estimator.Peak(model, other);
        ASSERT_NEAR(a.expected, b.expected, 1e-3) << model.response().ShortDebugString();
        ASSERT_NEAR(a.low, b.low, 1e-3) << model.response().ShortDebugString();
        ASSERT_NEAR(a.high, b.high, 5e-3) << model.response().ShortDebugString();
        ASSERT_NEAR(model.PeakMinutes(bout), model.PeakMinutes(other), 1e-2);
        ASSERT_NEAR(model.ReturnMinutes(bout), model.ReturnMinutes(other), 1e-2);
      });
}

// From nothing: at the threshold of contraction there is no jump either.
TEST(ShippedResponses, GrowOutOfNothing) {
  OverGeneratedBouts(5, [](const AcuteModel& model, const ResponseEstimator& estimator, Bout bout, std::mt19937&) {
    bout.minutes = 1e-7;
    const Estimate peak = estimator.Peak(model, bout);
    ASSERT_NEAR(peak.low, 1, 1e-4);
    ASSERT_NEAR(peak.high, 1, 1e-4);
  });
}

// Age and body composition make a response smaller or larger, never nothing.
TEST(ShippedResponses, NoPersonLosesAResponse) {
  std::mt19937 random(6);
  const Somebody unknown{v1::UserState()};
  for (int i = 0; i < 1000; ++i) {
    const Somebody somebody(AnyPerson(random));
    Bout bout = {60, 75, 1, 0.2, 0, 1};
    for (const char* modality : kModalities) {
      for (const ResponseModels::Pair& pair : Shipped().responses().For(modality)) {
        if (pair.acute == nullptr) continue;
        const double whole = unknown.estimator.Peak(*pair.acute, bout).expected - 1;
        if (std::abs(whole) < 0.1) continue;
        const double theirs = somebody.estimator.Peak(*pair.acute, bout).expected - 1;
        ASSERT_GT(theirs / whole, 0.2) << pair.acute->response().ShortDebugString();
      }
    }
  }
}

TEST(ShippedResponses, CoursesBeginAndEndAtRestAndPeakAtThePeak) {
  OverGeneratedBouts(7, [](const AcuteModel& model, const ResponseEstimator& estimator, const Bout& bout,
                           std::mt19937& random) {
    const double peak = estimator.Peak(model, bout).expected;
    ASSERT_EQ(model.Course(bout, peak, -bout.minutes - 1), 1);
    ASSERT_NEAR(model.Course(bout, peak, model.PeakMinutes(bout)), peak, 1e-9 * peak);
    const double at = Uniform(random, -bout.minutes, 3000);
    ASSERT_LE(std::abs(model.Course(bout, peak, at) - 1), std::abs(peak - 1) + 1e-9);
    ASSERT_LE(std::abs(model.Course(bout, peak, model.ReturnMinutes(bout) + 1) - 1), 0.051 * std::abs(peak - 1) + 1e-9);
  });
}

// Sitting, cleaning, walking, jogging, running far and the marathon, in that order.
TEST(ShippedResponses, Il6FollowsTheOrderOfWellKnownEfforts) {
  const Somebody somebody{v1::UserState()};
  const std::array<std::pair<const char*, Bout>, 7> chain = {{{"everyday", {60, 5, 0.1}},
                                                              {"everyday", {20, 30, 0.6}},
                                                              {"aerobic", {30, 40, 1}},
                                                              {"aerobic", {30, 70, 1}},
                                                              {"aerobic", {60, 70, 1}},
                                                              {"aerobic", {120, 72, 1}},
                                                              {"aerobic", {206, 78, 1}}}};
  size_t il6 = 0;
  while (Shipped().pack().myokines(static_cast<int>(il6)).id() != "il6_exercise") ++il6;
  std::vector<double> folds;
  for (const auto& [modality, bout] : chain)
    folds.push_back(somebody.estimator.Peak(*Shipped().responses().For(modality)[il6].acute, bout).expected);
  for (size_t i = 1; i < folds.size(); ++i) {
    EXPECT_LE(folds[i - 1], folds[i]) << i;
    EXPECT_TRUE(i < 4 || folds[i - 1] < folds[i]) << i;
  }
  EXPECT_NEAR(folds[2], 1, 0.05);  // a walk of half an hour does nothing measurable
}

TEST(ShippedResponses, UnitsOfTheRequestMakeNoDifference) {
  v1::EstimateResponseRequest request;
  v1::Bout& bout = *request.add_bouts();
  bout.set_exercise("walk_brisk");
  v1::UserState& user = *request.mutable_user();
  user.mutable_profile()->set_height_cm(170);
  user.mutable_measurements()->mutable_weight()->set_value(80);
  user.mutable_measurements()->mutable_weight()->set_unit("kg");
  const Estimation metric = EstimateResponse(Shipped(), request, absl::UnixEpoch());
  ASSERT_TRUE(metric.violations.empty()) << metric.violations[0].field << metric.violations[0].description;
  user.mutable_measurements()->mutable_weight()->set_value(80 / 0.45359237);
  user.mutable_measurements()->mutable_weight()->set_unit("[lb_av]");
  const Estimation pounds = EstimateResponse(Shipped(), request, absl::UnixEpoch());
  EXPECT_EQ(metric.response.SerializeAsString(), pounds.response.SerializeAsString());
}

// Each part of the last line is an aim of its own: 80 % inside, widths of at most 4 for IL-6 and 2.5 for others.
TEST(ShippedResponses, PublishedValuesLieInsideHonestIntervals) {
  FILE* pipe = popen(MYOKINE_BIN_DIR "/response_validation " MYOKINE_RULES_DIR " 2>&1", "r");
  ASSERT_NE(pipe, nullptr);
  std::string output;
  char buffer[4096];
  while (const size_t read = fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, read);
  ASSERT_EQ(pclose(pipe), 0) << output;
  const size_t last = output.rfind("inside: ");
  ASSERT_NE(last, std::string::npos) << output;
  int inside = 0, count = 0;
  double il6 = 0, others = 0;
  ASSERT_EQ(
      sscanf(output.c_str() + last, "inside: %d of %d; width: IL-6 %lf, others %lf", &inside, &count, &il6, &others),
      4);
  EXPECT_GE(count, 35);
  EXPECT_GE(inside * 100, count * 80) << output;
  EXPECT_LE(il6, 4);
  EXPECT_LE(others, 2.5);
}

}  // namespace
}  // namespace myokine
