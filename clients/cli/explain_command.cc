#include "clients/cli/explain_command.h"

#include <ostream>

#include "clients/cli/explain_table.h"

namespace myokine::cli {

ExitCode RunExplain(const ExplainArguments& arguments, const Console& console) {
  v1::ExplainRequest request;
  std::unique_ptr<UserFile> file;
  const ExitCode read = ReadPerson(arguments, console, file, *request.mutable_user());
  if (read != ExitCode::kOk) return read;
  request.mutable_options()->set_locale(arguments.locale == Locale::kJapanese ? "ja" : "en");
  request.set_candidate(arguments.candidate);
  if (arguments.no_changes) request.set_changes(false);
  WarnIfFar(arguments.address, console);
  v1::ExplainResponse response;
  const CallResult result = CallExplain(arguments.address, request, kDeadline, response);
  if (result.outcome != CallResult::Outcome::kAnswered) return ExplainNoAnswer(console, file.get(), result);
  if (arguments.output == AskArguments::Output::kJson) return PrintJson(response, console);
  console.out << ExplainTable(response, arguments.locale, console.columns, console.OutPalette(arguments.colour));
  console.out.flush();
  return ExitCode::kOk;
}

}  // namespace myokine::cli
