// A small world of facts, known and not, for tests of expressions.
#ifndef MYOKINE_TESTS_TESTING_EXPR_WORLD_H_
#define MYOKINE_TESTS_TESTING_EXPR_WORLD_H_

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/expr/expression.h"

namespace myokine::testing {

// The names that expressions may use here:
//   t f       true, false              n d s     7, 2.5, "h\u00e9llo"          dur time  90m, 2026-01-15T09:30:00Z (a
//   Thursday) u u2      bool, not known          nu du su  int, double, string, not known e e2      bool, errors ne de
//   int, double, errors          nan inf   doubles ints      [1, 2, 3]                words     ["a", "b"] reals
//   [1.0, 2.5] ints_part [1, 2, ...]              part      ["a", "b", ...]              lu        list(string), not
//   known none      [], complete             none_part [...]                        ints_hole [1, not known, 3] food
//   ["fish", "food"], complete, "trout" possible; of the vocabulary `food`: fish, food, meat, trout, wine food_part the
//   same with more not known color     "red", of the vocabulary `color`: blue, green, red              weight_kg
//   weight_g height_cm  doubles with units user.name user.age (not known) user.body.mass user.body.none (a message that
//   is not there) injuries  two records {site, level, tags}: {"knee", 3, ["old"]}, {"back", not known, []}; complete
//   injuries_part  the first of them, perhaps more
class ExprWorld {
 public:
  ExprWorld();
  ExprWorld(const ExprWorld&) = delete;
  ExprWorld& operator=(const ExprWorld&) = delete;

  const Scope& scope() const { return scope_; }
  const Activation& activation() const { return activation_; }

  // Makes everything known: each unknown becomes some value of its type, lists become complete, perhaps with more items
  // at their end and with words that were possible. Errors stay.
  void Settle(std::mt19937& random);

  // The value of `text` as printed; unknowns by the names of their facts: `unknown(u u2)`. Mistakes instead, where
  // there are any: `code` of each, with blanks between them.
  std::string Eval(std::string_view text);
  // The static type of `text`, or the codes of its mistakes.
  std::string TypeOf(std::string_view text) const;
  // The mistakes of `text` where one of `wanted` is wanted (anything, where it is empty): `code: message`, with ` |
  // hint`.
  std::vector<std::string> Mistakes(std::string_view text, const std::vector<Type>& wanted = {}) const;

 private:
  void Add(const std::string& name, Type type, Value value);
  Unknown Lacking(const std::string& name);
  const ListValue* List(const std::string& name, std::vector<Value> items, bool complete = true,
                        std::vector<std::string_view> possible = {});
  std::string Show(const Value& value) const;
  Value Settled(const Value& value, const Type& type, std::mt19937& random);

  Scope scope_;
  Arena arena_;
  std::vector<Value> frame_;
  std::vector<std::string> names_;  // by slot
  Activation activation_;
};

}  // namespace myokine::testing

#endif  // MYOKINE_TESTS_TESTING_EXPR_WORLD_H_
