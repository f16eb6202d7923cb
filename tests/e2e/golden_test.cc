// The sample people, asked over gRPC as a person would: the command line's output is kept in golden files, in both
// languages. MYOKINE_UPDATE_GOLDEN=1 writes them anew.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "clients/cli/run.h"
#include "gtest/gtest.h"
#include "service/server.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

class Golden : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    Server::Options options;
    options.address.port = 0;
    auto server = Server::Start(options, std::make_shared<const PackHolder>(testing::CompilePack(MYOKINE_RULES_DIR)));
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = std::move(*server).release();
  }
  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }

  static std::string Ask(const fs::path& person, const std::string& locale, const std::string& output) {
    std::stringstream in, out, err;
    const std::string address = ToString(server_->address());
    // Where a person's file names no moment, the golden one does.
    const v1::UserState user = testing::ReadUser(person);
    std::vector<const char*> args = {"myokine",       "recommend", "--user",       person.c_str(), "--address",
                                     address.c_str(), "--locale",  locale.c_str(), "--output",     output.c_str()};
    if (!user.has_evaluation_time()) args.insert(args.end(), {"--at", "2026-01-15T08:00:00+09:00"});
    const cli::ExitCode code = cli::Run(static_cast<int>(args.size()), args.data(), {in, out, err});
    EXPECT_EQ(code, cli::ExitCode::kOk) << err.str();
    return out.str();
  }

  static Server* server_;
};

Server* Golden::server_ = nullptr;

// The pack's digest, and the answer's id that holds it, change with every byte of the pack, and tell nothing here.
std::string WithoutDigests(const std::string& text) {
  static const std::regex digests("[0-9a-f]{32}|\\([0-9a-f]{12}\\)");
  return std::regex_replace(text, digests, "(digest)");
}

TEST_F(Golden, AnswersOfTheSamplePeople) {
  const bool update = std::getenv("MYOKINE_UPDATE_GOLDEN") != nullptr;
  const auto people = testing::YamlFiles(MYOKINE_EXAMPLES_DIR);
  ASSERT_GE(people.size(), 15U);
  for (const fs::path& person : people) {
    for (const std::string locale : {"en", "ja"}) {
      const fs::path golden = fs::path(MYOKINE_GOLDEN_DIR) / (person.stem().string() + "." + locale + ".txt");
      SCOPED_TRACE(golden.filename().string());
      const std::string answer = WithoutDigests(Ask(person, locale, "table"));
      ASSERT_FALSE(answer.empty());
      if (update) std::ofstream(golden, std::ios::binary) << answer;
      EXPECT_EQ(answer, ReadFile(golden)) << "if the change is meant: MYOKINE_UPDATE_GOLDEN=1";
    }
  }
}

TEST_F(Golden, EstimatesForASamplePerson) {
  for (const std::string locale : {"en", "ja"}) {
    const fs::path golden = fs::path(MYOKINE_GOLDEN_DIR) / "estimate" / (locale + ".txt");
    const std::string person = MYOKINE_EXAMPLES_DIR "/trained_runner.yaml", address = ToString(server_->address());
    std::stringstream in, out, err;
    const std::vector<const char*> args = {"myokine",     "estimate",     "--exercise",   "jogging",       "--minutes",
                                           "40",          "--user",       person.c_str(), "--habit",       "aerobic=3",
                                           "--habit",     "resistance=2", "--address",    address.c_str(), "--locale",
                                           locale.c_str()};
    ASSERT_EQ(cli::Run(static_cast<int>(args.size()), args.data(), {in, out, err}), cli::ExitCode::kOk) << err.str();
    const std::string answer = WithoutDigests(out.str());
    if (std::getenv("MYOKINE_UPDATE_GOLDEN") != nullptr) {
      fs::create_directories(golden.parent_path());
      std::ofstream(golden, std::ios::binary) << answer;
    }
    EXPECT_EQ(answer, ReadFile(golden)) << "if the change is meant: MYOKINE_UPDATE_GOLDEN=1";
  }
}

