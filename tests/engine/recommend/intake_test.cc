// The edge: what is refused and how it is said, what is converted, kept, or taken as unknown.
#include "engine/recommend/intake.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

using Lines = std::vector<std::string>;

class IntakeTest : public ::testing::Test {
 protected:
  Intake Take(const std::string& user, absl::Time now = testing::Moment()) {
    return TakeIn(testing::Parse<v1::UserState>(user), *ruleset_, now);
  }
  // `field: description` of each violation.
  Lines Refused(const std::string& user) {
    Lines lines;
    for (const FieldViolation& violation : Take(user).violations)
      lines.push_back(absl::StrCat(violation.field, ": ", violation.description));
    return lines;
  }
  static Lines Show(const std::vector<v1::Remark>& remarks) {
    Lines lines;
    for (const v1::Remark& remark : remarks)
      lines.push_back(absl::StrCat(remark.field(), " = ", remark.value(), ": ", remark.text()));
    return lines;
  }

  const std::shared_ptr<const Ruleset> ruleset_ = testing::CompileText("");
};

constexpr int64_t kNow = 1768467600;  // 2026-01-15T09:00:00Z
std::string At(int64_t seconds, int nanos = 0) { return absl::StrCat("{ seconds: ", seconds, " nanos: ", nanos, " }"); }

TEST_F(IntakeTest, NobodyIsFine) {
  const Intake intake = Take("");
  EXPECT_TRUE(intake.violations.empty());
  EXPECT_TRUE(intake.unrecognized.empty() && intake.stale.empty() && intake.warnings.empty());
  EXPECT_EQ(intake.at, testing::Moment());
  EXPECT_EQ(intake.user.evaluation_time().seconds(), kNow);
  EXPECT_EQ(intake.user.time_zone(), "UTC");
}

TEST_F(IntakeTest, RangesHoldAtTheirEndsAndNotBeyond) {
  struct Range {
    std::string head, tail, path, unit;
    std::string low, below, high, above;
  };
  const std::vector<Range> ranges = {
      {"profile { age_years: ", " }", "user.profile.age_years", " a", "0", "-1", "120", "121"},
      {"profile { height_cm: ", " }", "user.profile.height_cm", " cm", "100", "99.9", "230", "230.1"},
      {"today { minutes_available: ", " }", "user.today.minutes_available", " min", "0", "-1", "1440", "1441"},
      {"today { sleep_hours: ", " }", "user.today.sleep_hours", " h", "0", "-0.5", "24", "24.5"},
      {"today { fatigue: ", " }", "user.today.fatigue", "", "0", "-1", "10", "11"},
      {"today { wbgt_c: ", " }", "user.today.wbgt_c", " Cel", "-40", "-41", "60", "61"},
      {"health { pregnancy { week: ", " } }", "user.health.pregnancy.week", " wk", "1", "0", "43", "44"},
      {"measurements { weight { unit: 'kg' value: ", " } }", "user.measurements.weight.value", " kg", "25", "24.9",
       "300", "300.1"},
      {"today { glucose { unit: 'mg/dL' value: ", " } }", "user.today.glucose.value", " mg/dL", "20", "19", "800",
       "801"},
      {"labs { hba1c { unit: '%' value: ", " } }", "user.labs.hba1c.value", " %", "3", "2.9", "20", "20.1"},
      {"health { injuries { items { site: 'knee' severity: ", " } } }", "user.health.injuries.items[0].severity", "",
       "0", "-1", "10", "11"},
      {"recent_activities { items { modality: 'aerobic' started_at {} minutes: ", " } }",
       "user.recent_activities.items[0].minutes", " min", "1", "0", "1440", "1441"},
  };
  for (const Range& r : ranges) {
    EXPECT_EQ(Refused(r.head + r.low + r.tail), Lines{}) << r.path;
    EXPECT_EQ(Refused(r.head + r.high + r.tail), Lines{}) << r.path;
    const std::string must = absl::StrCat(r.unit, ", must be between ", r.low, " and ", r.high, r.unit);
    EXPECT_EQ(Refused(r.head + r.below + r.tail), Lines{absl::StrCat(r.path, ": is ", r.below, must)});
    EXPECT_EQ(Refused(r.head + r.above + r.tail), Lines{absl::StrCat(r.path, ": is ", r.above, must)});
  }
}

