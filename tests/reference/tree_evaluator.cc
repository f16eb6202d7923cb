#include "tests/reference/tree_evaluator.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "engine/expr/limits.h"

namespace myokine::reference {
namespace {

using Values = std::vector<Value>;

class Evaluator {
 public:
  explicit Evaluator(const Activation& activation) : activation_(activation), arena_(*activation.arena) {}

  Value Run(const Checked& e) {
    const Value value = Visit(e);
    return steps_ > kMaxSteps ? Value(arena_.Fail("too many steps")) : value;
  }

 private:
  Value Visit(const Checked& e) {
    switch (e.op) {
      case Op::kLiteral: return e.literal;
      case Op::kFact: return Slot(e);
      case Op::kHasFact: return IsKnown(Slot(e));
      case Op::kLocal: return locals_[static_cast<size_t>(e.index)];
      case Op::kField: return Field(e);
      case Op::kHasField: {
        const Value field = Field(e);
        return IsError(field) ? field : Value(IsKnown(field));
      }
      case Op::kAnd: return Fold(Visit(*e.args[0]), false, [&] { return Visit(*e.args[1]); });
      case Op::kOr: return Fold(Visit(*e.args[0]), true, [&] { return Visit(*e.args[1]); });
      case Op::kNot: {
        const Value value = Visit(*e.args[0]);
        return IsKnown(value) ? Value(!std::get<bool>(value)) : value;
      }
      case Op::kTernary: {
        const Value condition = Visit(*e.args[0]);
        if (!IsKnown(condition)) return condition;
        return Visit(*e.args[std::get<bool>(condition) ? 1 : 2]);
      }
      case Op::kIn: return In(e);
      case Op::kEqual:
      case Op::kNotEqual:
        return Strict(e, [&](const Values& args) { return Value(Equal(args[0], args[1]) == (e.op == Op::kEqual)); });
      case Op::kCall:
        return Strict(e, [&](const Values& args) { return e.overload->function(absl::MakeConstSpan(args), arena_); });
      case Op::kIndex: return Index(e);
      case Op::kHasKey: {
        const Value map = Visit(*e.args[0]);
        return IsKnown(map) ? Value(Lookup(map, e.args[1]->literal) != nullptr) : map;
      }
      case Op::kList: return List(e);
      case Op::kMap: return Map(e);
      case Op::kAll: return Quantifier(e, false);
      case Op::kExists: return Quantifier(e, true);
      case Op::kExistsOne: return ExistsOne(e);
      case Op::kFilter:
      case Op::kTransform: return Transform(e);
    }
    return arena_.Fail("no such operation");
  }

  const Value& Slot(const Checked& e) const {
    return activation_.frames[static_cast<size_t>(e.frame)][static_cast<size_t>(e.index)];
  }

  Value Field(const Checked& e) {
    const Value record = Visit(*e.args[0]);
    return IsKnown(record) ? std::get<const RecordValue*>(record)->fields[static_cast<size_t>(e.index)] : record;
  }

  // `a && b` for decides == false, `a || b` for true; the right side is asked for only when the left one does not
  // decide.
  template <typename Right>
  Value Fold(const Value& left, bool decides, Right right_side) {
    if (Is(left, decides)) return decides;
    const Value right = right_side();
    if (Is(right, decides)) return decides;
    if (IsUnknown(left) && IsUnknown(right)) return arena_.Merge(std::get<Unknown>(left), std::get<Unknown>(right));
    if (IsUnknown(left)) return left;
    if (IsUnknown(right)) return right;
    return IsError(left) ? left : right;
  }

  // What is missing of a list that is not complete.
  static Value Missing(const ListValue& list) { return Unknown{list.missing}; }

  // What keeps `value` from being known as a whole: the unknowns and errors in it, in lists within lists too, and,
  // where `records` and maps are looked into, in their fields and values; true when there are none.
  Value Trouble(const Value& value, bool records) {
    Value trouble = true;
    auto note = [&](const Value& other) {
      if (!IsKnown(other)) trouble = IsKnown(trouble) ? other : Worse(trouble, other);
    };
    note(value);
    if (const auto* list = std::get_if<const ListValue*>(&value); list != nullptr) {
      if (!(*list)->complete || !(*list)->possible.empty()) note(Missing(**list));
      for (const Value& item : (*list)->items) note(Trouble(item, records));
    } else if (const auto* map = std::get_if<const MapValue*>(&value); map != nullptr && records) {
      for (const Value& entry : (*map)->values) note(Trouble(entry, records));
    } else if (const auto* record = std::get_if<const RecordValue*>(&value); record != nullptr && records) {
      for (const Value& field : (*record)->fields) note(Trouble(field, records));
    }
    return trouble;
  }

