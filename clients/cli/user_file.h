// A person's state in a file, and where each part of it stands.
#ifndef MYOKINE_CLIENTS_CLI_USER_FILE_H_
#define MYOKINE_CLIENTS_CLI_USER_FILE_H_

#include <cstddef>
#include <istream>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/expr/issue.h"
#include "engine/pack/loaded_pack.h"
#include "myokine/v1/user_state.pb.h"

namespace myokine::cli {

// Largest user file. The server takes requests of up to 1 MiB.
inline constexpr size_t kMaxUserFileBytes = 1024 * 1024;

// What a file says of a person. The state keeps its address for as long as the file lives.
class UserFile {
 public:
  // Reads `path`, YAML or JSON; `-` reads `in` to its end. Mistakes of the file go to `issues`, and the state must then
  // not be used. Errors: kNotFound when the file can't be read; kResourceExhausted when it is larger than
  // kMaxUserFileBytes.
  static absl::StatusOr<std::unique_ptr<UserFile>> Read(const std::string& path, std::istream& in, Issues& issues);

  const v1::UserState& state() const { return state_; }

  // Where the field of a request with this path stands, such as `user.health.conditions.items[1]`: the place of the
  // value, else of the innermost message around it that the file has. `line` is 0 when the path does not begin with
  // `user` or the file has none of it.
  Location Find(const std::string& request_path) const;

 private:
  UserFile() = default;

  v1::UserState state_;
  SourceMap sources_;
};

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_USER_FILE_H_