// A person must see why: "is 230 cm, must be between 100 and 230 cm" tells nothing.
TEST_F(IntakeTest, NumbersAreSaidToTheDigit) {
  EXPECT_EQ(Refused("profile { height_cm: 230.0001 }"),
            Lines{"user.profile.height_cm: is 230.0001 cm, must be between 100 and 230 cm"});
  EXPECT_EQ(Refused("measurements { steps_per_day { value: 1234567 unit: '/d' } }"),
            Lines{"user.measurements.steps_per_day.value: is 1234567 /d, must be between 0 and 120000 /d"});
}

TEST_F(IntakeTest, NumbersAreFinite) {
  for (const char* number : {"nan", "inf", "-inf"}) {
    EXPECT_EQ(Refused(absl::StrCat("profile { height_cm: ", number, " }")),
              Lines{"user.profile.height_cm: must be a finite number"})
        << number;
    EXPECT_EQ(Refused(absl::StrCat("measurements { weight { unit: 'kg' value: ", number, " } }")),
              Lines{"user.measurements.weight.value: must be a finite number"});
    EXPECT_EQ(Refused(absl::StrCat("measurements { weight { unit: 'g' value: ", number, " } }")),
              Lines{"user.measurements.weight.value: must be a finite number"});
  }
  EXPECT_EQ(Refused("measurements { waist { unit: 'm' value: 1e308 } }"),
            Lines{"user.measurements.waist.value: must be a finite number"});
}

TEST_F(IntakeTest, MeasurementsBecomeTheUnitOfTheirField) {
  const Intake intake = Take(
      "today { glucose { value: 5.5 unit: 'mmol/L' } } labs { hba1c { value: 48 unit: 'mmol/mol' } } measurements { "
      "weight { value: 154 unit: '[lb_av]' } }");
  EXPECT_TRUE(intake.violations.empty());
  EXPECT_NEAR(intake.user.today().glucose().value(), 99.09, 0.01);
  EXPECT_EQ(intake.user.today().glucose().unit(), "mg/dL");
  EXPECT_NEAR(intake.user.labs().hba1c().value(), 6.5, 0.05);
  EXPECT_NEAR(intake.user.measurements().weight().value(), 69.85, 0.01);
  EXPECT_EQ(intake.user.measurements().weight().unit(), "kg");
}

TEST_F(IntakeTest, UnitsAreRequiredAndKnown) {
  EXPECT_EQ(Refused("today { glucose { value: 100 } }"),
            Lines{"user.today.glucose.unit: is required: `mg/dL`, `mmol/L`"});
  EXPECT_EQ(Refused("today { glucose { value: 100 unit: 'mg/dl' } }"),
            Lines{"user.today.glucose.unit: `mg/dl` can't be converted; accepted are `mg/dL`, `mmol/L`"});
  EXPECT_EQ(Refused("measurements { weight { value: 70 unit: 'cm' } }"),
            Lines{"user.measurements.weight.unit: `cm` can't be converted; accepted are `kg`, `g`, `[lb_av]`"});
  // The range counts after the conversion.
  EXPECT_EQ(Refused("today { glucose { value: 100 unit: 'mmol/L' } }"),
            Lines{"user.today.glucose.value: is 1801.56 mg/dL, must be between 20 and 800 mg/dL"});
}

TEST_F(IntakeTest, StringsAreBoundedEverywhere) {
  const std::string long_text(10000, 'x');
  EXPECT_EQ(
      Refused("time_zone: 'UTC' recent_activities { items { modality: 'aerobic' minutes: 1 started_at {} exercise: '" +
              std::string(129, 'x') + "' } }"),
      Lines{"user.recent_activities.items[0].exercise: is longer than 128 bytes"});
  EXPECT_EQ(Refused("profile { sex_at_birth: '" + long_text + "' }"),
            Lines{"user.profile.sex_at_birth: is longer than 256 bytes"});
  EXPECT_EQ(Refused("health { conditions { items: '" + long_text + "' } }").size(), 1u);
  EXPECT_EQ(Refused("declared_unknown: '" + long_text + "'").size() >= 1, true);
}

