#include "service/server.h"

#include <future>
#include <string>
#include <thread>

#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "gtest/gtest.h"
#include "myokine/v1/recommendation_service.grpc.pb.h"
#include "tests/service/test_server.h"

namespace myokine {
namespace {

using HealthResponse = grpc::health::v1::HealthCheckResponse;

// What the health service says of `service`, or the status of the call that asked.
std::string HealthOf(const std::shared_ptr<grpc::Channel>& channel, const std::string& service) {
  grpc::ClientContext context;
  SetTestDeadline(context);
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(service);
  HealthResponse response;
  const grpc::Status status = grpc::health::v1::Health::NewStub(channel)->Check(&context, request, &response);
  return status.ok() ? HealthResponse::ServingStatus_Name(response.status())
                     : "code " + std::to_string(status.error_code());
}

// What reflection (v1alpha) answers to a request in wire format, in wire format; the status code when it fails. By
// hand, since its proto is not packaged.
std::string Reflect(const std::shared_ptr<grpc::Channel>& channel, const std::string& request) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  SetTestDeadline(context);
  int step = 0;
  const auto wait = [&] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && tag == &step && ok;
  };
  const auto call =
      stub.PrepareCall(&context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
  call->StartCall(&step);
  bool goes_on = wait();
  const grpc::Slice slice(request);
  if (goes_on) {
    call->Write(grpc::ByteBuffer(&slice, 1), &step);
    goes_on = wait();
  }
  grpc::ByteBuffer reply;
  if (goes_on) {
    call->Read(&reply, &step);
    goes_on = wait();
  }
  std::string text;
  if (goes_on) {
    grpc::Slice all;
    if (reply.DumpToSingleSlice(&all).ok()) text.assign(reinterpret_cast<const char*>(all.begin()), all.size());
    call->WritesDone(&step);
    wait();
  }
  grpc::Status status;
  call->Finish(&status, &step);
  wait();
  queue.Shutdown();
  return status.ok() ? text : "code " + std::to_string(status.error_code());
}

constexpr char kListServices[] = "\x3a\x01*";                    // field 7: list_services
constexpr char kHealthFile[] = "\x22\x15grpc.health.v1.Health";  // field 4: file_containing_symbol
constexpr char kRecommendFile[] = "\x22\x20myokine.v1.RecommendationService";

TEST(Server, TellsThePortThatItGot) {
  TestServer one;
  TestServer other;
  EXPECT_GT(one.server().address().port, 0);
  EXPECT_NE(one.server().address().port, other.server().address().port);
}

TEST(Server, SaysThatAPortIsInUse) {
  TestServer first;
  Server::Options options;
  options.address = first.server().address();
  const absl::StatusOr<std::unique_ptr<Server>> second =
      Server::Start(options, std::make_shared<PackHolder>(ShippedRuleset()));
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  const std::string message(second.status().message());
  EXPECT_NE(message.find(ToString(options.address)), std::string::npos) << message;
  EXPECT_NE(message.find("in use"), std::string::npos) << message;
  EXPECT_EQ(HealthOf(first.channel(), ""), "SERVING");
}

TEST(Server, IsHealthyByService) {
  TestServer server;
  EXPECT_EQ(HealthOf(server.channel(), ""), "SERVING");
  EXPECT_EQ(HealthOf(server.channel(), "myokine.v1.RecommendationService"), "SERVING");
  EXPECT_EQ(HealthOf(server.channel(), "myokine.v1.CatalogService"), "SERVING");
  EXPECT_EQ(HealthOf(server.channel(), "myokine.v1.NoSuchService"), "code 5");
}

TEST(Server, DescribesItselfAndTheHealthService) {
  TestServer server;
  const std::string services = Reflect(server.channel(), kListServices);
  for (const char* name : {"myokine.v1.RecommendationService", "myokine.v1.CatalogService", "grpc.health.v1.Health"}) {
    EXPECT_NE(services.find(name), std::string::npos) << name;
  }
  EXPECT_NE(Reflect(server.channel(), kHealthFile).find("HealthCheckRequest"), std::string::npos);
  EXPECT_NE(Reflect(server.channel(), kRecommendFile).find("RecommendRequest"), std::string::npos);
}

TEST(Server, CanKeepItsDescriptionToItself) {
  TestServer server(/*reflection=*/false);
  EXPECT_EQ(Reflect(server.channel(), kListServices), "code 12");
  EXPECT_EQ(HealthOf(server.channel(), ""), "SERVING");
}

TEST(Server, TellsWatchersBeforeItStops) {
  TestServer server;
  grpc::ClientContext context;
  SetTestDeadline(context);
  const auto watch =
      grpc::health::v1::Health::NewStub(server.channel())->Watch(&context, grpc::health::v1::HealthCheckRequest());
  HealthResponse health;
  ASSERT_TRUE(watch->Read(&health));
  EXPECT_EQ(health.status(), HealthResponse::SERVING);

  std::thread stop([&] { server.server().Shutdown(absl::Seconds(1)); });
  EXPECT_TRUE(watch->Read(&health));
  EXPECT_EQ(health.status(), HealthResponse::NOT_SERVING);
  EXPECT_FALSE(watch->Read(&health));
  watch->Finish();
  stop.join();
}

TEST(Server, AnswersNoMoreAfterShutdown) {
  TestServer server;
  ASSERT_EQ(HealthOf(server.channel(), ""), "SERVING");
  server.server().Shutdown(absl::Seconds(1));
  server.server().Shutdown(absl::Seconds(1));
  EXPECT_EQ(HealthOf(server.NewChannel(), ""), "code 14");
}

TEST(Server, FinishesCallsUnderWay) {
  TestServer server;
  const auto stub = v1::RecommendationService::NewStub(server.channel());
  // Callers that go on until the server is gone: each call is answered whole, or refused as unavailable, never cut in
  // two.
  std::vector<std::future<int>> callers;
  for (int i = 0; i < 4; ++i) {
    callers.push_back(std::async(std::launch::async, [&] {
      for (;;) {
        grpc::ClientContext context;
        SetTestDeadline(context);
        v1::RecommendResponse response;
        const grpc::Status status = stub->Recommend(&context, v1::RecommendRequest(), &response);
        if (!status.ok()) return static_cast<int>(status.error_code());
        if (response.disposition() == v1::DISPOSITION_UNSPECIFIED) return -1;
      }
    }));
  }
  grpc::ClientContext context;
  SetTestDeadline(context);
  v1::RecommendResponse response;
  ASSERT_TRUE(stub->Recommend(&context, v1::RecommendRequest(), &response).ok());
  server.server().Shutdown(absl::Seconds(5));
  for (std::future<int>& caller : callers) {
    const int code = caller.get();
    EXPECT_TRUE(code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::CANCELLED) << code;
  }
}

}  // namespace
}  // namespace myokine
