#include "clients/cli/ask.h"

#include <ostream>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/display_width.h"
#include "clients/cli/issue_printer.h"
#include "clients/cli/moment.h"
#include "google/protobuf/util/json_util.h"

namespace myokine::cli {

ExitCode Fail(const Console& console, ExitCode code, const std::string& why) {
  console.err << "myokine: " << why << '\n';
  return code;
}

ExitCode ReadPerson(const AskArguments& arguments, const Console& console, std::unique_ptr<UserFile>& file,
                    v1::UserState& state) {
  if (!arguments.user.empty()) {
    Issues issues;
    absl::StatusOr<std::unique_ptr<UserFile>> read = UserFile::Read(arguments.user, console.in, issues);
    if (!read.ok()) return Fail(console, ExitCode::kUsage, std::string(read.status().message()));
    if (!issues.empty()) {
      PrintIssues(issues.list(), Palette(false), console.err);
      return ExitCode::kUsage;
    }
    file = *std::move(read);
    state = file->state();
  }
  if (arguments.at.empty()) return ExitCode::kOk;
  const std::string wrong = SetMoment(arguments.at, *state.mutable_evaluation_time());
  return wrong.empty() ? ExitCode::kOk : Fail(console, ExitCode::kUsage, wrong);
}

void WarnIfFar(const std::string& address, const Console& console) {
  if (IsThisMachine(address)) return;
  console.err << "myokine: warning: " << address << " is another machine, and what is sent to it is not encrypted\n";
}

ExitCode ExplainNoAnswer(const Console& console, const UserFile* file, const CallResult& result) {
  if (result.outcome != CallResult::Outcome::kRefused) return Fail(console, ExitCode::kService, result.message);
  for (const auto& violation : result.bad_request.field_violations()) {
    const Location at = file == nullptr ? Location() : file->Find(violation.field());
    std::string line = at.line > 0 ? absl::StrCat(at.file, ":", at.line, ":", at.column, ": ") : "";
    absl::StrAppend(&line, violation.field(), ": ", violation.description());
    for (const Glyph& glyph : Glyphs(line)) console.err << glyph.bytes;  // on one line, whatever it quotes
    console.err << '\n';
  }
  if (result.bad_request.field_violations().empty())
    return Fail(console, ExitCode::kUsage, "the server refuses the request: " + result.message);
  return ExitCode::kUsage;
}

ExitCode PrintJson(const google::protobuf::Message& answer, const Console& console) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = false;
  std::string json;
  // Fails only for Any and ill-formed well-known types, which an answer does not hold.
  if (!google::protobuf::util::MessageToJsonString(answer, &json, options).ok() || json.empty())
    return Fail(console, ExitCode::kService, "the answer can't be written as JSON");
  console.out << json;
  console.out.flush();
  return ExitCode::kOk;
}

}  // namespace myokine::cli