TEST_F(IntakeTest, StringsOfMeasurementsAreBoundedToo) {
  const std::string long_text(10000, 'x');
  EXPECT_EQ(Refused("measurements { weight { value: 70 unit: 'kg' source: '" + std::string(64, 'x') + "' } }"),
            Lines{});
  EXPECT_EQ(Refused("measurements { weight { value: 70 unit: 'kg' source: '" + std::string(65, 'x') + "' } }").size(),
            1u);
  // What is refused is not said back at full length.
  for (const std::string& line : Refused("measurements { weight { value: 70 unit: '" + long_text + "' } }"))
    EXPECT_LT(line.size(), 500u);
  for (const std::string& line : Refused("time_zone: '" + long_text + "'")) EXPECT_LT(line.size(), 500u);
  for (const std::string& line : Refused("declared_unknown: '" + long_text + "'")) EXPECT_LT(line.size(), 500u);
}

TEST_F(IntakeTest, TimesLieNotInTheFuture) {
  const std::string after = ": lies after the evaluation time 2026-01-15T09:00:00+00:00";
  EXPECT_EQ(Refused(absl::StrCat("today { last_meal_at ", At(kNow), " }")), Lines{});
  EXPECT_EQ(Refused(absl::StrCat("today { last_meal_at ", At(kNow, 1), " }")),
            Lines{"user.today.last_meal_at" + after});
  EXPECT_EQ(Refused(absl::StrCat("recent_activities { items { modality: 'aerobic' minutes: 9 started_at ", At(kNow + 1),
                                 " } }")),
            Lines{"user.recent_activities.items[0].started_at" + after});
  EXPECT_EQ(Refused(absl::StrCat("measurements { weight { value: 70 unit: 'kg' measured_at ", At(kNow + 1), " } }")),
            Lines{"user.measurements.weight.measured_at" + after});
  EXPECT_EQ(Refused(absl::StrCat("health { clearance { granted_at ", At(kNow + 1), " } }")),
            Lines{"user.health.clearance.granted_at" + after});
  EXPECT_EQ(Refused(absl::StrCat("health { clearance { expires_at ", At(kNow + 1), " } }")), Lines{});
  // The state's own evaluation time counts, where it has one.
  EXPECT_EQ(Refused(absl::StrCat("evaluation_time ", At(kNow + 10), " today { last_meal_at ", At(kNow + 5), " }")),
            Lines{});
  EXPECT_EQ(
      Refused(absl::StrCat("evaluation_time ", At(kNow - 10), " today { last_meal_at ", At(kNow - 5), " }")).size(),
      1u);
}

// The moment has fractions of a second: what was measured half a second ago does not lie in the future.
TEST_F(IntakeTest, TheMomentKeepsItsFractions) {
  const Intake intake = Take(absl::StrCat("today { last_meal_at ", At(kNow, 500000000), " }"),
                             testing::Moment() + absl::Milliseconds(900));
  EXPECT_TRUE(intake.violations.empty());
  EXPECT_EQ(intake.at, testing::Moment() + absl::Milliseconds(900));
}

TEST_F(IntakeTest, TimesAreTimes) {
  const std::string no_time = ": is not a time between the years 1 and 9999";
  EXPECT_EQ(Refused("today { last_meal_at { seconds: 1 nanos: -1 } }"), Lines{"user.today.last_meal_at" + no_time});
  EXPECT_EQ(Refused("today { last_meal_at { seconds: 1 nanos: 1000000000 } }"),
            Lines{"user.today.last_meal_at" + no_time});
  EXPECT_EQ(Refused("today { last_meal_at { seconds: -62135596801 } }"), Lines{"user.today.last_meal_at" + no_time});
  EXPECT_EQ(Refused("today { last_meal_at { seconds: -62135596800 } }"), Lines{});
  EXPECT_EQ(Refused("evaluation_time { seconds: 253402300800 }"), Lines{"user.evaluation_time" + no_time});
  EXPECT_EQ(Refused("evaluation_time { seconds: 9223372036854775807 }"), Lines{"user.evaluation_time" + no_time});
  EXPECT_EQ(Refused("evaluation_time { seconds: -9223372036854775808 }"), Lines{"user.evaluation_time" + no_time});
}

