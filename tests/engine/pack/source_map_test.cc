#include "engine/pack/source_map.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "engine/pack/loaded_pack.h"
#include "myokine/v1/rule.pb.h"
#include "tests/engine/pack/pack_folder.h"

namespace myokine {
namespace {

TEST(SourceMap, FallsBackToTheMessage) {
  const v1::Rule rule, other;
  SourceMap sources;
  sources.Put(&rule, {"a.yaml", 2, 3});
  sources.Put(&rule, v1::Rule::kClaimsFieldNumber, 1, {"a.yaml", 4, 5});
  EXPECT_EQ(sources.Find(&rule), (Location{"a.yaml", 2, 3}));
  EXPECT_EQ(sources.Find(&rule, v1::Rule::kClaimsFieldNumber, 1), (Location{"a.yaml", 4, 5}));
  EXPECT_EQ(sources.Find(&rule, v1::Rule::kClaimsFieldNumber, 0), (Location{"a.yaml", 2, 3}));
  EXPECT_EQ(sources.Find(&rule, v1::Rule::kIdFieldNumber), (Location{"a.yaml", 2, 3}));
  EXPECT_EQ(sources.Find(&other), Location());
}

TEST(SourceMap, MergesFilesAndPlaces) {
  const v1::Rule rule, other;
  SourceMap sources, more;
  sources.Put(&rule, {"a.yaml", 1, 1});
  more.Put(&other, {"b.yaml", 2, 2});
  more.Put(&other, v1::Rule::kIdFieldNumber, 0, {"a.yaml", 3, 3});
  more.PutFile("b.yaml", "one\ntwo\n");
  sources.Merge(std::move(more));
  EXPECT_EQ(sources.Find(&rule), (Location{"a.yaml", 1, 1}));
  EXPECT_EQ(sources.Find(&other), (Location{"b.yaml", 2, 2}));
  EXPECT_EQ(sources.Find(&other, v1::Rule::kIdFieldNumber), (Location{"a.yaml", 3, 3}));
  EXPECT_EQ(sources.Line("b.yaml", 2), "two");
}

TEST(SourceMap, GivesLines) {
  SourceMap sources;
  sources.PutFile("a.yaml", "one\r\n\nthree\n" + std::string(500, 'x') + "\nlast");
  EXPECT_EQ(sources.Line("a.yaml", 1), "one");
  EXPECT_EQ(sources.Line("a.yaml", 2), "");
  EXPECT_EQ(sources.Line("a.yaml", 3), "three");
  EXPECT_EQ(sources.Line("a.yaml", 4), "");  // too long to show
  EXPECT_EQ(sources.Line("a.yaml", 5), "last");
  EXPECT_EQ(sources.Line("a.yaml", 6), "");
  EXPECT_EQ(sources.Line("a.yaml", 0), "");
  EXPECT_EQ(sources.Line("b.yaml", 1), "");
}

// Where the first `Q` of an expression stands, however the expression is written.
TEST(SourceMap, FindsPlacesWithinValues) {
  const struct {
    const char* yaml;
    Location expected;
  } kCases[] = {
      {"when: a && Q", {"f", 1, 12}},
      {"when:   Q", {"f", 1, 9}},
      {"when: 'a == \"x\" && Q'", {"f", 1, 20}},
      {"when: \"a == \\\"x\\\" && Q\"", {"f", 1, 22}},
      {"when: 'a == ''x'' && Q'", {"f", 1, 22}},
      {"when: >-\n  a &&\n  b && Q", {"f", 3, 8}},
      {"when: |\n  a &&\n    b && Q\n", {"f", 3, 10}},
      {"when: a &&\n  b &&\n   Q", {"f", 3, 4}},
      {"when: \"a && \\\n  Q\"", {"f", 2, 3}},
      {"{\"when\": \"a && Q\"}", {"f", 1, 16}},
      {"when: \"'運動' == Q\"", {"f", 1, 20}},
      {"when: \"\\u0041 && Q\"", {"f", 1, 7}},  // an escape that is not followed: the value as a whole
  };
  for (const auto& c : kCases) {
    v1::Rule rule;
    SourceMap sources;
    Issues issues;
    ASSERT_TRUE(ReadYaml(c.yaml, "f", rule, sources, issues)) << Print(issues);
    const size_t offset = rule.when().find('Q');
    ASSERT_NE(offset, std::string::npos) << c.yaml << Print(issues);
    EXPECT_EQ(ToString(sources.FindWithin(&rule, v1::Rule::kWhenFieldNumber, 0, rule.when(), offset)),
              ToString(c.expected))
        << c.yaml;
  }
}

}  // namespace
}  // namespace myokine
