#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "google/rpc/error_details.pb.h"
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

class BatchRecommendTest : public ::testing::Test {
 protected:
  BatchRecommendTest() : stub_(v1::RecommendationService::NewStub(server_.channel())) { SetTestDeadline(context_); }

  TestServer server_;
  std::unique_ptr<v1::RecommendationService::Stub> stub_;
  grpc::ClientContext context_;
};

TEST_F(BatchRecommendTest, AnswersInTheOrderOfTheRequests) {
  constexpr int kItems = 300;
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
  for (const v1::BatchRecommendRequest& item : {Item(0), wrong, Item(2), v1::BatchRecommendRequest()})
    ASSERT_TRUE(stream->Write(item));
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
  ASSERT_TRUE(stream->Read(&response));  // nothing known is a request, too
  EXPECT_TRUE(response.has_response());
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
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
