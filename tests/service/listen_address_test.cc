#include "service/listen_address.h"

#include "gtest/gtest.h"

namespace myokine {
namespace {

struct Case {
  const char* text;
  absl::StatusCode code;
  const char* printed;
};

class ParseListenAddressTest : public ::testing::TestWithParam<Case> {};

TEST_P(ParseListenAddressTest, AcceptsLoopbackAlone) {
  const absl::StatusOr<ListenAddress> address = ParseListenAddress(GetParam().text);
  EXPECT_EQ(address.status().code(), GetParam().code) << address.status();
  if (address.ok()) {
    EXPECT_EQ(ToString(*address), GetParam().printed);
  } else {
    EXPECT_EQ(address.status().message().find('\n'), absl::string_view::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(Addresses, ParseListenAddressTest,
                         ::testing::Values(Case{"127.0.0.1:50051", absl::StatusCode::kOk, "127.0.0.1:50051"},
                                           Case{"127.8.9.10:0", absl::StatusCode::kOk, "127.8.9.10:0"},
                                           Case{"localhost:65535", absl::StatusCode::kOk, "127.0.0.1:65535"},
                                           Case{"[::1]:80", absl::StatusCode::kOk, "[::1]:80"},
                                           Case{"0.0.0.0:50051", absl::StatusCode::kPermissionDenied, ""},
                                           Case{"[::]:50051", absl::StatusCode::kPermissionDenied, ""},
                                           Case{"192.168.1.1:50051", absl::StatusCode::kPermissionDenied, ""},
                                           Case{"128.0.0.1:50051", absl::StatusCode::kPermissionDenied, ""},
                                           Case{"127.0.0.1.example.org:1", absl::StatusCode::kPermissionDenied, ""},
                                           Case{"[::ffff:192.168.1.1]:1", absl::StatusCode::kPermissionDenied, ""},
                                           Case{"127.1:50051", absl::StatusCode::kPermissionDenied, ""},
                                           Case{"127.0.0.1", absl::StatusCode::kInvalidArgument, ""},
                                           Case{"127.0.0.1:", absl::StatusCode::kInvalidArgument, ""},
                                           Case{":50051", absl::StatusCode::kInvalidArgument, ""},
                                           Case{"", absl::StatusCode::kInvalidArgument, ""},
                                           Case{"::1:50051", absl::StatusCode::kInvalidArgument, ""},
                                           Case{"[127.0.0.1]:1", absl::StatusCode::kInvalidArgument, ""},
                                           Case{"127.0.0.1:65536", absl::StatusCode::kInvalidArgument, ""},
                                           Case{"127.0.0.1:-1", absl::StatusCode::kInvalidArgument, ""},
                                           Case{"127.0.0.1:http", absl::StatusCode::kInvalidArgument, ""},
                                           Case{"127.0.0.1:99999999999", absl::StatusCode::kInvalidArgument, ""}));

TEST(WhyNotListening, SaysNothingOfAFreePort) {
  ListenAddress address;
  address.port = 0;
  EXPECT_EQ(WhyNotListening(address), "");
}

}  // namespace
}  // namespace myokine
