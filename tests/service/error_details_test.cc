#include "service/error_details.h"

#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace myokine {
namespace {

// The details of a status, unpacked.
struct Details {
  google::rpc::Status status;
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad_request;
};

Details DetailsOf(const grpc::Status& status) {
  Details details;
  EXPECT_TRUE(details.status.ParseFromString(status.error_details()));
  EXPECT_EQ(details.status.details_size(), 2);
  EXPECT_TRUE(details.status.details(0).UnpackTo(&details.info));
  EXPECT_TRUE(details.status.details(1).UnpackTo(&details.bad_request));
  return details;
}

TEST(InvalidArgument, NamesEveryField) {
  const grpc::Status status = InvalidArgument(kInvalidRequest, {{"user.profile.age_years", "must be at most 120"},
                                                                {"options.meal_count", "must be at most 50"}});
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "user.profile.age_years: must be at most 120 (and 1 more)");
  const Details details = DetailsOf(status);
  EXPECT_EQ(details.status.code(), 3);
  EXPECT_EQ(details.status.message(), status.error_message());
  EXPECT_EQ(details.info.reason(), "INVALID_REQUEST");
  EXPECT_EQ(details.info.domain(), "myokine");
  EXPECT_EQ(details.info.metadata().at("field"), "user.profile.age_years");
  EXPECT_EQ(details.info.metadata().at("violation_count"), "2");
  ASSERT_EQ(details.bad_request.field_violations_size(), 2);
  EXPECT_EQ(details.bad_request.field_violations(1).field(), "options.meal_count");
  EXPECT_EQ(details.bad_request.field_violations(1).description(), "must be at most 50");
}

TEST(InvalidArgument, TypeUrlsAreThoseOfGoogleapis) {
  const Details details = DetailsOf(InvalidArgument(kInvalidRequest, {{"a", "b"}}));
  EXPECT_EQ(details.status.details(0).type_url(), "type.googleapis.com/google.rpc.ErrorInfo");
  EXPECT_EQ(details.status.details(1).type_url(), "type.googleapis.com/google.rpc.BadRequest");
}

TEST(InvalidArgument, OneViolationIsTheWholeMessage) {
  EXPECT_EQ(InvalidArgument(kInvalidRequest, {{"user", "is wrong"}}).error_message(), "user: is wrong");
}

TEST(InvalidArgument, StaysBelowTheSizeThatClientsAccept) {
  std::string japanese;
  for (int i = 0; i < 1000; ++i) japanese += "語";
  const std::vector<FieldViolation> violations(1000, {std::string(500, 'f'), japanese});
  const grpc::Status status = InvalidArgument(kInvalidRequest, violations);
  // Percent-encoding makes three bytes of one, base64 four of three.
  EXPECT_LT(status.error_message().size() * 3 + status.error_details().size() * 4 / 3, 8u * 1024);
  const Details details = DetailsOf(status);
  EXPECT_GE(details.bad_request.field_violations_size(), 1);
  EXPECT_EQ(details.info.metadata().at("violation_count"), "1000");
  EXPECT_LE(details.bad_request.field_violations(0).field().size(), kMaxFieldBytes);
  EXPECT_LE(details.bad_request.field_violations(0).description().size(), kMaxDescriptionBytes);
}

TEST(InvalidArgument, NeverCutsACharacterInTwo) {
  for (size_t lead = 0; lead < 4; ++lead) {
    std::string text(lead, 'a');
    for (int i = 0; i < 200; ++i) text += "語";
    const Details details = DetailsOf(InvalidArgument(kInvalidRequest, {{"f", text}}));
    const std::string& cut = details.bad_request.field_violations(0).description();
    ASSERT_GT(cut.size(), 3u);
    EXPECT_EQ(cut.substr(cut.size() - 3), "...");
    EXPECT_EQ((cut.size() - 3 - lead) % 3, 0u) << cut;
  }
}

}  // namespace
}  // namespace myokine
