// The real programs, given what they can't use: one clear line that names the place, an exit code, and no trace of a
// stack.
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/server.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Result {
  int code = -1;
  std::string output;  // both streams
};

Result RunProgram(const std::string& command) {
  Result result;
  FILE* pipe = popen((command + " 2>&1 </dev/null").c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> buffer;
  while (const size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) result.output.append(buffer.data(), n);
  const int status = pclose(pipe);
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

size_t Lines(const std::string& text) { return static_cast<size_t>(std::count(text.begin(), text.end(), '\n')); }

class BadInput : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              absl::StrCat("myokine-bad-input-", ::testing::UnitTest::GetInstance()->random_seed(), "-",
                           ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    Server::Options options;
    options.address.port = 0;
    auto server = Server::Start(options, std::make_shared<const PackHolder>(testing::CompilePack(MYOKINE_RULES_DIR)));
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = std::move(*server);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) {
    const fs::path file = folder_ / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
    return file.string();
  }
  Result Recommend(const std::string& file) {
    return RunProgram(
        absl::StrCat(MYOKINE_BIN_DIR "/myokine recommend --user ", file, " --address ", ToString(server_->address())));
  }

  fs::path folder_;
  std::unique_ptr<Server> server_;
};

TEST_F(BadInput, UserFilesAreRefusedWithTheirPlace) {
  struct Case {
    const char* name;
    const char* text;
    const char* place;  // line of the file
    const char* says;
  };
  const Case cases[] = {
      {"field", "profile:\n  age_yeers: 40\n", ":2:", "age_years"},
      {"vocabulary", "health:\n  conditions: {items: [hypertenson], complete: true}\n", ":2:", "hypertension"},
      {"unit", "measurements:\n  weight: {value: 70, unit: stone}\n", ":2:", "kg"},
      {"range", "profile:\n  age_years: 180\n", ":2:", "120"},
      {"converted range", "measurements:\n  weight: {value: 900, unit: \"[lb_av]\"}\n", ":2:", "300"},
      {"type", "profile:\n  age_years: forty\n", ":2:", "age_years"},
      {"duplicate", "profile:\n  age_years: 40\n  age_years: 41\n", ":3:", "age_years"},
      {"syntax", "profile: [\n", ":", ""},
      {"future", "evaluation_time: \"2026-01-01T00:00:00Z\"\ntoday:\n  last_meal_at: \"2026-01-02T00:00:00Z\"\n",
       ":3:", "after"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string file = Write("user.yaml", c.text);
    const Result result = Recommend(file);
    EXPECT_EQ(result.code, 2) << result.output;
    EXPECT_THAT(result.output, AllOf(HasSubstr("user.yaml"), HasSubstr(c.place), HasSubstr(c.says)));
    EXPECT_THAT(result.output, Not(HasSubstr("terminate")));
    EXPECT_LE(Lines(result.output), 4U) << result.output;
  }
}

TEST_F(BadInput, AMissingFileAndAMissingServer) {
  Result result = Recommend((folder_ / "nobody-here.yaml").string());
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.output, HasSubstr("nobody-here.yaml"));
  EXPECT_EQ(Lines(result.output), 1U) << result.output;

  const std::string address = ToString(server_->address());
  server_->Shutdown(absl::Seconds(1));
  server_ = nullptr;
  result = RunProgram(
      absl::StrCat(MYOKINE_BIN_DIR "/myokine recommend --user ", Write("user.yaml", "{}\n"), " --address ", address));
  EXPECT_EQ(result.code, 3);
  EXPECT_THAT(result.output, HasSubstr(address));
  EXPECT_EQ(Lines(result.output), 1U) << result.output;
}

TEST_F(BadInput, APortInUse) {
  const Result result = RunProgram(
      absl::StrCat(MYOKINE_BIN_DIR "/myokined --pack " MYOKINE_RULES_DIR " --address ", ToString(server_->address())));
  EXPECT_NE(result.code, 0);
  EXPECT_THAT(result.output, AllOf(HasSubstr(ToString(server_->address())), HasSubstr("in use")));
}

TEST_F(BadInput, AnAddressThatIsNotLoopback) {
  const Result result = RunProgram(MYOKINE_BIN_DIR "/myokined --pack " MYOKINE_RULES_DIR " --address 0.0.0.0:0");
  EXPECT_NE(result.code, 0);
  EXPECT_THAT(result.output, HasSubstr("loopback"));
}

constexpr char kTenMistakes[] = R"(pack:
  id: broken
  version: 0.0.1
  title: {en: Broken, ja: 壊れた}
  notice: {en: A test., ja: テストです。}
axes:
- axis: BENEFITS
  meaning: {en: x, ja: x}
vocabularies:
- id: goal
  name: {en: Goals, ja: 目標}
  concepts:
  - id: fat_loss
    name: {en: Fat loss}
references:
- {id: who-2020, citation: WHO, status: READ}
- {id: who-2020, citation: WHO again, status: READ}
rules:
- id: one
  evidence: {outcome: {grade: A, references: [who-2021]}}
  wen: user.profile.age_years > 60
  effects:
  - advise: {}
  text: {en: x, ja: x}
- id: two
  evidence: {outcome: {grade: A, references: [who-2020]}}
  when: user.profile.age_yeers > 60
  effects:
  - advise: {}
  text: {en: x, ja: x}
- id: three
  safety: true
  evidence: {outcome: {grade: A, references: [who-2020]}}
  when: user.measurements.weight > 70
  effects:
  - advise: {}
  text: {en: x, ja: x}
- id: four
  evidence: {outcome: {grade: A, references: [who-2020]}}
  when: exercise.met > 3.0
  effects:
  - block: {}
  text: {en: x, ja: x}
- id: five
  evidence: {outcome: {grade: Z, references: [who-2020]}}
  effects:
  - dance: {}
  text: {en: x, ja: x}
)";

TEST_F(BadInput, APackWithTenMistakesReportsThemAll) {
  Write("pack/pack.yaml", kTenMistakes);
  const Result result = RunProgram(absl::StrCat(MYOKINE_BIN_DIR "/myokine rules check ", (folder_ / "pack").string()));
  EXPECT_EQ(result.code, 1);
  for (const char* says : {"BENEFITS", "ja", "who-2020", "who-2021", "wen", "age_yeers", "on_unknown", "70.0",
                           "exercise", "target", "dance", "`Z`"}) {
    EXPECT_THAT(result.output, HasSubstr(says));
  }
  EXPECT_THAT(result.output, HasSubstr("pack.yaml:7:"));
  const Result server =
      RunProgram(absl::StrCat(MYOKINE_BIN_DIR "/myokined --address 127.0.0.1:0 --pack ", (folder_ / "pack").string()));
  EXPECT_NE(server.code, 0) << "a broken pack is never served";
}

}  // namespace
}  // namespace myokine