TEST_F(IntakeTest, OldMeasurementsAreUnknownAndSaidSo) {
  auto glucose = [](int64_t seconds) {
    return absl::StrCat("today { glucose { value: 100 unit: 'mg/dL' measured_at ", At(seconds), " } }");
  };
  EXPECT_TRUE(Take(glucose(kNow - 3600)).user.today().has_glucose());  // an hour to the second
  const Intake old = Take(glucose(kNow - 3601));
  EXPECT_FALSE(old.user.today().has_glucose());
  EXPECT_TRUE(old.violations.empty());
  EXPECT_EQ(Show(old.stale),
            Lines{"user.today.glucose = 2026-01-15T07:59:59+00:00: older than 1 hours; treated as unknown"});
  EXPECT_TRUE(Take("today { glucose { value: 100 unit: 'mg/dL' } }").user.today().has_glucose());  // no time: now
  // Even what is too old must be sane.
  EXPECT_EQ(Take("today { glucose { value: 10000 unit: 'mg/dL' measured_at { seconds: 1 } } }").violations.size(), 1u);
}

TEST_F(IntakeTest, UnusualValuesAreWarnedOf) {
  const Intake intake = Take("profile { age_years: 95 height_cm: 139 } today { glucose { value: 3 unit: 'mmol/L' } }");
  EXPECT_TRUE(intake.violations.empty());
  EXPECT_EQ(Show(intake.warnings), (Lines{"user.profile.age_years = 95 a: unusual value; please check it",
                                          "user.profile.height_cm = 139 cm: unusual value; please check it",
                                          "user.today.glucose.value = 54.0468 mg/dL: unusual value; please check it"}));
  EXPECT_TRUE(Take("profile { age_years: 18 height_cm: 140 }").warnings.empty());
  EXPECT_TRUE(Take("profile { age_years: 90 height_cm: 200 }").warnings.empty());
}

// However small or large a number is, what is said of it can be read.
TEST_F(IntakeTest, NumbersOfAnySizeAreNamed) {
  EXPECT_EQ(Refused("profile { height_cm: 1.25e-306 }"),
            (Lines{"user.profile.height_cm: is 1.25e-306 cm, must be between 100 and 230 cm"}));
  EXPECT_EQ(Refused("profile { height_cm: 1.25e300 }"),
            (Lines{"user.profile.height_cm: is 1.25e+300 cm, must be between 100 and 230 cm"}));
}

TEST_F(IntakeTest, UnknownIdsAreRefusedWithASuggestion) {
  EXPECT_EQ(Refused("health { conditions { items: 'asthmaa' } }"),
            Lines{"user.health.conditions[0]: `asthmaa` is not in the vocabulary `condition`; did you mean `asthma`?"});
  EXPECT_EQ(Refused("health { conditions { items: 'asthma' items: 'gout' } }"),
            Lines{"user.health.conditions[1]: `gout` is not in the vocabulary `condition`"});
  EXPECT_EQ(Refused("profile { sex_at_birth: 'femal' }"),
            Lines{"user.profile.sex_at_birth: `femal` is not in the vocabulary `sex`; did you mean `female`?"});
  EXPECT_EQ(Refused("profile { sex_at_birth: 'FEMALE' }"),
            Lines{"user.profile.sex_at_birth: `FEMALE` is not in the vocabulary `sex`; did you mean `female`?"});
  EXPECT_EQ(Refused("profile { goals { items { id: 'muscles' } } }"),
            Lines{"user.profile.goals.items[0].id: `muscles` is not in the vocabulary `goal`; did you mean `muscle`?"});
  EXPECT_EQ(Refused("health { conditions { items: '' } }").size(), 1u);
  EXPECT_EQ(Refused("preferences { liked { items: 'walk' items: 'tofu_bowl' } }"), Lines{});
  EXPECT_EQ(Refused("preferences { liked { items: 'wlak' } }"),
            Lines{"user.preferences.liked[0]: `wlak` is not in the vocabulary `candidate`; did you mean `walk`?"});
  EXPECT_EQ(Refused("recent_activities { items { modality: 'aerobic' minutes: 9 started_at {} muscles: 'bicep' } }"),
            Lines{"user.recent_activities.items[0].muscles[0]: `bicep` is not in the vocabulary `muscle`; did you mean "
                  "`biceps`?"});
}

