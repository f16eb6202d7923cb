// Properties of answers from the shipped pack: sums, repeatability, caution, and a way out of every cap.
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>

#include "absl/time/time.h"
#include "engine/recommend/recommend.h"
#include "gtest/gtest.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1768435200);  // 2026-01-15T00:00:00Z, morning in Tokyo

const Ruleset& Shipped() {
  static const std::shared_ptr<const Ruleset> ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  return *ruleset;
}

v1::RecommendResponse Ask(const v1::UserState& user, int count = 50) {
  v1::RecommendRequest request;
  *request.mutable_user() = user;
  request.mutable_options()->set_exercise_count(count);
  request.mutable_options()->set_meal_count(count);
  Recommendation answer = Recommend(Shipped(), request, kNow);
  for (const FieldViolation& violation : answer.violations)
    ADD_FAILURE() << violation.field << " " << violation.description;
  return answer.response;
}

void CheckSums(const v1::RecommendResponse& answer) {
  std::set<std::string> rules;
  for (const v1::RuleNote& rule : answer.rules()) rules.insert(rule.id());
  for (const auto* list : {&answer.exercises(), &answer.meals()}) {
    int32_t before = std::numeric_limits<int32_t>::max();
    for (const v1::Suggestion& suggestion : *list) {
      int64_t sum = 0;
      for (const v1::Contribution& contribution : suggestion.contributions()) {
        sum += contribution.milli();
        EXPECT_NE(contribution.milli(), 0);
        EXPECT_TRUE(rules.contains(contribution.rule())) << contribution.rule();
      }
      EXPECT_EQ(sum, suggestion.score_milli()) << suggestion.candidate();
      EXPECT_LE(suggestion.score_milli(), before) << suggestion.candidate();
      before = suggestion.score_milli();
    }
  }
}

TEST(Answers, SumsAndBytesOfTheSamplePeople) {
  for (const auto& file : testing::YamlFiles(MYOKINE_EXAMPLES_DIR)) {
    SCOPED_TRACE(file.filename().string());
    const v1::UserState user = testing::ReadUser(file);
    const v1::RecommendResponse answer = Ask(user);
    CheckSums(answer);
    EXPECT_NE(answer.disposition(), v1::DISPOSITION_UNSPECIFIED);
    EXPECT_EQ(answer.SerializeAsString(), Ask(user).SerializeAsString());
    EXPECT_LE(answer.questions_size(), 5);
    std::set<std::string> cited;  // myokines whose numbers rest on something
    for (const v1::MyokineNote& note : answer.myokines()) {
      if (!note.references().empty()) cited.insert(note.id());
    }
    for (const v1::Suggestion& exercise : answer.exercises()) {
      for (const v1::MyokineResponse& response : exercise.responses()) {
        if (!response.has_fold_change()) continue;
        EXPECT_GT(response.fold_change().low(), 0);
        EXPECT_LE(response.fold_change().low(), response.fold_change().expected());
        EXPECT_GE(response.fold_change().high(), response.fold_change().expected());
        EXPECT_NE(response.grade(), v1::GRADE_UNSPECIFIED);
        EXPECT_TRUE(cited.contains(response.myokine())) << response.myokine();
      }
    }
  }
}

TEST(Answers, NobodyIsCappedButNeverAtADeadEnd) {
  const v1::RecommendResponse answer = Ask({});
  EXPECT_EQ(answer.disposition(), v1::DISPOSITION_LIMITED);
  EXPECT_GE(answer.exercises_size(), 3);
  EXPECT_GE(answer.meals_size(), 3);
  EXPECT_GE(answer.questions_size(), 1);
  EXPECT_LE(answer.questions_size(), 5);
  for (const v1::Suggestion& exercise : answer.exercises()) EXPECT_LE(exercise.dose().rpe(), 4) << exercise.candidate();
  for (const v1::Suggestion& meal : answer.meals()) {
    if (meal.allergens_size() + meal.may_contain_size() == 0) continue;
    EXPECT_GE(meal.cautions_size(), 1) << "allergens must be pointed out: " << meal.candidate();
  }
}

// What a healthy, active adult would answer.
void AnswerQuestion(const v1::Question& question, v1::UserState& user) {
  const std::map<std::string, std::function<void()>> answers = {
      {"user.profile.age_years", [&] { user.mutable_profile()->set_age_years(35); }},
      {"user.profile.sex_at_birth", [&] { user.mutable_profile()->set_sex_at_birth("female"); }},
      {"user.profile.regularly_active", [&] { user.mutable_profile()->set_regularly_active(true); }},
      {"user.profile.training_experience", [&] { user.mutable_profile()->set_training_experience("intermediate"); }},
      {"user.health.conditions", [&] { user.mutable_health()->mutable_conditions()->set_complete(true); }},
      {"user.health.symptoms", [&] { user.mutable_health()->mutable_symptoms()->set_complete(true); }},
      {"user.health.medications", [&] { user.mutable_health()->mutable_medications()->set_complete(true); }},
      {"user.health.screening", [&] { user.mutable_health()->mutable_screening()->set_complete(true); }},
      {"user.health.allergies", [&] { user.mutable_health()->mutable_allergies()->set_complete(true); }},
      {"user.health.injuries", [&] { user.mutable_health()->mutable_injuries()->set_complete(true); }},
      {"user.health.pregnancy.status", [&] { user.mutable_health()->mutable_pregnancy()->set_status("not_pregnant"); }},
      {"user.recent_activities", [&] { user.mutable_recent_activities()->set_complete(true); }},
      {"user.today.pains", [&] { user.mutable_today()->mutable_pains()->set_complete(true); }},
      {"user.today.soreness", [&] { user.mutable_today()->mutable_soreness()->set_complete(true); }},
      {"user.today.minutes_available", [&] { user.mutable_today()->set_minutes_available(45); }},
      {"user.today.sleep_hours", [&] { user.mutable_today()->set_sleep_hours(7.5); }}};
  if (const auto found = answers.find(question.fact()); found != answers.end()) {
    found->second();
  } else {
    user.add_declared_unknown(question.fact());
  }
}

