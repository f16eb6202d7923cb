#include "clients/cli/labels.h"

#include <cstddef>
#include <iterator>

#include "absl/strings/str_replace.h"

namespace myokine::cli {
namespace {

struct Words {
  Label label;
  const char* en;
  const char* ja;
};

constexpr Words kWords[] = {
    {Label::kActNow, "Do this now", "いますぐ行うこと"},
    {Label::kExercises, "Exercises", "運動"},
    {Label::kMeals, "Meals", "食事"},
    {Label::kPairings, "Good together", "組み合わせ"},
    {Label::kDiet, "Your day of eating", "1日の食事"},
    {Label::kDietIndex, "inflammatory index of the diet $0, from $1 of $2 parameters",
     "食事の炎症指標 $0（$2項目のうち$1項目で計算）"},
    {Label::kBudget, "$0: $1 logged, $2 in these meals, of $3 a day", "$0: 記録$1、提案した食事$2、1日の目安$3"},
    {Label::kBudgetWeek, "$0: $1 logged, $2 in these meals, of $3 a week", "$0: 記録$1、提案した食事$2、1週間の目安$3"},
    {Label::kTarget, "$0: $1 logged, $2 in these meals, $3 a day is the aim",
     "$0: 記録$1、提案した食事$2、1日の目標$3"},
    {Label::kAtLeast, "at least $0", "少なくとも$0"},
    {Label::kAdvice, "Habits and advice", "習慣とアドバイス"},
    {Label::kAvoid, "Leave alone", "避けること"},
    {Label::kQuestions, "Answers that would help", "わかると役立つこと"},
    {Label::kBlocked, "Taken out: $0", "候補から外したもの: $0件"},
    {Label::kUnrecognized, "Not recognized", "認識できなかったもの"},
    {Label::kStale, "Too old to use", "古いため使わなかった値"},
    {Label::kWarnings, "Please check", "ご確認ください"},
    {Label::kDisagreement, "Where studies disagree", "研究の見解が分かれる点"},
    {Label::kBout, "Expected of $0, $1 min at $2 % of VO2max", "予想される反応: $0 $1分、最大酸素摂取量の$2%"},
    {Label::kCombined, "All bouts together", "すべての運動を合わせると"},
    {Label::kCombinedLine, "$0, day $1, $2", "$0、$1日目の$2"},
    {Label::kHabit, "Resting levels after weeks of this habit", "この習慣を続けた後の安静時の値"},
    {Label::kInflammation, "Signs of inflammation at rest", "安静時の炎症のしるし"},
    {Label::kTakenAsAverage, "not known, taken as average: $0", "不明のため平均として計算: $0"},
    {Label::kReasons, "Why", "理由"},
    {Label::kMyokines, "Myokines", "マイオカイン"},
    {Label::kCautions, "Caution", "注意"},
    {Label::kAllergens, "Allergens", "アレルゲン"},
    {Label::kMayContain, "May contain", "混入の可能性"},
    {Label::kDropped, "Not met", "見送った処方"},
    {Label::kNothingFits, "Nothing fits for now.", "いまお勧めできるものはありません。"},
    {Label::kNoneKnown, "none known", "登録なし"},
    {Label::kPoints, "$0 points", "$0点"},
    {Label::kMore, "and $0 more", "ほか$0件"},
    {Label::kGrade, "grade $0", "確からしさ$0"},
    {Label::kBecauseUnknown, "not known yet", "未確認"},
    {Label::kTwelveWeeks, "resting level after 12 weeks $0 % ($1 to $2)", "12週後の安静時の値 $0% ($1〜$2)"},
    {Label::kNoFigure, "no usable figure", "使える数値なし"},
    {Label::kPeakAtEnd, "peak at the end", "ピークは終了時"},
    {Label::kPeakMinutes, "peak $0 min after", "ピークは$0分後"},
    {Label::kPeakHours, "peak $0 h after", "ピークは$0時間後"},
    {Label::kEatRightAfter, "right after", "直後"},
    {Label::kEatAfter, "$0 min after", "$0分後"},
    {Label::kEatBefore, "$0 min before", "$0分前"},
    {Label::kRange, "$0 to $1", "$0〜$1"},
    {Label::kPackLine, "Rule pack $0 $1 ($2)", "ルールパック $0 $1 ($2)"},
    {Label::kAnswerLine, "Answer $2 for $0 ($1)", "回答 $2、$0 ($1) 時点"},
    {Label::kDoseMinutes, "$0 min", "$0分"},
    {Label::kDoseEffort, "effort $0/10", "きつさ$0/10"},
    {Label::kDoseSets, "sets: $0", "$0セット"},
    {Label::kDoseRepetitions, "repetitions: $0", "$0回"},
    {Label::kDoseSetsOfRepetitions, "$0 x $1 repetitions", "$1回×$0セット"},
    {Label::kDoseHold, "hold $0 s", "$0秒保持"},
    {Label::kDoseRounds, "rounds: $0", "$0ラウンド"},
    {Label::kDoseRoundsOfWork, "$0 x $1 s of work", "$1秒×$0ラウンド"},
    {Label::kDoseWork, "$0 s of work", "動作$0秒"},
    {Label::kDoseRest, "$0 s of rest", "休息$0秒"},
    {Label::kDoseTimesAWeek, "$0x a week", "週$0回"},
    {Label::kDoseRecovery, "$0 h apart", "間隔$0時間"},
    {Label::kDoseOneServing, "1 serving", "1人前"},
    {Label::kDoseServingShare, "$0 % of a serving", "1人前の$0%"},
    {Label::kListSeparator, ", ", "、"},
    {Label::kExplainFirst, "$0 stands first of $1.", "「$0」は$1件中1位です。"},
    {Label::kExplainPlace, "$0 stands at place $1 of $2.", "「$0」は$2件中$1位です。"},
    {Label::kExplainBlocked, "$0 is held back for now.", "「$0」は、いまはお勧めできません。"},
    {Label::kExplainNotRanked, "$0: nothing is suggested until this is seen to.",
     "「$0」：まず上のことを優先してください。いまは何もお勧めしません。"},
    {Label::kHeldBackBy, "What holds it back", "お勧めできない理由"},
    {Label::kAhead, "Ahead of it: $0, $1 points. Where the two differ:", "1位は「$0」、$1点です。点数の違い:"},
    {Label::kDifference, "$0 against $1", "$0点対$1点"},
    {Label::kChanges, "What would change that today", "今日の状況がこう変われば"},
    {Label::kPutsFirst, "puts it first of $0, with $1 points", "$0件中1位（$1点）になります"},
    {Label::kUnblocks, "makes it possible: place $0 of $1, with $2 points",
     "お勧めできるようになります（$1件中$0位、$2点）"},
    {Label::kNothingPutsFirst,
     "Of the changes of one or two circumstances that were tried, such as time, place and equipment, none puts it "
     "first.",
     "時間や場所、器具などの状況を1つか2つ変えて試しましたが、1位にはなりませんでした。"},
    {Label::kNothingUnblocks,
     "Of the changes of one or two circumstances that were tried, such as time, place and equipment, none makes it "
     "possible.",
     "時間や場所、器具などの状況を1つか2つ変えて試しましたが、お勧めできるようにはなりませんでした。"},
    {Label::kBeyondCircumstances, "Another time, place or equipment would not change that.",
     "時間や場所、器具などを変えても、これは変わりません。"},
    {Label::kSearchCutShort, "The search for a change ended at its bound. None was found; there may be one.",
     "変わる状況を決められた回数まで探しましたが、見つかりませんでした。ほかにある可能性はあります。"},
    {Label::kFactBecomes, "$0: $1", "$0: $1"},
    {Label::kFactInPlaceOf, "$0: $1 ($2)", "$0: $1（$2）"},
    {Label::kNow, "now $0", "いまは$0"},
    {Label::kNotStated, "not stated", "未回答"},
    {Label::kNone, "none", "なし"},
    {Label::kAsWell, "$0 as well", "$0も加える"},
    {Label::kWithout, "without $0", "$0なし"},
    {Label::kAlone, "$0 and nothing else", "$0のみ"},
    {Label::kAndFact, "; and ", "。さらに、"},
    {Label::kMinutes, "$0 min", "$0分"},
    {Label::kCelsius, "$0 °C", "$0℃"},
    {Label::kMetres, "$0 m", "$0m"},
};

// One row for each label, in the order of the enum.
constexpr bool IsComplete() {
  if (std::size(kWords) != static_cast<size_t>(Label::kCount)) return false;
  for (size_t i = 0; i < std::size(kWords); ++i) {
    if (static_cast<size_t>(kWords[i].label) != i) return false;
  }
  return true;
}
static_assert(IsComplete());

}  // namespace

std::string Say(Label label, Locale locale, absl::string_view a, absl::string_view b, absl::string_view c,
                absl::string_view d) {
  const Words& words = kWords[static_cast<size_t>(label)];
  return absl::StrReplaceAll(locale == Locale::kJapanese ? words.ja : words.en,
                             {{"$0", a}, {"$1", b}, {"$2", c}, {"$3", d}});
}

std::string BannerOf(v1::Disposition disposition, Locale locale) {
  const bool ja = locale == Locale::kJapanese;
  switch (disposition) {
    case v1::DISPOSITION_PROCEED:
      return ja ? "【進めてよい】特に妨げになるものはありません。" : "GO AHEAD - nothing holds you back.";
    case v1::DISPOSITION_LIMITED:
      return ja ? "【制限つき】次の範囲内で進めてください。"
                : "GO AHEAD WITHIN LIMITS - stay within what is said below.";
    case v1::DISPOSITION_REST_TODAY:
      return ja ? "【今日は休む】今日はトレーニングを控えましょう。" : "REST TODAY - no training today.";
    case v1::DISPOSITION_CLINICIAN_FIRST:
      return ja ? "【まず医師に相談】トレーニングの前に医療者に相談してください。"
                : "CLINICIAN FIRST - talk to a clinician before you train.";
    case v1::DISPOSITION_URGENT_CARE:
      return ja ? "【今日中に受診】今日のうちに医師の診察を受けてください。"
                : "SEE A DOCTOR TODAY - nothing is suggested until then.";
    case v1::DISPOSITION_EMERGENCY:
      return ja ? "【緊急】ただちに救急に連絡してください。" : "EMERGENCY - call for emergency help now.";
    default: return ja ? "【判定なし】" : "NO DISPOSITION";
  }
}

}  // namespace myokine::cli
