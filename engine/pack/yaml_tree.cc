#include "engine/pack/yaml_tree.h"

#include <algorithm>
#include <exception>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/pack/utf8.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/exceptions.h"
#include "yaml-cpp/mark.h"
#include "yaml-cpp/parser.h"

namespace myokine {
namespace {

// Thrown through yaml-cpp by TreeBuilder once an issue says why there is no point in going on; caught in ParseYaml.
struct Stop {};

Location PlaceOf(const YAML::Mark& mark, const std::string& file) {
  return mark.is_null() ? Location{file, 0, 0} : Location{file, mark.line + 1, mark.column + 1};
}

// What stands in the file from `mark` on.
std::string_view TextAt(const YAML::Mark& mark, std::string_view text) {
  return mark.is_null() ? std::string_view() : text.substr(std::min(static_cast<size_t>(mark.pos), text.size()));
}

// Whether a scalar that begins with a quote ends with one; yaml-cpp lets the end of the file close it.
bool IsClosed(std::string_view text) {
  const char quote = text.empty() ? 0 : text.front();
  if (quote != '"' && quote != '\'') return true;
  for (size_t i = 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      const bool doubled = quote == '\'' && i + 1 < text.size() && text[i + 1] == quote;
      if (!doubled) return true;
      ++i;
    }
  }
  return false;
}

// Builds the tree from the events of yaml-cpp.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, const std::string& file, const SourceMap& sources, Issues& issues)
      : text_(text), file_(file), sources_(sources), issues_(issues) {}

  // The first document; null when there was none.
  YamlNode TakeRoot() { return std::move(root_); }
  bool complete() const { return complete_; }
  // The list or map that the last event belongs to; null outside of all.
  const YamlNode* innermost() const { return open_.empty() ? nullptr : &open_.back(); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!complete_) return;
    if (TextAt(mark, text_).starts_with("---")) {
      AddIssue(mark, "several-documents", "a second document begins here", "write one document to a file");
    } else {
      complete_ = false;
      AddIssue(mark, "yaml-syntax", "this does not belong to what stands before it", "check the indentation");
    }
    throw Stop();
  }
  void OnDocumentEnd() override { complete_ = true; }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Refuse(mark, "?", anchor);
    Place(MakeNode(YamlNode::Kind::kNull, mark));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    AddIssue(mark, "yaml-alias", "aliases such as `*name` are not allowed", "write the value out, or quote it");
    Place(MakeNode(YamlNode::Kind::kRefused, mark));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode node = MakeNode(YamlNode::Kind::kScalar, mark);
    if (Refuse(mark, tag, anchor)) node.kind = YamlNode::Kind::kRefused;
    node.quoted = tag == "!";
    if (node.quoted && !IsClosed(TextAt(mark, text_))) {
      complete_ = false;
      AddIssue(mark, "yaml-syntax", "this quote is never closed", "close it on the same line");
      throw Stop();
    }
    if (FindBadByte(value) == std::string_view::npos) {
      node.text = value;
    } else {  // made by an escape: the file itself has none
      node.kind = YamlNode::Kind::kRefused;
      complete_ = false;
      AddIssue(mark, "bad-character", "an escape in this text makes a character that can't be shown",
               "write the character itself, or leave it out");
    }
    Place(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kSequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(YamlNode::Kind::kMap, mark, tag, anchor);
  }
  void OnMapEnd() override { Close(); }

 private:
  void AddIssue(const YAML::Mark& mark, std::string code, std::string message, std::string hint) {
    issues_.Add(sources_.MakeIssue(PlaceOf(mark, file_), std::move(code), std::move(message), std::move(hint)));
    if (issues_.full()) throw Stop();  // nobody reads on, and looking up lines takes time
  }

  YamlNode MakeNode(YamlNode::Kind kind, const YAML::Mark& mark) {
    if (++nodes_ > kMostYamlNodes) {
      AddIssue(mark, "too-many-nodes", absl::StrCat("the file holds more than ", kMostYamlNodes, " values"),
               "split it into several files");
      throw Stop();
    }
    YamlNode node;
    node.kind = kind;
    node.line = mark.line + 1;
    node.column = mark.column + 1;
    return node;
  }

  // Reports an anchor or a tag; true when the value is no longer what it looks like.
  bool Refuse(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (tag != "?" && (tag != "!" || TextAt(mark, text_).starts_with("!"))) {
      AddIssue(mark, "yaml-tag", "tags such as `!name` are not allowed", "quote a value that begins with `!`");
      return true;
    }
    if (anchor != 0) {
      AddIssue(mark, "yaml-anchor", "anchors such as `&name` are not allowed", "leave it out, or quote the value");
    }
    return false;
  }

  void Open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (open_.size() >= kMostYamlDepth) {
      AddIssue(mark, "too-deep", absl::StrCat("more than ", kMostYamlDepth, " lists and maps within each other"), "");
      throw Stop();
    }
    YamlNode node = MakeNode(kind, mark);
    if (Refuse(mark, tag, anchor)) node.kind = YamlNode::Kind::kRefused;
    open_.push_back(std::move(node));
    is_map_.push_back(kind == YamlNode::Kind::kMap);
  }

  void Close() {
    YamlNode node = std::move(open_.back());
    open_.pop_back();
    is_map_.pop_back();
    Place(std::move(node));
  }

  // Puts a finished node where it belongs: a key or a value of the innermost open node, or the root.
  void Place(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    YamlNode& parent = open_.back();
    if (is_map_.back() && parent.keys.size() == parent.items.size()) {
      parent.keys.push_back(std::move(node));
      return;
    }
    if (node.kind == YamlNode::Kind::kNull) PlaceNull(parent, node);
    parent.items.push_back(std::move(node));
  }

  // yaml-cpp puts a value that is not there at whatever comes next; an author looks for it at its key or its list.
  void PlaceNull(const YamlNode& parent, YamlNode& node) const {
    const YamlNode& near = parent.keys.empty() ? parent : parent.keys.back();
    if (node.line == near.line && node.column > near.column) return;
    node.line = near.line;
    node.column = near.column;
  }

  std::string_view text_;
  const std::string& file_;
  const SourceMap& sources_;
  Issues& issues_;
  YamlNode root_;
  bool complete_ = false;
  size_t nodes_ = 0;
  std::vector<YamlNode> open_;
  std::vector<bool> is_map_;
};

