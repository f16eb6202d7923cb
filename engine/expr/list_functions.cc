// Lists and maps.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "engine/expr/limits.h"
#include "engine/expr/overloads.h"

namespace myokine {
namespace {

const std::vector<Value>& Items(const Value& value) { return std::get<const ListValue*>(value)->items; }

// Lists of which only a part is known make one of which only a part is known.
Value AddList(Args a, Arena& arena) {
  const ListValue &x = *Get<const ListValue*>(a[0]), &y = *Get<const ListValue*>(a[1]);
  if (x.items.size() + y.items.size() > kMaxListItems) return arena.Fail("list too long");
  ListValue* list = arena.NewList();
  list->items = x.items;
  list->items.insert(list->items.end(), y.items.begin(), y.items.end());
  list->complete = x.complete && y.complete;
  list->ordered = x.ordered && y.ordered && x.complete && x.possible.empty();
  std::set_union(x.possible.begin(), x.possible.end(), y.possible.begin(), y.possible.end(),
                 std::back_inserter(list->possible));
  list->missing = x.missing != nullptr && y.missing != nullptr ? arena.Merge({x.missing}, {y.missing}).facts
                  : x.missing != nullptr                       ? x.missing
                                                               : y.missing;
  return static_cast<const ListValue*>(list);
}
Value SizeList(Args a, Arena&) { return static_cast<int64_t>(Items(a[0]).size()); }
Value SizeMap(Args a, Arena&) { return static_cast<int64_t>(Get<const MapValue*>(a[0])->keys.size()); }

template <typename T, bool least>
Value ExtremeOf(Args a, Arena& arena) {
  if (Items(a[0]).empty()) return arena.Fail(least ? "min of an empty list" : "max of an empty list");
  return Extreme<T, least>(Items(a[0]), arena);
}
Value SumInt(Args a, Arena& arena) {
  int64_t sum = 0;
  for (const Value& item : Items(a[0])) {
    if (__builtin_add_overflow(sum, Get<int64_t>(item), &sum)) return arena.Fail("int overflow");
  }
  return sum;
}
Value SumDouble(Args a, Arena&) {
  double sum = 0;
  for (const Value& item : Items(a[0])) sum += Get<double>(item);
  return sum;
}
Value Interpolate(Args a, Arena& arena) {
  const double x = Get<double>(a[0]);
  const std::vector<Value>& points = Items(a[1]);
  if (points.empty()) return arena.Fail("interpolate without points");
  auto at = [&points](size_t i) { return Get<double>(Items(points[i])[0]); };
  auto y = [&points](size_t i) { return Get<double>(Items(points[i])[1]); };
  for (size_t i = 0; i < points.size(); ++i) {
    if (Items(points[i]).size() != 2) return arena.Fail("interpolate wants points `[x, y]`");
    if (i > 0 && !(at(i) > at(i - 1))) return arena.Fail("interpolate wants rising x");
  }
  if (std::isnan(x)) return x;
  if (x <= at(0)) return y(0);
  for (size_t i = 1; i < points.size(); ++i) {
    if (x <= at(i)) return y(i - 1) + (y(i) - y(i - 1)) * (x - at(i - 1)) / (at(i) - at(i - 1));
  }
  return y(points.size() - 1);
}

constexpr Overload kOverloads[] = {
    {"+", false, "AA", 'A', AddList},
    {"size", false, "A", 'i', SizeList},
    {"size", true, "A", 'i', SizeList},
    {"size", false, "M", 'i', SizeMap},
    {"size", true, "M", 'i', SizeMap},
    {"min", false, "I", 'i', ExtremeOf<int64_t, true>},
    {"min", false, "F", 'd', ExtremeOf<double, true>},
    {"max", false, "I", 'i', ExtremeOf<int64_t, false>},
    {"max", false, "F", 'd', ExtremeOf<double, false>},
    {"sum", false, "I", 'i', SumInt},
    {"sum", false, "F", 'd', SumDouble},
    {"interpolate", false, "dP", 'd', Interpolate},
};

}  // namespace

absl::Span<const Overload> ListOverloads() { return kOverloads; }

}  // namespace myokine
