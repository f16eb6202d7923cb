// The table of an explanation: each standing, differences, and changes in words, in both languages.
#include "clients/cli/explain_table.h"

#include <string>

#include "clients/cli/change_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Table(const std::string& response, Locale locale = Locale::kEnglish) {
  v1::ExplainResponse explained = testing::Parse<v1::ExplainResponse>(response);
  if (explained.disposition() == v1::DISPOSITION_UNSPECIFIED) explained.set_disposition(v1::DISPOSITION_PROCEED);
  return ExplainTable(explained, locale, 200, Palette(false));
}

const char kRanked[] = R"pb(
  standing: STANDING_RANKED
  place: 2
  of: 9
  candidate {
    candidate: 'walk'
    name: 'Walk'
    summary: 'Walking'
    score_milli: 1500
    contributions { rule: 'a' axis: AXIS_FIT milli: 1500 }
    dose { minutes: 20 }
    cautions { rule: 'a' text: 'Mind the step.' }
  }
  ahead { candidate: 'squat' name: 'Squat' score_milli: 4000 }
  differences { rule: 'b' ahead_milli: 3000 }
  differences { rule: 'a' candidate_milli: 1500 ahead_milli: 1000 }
  differences { rule: 'c' candidate_milli: 40 }
  rules { id: 'a' text: 'It fits.' }
  rules { id: 'b' text: 'It is strong.' }
)pb";

TEST(ExplainTable, TellsThePlaceAndWhatIsAhead) {
  const std::string table = Table(std::string(kRanked) + "change_search: CHANGE_SEARCH_NOTHING_FOUND notice: 'N.'");
  EXPECT_THAT(table, HasSubstr("GO AHEAD"));
  EXPECT_THAT(table, HasSubstr("Walk stands at place 2 of 9."));
  EXPECT_THAT(table, HasSubstr("20 min"));
  EXPECT_THAT(table, HasSubstr("+1.5   It fits."));
  EXPECT_THAT(table, HasSubstr("Mind the step."));
  EXPECT_THAT(table, HasSubstr("Ahead of it: Squat, 4.0 points."));
  EXPECT_THAT(table, HasSubstr("-3.0   It is strong. (0.0 against 3.0)"));
  EXPECT_THAT(table, HasSubstr("+0.5   It fits. (1.5 against 1.0)"));
  EXPECT_THAT(table, HasSubstr("and 1 more"));  // too small for a decimal
  EXPECT_THAT(table, HasSubstr("none puts it first"));
  EXPECT_THAT(table, HasSubstr("N."));
  EXPECT_THAT(table, Not(HasSubstr("Allergens")));
}

TEST(ExplainTable, SpeaksJapanese) {
  const std::string table =
      Table(std::string(kRanked) + "change_search: CHANGE_SEARCH_NOTHING_FOUND", Locale::kJapanese);
  EXPECT_THAT(table, HasSubstr("「Walk」は9件中2位です。"));
  EXPECT_THAT(table, HasSubstr("1位は「Squat」、4.0点です。"));
  EXPECT_THAT(table, HasSubstr("1位にはなりませんでした。"));
}

TEST(ExplainTable, SaysWhatHoldsBackAndWhetherTodayCouldChangeIt) {
  const std::string blocked =
      "standing: STANDING_BLOCKED of: 9 candidate { name: 'Salmon' summary: 'A dish' } blocking_rules: 'a' rules { id: "
      "'a' text: 'You are allergic.' } ";
  const std::string table = Table(blocked + "change_search: CHANGE_SEARCH_BEYOND_CIRCUMSTANCES");
  EXPECT_THAT(table, HasSubstr("Salmon is held back for now."));
  EXPECT_THAT(table, HasSubstr("- You are allergic."));
  EXPECT_THAT(table, HasSubstr("Another time, place or equipment would not change that."));
  EXPECT_THAT(Table(blocked + "change_search: CHANGE_SEARCH_NOTHING_FOUND"), HasSubstr("none makes it"));
  EXPECT_THAT(Table(blocked + "change_search: CHANGE_SEARCH_CUT_SHORT"), HasSubstr("there may be one"));
  EXPECT_THAT(Table(blocked + "change_search: CHANGE_SEARCH_CUT_SHORT", Locale::kJapanese),
              HasSubstr("ほかにある可能性はあります"));
}

