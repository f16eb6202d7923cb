// Many threads, one ruleset: no race, no difference. Runs under ThreadSanitizer too.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "engine/recommend/recommend.h"
#include "gtest/gtest.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

TEST(Stress, ThreadsShareARulesetAndGiveTheSameBytes) {
  const std::shared_ptr<const Ruleset> ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  const absl::Time now = absl::FromUnixSeconds(1768435200);
  std::vector<v1::RecommendRequest> requests;
  std::vector<std::string> expected;
  for (const auto& file : testing::YamlFiles(MYOKINE_EXAMPLES_DIR)) {
    *requests.emplace_back().mutable_user() = testing::ReadUser(file);
    expected.push_back(Recommend(*ruleset, requests.back(), now).response.SerializeAsString());
    ASSERT_FALSE(expected.back().empty());
  }
  const absl::Time end = absl::Now() + absl::Seconds(20);
  std::atomic<int64_t> answers = 0, differences = 0;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = t; absl::Now() < end; ++i) {
        const size_t which = i % requests.size();
        differences += Recommend(*ruleset, requests[which], now).response.SerializeAsString() != expected[which];
        ++answers;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(differences, 0);
  EXPECT_GT(answers, 100);
  RecordProperty("answers", std::to_string(answers));
}

}  // namespace
}  // namespace myokine
