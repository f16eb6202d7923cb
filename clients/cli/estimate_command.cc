#include "clients/cli/estimate_command.h"

#include <ostream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/estimate_table.h"

namespace myokine::cli {
namespace {

// `8x20/10`; false when it is none.
bool ReadIntervals(const std::string& text, v1::Intervals& intervals) {
  const std::vector<std::string> parts = absl::StrSplit(text, absl::ByAnyChar("x/"));
  int rounds, work, rest = 0;
  if (parts.size() < 2 || parts.size() > 3 || !absl::SimpleAtoi(parts[0], &rounds) ||
      !absl::SimpleAtoi(parts[1], &work) || (parts.size() == 3 && !absl::SimpleAtoi(parts[2], &rest)))
    return false;
  intervals.set_rounds(rounds);
  intervals.set_work_seconds(work);
  intervals.set_rest_seconds(rest);
  return true;
}

// Fills a bout with what the flags say of all bouts; what is wrong with them, or nothing.
std::string FillBout(const EstimateArguments& arguments, v1::Bout& bout) {
  bout.set_modality(arguments.modality);
  if (arguments.minutes) bout.set_minutes(*arguments.minutes);
  if (arguments.percent_vo2max) bout.set_percent_vo2max(*arguments.percent_vo2max);
  if (arguments.rpe) bout.set_rpe(*arguments.rpe);
  if (arguments.mets) bout.set_mets(*arguments.mets);
  if (arguments.carbohydrate == "low") bout.set_carbohydrate(v1::CARBOHYDRATE_LOW);
  if (arguments.carbohydrate == "usual") bout.set_carbohydrate(v1::CARBOHYDRATE_USUAL);
  if (arguments.carbohydrate == "during") bout.set_carbohydrate(v1::CARBOHYDRATE_DURING);
  if (!arguments.intervals.empty() && !ReadIntervals(arguments.intervals, *bout.mutable_intervals()))
    return absl::StrCat("--intervals ", arguments.intervals, ": write rounds, work and rest as 8x20/10");
  return "";
}

std::string FillHabit(const EstimateArguments& arguments, v1::Habit& habit) {
  for (const std::string& text : arguments.habit) {
    const std::vector<std::string> parts = absl::StrSplit(text, '=');
    double sessions;
    if (parts.size() != 2 || !absl::SimpleAtod(parts[1], &sessions))
      return absl::StrCat("--habit ", text, ": write a kind of training and its sessions a week as aerobic=3");
    v1::HabitSessions& one = *habit.add_sessions();
    one.set_modality(parts[0]);
    one.set_sessions_per_week(sessions);
  }
  if (arguments.weeks) habit.set_weeks(*arguments.weeks);
  return "";
}

}  // namespace

ExitCode RunEstimate(const EstimateArguments& arguments, const Console& console) {
  v1::EstimateResponseRequest request;
  std::unique_ptr<UserFile> file;
  const ExitCode read = ReadPerson(arguments, console, file, *request.mutable_user());
  if (read != ExitCode::kOk) return read;
  request.set_locale(arguments.locale == Locale::kJapanese ? "ja" : "en");
  request.set_courses(true);
  for (const std::string& exercise : arguments.exercises) request.add_bouts()->set_exercise(exercise);
  if (request.bouts().empty() && !arguments.modality.empty()) request.add_bouts();
  std::string wrong;
  for (v1::Bout& bout : *request.mutable_bouts()) wrong = FillBout(arguments, bout);
  if (wrong.empty() && !arguments.habit.empty()) wrong = FillHabit(arguments, *request.mutable_habit());
  if (wrong.empty() && request.bouts().empty() && !request.has_habit())
    wrong = "name what to estimate: --exercise, --modality or --habit (see myokine estimate --help)";
  if (!wrong.empty()) return Fail(console, ExitCode::kUsage, wrong);
  WarnIfFar(arguments.address, console);
  v1::EstimateResponseResponse response;
  const CallResult result = CallEstimateResponse(arguments.address, request, kDeadline, response);
  if (result.outcome != CallResult::Outcome::kAnswered) return ExplainNoAnswer(console, file.get(), result);
  if (arguments.output == AskArguments::Output::kJson) return PrintJson(response, console);
  console.out << EstimateTable(response, arguments.locale, console.columns, console.OutPalette(arguments.colour));
  console.out.flush();
  return ExitCode::kOk;
}

}  // namespace myokine::cli
