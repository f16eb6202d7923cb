// A set of small numbers as bits.
#ifndef MYOKINE_ENGINE_RULESET_BITS_H_
#define MYOKINE_ENGINE_RULESET_BITS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace myokine {

// Numbers below a size that is set once; what has grown is kept, so that a set that is used again does not allocate.
class Bits {
 public:
  Bits() = default;
  explicit Bits(size_t size) { Reset(size); }

  // Empties the set, for numbers below `size`.
  void Reset(size_t size) { words_.assign((size + 63) / 64, 0); }
  bool Has(size_t number) const { return (words_[number / 64] >> (number % 64)) & 1; }
  void Add(size_t number) { words_[number / 64] |= uint64_t{1} << (number % 64); }
  void Remove(size_t number) { words_[number / 64] &= ~(uint64_t{1} << (number % 64)); }
  void AddAll(const Bits& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }
  bool Empty() const {
    for (const uint64_t word : words_) {
      if (word != 0) return false;
    }
    return true;
  }
  // Calls `visit(number)` for each number, rising.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      for (uint64_t word = words_[i]; word != 0; word &= word - 1)
        visit(i * 64 + static_cast<size_t>(std::countr_zero(word)));
    }
  }
  std::vector<uint64_t>& words() { return words_; }
  const std::vector<uint64_t>& words() const { return words_; }

 private:
  std::vector<uint64_t> words_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_BITS_H_