TEST_F(IntakeTest, CodesBecomeIds) {
  const Intake intake =
      Take("health { conditions { items: 'icd10:E11.3' items: 'snomed:44054006' items: 'asthma' complete: true } }");
  EXPECT_TRUE(intake.violations.empty() && intake.unrecognized.empty());
  EXPECT_EQ(absl::StrJoin(intake.user.health().conditions().items(), " "), "asthma diabetes type_2_diabetes");
  EXPECT_TRUE(intake.user.health().conditions().complete());
}

TEST_F(IntakeTest, UnknownCodesAreKeptAsARisk) {
  const Intake intake = Take(
      "health { conditions { items: 'asthma' items: 'icd10:Z99' complete: true } allergies { items: 'snomed:1' "
      "complete: true } }");
  EXPECT_TRUE(intake.violations.empty());
  EXPECT_EQ(Show(intake.unrecognized),
            (Lines{"user.health.conditions[1] = icd10:Z99: code not known; counts as an unknown risk",
                   "user.health.allergies[0] = snomed:1: code not known; counts as an unknown risk"}));
  EXPECT_EQ(absl::StrJoin(intake.user.health().conditions().items(), " "), "asthma unrecognized");
  EXPECT_FALSE(intake.user.health().conditions().complete());
  EXPECT_EQ(intake.user.health().allergies().items_size(), 0);  // that vocabulary has no such concept
  EXPECT_FALSE(intake.user.health().allergies().complete());
}

TEST_F(IntakeTest, UnknownCodesOfScalarsAreUnknown) {
  const Intake intake = Take(
      "profile { sex_at_birth: 'snomed:1' } health { injuries { items { site: 'snomed:2' severity: 3 } complete: true "
      "} }");
  EXPECT_TRUE(intake.violations.empty());
  EXPECT_EQ(Show(intake.unrecognized),
            (Lines{"user.profile.sex_at_birth = snomed:1: code not known; treated as unknown",
                   "user.health.injuries.items[0].site = snomed:2: code not known; treated as unknown"}));
  EXPECT_FALSE(intake.user.profile().has_sex_at_birth());
  EXPECT_EQ(intake.user.health().injuries().items(0).site(), "");
}

// "Callers send our id or a code": in lists of records too. A code that we lack is never an error.
TEST_F(IntakeTest, CodesAreTakenInRepeatedFieldsOfRecords) {
  const Intake intake =
      Take("diet { entries { items { eaten_at {} allergens: 'snomed:782594005' allergens: 'snomed:1' } } }");
  EXPECT_TRUE(intake.violations.empty());
  EXPECT_EQ(absl::StrJoin(intake.user.diet().entries().items(0).allergens(), " "), "soy");
  EXPECT_EQ(intake.unrecognized.size(), 1u);
}

TEST_F(IntakeTest, ListsHaveALength) {
  auto conditions = [](int count) {
    std::string text = "health { conditions {";
    for (int i = 0; i < count; ++i) text += " items: 'asthma'";
    return text + " } }";
  };
  EXPECT_EQ(Refused(conditions(64)), Lines{});
  EXPECT_EQ(Refused(conditions(65)), Lines{"user.health.conditions: has 65 items; at most 64 are accepted"});
  std::string injuries;
  for (int i = 0; i < 17; ++i) injuries += " items { site: 'knee' }";
  EXPECT_EQ(Refused("health { injuries {" + injuries + " } }"),
            Lines{"user.health.injuries.items: has 17 items; at most 16 are accepted"});
  std::string declared;
  for (int i = 0; i < 65; ++i) declared += " declared_unknown: 'user.health.conditions'";
  EXPECT_EQ(Refused(declared), Lines{"user.declared_unknown: has 65 items; at most 64 are accepted"});
}

