// Static types of expressions.
#ifndef MYOKINE_ENGINE_EXPR_TYPE_H_
#define MYOKINE_ENGINE_EXPR_TYPE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace myokine {

enum class TypeKind { kAny, kBool, kInt, kDouble, kString, kDuration, kTimestamp, kList, kMap, kRecord };

struct RecordType;

// A static type. Beside what CEL knows it carries what a field states of its values: unit, vocabulary, range, length.
// Cheap to copy.
struct Type {
  TypeKind kind = TypeKind::kAny;       // kAny: nothing determines it, as the element of `[]`
  std::shared_ptr<const Type> element;  // of a list; of a map: its values
  std::shared_ptr<const Type> key;      // of a map: bool, int or string
  std::shared_ptr<const RecordType> record;
  std::string vocabulary;         // of strings; empty when any string will do
  std::string unit;               // UCUM; empty when none is stated
  std::optional<double> minimum;  // of numbers: what the field allows
  std::optional<double> maximum;
  int64_t max_items = 0;  // of lists and maps; 0 when nothing bounds them but kMaxListItems

  static Type Of(TypeKind kind);
  static Type List(Type element, int64_t max_items = 0);
  static Type Map(Type key, Type value, int64_t max_items = 0);
  static Type Record(std::shared_ptr<const RecordType> record);

  bool IsNumber() const { return kind == TypeKind::kInt || kind == TypeKind::kDouble; }
};

// A field of a record.
struct RecordField {
  std::string name;
  Type type;
};

// A record: one item of a list of messages, such as an injury.
struct RecordType {
  std::string name;
  std::vector<RecordField> fields;

  // Index of the field; -1 when there is none.
  int Find(std::string_view field) const;
};

// True when a value of type `a` can stand where `b` is wanted; kAny fits everything. Units, vocabularies, ranges and
// lengths don't count.
bool Fits(const Type& a, const Type& b);

// What two types that fit have in common: `list(int)` of `list(any)` and `list(int)`. Ranges and lengths become what
// holds of both; unit and vocabulary are those of the one that states them.
Type Unify(const Type& a, const Type& b);

// As CEL writes it: `int`, `list(string)`, `map(string, int)`; a record by its name.
std::string ToString(const Type& type);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_TYPE_H_
