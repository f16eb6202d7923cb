#include "tests/bench/service_soak.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace myokine::bench {
namespace {

// Parts of a soak, and how many at each end are compared: p99 of a short while says little on a busy machine. Memory
// has until the end of the first ones to settle.
constexpr int kParts = 10;
constexpr int kEndParts = 3;

// Resident memory of this process, MiB; 0 where /proc does not tell.
double ResidentMib() {
  std::ifstream in("/proc/self/statm");
  long whole = 0, resident = 0;
  if (!(in >> whole >> resident)) return 0;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

std::string Judge(double first_p99, double last_p99, double settled_mib, double end_mib) {
  if (end_mib > settled_mib * (1 + kMostGrowth)) {
    return absl::StrFormat("memory grew from %.1f to %.1f MiB, by more than %.0f %%", settled_mib, end_mib,
                           kMostGrowth * 100);
  }
  if (last_p99 > first_p99 * kMostSlowdown) {
    return absl::StrFormat("p99 rose from %.3f to %.3f ms, to more than %.0f times", first_p99, last_p99,
                           kMostSlowdown);
  }
  return "";
}

}  // namespace

std::string Soak(Clients& clients, const std::vector<Call>& calls, absl::Duration how_long, std::ostream& out) {
  // First as fast as it goes, once to warm up and once to measure.
  const absl::Duration warm_up = std::clamp(how_long / 10, absl::Seconds(2), absl::Seconds(20));
  Load load = clients.Drive(calls, warm_up);
  if (load.failure.empty()) load = clients.Drive(calls, warm_up);
  if (!load.failure.empty()) return load.failure;
  const double rate = kSoakShare * load.per_second();
  if (rate <= 0) return "no call was answered";
  out << absl::StrFormat("capacity %.0f requests/s; driving at %.0f for %s", load.per_second(), rate,
                         absl::FormatDuration(how_long))
      << std::endl;

  const double start_mib = ResidentMib();
  double settled_mib = start_mib;
  Load first, last;
  int64_t requests = 0;
  for (int part = 1; part <= kParts; ++part) {
    load = clients.Drive(calls, how_long / kParts, rate);
    requests += load.requests();
    if (!load.failure.empty()) return absl::StrCat("after ", requests, " requests: ", load.failure);
    if (load.requests() == 0) return "no call was answered";
    if (part <= kEndParts) first.Merge(load);
    if (part == kEndParts) settled_mib = ResidentMib();
    if (part > kParts - kEndParts) last.Merge(load);
    out << absl::StrFormat("part %2d of %d  %8.0f requests/s  p50 %8.3f ms  p99 %8.3f ms  memory %7.1f MiB", part,
                           kParts, load.per_second(), load.latencies.Milliseconds(0.5),
                           load.latencies.Milliseconds(0.99), ResidentMib())
        << std::endl;
  }
  const double end_mib = ResidentMib();
  const double first_p99 = first.latencies.Milliseconds(0.99);
  const double last_p99 = last.latencies.Milliseconds(0.99);
  out << absl::StrFormat("%d requests, each answered as before", requests) << std::endl;
  out << absl::StrFormat("memory %.1f MiB at the start, %.1f after part %d, %.1f at the end: %+.1f %% since part %d",
                         start_mib, settled_mib, kEndParts, end_mib,
                         settled_mib > 0 ? (end_mib / settled_mib - 1) * 100 : 0.0, kEndParts)
      << std::endl;
  out << absl::StrFormat("p99 %.3f ms in the first %d parts, %.3f in the last", first_p99, kEndParts, last_p99)
      << std::endl;
  return Judge(first_p99, last_p99, settled_mib, end_mib);
}

}  // namespace myokine::bench
