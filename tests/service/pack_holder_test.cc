#include "service/pack_holder.h"

#include <atomic>
#include <sstream>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/service/test_server.h"
#include "tests/support/temp_folder.h"

namespace myokine {
namespace {

TEST(LoadRuleset, LoadsTheShippedPack) {
  const v1::PackVersion version = VersionOf(*ShippedRuleset());
  EXPECT_FALSE(version.id().empty());
  EXPECT_FALSE(version.version().empty());
  EXPECT_EQ(version.digest().size(), 64u);
}

TEST(LoadRuleset, SaysThatAFolderIsNotThere) {
  Issues issues;
  const TempFolder folder;
  EXPECT_EQ(LoadRuleset(folder.path() / "none", issues).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(LoadRuleset(folder.path(), issues).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(issues.empty());
}

TEST(LoadRuleset, ReportsMistakesWithTheirPlaces) {
  const TempFolder folder;
  folder.CopyIn(MYOKINE_RULES_DIR);
  folder.Write("zz-broken.yaml", "rules:\n- id: broken\n  wen: 1 + 1 == 2\n");
  Issues issues;
  const absl::StatusOr<std::shared_ptr<const Ruleset>> ruleset = LoadRuleset(folder.path(), issues);
  EXPECT_EQ(ruleset.status().code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_FALSE(issues.empty());
  std::ostringstream printed;
  PrintIssues(issues, printed);
  EXPECT_NE(printed.str().find("zz-broken.yaml:3:"), std::string::npos) << printed.str();
}

TEST(PackHolder, SwapsUnderReaders) {
  const TempFolder folder;
  folder.CopyIn(MYOKINE_RULES_DIR);
  folder.Write("zz-comment.yaml", "# Makes another digest.\n{}\n");
  const std::shared_ptr<const Ruleset> one = ShippedRuleset();
  const std::shared_ptr<const Ruleset> other = testing::CompilePack(folder.path());
  ASSERT_NE(one->digest(), other->digest());

  PackHolder holder(one);
  std::atomic<bool> stop = false;
  std::atomic<int> strange = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        const std::string digest = holder.Get()->digest();
        if (digest != one->digest() && digest != other->digest()) ++strange;
      }
    });
  }
  for (int i = 0; i < 1000; ++i) holder.Set(i % 2 == 0 ? other : one);
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(strange, 0);
  EXPECT_EQ(holder.Get(), one);
}

}  // namespace
}  // namespace myokine
