// Latencies of any number of calls in a fixed space.
#ifndef MYOKINE_TESTS_BENCH_LATENCY_HISTOGRAM_H_
#define MYOKINE_TESTS_BENCH_LATENCY_HISTOGRAM_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace myokine::bench {

// Counts by buckets that are at most 1/64 of their value wide; nanoseconds up to about 18 minutes, longer ones count as
// that. It does not grow, so that a soak can measure the memory of the server beside it.
class LatencyHistogram {
 public:
  void Add(int64_t nanoseconds) {
    ++counts_[BucketOf(static_cast<uint64_t>(std::clamp<int64_t>(nanoseconds, 0, (int64_t{1} << kBits) - 1)))];
    ++count_;
  }

  void Merge(const LatencyHistogram& other) {
    for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
  }

  int64_t count() const { return count_; }

  // The milliseconds within which `share` of the calls, above 0 and at most 1, were answered: the upper end of the
  // bucket. 0 without calls.
  double Milliseconds(double share) const {
    const auto wanted = static_cast<int64_t>(std::ceil(share * static_cast<double>(count_)));
    int64_t seen = 0;
    for (size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen >= wanted && seen > 0) return static_cast<double>(UpperEnd(i)) / 1e6;
    }
    return 0;
  }

 private:
  static constexpr int kBits = 40;
  static constexpr size_t kPerOctave = 64;

  // The seven leading bits tell the bucket: 0 to 127 have one each, then each octave has 64.
  static size_t BucketOf(uint64_t value) {
    const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - 7);
    return kPerOctave * static_cast<size_t>(shift) + static_cast<size_t>(value >> shift);
  }
  static uint64_t UpperEnd(size_t bucket) {
    if (bucket < 2 * kPerOctave) return bucket;
    const size_t shift = bucket / kPerOctave - 1;
    return ((uint64_t{bucket} - kPerOctave * shift + 1) << shift) - 1;
  }

  std::array<int64_t, kPerOctave*(kBits - 7) + 2 * kPerOctave> counts_{};
  int64_t count_ = 0;
};

}  // namespace myokine::bench

#endif  // MYOKINE_TESTS_BENCH_LATENCY_HISTOGRAM_H_
