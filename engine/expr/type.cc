#include "engine/expr/type.h"

#include <algorithm>
#include <utility>

namespace myokine {

Type Type::Of(TypeKind kind) {
  Type type;
  type.kind = kind;
  return type;
}

Type Type::List(Type element, int64_t max_items) {
  Type type = Of(TypeKind::kList);
  type.element = std::make_shared<const Type>(std::move(element));
  type.max_items = max_items;
  return type;
}

Type Type::Map(Type key, Type value, int64_t max_items) {
  Type type = Of(TypeKind::kMap);
  type.key = std::make_shared<const Type>(std::move(key));
  type.element = std::make_shared<const Type>(std::move(value));
  type.max_items = max_items;
  return type;
}

Type Type::Record(std::shared_ptr<const RecordType> record) {
  Type type = Of(TypeKind::kRecord);
  type.record = std::move(record);
  return type;
}

int RecordType::Find(std::string_view field) const {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) return static_cast<int>(i);
  }
  return -1;
}

bool Fits(const Type& a, const Type& b) {
  if (a.kind == TypeKind::kAny || b.kind == TypeKind::kAny) return true;
  if (a.kind != b.kind) return false;
  if (a.kind == TypeKind::kList) return Fits(*a.element, *b.element);
  if (a.kind == TypeKind::kMap) return Fits(*a.key, *b.key) && Fits(*a.element, *b.element);
  if (a.kind == TypeKind::kRecord) return a.record == b.record;
  return true;
}

Type Unify(const Type& a, const Type& b) {
  if (a.kind == TypeKind::kAny) return b;
  if (b.kind == TypeKind::kAny) return a;
  const int64_t items = a.max_items == 0 || b.max_items == 0 ? 0 : std::max(a.max_items, b.max_items);
  if (a.kind == TypeKind::kList) return Type::List(Unify(*a.element, *b.element), items);
  if (a.kind == TypeKind::kMap) return Type::Map(Unify(*a.key, *b.key), Unify(*a.element, *b.element), items);
  Type type = a;
  if (type.vocabulary.empty()) type.vocabulary = b.vocabulary;
  if (type.unit.empty()) type.unit = b.unit;
  const bool low = a.minimum && b.minimum, high = a.maximum && b.maximum;
  type.minimum = low ? std::optional(std::min(*a.minimum, *b.minimum)) : std::nullopt;
  type.maximum = high ? std::optional(std::max(*a.maximum, *b.maximum)) : std::nullopt;
  return type;
}

std::string ToString(const Type& type) {
  switch (type.kind) {
    case TypeKind::kAny: return "any";
    case TypeKind::kBool: return "bool";
    case TypeKind::kInt: return "int";
    case TypeKind::kDouble: return "double";
    case TypeKind::kString: return "string";
    case TypeKind::kDuration: return "duration";
    case TypeKind::kTimestamp: return "timestamp";
    case TypeKind::kList: return "list(" + ToString(*type.element) + ")";
    case TypeKind::kMap: return "map(" + ToString(*type.key) + ", " + ToString(*type.element) + ")";
    case TypeKind::kRecord: return type.record->name;
  }
  return "any";
}

}  // namespace myokine
