// A rule pack as read from its folder: one message, and the place in a file of every value in it.
#ifndef MYOKINE_ENGINE_PACK_LOADED_PACK_H_
#define MYOKINE_ENGINE_PACK_LOADED_PACK_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/expr/issue.h"
#include "engine/pack/source_map.h"
#include "google/protobuf/message.h"
#include "myokine/v1/rule_pack.pb.h"

namespace myokine {

// A pack with its layers merged. Stays where it was made, since `sources` knows its messages by their address.
// Immutable once loaded; threads may share it.
struct LoadedPack {
  LoadedPack() = default;
  LoadedPack(const LoadedPack&) = delete;
  LoadedPack& operator=(const LoadedPack&) = delete;

  v1::RulePack pack;
  SourceMap sources;
  // SHA-256 over the names and contents of all files of the pack and its bases, lower-case hexadecimal. Made as
  // PackDigest in pack_files.h says.
  std::string digest;
  // The pack below this one, with what this one did not take over from it: entries that it replaced or took out. Null
  // when it extends none.
  std::unique_ptr<LoadedPack> base;
  // The files as read, emptied into `pack`. Kept so that no later message gets an address that `sources` knows.
  std::vector<std::unique_ptr<v1::RulePack>> parts;
};

// Reads the folder of a pack: every `*.yaml` below it, in the order of their paths, merged into one message; then the
// base that it extends, below it. Hidden files and folders (`.name`) are passed over. Checks types, names, ids,
// references and vocabularies as the field options state them; expressions are only carried. All mistakes of the run go
// to `issues`, sorted by place; the pack is returned even then, so that later stages can add theirs, and must not be
// used. When a file is not YAML at all, ids and vocabularies that might stand in it are not missed. Errors: kNotFound
// when `folder` is not there or holds no YAML file.
absl::StatusOr<std::unique_ptr<LoadedPack>> LoadPack(const std::filesystem::path& folder, Issues& issues);

// Reads one message of any type from YAML text (JSON is YAML too) named `file`. Unknown and duplicate keys, wrong
// types, values out of the range that the field options state, and over-long lists are issues with their place. Keys
// may be written as in the proto file or in its JSON spelling. Empty text is an empty message. `message` must be empty
// before. Returns false when the text is not YAML at all; then nothing was read, and an issue says why.
bool ReadYaml(std::string_view text, const std::string& file, google::protobuf::Message& message, SourceMap& sources,
              Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_LOADED_PACK_H_
