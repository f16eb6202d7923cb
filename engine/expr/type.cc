#include "engine/expr/type.h"

#include <utility>

namespace myokine {

Type Type::Of(TypeKind kind) {
  Type type;
  type.kind = kind;
  return type;
}

Type Type::List(Type element) {
  Type type = Of(TypeKind::kList);
  type.element = std::make_shared<const Type>(std::move(element));
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
  if (a.kind == TypeKind::kRecord) return a.record == b.record;
  return true;
}

Type Unify(const Type& a, const Type& b) {
  if (a.kind == TypeKind::kAny) return b;
  if (b.kind == TypeKind::kAny) return a;
  if (a.kind == TypeKind::kList && b.kind == TypeKind::kList) return Type::List(Unify(*a.element, *b.element));
  Type type = a;
  if (type.vocabulary.empty()) type.vocabulary = b.vocabulary;
  if (type.unit.empty()) type.unit = b.unit;
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
    case TypeKind::kRecord: return type.record->name;
  }
  return "any";
}

}  // namespace myokine
