// Clients that drive a server over gRPC and check every answer.
#ifndef MYOKINE_TESTS_BENCH_SERVICE_LOAD_H_
#define MYOKINE_TESTS_BENCH_SERVICE_LOAD_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/support/byte_buffer.h"
#include "tests/bench/latency_histogram.h"
#include "tests/bench/sample_people.h"

namespace myokine::bench {

// One call, encoded once so that clients cost little: a request to RecommendationService.Recommend, and the very bytes
// of its answer.
struct Call {
  std::string name;  // of the sample person
  grpc::ByteBuffer request;
  size_t request_bytes = 0;
  std::string answer;
};

// What came of driving a server for a while.
struct Load {
  double seconds = 0;
  LatencyHistogram latencies;  // from sending a request to having its answer
  std::string failure;         // the first failed call, or wrong answer; empty when there was none

  int64_t requests() const { return latencies.count(); }
  double per_second() const { return seconds > 0 ? static_cast<double>(requests()) / seconds : 0; }
  void Merge(const Load& other);
};

// A fixed number of clients of one server, each with a connection and a thread of its own and one call at a time.
class Clients {
 public:
  Clients(const std::string& address, int count);
  ~Clients();

  // Asks the server once for each person, with a request whose length no other has.
  // Errors: kInternal when a call fails, or its answer has no disposition.
  absl::StatusOr<std::vector<Call>> Learn(const std::vector<SamplePerson>& people);

  // Makes the calls in turn, each client at its own place in the list, and compares each answer with the one wanted. At
  // `per_second` calls of all clients together; 0: each as soon as its last one is answered. A client that is late
  // makes up for at most a second. Ends early at the first failure.
  Load Drive(const std::vector<Call>& calls, absl::Duration how_long, double per_second = 0);

 private:
  class Client;
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace myokine::bench

#endif  // MYOKINE_TESTS_BENCH_SERVICE_LOAD_H_
