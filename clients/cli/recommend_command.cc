#include "clients/cli/recommend_command.h"

#include <memory>
#include <ostream>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/cli/answer_client.h"
#include "clients/cli/answer_table.h"
#include "clients/cli/display_width.h"
#include "clients/cli/issue_printer.h"
#include "clients/cli/moment.h"
#include "clients/cli/user_file.h"
#include "google/protobuf/util/json_util.h"

namespace myokine::cli {
namespace {

// Longest wait for an answer; one takes milliseconds.
constexpr absl::Duration kDeadline = absl::Seconds(10);

ExitCode Fail(const Console& console, ExitCode code, const std::string& why) {
  console.err << "myokine: " << why << '\n';
  return code;
}

v1::RecommendRequest RequestOf(const RecommendArguments& arguments, const v1::UserState& state) {
  v1::RecommendRequest request;
  *request.mutable_user() = state;
  request.mutable_options()->set_locale(arguments.locale == Locale::kJapanese ? "ja" : "en");
  if (arguments.exercises) request.mutable_options()->set_exercise_count(*arguments.exercises);
  if (arguments.meals) request.mutable_options()->set_meal_count(*arguments.meals);
  return request;
}

// One line for each field that the server refused.
ExitCode Refused(const Console& console, const UserFile& file, const CallResult& result) {
  for (const auto& violation : result.bad_request.field_violations()) {
    const Location at = file.Find(violation.field());
    std::string line = at.line > 0 ? absl::StrCat(at.file, ":", at.line, ":", at.column, ": ") : "";
    absl::StrAppend(&line, violation.field(), ": ", violation.description());
    for (const Glyph& glyph : Glyphs(line)) console.err << glyph.bytes;  // on one line, whatever it quotes
    console.err << '\n';
  }
  if (result.bad_request.field_violations().empty())
    return Fail(console, ExitCode::kUsage, "the server refuses the request: " + result.message);
  return ExitCode::kUsage;
}

std::string JsonOf(const v1::RecommendResponse& response) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = false;
  std::string json;
  // Fails only for Any and ill-formed well-known types, which an answer does not hold.
  if (!google::protobuf::util::MessageToJsonString(response, &json, options).ok()) return "";
  return json;
}

ExitCode Show(const RecommendArguments& arguments, const Console& console, const v1::RecommendResponse& response) {
  if (arguments.output == RecommendArguments::Output::kJson) {
    const std::string json = JsonOf(response);
    if (json.empty()) return Fail(console, ExitCode::kService, "the answer can't be written as JSON");
    console.out << json;
  } else {
    TableOptions options;
    options.locale = arguments.locale;
    options.columns = console.columns;
    options.palette = console.OutPalette(arguments.colour);
    options.exercises = arguments.exercises != 0;
    options.meals = arguments.meals != 0;
    console.out << AnswerTable(response, options);
  }
  console.out.flush();
  return ExitCode::kOk;
}

}  // namespace

ExitCode RunRecommend(const RecommendArguments& arguments, const Console& console) {
  Issues issues;
  const absl::StatusOr<std::unique_ptr<UserFile>> file = UserFile::Read(arguments.user, console.in, issues);
  if (!file.ok()) return Fail(console, ExitCode::kUsage, std::string(file.status().message()));
  if (!issues.empty()) {
    PrintIssues(issues.list(), Palette(false), console.err);
    return ExitCode::kUsage;
  }
  v1::RecommendRequest request = RequestOf(arguments, (*file)->state());
  if (!arguments.at.empty()) {
    const std::string wrong = SetMoment(arguments.at, *request.mutable_user()->mutable_evaluation_time());
    if (!wrong.empty()) return Fail(console, ExitCode::kUsage, wrong);
  }
  if (!IsThisMachine(arguments.address)) {
    console.err << "myokine: warning: " << arguments.address
                << " is another machine, and what is sent to it is not encrypted\n";
  }
  const CallResult result = CallRecommend(arguments.address, request, kDeadline);
  switch (result.outcome) {
    case CallResult::Outcome::kAnswered: return Show(arguments, console, result.response);
    case CallResult::Outcome::kRefused: return Refused(console, **file, result);
    case CallResult::Outcome::kUnreachable:
    case CallResult::Outcome::kFailed: return Fail(console, ExitCode::kService, result.message);
  }
  return ExitCode::kService;
}

}  // namespace myokine::cli
