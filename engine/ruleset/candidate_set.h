// Candidates that something touches.
#ifndef MYOKINE_ENGINE_RULESET_CANDIDATE_SET_H_
#define MYOKINE_ENGINE_RULESET_CANDIDATE_SET_H_

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "engine/ruleset/bits.h"

namespace myokine {

// The same candidates twice: to go over, and to look one up.
struct CandidateSet {
  std::vector<uint32_t> list;  // rising
  Bits bits;

  CandidateSet() = default;
  CandidateSet(std::vector<uint32_t> candidates, size_t of) : list(std::move(candidates)), bits(of) {
    for (const uint32_t c : list) bits.Add(c);
  }
  // One more, above all others.
  void Add(uint32_t candidate) {
    list.push_back(candidate);
    bits.Add(candidate);
  }
  bool empty() const { return list.empty(); }
};

// Sets by number, each of them once.
class CandidateSets {
 public:
  // Of `candidates` in all.
  explicit CandidateSets(size_t candidates = 0) : candidates_(candidates) {}

  uint32_t Number(std::vector<uint32_t> list) {
    const auto [found, is_new] = numbers_.try_emplace(list, static_cast<uint32_t>(sets_.size()));
    if (is_new) sets_.emplace_back(std::move(list), candidates_);
    return found->second;
  }
  const CandidateSet& operator[](uint32_t number) const { return sets_[number]; }
  uint32_t size() const { return static_cast<uint32_t>(sets_.size()); }
  size_t candidates() const { return candidates_; }

 private:
  size_t candidates_;
  std::map<std::vector<uint32_t>, uint32_t> numbers_;
  std::vector<CandidateSet> sets_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_CANDIDATE_SET_H_
