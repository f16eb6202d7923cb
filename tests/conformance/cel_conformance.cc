// Runs conformance vectors of the Common Expression Language: JSON files, each an array of vectors with an expression,
// its variables and what is expected. Usage: cel_conformance DIR. Prints a line per file and last `N passed, M failed`.
#include <algorithm>
#include <cmath>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/expr/expression.h"
#include "engine/expr/parser.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace myokine {
namespace {

using Json = google::protobuf::Value;

const Json* Find(const Json& object, const std::string& key) {
  const auto& fields = object.struct_value().fields();
  const auto found = fields.find(key);
  return found == fields.end() ? nullptr : &found->second;
}
std::string Text(const Json& object, const std::string& key) {
  const Json* found = Find(object, key);
  return found == nullptr ? "" : found->string_value();
}

// Reads `list(map(string,int))`; `?` is what nothing determines.
class TypeReader {
 public:
  explicit TypeReader(std::string_view text) : text_(text) {}
  Type Read() {
    const size_t end = text_.find_first_of("(),", at_);
    const std::string_view name = text_.substr(at_, end == std::string_view::npos ? text_.size() - at_ : end - at_);
    at_ += name.size();
    if (name == "list") {
      ++at_;
      Type element = Read();
      ++at_;
      return Type::List(std::move(element));
    }
    if (name == "map") {
      ++at_;
      Type key = Read();
      ++at_;
      Type value = Read();
      ++at_;
      return Type::Map(std::move(key), std::move(value));
    }
    for (TypeKind kind : {TypeKind::kBool, TypeKind::kInt, TypeKind::kDouble, TypeKind::kString, TypeKind::kDuration,
                          TypeKind::kTimestamp}) {
      if (name == ToString(Type::Of(kind))) return Type::Of(kind);
    }
    return Type();
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

bool SameType(const Type& found, const Type& wanted) {
  if (wanted.kind == TypeKind::kAny) return true;
  if (found.kind != wanted.kind) return false;
  if (found.kind == TypeKind::kMap && !SameType(*found.key, *wanted.key)) return false;
  return (found.kind != TypeKind::kList && found.kind != TypeKind::kMap) || SameType(*found.element, *wanted.element);
}

Value ReadValue(const Json& json, const Type& type, Arena& arena);

Value ReadMap(const Json& json, const Type& type, Arena& arena) {
  std::vector<std::pair<Value, Value>> entries;
  for (const Json& entry : json.list_value().values()) {
    entries.emplace_back(ReadValue(entry.list_value().values(0), *type.key, arena),
                         ReadValue(entry.list_value().values(1), *type.element, arena));
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return KeyLess(a.first, b.first); });
  MapValue* map = arena.NewMap();
  for (const auto& [key, value] : entries) map->keys.push_back(key), map->values.push_back(value);
  return static_cast<const MapValue*>(map);
}

Value ReadValue(const Json& json, const Type& type, Arena& arena) {
  switch (type.kind) {
    case TypeKind::kBool: return json.bool_value();
    case TypeKind::kInt: {
      int64_t number = 0;
      if (json.kind_case() != Json::kStringValue) return static_cast<int64_t>(json.number_value());
      return absl::SimpleAtoi(json.string_value(), &number) ? Value(number) : Value(Error{"bad vector"});
    }
    case TypeKind::kDouble: {
      if (json.kind_case() != Json::kStringValue) return json.number_value();
      const std::string& text = json.string_value();
      const double infinity = std::numeric_limits<double>::infinity();
      return text == "NaN"         ? std::numeric_limits<double>::quiet_NaN()
             : text == "Infinity"  ? infinity
             : text == "-Infinity" ? -infinity
                                   : -0.0;
    }
    case TypeKind::kString: return arena.Keep(json.string_value());
    case TypeKind::kDuration: {
      absl::Duration duration;
      return absl::ParseDuration(json.string_value(), &duration) ? Value(duration) : Value(Error{"bad vector"});
    }
    case TypeKind::kTimestamp: {
      absl::Time time;
      return absl::ParseTime(absl::RFC3339_full, json.string_value(), &time, nullptr) ? Value(time)
                                                                                      : Value(Error{"bad vector"});
    }
    case TypeKind::kList: {
      ListValue* list = arena.NewList();
      for (const Json& item : json.list_value().values()) list->items.push_back(ReadValue(item, *type.element, arena));
      return static_cast<const ListValue*>(list);
    }
    case TypeKind::kMap: return ReadMap(json, type, arena);
    default: return Error{"bad vector"};
  }
}

// Equal, where NaN equals NaN.
bool Same(const Value& a, const Value& b) {
  if (a.index() != b.index()) return false;
  if (const auto* x = std::get_if<double>(&a))
    return *x == std::get<double>(b) || (std::isnan(*x) && std::isnan(std::get<double>(b)));
  auto all = [](const std::vector<Value>& x, const std::vector<Value>& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), Same);
  };
  if (const auto* x = std::get_if<const ListValue*>(&a)) return all((*x)->items, std::get<const ListValue*>(b)->items);
  if (const auto* x = std::get_if<const MapValue*>(&a)) {
    const MapValue& y = *std::get<const MapValue*>(b);
    return all((*x)->keys, y.keys) && all((*x)->values, y.values);
  }
  return Equal(a, b);
}