  // A function of known values and complete lists.
  template <typename Body>
  Value Strict(const Checked& e, Body body) {
    Values args;
    Value trouble = true;
    for (const auto& arg : e.args) {
      args.push_back(Visit(*arg));
      const bool partial = e.op == Op::kCall && TakesPartialLists(*e.overload);
      const Value found = partial ? args.back() : Trouble(args.back(), e.op != Op::kCall);
      if (!IsKnown(found)) trouble = IsKnown(trouble) ? found : Worse(trouble, found);
    }
    return IsKnown(trouble) ? body(args) : trouble;
  }

  // Whether two values are equal, as far as they are known.
  Value EqualAsKnown(const Value& a, const Value& b) {
    const Value x = Trouble(a, true), y = Trouble(b, true);
    if (IsKnown(x) && IsKnown(y)) return Equal(a, b);
    return IsKnown(x) ? y : IsKnown(y) ? x : Worse(x, y);
  }

  Value In(const Checked& e) {
    const Value item = Visit(*e.args[0]);
    const Value where = Visit(*e.args[1]);
    if (!IsKnown(item) || !IsKnown(where)) return Worse(item, where);
    if (std::holds_alternative<const MapValue*>(where)) return Lookup(where, item) != nullptr;
    const ListValue& list = *std::get<const ListValue*>(where);
    Value result = false;
    for (const Value& other : list.items) {
      const Value equal = EqualAsKnown(item, other);
      result = Fold(result, true, [&] { return equal; });
      if (Is(result, true)) return true;
    }
    const auto* text = std::get_if<std::string_view>(&item);
    const bool possible = text != nullptr && std::binary_search(list.possible.begin(), list.possible.end(), *text);
    return list.complete && !possible ? result : Fold(result, true, [&] { return Missing(list); });
  }

  // The worse of two operands, where at least one is not known: unknown beats error, and unknowns merge.
  Value Worse(const Value& a, const Value& b) {
    if (IsUnknown(a) && IsUnknown(b)) return arena_.Merge(std::get<Unknown>(a), std::get<Unknown>(b));
    if (IsUnknown(a) || IsUnknown(b)) return IsUnknown(a) ? a : b;
    return IsError(a) ? a : b;
  }

  Value Index(const Checked& e) {
    const Value where = Visit(*e.args[0]);
    const Value at = Visit(*e.args[1]);
    if (!IsKnown(where) || !IsKnown(at)) return Worse(where, at);
    if (std::holds_alternative<const MapValue*>(where)) {
      const Value* found = Lookup(where, at);
      return found != nullptr ? *found : Value(arena_.Fail("no such key"));
    }
    const ListValue& list = *std::get<const ListValue*>(where);
    const int64_t i = std::get<int64_t>(at);
    if (i >= 0 && (!list.ordered || !list.possible.empty())) return Missing(list);
    if (i >= 0 && static_cast<size_t>(i) < list.items.size()) return list.items[static_cast<size_t>(i)];
    if (i >= 0 && !list.complete) return Missing(list);
    return arena_.Fail("index out of range");
  }

  Value List(const Checked& e) {
    ListValue* list = arena_.NewList();
    for (const auto& arg : e.args) list->items.push_back(Visit(*arg));
    return static_cast<const ListValue*>(list);
  }

  static const Value* Lookup(const Value& map, const Value& key) {
    const MapValue& entries = *std::get<const MapValue*>(map);
    for (size_t i = 0; i < entries.keys.size(); ++i) {
      if (Equal(entries.keys[i], key)) return &entries.values[i];
    }
    return nullptr;
  }

  Value Map(const Checked& e) {
    Value trouble = true;
    std::vector<std::pair<Value, Value>> entries;
    for (size_t i = 0; i < e.args.size(); i += 2) {
      const Value key = Visit(*e.args[i]);
      const Value value = Visit(*e.args[i + 1]);
      if (!IsKnown(key)) trouble = IsKnown(trouble) ? key : Worse(trouble, key);
      entries.emplace_back(key, value);
    }
    if (!IsKnown(trouble)) return trouble;
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return KeyLess(a.first, b.first); });
    MapValue* map = arena_.NewMap();
    for (const auto& [key, value] : entries) {
      if (!map->keys.empty() && Equal(map->keys.back(), key)) return arena_.Fail("a key stands twice");
      map->keys.push_back(key);
      map->values.push_back(value);
    }
    return static_cast<const MapValue*>(map);
  }

