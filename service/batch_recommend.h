// The stream behind BatchRecommend.
#ifndef MYOKINE_SERVICE_BATCH_RECOMMEND_H_
#define MYOKINE_SERVICE_BATCH_RECOMMEND_H_

#include <memory>

#include "myokine/v1/recommendation_service.grpc.pb.h"
#include "service/call_log.h"
#include "service/clock.h"
#include "service/pack_holder.h"

namespace myokine {

// Reads a request, answers it, and reads on when the answer was taken: never more than one of each is held. Lives until
// the stream is done, on gRPC's own threads.
class BatchRecommendReactor final
    : public grpc::ServerBidiReactor<v1::BatchRecommendRequest, v1::BatchRecommendResponse> {
 public:
  BatchRecommendReactor(std::shared_ptr<const PackHolder> packs, Clock clock);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone() override;

 private:
  void Answer();
  void End(const grpc::Status& status);

  const std::shared_ptr<const PackHolder> packs_;
  const Clock clock_;
  const CallLog log_{"BatchRecommend"};
  grpc::StatusCode code_ = grpc::StatusCode::OK;
  v1::BatchRecommendRequest request_;
  v1::BatchRecommendResponse response_;
};

}  // namespace myokine

#endif  // MYOKINE_SERVICE_BATCH_RECOMMEND_H_
