#include "tests/testing/expr_world.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace myokine::testing {
namespace {

Type Of(TypeKind kind, std::string unit = "", std::string vocabulary = "") {
  Type type = Type::Of(kind);
  type.unit = std::move(unit);
  type.vocabulary = std::move(vocabulary);
  return type;
}

std::string Codes(const std::vector<ExprMistake>& mistakes) {
  return absl::StrJoin(mistakes, " ", [](std::string* out, const ExprMistake& mistake) { out->append(mistake.code); });
}

}  // namespace

ExprWorld::ExprWorld() {
  const Type boolean = Of(TypeKind::kBool), integer = Of(TypeKind::kInt), real = Of(TypeKind::kDouble),
             text = Of(TypeKind::kString);
  const Type integers = Type::List(integer, 16), texts = Type::List(text, 16),
             foods = Type::List(Of(TypeKind::kString, "", "food"), 16);
  scope_.DeclareVocabulary("food", {"fish", "food", "meat", "trout", "wine"});
  scope_.DeclareVocabulary("color", {"blue", "green", "red"});
  Add("t", boolean, true);
  Add("f", boolean, false);
  Add("u", boolean, Lacking("u"));
  Add("u2", boolean, Lacking("u2"));
  Add("e", boolean, Error{"e failed"});
  Add("e2", boolean, Error{"e2 failed"});
  Add("n", integer, int64_t{7});
  Add("nu", integer, Lacking("nu"));
  Add("ne", integer, Error{"ne failed"});
  Add("d", real, 2.5);
  Add("du", real, Lacking("du"));
  Add("de", real, Error{"de failed"});
  Add("nan", real, std::numeric_limits<double>::quiet_NaN());
  Add("inf", real, std::numeric_limits<double>::infinity());
  Add("s", text, std::string_view("h\u00e9llo"));
  Add("su", text, Lacking("su"));
  Add("dur", Of(TypeKind::kDuration), absl::Minutes(90));
  Add("time", Of(TypeKind::kTimestamp), absl::FromCivil(absl::CivilSecond(2026, 1, 15, 9, 30, 0), absl::UTCTimeZone()));
  const Value one = int64_t{1}, two = int64_t{2}, three = int64_t{3}, a = std::string_view("a"),
              b = std::string_view("b");
  Add("ints", integers, List("ints", {one, two, three}));
  Add("ints_part", integers, List("ints_part", {one, two}, false));
  Add("ints_hole", integers, List("ints_hole", {one, Lacking("ints_hole"), three}));
  Add("reals", Type::List(real, 16), List("reals", {1.0, 2.5}));
  Add("words", texts, List("words", {a, b}));
  Add("part", texts, List("part", {a, b}, false));
  Add("none", texts, List("none", {}));
  Add("none_part", texts, List("none_part", {}, false));
  Add("lu", texts, Lacking("lu"));
  const Value fish = std::string_view("fish"), food = std::string_view("food");
  Add("food", foods, List("food", {fish, food}, true, {"trout"}));
  Add("food_part", foods, List("food_part", {fish, food}, false, {"trout"}));
  Add("color", Of(TypeKind::kString, "", "color"), std::string_view("red"));
  MapValue* table = arena_.NewMap();
  table->keys = {a, b};
  table->values = {one, Lacking("table")};
  Add("table", Type::Map(text, integer), static_cast<const MapValue*>(table));
  Add("weight_kg", Of(TypeKind::kDouble, "kg"), 70.0);
  Add("weight_g", Of(TypeKind::kDouble, "g"), 70000.0);
  Type years = integer;
  years.minimum = 0, years.maximum = 120;
  Add("years", years, int64_t{40});
  Add("height_cm", Of(TypeKind::kDouble, "cm"), 175.0);
  Add("user", Type(), true);
  Add("user.name", text, std::string_view("Ann"));
  Add("user.age", integer, Lacking("user.age"));
  Add("user.body", Type(), true);
  Add("user.body.mass", Of(TypeKind::kDouble, "kg"), 70.0);
  Add("user.body.none", Type(), false);
  Add("user.body.none.x", integer, Lacking("user.body.none.x"));
  for (const char* name : {"user", "user.body", "user.body.none"}) {
    Declaration message = *scope_.Find(name);
    message.message = true;
    scope_.Declare(name, message);
  }
  auto record = std::make_shared<RecordType>();
  record->name = "Injury";
  record->fields = {{"site", text}, {"level", integer}, {"tags", texts}};
  RecordValue* knee = arena_.NewRecord();
  knee->fields = {Value(std::string_view("knee")), three, Value(List("injuries", {Value(std::string_view("old"))}))};
  RecordValue* back = arena_.NewRecord();
  back->fields = {Value(std::string_view("back")), Lacking("injuries"), Value(List("injuries", {}))};
  const Value first = static_cast<const RecordValue*>(knee), second = static_cast<const RecordValue*>(back);
  Add("injuries", Type::List(Type::Record(record), 16), List("injuries", {first, second}));
  Add("injuries_part", Type::List(Type::Record(record), 16), List("injuries_part", {first}, false));
  activation_.frames[static_cast<size_t>(Frame::kUser)] = frame_;
  activation_.arena = &arena_;
}