// A file with kMostYamlNodes values has at most about as many of these outside its texts.
constexpr std::ptrdiff_t kMostFlowMarks = 2 * kMostYamlNodes;
bool IsFlowMark(char c) { return c == '[' || c == ']' || c == '{' || c == '}' || c == ','; }

// How to mend the commonest slips, as far as the place betrays them.
std::string SyntaxHint(std::string_view message, std::string_view text_at, std::string_view line,
                       const YamlNode* innermost) {
  if (message.find("flow not found") != std::string_view::npos && innermost != nullptr) {
    const bool is_list = innermost->kind == YamlNode::Kind::kSequence;
    return absl::StrCat("the ", is_list ? "list" : "map", " that begins on line ", innermost->line, ", column ",
                        innermost->column, " is not closed with `", is_list ? "]" : "}", "`");
  }
  if (message.find("unicode") != std::string_view::npos) return "write the character itself, or `\\U` and 8 digits";
  if (line.substr(0, line.find_first_not_of(" \t")).find('\t') != std::string_view::npos) {
    return "indent with blanks, not with tabs";
  }
  if (!text_at.empty() && std::string_view("*@%`").find(text_at.front()) != std::string_view::npos) {
    return absl::StrCat("quote a value that begins with `", std::string(text_at.substr(0, 1)), "`");
  }
  const size_t value = line.find(": ");
  if (value != std::string_view::npos && value + 2 < line.size() &&
      (line[value + 2] == '"' || line[value + 2] == '\'')) {
    return "a value that begins with a quote ends with that quote: put the whole of it in the other kind of quotes";
  }
  if (value != std::string_view::npos && line.find(": ", value + 2) != std::string_view::npos) {
    return "quote a value that holds a colon and a blank";
  }
  return "check indentation, quotes and brackets here and in the lines above";
}

