#include "tests/bench/service_echo.h"

#include "grpcpp/support/slice.h"

namespace myokine::bench {

EchoService::EchoService(const std::vector<Call>& calls) {
  for (const Call& call : calls) {
    const grpc::Slice slice(call.answer);
    answers_.emplace(call.request_bytes, grpc::ByteBuffer(&slice, 1));
  }
}

grpc::ServerUnaryReactor* EchoService::Recommend(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                                 grpc::ByteBuffer* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto found = answers_.find(request->Length());
  if (found == answers_.end()) {
    reactor->Finish(grpc::Status(grpc::StatusCode::NOT_FOUND, "no such call"));
    return reactor;
  }
  *response = found->second;  // shares the bytes
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

}  // namespace myokine::bench
