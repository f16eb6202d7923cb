#include "service/recommendation_service.h"

#include <utility>

#include "engine/recommend/recommend.h"
#include "service/call_log.h"
#include "service/error_details.h"

namespace myokine {

RecommendationServiceImpl::RecommendationServiceImpl(std::shared_ptr<const PackHolder> packs, Clock clock)
    : packs_(std::move(packs)), clock_(clock) {}

grpc::ServerUnaryReactor* RecommendationServiceImpl::Recommend(grpc::CallbackServerContext* context,
                                                               const v1::RecommendRequest* request,
                                                               v1::RecommendResponse* response) {
  CallLog log("Recommend");
  Recommendation recommendation = myokine::Recommend(*packs_->Get(), *request, clock_());
  grpc::Status status;
  if (recommendation.violations.empty()) {
    *response = std::move(recommendation.response);
  } else {
    status = InvalidArgument(kInvalidRequest, recommendation.violations);
  }
  log.Done(status.error_code());
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

}  // namespace myokine