// The place of a byte.
Location PlaceOf(std::string_view text, size_t offset, const std::string& file) {
  const std::string_view before = text.substr(0, offset);
  const size_t last_break = before.rfind('\n');
  const size_t line_begin = last_break == std::string_view::npos ? 0 : last_break + 1;
  return {file, static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(offset - line_begin) + 1};
}

void Print(const YamlNode& node, const std::string& indent, std::string& out) {
  absl::StrAppend(&out, indent, node.line, ":", node.column, " ");
  switch (node.kind) {
    case YamlNode::Kind::kNull: absl::StrAppend(&out, "null\n"); break;
    case YamlNode::Kind::kRefused: absl::StrAppend(&out, "refused\n"); break;
    case YamlNode::Kind::kScalar: absl::StrAppend(&out, node.quoted ? "quoted " : "plain ", node.text, "\n"); break;
    case YamlNode::Kind::kSequence:
      absl::StrAppend(&out, "list\n");
      for (const YamlNode& item : node.items) Print(item, indent + "  ", out);
      break;
    case YamlNode::Kind::kMap:
      absl::StrAppend(&out, "map\n");
      for (size_t i = 0; i < node.items.size(); ++i) {
        Print(node.keys[i], indent + "  ", out);
        Print(node.items[i], indent + "    ", out);
      }
      break;
  }
}

}  // namespace

std::optional<YamlNode> ParseYaml(std::string_view text, const std::string& file, const SourceMap& sources,
                                  Issues& issues) {
  if (text.size() > kMostYamlBytes) {
    issues.Add({{file, 0, 0},
                "too-large",
                absl::StrCat("the file is larger than ", kMostYamlBytes >> 20, " MiB"),
                "split it into several files",
                ""});
    return std::nullopt;
  }
  const size_t bad = FindBadByte(text);
  if (bad != std::string_view::npos) {
    // Without the line: whoever prints the issue could not show it either.
    issues.Add({PlaceOf(text, bad, file), "not-utf8", "a byte here is neither UTF-8 text nor a line break",
                "save the file as UTF-8", ""});
    return std::nullopt;
  }
  // yaml-cpp holds all of a bracketed value in memory, some 200 bytes for each of these, before it says a word.
  if (std::count_if(text.begin(), text.end(), IsFlowMark) > kMostFlowMarks) {
    issues.Add({{file, 0, 0},
                "too-many-nodes",
                "the file holds too many brackets and commas",
                "split it into several files",
                ""});
    return std::nullopt;
  }
  TreeBuilder builder(text, file, sources, issues);
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
  } catch (const Stop&) {
    if (!builder.complete()) return std::nullopt;
  } catch (const YAML::Exception& error) {
    const std::string hint =
        SyntaxHint(error.msg, TextAt(error.mark, text), sources.Line(file, error.mark.line + 1), builder.innermost());
    // The message may end in the first byte of a longer character.
    const std::string message = error.msg.substr(0, FindBadByte(error.msg));
    issues.Add(sources.MakeIssue(PlaceOf(error.mark, file), "yaml-syntax", message, hint));
    return std::nullopt;
  } catch (const std::exception& error) {
    issues.Add({{file, 0, 0}, "yaml-syntax", error.what(), "", ""});
    return std::nullopt;
  }
  return builder.TakeRoot();
}

std::string Describe(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kScalar: return absl::StrCat(node.quoted ? "text `" : "`", Shorten(node.text), "`");
    case YamlNode::Kind::kSequence: return "a list";
    case YamlNode::Kind::kMap: return "a map";
    case YamlNode::Kind::kNull:
    case YamlNode::Kind::kRefused: break;
  }
  return "nothing";
}

std::string ToString(const YamlNode& node) {
  std::string out;
  Print(node, "", out);
  return out;
}

}  // namespace myokine
