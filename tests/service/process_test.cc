// `myokined` as a process: what scripts rely on.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/service/test_server.h"
#include "tests/support/temp_folder.h"

namespace myokine {
namespace {

constexpr char kProgram[] = MYOKINE_BIN_DIR "/myokined";

// A child process whose stdout and stderr are read through pipes.
class Process {
 public:
  explicit Process(std::vector<std::string> arguments) {
    int out[2];
    int err[2];
    if (pipe(out) != 0 || pipe(err) != 0) std::abort();
    arguments.insert(arguments.begin(), kProgram);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_ = fork();
    if (pid_ == 0) {
      dup2(out[1], STDOUT_FILENO);
      dup2(err[1], STDERR_FILENO);
      for (const int fd : {out[0], out[1], err[0], err[1]}) close(fd);
      execv(kProgram, argv.data());
      _exit(127);
    }
    close(out[1]);
    close(err[1]);
    out_ = fdopen(out[0], "r");
    err_ = fdopen(err[0], "r");
  }

  ~Process() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    fclose(out_);
    fclose(err_);
  }

  // The next line of stdout, without its end; empty at the end.
  std::string Line() {
    std::string line;
    for (int c = std::fgetc(out_); c != EOF && c != '\n'; c = std::fgetc(out_)) line += static_cast<char>(c);
    return line;
  }

  // All that is left on stderr, until the process closes it.
  std::string Errors() {
    std::string text;
    for (int c = std::fgetc(err_); c != EOF; c = std::fgetc(err_)) text += static_cast<char>(c);
    return text;
  }

  void Signal(int signal) const { kill(pid_, signal); }

  // Waits for the end; the exit code, or -1 when a signal ended it.
  int Wait() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
  FILE* out_ = nullptr;
  FILE* err_ = nullptr;
};

class SignalTest : public ::testing::TestWithParam<int> {};

TEST_P(SignalTest, StopsCleanly) {
  Process process({"--pack", MYOKINE_RULES_DIR, "--address", "127.0.0.1:0"});
  const std::string line = process.Line();
  const std::string begin = "myokined: listening on 127.0.0.1:";
  ASSERT_EQ(line.substr(0, begin.size()), begin) << process.Errors();
  EXPECT_GT(std::stoi(line.substr(begin.size())), 0);
  const v1::PackVersion version = VersionOf(*ShippedRuleset());
  const std::string end =
      ", pack " + version.id() + " " + version.version() + " (" + version.digest().substr(0, 12) + ")";
  EXPECT_EQ(line.substr(line.find(',')), end);
  process.Signal(GetParam());
  const std::string log = process.Errors();
  EXPECT_NE(log.find("stopped"), std::string::npos) << log;
  EXPECT_EQ(process.Wait(), 0);
}

INSTANTIATE_TEST_SUITE_P(Signals, SignalTest, ::testing::Values(SIGTERM, SIGINT));

TEST(Process, RefusesAddressesBeyondThisMachine) {
  Process process({"--pack", MYOKINE_RULES_DIR, "--address", "0.0.0.0:0"});
  const std::string errors = process.Errors();
  EXPECT_EQ(errors.find('\n'), errors.size() - 1) << errors;
  EXPECT_EQ(process.Wait(), 2);
}

TEST(Process, SaysThatAPortIsInUse) {
  TestServer server;
  Process process(
      {"--pack", MYOKINE_RULES_DIR, "--log-level", "off", "--address", ToString(server.server().address())});
  const std::string errors = process.Errors();
  EXPECT_NE(errors.find("in use"), std::string::npos) << errors;
  EXPECT_EQ(errors.find('\n'), errors.size() - 1) << errors;
  EXPECT_EQ(process.Wait(), 3);
}

TEST(Process, RefusesABadPack) {
  const TempFolder empty;
  Process process({"--pack", empty.path().string(), "--address", "127.0.0.1:0"});
  EXPECT_EQ(process.Line(), "");
  EXPECT_EQ(process.Wait(), 1);
}

TEST(Process, TellsItsVersion) {
  Process process({"--version"});
  EXPECT_EQ(process.Line().substr(0, 9), "myokined ");
  EXPECT_EQ(process.Wait(), 0);
}

}  // namespace
}  // namespace myokine