TEST(Answers, TwelveAnswersLeadAHealthyAdultToAnUncappedAnswer) {
  v1::UserState user;
  std::set<std::string> asked;
  int answers = 0;
  for (; answers <= 12; ++answers) {
    const v1::RecommendResponse answer = Ask(user);
    if (answer.disposition() == v1::DISPOSITION_PROCEED) break;
    ASSERT_GE(answer.questions_size(), 1) << "capped, and nothing to ask";
    const v1::Question& question = answer.questions(0);
    EXPECT_FALSE(question.text().empty());
    EXPECT_TRUE(asked.insert(question.fact()).second) << "asked again: " << question.fact();
    AnswerQuestion(question, user);
  }
  EXPECT_LE(answers, 12);
  const v1::RecommendResponse answer = Ask(user);
  EXPECT_EQ(answer.disposition(), v1::DISPOSITION_PROCEED);
  bool vigorous = false;
  for (const v1::Suggestion& exercise : answer.exercises()) vigorous |= exercise.dose().rpe() > 4;
  EXPECT_TRUE(vigorous) << "an uncapped answer holds vigorous work";
}

// Any state at all: sums add up, urgent answers rank nothing, and whoever said nothing of their health is never sent to
// vigorous work.
TEST(Answers, HoldForGeneratedPeople) {
  std::mt19937 random(20260115);
  auto one_in = [&](int n) { return std::uniform_int_distribution<int>(1, n)(random) == 1; };
  auto pick = [&](const char* vocabulary) {
    const auto& concepts = *Shipped().vocabularies().Find(vocabulary);
    return std::next(concepts.begin(),
                     std::uniform_int_distribution<long>(0, static_cast<long>(concepts.size()) - 1)(random))
        ->first;
  };
  auto fill = [&](v1::ConceptList& list, const char* vocabulary) {
    while (!one_in(2)) list.add_items(pick(vocabulary));
    list.set_complete(one_in(2));
  };
  for (int i = 0; i < 300; ++i) {
    v1::UserState user;
    if (!one_in(3)) user.mutable_profile()->set_age_years(std::uniform_int_distribution<int>(18, 95)(random));
    if (!one_in(3)) user.mutable_profile()->set_sex_at_birth(one_in(2) ? "female" : "male");
    if (!one_in(3)) user.mutable_profile()->set_regularly_active(one_in(2));
    if (!one_in(3)) fill(*user.mutable_health()->mutable_conditions(), "condition");
    if (!one_in(3)) fill(*user.mutable_health()->mutable_medications(), "medication");
    if (!one_in(3)) fill(*user.mutable_health()->mutable_allergies(), "allergen");
    if (one_in(3)) fill(*user.mutable_health()->mutable_symptoms(), "symptom");
    if (one_in(2)) fill(*user.mutable_preferences()->mutable_dietary_rules(), "dietary_rule");
    if (one_in(2)) user.mutable_today()->set_minutes_available(std::uniform_int_distribution<int>(0, 120)(random));
    if (one_in(2)) user.mutable_today()->set_sleep_hours(std::uniform_int_distribution<int>(0, 10)(random));
    SCOPED_TRACE(user.DebugString());
    const v1::RecommendResponse answer = Ask(user);
    CheckSums(answer);
    if (answer.disposition() >= v1::DISPOSITION_URGENT_CARE) {
      EXPECT_EQ(answer.exercises_size() + answer.meals_size(), 0);
      EXPECT_GE(answer.reasons_size(), 1);
    }
    const bool told_health = user.health().conditions().complete() && user.health().symptoms().complete() &&
                             user.health().screening().complete();
    for (const v1::Suggestion& exercise : answer.exercises()) {
      if (!told_health) {
        EXPECT_LE(exercise.dose().rpe(), 4) << exercise.candidate();
      }
      if (user.today().has_minutes_available()) {
        EXPECT_LE(exercise.dose().minutes(), user.today().minutes_available()) << exercise.candidate();
      }
    }
    for (const v1::Suggestion& meal : answer.meals()) {
      for (const std::string& allergy : user.health().allergies().items()) {
        for (const auto* list : {&meal.allergens(), &meal.may_contain()}) {
          EXPECT_EQ(std::find(list->begin(), list->end(), allergy), list->end())
              << meal.candidate() << " holds " << allergy;
        }
      }
    }
    if (HasFailure()) return;  // one person is enough to look at
  }
}

}  // namespace
}  // namespace myokine