struct Outcome {
  std::string trouble;           // empty: passed
  bool while_compiling = false;  // an error of evaluation that was found by the compiler
};

Outcome RunVector(const Json& vector) {
  Scope scope;
  Arena arena;
  std::vector<Value> frame;
  if (const Json* variables = Find(vector, "variables")) {
    for (const auto& [name, json] : variables->struct_value().fields()) {
      if (IsReserved(name)) continue;  // can't be declared, and must not shadow the literal
      Declaration declaration;
      declaration.type = TypeReader(Text(json, "type")).Read();
      declaration.slot = static_cast<int>(frame.size());
      const Json* value = Find(json, "value");
      const FactSet* missing = arena.Keep(FactSet{declaration.slot});
      frame.push_back(value == nullptr ? Value(Unknown{missing}) : ReadValue(*value, declaration.type, arena));
      scope.Declare(name, std::move(declaration));
    }
  }
  std::vector<ExprMistake> mistakes;
  const auto expression = Expression::Compile(Text(vector, "expr"), scope, {Type()}, mistakes);
  const Json& expect = *Find(vector, "expect");
  const bool wants_error = Find(expect, "error") != nullptr, wants_refusal = Find(expect, "compile_error") != nullptr;
  if (expression == nullptr) {
    const bool evaluation =
        std::all_of(mistakes.begin(), mistakes.end(), [](const ExprMistake& m) { return m.evaluation; });
    if (wants_refusal || (wants_error && evaluation)) return {"", wants_error};
    return {absl::StrCat("refused: ", mistakes[0].message)};
  }
  if (wants_refusal) return {"compiled, and should have been refused"};
  Activation activation;
  activation.arena = &arena;
  activation.frames[0] = frame;
  const Value value = expression->Evaluate(activation);
  if (wants_error) return {IsError(value) ? "" : absl::StrCat("gave ", ToString(value), ", not an error")};
  const Json& wanted = *Find(expect, "value");
  const Type type = TypeReader(Text(wanted, "type")).Read();
  if (!SameType(expression->type(), type))
    return {absl::StrCat("is a ", ToString(expression->type()), ", not a ", Text(wanted, "type"))};
  const Value right = ReadValue(*Find(wanted, "value"), type, arena);
  return {Same(value, right) ? "" : absl::StrCat("gave ", ToString(value), ", not ", ToString(right))};
}

int Main(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (error || files.empty()) {
    std::cerr << "cel_conformance: no *.json in " << folder.string() << '\n';
    return 2;
  }
  std::sort(files.begin(), files.end());
  int passed = 0, failed = 0;
  for (const auto& path : files) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    google::protobuf::ListValue vectors;
    if (const auto status = google::protobuf::util::JsonStringToMessage(text.str(), &vectors); !status.ok()) {
      std::cerr << "cel_conformance: " << path.string() << ": " << status.ToString() << '\n';
      return 2;
    }
    int good = 0, bad = 0, while_compiling = 0;
    std::string failures;
    for (const Json& vector : vectors.values()) {
      const Outcome outcome = RunVector(vector);
      ++(outcome.trouble.empty() ? good : bad);
      while_compiling += outcome.while_compiling;
      if (outcome.trouble.empty()) continue;
      absl::StrAppend(&failures, "  ", Text(vector, "file"), "/", Text(vector, "section"), "/", Text(vector, "name"),
                      ": `", Text(vector, "expr"), "` ", outcome.trouble, "\n");
    }
    std::cout << path.filename().string() << ": " << good << " passed, " << bad << " failed";
    if (while_compiling > 0) std::cout << " (" << while_compiling << " errors found while compiling)";
    std::cout << '\n' << failures;
    passed += good;
    failed += bad;
  }
  std::cout << passed << " passed, " << failed << " failed" << std::endl;
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace myokine

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: cel_conformance DIR\n";
    return 2;
  }
  return myokine::Main(argv[1]);
}
