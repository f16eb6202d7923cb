#include "service/recommendation_service.h"

#include <utility>
#include <vector>

#include "engine/recommend/estimate.h"
#include "engine/recommend/explain.h"
#include "engine/recommend/recommend.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "service/batch_recommend.h"
#include "service/call_log.h"
#include "service/error_details.h"

namespace myokine {

namespace {

grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context, const CallLog& log, const grpc::Status& status) {
  log.Done(status.error_code());
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

grpc::Status StatusOf(const std::vector<FieldViolation>& violations) {
  return violations.empty() ? grpc::Status::OK : InvalidArgument(kInvalidRequest, violations);
}

}  // namespace

RecommendationServiceImpl::RecommendationServiceImpl(std::shared_ptr<const PackHolder> packs, Clock clock)
    : packs_(std::move(packs)), clock_(clock) {}

grpc::ServerUnaryReactor* RecommendationServiceImpl::Recommend(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  const CallLog log("Recommend");
  grpc::ByteBuffer bytes = *request;  // shares them
  v1::RecommendRequest parsed;
  if (!grpc::SerializationTraits<v1::RecommendRequest>::Deserialize(&bytes, &parsed).ok())
    return Finish(context, log, InvalidArgument(kInvalidRequest, {{"request", kCantBeParsed}}));
  thread_local WireWriter answer;
  answer.Clear();
  const std::vector<FieldViolation> violations = EncodeRecommendation(*packs_->Get(), parsed, clock_(), answer);
  if (violations.empty()) {
    const grpc::Slice slice(answer.bytes().data(), answer.bytes().size());
    *response = grpc::ByteBuffer(&slice, 1);
  }
  return Finish(context, log, StatusOf(violations));
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* RecommendationServiceImpl::BatchRecommend(
    grpc::CallbackServerContext*) {
  return new BatchRecommendReactor(packs_, clock_);  // deletes itself when the stream is done
}

grpc::ServerUnaryReactor* RecommendationServiceImpl::EstimateResponse(grpc::CallbackServerContext* context,
                                                                      const v1::EstimateResponseRequest* request,
                                                                      v1::EstimateResponseResponse* response) {
  const CallLog log("EstimateResponse");
  Estimation made = myokine::EstimateResponse(*packs_->Get(), *request, clock_());
  *response = std::move(made.response);
  return Finish(context, log, StatusOf(made.violations));
}

grpc::ServerUnaryReactor* RecommendationServiceImpl::Explain(grpc::CallbackServerContext* context,
                                                             const v1::ExplainRequest* request,
                                                             v1::ExplainResponse* response) {
  const CallLog log("Explain");
  CandidateExplanation made = ExplainCandidate(*packs_->Get(), *request, clock_());
  *response = std::move(made.response);
  return Finish(context, log, StatusOf(made.violations));
}

}  // namespace myokine