  // What a macro goes over: a list, or the keys of a map as one.
  const ListValue& Items(const Value& where) {
    if (const auto* list = std::get_if<const ListValue*>(&where)) return **list;
    ListValue* keys = arena_.NewList();
    keys->items = std::get<const MapValue*>(where)->keys;
    return *keys;
  }

  // Gives the variable of a macro a value; false after too many steps.
  bool Bind(const Checked& e, const Value& item) {
    const size_t index = static_cast<size_t>(e.index);
    if (locals_.size() <= index) locals_.resize(index + 1, Value(false));
    locals_[index] = item;
    return ++steps_ <= kMaxSteps;
  }

  // Runs `body` for every item of the list, with the item as the local variable; stops when `body` gives false.
  template <typename Body>
  void ForEach(const Checked& e, const ListValue& list, Body body) {
    for (const Value& item : list.items) {
      if (!Bind(e, item)) return;
      if (!body(item, Visit(*e.args[1]))) return;
    }
  }

  Value Quantifier(const Checked& e, bool decides) {
    const Value where = Visit(*e.args[0]);
    if (!IsKnown(where)) return where;
    const ListValue& list = Items(where);
    Value result = !decides;
    ForEach(e, list, [&](const Value&, const Value& holds) {
      result = Fold(result, decides, [&] { return holds; });
      return !Is(result, decides);
    });
    // A word that may be among the items though nobody said so, and that would decide.
    for (std::string_view word : list.possible) {
      if (Is(result, decides)) return decides;
      if (!Bind(e, word)) break;
      const Value holds = Visit(*e.args[1]);
      if (!Is(holds, !decides)) result = Fold(result, decides, [&] { return Missing(list); });
    }
    return list.complete ? result : Fold(result, decides, [&] { return Missing(list); });
  }

  Value ExistsOne(const Checked& e) {
    const Value where = Visit(*e.args[0]);
    if (!IsKnown(where)) return where;
    const ListValue& list = Items(where);
    int count = 0;
    Value trouble = true;  // an unknown or error of some item
    ForEach(e, list, [&](const Value&, const Value& holds) {
      if (IsKnown(holds)) {
        count += std::get<bool>(holds);
      } else {
        trouble = Fold(trouble, false, [&] { return holds; });
      }
      return true;
    });
    bool possibly_more = !list.complete;
    for (std::string_view word : list.possible) {
      if (!Bind(e, word)) break;
      possibly_more |= !Is(Visit(*e.args[1]), false);
    }
    if (possibly_more && (count <= 1 || !IsKnown(trouble)))
      trouble = Fold(trouble, false, [&] { return Missing(list); });
    if (!IsKnown(trouble)) return trouble;
    return count == 1;
  }

  Value Transform(const Checked& e) {
    const Value where = Visit(*e.args[0]);
    if (!IsKnown(where)) return where;
    const ListValue& list = Items(where);
    ListValue* result = arena_.NewList();
    result->complete = list.complete;
    result->ordered = list.ordered;
    result->missing = list.missing;
    Value trouble = true;
    ForEach(e, list, [&](const Value& item, const Value& mapped) {
      if (!IsKnown(mapped)) {
        trouble = IsKnown(trouble) ? mapped : Worse(trouble, mapped);
      } else if (e.op == Op::kTransform) {
        result->items.push_back(mapped);
      } else if (std::get<bool>(mapped)) {
        result->items.push_back(item);
      }
      return true;
    });
    for (std::string_view word : list.possible) {
      if (!Bind(e, word)) break;
      const Value mapped = Visit(*e.args[1]);
      if (!IsKnown(mapped)) {  // if the word is there, the whole is not known; and it may be there
        trouble = IsKnown(trouble) ? Missing(list) : Worse(trouble, Missing(list));
        continue;
      }
      if (e.op == Op::kFilter && Is(mapped, true)) result->possible.push_back(word);
      if (e.op != Op::kTransform) continue;
      if (const auto* text = std::get_if<std::string_view>(&mapped); text != nullptr) {
        result->possible.push_back(*text);
      } else {
        result->complete =
            false;  // only words can be possible: of other items no more is known than that there may be some
      }
    }
    std::sort(result->possible.begin(), result->possible.end());
    return IsKnown(trouble) ? Value(static_cast<const ListValue*>(result)) : trouble;
  }

  const Activation& activation_;
  Arena& arena_;
  std::vector<Value> locals_;
  int64_t steps_ = 0;  // items that macros went over
};

}  // namespace

Value Evaluate(const Checked& expr, const Activation& activation) { return Evaluator(activation).Run(expr); }

}  // namespace myokine::reference
