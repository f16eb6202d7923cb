#include "service/recommendation_service.h"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "myokine/v1/recommendation_service.grpc.pb.h"
#include "service/error_details.h"
#include "tests/service/test_server.h"

namespace myokine {
namespace {

class RecommendationServiceTest : public ::testing::Test {
 protected:
  grpc::Status Call(const v1::RecommendRequest& request, v1::RecommendResponse& response) {
    grpc::ClientContext context;
    SetTestDeadline(context);
    return v1::RecommendationService::NewStub(server_.channel())->Recommend(&context, request, &response);
  }

  TestServer server_;
};

v1::RecommendRequest SomeRequest() {
  v1::RecommendRequest request;
  request.mutable_user()->mutable_profile()->set_age_years(40);
  request.mutable_user()->mutable_today()->set_minutes_available(30);
  request.mutable_user()->mutable_health()->mutable_conditions()->set_complete(true);
  request.mutable_user()->mutable_health()->mutable_symptoms()->set_complete(true);
  request.set_request_id("test-1");
  return request;
}

TEST_F(RecommendationServiceTest, Estimates) {
  v1::EstimateResponseRequest request;
  request.add_bouts()->set_exercise("jogging");
  request.set_courses(true);
  v1::EstimateResponseResponse response;
  grpc::ClientContext context;
  SetTestDeadline(context);
  const auto stub = v1::RecommendationService::NewStub(server_.channel());
  const grpc::Status status = stub->EstimateResponse(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.bouts_size(), 1);
  EXPECT_GE(response.bouts(0).responses_size(), 12);
  EXPECT_EQ(response.pack().digest(), ShippedRuleset()->digest());
}

TEST_F(RecommendationServiceTest, RefusesAnEstimateOfNothing) {
  v1::EstimateResponseResponse response;
  grpc::ClientContext context;
  SetTestDeadline(context);
  const auto stub = v1::RecommendationService::NewStub(server_.channel());
  const grpc::Status status = stub->EstimateResponse(&context, v1::EstimateResponseRequest(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  google::rpc::BadRequest bad_request;
  bool named = false;
  for (const google::protobuf::Any& detail : details.details())
    named |= detail.UnpackTo(&bad_request) && bad_request.field_violations(0).field() == "bouts";
  EXPECT_TRUE(named);
}

TEST_F(RecommendationServiceTest, Explains) {
  v1::ExplainRequest request;
  *request.mutable_user() = SomeRequest().user();
  request.mutable_user()->mutable_today()->mutable_places()->add_items("home");
  request.mutable_user()->mutable_today()->mutable_places()->set_complete(true);
  request.set_candidate("walk_brisk");
  request.set_request_id("why");
  v1::ExplainResponse response;
  grpc::ClientContext context;
  SetTestDeadline(context);
  const auto stub = v1::RecommendationService::NewStub(server_.channel());
  const grpc::Status status = stub->Explain(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.request_id(), "why");
  EXPECT_EQ(response.evaluation_time().seconds(), absl::ToUnixSeconds(TestMoment()));
  EXPECT_EQ(response.pack().digest(), ShippedRuleset()->digest());
  EXPECT_EQ(response.standing(), v1::STANDING_BLOCKED);
  ASSERT_EQ(response.blocking_rules_size(), 1);
  EXPECT_EQ(response.blocking_rules(0), "place-out-of-reach");
  ASSERT_GE(response.changes_size(), 1);
  EXPECT_EQ(response.changes(0).facts(0).fact(), "user.today.places");
}

TEST_F(RecommendationServiceTest, ExplainsNoUnknownCandidate) {
  v1::ExplainRequest request;
  request.set_candidate("walk_brsik");
  v1::ExplainResponse response;
  grpc::ClientContext context;
  SetTestDeadline(context);
  const auto stub = v1::RecommendationService::NewStub(server_.channel());
  const grpc::Status status = stub->Explain(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  google::rpc::BadRequest bad_request;
  bool named = false;
  for (const google::protobuf::Any& detail : details.details()) {
    if (!detail.UnpackTo(&bad_request)) continue;
    ASSERT_EQ(bad_request.field_violations_size(), 1);
    EXPECT_EQ(bad_request.field_violations(0).field(), "candidate");
    EXPECT_NE(bad_request.field_violations(0).description().find("did you mean `walk_brisk`?"), std::string::npos);
    named = true;
  }
  EXPECT_TRUE(named);
}

TEST_F(RecommendationServiceTest, Answers) {
  v1::RecommendResponse response;
  const grpc::Status status = Call(SomeRequest(), response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_NE(response.disposition(), v1::DISPOSITION_UNSPECIFIED);
  EXPECT_FALSE(response.answer_id().empty());
  EXPECT_EQ(response.request_id(), "test-1");
  EXPECT_EQ(response.pack().digest(), ShippedRuleset()->digest());
  EXPECT_FALSE(response.notice().empty());
  EXPECT_LE(response.exercises_size(), 5);
  EXPECT_LE(response.meals_size(), 5);
}

TEST_F(RecommendationServiceTest, ScoresAreSumsOfTheirContributions) {
  v1::RecommendResponse response;
  ASSERT_TRUE(Call(SomeRequest(), response).ok());
  ASSERT_GT(response.exercises_size(), 0);
  for (const auto& list : {response.exercises(), response.meals()}) {
    for (const v1::Suggestion& suggestion : list) {
      int64_t sum = 0;
      for (const v1::Contribution& contribution : suggestion.contributions()) sum += contribution.milli();
      EXPECT_EQ(sum, suggestion.score_milli()) << suggestion.candidate();
    }
  }
}

TEST_F(RecommendationServiceTest, AnswersWhenNothingIsKnown) {
  v1::RecommendResponse response;
  const grpc::Status status = Call(v1::RecommendRequest(), response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_GT(response.exercises_size(), 0);
  EXPECT_GT(response.questions_size(), 0);
}

TEST_F(RecommendationServiceTest, FillsInItsOwnTime) {
  v1::RecommendResponse response;
  ASSERT_TRUE(Call(SomeRequest(), response).ok());
  EXPECT_EQ(response.evaluation_time().seconds(), absl::ToUnixSeconds(TestMoment()));
  EXPECT_EQ(response.time_zone(), "UTC");
}

TEST_F(RecommendationServiceTest, KeepsTheTimeOfTheRequest) {
  v1::RecommendRequest request = SomeRequest();
  request.mutable_user()->mutable_evaluation_time()->set_seconds(1750000000);
  request.mutable_user()->set_time_zone("Asia/Tokyo");
  v1::RecommendResponse response;
  ASSERT_TRUE(Call(request, response).ok());
  EXPECT_EQ(response.evaluation_time().seconds(), 1750000000);
  EXPECT_EQ(response.time_zone(), "Asia/Tokyo");
}

TEST_F(RecommendationServiceTest, NamesEveryInvalidField) {
  v1::RecommendRequest request = SomeRequest();
  request.mutable_user()->mutable_profile()->set_age_years(-1);
  request.mutable_user()->mutable_measurements()->mutable_weight()->set_value(70);
  request.mutable_user()->mutable_measurements()->mutable_weight()->set_unit("furlong");
  v1::RecommendResponse response;
  const grpc::Status status = Call(request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);

  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), 3);
  ASSERT_EQ(details.details_size(), 2);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), kInvalidRequest);
  EXPECT_EQ(info.domain(), kErrorDomain);
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(details.details(1).UnpackTo(&bad_request));
  std::vector<std::string> fields;
  for (const auto& violation : bad_request.field_violations()) {
    fields.push_back(violation.field());
    EXPECT_FALSE(violation.description().empty());
  }
  EXPECT_NE(std::find(fields.begin(), fields.end(), "user.profile.age_years"), fields.end());
  EXPECT_NE(std::find(fields.begin(), fields.end(), "user.measurements.weight.unit"), fields.end());
}

TEST_F(RecommendationServiceTest, ManyViolationsStillArrive) {
  v1::RecommendRequest request;
  for (int i = 0; i < 64; ++i)
    request.mutable_user()->mutable_health()->mutable_conditions()->add_items("no_such_condition_" + std::to_string(i));
  for (int i = 0; i < 64; ++i)
    request.mutable_user()->mutable_health()->mutable_symptoms()->add_items("no_such_symptom_" + std::to_string(i));
  v1::RecommendResponse response;
  const grpc::Status status = Call(request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
  EXPECT_FALSE(status.error_details().empty());
}

TEST_F(RecommendationServiceTest, RefusesRequestsOfMoreThanOneMebibyte) {
  v1::RecommendRequest request;
  request.set_request_id(std::string(kMaxRequestBytes + 1, 'x'));
  v1::RecommendResponse response;
  EXPECT_EQ(Call(request, response).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  ASSERT_TRUE(Call(SomeRequest(), response).ok());
}

TEST_F(RecommendationServiceTest, BytesThatAreNoRequestAreRefused) {
  for (const std::string& text : {std::string("\xFF\xFF\xFF"), std::string("\x1A\x01\xFF", 3)}) {
    grpc::GenericStub stub(server_.channel());
    grpc::ClientContext context;
    SetTestDeadline(context);
    grpc::CompletionQueue queue;
    const grpc::Slice slice(text);
    const auto call = stub.PrepareUnaryCall(&context, "/myokine.v1.RecommendationService/Recommend",
                                            grpc::ByteBuffer(&slice, 1), &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    ASSERT_TRUE(queue.Next(&tag, &ok));
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(status.error_message(), "request: can't be parsed");
  }
}

TEST_F(RecommendationServiceTest, ConcurrentCallsGetTheSameBytes) {
  v1::RecommendResponse expected;
  ASSERT_TRUE(Call(SomeRequest(), expected).ok());
  const std::string bytes = expected.SerializeAsString();
  constexpr int kThreads = 8;
  constexpr int kCalls = 25;
  std::vector<std::string> mistakes(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const auto stub = v1::RecommendationService::NewStub(server_.NewChannel());
      for (int call = 0; call < kCalls; ++call) {
        grpc::ClientContext context;
        SetTestDeadline(context);
        context.set_wait_for_ready(true);  // eight connections at once: one may need a second try
        v1::RecommendResponse response;
        const grpc::Status status = stub->Recommend(&context, SomeRequest(), &response);
        if (!status.ok()) mistakes[static_cast<size_t>(i)] = status.error_message();
        if (status.ok() && response.SerializeAsString() != bytes) mistakes[static_cast<size_t>(i)] = "other bytes";
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& mistake : mistakes) EXPECT_EQ(mistake, "");
}

}  // namespace
}  // namespace myokine
