// The floor to measure against: gRPC alone, with answers of the same sizes.
#ifndef MYOKINE_TESTS_BENCH_SERVICE_ECHO_H_
#define MYOKINE_TESTS_BENCH_SERVICE_ECHO_H_

#include <cstddef>
#include <map>
#include <vector>

#include "grpcpp/support/byte_buffer.h"
#include "myokine/v1/recommendation_service.grpc.pb.h"
#include "tests/bench/service_load.h"

namespace myokine::bench {

// Takes the same calls as the real service, over the same callback API, but neither decodes the request nor makes an
// answer: it serializes the message that the real service gave. Threads may share it.
class EchoService final
    : public v1::RecommendationService::WithRawCallbackMethod_Recommend<v1::RecommendationService::Service> {
 public:
  // The length of a request tells which of `calls` it is.
  explicit EchoService(const std::vector<Call>& calls);

  // Errors: NOT_FOUND for a request that is none of the calls.
  grpc::ServerUnaryReactor* Recommend(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;

 private:
  std::map<size_t, v1::RecommendResponse> answers_;
};

}  // namespace myokine::bench

#endif  // MYOKINE_TESTS_BENCH_SERVICE_ECHO_H_
