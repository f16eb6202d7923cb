#include "engine/ruleset/condition_index.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace myokine {
namespace {

// Words of a set of rows are handled in blocks, which a compiler keeps in registers.
constexpr size_t kBlock = 8;

}  // namespace

std::vector<uint32_t> ConditionIndex::RowsOf(const std::vector<const Predicate*>& predicates) {
  std::vector<uint32_t> rows;
  for (const Predicate* predicate : predicates) {
    rows.insert(rows.end(), predicate->wanted.begin(), predicate->wanted.end());
    rows.insert(rows.end(), predicate->unwanted.begin(), predicate->unwanted.end());
  }
  return rows;
}

ConditionIndex::ConditionIndex(absl::Span<const Expression* const> conditions) : conditions_(conditions.size()) {
  const DisjunctiveForm form(conditions);
  condition_of_ = form.further();
  row_count_ = conditions_ + condition_of_.size();
  words_ = ((row_count_ + 63) / 64 + kBlock - 1) / kBlock * kBlock;
  Lay(form.predicates());
}

void ConditionIndex::Lay(const std::vector<Predicate>& predicates) {
  std::map<int, std::vector<const Predicate*>> numbers, words, members;
  for (const Predicate& predicate : predicates) {
    if (predicate.wanted.empty() && predicate.unwanted.empty())
      continue;  // of a condition that has become one predicate
    ++predicates_;
    switch (predicate.kind) {
      case Predicate::Kind::kCompare: numbers[predicate.slot].push_back(&predicate); break;
      case Predicate::Kind::kWord: words[predicate.slot].push_back(&predicate); break;
      case Predicate::Kind::kMember: members[predicate.slot].push_back(&predicate); break;
      case Predicate::Kind::kFlag: flags_.push_back({predicate.slot, TruthOf(predicate)}); break;
      case Predicate::Kind::kKnown: known_.push_back({predicate.slot, TruthOf(predicate)}); break;
      case Predicate::Kind::kOpaque:
        opaque_.push_back({Program::Compile(*predicate.checked, constants_), TruthOf(predicate)});
        break;
    }
  }
  for (const auto& [slot, of_it] : numbers) LayNumbers(slot, of_it);
  for (const auto& [slot, of_it] : words) LayWords(slot, of_it);
  for (const auto& [slot, of_it] : members) LayMembers(slot, of_it);
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

ConditionIndex::Truth ConditionIndex::TruthOf(const Predicate& predicate) {
  return {MaskOf(predicate.unwanted), MaskOf(predicate.wanted), MaskOf(RowsOf({&predicate}))};
}

void ConditionIndex::LayNumbers(int slot, const std::vector<const Predicate*>& predicates) {
  Numbers column;
  column.slot = slot;
  for (const Predicate* predicate : predicates) column.thresholds.push_back(predicate->number);
  std::vector<double>& thresholds = column.thresholds;
  std::sort(thresholds.begin(), thresholds.end());
  thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
  for (size_t stretch = 0; stretch <= 2 * thresholds.size(); ++stretch) {
    // A threshold is at itself; of a stretch without one, any neighbour tells which side it is on.
    const double at = thresholds[std::min(stretch / 2, thresholds.size() - 1)];
    const int side = stretch % 2 == 1 ? 0 : stretch / 2 < thresholds.size() ? -1 : 1;
    std::vector<uint32_t> ruled_out;
    for (const Predicate* predicate : predicates) {
      const double compared = predicate->number == at ? side : at < predicate->number ? -1 : 1;
      const std::vector<uint32_t>& rows =
          Holds(predicate->relation, compared, 0.0) ? predicate->unwanted : predicate->wanted;
      ruled_out.insert(ruled_out.end(), rows.begin(), rows.end());
    }
    column.stretches.push_back(MaskOf(std::move(ruled_out)));
  }
  column.unknown = MaskOf(RowsOf(predicates));
  numbers_.push_back(std::move(column));
}

void ConditionIndex::LayWords(int slot, const std::vector<const Predicate*>& predicates) {
  Words column;
  column.slot = slot;
  std::vector<std::string_view> words = {""};  // stands for any other word, unless somebody asks for it
  for (const Predicate* predicate : predicates) {
    for (const std::string_view word : predicate->words) {
      if (column.numbers.try_emplace(word, words.size()).second) words.push_back(word);
    }
  }
  for (size_t number = 0; number < words.size(); ++number) {
    std::vector<uint32_t> ruled_out;
    for (const Predicate* predicate : predicates) {
      const bool met = number > 0 && std::find(predicate->words.begin(), predicate->words.end(), words[number]) !=
                                         predicate->words.end();
      const std::vector<uint32_t>& rows = met ? predicate->unwanted : predicate->wanted;
      ruled_out.insert(ruled_out.end(), rows.begin(), rows.end());
    }
    column.masks.push_back(MaskOf(std::move(ruled_out)));
  }
  column.unknown = MaskOf(RowsOf(predicates));
  words_of_.push_back(std::move(column));
}

void ConditionIndex::LayMembers(int slot, const std::vector<const Predicate*>& predicates) {
  Members column;
  column.slot = slot;
  column.begin = static_cast<uint32_t>(members_.size());
  for (const Predicate* predicate : predicates) {
    for (const std::string_view word : predicate->words)
      column.truths[word].push_back(static_cast<uint32_t>(members_.size()));
    members_.push_back(TruthOf(*predicate));
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
    const std::optional<double> number = ExactNumber(at(column.slot));
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
