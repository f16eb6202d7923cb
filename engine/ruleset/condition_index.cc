#include "engine/ruleset/condition_index.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

// More rows than this, and a condition is evaluated as a whole.
constexpr size_t kMostRows = 12;

// Words of a set of rows are handled in blocks, which a compiler keeps in registers.
constexpr size_t kBlock = 8;

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

bool Compares(double value, Relation relation, double number) {
  switch (relation) {
    case Relation::kLess: return value < number;
    case Relation::kLessEqual: return value <= number;
    case Relation::kGreater: return value > number;
    case Relation::kGreaterEqual: return value >= number;
    case Relation::kEqual: return value == number;
    case Relation::kNotEqual: return value != number;
  }
  return false;
}

// A number that a double holds; nothing for any other value.
std::optional<double> NumberOf(const Value& value) {
  if (const auto* whole = std::get_if<int64_t>(&value)) {
    if (*whole > kExact || *whole < -kExact) return std::nullopt;
    return static_cast<double>(*whole);
  }
  if (const auto* real = std::get_if<double>(&value); real != nullptr && !std::isnan(*real)) return *real;
  return std::nullopt;
}

}  // namespace

ConditionIndex::ConditionIndex(absl::Span<const Expression* const> conditions) : conditions_(conditions.size()) {
  std::vector<std::pair<uint32_t, Row>> further;
  for (size_t i = 0; i < conditions.size(); ++i) {
    std::vector<Row> rows;
    if (conditions[i] == nullptr) {
      rows.emplace_back();
    } else if (!Disjuncts(conditions[i]->root(), true, rows) || rows.empty()) {
      const std::string name = absl::StrCat("whole:", conditions[i]->tree());
      const auto [found, is_new] = atom_numbers_.try_emplace(name, atoms_.size());
      if (is_new) atoms_.emplace_back().checked = &conditions[i]->root();
      rows.assign(1, {{found->second, true}});
    }
    AddRow(rows[0], static_cast<uint32_t>(i));
    for (size_t r = 1; r < rows.size(); ++r) further.emplace_back(static_cast<uint32_t>(i), std::move(rows[r]));
  }
  for (const auto& [condition, row] : further) {
    AddRow(row, static_cast<uint32_t>(conditions_ + condition_of_.size()));
    condition_of_.push_back(condition);
  }
  row_count_ = conditions_ + condition_of_.size();
  words_ = ((row_count_ + 63) / 64 + kBlock - 1) / kBlock * kBlock;
  Lay();
  predicates_ = atoms_.size();
  atoms_ = {};
  atom_numbers_ = {};
}

