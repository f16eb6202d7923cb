#include "clients/cli/words.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace myokine::cli {
namespace {

// From this many minutes on, a peak is told in hours.
constexpr double kMinutesToldAsHours = 120;

// `1.4`, and `12` from ten on: more digits than a wide range supports would oversell it.
std::string FoldText(double fold) {
  return fold < 9.95 ? absl::StrFormat("%.1f", fold) : absl::StrFormat("%.0f", fold);
}

// `-5`, `0`, `+12`.
std::string PercentText(double percent) {
  const double rounded = std::round(percent);
  return rounded == 0 ? "0" : absl::StrFormat("%+.0f", rounded);
}

std::string PeakText(double minutes, Locale locale) {
  if (minutes < 1) return Say(Label::kPeakAtEnd, locale);
  if (minutes < kMinutesToldAsHours) return Say(Label::kPeakMinutes, locale, NumberText(minutes, 0));
  return Say(Label::kPeakHours, locale, NumberText(minutes / 60, 1));
}

}  // namespace

std::string PointsText(int32_t milli) {
  const int64_t size = std::llabs(static_cast<long long>(milli));
  const int64_t tenths = (size + 50) / 100;
  return absl::StrCat(milli < 0 && tenths > 0 ? "-" : "", tenths / 10, ".", tenths % 10);
}

std::string SignedPointsText(int32_t milli) {
  const std::string points = PointsText(milli);
  return points.front() == '-' ? points : absl::StrCat("+", points);
}

std::string NumberText(double value, int decimals) {
  std::string text = absl::StrFormat("%.*f", decimals, value);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string DoseText(const v1::Dose& dose, Locale locale) {
  std::vector<std::string> parts;
  const auto say = [&](Label label, int32_t a, int32_t b = 0) {
    parts.push_back(Say(label, locale, absl::StrCat(a), absl::StrCat(b)));
  };
  if (dose.has_minutes()) say(Label::kDoseMinutes, dose.minutes());
  if (dose.has_sets() && dose.has_repetitions()) {
    say(Label::kDoseSetsOfRepetitions, dose.sets(), dose.repetitions());
  } else {
    if (dose.has_sets()) say(Label::kDoseSets, dose.sets());
    if (dose.has_repetitions()) say(Label::kDoseRepetitions, dose.repetitions());
  }
  if (dose.has_hold_seconds()) say(Label::kDoseHold, dose.hold_seconds());
  if (dose.has_rounds() && dose.has_work_seconds()) {
    say(Label::kDoseRoundsOfWork, dose.rounds(), dose.work_seconds());
  } else {
    if (dose.has_rounds()) say(Label::kDoseRounds, dose.rounds());
    if (dose.has_work_seconds()) say(Label::kDoseWork, dose.work_seconds());
  }
  if (dose.has_rest_seconds()) say(Label::kDoseRest, dose.rest_seconds());
  if (dose.has_rpe()) say(Label::kDoseEffort, dose.rpe());
  if (dose.has_sessions_per_week()) say(Label::kDoseTimesAWeek, dose.sessions_per_week());
  if (dose.has_recovery_hours()) say(Label::kDoseRecovery, dose.recovery_hours());
  if (dose.has_servings_percent()) {
    say(dose.servings_percent() == 100 ? Label::kDoseOneServing : Label::kDoseServingShare, dose.servings_percent());
  }
  return absl::StrJoin(parts, Say(Label::kListSeparator, locale));
}

std::string ResponseText(const v1::MyokineResponse& response, const std::string& name, Locale locale) {
  std::vector<std::string> parts;
  if (response.has_fold_change()) {
    parts.push_back(IntervalText(response.fold_change(), name));
    if (FoldText(response.fold_change().expected()) != "1.0")
      parts.push_back(PeakText(response.peak_minutes(), locale));  // else there is none
  } else {
    parts.push_back(absl::StrCat(name, ": ", Say(Label::kNoFigure, locale)));
  }
  const auto grade = [&](v1::Grade value) {
    const std::string letter = GradeLetter(value);
    if (!letter.empty()) parts.push_back(Say(Label::kGrade, locale, letter));
  };
  grade(response.grade());
  if (response.has_twelve_week_percent()) {
    const v1::Interval& percent = response.twelve_week_percent();
    parts.push_back(Say(Label::kTwelveWeeks, locale, PercentText(percent.expected()), PercentText(percent.low()),
                        PercentText(percent.high())));
    grade(response.twelve_week_grade());
  }
  return absl::StrJoin(parts, Say(Label::kListSeparator, locale));
}

std::string IntervalText(const v1::Interval& fold, const std::string& name) {
  return absl::StrCat(name, " x", FoldText(fold.expected()), " (", FoldText(fold.low()), "-", FoldText(fold.high()),
                      ")");
}

std::string PercentIntervalText(const v1::Interval& percent) {
  return absl::StrCat(PercentText(percent.expected()), " % (", PercentRangeText(percent.low(), percent.high()), ")");
}

std::string PercentRangeText(double low, double high) {
  return absl::StrCat(PercentText(low), " / ", PercentText(high), " %");
}

std::string GradeLetter(v1::Grade grade) {
  switch (grade) {
    case v1::GRADE_A: return "A";
    case v1::GRADE_B: return "B";
    case v1::GRADE_C: return "C";
    case v1::GRADE_D: return "D";
    case v1::GRADE_G: return "G";
    case v1::GRADE_X: return "X";
    default: return "";
  }
}

std::string IdText(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

}  // namespace myokine::cli
