#include "clients/cli/answer_client.h"

#include <chrono>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "myokine/v1/recommendation_service.grpc.pb.h"

namespace myokine::cli {
namespace {

// Name of a gRPC status code, for people who look it up.
std::string NameOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::CANCELLED: return "CANCELLED";
    case grpc::StatusCode::DEADLINE_EXCEEDED: return "DEADLINE_EXCEEDED";
    case grpc::StatusCode::INVALID_ARGUMENT: return "INVALID_ARGUMENT";
    case grpc::StatusCode::INTERNAL: return "INTERNAL";
    case grpc::StatusCode::PERMISSION_DENIED: return "PERMISSION_DENIED";
    case grpc::StatusCode::RESOURCE_EXHAUSTED: return "RESOURCE_EXHAUSTED";
    case grpc::StatusCode::UNAUTHENTICATED: return "UNAUTHENTICATED";
    case grpc::StatusCode::UNAVAILABLE: return "UNAVAILABLE";
    case grpc::StatusCode::UNIMPLEMENTED: return "UNIMPLEMENTED";
    default: return absl::StrCat("gRPC code ", static_cast<int>(code));
  }
}

google::rpc::BadRequest BadRequestOf(const grpc::Status& status) {
  google::rpc::BadRequest bad_request;
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return bad_request;
  for (const google::protobuf::Any& detail : details.details()) {
    if (detail.UnpackTo(&bad_request)) break;
  }
  return bad_request;
}

void Explain(const std::string& address, absl::Duration deadline, const grpc::Status& status, CallResult& result) {
  using Outcome = CallResult::Outcome;
  switch (status.error_code()) {
    case grpc::StatusCode::OK: result.outcome = Outcome::kAnswered; return;
    case grpc::StatusCode::INVALID_ARGUMENT:
      result.outcome = Outcome::kRefused;
      result.bad_request = BadRequestOf(status);
      result.message = status.error_message();
      return;
    case grpc::StatusCode::UNAVAILABLE:
      result.outcome = Outcome::kUnreachable;
      result.message = absl::StrCat("no server answers at ", address);
      if (IsThisMachine(address)) absl::StrAppend(&result.message, "; start one with: myokined --address ", address);
      return;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      result.outcome = Outcome::kUnreachable;
      result.message =
          absl::StrCat("the server at ", address, " did not answer within ", absl::FormatDuration(deadline));
      return;
    case grpc::StatusCode::UNIMPLEMENTED:
      result.message =
          absl::StrCat("the server at ", address, " does not offer myokine.v1.RecommendationService (UNIMPLEMENTED)");
      return;
    default:
      result.message = absl::StrCat("the server at ", address, " failed: ", NameOf(status.error_code()), ": ",
                                    status.error_message());
      return;
  }
}

template <typename Request, typename Response>
using Method = grpc::Status (v1::RecommendationService::Stub::*)(grpc::ClientContext*, const Request&, Response*);

template <typename Request, typename Response>
CallResult Call(const std::string& address, Method<Request, Response> method, const Request& request,
                absl::Duration deadline, Response& response) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  const auto stub = v1::RecommendationService::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(deadline));
  CallResult result;
  Explain(address, deadline, (stub.get()->*method)(&context, request, &response), result);
  return result;
}

}  // namespace

CallResult CallRecommend(const std::string& address, const v1::RecommendRequest& request, absl::Duration deadline,
                         v1::RecommendResponse& response) {
  return Call(address, &v1::RecommendationService::Stub::Recommend, request, deadline, response);
}

CallResult CallEstimateResponse(const std::string& address, const v1::EstimateResponseRequest& request,
                                absl::Duration deadline, v1::EstimateResponseResponse& response) {
  return Call(address, &v1::RecommendationService::Stub::EstimateResponse, request, deadline, response);
}

CallResult CallExplain(const std::string& address, const v1::ExplainRequest& request, absl::Duration deadline,
                       v1::ExplainResponse& response) {
  return Call(address, &v1::RecommendationService::Stub::Explain, request, deadline, response);
}

bool IsThisMachine(const std::string& address) {
  return absl::StartsWith(address, "127.") || absl::StartsWith(address, "[::1]:") ||
         absl::StartsWith(address, "localhost:");
}

}  // namespace myokine::cli
