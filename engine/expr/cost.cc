#include "engine/expr/cost.h"

#include <algorithm>

#include "engine/expr/limits.h"

namespace myokine {
namespace {

int64_t AtMost(int64_t cost) { return std::min(cost, kMaxCost + 1); }

// Most items of a list or map, with those of the lists in it; 0 for anything else.
int64_t ItemsOf(const Type& type) {
  if (type.kind != TypeKind::kList && type.kind != TypeKind::kMap) return 0;
  const int64_t items = type.max_items > 0 ? type.max_items : kAssumedItems;
  return AtMost(AtMost(items) * (1 + ItemsOf(*type.element)));
}

}  // namespace

int64_t CostOf(const Checked& checked) {
  auto arg = [&checked](size_t i) { return CostOf(*checked.args[i]); };
  int64_t cost = 1;
  switch (checked.op) {
    case Op::kTernary: return AtMost(cost + arg(0) + std::max(arg(1), arg(2)));
    case Op::kAll:
    case Op::kExists:
    case Op::kExistsOne:
    case Op::kFilter:
    case Op::kTransform: {
      const Type& list = checked.args[0]->type;
      const int64_t items = AtMost(list.max_items > 0 ? list.max_items : kAssumedItems);
      return AtMost(cost + arg(0) + items * (1 + arg(1)));
    }
    case Op::kIn: cost += ItemsOf(checked.args[1]->type); break;
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kCall:
      for (const auto& operand : checked.args) cost += ItemsOf(operand->type);
      break;
    default: break;
  }
  for (size_t i = 0; i < checked.args.size(); ++i) cost = AtMost(cost + arg(i));
  return cost;
}

}  // namespace myokine
