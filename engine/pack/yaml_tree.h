// YAML text as a small tree of nodes with their places: the plain part of YAML that packs and user files need.
//
// Refused, each with an issue: aliases, anchors and tags (so nothing expands: a small file stays small), several
// documents, text that is not UTF-8 or holds control characters, and anything beyond the limits below. JSON is read as
// the YAML that it is. The tree keeps duplicate keys; whoever reads it reports them.
#ifndef MYOKINE_ENGINE_PACK_YAML_TREE_H_
#define MYOKINE_ENGINE_PACK_YAML_TREE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/expr/issue.h"
#include "engine/pack/source_map.h"

namespace myokine {

// Largest file, in bytes.
inline constexpr size_t kMostYamlBytes = size_t{8} << 20;
// Most lists and maps within each other.
inline constexpr size_t kMostYamlDepth = 64;
// Most nodes of one file; keys count too.
inline constexpr size_t kMostYamlNodes = 500'000;

// One node. Lines and columns count from 1, columns in bytes.
struct YamlNode {
  enum class Kind {
    kNull,      // `~`, `null` or nothing at all
    kScalar,    // `text`
    kSequence,  // `items`
    kMap,       // `keys` and `items`: the value of keys[i] is items[i]
    kRefused,   // an alias or a tagged value: its issue is reported, its value unknown
  };

  Kind kind = Kind::kNull;
  bool quoted = false;  // a scalar in quotes or a block scalar
  int line = 1;
  int column = 1;
  std::string text;
  std::vector<YamlNode> keys;
  std::vector<YamlNode> items;
};

// Parses `text`, which `sources` knows as `file`. Empty text is a null node. Nothing when it is not YAML or beyond a
// limit. Codes: `not-utf8`, `too-large`, `too-deep`, `too-many-nodes`, `yaml-syntax`, `yaml-alias`, `yaml-anchor`,
// `yaml-tag`, `several-documents`, `bad-character`.
std::optional<YamlNode> ParseYaml(std::string_view text, const std::string& file, const SourceMap& sources,
                                  Issues& issues);

// The node in a few words, for messages: `a list`, ``text `abc` ``.
std::string Describe(const YamlNode& node);

// Indented print of a tree, for tests: one node a line, `line:column kind text`.
std::string ToString(const YamlNode& node);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_YAML_TREE_H_
