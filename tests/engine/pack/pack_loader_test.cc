#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/pack/loaded_pack.h"
#include "engine/pack/pack_files.h"
#include "tests/engine/pack/pack_folder.h"

namespace myokine {
namespace {

namespace fs = std::filesystem;

std::string Claim(const std::string& id) {
  return absl::StrCat("claims:\n- {id: ", id, ", text: {en: a, ja: a}, verdict: WEAK}\n");
}

TEST(LoadPack, MergesFilesInTheOrderOfTheirPaths) {
  PackFolder folder;
  folder.Write("pack.yaml", kPackInfo);
  folder.Write("z.yaml", Claim("A-4"));
  folder.Write("b/second.yaml", Claim("A-2"));
  folder.Write("b/first.yaml", Claim("A-1"));
  folder.Write("b-c/third.yaml", Claim("A-0"));
  folder.Write("readme.md", "not read");
  folder.Write(".hidden/x.yaml", "not: read");
  folder.Write(".hidden.yaml", "not: read");
  folder.Write("empty.yaml", "");
  const auto pack = folder.Load();
  ASSERT_TRUE(pack.ok());
  EXPECT_EQ(Print(folder.issues), "");
  std::vector<std::string> ids;
  for (const v1::Claim& claim : (*pack)->pack.claims()) ids.push_back(claim.id());
  EXPECT_EQ(ids, (std::vector<std::string>{"A-0", "A-1", "A-2", "A-4"}));
  EXPECT_EQ((*pack)->pack.pack().id(), "tiny");
  // Places survive the merge.
  const v1::Claim& last = (*pack)->pack.claims(3);
  EXPECT_EQ(ToString((*pack)->sources.Find(&last, v1::Claim::kVerdictFieldNumber)),
            (folder.path() / "z.yaml").string() + ":2:44");
  EXPECT_EQ((*pack)->sources.Find(&last.text(), v1::Text::kJaFieldNumber).column, 31);
  EXPECT_EQ((*pack)->sources.Find(&(*pack)->pack.pack()).line, 1);
}

TEST(LoadPack, WantsAFolderWithYaml) {
  PackFolder folder;
  EXPECT_EQ(folder.Load().status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(folder.Load("nowhere").status().code(), absl::StatusCode::kNotFound);
  folder.Write("a.txt", "x");
  EXPECT_EQ(folder.Load().status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(folder.Load("a.txt").status().code(), absl::StatusCode::kNotFound);
  folder.Write("a.yml", "x");
  EXPECT_EQ(folder.Load().status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(folder.IssuePlaces(), std::vector<std::string>{"a.yml unread-file"});
}

TEST(LoadPack, ReportsTenMistakesInOneRun) {
  PackFolder folder;
  folder.Write("pack.yaml", kPackInfo);
  folder.Write("rules/a.yaml",
               "rules:\n"
               "- id: First Rule\n"  // 1: not an id
               "  wehn: true\n"      // 2: unknown field
               "  claims: [A-1]\n"   // 3: unknown claim
               "  safety: yes\n"     // 4: not a boolean
               "  effects:\n"
               "  - boost: {axis: BENIFIT, points: 1}\n"  // 5: unknown value, 6: no target
               "  text: {en: only}\n"                     // 7: no Japanese
               "- id: second\n"                           // 8: no evidence, 9: no text
               "  effects: [advise: {}]\n"
               "  effects: [advise: {}]\n");  // 10: given twice
  ASSERT_TRUE(folder.Load().ok());
  EXPECT_EQ(folder.IssuePlaces(),
            (std::vector<std::string>{"rules/a.yaml:2:7 bad-identifier", "rules/a.yaml:3:3 unknown-field",
                                      "rules/a.yaml:4:12 unknown-id", "rules/a.yaml:5:11 wrong-type",
                                      "rules/a.yaml:7:5 missing-target", "rules/a.yaml:7:19 unknown-value",
                                      "rules/a.yaml:8:9 missing-translation", "rules/a.yaml:9:3 missing-field",
                                      "rules/a.yaml:9:3 missing-evidence", "rules/a.yaml:11:3 duplicate-field"}))
      << Print(folder.issues);
}

TEST(LoadPack, TakesSingleFieldsFromOneFile) {
  PackFolder folder;
  folder.Write("a.yaml", kPackInfo);
  folder.Write("b.yaml", kPackInfo);
  const auto pack = folder.Load();
  ASSERT_TRUE(pack.ok());
  EXPECT_EQ(folder.IssuePlaces(), std::vector<std::string>{"b.yaml:1:7 given-twice"});
  EXPECT_EQ(folder.issues.list()[0].message,
            absl::StrCat("`pack` is already given, ", (folder.path() / "a.yaml").string(), ":1:7"));
}

TEST(LoadPack, WantsToKnowWhichPackItIs) {
  PackFolder folder;
  folder.Write("a.yaml", Claim("A-1"));
  ASSERT_TRUE(folder.Load().ok());
  EXPECT_EQ(folder.IssuePlaces(), std::vector<std::string>{"a.yaml:1:1 missing-field"});
}

TEST(LoadPack, CountsItemsOverAllFiles) {
  PackFolder folder;
  std::string caps = "grade_caps:\n";
  for (int i = 0; i < 12; ++i) caps += "- {grade: A, points: 1}\n";
  folder.Write("a.yaml", absl::StrCat(kPackInfo, caps));
  folder.Write("b.yaml", caps);
  ASSERT_TRUE(folder.Load().ok());
  EXPECT_EQ(folder.IssuePlaces()[0], "a.yaml:1:1 too-many-items");
}

TEST(LoadPack, FollowsNoLinkOutOfTheFolder) {
  PackFolder folder, other;
  folder.Write("pack.yaml", kPackInfo);
  folder.Write(".data/inside", Claim("A-1"));
  other.Write("outside.yaml", Claim("A-2"));
  fs::create_symlink(folder.path() / ".data/inside", folder.path() / "inside.yaml");
  fs::create_symlink(other.path() / "outside.yaml", folder.path() / "outside.yaml");
  fs::create_symlink(folder.path() / "nowhere", folder.path() / "broken.yaml");
  fs::create_directory_symlink(other.path(), folder.path() / "linked");
  fs::create_directory_symlink(folder.path(), folder.path() / "loop");
  const auto pack = folder.Load();
  ASSERT_TRUE(pack.ok());
  EXPECT_EQ(folder.IssuePlaces(),
            (std::vector<std::string>{"broken.yaml unreadable-file", "outside.yaml outside-link"}));
  ASSERT_EQ((*pack)->pack.claims_size(), 1);
  EXPECT_EQ((*pack)->pack.claims(0).id(), "A-1");
}

TEST(LoadPack, LoadsAFolderThatIsALinkItself) {
  PackFolder folder;
  folder.Write("real/pack.yaml", kPackInfo);
  fs::create_directory_symlink(folder.path() / "real", folder.path() / "link");
  EXPECT_TRUE(folder.Load("link").ok());
  EXPECT_TRUE(folder.issues.empty()) << Print(folder.issues);
  EXPECT_TRUE(folder.Load("real/").ok());
  EXPECT_TRUE(folder.issues.empty()) << Print(folder.issues);
}

TEST(PackDigest, DependsOnNamesAndTexts) {
  // sha256 of `1 a 2 xy`, from coreutils.
  EXPECT_EQ(PackDigest({{"a", "", "xy"}}, ""), "165614ef1344c5a9befb85fd274e3bd299e5755ff5797f0657601a99798d45a9");
  const std::string one = PackDigest({{"a", "", "x"}, {"b", "", "y"}}, "");
  EXPECT_EQ(one.size(), 64u);
  EXPECT_NE(one, PackDigest({{"a", "", "x"}, {"c", "", "y"}}, ""));
  EXPECT_NE(one, PackDigest({{"a", "", "xb"}, {"", "", "y"}}, ""));
  EXPECT_NE(one, PackDigest({{"a", "", "x"}, {"b", "", "y"}}, one));
}

TEST(LoadPack, GivesTheSameDigestInAnyFolder) {
  PackFolder one, two;
  for (const PackFolder* folder : {&one, &two}) {
    folder->Write("pack.yaml", kPackInfo);
    folder->Write("a/claims.yaml", Claim("A-1"));
  }
  const std::string digest = (*one.Load())->digest;
  EXPECT_EQ(digest, (*two.Load())->digest);
  two.Write("a/claims.yaml", Claim("A-1") + "\n");
  EXPECT_NE(digest, (*two.Load())->digest);
}

}  // namespace
}  // namespace myokine
