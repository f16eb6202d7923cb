// Where values of messages stand in files.
#ifndef MYOKINE_ENGINE_PACK_SOURCE_MAP_H_
#define MYOKINE_ENGINE_PACK_SOURCE_MAP_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/expr/issue.h"
#include "google/protobuf/message.h"

namespace myokine {

// Where values of messages stand in files. Keyed by the address of the message, so it is valid only while the messages
// that it was filled from stay where they are: moving a message between lists by pointer is fine, copying it is not.
class SourceMap {
 public:
  // The place of `message` itself: where it begins.
  void Put(const google::protobuf::Message* message, const Location& at);
  // The place of the value of field `number` of `message`; `index` counts the items of a repeated field.
  void Put(const google::protobuf::Message* message, int number, int index, const Location& at);

  // The place of a value; the place of the message where the value has none; unknown where that has none either.
  Location Find(const google::protobuf::Message* message) const;
  Location Find(const google::protobuf::Message* message, int number, int index = 0) const;

  // The place of byte `offset` of a string value, which the file may hold in quotes, with escapes, or folded over
  // several lines: for positions inside expressions. `value` is the string as read. The place of the value when the
  // file's text is not known or does not match.
  Location FindWithin(const google::protobuf::Message* message, int number, int index, std::string_view value,
                      size_t offset) const;

  // Keeps a file's text, so that issues can show the line.
  void PutFile(std::string file, std::string text);
  // The text of a line, counted from 1, without its end; empty when not known, or longer than 400 bytes (minified
  // JSON).
  std::string Line(const std::string& file, int line) const;

  // An issue that shows the line it stands in.
  Issue MakeIssue(Location at, std::string code, std::string message, std::string hint = "") const;

  // Takes over all that `other` knows.
  void Merge(SourceMap&& other);

 private:
  struct Key {
    const google::protobuf::Message* message;
    int number;
    int index;
    bool operator==(const Key& other) const = default;
    template <typename H>
    friend H AbslHashValue(H h, const Key& key) {
      return H::combine(std::move(h), key.message, key.number, key.index);
    }
  };
  struct Place {
    int file;  // index into files_
    int line;
    int column;
  };
  int FileIndex(const std::string& file);

  absl::flat_hash_map<Key, Place> places_;
  std::vector<std::string> files_;
  std::map<std::string, std::string> texts_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_SOURCE_MAP_H_
