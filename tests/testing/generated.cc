#include "tests/testing/generated.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "tests/testing/pack_builder.h"

namespace myokine::testing {
namespace {

constexpr const char* kConditions[] = {
    "user.profile.age_years >= 65",
    "user.profile.age_years < 30 || user.today.fatigue > 6",
    "\"angina\" in user.health.conditions",
    "user.health.conditions.exists(c, c in [\"type_1_diabetes\", \"asthma\"])",
    "!(\"fever\" in user.health.symptoms)",
    "has(user.today.sleep_hours) && user.today.sleep_hours < 6.0",
    "user.health.injuries.exists(i, i.site == \"knee\" && i.severity > 3)",
    "user.recent_activities.exists(a, now - a.started_at < duration(\"48h\"))",
    "user.recent_activities.map(a, a.minutes).exists(m, m > 30)",
    "10 / user.today.fatigue > 2",
    "size(user.health.symptoms) == 0",
    "user.profile.sex_at_birth == \"female\" && user.today.minutes_available > 20",
    "tired",
    "!tired && strain > 2.0",
};
constexpr const char* kTargets[] = {
    "exercise.modality == \"aerobic\"",
    "exercise.met > 3.0",
    "\"weight_bearing\" in candidate.traits",
    "candidate.kind == \"meal\"",
    "candidate.id in user.preferences.disliked",
    "meal.may_contain.exists(a, a in user.health.allergies)",
    "meal.allergens.exists(a, a in user.health.allergies)",
    "exercise.dose.rpe.usual > user.today.fatigue",
    "meal.nutrition.protein_g > 10.0",
    "meal.nutrition.epa_dha_g > 1.0",
    "exercise.muscles.exists(m, user.today.soreness.exists(s, s.muscle == m && s.level > 4))",
    "exercise.equipment.all(e, e in user.today.equipment)",
    "20 / (exercise.dose.minutes.usual - 30) > 0",
    "has(user.health.injuries[exercise.dose.sets.minimum - 1].severity)",
};
constexpr const char* kPoints[] = {"3",
                                   "-2",
                                   "0.4",
                                   "0.0005",
                                   "double(user.profile.age_years) / 7.0",
                                   "double(dose.minutes) * 0.0333",
                                   "user.today.sleep_hours - 7.0",
                                   "strain",
                                   "dose.rpe",
                                   "0.1 + 0.2",
                                   "1.0 / (user.today.sleep_hours - 8.0)",
                                   "meal.nutrition.protein_g / 13.0"};
constexpr const char* kBounds[] = {
    "minutes { at_most: '20' }",
    "minutes { at_most: 'user.today.minutes_available' }",
    "minutes { at_least: '45' }",
    "rpe { at_most: '10 - user.today.fatigue' }",
    "rpe { at_most: '4' }",
    "rpe { at_least: '3.5' }",
    "sets { at_most: '2' }",
    "rest_seconds { at_least: '120' }",
    "rest_seconds { at_most: '60' }",
    "servings_percent { at_most: '75' }",
    "minutes { at_most: '100 / user.today.fatigue' }",
};
constexpr const char* kAxes[] = {"AXIS_BENEFIT", "AXIS_FIT"};

}  // namespace

std::string Generator::Effect(bool touches) {
  if (touches) {
    switch (Whole(0, 9)) {
      case 0: return "block {}";
      case 1: return "caution {}";
      case 2: return absl::StrCat("limit { ", Pick(kBounds), " }");
      case 3: return absl::StrCat("prescribe { ", Pick(kBounds), " }");
      case 4: return Chance(50) ? "vary { points: 3 }" : "vary { points: 0.7 }";
      default: break;
    }
    return absl::StrCat("boost { axis: ", Pick(kAxes), " points: '", Pick(kPoints), "'",
                        Chance(20) ? " goal: 'muscle'" : "", " }");
  }
  switch (Whole(0, 5)) {
    case 0: return "avoid {}";
    case 1: return "ask { fact: 'user.health.medications' }";
    case 2: return "refer { to: DISPOSITION_LIMITED }";
    case 3: return Chance(20) ? "refer { to: DISPOSITION_URGENT_CARE }" : "refer { to: DISPOSITION_CLINICIAN_FIRST }";
    case 4: return "act_now {}";
    default: return "advise {}";
  }
}

std::string Generator::Effects(bool touches) {
  std::string text;
  for (int i = Whole(1, 3); i > 0; --i) absl::StrAppend(&text, "effects { ", Effect(touches && Chance(85)), " } ");
  return text;
}

std::string Generator::Rules(int count) {
  std::string text =
      "variables { id: 'tired' value: 'user.today.fatigue > 6 || strain > 4.0' }\n"
      "variables { id: 'strain' minimum: 0 maximum: 8 value: 'double(user.today.fatigue) / user.today.sleep_hours' }\n";
  for (int i = 0; i < count; ++i) {
    const bool touches = Chance(75);
    std::string body;
    if (Chance(70)) absl::StrAppend(&body, "when: '", Pick(kConditions), "' ");
    if (touches) absl::StrAppend(&body, "target: '", Pick(kTargets), "' ");
    absl::StrAppend(&body, Effects(touches));
    switch (Whole(0, 3)) {
      case 0: absl::StrAppend(&body, "on_unknown { action: UNKNOWN_ACTION_APPLY } "); break;
      case 1: absl::StrAppend(&body, "on_unknown { ", Effects(touches), "} "); break;
      case 2: absl::StrAppend(&body, "on_unknown { action: UNKNOWN_ACTION_SKIP } "); break;
      default: break;
    }
    if (Chance(30)) body += "safety: true ";
    absl::StrAppend(&text, RuleText(absl::StrCat("r", i), body));
  }
  return text;
}

std::string Generator::User() {
  std::string profile, health, today, rest;
  if (Chance(60)) absl::StrAppend(&profile, "age_years: ", Whole(18, 90), " ");
  if (Chance(60)) absl::StrAppend(&profile, "sex_at_birth: '", Chance(50) ? "female" : "male", "' ");
  if (Chance(60))
    absl::StrAppend(&profile, "goals { items { id: 'muscle' weight_permille: ", Whole(0, 1000), " } ",
                    Chance(50) ? "complete: true" : "", " } ");
  auto list = [&](const char* name, std::initializer_list<const char*> words) {
    if (Chance(30)) return std::string();
    std::string text = absl::StrCat(name, " { ");
    for (const char* word : words) {
      if (Chance(25)) absl::StrAppend(&text, "items: '", word, "' ");
    }
    return absl::StrCat(text, Chance(60) ? "complete: true" : "", " } ");
  };
  health += list("conditions", {"heart_disease", "angina", "diabetes", "asthma", "icd10:Q0"});
  health += list("symptoms", {"fever", "dizziness"});
  health += list("allergies", {"fish", "salmon", "wheat"});
  if (Chance(50))
    absl::StrAppend(&health, "injuries { items { site: 'knee' ", Chance(50) ? "severity: 5" : "", " } ",
                    Chance(50) ? "complete: true" : "", " } ");
  if (Chance(70)) absl::StrAppend(&today, "fatigue: ", Whole(0, 10), " ");
  if (Chance(70)) absl::StrAppend(&today, "sleep_hours: ", Whole(0, 12), ".", Whole(0, 1) * 5, " ");
  if (Chance(70)) absl::StrAppend(&today, "minutes_available: ", Whole(0, 90), " ");
  if (Chance(50))
    absl::StrAppend(&today, "soreness { items { muscle: 'quadriceps' level: ", Whole(0, 10), " } ",
                    Chance(50) ? "complete: true" : "", " } ");
  today += list("equipment", {"mat", "dumbbell"});
  if (Chance(50)) {
    absl::StrAppend(&rest, "recent_activities { items { modality: 'aerobic' minutes: ", Whole(1, 90),
                    " started_at { seconds: ", absl::ToUnixSeconds(Moment()) - Whole(0, 300000), " } } ",
                    Chance(50) ? "complete: true" : "", " } ");
  }
  return absl::StrCat("profile { ", profile, "} health { ", health, "} today { ", today, "} preferences { ",
                      list("disliked", {"walk", "yoga", "tofu_bowl"}), "} ", rest);
}

std::string Generator::Options() {
  std::string text;
  for (const char* axis : kAxes) {
    if (Chance(50)) absl::StrAppend(&text, "axis_weights { axis: ", axis, " weight_permille: ", Whole(0, 4000), " } ");
  }
  if (Chance(30)) absl::StrAppend(&text, "exercise_count: ", Whole(0, 3), " ");
  return text;
}

}  // namespace myokine::testing
