// Runs programs. Values stand on a stack of raw memory: they are trivially copyable, and most programs need a handful.
#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/expr/limits.h"
#include "engine/expr/program.h"

namespace myokine {
namespace {

Value Missing(const ListValue& list) { return Unknown{list.missing}; }

// `a && b` for decides == false, `a || b` for true.
Value Fold(const Value& left, bool decides, const Value& right, Arena& arena) {
  if (Is(left, decides) || Is(right, decides)) return decides;
  if (IsKnown(left)) return right;
  if (IsKnown(right)) return left;
  return Worse(left, right, arena);
}

// The trouble of both; true when neither has any.
Value Both(const Value& trouble, const Value& other, Arena& arena) {
  return IsKnown(other) ? trouble : IsKnown(trouble) ? other : Worse(trouble, other, arena);
}

bool IsScalar(const Value& value) { return value.index() < Value(static_cast<const ListValue*>(nullptr)).index(); }

}  // namespace

class Machine {
 public:
  // `memory` has room for the variables of macros and, after them, for the stack.
  Machine(const Program& program, const Activation& activation, Value* memory)
      : p_(program), activation_(activation), locals_(memory), top_(memory + kMaxNestedMacros) {}

  Value Run(absl::Span<const Value> locals) {
    std::copy(locals.begin(), locals.end(), locals_);
    const Instruction* const code = p_.instructions_.data();
    const size_t count = p_.instructions_.size();
    size_t at = 0;
    while (at < count) {
      const Instruction& in = code[at++];
      switch (in.code) {
        case Code::kPush: Push(Constant(in.a)); break;
        case Code::kFact: Push(Slot(in)); break;
        case Code::kHasFact: Push(IsKnown(Slot(in))); break;
        case Code::kLocal: Push(locals_[static_cast<size_t>(in.a)]); break;
        case Code::kField:
          if (IsKnown(Top())) Top() = Field(in);
          break;
        case Code::kHasField:
          if (IsKnown(Top())) Top() = Field(in);
          if (!IsError(Top())) Top() = IsKnown(Top());
          break;
        case Code::kNot:
          if (IsKnown(Top())) Top() = !std::get<bool>(Top());
          break;
        case Code::kDecide:
          if (Is(Top(), in.flag != 0)) at = Target(in.a);
          break;
        case Code::kFold:
          --top_;
          Top() = std::holds_alternative<bool>(Top()) && !Is(Top(), in.flag != 0)
                      ? *top_  // known, and does not decide
                      : Fold(Top(), in.flag != 0, *top_, arena());
          break;
        case Code::kBranch:
          if (!IsKnown(Top())) {
            at = Target(in.b);
          } else if (!std::get<bool>(Pop())) {
            at = Target(in.a);
          }
          break;
        case Code::kJump: at = Target(in.a); break;
        case Code::kEqual:
        case Code::kNotEqual: {
          const Value right = Pop();
          Top() = Equality(Top(), right, in.code == Code::kEqual);
          break;
        }
        case Code::kIn: {
          const Value where = Pop();
          Top() = In(Top(), where);
          break;
        }
        case Code::kIndex: {
          const Value key = Pop();
          Top() = Index(Top(), key);
          break;
        }
        case Code::kHasKey: {
          const Value key = Pop();
          if (IsKnown(Top())) Top() = std::get<const MapValue*>(Top())->Find(key) != nullptr;
          break;
        }
        case Code::kList: MakeList(in.a); break;
        case Code::kMap: MakeMap(in.a); break;
        case Code::kCall: Call(in); break;
        case Code::kMatches:
          if (IsKnown(Top())) Top() = p_.patterns_[static_cast<size_t>(in.a)]->Finds(std::get<std::string_view>(Top()));
          break;
        case Code::kCompareFact: CompareFact(in); break;
        case Code::kFactIn: FactIn(in); break;
        case Code::kLoop:
          if (!BeginLoop(in)) at = Target(in.a);
          break;
        case Code::kNext: {
          const Value body = Pop();
          Take(loops_.back(), body);
          if (!Advance(loops_.back())) {
            FinishLoop();
          } else if (steps_ > kMaxSteps) {
            return arena().Fail("too many steps");
          } else {
            at = Target(in.a);
          }
          break;
        }
      }
    }
    return Top();
  }

