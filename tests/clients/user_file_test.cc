#include "clients/cli/user_file.h"

#include <sstream>

#include "clients/cli/issue_printer.h"
#include "gtest/gtest.h"
#include "tests/support/temp_folder.h"

namespace myokine::cli {
namespace {

class UserFileTest : public ::testing::Test {
 protected:
  // Reads `text` as a file of this name.
  absl::StatusOr<std::unique_ptr<UserFile>> Read(const std::string& name, const std::string& text) {
    path_ = folder_.Write(name, text);
    return UserFile::Read(path_, in_, issues_);
  }

  std::string Place(const UserFile& file, const std::string& field) const {
    const Location at = file.Find(field);
    return std::to_string(at.line) + ":" + std::to_string(at.column);
  }

  TempFolder folder_;
  std::string path_;
  std::istringstream in_;
  Issues issues_;
};

constexpr char kYaml[] = R"(profile:
  age_years: 40
health:
  conditions: [asthma, gout]
  allergies:
    items:
    - egg
    - milk
  injuries:
  - site: knee
    severity: 3
measurements:
  weight: {value: 70, unit: kg}
)";

TEST_F(UserFileTest, ReadsYaml) {
  const auto file = Read("me.yaml", kYaml);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE(issues_.empty());
  EXPECT_EQ((*file)->state().profile().age_years(), 40);
  EXPECT_EQ((*file)->state().health().conditions().items(1), "gout");
}

TEST_F(UserFileTest, ReadsJson) {
  const auto file = Read(
      "me.json", R"({"profile": {"ageYears": 40}, "health": {"conditions": {"items": ["gout"], "complete": true}}})");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE(issues_.empty()) << ToString(issues_.list().front());
  EXPECT_EQ((*file)->state().profile().age_years(), 40);
  EXPECT_TRUE((*file)->state().health().conditions().complete());
}

TEST_F(UserFileTest, ReadsStandardInput) {
  in_.str("profile: {age_years: 7}\n");
  const auto file = UserFile::Read("-", in_, issues_);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ((*file)->state().profile().age_years(), 7);
}

TEST_F(UserFileTest, NamesThePlaceOfEveryMistake) {
  const auto file = Read("me.yaml", "profile:\n  age_yaers: 40\n  height_cm: tall\n");
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_EQ(issues_.size(), 2u);
  EXPECT_EQ(IssueText(issues_.list()[0], Palette(false)).rfind(path_ + ":2:3: ", 0), 0u) << ToString(issues_.list()[0]);
  EXPECT_EQ(IssueText(issues_.list()[1], Palette(false)).rfind(path_ + ":3:", 0), 0u) << ToString(issues_.list()[1]);
}

TEST_F(UserFileTest, SaysThatAFileCannotBeRead) {
  const auto file = UserFile::Read((folder_.path() / "none.yaml").string(), in_, issues_);
  EXPECT_EQ(file.status().code(), absl::StatusCode::kNotFound);
  EXPECT_NE(file.status().message().find("No such file"), absl::string_view::npos) << file.status();
  EXPECT_EQ(UserFile::Read(folder_.path().string(), in_, issues_).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(UserFileTest, RefusesHugeFiles) {
  EXPECT_EQ(Read("big.yaml", std::string(kMaxUserFileBytes + 1, ' ')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST_F(UserFileTest, FindsFieldsThatTheServiceNames) {
  const auto file = Read("me.yaml", kYaml);
  ASSERT_TRUE(file.ok());
  const UserFile& me = **file;
  EXPECT_EQ(Place(me, "user.profile.age_years"), "2:14");
  EXPECT_EQ(Place(me, "user.health.conditions[1]"), "4:24");
  EXPECT_EQ(Place(me, "user.health.conditions.items[1]"), "4:24");
  EXPECT_EQ(Place(me, "user.health.allergies[1]"), "8:7");
  EXPECT_EQ(Place(me, "user.health.injuries.items[0].severity"), "11:15");
  EXPECT_EQ(Place(me, "user.measurements.weight.unit"), "13:29");
  EXPECT_EQ(me.Find("user.measurements.weight.unit").file, path_);
}

TEST_F(UserFileTest, FindsWhatIsAroundAFieldThatIsNotThere) {
  const auto file = Read("me.yaml", kYaml);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ((*file)->Find("user.measurements.weight.measured_at").line, 13);
  EXPECT_EQ((*file)->Find("user.health.conditions[9]").line, 4);
  EXPECT_EQ((*file)->Find("user.no.such.field").line, 1);
  EXPECT_EQ((*file)->Find("options.meal_count").line, 0);
  EXPECT_EQ((*file)->Find("").line, 0);
}

}  // namespace
}  // namespace myokine::cli