bool ConditionIndex::Disjuncts(const Checked& checked, bool wanted, std::vector<Row>& rows) {
  if (checked.op == Op::kNot) return Disjuncts(*checked.args[0], !wanted, rows);
  if (checked.op != Op::kAnd && checked.op != Op::kOr) {
    rows.assign(1, {{AtomOf(checked), wanted}});
    return true;
  }
  std::vector<Row> left, right;
  if (!Disjuncts(*checked.args[0], wanted, left) || !Disjuncts(*checked.args[1], wanted, right)) return false;
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

size_t ConditionIndex::AtomOf(const Checked& checked) {
  const auto [found, is_new] = atom_numbers_.try_emplace(ToString(checked), atoms_.size());
  if (is_new) atoms_.push_back(Classify(checked));
  return found->second;
}

ConditionIndex::Atom ConditionIndex::Classify(const Checked& checked) const {
  Atom atom;
  atom.checked = &checked;
  if (const std::optional<Comparison> comparison = ComparisonOf(checked)) {
    const std::optional<double> number = NumberOf(comparison->number->literal);
    if (!number || comparison->fact->frame != Frame::kUser) return atom;
    atom.kind = Kind::kCompare;
    atom.slot = comparison->fact->index;
    atom.relation = comparison->relation;
    atom.number = *number;
    return atom;
  }
  if (checked.op == Op::kHasFact || IsFact(checked, TypeKind::kBool)) {
    atom.kind = checked.op == Op::kHasFact ? Kind::kKnown : Kind::kFlag;
    atom.slot = checked.index;
    return atom;
  }
  if (checked.op == Op::kIn && IsWord(*checked.args[0]) && IsFact(*checked.args[1], TypeKind::kList)) {
    atom.kind = Kind::kMember;
    atom.slot = checked.args[1]->index;
    atom.words = {std::get<std::string_view>(checked.args[0]->literal)};
    return atom;
  }
  if (checked.op == Op::kExists && IsFact(*checked.args[0], TypeKind::kList)) {
    atom.words = WordsAccepted(*checked.args[1], [&](const Checked& it) {
      return it.op == Op::kLocal && it.index == checked.index && it.type.kind == TypeKind::kString;
    });
    if (atom.words.empty()) return atom;
    atom.kind = Kind::kMember;
    atom.slot = checked.args[0]->index;
    return atom;
  }
  const Checked* fact = nullptr;
  atom.words = WordsAccepted(checked, [&](const Checked& it) {
    if (IsFact(it, TypeKind::kString)) fact = &it;
    return fact == &it;
  });
  if (atom.words.empty()) return atom;
  atom.kind = Kind::kWord;
  atom.slot = fact->index;
  return atom;
}

void ConditionIndex::AddRow(const Row& row, uint32_t number) {
  for (const Literal& literal : row) {
    Atom& atom = atoms_[literal.atom];
    std::vector<uint32_t>& rows = literal.wanted ? atom.wanted : atom.unwanted;
    if (rows.empty() || rows.back() != number) rows.push_back(number);
  }
}

void ConditionIndex::Lay() {
  std::map<int, std::vector<const Atom*>> numbers, words, members;
  for (const Atom& atom : atoms_) {
    switch (atom.kind) {
      case Kind::kCompare: numbers[atom.slot].push_back(&atom); break;
      case Kind::kWord: words[atom.slot].push_back(&atom); break;
      case Kind::kMember: members[atom.slot].push_back(&atom); break;
      case Kind::kFlag: flags_.push_back({atom.slot, TruthOf(atom)}); break;
      case Kind::kKnown: known_.push_back({atom.slot, TruthOf(atom)}); break;
      case Kind::kOpaque: opaque_.push_back({Program::Compile(*atom.checked, constants_), TruthOf(atom)}); break;
    }
  }
  for (const auto& [slot, atoms] : numbers) LayNumbers(slot, atoms);
  for (const auto& [slot, atoms] : words) LayWords(slot, atoms);
  for (const auto& [slot, atoms] : members) LayMembers(slot, atoms);
}

ConditionIndex::Mask ConditionIndex::MaskOf(std::vector<uint32_t> rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  Mask mask;
  mask.count = static_cast<uint32_t>(rows.size());
  mask.dense = rows.size() > words_;
  if (mask.dense) {
    mask.begin = static_cast<uint32_t>(dense_.size());
    dense_.resize(dense_.size() + words_, ~uint64_t{0});
    for (const uint32_t row : rows) dense_[mask.begin + row / 64] &= ~(uint64_t{1} << (row % 64));
  } else {
    mask.begin = static_cast<uint32_t>(sparse_.size());
    sparse_.insert(sparse_.end(), rows.begin(), rows.end());
  }
  return mask;
}

ConditionIndex::Truth ConditionIndex::TruthOf(const Atom& atom) {
  std::vector<uint32_t> both = atom.wanted;
  both.insert(both.end(), atom.unwanted.begin(), atom.unwanted.end());
  return {MaskOf(atom.unwanted), MaskOf(atom.wanted), MaskOf(std::move(both))};
}

void ConditionIndex::LayNumbers(int slot, const std::vector<const Atom*>& atoms) {
  Numbers column;
  column.slot = slot;
  std::vector<uint32_t> all;
  for (const Atom* atom : atoms) {
    column.thresholds.push_back(atom->number);
    all.insert(all.end(), atom->wanted.begin(), atom->wanted.end());
    all.insert(all.end(), atom->unwanted.begin(), atom->unwanted.end());
  }
  std::vector<double>& thresholds = column.thresholds;
  std::sort(thresholds.begin(), thresholds.end());
  thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
  for (size_t stretch = 0; stretch <= 2 * thresholds.size(); ++stretch) {
    // A threshold is at itself; of a stretch without one, any neighbour tells which side it is on.
    const double at = thresholds[std::min(stretch / 2, thresholds.size() - 1)];
    const int side = stretch % 2 == 1 ? 0 : stretch / 2 < thresholds.size() ? -1 : 1;
    std::vector<uint32_t> ruled_out;
    for (const Atom* atom : atoms) {
      const double compared = atom->number == at ? side : at < atom->number ? -1 : 1;
      const std::vector<uint32_t>& rows = Compares(compared, atom->relation, 0) ? atom->unwanted : atom->wanted;
      ruled_out.insert(ruled_out.end(), rows.begin(), rows.end());
    }
    column.stretches.push_back(MaskOf(std::move(ruled_out)));
  }
  column.unknown = MaskOf(std::move(all));
  numbers_.push_back(std::move(column));
}

void ConditionIndex::LayWords(int slot, const std::vector<const Atom*>& atoms) {
  Words column;
  column.slot = slot;
  std::vector<std::string_view> words = {""};  // stands for any other word, unless somebody asks for it
  std::vector<uint32_t> all;
  for (const Atom* atom : atoms) {
    for (const std::string_view word : atom->words) {
      if (column.numbers.try_emplace(word, words.size()).second) words.push_back(word);
    }
    all.insert(all.end(), atom->wanted.begin(), atom->wanted.end());
    all.insert(all.end(), atom->unwanted.begin(), atom->unwanted.end());
  }
  for (size_t number = 0; number < words.size(); ++number) {
    std::vector<uint32_t> ruled_out;
    for (const Atom* atom : atoms) {
      const bool met =
          number > 0 && std::find(atom->words.begin(), atom->words.end(), words[number]) != atom->words.end();
      const std::vector<uint32_t>& rows = met ? atom->unwanted : atom->wanted;
      ruled_out.insert(ruled_out.end(), rows.begin(), rows.end());
    }
    column.masks.push_back(MaskOf(std::move(ruled_out)));
  }
  column.unknown = MaskOf(std::move(all));
  words_of_.push_back(std::move(column));
}

void ConditionIndex::LayMembers(int slot, const std::vector<const Atom*>& atoms) {
  Members column;
  column.slot = slot;
  column.begin = static_cast<uint32_t>(members_.size());
  for (const Atom* atom : atoms) {
    for (const std::string_view word : atom->words)
      column.truths[word].push_back(static_cast<uint32_t>(members_.size()));
    members_.push_back(TruthOf(*atom));
  }
  column.end = static_cast<uint32_t>(members_.size());
  members_of_.push_back(std::move(column));
}

void ConditionIndex::RuleOut(const Mask& mask, Verdicts& verdicts) const {
  if (mask.count == 0) return;
  if (mask.dense) {
    verdicts.masks.push_back(&dense_[mask.begin]);
    return;
  }
  for (uint32_t i = mask.begin; i < mask.begin + mask.count; ++i)
    verdicts.rows[sparse_[i] / 64] &= ~(uint64_t{1} << (sparse_[i] % 64));
}

void ConditionIndex::Doubt(const Mask& mask, Verdicts& verdicts) const {
  if (mask.dense) {
    for (size_t i = 0; i < words_; ++i) verdicts.uncertain[i] |= ~dense_[mask.begin + i];
    return;
  }
  for (uint32_t i = mask.begin; i < mask.begin + mask.count; ++i)
    verdicts.uncertain[sparse_[i] / 64] |= uint64_t{1} << (sparse_[i] % 64);
}

void ConditionIndex::Settle(const Truth& truth, const Value& value, Verdicts& verdicts) const {
  if (const bool* flag = std::get_if<bool>(&value)) {
    RuleOut(*flag ? truth.when_true : truth.when_false, verdicts);
  } else {
    Doubt(truth.unknown, verdicts);
  }
}

void ConditionIndex::JudgeMembers(const Members& members, const Value& value, Verdicts& verdicts) const {
  const auto* held = std::get_if<const ListValue*>(&value);
  const ListValue* list = held == nullptr ? nullptr : *held;
  enum : uint8_t { kAbsent, kPossible, kThere };
  // Few lists have more predicates than this; the memory lives on the stack.
  constexpr size_t kMost = 512;
  uint8_t found[kMost];
  const size_t count = members.end - members.begin;
  bool plain = list != nullptr && count <= kMost;
  if (plain) {
    std::fill(found, found + count, list->complete ? kAbsent : kPossible);
    const auto mark = [&](std::string_view word, uint8_t as) {
      const auto truths = members.truths.find(word);
      if (truths == members.truths.end()) return;
      for (const uint32_t truth : truths->second) {
        uint8_t& one = found[truth - members.begin];
        one = std::max(one, as);
      }
    };
    for (const std::string_view word : list->possible) mark(word, kPossible);
    for (const Value& item : list->items) {
      const auto* word = std::get_if<std::string_view>(&item);
      if (word == nullptr) {
        plain = false;
        break;
      }
      mark(*word, kThere);
    }
  }
  for (size_t i = 0; i < count; ++i) {
    const Truth& truth = members_[members.begin + i];
    if (!plain || found[i] == kPossible) {
      Doubt(truth.unknown, verdicts);
    } else {
      RuleOut(found[i] == kThere ? truth.when_true : truth.when_false, verdicts);
    }
  }
}

void ConditionIndex::Judge(const Activation& activation, Verdicts& verdicts) const {
  const absl::Span<const Value> user = activation.frames[static_cast<size_t>(Frame::kUser)];
  const auto at = [&](int slot) -> const Value& { return user[static_cast<size_t>(slot)]; };
  verdicts.rows.assign(words_, ~uint64_t{0});
  verdicts.uncertain.assign(words_, 0);
  verdicts.masks.clear();
  for (const Numbers& column : numbers_) {
    const std::optional<double> number = NumberOf(at(column.slot));
    if (!number) {
      Doubt(column.unknown, verdicts);
      continue;
    }
    const auto above = std::lower_bound(column.thresholds.begin(), column.thresholds.end(), *number);
    const size_t below = static_cast<size_t>(above - column.thresholds.begin());
    const bool meets = above != column.thresholds.end() && *above == *number;
    RuleOut(column.stretches[2 * below + (meets ? 1 : 0)], verdicts);
  }
  for (const Words& column : words_of_) {
    const auto* word = std::get_if<std::string_view>(&at(column.slot));
    if (word == nullptr) {
      Doubt(column.unknown, verdicts);
      continue;
    }
    const auto number = column.numbers.find(*word);
    RuleOut(column.masks[number == column.numbers.end() ? 0 : number->second], verdicts);
  }
  for (const Flag& flag : flags_) Settle(flag.truth, at(flag.slot), verdicts);
  for (const Flag& known : known_) Settle(known.truth, Value(IsKnown(at(known.slot))), verdicts);
  for (const Members& members : members_of_) JudgeMembers(members, at(members.slot), verdicts);
  for (const Opaque& opaque : opaque_) Settle(opaque.truth, opaque.program.Run(activation), verdicts);
  Finish(verdicts);
}

void ConditionIndex::Finish(Verdicts& verdicts) const {
  for (size_t block = 0; block < words_; block += kBlock) {
    uint64_t rows[kBlock];
    std::copy_n(&verdicts.rows[block], kBlock, rows);
    for (const uint64_t* mask : verdicts.masks) {
      for (size_t i = 0; i < kBlock; ++i) rows[i] &= mask[block + i];
    }
    std::copy_n(rows, kBlock, &verdicts.rows[block]);
  }
  verdicts.holds.Reset(conditions_);
  verdicts.open.Reset(conditions_);
  std::vector<uint64_t>&holds = verdicts.holds.words(), &open = verdicts.open.words();
  for (size_t i = 0; i < holds.size(); ++i) {
    holds[i] = verdicts.rows[i] & ~verdicts.uncertain[i];
    open[i] = verdicts.rows[i] & verdicts.uncertain[i];
  }
  if (conditions_ % 64 != 0) {  // what follows belongs to further rows
    const uint64_t own = (uint64_t{1} << (conditions_ % 64)) - 1;
    holds.back() &= own;
    open.back() &= own;
  }
  for (size_t row = conditions_; row < row_count_;) {
    const uint64_t left = verdicts.rows[row / 64] >> (row % 64);
    if (left == 0) {
      row = (row / 64 + 1) * 64;
      continue;
    }
    row += static_cast<size_t>(std::countr_zero(left));
    if (row >= row_count_) break;
    const bool uncertain = (verdicts.uncertain[row / 64] >> (row % 64)) & 1;
    (uncertain ? verdicts.open : verdicts.holds).Add(condition_of_[row - conditions_]);
    ++row;
  }
  for (size_t i = 0; i < holds.size(); ++i) open[i] &= ~holds[i];
}

}  // namespace myokine
