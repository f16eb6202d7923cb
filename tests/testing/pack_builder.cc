#include "tests/testing/pack_builder.h"

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"

namespace myokine::testing {
namespace {

[[noreturn]] void Die(const std::string& why) {
  std::cerr << why << std::endl;
  std::abort();
}

std::string Vocabulary(const std::string& id, const std::vector<std::string>& concepts) {
  std::string text = absl::StrCat("vocabularies { id: '", id, "' name { en: '", id, "' ja: '", id, "' }\n");
  for (const std::string& item : concepts) absl::StrAppend(&text, "  concepts { ", item, " }\n");
  return text + "}\n";
}

std::string Words(const std::string& id, const std::vector<std::string>& words) {
  std::vector<std::string> concepts;
  for (const std::string& word : words) concepts.push_back(absl::StrCat("id: '", word, "'"));
  return Vocabulary(id, concepts);
}

constexpr char kCatalogue[] = R"pb(
  exercises {
    id: 'walk'
    name { en: 'Walk' ja: 'W' }
    summary { en: 'Walking' ja: 'W' }
    modality: 'aerobic'
    met: 3.5
    muscles: 'quadriceps'
    muscle_mass: 0.9
    impact: 'low'
    skill: 'easy'
    places: 'outdoors'
    traits: 'weight_bearing'
    dose {
      minutes { minimum: 10 usual: 30 maximum: 60 }
      rpe { minimum: 2 usual: 3 maximum: 5 }
      sessions_per_week { minimum: 1 usual: 3 maximum: 7 }
    }
  }
  exercises {
    id: 'squat'
    name { en: 'Squat' ja: 'S' }
    summary { en: 'Squatting' ja: 'S' }
    modality: 'resistance'
    met: 5
    muscles: 'quadriceps'
    muscle_mass: 0.7
    impact: 'low'
    skill: 'some'
    places: 'home'
    places: 'gym'
    traits: 'valsalva'
    dose {
      sets { minimum: 1 usual: 3 maximum: 5 }
      rpe { minimum: 3 usual: 5 maximum: 8 }
      rest_seconds { minimum: 30 usual: 90 maximum: 300 }
    }
  }
  exercises {
    id: 'yoga'
    name { en: 'Yoga' ja: 'Y' }
    summary { en: 'Yoga' ja: 'Y' }
    modality: 'mobility'
    met: 2.5
    muscle_mass: 0.3
    impact: 'low'
    skill: 'easy'
    places: 'home'
    equipment: 'mat'
    dose { minutes { minimum: 5 usual: 20 maximum: 40 } }
  }
  ingredients {
    id: 'salmon_grilled'
    name { en: 'Salmon' ja: 'S' }
    kinds: 'salmon'
    allergens: 'salmon'
    per_100g { energy_kcal: 200 protein_g: 22 epa_dha_g: 2 salt_g: 0.1 }
  }
  ingredients {
    id: 'rice'
    name { en: 'Rice' ja: 'R' }
    kinds: 'rice'
    may_contain: 'wheat'
    traits: 'starchy'
    per_100g { energy_kcal: 150 protein_g: 2.5 salt_g: 0 }
  }
  ingredients {
    id: 'tofu'
    name { en: 'Tofu' ja: 'T' }
    kinds: 'soy'
    allergens: 'soy'
    may_contain: 'fish'
    per_100g { energy_kcal: 80 protein_g: 8 }
  }
  meals {
    id: 'salmon_rice'
    name { en: 'Salmon and rice' ja: 'SR' }
    summary { en: 'Salmon' ja: 'S' }
    occasions: 'dinner'
    cuisine: 'japanese'
    parts { ingredient: 'salmon_grilled' grams: 100 }
    parts { ingredient: 'rice' grams: 200 }
    prep_minutes: 20
  }
  meals {
    id: 'tofu_bowl'
    name { en: 'Tofu bowl' ja: 'TB' }
    summary { en: 'Tofu' ja: 'T' }
    occasions: 'lunch'
    cuisine: 'japanese'
    parts { ingredient: 'tofu' grams: 150 }
    parts { ingredient: 'rice' grams: 100 }
    traits: 'soft'
    dose { servings_percent { minimum: 50 usual: 100 maximum: 150 } }
  }
)pb";

constexpr char kScales[] = R"pb(
  pack {
    id: 'test'
    version: '1.0.0'
    title { en: 'Test' ja: 'T' }
    notice { en: 'No diagnosis' ja: 'N' }
  }
  axes {
    axis: AXIS_BENEFIT
    minimum: -10
    maximum: 10
    meaning { en: 'm' ja: 'm' }
  }
  axes {
    axis: AXIS_FIT
    minimum: -10
    maximum: 10
    meaning { en: 'm' ja: 'm' }
  }
  axes {
    axis: AXIS_RECOVERY
    minimum: -10
    maximum: 0
    meaning { en: 'm' ja: 'm' }
  }
  axes {
    axis: AXIS_VARIETY
    minimum: -10
    maximum: 10
    meaning { en: 'variety' ja: 'v' }
  }
  axes {
    axis: AXIS_NUTRITION
    minimum: -2
    maximum: 5
    meaning { en: 'm' ja: 'm' }
  }
  grade_caps { grade: GRADE_A points: 10 response_permille: 1000 }
  grade_caps { grade: GRADE_B points: 6 response_permille: 700 }
  grade_caps { grade: GRADE_C points: 3 response_permille: 400 }
  grade_caps { grade: GRADE_D points: 1 response_permille: 150 }
  grade_caps { grade: GRADE_G points: 8 }
  grade_caps { grade: GRADE_X points: 1 }
  references { id: 'who-2020' citation: 'WHO 2020' status: SOURCE_STATUS_READ }
)pb";

}  // namespace

