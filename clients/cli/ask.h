// What the commands that ask a server have in common: whom to ask, for whom, and how to show the answer.
#ifndef MYOKINE_CLIENTS_CLI_ASK_H_
#define MYOKINE_CLIENTS_CLI_ASK_H_

#include <memory>
#include <string>

#include "clients/cli/answer_client.h"
#include "clients/cli/console.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/labels.h"
#include "clients/cli/palette.h"
#include "clients/cli/user_file.h"
#include "google/protobuf/message.h"

namespace myokine::cli {

// What the flags of every such command say.
struct AskArguments {
  enum class Output { kTable, kJson };
  std::string user;                         // file of the person, YAML or JSON; `-`: standard input
  std::string at;                           // moment, RFC 3339; empty: the file's, else the server's
  std::string address = "127.0.0.1:50051";  // of the server
  Locale locale = Locale::kEnglish;         // of texts and labels
  Output output = Output::kTable;  // JSON: protobuf's mapping, lowerCamelCase, the same bytes for the same answer
  ColourMode colour = ColourMode::kAuto;
};

// Longest wait for an answer; one takes milliseconds.
inline constexpr absl::Duration kDeadline = absl::Seconds(10);

// `myokine: why` on one line; `code`.
ExitCode Fail(const Console& console, ExitCode code, const std::string& why);

// Reads the person and the moment into `state`; nothing is known without a file. Mistakes are printed as
// `file:line:column`. `file` stays null when there is none.
ExitCode ReadPerson(const AskArguments& arguments, const Console& console, std::unique_ptr<UserFile>& file,
                    v1::UserState& state);

// Warns when the person's data would leave this machine without encryption.
void WarnIfFar(const std::string& address, const Console& console);

// Says why there is no answer: fields that the server refuses, one line each, with their place where the file has them.
// `file` may be null.
ExitCode ExplainNoAnswer(const Console& console, const UserFile* file, const CallResult& result);

// Prints an answer as JSON.
ExitCode PrintJson(const google::protobuf::Message& answer, const Console& console);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_ASK_H_
