// A full answer, ten exercises and ten meals with all their reasons, stays small enough for a phone: 16 KiB gzipped.
#include <algorithm>
#include <string>
#include <string_view>

#include "engine/recommend/recommend.h"
#include "engine/recommend/scenario_runner.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/gzip_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

// As HTTP servers do by default.
size_t GzippedBytes(std::string_view answer) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream file(&bytes);
    google::protobuf::io::GzipOutputStream::Options options;
    options.format = google::protobuf::io::GzipOutputStream::GZIP;
    options.compression_level = 6;
    google::protobuf::io::GzipOutputStream gzip(&file, options);
    google::protobuf::io::CodedOutputStream(&gzip).WriteRaw(answer.data(), static_cast<int>(answer.size()));
  }
  return bytes.size();
}

TEST(AnswerSize, AFullAnswerIsAtMostSixteenKibibytesGzipped) {
  const auto ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  size_t most = 0;
  std::string whose;
  for (int i = 0; i < ruleset->pack().scenarios_size(); i += 20) {
    const v1::Scenario& scenario = ruleset->pack().scenarios(i);
    for (const char* locale : {"en", "ja"}) {
      v1::RecommendRequest request;
      *request.mutable_user() = PersonOf(ruleset->pack(), scenario);
      request.mutable_options()->set_exercise_count(10);
      request.mutable_options()->set_meal_count(10);
      request.mutable_options()->set_locale(locale);
      WireWriter answer;
      ASSERT_TRUE(EncodeRecommendation(*ruleset, request, testing::Moment(), answer).empty()) << scenario.id();
      const size_t bytes = GzippedBytes(answer.bytes());
      if (bytes > most) whose = scenario.id() + " " + locale;
      most = std::max(most, bytes);
    }
  }
  RecordProperty("most", static_cast<int>(most));
  EXPECT_GT(most, 1000u);
  EXPECT_LE(most, 16u * 1024) << whose;
}

}  // namespace
}  // namespace myokine