TEST(ExplainTable, PutsUrgentCareFirst) {
  const std::string table = Table(
      "disposition: DISPOSITION_EMERGENCY standing: STANDING_NOT_RANKED candidate { name: 'Walk' } reasons { text: "
      "'Call now.' } act_now { text: 'Lie down.' }");
  EXPECT_THAT(table, ::testing::StartsWith("EMERGENCY"));
  EXPECT_LT(table.find("Call now."), table.find("Lie down."));
  EXPECT_LT(table.find("Lie down."), table.find("Walk: nothing is suggested"));
  EXPECT_THAT(table, Not(HasSubstr("points")));
}

// The words of one change.
std::string Words(const std::string& change, Locale locale) {
  const auto response = testing::Parse<v1::ExplainResponse>(
      "concepts { vocabulary: 'equipment' id: 'mat' name: 'Mat' } concepts { vocabulary: 'equipment' id: 'band' name: "
      "'Band' } concepts { vocabulary: 'occasion' id: 'lunch' name: 'Lunch' }");
  return ChangeText(testing::Parse<v1::Change>(change), AnswerIndex(response), locale);
}

TEST(ChangeText, NumbersStandInTheirUnitsBesideWhatTheyAreNow) {
  const std::string minutes = "facts { name: 'Time' unit: 'min' before { number: 10 } after { number: 25 } }";
  EXPECT_EQ(Words(minutes, Locale::kEnglish), "Time: 25 min (now 10 min)");
  EXPECT_EQ(Words(minutes, Locale::kJapanese), "Time: 25分（いまは10分）");
  EXPECT_EQ(Words("facts { name: 'Heat' unit: 'Cel' before { number: 29.5 } after { number: 27 } }", Locale::kEnglish),
            "Heat: 27 °C (now 29.5 °C)");
  EXPECT_EQ(Words("facts { name: 'Altitude' unit: 'm' after { number: 900 } }", Locale::kEnglish),
            "Altitude: 900 m (not stated)");
}

TEST(ChangeText, ListsTellWhatTheyGainAndLose) {
  const auto list = [](const std::string& before, const std::string& after) {
    return "facts { name: 'At hand' vocabulary: 'equipment' " + before + " after { words { " + after + " } } }";
  };
  const std::string band = "before { words { items: 'band' } }";
  EXPECT_EQ(Words(list(band, "items: 'band' items: 'mat'"), Locale::kEnglish), "At hand: Mat as well");
  EXPECT_EQ(Words(list(band, "items: 'band' items: 'mat'"), Locale::kJapanese), "At hand: Matも加える");
  EXPECT_EQ(Words(list(band, ""), Locale::kEnglish), "At hand: without Band");
  EXPECT_EQ(Words(list("", "items: 'mat'"), Locale::kEnglish), "At hand: Mat (not stated)");
  EXPECT_EQ(Words(list("", "items: 'mat' complete: true"), Locale::kEnglish),
            "At hand: Mat and nothing else (not stated)");
  EXPECT_EQ(Words(list("before { words { complete: true } }", "items: 'mat'"), Locale::kEnglish),
            "At hand: Mat (now none)");
}

TEST(ChangeText, TwoFactsStandTogether) {
  const std::string change =
      "facts { name: 'Meal' vocabulary: 'occasion' after { word: 'lunch' } } facts { name: 'Time' unit: 'min' before { "
      "number: 5 } after { number: 9 } }";
  EXPECT_EQ(Words(change, Locale::kEnglish), "Meal: Lunch (not stated); and Time: 9 min (now 5 min)");
}

TEST(ChangeText, TellsWhatAChangeDoes) {
  const auto first = testing::Parse<v1::Change>("effect: CHANGE_EFFECT_PUTS_FIRST place: 1 of: 9 score_milli: 4250");
  EXPECT_EQ(EffectText(first, Locale::kEnglish), "puts it first of 9, with 4.3 points");
  EXPECT_EQ(EffectText(first, Locale::kJapanese), "9件中1位（4.3点）になります");
  const auto possible = testing::Parse<v1::Change>("effect: CHANGE_EFFECT_UNBLOCKS place: 4 of: 9 score_milli: -1000");
  EXPECT_EQ(EffectText(possible, Locale::kEnglish), "makes it possible: place 4 of 9, with -1.0 points");
  EXPECT_EQ(EffectText(possible, Locale::kJapanese), "お勧めできるようになります（9件中4位、-1.0点）");
}

}  // namespace
}  // namespace myokine::cli
