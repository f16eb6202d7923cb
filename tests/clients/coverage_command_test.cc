// `myokine rules coverage` on the shipped pack and on small ones.
#include "clients/cli/coverage_command.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "engine/recommend/coverage.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"
#include "tests/testing/shipped_pack.h"

namespace myokine::cli {
namespace {

// Set MYOKINE_UPDATE_GOLDEN=1 to write the page anew.
TEST(CoverageTest, ThePageIsFreshAndNoClaimIsUncovered) {
  const auto ruleset = testing::CompilePack(MYOKINE_RULES_DIR);
  const Coverage coverage = Cover(*ruleset);
  EXPECT_EQ(coverage.claims.size(), 170u);
  EXPECT_EQ(coverage.uncovered(), 0);
  const std::string path = std::string(MYOKINE_RULES_DIR) + "/../docs/coverage.md", text = CoverageText(coverage);
  if (std::getenv("MYOKINE_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text;
  std::stringstream page;
  page << std::ifstream(path).rdbuf();
  EXPECT_EQ(page.str(), text) << "docs/coverage.md is old: run this test with MYOKINE_UPDATE_GOLDEN=1";
}

constexpr char kClaims[] = R"pb(
  claims {
    id: "A-1.1.1"
    text { en: "c" ja: "c" }
    verdict: VERDICT_SUPPORTED
  }
  claims {
    id: "A-1.1.10"
    text { en: "c" ja: "c" }
    verdict: VERDICT_SUPPORTED
  }
)pb";

std::string Gaps(const std::string& text) {
  const auto ruleset = testing::CompileText(kClaims + text);
  const Coverage coverage = Cover(*ruleset);
  std::string gaps;
  for (const ClaimCoverage& claim : coverage.claims) gaps += claim.claim->id() + ": " + claim.gap + "\n";
  return gaps;
}

TEST(CoverageTest, SaysWhatIsLacking) {
  const std::string boosts = testing::RuleText("r",
                                               "claims: 'A-1.1.1' target: 'exercise.id == \"yoga\"' "
                                               "effects { boost { axis: AXIS_BENEFIT points: '9' } }");
  EXPECT_EQ(Gaps(""), "A-1.1.1: nothing cites it\nA-1.1.10: nothing cites it\n");
  EXPECT_EQ(Gaps(boosts), "A-1.1.1: no scenario is named after it (`claim-1.1.1`)\nA-1.1.10: nothing cites it\n");
  // A scenario of another claim whose name begins alike is none of this one's.
  EXPECT_TRUE(absl::StartsWith(Gaps(boosts + "scenarios { id: 'claim-1.1.10' expect {} }"), "A-1.1.1: no scenario"));
  EXPECT_TRUE(absl::StartsWith(Gaps(boosts + "scenarios { id: 'claim-1.1.1-yoga' expect {} }"), "A-1.1.1: \n"));
}

// A rule that changes nothing encodes nothing, however often it is cited.
TEST(CoverageTest, CitingIsNotEncoding) {
  const std::string advises = testing::RuleText("r", "claims: 'A-1.1.1' effects { advise {} }");
  EXPECT_TRUE(absl::StartsWith(Gaps(advises + "scenarios { id: 'claim-1.1.1' expect { fires: 'r' } }"),
                               "A-1.1.1: its scenarios come out the same without what cites it\n"));
  const std::string message =
      "claims { id: 'A-2.1.1' message: true text { en: 'c' ja: 'c' } verdict: VERDICT_SUPPORTED }";
  const auto cites = testing::RuleText("m", "claims: 'A-2.1.1' effects { advise {} }");
  EXPECT_TRUE(absl::StrContains(Gaps(message + cites), "A-2.1.1: \n"));
  EXPECT_TRUE(absl::StrContains(Gaps(message), "A-2.1.1: nothing cites it\n"));
}

TEST(CoverageTest, EndsWithTheCount) {
  const auto ruleset = testing::CompileText(kClaims);
  const std::string text = CoverageText(Cover(*ruleset));
  EXPECT_TRUE(absl::EndsWith(text, "\nclaims: 2, uncovered: 2\n")) << text;
}

}  // namespace
}  // namespace myokine::cli