// First, ranked, held back by today's circumstances, held back by an allergy, and nothing ranked at all.
TEST_F(Golden, ExplanationsForSamplePeople) {
  constexpr const char* kAsked[][2] = {{"trained_runner", "aji_teishoku"},
                                       {"diabetes_sulfonylurea", "soy_milk_glass"},
                                       {"business_person", "barbell_squat"},
                                       {"fish_and_milk_allergy", "aji_teishoku"},
                                       {"stroke_signs", "walk_brisk"}};
  const std::string address = ToString(server_->address());
  for (const auto& [name, candidate] : kAsked) {
    for (const std::string locale : {"en", "ja"}) {
      const fs::path golden =
          fs::path(MYOKINE_GOLDEN_DIR) / "explain" / (std::string(name) + "." + candidate + "." + locale + ".txt");
      SCOPED_TRACE(golden.filename().string());
      const std::string person = std::string(MYOKINE_EXAMPLES_DIR) + "/" + name + ".yaml";
      std::stringstream in, out, err;
      const std::vector<const char*> args = {"myokine",   "explain",       candidate,  "--user",      person.c_str(),
                                             "--address", address.c_str(), "--locale", locale.c_str()};
      ASSERT_EQ(cli::Run(static_cast<int>(args.size()), args.data(), {in, out, err}), cli::ExitCode::kOk) << err.str();
      const std::string answer = WithoutDigests(out.str());
      if (std::getenv("MYOKINE_UPDATE_GOLDEN") != nullptr) {
        fs::create_directories(golden.parent_path());
        std::ofstream(golden, std::ios::binary) << answer;
      }
      EXPECT_EQ(answer, ReadFile(golden)) << "if the change is meant: MYOKINE_UPDATE_GOLDEN=1";
    }
  }
}

TEST_F(Golden, AnUnknownCandidateIsRefused) {
  const std::string person = MYOKINE_EXAMPLES_DIR "/nobody.yaml", address = ToString(server_->address());
  std::stringstream in, out, err;
  const std::vector<const char*> args = {"myokine",      "explain",   "joging",       "--user",
                                         person.c_str(), "--address", address.c_str()};
  EXPECT_EQ(cli::Run(static_cast<int>(args.size()), args.data(), {in, out, err}), cli::ExitCode::kUsage);
  EXPECT_EQ(err.str(), "candidate: no exercise or meal `joging`; did you mean `jogging`?\n");
  EXPECT_EQ(out.str(), "");
}

TEST_F(Golden, RefusedEstimatesSayWhere) {
  const std::string address = ToString(server_->address());
  const auto ask = [&](std::vector<const char*> flags) {
    std::vector<const char*> args = {"myokine", "estimate", "--address", address.c_str()};
    args.insert(args.end(), flags.begin(), flags.end());
    std::stringstream in, out, err;
    EXPECT_EQ(cli::Run(static_cast<int>(args.size()), args.data(), {in, out, err}), cli::ExitCode::kUsage);
    EXPECT_EQ(out.str(), "");
    return err.str();
  };
  EXPECT_EQ(ask({"--exercise", "joging"}), "bouts[0].exercise: no exercise `joging`; did you mean `jogging`?\n");
  EXPECT_EQ(ask({"--modality", "aerobic", "--minutes", "30", "--vo2max", "140"}),
            "bouts[0].percent_vo2max: is 140 %, must be between 0 and 100 %\n");
  EXPECT_EQ(ask({"--exercise", "jogging", "--intervals", "8by20"}),
            "myokine: --intervals 8by20: write rounds, work and rest as 8x20/10\n");
  EXPECT_EQ(ask({"--habit", "aerobic"}),
            "myokine: --habit aerobic: write a kind of training and its sessions a week as aerobic=3\n");
  EXPECT_EQ(ask({}),
            "myokine: name what to estimate: --exercise, --modality or --habit (see myokine estimate --help)\n");
}

TEST_F(Golden, TwoRunsGiveTheSameBytes) {
  for (const fs::path& person : testing::YamlFiles(MYOKINE_EXAMPLES_DIR)) {
    const std::string first = Ask(person, "en", "json");
    EXPECT_GT(first.size(), 100U);
    EXPECT_EQ(first, Ask(person, "en", "json")) << person;
  }
}

}  // namespace
}  // namespace myokine
