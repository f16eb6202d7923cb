// The syntax of an expression as parsed: no names resolved, no types.
#ifndef MYOKINE_ENGINE_EXPR_AST_H_
#define MYOKINE_ENGINE_EXPR_AST_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace myokine {

// Bytes [begin, end) of the source text.
struct Span {
  int begin = 0;
  int end = 0;
};

enum class NodeKind {
  kBool,    // number: 0 or 1
  kInt,     // number
  kDouble,  // real
  kString,  // text
  kList,    // args: items
  kMap,     // args: key, value, key, value ...
  kName,    // text: name
  kSelect,  // args[0] . text
  kIndex,   // args[0] [ args[1] ]
  kCall,  // text ( args ); operators as `&&`, `+`, `!`, `-` (two args) or `neg`, `?:`; methods with the receiver first
  kHas,   // args[0]: a select
  kComprehension,  // text: macro; var; args[0]: list or map, args[1]: body
};

struct Node {
  NodeKind kind = NodeKind::kBool;
  Span span;
  std::string text;
  std::string var;
  int64_t number = 0;
  double real = 0;
  bool method = false;  // a call written with a dot
  bool named = false;   // a call written with a name, not an operator
  bool rooted = false;  // a name written with a leading dot: no variable of a macro
  std::vector<std::unique_ptr<Node>> args;
};

// The tree with every operation in parentheses: `(&& (>= user.age 65) ...)`.
std::string ToString(const Node& node);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_AST_H_
