#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "google/rpc/error_details.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "myokine/v1/recommendation_service.grpc.pb.h"
#include "tests/service/test_server.h"

namespace myokine {
namespace {

v1::BatchRecommendRequest Item(int number) {
  v1::BatchRecommendRequest item;
  v1::RecommendRequest& request = *item.mutable_request();
  request.set_request_id("item-" + std::to_string(number));
  request.mutable_user()->mutable_profile()->set_age_years(20 + number % 60);
  request.mutable_options()->set_exercise_count(1);
  request.mutable_options()->set_meal_count(1);
  return item;
}

// How often the server has asked for the time: once per request that it answers.
std::atomic<int> answered = 0;
absl::Time CountingClock() {
  ++answered;
  return TestMoment();
}

class BatchRecommendTest : public ::testing::Test {
 protected:
  BatchRecommendTest() : stub_(v1::RecommendationService::NewStub(server_.channel())) { SetTestDeadline(context_); }

  TestServer server_{/*reflection=*/true, &CountingClock};
  std::unique_ptr<v1::RecommendationService::Stub> stub_;
  grpc::ClientContext context_;
};

TEST_F(BatchRecommendTest, AnswersInTheOrderOfTheRequests) {
  constexpr int kItems = 1000;
  const auto stream = stub_->BatchRecommend(&context_);
  std::thread writer([&] {
    for (int i = 0; i < kItems; ++i) ASSERT_TRUE(stream->Write(Item(i)));
    stream->WritesDone();
  });
  v1::BatchRecommendResponse response;
  int read = 0;
  while (stream->Read(&response)) {
    ASSERT_EQ(response.request_id(), "item-" + std::to_string(read));
    ASSERT_TRUE(response.has_response());
    ASSERT_EQ(response.response().request_id(), response.request_id());
    ++read;
  }
  writer.join();
  EXPECT_EQ(read, kItems);
  EXPECT_TRUE(stream->Finish().ok());
}

// The same answer as by itself.
TEST_F(BatchRecommendTest, AnswersAsRecommendDoes) {
  v1::RecommendResponse alone;
  grpc::ClientContext context;
  SetTestDeadline(context);
  ASSERT_TRUE(stub_->Recommend(&context, Item(7).request(), &alone).ok());
  const auto stream = stub_->BatchRecommend(&context_);
  ASSERT_TRUE(stream->Write(Item(7)));
  v1::BatchRecommendResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.response().SerializeAsString(), alone.SerializeAsString());
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(BatchRecommendTest, ARefusedItemLeavesTheOthersAlone) {
  const auto stream = stub_->BatchRecommend(&context_);
  v1::BatchRecommendRequest wrong = Item(1);
  wrong.mutable_request()->mutable_user()->mutable_profile()->set_age_years(-5);
  for (const v1::BatchRecommendRequest& item : {Item(0), wrong, Item(2)}) ASSERT_TRUE(stream->Write(item));
  stream->WritesDone();
  v1::BatchRecommendResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.has_response());
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.request_id(), "item-1");
  ASSERT_TRUE(response.has_error());
  EXPECT_EQ(response.error().code(), grpc::StatusCode::INVALID_ARGUMENT);
  google::rpc::BadRequest bad_request;
  ASSERT_EQ(response.error().details_size(), 2);
  ASSERT_TRUE(response.error().details(1).UnpackTo(&bad_request));
  EXPECT_EQ(bad_request.field_violations(0).field(), "user.profile.age_years");
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.request_id(), "item-2");
  EXPECT_TRUE(response.has_response());
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

// The first violation of an item's error.
std::string Violation(const v1::BatchRecommendResponse& response) {
  google::rpc::BadRequest bad_request;
  if (response.error().details_size() != 2 || !response.error().details(1).UnpackTo(&bad_request)) return "none";
  return bad_request.field_violations(0).field() + ": " + bad_request.field_violations(0).description();
}

TEST_F(BatchRecommendTest, AnItemWithoutARequestIsRefused) {
  const auto stream = stub_->BatchRecommend(&context_);
  ASSERT_TRUE(stream->Write(v1::BatchRecommendRequest()));
  stream->WritesDone();
  v1::BatchRecommendResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(Violation(response), "request: is required");
  EXPECT_TRUE(stream->Finish().ok());
}

