#include "engine/expr/functions.h"

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "engine/expr/overloads.h"

namespace myokine {
namespace {

using OverloadsByName = std::map<std::string_view, std::vector<const Overload*>>;

const OverloadsByName& Table() {
  static const OverloadsByName* const table = [] {
    auto* made = new OverloadsByName;
    for (absl::Span<const Overload> part : {NumberOverloads(), TextOverloads(), ListOverloads(), TimeOverloads()}) {
      for (const Overload& overload : part) (*made)[overload.name].push_back(&overload);
    }
    return made;
  }();
  return *table;
}

bool Takes(const Overload& overload, absl::Span<const Type> args) {
  std::string_view params = overload.params;
  const bool repeats = params.ends_with('*');
  if (repeats) params.remove_suffix(1);
  if (repeats ? args.size() < params.size() : args.size() != params.size()) return false;
  for (size_t i = 0; i < args.size(); ++i) {
    if (!Fits(args[i], TypeOfLetter(params[std::min(i, params.size() - 1)]))) return false;
  }
  return true;
}

}  // namespace

Type TypeOfLetter(char letter) {
  switch (letter) {
    case 'b': return Type::Of(TypeKind::kBool);
    case 'i': return Type::Of(TypeKind::kInt);
    case 'd': return Type::Of(TypeKind::kDouble);
    case 's': return Type::Of(TypeKind::kString);
    case 'D': return Type::Of(TypeKind::kDuration);
    case 'T': return Type::Of(TypeKind::kTimestamp);
    case 'I': return Type::List(Type::Of(TypeKind::kInt));
    case 'F': return Type::List(Type::Of(TypeKind::kDouble));
    case 'P': return Type::List(Type::List(Type::Of(TypeKind::kDouble)));
    case 'M': return Type::Map(Type::Of(TypeKind::kAny), Type::Of(TypeKind::kAny));
    default: return Type::List(Type::Of(TypeKind::kAny));
  }
}

const Overload* FindOverload(std::string_view name, bool method, absl::Span<const Type> args) {
  for (const Overload* overload : OverloadsOf(name)) {
    if (overload->method == method && Takes(*overload, args)) return overload;
  }
  return nullptr;
}

std::vector<const Overload*> OverloadsOf(std::string_view name) {
  const auto found = Table().find(name);
  return found == Table().end() ? std::vector<const Overload*>() : found->second;
}

std::vector<std::string> FunctionNames() {
  std::vector<std::string> names;
  for (const auto& [name, overloads] : Table()) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(name[0])) && name != "neg") names.emplace_back(name);
  }
  return names;
}

std::string ToString(const Overload& overload) {
  std::vector<std::string> params;
  for (char letter : overload.params) params.push_back(letter == '*' ? "..." : ToString(TypeOfLetter(letter)));
  const std::string name(overload.name);
  if (name == "neg") return "-" + params[0];
  if (!absl::ascii_isalpha(static_cast<unsigned char>(name[0]))) return params[0] + " " + name + " " + params[1];
  std::string text = overload.method ? params[0] + "." + name + "(" : name + "(";
  for (size_t i = overload.method ? 1 : 0; i < params.size(); ++i) {
    text += (i == (overload.method ? 1 : 0) ? "" : ", ") + params[i];
  }
  return text + ")";
}

}  // namespace myokine
