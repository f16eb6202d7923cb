// The gRPC face of the engine: decode, call, encode.
#ifndef MYOKINE_SERVICE_RECOMMENDATION_SERVICE_H_
#define MYOKINE_SERVICE_RECOMMENDATION_SERVICE_H_

#include <memory>

#include "absl/time/clock.h"
#include "myokine/v1/recommendation_service.grpc.pb.h"
#include "service/clock.h"
#include "service/pack_holder.h"

namespace myokine {

// What the engine encodes itself works on bytes, the other calls on messages.
using RecommendationServiceBase = v1::RecommendationService::WithRawCallbackMethod_Recommend<
    v1::RecommendationService::WithRawCallbackMethod_BatchRecommend<
        v1::RecommendationService::WithCallbackMethod_EstimateResponse<
            v1::RecommendationService::WithCallbackMethod_Explain<v1::RecommendationService::Service>>>>;

// Answers on gRPC's own threads; nothing blocks. Threads may share it.
class RecommendationServiceImpl final : public RecommendationServiceBase {
 public:
  // `clock` serves the requests that state no evaluation time.
  explicit RecommendationServiceImpl(std::shared_ptr<const PackHolder> packs, Clock clock = &absl::Now);

  // Errors: INVALID_ARGUMENT with ErrorInfo `INVALID_REQUEST` and a BadRequest that names each field.
  grpc::ServerUnaryReactor* Recommend(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* BatchRecommend(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* EstimateResponse(grpc::CallbackServerContext* context,
                                             const v1::EstimateResponseRequest* request,
                                             v1::EstimateResponseResponse* response) override;
  grpc::ServerUnaryReactor* Explain(grpc::CallbackServerContext* context, const v1::ExplainRequest* request,
                                    v1::ExplainResponse* response) override;

 private:
  const std::shared_ptr<const PackHolder> packs_;
  const Clock clock_;
};

}  // namespace myokine

#endif  // MYOKINE_SERVICE_RECOMMENDATION_SERVICE_H_
