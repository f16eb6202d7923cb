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
  thread_local WireWriter answer;
  answer.Clear();
  Answer(request_, answer);
  const grpc::Slice slice(answer.bytes().data(), answer.bytes().size());
  response_ = grpc::ByteBuffer(&slice, 1);
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

void BatchRecommendReactor::Answer(grpc::ByteBuffer& bytes, WireWriter& out) const {
  using Response = v1::BatchRecommendResponse;
  std::vector<FieldViolation> violations;
  v1::BatchRecommendRequest item;
  if (!grpc::SerializationTraits<v1::BatchRecommendRequest>::Deserialize(&bytes, &item).ok()) {
    violations.push_back({"request", kCantBeParsed});
  } else if (!item.has_request()) {
    violations.push_back({"request", "is required"});
  } else {
    if (item.request().request_id().size() <= kMaxRequestIdBytes)
      out.Text(Response::kRequestIdFieldNumber, item.request().request_id());
    WireWriter answer;
    violations = EncodeRecommendation(*packs_->Get(), item.request(), clock_(), answer);
    if (violations.empty()) out.Bytes(Response::kResponseFieldNumber, answer.bytes());
  }
  if (!violations.empty())
    out.Bytes(Response::kErrorFieldNumber, InvalidArgument(kInvalidRequest, violations).error_details());
}

}  // namespace myokine
