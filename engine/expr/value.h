// Values of expressions, and where they live while one is evaluated.
#ifndef MYOKINE_ENGINE_EXPR_VALUE_H_
#define MYOKINE_ENGINE_EXPR_VALUE_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"

namespace myokine {

// Number of a fact: frame * kFactsPerFrame + slot.
using FactId = int32_t;
inline constexpr FactId kFactsPerFrame = 1 << 16;

// The facts that a value would need; sorted, without repetitions.
using FactSet = std::vector<FactId>;

// Not known, for want of these facts.
struct Unknown {
  const FactSet* facts;
};

// Can't be computed, and why.
struct Error {
  std::string_view message;
};

struct ListValue;
struct MapValue;
struct RecordValue;

// One value: known, unknown or an error. Trivially copyable; what it points to lives in a frame, an arena or a compiled
// expression.
using Value = std::variant<Unknown, Error, bool, int64_t, double, std::string_view, absl::Duration, absl::Time,
                           const ListValue*, const MapValue*, const RecordValue*>;

// A list, of which perhaps only a part is known.
struct ListValue {
  std::vector<Value> items;
  // False: there may be more items than these.
  bool complete = true;
  // Strings that may be among the items though nobody said so, sorted: the narrower concepts of one that was stated.
  std::vector<std::string_view> possible;
  // False: at which place the items stand is not known, since something before one of them is not.
  bool ordered = true;
  // What the list lacks where it is not complete, or where a possible item is asked for. Null for complete lists.
  const FactSet* missing = nullptr;
};

// A map. All its keys are known; its values need not be.
struct MapValue {
  std::vector<Value> keys;    // bools, ints or strings; sorted, each once
  std::vector<Value> values;  // of the key at the same place

  // Null when there is no such key.
  const Value* Find(const Value& key) const;
};

// A record: one value per field of its type.
struct RecordValue {
  std::vector<Value> fields;
};

inline bool IsUnknown(const Value& value) { return std::holds_alternative<Unknown>(value); }
inline bool IsError(const Value& value) { return std::holds_alternative<Error>(value); }
inline bool IsKnown(const Value& value) { return value.index() > 1; }
// True when the value is this bool, and known to be.
inline bool Is(const Value& value, bool wanted) {
  const bool* held = std::get_if<bool>(&value);
  return held != nullptr && *held == wanted;
}

// Keeps what values point to. Not thread-safe; one per evaluation.
class Arena {
 public:
  std::string_view Keep(std::string text) { return strings_.Next() = std::move(text); }
  ListValue* NewList() {
    ListValue& list = lists_.Next();
    list.items.clear();
    list.possible.clear();
    list.complete = list.ordered = true;
    list.missing = nullptr;
    return &list;
  }
  MapValue* NewMap() {
    MapValue& map = maps_.Next();
    map.keys.clear();
    map.values.clear();
    return &map;
  }
  RecordValue* NewRecord() {
    RecordValue& record = records_.Next();
    record.fields.clear();
    return &record;
  }
  const FactSet* Keep(FactSet facts) { return &(fact_sets_.Next() = std::move(facts)); }

  // Gives up what it keeps, but not the memory: used again for the like of it, it hardly allocates.
  void Reset() {
    strings_.Reset();
    lists_.Reset();
    maps_.Reset();
    records_.Reset();
    fact_sets_.Reset();
  }

  // The unknown of both sets.
  Unknown Merge(Unknown a, Unknown b);
  // An error with this message.
  Error Fail(std::string message) { return Error{Keep(std::move(message))}; }

 private:
  // Items that stay where they are. Without items it holds no memory: every compiled expression has an arena.
  template <typename T>
  class Pool {
   public:
    // One more item, as it was left before the last Reset.
    T& Next() {
      if (items_ == nullptr) items_ = std::make_unique<std::deque<T>>();
      if (used_ == items_->size()) items_->emplace_back();
      return (*items_)[used_++];
    }
    void Reset() { used_ = 0; }

   private:
    std::unique_ptr<std::deque<T>> items_;
    size_t used_ = 0;
  };

  Pool<std::string> strings_;
  Pool<ListValue> lists_;
  Pool<MapValue> maps_;
  Pool<RecordValue> records_;
  Pool<FactSet> fact_sets_;
};

// What an expression is evaluated against: the facts of a person, a candidate and its dose, and parts that were worked
// out beforehand, each a frame of slots.
enum class Frame : int { kUser = 0, kCandidate = 1, kDose = 2, kPart = 3 };
inline constexpr int kFrames = 4;

struct Activation {
  absl::Span<const Value> frames[kFrames];
  Arena* arena = nullptr;
};

// The order of keys of a map; both known and of one type.
bool KeyLess(const Value& a, const Value& b);

// Equal as CEL has it; both known, as a whole, and of one type.
bool Equal(const Value& a, const Value& b);

// The worse of two values of which at least one is not known: unknown beats error, and unknowns merge.
Value Worse(const Value& a, const Value& b, Arena& arena);

// What keeps `value` from being known as a whole, its items, keys, values and fields included; true when nothing does.
// Without `deep`, records and maps are not looked into.
Value Trouble(const Value& value, bool deep, Arena& arena);

// For people and tests: `true`, `-3`, `1.5`, `"text"`, `[1, 2, ...]` with dots for a part not known, `{"a":
// 1}`, `unknown(3 facts)`, `error(...)`. Durations in seconds, as `90s`; times in UTC, as RFC 3339.
std::string ToString(const Value& value);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_VALUE_H_
