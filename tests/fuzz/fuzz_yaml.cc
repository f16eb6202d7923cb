// Any bytes, read as a rule pack's file and as a person's file: either an issue says what is wrong, or the message is
// sound.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/pack/loaded_pack.h"
#include "google/protobuf/message.h"
#include "myokine/v1/recommendation.pb.h"
#include "myokine/v1/rule_pack.pb.h"
#include "myokine/v1/user_state.pb.h"
#include "tests/fuzz/require.h"

namespace myokine::fuzz {
namespace {

constexpr char kFile[] = "input.yaml";

// Every issue can be shown and sent: it names the file, has a code and a message, and is UTF-8 whatever the file holds.
void CheckIssues(const Issues& issues) {
  for (const Issue& issue : issues.list()) {
    Require(issue.at.file == kFile, "an issue names the file");
    Require(!issue.code.empty() && !issue.message.empty(), "an issue has a code and a message");
    v1::Remark remark;
    remark.set_text(ToString(issue));
    Require(v1::Remark().ParseFromString(remark.SerializeAsString()), "an issue is UTF-8");
  }
}

template <typename Message>
void Read(std::string_view text) {
  Message message;
  SourceMap sources;
  Issues issues;
  const bool is_yaml = ReadYaml(text, kFile, message, sources, issues);
  CheckIssues(issues);
  if (!is_yaml) {
    Require(!issues.empty(), "an issue says why the text is not YAML");
    Require(message.ByteSizeLong() == 0, "nothing is read of a text that is not YAML");
  }
  if (!issues.empty()) return;
  Require(sources.Find(&message).file == kFile, "the place of the message is known");
  Message copy;
  Require(copy.ParseFromString(message.SerializeAsString()), "what is read can be sent");
  Require(copy.SerializeAsString() == message.SerializeAsString(), "what is read arrives as it was");
}

}  // namespace
}  // namespace myokine::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  myokine::fuzz::Read<myokine::v1::RulePack>(text);
  myokine::fuzz::Read<myokine::v1::UserState>(text);
  return 0;
}
