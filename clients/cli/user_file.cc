#include "clients/cli/user_file.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace myokine::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::StatusOr<std::string> ReadAll(std::istream& in, const std::string& name) {
  std::string text(kMaxUserFileBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return absl::NotFoundError(absl::StrCat("can't read ", name));
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kMaxUserFileBytes) return absl::ResourceExhaustedError(absl::StrCat(name, " is larger than 1 MiB"));
  return text;
}

// A step of a path: `items[1]`. `index` is -1 where none is given.
struct Step {
  std::string name;
  int index = -1;
};

Step ParseStep(const std::string& text) {
  const size_t bracket = text.find('[');
  Step step{text.substr(0, bracket)};
  if (bracket != std::string::npos && text.back() == ']') {
    if (!absl::SimpleAtoi(text.substr(bracket + 1, text.size() - bracket - 2), &step.index)) step.index = -1;
  }
  return step;
}

const FieldDescriptor* FindField(const Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return field != nullptr ? field : message.GetDescriptor()->FindFieldByCamelcaseName(name);
}

// Where a path goes on to: an item of `field`, or all of it where `index` is -1.
struct Target {
  const Message* message;
  const FieldDescriptor* field;
  int index;
};

// What `step` means within `message`. The service names the items of a list that knows whether it is complete as
// `conditions[1]`: they are `conditions.items[1]`. A null field: there is none.
Target Resolve(const Message& message, const Step& step) {
  Target target{&message, FindField(message, step.name), step.index};
  if (target.field == nullptr || target.field->is_repeated() || target.field->message_type() == nullptr ||
      step.index < 0)
    return target;
  const FieldDescriptor* items = target.field->message_type()->FindFieldByName("items");
  if (items == nullptr || !message.GetReflection()->HasField(message, target.field)) return target;
  return {&message.GetReflection()->GetMessage(message, target.field), items, step.index};
}

// The message that a path goes on into; null when there is none.
const Message* Enter(const Target& target) {
  if (target.field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return nullptr;
  const google::protobuf::Reflection* reflection = target.message->GetReflection();
  if (!target.field->is_repeated()) {
    return reflection->HasField(*target.message, target.field) ? &reflection->GetMessage(*target.message, target.field)
                                                               : nullptr;
  }
  const bool inside = target.index >= 0 && target.index < reflection->FieldSize(*target.message, target.field);
  return inside ? &reflection->GetRepeatedMessage(*target.message, target.field, target.index) : nullptr;
}

}  // namespace

absl::StatusOr<std::unique_ptr<UserFile>> UserFile::Read(const std::string& path, std::istream& in, Issues& issues) {
  absl::StatusOr<std::string> text;
  const bool standard_input = path == "-";
  const std::string name = standard_input ? "<stdin>" : path;
  if (standard_input) {
    text = ReadAll(in, name);
  } else {
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file)
      return absl::NotFoundError(absl::StrCat("can't read ", path, ": ", std::generic_category().message(errno)));
    text = ReadAll(file, name);
  }
  if (!text.ok()) return text.status();
  auto read = std::unique_ptr<UserFile>(new UserFile);
  ReadYaml(*text, name, read->state_, read->sources_, issues);
  issues.Sort();
  return read;
}

Location UserFile::Find(const std::string& request_path) const {
  const std::vector<std::string> steps = absl::StrSplit(request_path, '.');
  if (steps.front() != "user") return {};
  const Message* message = &state_;
  Location place = sources_.Find(message);
  for (size_t i = 1; i < steps.size() && message != nullptr; ++i) {
    const Target target = Resolve(*message, ParseStep(steps[i]));
    if (target.field == nullptr) break;
    const Location found = sources_.Find(target.message, target.field->number(), std::max(target.index, 0));
    if (found.line > 0) place = found;
    message = Enter(target);
  }
  return place;
}

}  // namespace myokine::cli
