#include "engine/ruleset/disjunctive_form.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

// More rows than this, and a condition is evaluated as a whole.
constexpr size_t kMostRows = 12;

// Whole numbers beyond this are not told apart by a double.
constexpr int64_t kExact = int64_t{1} << 53;

bool IsWord(const Checked& checked) { return checked.op == Op::kLiteral && checked.type.kind == TypeKind::kString; }

bool IsFact(const Checked& checked, TypeKind kind) { return checked.op == Op::kFact && checked.type.kind == kind; }

// The words of a literal list; empty when it is none.
std::vector<std::string_view> WordsOf(const Checked& checked) {
  std::vector<std::string_view> words;
  if (checked.op != Op::kList) return words;
  for (const auto& arg : checked.args) {
    if (!IsWord(*arg)) return {};
    words.push_back(std::get<std::string_view>(arg->literal));
  }
  return words;
}

// Words that a check of `local` or of a fact (which `is_it` tells) lets pass: `it == "a"`, `it in ["a", "b"]`.
template <typename IsIt>
std::vector<std::string_view> WordsAccepted(const Checked& checked, IsIt is_it) {
  if (checked.op == Op::kIn && is_it(*checked.args[0])) return WordsOf(*checked.args[1]);
  if (checked.op != Op::kEqual) return {};
  for (const size_t word : {size_t{0}, size_t{1}}) {
    if (IsWord(*checked.args[word]) && is_it(*checked.args[1 - word]))
      return {std::get<std::string_view>(checked.args[word]->literal)};
  }
  return {};
}

Predicate Classify(const Checked& checked) {
  Predicate predicate;
  predicate.checked = &checked;
  if (const std::optional<Comparison> comparison = ComparisonOf(checked)) {
    const std::optional<double> number = ExactNumber(comparison->number->literal);
    if (!number || comparison->fact->frame != Frame::kUser) return predicate;
    predicate.kind = Predicate::Kind::kCompare;
    predicate.slot = comparison->fact->index;
    predicate.relation = comparison->relation;
    predicate.number = *number;
    return predicate;
  }
  if (checked.op == Op::kHasFact || IsFact(checked, TypeKind::kBool)) {
    predicate.kind = checked.op == Op::kHasFact ? Predicate::Kind::kKnown : Predicate::Kind::kFlag;
    predicate.slot = checked.index;
    return predicate;
  }
  if (checked.op == Op::kIn && IsWord(*checked.args[0]) && IsFact(*checked.args[1], TypeKind::kList)) {
    predicate.kind = Predicate::Kind::kMember;
    predicate.slot = checked.args[1]->index;
    predicate.words = {std::get<std::string_view>(checked.args[0]->literal)};
    return predicate;
  }
  if (checked.op == Op::kExists && IsFact(*checked.args[0], TypeKind::kList)) {
    predicate.words = WordsAccepted(*checked.args[1], [&](const Checked& it) {
      return it.op == Op::kLocal && it.index == checked.index && it.type.kind == TypeKind::kString;
    });
    if (predicate.words.empty()) return predicate;
    predicate.kind = Predicate::Kind::kMember;
    predicate.slot = checked.args[0]->index;
    return predicate;
  }
  const Checked* fact = nullptr;
  predicate.words = WordsAccepted(checked, [&](const Checked& it) {
    if (IsFact(it, TypeKind::kString)) fact = &it;
    return fact == &it;
  });
  if (predicate.words.empty()) return predicate;
  predicate.kind = Predicate::Kind::kWord;
  predicate.slot = fact->index;
  return predicate;
}

}  // namespace

std::optional<double> ExactNumber(const Value& value) {
  if (const auto* whole = std::get_if<int64_t>(&value)) {
    if (*whole > kExact || *whole < -kExact) return std::nullopt;
    return static_cast<double>(*whole);
  }
  if (const auto* real = std::get_if<double>(&value); real != nullptr && !std::isnan(*real)) return *real;
  return std::nullopt;
}

DisjunctiveForm::DisjunctiveForm(absl::Span<const Expression* const> conditions) {
  std::vector<std::pair<uint32_t, Row>> further;
  for (size_t i = 0; i < conditions.size(); ++i) {
    std::vector<Row> rows;
    if (conditions[i] == nullptr) {
      rows.emplace_back();
    } else if (!RowsOf(conditions[i]->root(), true, rows)) {
      rows.assign(1, {{Number(absl::StrCat("whole:", conditions[i]->tree()), conditions[i]->root(), true), true}});
    }
    AddRow(rows[0], static_cast<uint32_t>(i));
    for (size_t r = 1; r < rows.size(); ++r) further.emplace_back(static_cast<uint32_t>(i), std::move(rows[r]));
  }
  for (const auto& [condition, row] : further) {
    AddRow(row, static_cast<uint32_t>(conditions.size() + further_.size()));
    further_.push_back(condition);
  }
}

bool DisjunctiveForm::RowsOf(const Checked& checked, bool wanted, std::vector<Row>& rows) {
  if (checked.op == Op::kNot) return RowsOf(*checked.args[0], !wanted, rows);
  if (checked.op != Op::kAnd && checked.op != Op::kOr) {
    rows.assign(1, {{Number(ToString(checked), checked, /*opaque=*/false), wanted}});
    return true;
  }
  std::vector<Row> left, right;
  if (!RowsOf(*checked.args[0], wanted, left) || !RowsOf(*checked.args[1], wanted, right)) return false;
  rows.clear();
  if ((checked.op == Op::kOr) == wanted) {  // either will do
    rows = std::move(left);
    rows.insert(rows.end(), right.begin(), right.end());
  } else {
    for (const Row& a : left) {
      for (const Row& b : right) {
        Row& row = rows.emplace_back(a);
        row.insert(row.end(), b.begin(), b.end());
      }
    }
  }
  return rows.size() <= kMostRows;
}

size_t DisjunctiveForm::Number(std::string name, const Checked& checked, bool opaque) {
  const auto [found, is_new] = numbers_.try_emplace(std::move(name), predicates_.size());
  if (is_new) {
    predicates_.push_back(opaque ? Predicate() : Classify(checked));
    predicates_.back().checked = &checked;
  }
  return found->second;
}

void DisjunctiveForm::AddRow(const Row& row, uint32_t number) {
  for (const Literal& literal : row) {
    Predicate& predicate = predicates_[literal.predicate];
    std::vector<uint32_t>& rows = literal.wanted ? predicate.wanted : predicate.unwanted;
    if (rows.empty() || rows.back() != number) rows.push_back(number);
  }
}

}  // namespace myokine