 private:
  // A macro at work.
  struct Loop {
    Op op = Op::kAll;
    size_t local = 0;
    absl::Span<const Value> items;    // of a list, or the keys of a map
    const ListValue* list = nullptr;  // null for a map
    size_t next = 0;                  // first of the items, then of the words that are possible
    bool among_possible = false;      // the body was about a word that is only possible
    Value result = true;              // of all, exists; of the others: true, or the trouble
    int64_t count = 0;                // exists_one: how many
    bool more_possible = false;       // exists_one: there may be more
    ListValue* made = nullptr;        // filter, map

    size_t possible() const { return list == nullptr ? 0 : list->possible.size(); }
  };

  Arena& arena() const { return *activation_.arena; }
  static size_t Target(int32_t target) { return static_cast<size_t>(target); }
  const Value& Constant(int32_t index) const { return p_.constants_[static_cast<size_t>(index)]; }
  const Value& Slot(const Instruction& in) const { return activation_.frames[in.frame][static_cast<size_t>(in.a)]; }
  void Push(const Value& value) { *top_++ = value; }
  Value& Top() { return top_[-1]; }
  Value Pop() { return *--top_; }

  Value Field(const Instruction& in) { return std::get<const RecordValue*>(Top())->fields[static_cast<size_t>(in.a)]; }

  // Whether two values are equal as far as they are known; `wanted` false turns it round.
  Value Equality(const Value& a, const Value& b, bool wanted) const {
    if (IsScalar(a) && IsScalar(b) && IsKnown(a) && IsKnown(b)) return Equal(a, b) == wanted;
    const Value trouble = Both(Trouble(a, true, arena()), Trouble(b, true, arena()), arena());
    return IsKnown(trouble) ? Value(Equal(a, b) == wanted) : trouble;
  }

  Value In(const Value& item, const Value& where) const {
    if (!IsKnown(item) || !IsKnown(where)) return Worse(item, where, arena());
    if (const auto* map = std::get_if<const MapValue*>(&where)) return (*map)->Find(item) != nullptr;
    const ListValue& list = *std::get<const ListValue*>(where);
    Value result = false;
    for (const Value& other : list.items) {
      result = Fold(result, true, Equality(item, other, true), arena());
      if (Is(result, true)) return true;
    }
    const auto* word = std::get_if<std::string_view>(&item);
    const bool possible = word != nullptr && std::binary_search(list.possible.begin(), list.possible.end(), *word);
    return list.complete && !possible ? result : Fold(result, true, Missing(list), arena());
  }

  Value Index(const Value& where, const Value& at) const {
    if (!IsKnown(where) || !IsKnown(at)) return Worse(where, at, arena());
    if (const auto* map = std::get_if<const MapValue*>(&where)) {
      const Value* found = (*map)->Find(at);
      return found != nullptr ? *found : Value(arena().Fail("no such key"));
    }
    const ListValue& list = *std::get<const ListValue*>(where);
    const int64_t i = std::get<int64_t>(at);
    if (i >= 0 && (!list.ordered || !list.possible.empty())) return Missing(list);
    if (i >= 0 && static_cast<size_t>(i) < list.items.size()) return list.items[static_cast<size_t>(i)];
    if (i >= 0 && !list.complete) return Missing(list);
    return arena().Fail("index out of range");
  }

  void MakeList(int32_t count) {
    ListValue* list = arena().NewList();
    list->items.assign(top_ - count, top_);
    top_ -= count;
    Push(static_cast<const ListValue*>(list));
  }