void ParseText(const std::string& text, google::protobuf::Message& message) {
  if (!google::protobuf::TextFormat::ParseFromString(text, &message))
    Die(absl::StrCat("not a ", message.GetDescriptor()->name(), ":\n", text));
}

absl::Time Moment() { return absl::FromCivil(absl::CivilSecond(2026, 1, 15, 9, 0, 0), absl::UTCTimeZone()); }

std::string BasePack() {
  return absl::StrCat(
      kScales,
      Vocabulary(
          "condition",
          {"id: 'heart_disease'", "id: 'angina' broader: 'heart_disease' codes: 'snomed:194828000' codes: 'icd10:I20'",
           "id: 'heart_failure' broader: 'heart_disease' codes: 'icd10:I50*'", "id: 'diabetes' codes: 'icd10:E1*'",
           "id: 'type_1_diabetes' broader: 'diabetes' codes: 'icd10:E10*'",
           "id: 'type_2_diabetes' broader: 'diabetes' codes: 'icd10:E11*' codes: 'snomed:44054006'",
           "id: 'asthma' codes: 'icd10:J45*'", "id: 'unrecognized'"}),
      Vocabulary("allergen", {"id: 'fish'", "id: 'salmon' broader: 'fish'", "id: 'tuna' broader: 'fish'", "id: 'wheat'",
                              "id: 'soy' codes: 'snomed:782594005'"}),
      Vocabulary("food", {"id: 'animal'", "id: 'fish' broader: 'animal'", "id: 'salmon' broader: 'fish'", "id: 'rice'",
                          "id: 'soy'"}),
      Words("symptom", {"chest_pain", "dizziness", "fever"}),
      Words("medication", {"insulin", "beta_blocker", "unrecognized"}),
      Words("modality", {"aerobic", "resistance", "mobility"}), Words("goal", {"muscle", "weight", "calm"}),
      Words("sex", {"female", "male"}), Words("body_site", {"knee", "back"}),
      Words("injury_kind", {"sprain", "fracture"}), Words("muscle", {"quadriceps", "biceps"}),
      Words("equipment", {"mat", "dumbbell"}), Words("place", {"home", "outdoors", "gym"}),
      Words("impact", {"low", "high"}), Words("skill", {"easy", "some"}), Words("cuisine", {"japanese", "western"}),
      Words("occasion", {"lunch", "dinner"}), Words("food_trait", {"soft", "starchy"}),
      Words("exercise_trait", {"valsalva", "weight_bearing"}), Words("screening", {"heart", "dizzy"}),
      Words("lifestyle", {"office", "home"}), Words("dietary_rule", {"vegan"}), kCatalogue);
}

std::unique_ptr<LoadedPack> MakePack(const std::vector<std::string>& texts) {
  auto pack = std::make_unique<LoadedPack>();
  for (const std::string& text : texts) {
    v1::RulePack part;
    ParseText(text, part);
    pack->pack.MergeFrom(part);
  }
  pack->digest = "0123456789abcdef";
  return pack;
}

std::shared_ptr<const Ruleset> CompileText(const std::string& text) {
  Issues issues;
  std::shared_ptr<const Ruleset> ruleset = Ruleset::Compile(MakePack({BasePack(), text}), issues);
  std::string all;
  for (const Issue& issue : issues.list()) absl::StrAppend(&all, ToString(issue), "\n");
  if (ruleset == nullptr) Die(absl::StrCat("the pack does not compile:\n", all));
  return ruleset;
}

std::vector<std::string> IssuesOf(const std::string& text) {
  Issues issues;
  const std::shared_ptr<const Ruleset> ruleset = Ruleset::Compile(MakePack({BasePack(), text}), issues);
  if ((ruleset == nullptr) == issues.empty()) Die("issues and ruleset contradict each other");
  std::vector<std::string> found;
  for (const Issue& issue : issues.list())
    found.push_back(absl::StrCat(issue.code, ": ", issue.message, issue.hint.empty() ? "" : " | ", issue.hint));
  return found;
}

std::string RuleText(std::string_view id, std::string_view body) {
  return absl::StrCat("rules { id: '", std::string(id),
                      "' evidence { outcome { grade: GRADE_A references: 'who-2020' } } text { en: '", std::string(id),
                      " en' ja: '", std::string(id), " ja' } ", std::string(body), " }\n");
}

Recommendation Ask(const Ruleset& ruleset, const std::string& user, const std::string& options) {
  v1::RecommendRequest request;
  ParseText(user, *request.mutable_user());
  ParseText(options, *request.mutable_options());
  Recommendation result = Recommend(ruleset, request, Moment());
  for (const FieldViolation& violation : result.violations)
    std::cerr << violation.field << ": " << violation.description << "\n";
  if (!result.violations.empty()) Die("the request is refused");
  return result;
}

}  // namespace myokine::testing