// What is too long to be accepted is not sent back either.
TEST_F(BatchRecommendTest, AnIdThatIsTooLongIsNotRepeated) {
  v1::BatchRecommendRequest item = Item(0);
  item.mutable_request()->set_request_id(std::string(100'000, 'x'));
  const auto stream = stub_->BatchRecommend(&context_);
  ASSERT_TRUE(stream->Write(item));
  stream->WritesDone();
  v1::BatchRecommendResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.request_id().empty()) << response.request_id().size() << " bytes";
  EXPECT_EQ(Violation(response), "request_id: is longer than 128 bytes");
  EXPECT_TRUE(stream->Finish().ok());
}

// Bytes that are no request are an error of that item alone: it does not pass for the end of the stream.
TEST_F(BatchRecommendTest, BytesThatAreNoRequestLeaveTheOthersAlone) {
  grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> raw(server_.channel());
  grpc::CompletionQueue queue;
  const auto stream = raw.PrepareCall(&context_, "/myokine.v1.RecommendationService/BatchRecommend", &queue);
  const auto wait = [&queue](bool wanted) {
    void* tag = nullptr;
    bool ok = false;
    ASSERT_TRUE(queue.Next(&tag, &ok));
    ASSERT_EQ(ok, wanted);
  };
  const auto bytes = [](const std::string& text) {
    const grpc::Slice slice(text);
    return grpc::ByteBuffer(&slice, 1);
  };
  stream->StartCall(nullptr);
  wait(true);
  // A string that is not UTF-8, then something that is no message at all, then a request.
  for (const std::string& text :
       {std::string("\x0A\x03\x1A\x01\xFF", 5), std::string("\xFF\xFF\xFF"), Item(7).SerializeAsString()}) {
    stream->Write(bytes(text), nullptr);
    wait(true);
    grpc::ByteBuffer answer;
    stream->Read(&answer, nullptr);
    wait(true);
    grpc::Slice slice;
    ASSERT_TRUE(answer.DumpToSingleSlice(&slice).ok());
    v1::BatchRecommendResponse response;
    ASSERT_TRUE(response.ParseFromArray(slice.begin(), static_cast<int>(slice.size())));
    if (text == Item(7).SerializeAsString()) {
      EXPECT_EQ(response.request_id(), "item-7");
      EXPECT_TRUE(response.has_response());
    } else {
      EXPECT_EQ(response.error().code(), grpc::StatusCode::INVALID_ARGUMENT);
      EXPECT_EQ(Violation(response), "request: can't be parsed");
    }
  }
  stream->WritesDone(nullptr);
  wait(true);
  grpc::Status status;
  stream->Finish(&status, nullptr);
  wait(true);
  EXPECT_TRUE(status.ok()) << status.error_message();
}

// A caller that goes while the server waits for its next request leaves it as it was.
TEST_F(BatchRecommendTest, ACallerMayGoBetweenItems) {
  const auto stream = stub_->BatchRecommend(&context_);
  ASSERT_TRUE(stream->Write(Item(0)));
  v1::BatchRecommendResponse response;
  ASSERT_TRUE(stream->Read(&response));
  context_.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  grpc::ClientContext context;
  SetTestDeadline(context);
  v1::RecommendResponse alone;
  EXPECT_TRUE(stub_->Recommend(&context, Item(1).request(), &alone).ok());
}

TEST_F(BatchRecommendTest, AnEmptyStreamEndsWell) {
  const auto stream = stub_->BatchRecommend(&context_);
  stream->WritesDone();
  v1::BatchRecommendResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

// A caller that never reads is not read from for long: its writes come to a halt. When it goes, the server is as
// before.
TEST_F(BatchRecommendTest, WhoDoesNotReadIsNotReadFrom) {
  constexpr int kMany = 100'000;
  v1::BatchRecommendRequest item = Item(0);
  for (int i = 0; i < 60; ++i) {
    v1::Activity& activity = *item.mutable_request()->mutable_user()->mutable_recent_activities()->add_items();
    activity.set_minutes(30);
  }
  answered = 0;
  const auto stream = stub_->BatchRecommend(&context_);
  std::atomic<int> written = 0;
  std::thread writer([&] {
    while (written < kMany && stream->Write(item)) ++written;
  });
  int before = -1;  // until nothing moves for half a second
  while (before != written) {
    before = written;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  EXPECT_GT(before, 0);
  EXPECT_LT(before, kMany);
  EXPECT_GT(answered, 0);
  EXPECT_LT(answered, before) << "what was written is not all read";
  context_.TryCancel();
  writer.join();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);

  grpc::ClientContext context;
  SetTestDeadline(context);
  v1::RecommendResponse response;
  EXPECT_TRUE(stub_->Recommend(&context, Item(1).request(), &response).ok());
}

}  // namespace
}  // namespace myokine