TEST_F(IntakeTest, RequiredFieldsAreRequired) {
  EXPECT_EQ(Refused("recent_activities { items { minutes: 9 } }"),
            (Lines{"user.recent_activities.items[0].modality: is required",
                   "user.recent_activities.items[0].started_at: is required"}));
  EXPECT_EQ(Refused("health { injuries { items {} } }"), Lines{"user.health.injuries.items[0].site: is required"});
  EXPECT_EQ(Refused("today { pains { items { site: 'knee' } } }"), Lines{});  // a level of 0 is a level
}

TEST_F(IntakeTest, EmptyStringsSayNothing) {
  const Intake intake = Take("profile { sex_at_birth: '' lifestyle: '' }");
  EXPECT_TRUE(intake.violations.empty());
  EXPECT_FALSE(intake.user.profile().has_sex_at_birth());
}

TEST_F(IntakeTest, WhatContradictsItselfIsRefused) {
  auto pressures = [](double high, double low) {
    return absl::StrCat("measurements { systolic_pressure { value: ", high,
                        " unit: 'mm[Hg]' } diastolic_pressure { value: ", low, " unit: 'mm[Hg]' } }");
  };
  EXPECT_EQ(Refused(pressures(120, 80)), Lines{});
  EXPECT_EQ(Refused(pressures(80, 80)),
            Lines{"user.measurements.diastolic_pressure: must be below the systolic pressure"});
  EXPECT_EQ(Refused("measurements { systolic_pressure { value: 16 unit: 'kPa' } diastolic_pressure { value: 125 unit: "
                    "'mm[Hg]' } }")
                .size(),
            1u);
}

TEST_F(IntakeTest, TimeZonesAreThoseOfTheDatabase) {
  EXPECT_EQ(Refused("time_zone: 'Asia/Tokyo'"), Lines{});
  EXPECT_EQ(Refused("time_zone: 'Mars/Olympus'"),
            Lines{"user.time_zone: `Mars/Olympus` is no IANA time zone, such as `Asia/Tokyo`"});
}

// A caller must not make the server open files of its choice, nor get an answer that depends on the machine.
TEST_F(IntakeTest, TimeZonesAreNoPaths) {
  for (const char* zone :
       {"/etc/localtime", "/usr/share/zoneinfo/UTC", "../zoneinfo/UTC", "localtime", "file:UTC", "/dev/null"}) {
    EXPECT_EQ(Refused(absl::StrCat("time_zone: '", zone, "'")).size(), 1u) << zone;
  }
}

TEST_F(IntakeTest, DeclaredUnknownsAreFacts) {
  EXPECT_EQ(Refused("declared_unknown: 'user.health.conditions' declared_unknown: 'user.profile.age_years'"), Lines{});
  EXPECT_EQ(Refused("declared_unknown: 'user.health.conditionz'"),
            Lines{"user.declared_unknown[0]: no fact `user.health.conditionz`"});
  EXPECT_EQ(Refused("declared_unknown: 'health.conditions'").size(), 1u);
  EXPECT_EQ(Refused("declared_unknown: ''").size(), 1u);
}

TEST_F(IntakeTest, AllViolationsAreFoundAtOnce) {
  const Lines refused =
      Refused(absl::StrCat("profile { age_years: 200 sex_at_birth: 'x' goals { items { id: 'muscle' weight_permille: "
                           "1001 } } } health { conditions { items: 'nope' items: 'asthma' items: 'nada' } }"
                           "measurements { weight { value: 70 } waist { value: nan unit: 'cm' } } time_zone: 'Nowhere' "
                           "declared_unknown: 'x' today { last_meal_at ",
                           At(kNow + 99), " }"));
  Lines fields;
  for (const std::string& line : refused) fields.push_back(line.substr(0, line.find(": ")));
  EXPECT_EQ(fields,
            (Lines{"user.profile.age_years", "user.profile.sex_at_birth", "user.profile.goals.items[0].weight_permille",
                   "user.health.conditions[0]", "user.health.conditions[2]", "user.measurements.weight.unit",
                   "user.measurements.waist.value", "user.today.last_meal_at", "user.time_zone",
                   "user.declared_unknown[0]"}));
}

}  // namespace
}  // namespace myokine
