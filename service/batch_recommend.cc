#include "service/batch_recommend.h"

#include <utility>
#include <vector>

#include "engine/recommend/recommend.h"
#include "engine/recommend/request_checks.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "service/error_details.h"

namespace myokine {

BatchRecommendReactor::BatchRecommendReactor(std::shared_ptr<const PackHolder> packs, Clock clock)
    : packs_(std::move(packs)), clock_(clock) {
  StartRead(&request_);
}

void BatchRecommendReactor::OnReadDone(bool ok) {
  if (!ok) {  // the caller has no more, or is gone
    End(grpc::Status::OK);
    return;
  }
  response_.Clear();
  bool own_buffer = false;
  const grpc::Status status =
      grpc::SerializationTraits<v1::BatchRecommendResponse>::Serialize(Answer(request_), &response_, &own_buffer);
  if (!status.ok()) {
    End(status);
    return;
  }
  StartWrite(&response_);
}

void BatchRecommendReactor::OnWriteDone(bool ok) {
  if (!ok) {
    End(grpc::Status::CANCELLED);
    return;
  }
  StartRead(&request_);
}

void BatchRecommendReactor::OnDone() {
  log_.Done(code_);
  delete this;
}

void BatchRecommendReactor::End(const grpc::Status& status) {
  code_ = status.error_code();
  Finish(status);
}

v1::BatchRecommendResponse BatchRecommendReactor::Answer(grpc::ByteBuffer& bytes) const {
  v1::BatchRecommendResponse response;
  std::vector<FieldViolation> violations;
  v1::BatchRecommendRequest item;
  if (!grpc::SerializationTraits<v1::BatchRecommendRequest>::Deserialize(&bytes, &item).ok()) {
    violations.push_back({"request", "can't be parsed"});
  } else if (!item.has_request()) {
    violations.push_back({"request", "is required"});
  } else {
    if (item.request().request_id().size() <= kMaxRequestIdBytes) response.set_request_id(item.request().request_id());
    Recommendation made = Recommend(*packs_->Get(), item.request(), clock_());
    violations = std::move(made.violations);
    if (violations.empty()) *response.mutable_response() = std::move(made.response);
  }
  if (!violations.empty())
    response.mutable_error()->ParseFromString(InvalidArgument(kInvalidRequest, violations).error_details());
  return response;
}

}  // namespace myokine
