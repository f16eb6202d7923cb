#include "tests/bench/service_echo.h"

#include "grpcpp/impl/codegen/proto_utils.h"

namespace myokine::bench {

EchoService::EchoService(const std::vector<Call>& calls) {
  for (const Call& call : calls) answers_[call.request_bytes].ParseFromString(call.answer);
}

grpc::ServerUnaryReactor* EchoService::Recommend(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                                 grpc::ByteBuffer* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto found = answers_.find(request->Length());
  if (found == answers_.end()) {
    reactor->Finish(grpc::Status(grpc::StatusCode::NOT_FOUND, "no such call"));
    return reactor;
  }
  bool own_buffer = false;
  grpc::SerializationTraits<v1::RecommendResponse>::Serialize(found->second, response, &own_buffer);
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

}  // namespace myokine::bench