  // A key that is not known leaves the whole map unknown.
  void MakeMap(int32_t count) {
    const absl::Span<const Value> parts(top_ - count, static_cast<size_t>(count));
    Value trouble = true;
    for (size_t i = 0; i < parts.size(); i += 2) trouble = Both(trouble, parts[i], arena());
    Value made = trouble;
    if (IsKnown(trouble)) {
      std::vector<size_t> order;
      for (size_t i = 0; i < parts.size(); i += 2) order.push_back(i);
      std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return KeyLess(parts[a], parts[b]); });
      MapValue* map = arena().NewMap();
      made = static_cast<const MapValue*>(map);
      for (size_t i : order) {
        if (!map->keys.empty() && !KeyLess(map->keys.back(), parts[i])) made = arena().Fail("a key stands twice");
        map->keys.push_back(parts[i]);
        map->values.push_back(parts[i + 1]);
      }
    }
    top_ -= count;
    Push(made);
  }

  void Call(const Instruction& in) {
    const absl::Span<const Value> args(top_ - in.b, static_cast<size_t>(in.b));
    Value trouble = true;
    for (const Value& arg : args) {
      if (!IsKnown(arg) || in.flag == kWholeLists) trouble = Both(trouble, Trouble(arg, false, arena()), arena());
    }
    const Value result = IsKnown(trouble) ? p_.overloads_[static_cast<size_t>(in.a)]->function(args, arena()) : trouble;
    top_ -= in.b;
    Push(result);
  }

  void CompareFact(const Instruction& in) {
    const Value& fact = Slot(in);
    const Relation relation = static_cast<Relation>(in.flag);
    if (const auto* whole = std::get_if<int64_t>(&fact)) {
      Push(Holds(relation, *whole, *std::get_if<int64_t>(&Constant(in.b))));
    } else if (const auto* real = std::get_if<double>(&fact)) {
      Push(Holds(relation, *real, *std::get_if<double>(&Constant(in.b))));
    } else {
      Push(fact);
    }
  }

  void FactIn(const Instruction& in) {
    const Value& where = Slot(in);
    if (const auto* list = std::get_if<const ListValue*>(&where)) {
      const std::string_view word = *std::get_if<std::string_view>(&Constant(in.b));
      bool plain = (*list)->complete && (*list)->possible.empty();
      for (const Value& item : (*list)->items) {
        const auto* text = std::get_if<std::string_view>(&item);
        if (text == nullptr) {
          plain = false;
        } else if (*text == word) {
          return Push(true);
        }
      }
      if (plain) return Push(false);
    }
    Push(In(Constant(in.b), where));
  }

  static void Inherit(const ListValue& list, ListValue& made) {
    made.complete = list.complete;
    made.ordered = list.ordered;
    made.missing = list.missing;
  }

  // False when there is nothing to go over: the result is pushed.
  bool BeginLoop(const Instruction& in) {
    const Value where = Top();
    if (!IsKnown(where)) return false;
    --top_;
    Loop& loop = loops_.emplace_back();
    loop.op = static_cast<Op>(in.flag);
    loop.local = static_cast<size_t>(in.b);
    if (const auto* map = std::get_if<const MapValue*>(&where)) {
      loop.items = (*map)->keys;
    } else {
      loop.list = std::get<const ListValue*>(where);
      loop.items = loop.list->items;
    }
    if (loop.op == Op::kAll || loop.op == Op::kExists) loop.result = loop.op == Op::kAll;
    if (loop.op == Op::kFilter || loop.op == Op::kTransform) {
      loop.made = arena().NewList();
      if (loop.list != nullptr) Inherit(*loop.list, *loop.made);
    }
    if (Advance(loop)) return true;
    FinishLoop();
    return false;
  }

  // Fills the variable with the next item, then with the next word that may be there; false when there is none, or when
  // no more need be asked.
  bool Advance(Loop& loop) {
    if (loop.op == Op::kAll && Is(loop.result, false)) return false;
    if (loop.op == Op::kExists && Is(loop.result, true)) return false;
    if (!loop.among_possible && loop.next == loop.items.size()) loop.among_possible = true, loop.next = 0;
    if (loop.among_possible && loop.next == loop.possible()) return false;
    ++steps_;
    locals_[loop.local] = loop.among_possible ? Value(loop.list->possible[loop.next]) : loop.items[loop.next];
    ++loop.next;
    return true;
  }

  // What the body says of the item, or of the possible word, in the variable.
  void Take(Loop& loop, const Value& body) {
    const Value& item = locals_[loop.local];
    const bool possible = loop.among_possible;
    switch (loop.op) {
      case Op::kAll:
      case Op::kExists: {
        const bool decides = loop.op == Op::kExists;
        if (!possible) {
          loop.result = Fold(loop.result, decides, body, arena());
        } else if (!Is(body, !decides)) {
          loop.result = Fold(loop.result, decides, Missing(*loop.list), arena());
        }
        return;
      }
      case Op::kExistsOne:
        if (possible) {
          loop.more_possible |= !Is(body, false);
        } else if (IsKnown(body)) {
          loop.count += std::get<bool>(body);
        } else {
          loop.result = Both(loop.result, body, arena());
        }
        return;
      default: break;
    }
    if (!IsKnown(body)) {  // where the word is there, the whole is not known; and it may be there
      loop.result = Both(loop.result, possible ? Missing(*loop.list) : body, arena());
    } else if (loop.op == Op::kFilter) {
      if (!std::get<bool>(body)) return;
      if (possible) {
        loop.made->possible.push_back(std::get<std::string_view>(item));
      } else {
        loop.made->items.push_back(item);
      }
    } else if (!possible) {
      loop.made->items.push_back(body);
    } else if (const auto* word = std::get_if<std::string_view>(&body)) {
      loop.made->possible.push_back(*word);
    } else {
      loop.made->complete = false;  // of other things than words it is only known that there may be some
    }
  }

  void FinishLoop() {
    Loop& loop = loops_.back();
    const bool complete = loop.list == nullptr || loop.list->complete;
    Value result = loop.result;
    if (loop.op == Op::kAll || loop.op == Op::kExists) {
      if (!complete) result = Fold(result, loop.op == Op::kExists, Missing(*loop.list), arena());
    } else if (loop.op == Op::kExistsOne) {
      const bool more = loop.more_possible || !complete;
      if (more && (loop.count <= 1 || !IsKnown(result))) result = Both(result, Missing(*loop.list), arena());
      if (IsKnown(result)) result = loop.count == 1;
    } else if (IsKnown(result)) {
      std::sort(loop.made->possible.begin(), loop.made->possible.end());
      result = static_cast<const ListValue*>(loop.made);
    }
    loops_.pop_back();
    Push(result);
  }

  const Program& p_;
  const Activation& activation_;
  Value* const locals_;  // by the number of the macro that binds them
  Value* top_;
  absl::InlinedVector<Loop, 4> loops_;  // macros nest no deeper
  int64_t steps_ = 0;                   // items that macros went over
};

Value Program::Run(const Activation& activation, absl::Span<const Value> locals) const {
  static_assert(std::is_trivially_copyable_v<Value> && std::is_trivially_destructible_v<Value>);
  constexpr size_t kInline = 16;
  if (most_values_ <= kInline) {
    // Not initialized: values are written before they are read.
    alignas(Value) std::byte memory[(kMaxNestedMacros + kInline) * sizeof(Value)];
    return Machine(*this, activation, reinterpret_cast<Value*>(memory)).Run(locals);
  }
  std::vector<Value> memory(kMaxNestedMacros + most_values_);
  return Machine(*this, activation, memory.data()).Run(locals);
}

}  // namespace myokine
