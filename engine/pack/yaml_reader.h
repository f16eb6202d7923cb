// From a tree of YAML nodes to a message of any type, driven by its descriptor: the work behind ReadYaml.
//
// - A map gives fields, by their name in the proto file or in its JSON spelling; each at most once, and one of a oneof.
// - In place of a message that has `option (message).shorthand`, a scalar or a list stands for that field alone.
// - A google.protobuf.Timestamp is RFC 3339 text.
// - A value that is not there (`~`, or nothing after the colon) is a mistake: absent is written by leaving the key out.
// - `(field)` options are checked here as far as they need no other entry: minimum, maximum, max_items, max_bytes,
// required
//   (present, and for strings and lists not empty), identifier.
// Scalars are read as yaml_scalars.h says.
#ifndef MYOKINE_ENGINE_PACK_YAML_READER_H_
#define MYOKINE_ENGINE_PACK_YAML_READER_H_

#include <optional>
#include <string>
#include <vector>

#include "engine/expr/issue.h"
#include "engine/pack/source_map.h"
#include "engine/pack/yaml_scalars.h"
#include "engine/pack/yaml_tree.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace myokine {

// Reads one file. Places of all messages and values go to `sources`, mistakes to `issues`.
// Codes: those of yaml_scalars.h, and `unknown-field`, `duplicate-field`, `one-of`, `wrong-type`, `null-value`,
// `missing-field`, `too-many-items`, `bad-key`.
class YamlReader {
 public:
  YamlReader(std::string file, SourceMap& sources, Issues& issues);

  // Reads `root` into `message`. A null root is an empty map.
  void ReadDocument(const YamlNode& root, google::protobuf::Message& message);

 private:
  using Field = google::protobuf::FieldDescriptor;

  // A field that the map in hand has given a value, and where.
  struct Given {
    const Field* field;
    const YamlNode* key;
  };

  void ReadMessage(const YamlNode& node, const std::string& name, google::protobuf::Message& message);
  void ReadMap(const YamlNode& node, google::protobuf::Message& message);
  void ReadShorthand(const YamlNode& node, const std::string& name, google::protobuf::Message& message);
  void ReadField(const YamlNode& node, const Field* field, google::protobuf::Message& message);
  void ReadList(const YamlNode& node, const Field* field, google::protobuf::Message& message);
  void ReadValue(const YamlNode& node, const Field* field, google::protobuf::Message& message);

  // The field that a key stands for, if it may be given here and now.
  const Field* FieldFor(const YamlNode& key, const YamlNode& value, const google::protobuf::Message& message,
                        const std::vector<Given>& given);
  void CheckRequired(const YamlNode& node, const google::protobuf::Message& message, const std::vector<Given>& given);

  Location PlaceOf(const YamlNode& node) const { return {file_, node.line, node.column}; }
  void AddIssue(const YamlNode& node, std::string code, std::string message, std::string hint = "");
  void AddIssue(const YamlNode& node, std::optional<Mistake> mistake);

  std::string file_;
  SourceMap& sources_;
  Issues& issues_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_YAML_READER_H_
