#include "service/batch_recommend.h"

#include <utility>

#include "engine/recommend/recommend.h"
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
  Answer();
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

void BatchRecommendReactor::Answer() {
  response_.Clear();
  response_.set_request_id(request_.request().request_id());
  Recommendation made = Recommend(*packs_->Get(), request_.request(), clock_());
  if (made.violations.empty()) {
    *response_.mutable_response() = std::move(made.response);
  } else {
    const grpc::Status status = InvalidArgument(kInvalidRequest, made.violations);
    response_.mutable_error()->ParseFromString(status.error_details());
  }
}

}  // namespace myokine
