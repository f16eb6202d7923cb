// `myokine rules` on the shipped pack, and on copies of it with something added.
#include "clients/cli/rules_command.h"

#include <sstream>
#include <string>

#include "clients/cli/pack_folder.h"
#include "gtest/gtest.h"
#include "tests/support/temp_folder.h"

namespace myokine::cli {
namespace {

class RulesCommandTest : public ::testing::Test {
 protected:
  using Command = ExitCode (*)(const RulesArguments&, const Console&);

  ExitCode Run(Command command, const std::filesystem::path& pack, const std::string& filter = "") {
    out_.str("");
    err_.str("");
    RulesArguments arguments;
    arguments.pack = pack;
    arguments.filter = filter;
    return command(arguments, Console{in_, out_, err_});
  }

  // The last line of what was printed, without its end.
  std::string LastLine() const {
    const std::string text = out_.str();
    if (text.empty() || text.back() != '\n') return "";
    const size_t begin = text.rfind('\n', text.size() - 2);
    return text.substr(begin == std::string::npos ? 0 : begin + 1,
                       text.size() - 1 - (begin == std::string::npos ? 0 : begin + 1));
  }

  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(RulesCommandTest, CheckCountsASoundPack) {
  EXPECT_EQ(Run(&RunRulesCheck, MYOKINE_RULES_DIR), ExitCode::kOk) << out_.str() << err_.str();
  const std::string line = LastLine();
  EXPECT_EQ(line, out_.str().substr(0, out_.str().size() - 1));
  EXPECT_NE(line.find(" rules, "), std::string::npos) << line;
  EXPECT_NE(line.find(" meals: no issues"), std::string::npos) << line;
}

TEST_F(RulesCommandTest, CheckPrintsEveryIssue) {
  const TempFolder folder;
  folder.CopyIn(MYOKINE_RULES_DIR);
  const std::string file = folder.Write("zz-broken.yaml", "rules:\n- id: broken\n  wen: 1 + 1 == 2\n");
  EXPECT_EQ(Run(&RunRulesCheck, folder.path()), ExitCode::kIssues);
  EXPECT_NE(out_.str().find("zz-broken.yaml:3:3: "), std::string::npos) << out_.str();
  EXPECT_NE(LastLine().find(" issue"), std::string::npos) << LastLine();
  EXPECT_EQ(LastLine().find("no issues"), std::string::npos) << LastLine();
  EXPECT_EQ(Run(&RunRulesTest, folder.path()), ExitCode::kIssues);
  EXPECT_NE(LastLine().find(" issue"), std::string::npos) << LastLine();
}

TEST_F(RulesCommandTest, SaysThatThereIsNoPack) {
  const TempFolder folder;
  EXPECT_EQ(Run(&RunRulesCheck, folder.path() / "none"), ExitCode::kUsage);
  EXPECT_EQ(out_.str(), "");
  EXPECT_EQ(err_.str().find('\n'), err_.str().size() - 1) << err_.str();
}

TEST_F(RulesCommandTest, ShippedScenariosPass) {
  EXPECT_EQ(Run(&RunRulesTest, MYOKINE_RULES_DIR), ExitCode::kOk) << out_.str();
  EXPECT_NE(LastLine().find(" passed, 0 failed"), std::string::npos) << LastLine();
}

TEST_F(RulesCommandTest, TestPrintsWhatDoesNotHold) {
  const TempFolder folder;
  folder.CopyIn(MYOKINE_RULES_DIR);
  folder.Write("scenarios/zz-added.yaml",
               "scenarios:\n"
               "- id: zz-nothing-known\n"
               "  expect:\n"
               "    exercises_at_least: 1\n"
               "    meals_at_most: 0\n"
               "- id: zz-impossible\n"
               "  expect:\n"
               "    disposition: EMERGENCY\n"
               "- id: zz-sound\n"
               "  expect: {exercises_at_least: 1}\n");
  EXPECT_EQ(Run(&RunRulesTest, folder.path(), "zz-"), ExitCode::kIssues) << out_.str() << err_.str();
  EXPECT_EQ(LastLine(), "1 passed, 2 failed") << out_.str();
  EXPECT_NE(out_.str().find("zz-added.yaml:5:"), std::string::npos) << out_.str();
  EXPECT_NE(out_.str().find("zz-added.yaml:8:"), std::string::npos) << out_.str();
  EXPECT_NE(out_.str().find("expected disposition `EMERGENCY`, found"), std::string::npos) << out_.str();
  EXPECT_EQ(Run(&RunRulesTest, folder.path(), "zz-sound"), ExitCode::kOk) << out_.str();
  EXPECT_EQ(out_.str(), "1 passed, 0 failed\n");
}

TEST_F(RulesCommandTest, RefusesAFilterThatNothingHas) {
  EXPECT_EQ(Run(&RunRulesTest, MYOKINE_RULES_DIR, "no scenario has this"), ExitCode::kUsage);
  EXPECT_EQ(out_.str(), "");
  EXPECT_FALSE(err_.str().empty());
}

TEST(PackFolder, PrefersWhatIsGiven) { EXPECT_EQ(PackFolder("some/where"), "some/where"); }

}  // namespace
}  // namespace myokine::cli
