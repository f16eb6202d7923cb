// Expressions made up by a seeded generator. Whatever compiles gives a value of its static type, and never throws; and
// what is known although some facts are not stays true whatever these turn out to be.
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/expr/expression.h"
#include "gtest/gtest.h"
#include "tests/reference/tree_evaluator.h"
#include "tests/testing/expr_world.h"

namespace myokine {
namespace {

// Makes expressions that are mostly of the type asked for.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::string Any() { return Make(AnyType(), 4); }
  std::string Bool() { return Make("bool", 4); }
  // A question about what is in `food`, by way of lists that are made of it.
  std::string AboutFood() {
    if (Chance(30)) return absl::StrCat("\"", Word(), "\" in ", FoodList(3));
    return absl::StrCat(FoodList(3), ".", Pick({"exists", "all", "exists_one"}), "(x, ", AboutWord(2), ")");
  }

  bool Chance(int percent) { return Whole(1, 100) <= percent; }

 private:
  int Whole(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  std::string Pick(const std::vector<std::string>& list) {
    return list[static_cast<size_t>(Whole(0, static_cast<int>(list.size()) - 1))];
  }
  std::string Word() { return Pick({"fish", "food", "trout", "meat", "wine"}); }

  std::string AnyType() {
    return Pick({"bool", "bool", "int", "double", "string", "ints", "words", "doubles", "lists", "map", "duration",
                 "timestamp"});
  }

  std::string Leaf(const std::string& type) {
    static const std::map<std::string, std::vector<std::string>> leaves = {
        {"bool", {"true", "false", "t", "f", "u", "u2", "e"}},
        {"int", {"0", "1", "-3", "7", "n", "nu", "ne", "user.age", "x", "y", "9223372036854775807"}},
        {"double", {"0.0", "1.5", "-2.0", "d", "du", "de", "nan", "inf", "user.body.mass", "double(nu)"}},
        {"string", {"\"a\"", "\"b\"", "\"\"", "s", "su", "user.name", "injuries[1].site"}},
        {"ints",
         {"ints", "ints_part", "ints_hole", "[]", "[1, 2]", "[nu]", "injuries.map(i, i.level)",
          "injuries_part.map(i, i.level)"}},
        {"words", {"words", "part", "none", "none_part", "lu", "[]", "[\"a\"]", "[su, \"b\"]", "injuries[0].tags"}},
        {"doubles", {"reals", "[]", "[0.5]", "[du, 1.0]", "[nan]"}},
        {"lists", {"[]", "[[]]", "[ints]", "[[], ints_part]", "[[1], [nu]]", "injuries.map(i, [i.level])"}},
        {"map", {"table", "{\"a\": 1}", "{\"a\": nu, \"b\": 2}", "{su: 1}", "{}", "{\"b\": ne}"}},
        {"duration", {"dur", "duration(\"90s\")", "duration(s)", "(time - time)"}},
        {"timestamp", {"time", "timestamp(\"2026-01-15T00:00:00Z\")", "timestamp(su)"}},
    };
    return Pick(leaves.at(type));
  }

  std::string Make(std::string type, int depth) {
    if (Chance(2)) type = AnyType();  // at times something else, which is mostly refused
    if (depth == 0 || Chance(15)) return Leaf(type);
    auto sub = [&](const char* of) { return Make(of, depth - 1); };
    auto same = [&] { return Make(type, depth - 1); };
    if (Chance(10)) return absl::StrCat("(", sub("bool"), " ? ", same(), " : ", same(), ")");
    const std::string list = Pick({"ints", "words", "doubles"});
    const std::string item = list == "ints" ? "int" : list == "words" ? "string" : "double";
    const std::string var = Pick({"x", "y"});
    auto macro = [&](const std::string& name, const std::string& over, const std::string& body) {
      return absl::StrCat(Make(over, depth - 1), ".", name, "(", var, ", ", body, ")");
    };
    if (type == "map") return absl::StrCat("{", sub("string"), ": ", sub("int"), ", \"z\": ", sub("int"), "}");
    if (type == "bool") {
      switch (Whole(0, 14)) {
        case 10: return absl::StrCat("(", sub("string"), " in ", sub("map"), ")");
        case 11: return absl::StrCat(sub("string"), ".matches(\"", Pick({"a", "^b", "l+o$", "."}), "\")");
        case 12: return absl::StrCat("(", sub("map"), Pick({" == ", " != "}), sub("map"), ")");
        case 13: return absl::StrCat("has(", sub("map"), ".a)");
        case 14: return absl::StrCat("(", sub("timestamp"), Pick({" < ", " >= ", " == "}), sub("timestamp"), ")");
        case 0: return absl::StrCat("(", same(), " && ", same(), ")");
        case 1: return absl::StrCat("(", same(), " || ", same(), ")");
        case 2: return absl::StrCat("!", same());
        case 3:
          return absl::StrCat("(", Make(item, depth - 1), " ", Pick({"==", "!=", "<", "<=", ">", ">="}), " ",
                              Make(item, depth - 1), ")");
        case 4: return absl::StrCat("(", Make(item, depth - 1), " in ", Make(list, depth - 1), ")");
        case 5: return absl::StrCat("(", Make(list, depth - 1), Pick({" == ", " != "}), Make(list, depth - 1), ")");
        case 6:
          return absl::StrCat("(", sub("lists"), Pick({" == ", " != "}), sub("lists"), " || ", sub("ints"), " in ",
                              sub("lists"), ")");
        case 7:
          return absl::StrCat(sub("string"), ".", Pick({"contains", "startsWith", "endsWith"}), "(", sub("string"),
                              ")");
        case 8:
          return macro(Pick({"exists", "all", "exists_one"}), "ints",
                       absl::StrCat("(", var, " > ", sub("int"), " || ", sub("bool"), ")"));
        default:
          return macro(Pick({"exists", "all", "exists_one"}), "words",
                       absl::StrCat("(", var, " == ", sub("string"), ")"));
      }
    }
    if (type == "int") {
      switch (Whole(0, 9)) {
        case 7: return absl::StrCat(sub("map"), Pick({".a", "[\"b\"]", "[su]"}));
        case 8:
          return absl::StrCat(sub("timestamp"), ".", Pick({"getHours", "getDayOfWeek", "getDate"}), "(\"Asia/Tokyo\")");
        case 9: return absl::StrCat("size(", sub("map"), ")");
        case 0: return absl::StrCat("(", same(), " ", Pick({"+", "-", "*", "/", "%"}), " ", same(), ")");
        case 1: return absl::StrCat("-", same());
        case 2: return absl::StrCat(Pick({"size", "size"}), "(", Make(list, depth - 1), ")");
        case 3: return absl::StrCat(Pick({"min", "max", "sum"}), "(", sub("ints"), ")");
        case 4: return absl::StrCat(sub("ints"), "[", same(), "]");
        case 5: return absl::StrCat("clamp(", same(), ", ", same(), ", ", same(), ")");
        default: return absl::StrCat("int(", sub("double"), ")");
      }
    }
    if (type == "double") {
      switch (Whole(0, 4)) {
        case 0: return absl::StrCat("(", same(), " ", Pick({"+", "-", "*", "/"}), " ", same(), ")");
        case 1: return absl::StrCat(Pick({"min", "max"}), "(", same(), ", ", same(), ")");
        case 2: return absl::StrCat("interpolate(", same(), ", [[0.0, ", same(), "], [1.0, ", same(), "]])");
        case 3: return absl::StrCat("sum(", sub("doubles"), ")");
        default: return absl::StrCat("double(", sub("int"), ")");
      }
    }
    if (type == "string")
      return Chance(50) ? absl::StrCat("(", same(), " + ", same(), ")")
                        : absl::StrCat("string(", Make(item, depth - 1), ")");
    if (type == "duration") return absl::StrCat("(", same(), Pick({" + ", " - "}), same(), ")");
    if (type == "timestamp") return absl::StrCat("(", same(), Pick({" + ", " - "}), sub("duration"), ")");
    if (type == "lists")
      return Chance(50) ? absl::StrCat("[", sub("ints"), ", ", sub("ints"), "]")
                        : absl::StrCat("(", same(), " + ", same(), ")");
    if (Chance(30)) return absl::StrCat("(", same(), " + ", same(), ")");
    if (Chance(40)) return macro("filter", type, sub("bool"));
    if (Chance(20) && type == "words") return macro("filter", "map", sub("bool"));
    return macro("map", list,
                 (Chance(20) ? sub("bool") + ", " : "") + Make(type == "ints"    ? "int"
                                                               : type == "words" ? "string"
                                                                                 : "double",
                                                               depth - 1));
  }

  std::string AboutWord(int depth) {
    if (depth > 0 && Chance(40)) {
      return Chance(30) ? absl::StrCat("!(", AboutWord(depth - 1), ")")
                        : absl::StrCat("(", AboutWord(depth - 1), Pick({" && ", " || "}), AboutWord(depth - 1), ")");
    }
    switch (Whole(0, 4)) {
      case 0: return absl::StrCat("x == \"", Word(), "\"");
      case 1: return absl::StrCat("x in [\"", Word(), "\", \"", Word(), "\"]");
      case 2: return absl::StrCat("x.startsWith(\"", Pick({"f", "t", ""}), "\")");
      case 3: return absl::StrCat("x.size() > ", Whole(3, 5));
      default: return Pick({"u", "t", "f"});
    }
  }
  std::string FoodList(int depth) {
    if (depth == 0 || Chance(30)) return Pick({"food", "food_part"});
    switch (Whole(0, 3)) {
      case 0: return absl::StrCat("(", FoodList(depth - 1), " + [\"", Word(), "\"])");
      case 1: return absl::StrCat(FoodList(depth - 1), ".map(x, x)");
      default: return absl::StrCat(FoodList(depth - 1), ".filter(x, ", AboutWord(1), ")");
    }
  }

  std::mt19937 random_;
};

// Whether `value` may stand where the checker promised `type`.
bool IsOf(const Value& value, const Type& type) {
  if (!IsKnown(value)) return true;
  switch (type.kind) {
    case TypeKind::kAny: return true;
    case TypeKind::kBool: return std::holds_alternative<bool>(value);
    case TypeKind::kInt: return std::holds_alternative<int64_t>(value);
    case TypeKind::kDouble: return std::holds_alternative<double>(value);
    case TypeKind::kString: return std::holds_alternative<std::string_view>(value);
    case TypeKind::kDuration: return std::holds_alternative<absl::Duration>(value);
    case TypeKind::kTimestamp: return std::holds_alternative<absl::Time>(value);
    case TypeKind::kRecord: return std::holds_alternative<const RecordValue*>(value);
    case TypeKind::kMap: {
      const auto* map = std::get_if<const MapValue*>(&value);
      if (map == nullptr || (*map)->keys.size() != (*map)->values.size()) return false;
      for (const Value& key : (*map)->keys) {
        if (!IsKnown(key) || !IsOf(key, *type.key)) return false;
      }
      for (const Value& entry : (*map)->values) {
        if (!IsOf(entry, *type.element)) return false;
      }
      return true;
    }
    case TypeKind::kList: {
      const auto* list = std::get_if<const ListValue*>(&value);
      if (list == nullptr || (!(*list)->complete && (*list)->missing == nullptr)) return false;
      for (const Value& item : (*list)->items) {
        if (!IsOf(item, *type.element)) return false;
      }
      return true;
    }
  }
  return false;
}

bool IsWholly(const Value& value) {
  if (const auto* map = std::get_if<const MapValue*>(&value)) {
    for (const Value& entry : (*map)->values) {
      if (!IsWholly(entry)) return false;
    }
    return true;
  }
  const auto* list = std::get_if<const ListValue*>(&value);
  if (list == nullptr) return IsKnown(value);
  for (const Value& item : (*list)->items) {
    if (!IsWholly(item)) return false;
  }
  return (*list)->complete && (*list)->possible.empty();
}

// The same as printed, and for want of the same facts.
std::string Shown(const Value& value) {
  const auto* unknown = std::get_if<Unknown>(&value);
  return unknown == nullptr ? ToString(value) : absl::StrCat("unknown ", absl::StrJoin(*unknown->facts, ","));
}

TEST(GeneratedExpressions, GiveTheSameAsTheTreeEvaluator) {
  Maker maker(4);
  std::mt19937 random(11);
  testing::ExprWorld vague, settled;
  settled.Settle(random);
  int compared = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = maker.Chance(20) ? maker.AboutFood() : maker.Any();
    std::vector<ExprMistake> mistakes;
    const auto expression = Expression::Compile(text, vague.scope(), {Type()}, mistakes);
    if (expression == nullptr) continue;
    ++compared;
    for (const auto* world : {&vague, &settled}) {
      ASSERT_EQ(Shown(expression->Evaluate(world->activation())),
                Shown(reference::Evaluate(expression->root(), world->activation())))
          << text << "\n"
          << expression->program().ToString();
    }
  }
  EXPECT_GT(compared, 6000);
}

TEST(GeneratedExpressions, GiveValuesOfTheirTypeAndNeverThrow) {
  Maker maker(1);
  const testing::ExprWorld world;
  int compiled = 0, known = 0, unknown = 0, errors = 0;
  for (int i = 0; i < 10000; ++i) {
    const std::string text = maker.Any();
    std::vector<ExprMistake> mistakes;
    const auto expression = Expression::Compile(text, world.scope(), {Type()}, mistakes);
    ASSERT_EQ(expression == nullptr, !mistakes.empty()) << text;
    if (expression == nullptr) continue;
    ++compiled;
    Value value = false;
    ASSERT_NO_THROW(value = expression->Evaluate(world.activation())) << text;
    ASSERT_TRUE(IsOf(value, expression->type()))
        << text << " is " << ToString(value) << ", not " << ToString(expression->type());
    known += IsKnown(value), unknown += IsUnknown(value), errors += IsError(value);
  }
  // The generator is worth its time: much compiles, and all outcomes come.
  EXPECT_GT(compiled, 2500);
  EXPECT_GT(known, 500);
  EXPECT_GT(unknown, 500);
  EXPECT_GT(errors, 150);
}

// Evaluates with what is not known, then many times with everything known.
void CheckStaysTrue(const std::vector<std::string>& texts) {
  const testing::ExprWorld vague;
  std::vector<std::unique_ptr<testing::ExprWorld>> worlds;
  std::mt19937 random(5);
  for (int i = 0; i < 60; ++i) {
    worlds.push_back(std::make_unique<testing::ExprWorld>());
    worlds.back()->Settle(random);
  }
  int checked = 0;
  for (const std::string& text : texts) {
    std::vector<ExprMistake> mistakes;
    const auto expression = Expression::Compile(text, vague.scope(), {Type()}, mistakes);
    if (expression == nullptr) continue;
    const Value before = expression->Evaluate(vague.activation());
    if (!IsWholly(before) && !IsError(before)) continue;
    ++checked;
    for (const auto& world : worlds) {
      const Value after = expression->Evaluate(world->activation());
      if (IsError(before)) {
        ASSERT_TRUE(IsError(after)) << text << " failed (" << ToString(before) << "), then was " << ToString(after);
      } else {
        ASSERT_EQ(ToString(after), ToString(before)) << text;
      }
    }
  }
  EXPECT_GT(checked, 300);
}

TEST(GeneratedExpressions, WhatIsKnownStaysSoWhateverTheRestTurnsOutToBe) {
  Maker maker(2);
  std::vector<std::string> texts;
  for (int i = 0; i < 4000; ++i) texts.push_back(maker.Chance(50) ? maker.Bool() : maker.Any());
  CheckStaysTrue(texts);
}

TEST(GeneratedExpressions, WhatIsKnownOfWordsStaysSoWhateverIsPossible) {
  Maker maker(3);
  std::vector<std::string> texts;
  for (int i = 0; i < 4000; ++i) texts.push_back(maker.AboutFood());
  CheckStaysTrue(texts);
}

// What is asked of words is not unknown for nothing: some way to settle things makes it true, another false.
TEST(GeneratedExpressions, PlainQuestionsAboutWordsAreUnknownOnlyForAReason) {
  testing::ExprWorld vague;
  std::mt19937 random(7);
  for (const char* word : {"fish", "food", "trout", "meat", "wine"}) {
    for (const char* list : {"food", "food_part"}) {
      const std::string text = absl::StrCat("\"", word, "\" in ", list);
      std::map<std::string, int> seen;
      for (int i = 0; i < 200; ++i) {
        testing::ExprWorld world;
        world.Settle(random);
        ++seen[world.Eval(text)];
      }
      const bool open = absl::StartsWith(vague.Eval(text), "unknown") && std::string(word) != "meat";
      EXPECT_EQ(seen.size(), open ? 2u : 1u) << text;
    }
  }
}

}  // namespace
}  // namespace myokine
