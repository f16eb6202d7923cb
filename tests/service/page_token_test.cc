#include "service/page_token.h"

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace myokine {
namespace {

constexpr char kDigest[] = "0123456789abcdef0123456789abcdef";
constexpr char kOtherDigest[] = "f123456789abcdef0123456789abcdef";

TEST(PageToken, GivesBackTheId) {
  const absl::StatusOr<std::string> id =
      ReadPageToken(MakePageToken("exercises", kDigest, "brisk_walk"), "exercises", kDigest);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(*id, "brisk_walk");
}

TEST(PageToken, IsSafeInAddresses) {
  const std::string token = MakePageToken("exercises", kDigest, "~~~>>>\xff\xfe");
  EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos)
      << token;
}

TEST(PageToken, IsGoodForOneMethodAlone) {
  EXPECT_EQ(ReadPageToken(MakePageToken("exercises", kDigest, "a"), "meals", kDigest).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(PageToken, IsGoodForOnePackAlone) {
  EXPECT_EQ(ReadPageToken(MakePageToken("meals", kDigest, "a"), "meals", kOtherDigest).status().code(),
            absl::StatusCode::kAborted);
}

TEST(PageToken, RefusesWhatIsNone) {
  for (const char* text : {"", "x", "!!", "exercises", "AAAA"}) {
    EXPECT_EQ(ReadPageToken(text, "exercises", kDigest).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
  EXPECT_FALSE(
      ReadPageToken(absl::WebSafeBase64Escape("2\nexercises\n0123456789abcdef\na"), "exercises", kDigest).ok());
  EXPECT_FALSE(
      ReadPageToken(absl::WebSafeBase64Escape("1\nexercises\n0123456789abcdef\na\nb"), "exercises", kDigest).ok());
}

}  // namespace
}  // namespace myokine
