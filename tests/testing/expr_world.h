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
//   t f, u u2, e e2      bool: known, not known, errors
//   n nu ne, d du de     int 7 and double 2.5, not known, errors; nan, inf
//   s su                 string "h\u00e9llo", not known
//   dur time             90m, 2026-01-15T09:30:00Z (a Thursday)
//   ints reals words     [1, 2, 3], [1.0, 2.5], ["a", "b"]; none: []
//   ints_part part       [1, 2, ...], ["a", "b", ...]; none_part: [...]; lu: a list of strings, not known
//   ints_hole            [1, not known, 3]
//   table                {"a": 1, "b": not known}
//   food food_part       ["fish", "food"], "trout" possible, of the vocabulary fish, food, meat, trout, wine; the
//   second
//                        with more not known
//   color                "red", of the vocabulary blue, green, red
//   weight_kg weight_g height_cm  doubles with units; years: an int 40, from 0 to 120
//   user.name user.age (not known) user.body.mass user.body.none (a message that is not there)
//   injuries             records {site, level, tags}: {"knee", 3, ["old"]}, {"back", not known, []}; complete
//   injuries_part        the first of them, perhaps more
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
