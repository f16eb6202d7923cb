// The stream behind BatchRecommend.
#ifndef MYOKINE_SERVICE_BATCH_RECOMMEND_H_
#define MYOKINE_SERVICE_BATCH_RECOMMEND_H_

#include <memory>

#include "engine/ruleset/wire_writer.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "myokine/v1/recommendation_service.pb.h"
#include "service/call_log.h"
#include "service/clock.h"
#include "service/pack_holder.h"

namespace myokine {

// Reads a request, answers it, and reads on when the answer was taken: never more than one of each is held. Works on
// bytes, since gRPC reports a message that can't be parsed as the end of the stream. Lives until the stream is done, on
// gRPC's own threads.
class BatchRecommendReactor final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  BatchRecommendReactor(std::shared_ptr<const PackHolder> packs, Clock clock);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone() override;

 private:
  // Writes what comes of the bytes of a request: a BatchRecommendResponse.
  void Answer(grpc::ByteBuffer& bytes, WireWriter& out) const;
  void End(const grpc::Status& status);

  const std::shared_ptr<const PackHolder> packs_;
  const Clock clock_;
  const CallLog log_{"BatchRecommend"};
  grpc::StatusCode code_ = grpc::StatusCode::OK;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace myokine

#endif  // MYOKINE_SERVICE_BATCH_RECOMMEND_H_
