#include "service/command_line.h"

#include <sstream>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/temp_folder.h"

namespace myokine {
namespace {

class CommandLineTest : public ::testing::Test {
 protected:
  std::variant<ServerFlags, ServerExit> Parse(std::vector<std::string> arguments) {
    out_.str("");
    err_.str("");
    std::vector<const char*> argv = {"myokined"};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    return ParseServerFlags(static_cast<int>(argv.size()), argv.data(), folder_.path(), out_, err_);
  }

  // How the flags end the program at once; fails the test when they do not.
  ServerExit Exit(std::vector<std::string> arguments) {
    const auto parsed = Parse(std::move(arguments));
    const ServerExit* exit = std::get_if<ServerExit>(&parsed);
    EXPECT_NE(exit, nullptr);
    return exit == nullptr ? ServerExit::kStopped : *exit;
  }

  void ExpectOneLine() const {
    const std::string text = err_.str();
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(text.find('\n'), text.size() - 1) << text;
  }

  TempFolder folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(CommandLineTest, HasDefaults) {
  const auto parsed = Parse({"--pack", folder_.path().string()});
  const ServerFlags* flags = std::get_if<ServerFlags>(&parsed);
  ASSERT_NE(flags, nullptr);
  EXPECT_EQ(flags->pack, folder_.path());
  EXPECT_EQ(ToString(flags->address), "127.0.0.1:50051");
  EXPECT_TRUE(flags->reflection);
  EXPECT_EQ(flags->log_level, "info");
  EXPECT_EQ(err_.str(), "");
}

TEST_F(CommandLineTest, ReadsEveryFlag) {
  const auto parsed =
      Parse({"--pack", folder_.path().string(), "--address", "[::1]:0", "--no-reflection", "--log-level", "debug"});
  const ServerFlags* flags = std::get_if<ServerFlags>(&parsed);
  ASSERT_NE(flags, nullptr);
  EXPECT_EQ(ToString(flags->address), "[::1]:0");
  EXPECT_FALSE(flags->reflection);
  EXPECT_EQ(flags->log_level, "debug");
}

TEST_F(CommandLineTest, HelpTellsExitCodesAndFlags) {
  EXPECT_EQ(Exit({"--help"}), ServerExit::kStopped);
  for (const char* word : {"Exit codes:", "--pack", "--address", "--no-reflection", "--log-level", "--version"}) {
    EXPECT_NE(out_.str().find(word), std::string::npos) << word;
  }
  EXPECT_EQ(err_.str(), "");
}

TEST_F(CommandLineTest, VersionIsOneLine) {
  EXPECT_EQ(Exit({"--version"}), ServerExit::kStopped);
  EXPECT_EQ(out_.str().substr(0, 9), "myokined ");
  EXPECT_EQ(out_.str().find('\n'), out_.str().size() - 1);
}

TEST_F(CommandLineTest, RefusesAddressesBeyondThisMachine) {
  EXPECT_EQ(Exit({"--address", "0.0.0.0:50051"}), ServerExit::kUsage);
  ExpectOneLine();
  EXPECT_NE(err_.str().find("0.0.0.0:50051"), std::string::npos);
}

TEST_F(CommandLineTest, RefusesMistakes) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"--address", "somewhere"},
                                             {"--log-level", "loud"},
                                             {"--unknown"},
                                             {"extra"},
                                             {"--reflection", "--no-reflection"},
                                             {"--pack", "/nowhere/at/all"}}) {
    EXPECT_EQ(Exit(arguments), ServerExit::kUsage) << arguments.front();
    ExpectOneLine();
  }
}

}  // namespace
}  // namespace myokine
