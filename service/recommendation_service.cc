#include "service/recommendation_service.h"

#include <utility>

#include "engine/recommend/estimate.h"
#include "engine/recommend/explain.h"
#include "engine/recommend/recommend.h"
#include "service/batch_recommend.h"
#include "service/call_log.h"
#include "service/error_details.h"

namespace myokine {

namespace {

// Hands over what the engine made of a request.
template <typename Made, typename Response>
grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context, CallLog& log, Made made, Response& response) {
  grpc::Status status;
  if (made.violations.empty()) {
    response = std::move(made.response);
  } else {
    status = InvalidArgument(kInvalidRequest, made.violations);
  }
  log.Done(status.error_code());
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

}  // namespace

RecommendationServiceImpl::RecommendationServiceImpl(std::shared_ptr<const PackHolder> packs, Clock clock)
    : packs_(std::move(packs)), clock_(clock) {}

grpc::ServerUnaryReactor* RecommendationServiceImpl::Recommend(grpc::CallbackServerContext* context,
                                                               const v1::RecommendRequest* request,
                                                               v1::RecommendResponse* response) {
  CallLog log("Recommend");
  return Finish(context, log, myokine::Recommend(*packs_->Get(), *request, clock_()), *response);
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* RecommendationServiceImpl::BatchRecommend(
    grpc::CallbackServerContext*) {
  return new BatchRecommendReactor(packs_, clock_);  // deletes itself when the stream is done
}

grpc::ServerUnaryReactor* RecommendationServiceImpl::EstimateResponse(grpc::CallbackServerContext* context,
                                                                      const v1::EstimateResponseRequest* request,
                                                                      v1::EstimateResponseResponse* response) {
  CallLog log("EstimateResponse");
  return Finish(context, log, myokine::EstimateResponse(*packs_->Get(), *request, clock_()), *response);
}

grpc::ServerUnaryReactor* RecommendationServiceImpl::Explain(grpc::CallbackServerContext* context,
                                                             const v1::ExplainRequest* request,
                                                             v1::ExplainResponse* response) {
  CallLog log("Explain");
  return Finish(context, log, ExplainCandidate(*packs_->Get(), *request, clock_()), *response);
}

}  // namespace myokine