void ExprWorld::Add(const std::string& name, Type type, Value value) {
  Declaration declaration;
  declaration.type = std::move(type);
  declaration.slot = static_cast<int>(frame_.size());
  scope_.Declare(name, std::move(declaration));
  frame_.push_back(value);
  if (names_.size() < frame_.size()) names_.push_back(name);
}

// Unknown for want of the fact that is added next, which is `name`.
Unknown ExprWorld::Lacking(const std::string& name) {
  if (names_.size() == frame_.size()) names_.push_back(name);
  return Unknown{arena_.Keep(FactSet{static_cast<FactId>(names_.size()) - 1})};
}

const ListValue* ExprWorld::List(const std::string& name, std::vector<Value> items, bool complete,
                                 std::vector<std::string_view> possible) {
  ListValue* list = arena_.NewList();
  list->items = std::move(items);
  list->complete = complete;
  list->possible = std::move(possible);
  if (!complete || !list->possible.empty()) list->missing = Lacking(name).facts;
  return list;
}

void ExprWorld::Settle(std::mt19937& random) {
  for (const auto& [name, declaration] : scope_.names()) {
    Value& value = frame_[static_cast<size_t>(declaration.slot)];
    if (!declaration.message) value = Settled(value, declaration.type, random);
  }
}

Value ExprWorld::Settled(const Value& value, const Type& type, std::mt19937& random) {
  auto whole = [&random](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  static constexpr std::string_view kWords[] = {"a", "b", "zz", "trout", "fish", "wine"};
  if (const auto* list = std::get_if<const ListValue*>(&value)) {
    ListValue* settled = arena_.NewList();
    for (const Value& item : (*list)->items) settled->items.push_back(Settled(item, *type.element, random));
    for (std::string_view word : (*list)->possible) {
      if (whole(0, 1) == 1) settled->items.push_back(word);
    }
    const int more = (*list)->complete ? 0 : whole(0, 2);
    for (int i = 0; i < more; ++i) settled->items.push_back(Settled(Unknown{nullptr}, *type.element, random));
    return static_cast<const ListValue*>(settled);
  }
  if (const auto* map = std::get_if<const MapValue*>(&value)) {
    MapValue* settled = arena_.NewMap();
    settled->keys = (*map)->keys;
    for (const Value& entry : (*map)->values) settled->values.push_back(Settled(entry, *type.element, random));
    return static_cast<const MapValue*>(settled);
  }
  if (const auto* record = std::get_if<const RecordValue*>(&value)) {
    RecordValue* settled = arena_.NewRecord();
    for (size_t i = 0; i < (*record)->fields.size(); ++i) {
      settled->fields.push_back(Settled((*record)->fields[i], type.record->fields[i].type, random));
    }
    return static_cast<const RecordValue*>(settled);
  }
  if (!IsUnknown(value)) return value;
  switch (type.kind) {
    case TypeKind::kBool: return whole(0, 1) == 1;
    case TypeKind::kInt: return int64_t{whole(-2, 8)};
    case TypeKind::kDouble: return whole(-4, 8) / 2.0;
    case TypeKind::kString: return kWords[static_cast<size_t>(whole(0, 5))];
    case TypeKind::kList: {
      ListValue* settled = arena_.NewList();
      for (int i = whole(0, 3); i > 0; --i) settled->items.push_back(Settled(value, *type.element, random));
      return static_cast<const ListValue*>(settled);
    }
    case TypeKind::kRecord: {
      RecordValue* settled = arena_.NewRecord();
      for (const RecordField& field : type.record->fields)
        settled->fields.push_back(Settled(value, field.type, random));
      return static_cast<const RecordValue*>(settled);
    }
    default: return value;
  }
}

std::string ExprWorld::Show(const Value& value) const {
  const auto* unknown = std::get_if<Unknown>(&value);
  if (unknown == nullptr) return ToString(value);
  return absl::StrCat(
      "unknown(",
      absl::StrJoin(*unknown->facts, " ",
                    [this](std::string* out, FactId fact) { out->append(names_[static_cast<size_t>(fact)]); }),
      ")");
}

std::string ExprWorld::Eval(std::string_view text) {
  std::vector<ExprMistake> mistakes;
  const auto expression = Expression::Compile(text, scope_, {Type()}, mistakes);
  return expression == nullptr ? Codes(mistakes) : Show(expression->Evaluate(activation_));
}

std::string ExprWorld::TypeOf(std::string_view text) const {
  std::vector<ExprMistake> mistakes;
  const auto expression = Expression::Compile(text, scope_, {Type()}, mistakes);
  return expression == nullptr ? Codes(mistakes) : ToString(expression->type());
}

std::vector<std::string> ExprWorld::Mistakes(std::string_view text, const std::vector<Type>& wanted) const {
  std::vector<ExprMistake> mistakes;
  Expression::Compile(text, scope_, wanted.empty() ? std::vector<Type>{Type()} : wanted, mistakes);
  std::vector<std::string> found;
  for (const ExprMistake& m : mistakes)
    found.push_back(absl::StrCat(m.code, ": ", m.message, m.hint.empty() ? "" : " | ", m.hint));
  return found;
}

}  // namespace myokine::testing
