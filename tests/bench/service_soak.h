// The server under load for long: does it stay right, quick and as small as it was?
#ifndef MYOKINE_TESTS_BENCH_SERVICE_SOAK_H_
#define MYOKINE_TESTS_BENCH_SERVICE_SOAK_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/bench/service_load.h"

namespace myokine::bench {

// Share of the capacity measured first that a soak drives the server at.
inline constexpr double kSoakShare = 0.8;
// Most growth of the process's resident memory from the end of the third part to the end. Until then it still settles:
// glibc's arenas grow for about the first 100,000 calls, while the bytes in use stay the same.
inline constexpr double kMostGrowth = 0.10;
// Most times that the p99 of the last three parts may be that of the first three.
inline constexpr double kMostSlowdown = 2.0;

// Measures what the server can do, which warms it up too, then makes `calls` in turn at kSoakShare of that for
// `how_long`, in ten parts, with a line about each on `out`. Every answer must be the one learned before. Returns why
// it fell short; empty: it did not.
std::string Soak(Clients& clients, const std::vector<Call>& calls, absl::Duration how_long, std::ostream& out);

}  // namespace myokine::bench

#endif  // MYOKINE_TESTS_BENCH_SERVICE_SOAK_H_
