// One scalar of YAML as the value of one field.
//
// Strings take any scalar (`version: 0.1.0` needs no quotes). Numbers and booleans are written plainly, not in quotes.
// Whole numbers are decimal; doubles are decimal, finite, with an optional exponent. Booleans are `true` and `false`
// alone. Enum values go without the prefix of their type, and the value 0 of an enum is never written.
#ifndef MYOKINE_ENGINE_PACK_YAML_SCALARS_H_
#define MYOKINE_ENGINE_PACK_YAML_SCALARS_H_

#include <optional>
#include <string>

#include "engine/pack/yaml_tree.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace myokine {

// A mistake without its place.
struct Mistake {
  std::string code;
  std::string message;
  std::string hint;
};

// Most bytes of a string where no option says otherwise, and of each language of a Text.
inline constexpr int kMostStringBytes = 256;
inline constexpr int kMostTextBytes = 2048;

// Sets `field`, which is not a message, or adds to it when it is a list. Returns what is wrong with the scalar, in
// which case nothing is stored. Codes: `wrong-type`, `unknown-value`, `out-of-range`, `too-long`, `bad-identifier`,
// `bad-character`, `empty-value`.
std::optional<Mistake> StoreScalar(const YamlNode& scalar, const google::protobuf::FieldDescriptor* field,
                                   google::protobuf::Message& message);

// Sets a google.protobuf.Timestamp from RFC 3339 text such as `2026-01-15T09:00:00Z`.
// Codes: `bad-timestamp`.
std::optional<Mistake> StoreTimestamp(const YamlNode& scalar, const std::string& name,
                                      google::protobuf::Message& timestamp);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_YAML_SCALARS_H_
