#include "clients/cli/answer_table.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "clients/cli/display_width.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace myokine::cli {
namespace {

v1::RecommendResponse AnswerOf(const std::string& text) {
  v1::RecommendResponse response;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &response));
  return response;
}

// An answer with something in every section.
constexpr char kFull[] = R"pb(
  answer_id: "a1b2c3"
  evaluation_time { seconds: 1768467600 }
  time_zone: "Asia/Tokyo"
  pack { id: "myokine-base" version: "1.2.3" digest: "0123456789abcdef0123" }
  disposition: DISPOSITION_LIMITED
  reasons { disposition: DISPOSITION_LIMITED rule: "r-limit" text: "Keep the effort light." because_unknown: true }
  act_now { rule: "r-now" text: "Eat 15 g of sugar." }
  exercises {
    candidate: "walk_brisk"
    name: "Brisk walk"
    summary: "A walk that makes you breathe harder."
    score_milli: 12449
    contributions { rule: "r-thirty" axis: AXIS_BENEFIT milli: 8000 }
    contributions { rule: "r-fit" axis: AXIS_FIT milli: 3449 }
    contributions { rule: "r-new" axis: AXIS_VARIETY milli: 1500 }
    contributions { rule: "r-tired" axis: AXIS_RECOVERY milli: -500 }
    dose { minutes: 30 rpe: 4 sessions_per_week: 3 }
    cautions { rule: "r-limit" text: "Stop when it hurts." }
    dropped { rule: "r-thirty" field: "work_seconds" }
    responses { myokine: "irisin" grade: GRADE_D }
    responses {
      myokine: "bdnf"
      fold_change { expected: 1.01 low: 0.9 high: 1.1 }
      grade: GRADE_C
    }
    responses { myokine: "sparc" grade: GRADE_D }
    responses {
      myokine: "il6"
      fold_change { expected: 1.42 low: 1.1 high: 2.2 }
      grade: GRADE_C
    }
  }
  meals {
    candidate: "saba"
    name: "Grilled mackerel set"
    score_milli: -100
    contributions { rule: "r-fish" axis: AXIS_NUTRITION milli: -100 }
    dose { servings_percent: 100 }
    allergens: "fish"
    allergens: "mackerel"
    may_contain: "tree_nut"
  }
  meals { candidate: "rice" }
  pairings {
    pairing: "p"
    exercise: "walk_brisk"
    meal: "saba"
    meal_offset_minutes: 30
    text: "Protein while the muscle asks for it."
  }
  advice { rule: "r-sit" text: "Stand up every half hour." }
  avoid { rule: "r-heat" text: "Noon heat." }
  blocked { candidates: "a" rules: "r-knee" count: 1 }
  blocked { candidates: "b" rules: "r-knee" rules: "r-heat" count: 1 }
  questions { fact: "user.measurements.weight" text: "How much do you weigh?" minimum: 25 maximum: 300 unit: "kg" }
  unrecognized { field: "user.health.conditions[0]" value: "snomed:1" text: "Counts as a risk." }
  stale { field: "user.labs.hba1c" text: "Older than half a year." }
  warnings { field: "user.profile.age_years" value: "95" text: "Unusual." }
  rules {
    id: "r-thirty"
    text: "Thirty minutes of aerobic work raise myokines."
    evidence {
      outcome { grade: GRADE_A }
      mechanism { grade: GRADE_C }
    }
  }
  rules { id: "r-fit" text: "Fits the time you have." because_unknown: true }
  rules {
    id: "r-new"
    text: "You have not done this lately."
    evidence { mechanism { grade: GRADE_D } }
  }
  rules { id: "r-knee" text: "Too much load for your knee." }
  rules { id: "r-heat" text: "It is too hot." }
  myokines { id: "il6" name: "IL-6" }
  concepts { vocabulary: "allergen" id: "fish" name: "Fish" }
  myokines { id: "irisin" name: "Irisin" disagreement: "Assays for irisin can't be trusted." }
  myokines { id: "sparc" name: "SPARC" disagreement: "Not shown above, so not told here." }
  notice: "No diagnosis, no treatment."
)pb";

constexpr char kFullTable[] = R"(GO AHEAD WITHIN LIMITS - stay within what is said below.
  - Keep the effort light. (not known yet)

Do this now
  - Eat 15 g of sugar.

Exercises
 1. Brisk walk                                               12.4 points
    30 min, effort 4/10, 3x a week
    A walk that makes you breathe harder.
    Why          +8.0   Thirty minutes of aerobic work raise myokines.
                        [A]
                 +3.4   Fits the time you have. (not known yet)
                 +1.5   You have not done this lately. [D]
                        and 1 more
    Myokines     IL-6 x1.4 (1.1-2.2), peak at the end, grade C
                 bdnf x1.0 (0.9-1.1), grade C
                 Irisin: no usable figure, grade D
                 and 1 more
    Caution      Stop when it hurts.
    Not met      work seconds: Thirty minutes of aerobic work raise
                 myokines.

Meals
 1. Grilled mackerel set                                     -0.1 points
    1 serving
    Why          -0.1   r-fish
    Allergens    Fish, mackerel
    May contain  tree nut

 2. rice                                                      0.0 points
    Allergens    none known

Good together
  - Brisk walk + Grilled mackerel set (30 min after): Protein while the
    muscle asks for it.

Habits and advice
  - Stand up every half hour.

Leave alone
  - Noon heat.

Answers that would help
  - How much do you weigh? [25 to 300 kg]
    user.measurements.weight

Taken out: 2
    2  Too much load for your knee.
    1  It is too hot.

