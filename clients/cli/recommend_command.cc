#include "clients/cli/recommend_command.h"

#include <ostream>

#include "clients/cli/answer_table.h"

namespace myokine::cli {

ExitCode RunRecommend(const RecommendArguments& arguments, const Console& console) {
  v1::RecommendRequest request;
  std::unique_ptr<UserFile> file;
  const ExitCode read = ReadPerson(arguments, console, file, *request.mutable_user());
  if (read != ExitCode::kOk) return read;
  request.mutable_options()->set_locale(arguments.locale == Locale::kJapanese ? "ja" : "en");
  if (arguments.exercises) request.mutable_options()->set_exercise_count(*arguments.exercises);
  if (arguments.meals) request.mutable_options()->set_meal_count(*arguments.meals);
  WarnIfFar(arguments.address, console);
  v1::RecommendResponse response;
  const CallResult result = CallRecommend(arguments.address, request, kDeadline, response);
  if (result.outcome != CallResult::Outcome::kAnswered) return ExplainNoAnswer(console, file.get(), result);
  if (arguments.output == AskArguments::Output::kJson) return PrintJson(response, console);
  TableOptions options;
  options.locale = arguments.locale;
  options.columns = console.columns;
  options.palette = console.OutPalette(arguments.colour);
  options.exercises = arguments.exercises != 0;
  options.meals = arguments.meals != 0;
  console.out << AnswerTable(response, options);
  console.out.flush();
  return ExitCode::kOk;
}

}  // namespace myokine::cli
