// What the table says in its own words, in English and Japanese. Texts of the rule pack come translated from the
// server.
#ifndef MYOKINE_CLIENTS_CLI_LABELS_H_
#define MYOKINE_CLIENTS_CLI_LABELS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "myokine/v1/disposition.pb.h"

namespace myokine::cli {

// Language of the table.
enum class Locale { kEnglish, kJapanese };

// Words and phrases. `$0`, `$1` ... stand for what Say() fills in.
enum class Label {
  // Headings.
  kActNow,
  kExercises,
  kMeals,
  kPairings,
  kDiet,
  kDietIndex,
  kBudget,
  kBudgetWeek,
  kTarget,
  kAtLeast,
  kAdvice,
  kAvoid,
  kQuestions,
  kBlocked,  // $0 number of candidates
  kUnrecognized,
  kStale,
  kWarnings,
  kDisagreement,
  kBout,  // $0 exercise, $1 minutes, $2 percent of VO2max
  kCombined,
  kCombinedLine,  // $0 fold change, $1 number of the day, $2 time of day
  kHabit,
  kInflammation,
  kTakenAsAverage,  // $0 names of what is not known
  // Rows of a suggestion.
  kReasons,
  kMyokines,
  kCautions,
  kAllergens,
  kMayContain,
  kDropped,
  // Phrases.
  kNothingFits,
  kNoneKnown,  // no allergen
  kPoints,     // $0 points
  kMore,       // $0 how many are not shown
  kGrade,      // $0 letter
  kBecauseUnknown,
  kTwelveWeeks,  // $0 percent, $1 and $2 its range
  kNoFigure,
  kPeakAtEnd,
  kPeakMinutes,  // $0 minutes
  kPeakHours,    // $0 hours
  kEatRightAfter,
  kEatAfter,    // $0 minutes
  kEatBefore,   // $0 minutes
  kRange,       // $0 smallest, $1 largest answer
  kPackLine,    // $0 id, $1 version, $2 digest
  kAnswerLine,  // $0 moment, $1 time zone, $2 answer id
  // Dose; $0 the number.
  kDoseMinutes,
  kDoseEffort,
  kDoseSets,
  kDoseRepetitions,
  kDoseSetsOfRepetitions,  // $0 sets, $1 repetitions
  kDoseHold,
  kDoseRounds,
  kDoseRoundsOfWork,  // $0 rounds, $1 seconds
  kDoseWork,
  kDoseRest,
  kDoseTimesAWeek,
  kDoseRecovery,
  kDoseOneServing,
  kDoseServingShare,  // $0 percent
  kListSeparator,     // between parts of a line
  // Explanation of one candidate; $0 its name.
  kExplainFirst,  // $1 how many are admissible
  kExplainPlace,  // $1 its place, $2 how many are admissible
  kExplainBlocked,
  kExplainNotRanked,
  kHeldBackBy,
  kAhead,       // $0 name of the first, $1 its points
  kDifference,  // $0 points of the candidate, $1 of the first
  // Changes of circumstances.
  kChanges,
  kPutsFirst,  // $0 how many are admissible, $1 points
  kUnblocks,   // $0 place, $1 how many are admissible, $2 points
  kNothingPutsFirst,
  kNothingUnblocks,
  kBeyondCircumstances,
  kSearchCutShort,
  kFactBecomes,    // $0 name of the fact, $1 its value then
  kFactInPlaceOf,  // $0 name of the fact, $1 its value then, $2 what it is now
  kNow,            // $0 value
  kNotStated,
  kNone,
  kAsWell,   // $0 words that are added
  kWithout,  // $0 words that are taken away
  kAlone,    // $0 words
  kAndFact,  // between two facts of one change
  // Units of circumstances; $0 the number.
  kMinutes,
  kCelsius,
  kMetres,
  kCount,  // not a label: how many there are
};

// `label` in `locale`, with its places filled in.
std::string Say(Label label, Locale locale, absl::string_view a = "", absl::string_view b = "",
                absl::string_view c = "", absl::string_view d = "");

// What a disposition means, in a few words, in capitals or brackets as a banner.
std::string BannerOf(v1::Disposition disposition, Locale locale);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_LABELS_H_