Not recognized
  - user.health.conditions[0] = snomed:1: Counts as a risk.

Too old to use
  - user.labs.hba1c: Older than half a year.

Please check
  - user.profile.age_years = 95: Unusual.

Where studies disagree
  - Irisin: Assays for irisin can't be trusted.

No diagnosis, no treatment.
Rule pack myokine-base 1.2.3 (0123456789ab)
Answer a1b2c3 for 2026-01-15 18:00 (Asia/Tokyo)
)";

TableOptions Columns(int columns, Locale locale = Locale::kEnglish) {
  TableOptions options;
  options.columns = columns;
  options.locale = locale;
  return options;
}

TEST(AnswerTable, ShowsEverySection) { EXPECT_EQ(AnswerTable(AnswerOf(kFull), Columns(72)), kFullTable); }

TEST(AnswerTable, StaysWithinItsWidth) {
  const v1::RecommendResponse response = AnswerOf(kFull);
  for (const Locale locale : {Locale::kEnglish, Locale::kJapanese}) {
    for (int columns = kMinColumns; columns <= kMaxColumns; ++columns) {
      const std::vector<std::string> lines = absl::StrSplit(AnswerTable(response, Columns(columns, locale)), '\n');
      for (const std::string& line : lines) {
        EXPECT_LE(DisplayWidth(line), columns) << line;
        EXPECT_FALSE(!line.empty() && line.back() == ' ') << line;
      }
    }
  }
}

TEST(AnswerTable, SpeaksJapanese) {
  const std::string table = AnswerTable(AnswerOf(kFull), Columns(100, Locale::kJapanese));
  for (const char* words : {"【制限つき】", "いますぐ行うこと", "運動", "30分、きつさ4/10、週3回", "12.4点",
                            "アレルゲン", "ほか1件", "候補から外したもの: 2件"}) {
    EXPECT_NE(table.find(words), std::string::npos) << words;
  }
  for (const char* words : {"Exercises", "Why", "points", "min,", "Caution", "grade", "$0", "$1"}) {
    EXPECT_EQ(table.find(words), std::string::npos) << words;
  }
}

TEST(AnswerTable, ColoursChangeNoText) {
  const v1::RecommendResponse response = AnswerOf(kFull);
  TableOptions options = Columns(72);
  options.palette = Palette(true);
  std::string painted = AnswerTable(response, options);
  EXPECT_NE(painted.find("\x1b[33mGO AHEAD WITHIN LIMITS"), std::string::npos);
  for (size_t at = painted.find("\x1b["); at != std::string::npos; at = painted.find("\x1b[")) {
    painted.erase(at, painted.find('m', at) - at + 1);
  }
  EXPECT_EQ(painted, kFullTable);
}

TEST(AnswerTable, LetsNoTextControlTheTerminal) {
  v1::RecommendResponse response = AnswerOf(kFull);
  response.mutable_exercises(0)->set_name("Walk\x1b]0;title\x07\nhome");
  response.set_notice("a\x1b[2Jb");
  response.mutable_pack()->set_id("p\x1b[2Jq");
  EXPECT_EQ(AnswerTable(response, Columns(72)).find('\x1b'), std::string::npos);
}

TEST(AnswerTable, SaysSoWhenNothingFits) {
  const v1::RecommendResponse response = AnswerOf("disposition: DISPOSITION_REST_TODAY");
  const std::string table = AnswerTable(response, Columns(72));
  EXPECT_EQ(table.rfind("REST TODAY - no training today.\n", 0), 0u) << table;
  EXPECT_NE(table.find("Exercises\n  Nothing fits for now.\n"), std::string::npos) << table;
  TableOptions options = Columns(72);
  options.exercises = false;
  EXPECT_EQ(AnswerTable(response, options).find("Exercises"), std::string::npos);
}

TEST(AnswerTable, SpeaksOfNothingElseInAnEmergency) {
  const std::string table = AnswerTable(AnswerOf("disposition: DISPOSITION_EMERGENCY"), Columns(72));
  EXPECT_EQ(table.rfind("EMERGENCY - call for emergency help now.\n", 0), 0u) << table;
  EXPECT_EQ(table.find("Exercises"), std::string::npos) << table;
  EXPECT_EQ(table.find("Meals"), std::string::npos) << table;
}

TEST(AnswerTable, HasABannerForEveryDisposition) {
  for (int i = v1::Disposition_MIN + 1; i <= v1::Disposition_MAX; ++i) {
    for (const Locale locale : {Locale::kEnglish, Locale::kJapanese}) {
      EXPECT_NE(BannerOf(static_cast<v1::Disposition>(i), locale), BannerOf(v1::DISPOSITION_UNSPECIFIED, locale)) << i;
    }
  }
}

TEST(AnswerTable, ShowsAtMostFiveQuestions) {
  v1::RecommendResponse response;
  for (int i = 0; i < 9; ++i) response.add_questions()->set_text("question" + std::to_string(i));
  const std::string table = AnswerTable(response, Columns(72));
  EXPECT_NE(table.find("question4"), std::string::npos);
  EXPECT_EQ(table.find("question5"), std::string::npos);
}

TEST(AnswerTable, FallsBackToUtcForAnUnknownTimeZone) {
  const v1::RecommendResponse response = AnswerOf(R"pb(time_zone: "Mars/Olympus"
                                                       evaluation_time { seconds: 1768467600 })pb");
  EXPECT_NE(AnswerTable(response, Columns(72)).find("2026-01-15 09:00 (UTC)"), std::string::npos);
}

}  // namespace
}  // namespace myokine::cli
