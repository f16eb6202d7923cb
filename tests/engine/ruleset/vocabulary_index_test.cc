// Hierarchy, codes and families of codes; the candidates as a vocabulary.
#include "engine/ruleset/vocabulary_index.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/pack_builder.h"

namespace myokine {
namespace {

using Ids = std::vector<std::string>;

// animal > fish > salmon > sockeye; swimmer > salmon too; knots: a > b > c > a; lonely names a wider concept that is
// not there.
constexpr char kVocabularies[] = R"pb(
  vocabularies {
    id: 'food'
    concepts { id: 'sockeye' broader: 'salmon' }
    concepts { id: 'salmon' broader: 'fish' broader: 'swimmer' codes: 'foodon:1' codes: 'atc:A1*' }
    concepts { id: 'fish' broader: 'animal' codes: 'foodon:1' codes: 'atc:A*' }
    concepts { id: 'animal' }
    concepts { id: 'swimmer' codes: 'atc:B7' }
    concepts { id: 'a' broader: 'b' }
    concepts { id: 'b' broader: 'c' }
    concepts { id: 'c' broader: 'a' }
    concepts { id: 'self' broader: 'self' }
    concepts { id: 'lonely' broader: 'nowhere' }
  }
  vocabularies { id: 'empty' }
  exercises { id: 'walk' }
  exercises { id: 'squat' }
  meals { id: 'soup' }
)pb";

class VocabularyIndexTest : public ::testing::Test {
 protected:
  const v1::RulePack pack_ = testing::Parse<v1::RulePack>(kVocabularies);
  const VocabularyIndex index_{pack_};
};

TEST_F(VocabularyIndexTest, WiderConceptsAreAllThatStandAbove) {
  auto wider = [&](const char* id) { return index_.Find("food", id)->wider; };
  EXPECT_EQ(wider("sockeye"), (Ids{"animal", "fish", "salmon", "sockeye", "swimmer"}));
  EXPECT_EQ(wider("salmon"), (Ids{"animal", "fish", "salmon", "swimmer"}));
  EXPECT_EQ(wider("fish"), (Ids{"animal", "fish"}));
  EXPECT_EQ(wider("animal"), (Ids{"animal"}));
  EXPECT_EQ(wider("lonely"), (Ids{"lonely"}));
}

TEST_F(VocabularyIndexTest, NarrowerConceptsAreAllThatStandBelow) {
  auto narrower = [&](const char* id) { return index_.Find("food", id)->narrower; };
  EXPECT_EQ(narrower("animal"), (Ids{"fish", "salmon", "sockeye"}));
  EXPECT_EQ(narrower("swimmer"), (Ids{"salmon", "sockeye"}));
  EXPECT_EQ(narrower("salmon"), (Ids{"sockeye"}));
  EXPECT_EQ(narrower("sockeye"), Ids{});
}

TEST_F(VocabularyIndexTest, KnotsEnd) {
  for (const char* id : {"a", "b", "c"}) {
    EXPECT_EQ(index_.Find("food", id)->wider, (Ids{"a", "b", "c"})) << id;
    EXPECT_EQ(index_.Find("food", id)->narrower.size(), 2u) << id;
  }
  EXPECT_EQ(index_.Find("food", "self")->wider, Ids{"self"});
  EXPECT_EQ(index_.Find("food", "self")->narrower, Ids{});
}

TEST_F(VocabularyIndexTest, WiderAndNarrowerMirrorEachOther) {
  for (const auto& [id, indexed] : *index_.Find("food")) {
    for (const auto& [other_id, other] : *index_.Find("food")) {
      if (id == other_id) continue;
      const bool above = std::count(indexed.wider.begin(), indexed.wider.end(), other_id) > 0;
      const bool below = std::count(other.narrower.begin(), other.narrower.end(), id) > 0;
      EXPECT_EQ(above, below) << id << " " << other_id;
    }
    EXPECT_TRUE(std::is_sorted(indexed.wider.begin(), indexed.wider.end())) << id;
    EXPECT_TRUE(std::is_sorted(indexed.narrower.begin(), indexed.narrower.end())) << id;
  }
}

TEST_F(VocabularyIndexTest, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(index_.Find("drink"), nullptr);
  EXPECT_EQ(index_.Find("drink", "tea"), nullptr);
  EXPECT_EQ(index_.Find("food", "tea"), nullptr);
  EXPECT_EQ(index_.Find("food", "nowhere"), nullptr);
  EXPECT_EQ(index_.Find("food", ""), nullptr);
  ASSERT_NE(index_.Find("empty"), nullptr);
  EXPECT_TRUE(index_.Find("empty")->empty());
}

TEST_F(VocabularyIndexTest, CodesResolveToAllConceptsThatTheyMayMean) {
  const std::vector<std::pair<std::string, Ids>> cases = {
      {"foodon:1", {"fish", "salmon"}},  // two concepts with the very code
      {"atc:A", {"fish"}},               // a family covers its own root
      {"atc:A1", {"fish", "salmon"}},    // a family and a narrower family
      {"atc:A12", {"fish", "salmon"}},
      {"atc:A2", {"fish"}},
      {"atc:B7", {"swimmer"}},
      {"atc:B71", {}},  // no family: only the very code
      {"atc:B", {}},
      {"foodon:12", {}},
      {"foodon:", {}},
      {"atc:", {}},
      {"ATC:A1", {}},
      {"atc:a1", {}},
      {"A1", {}},
      {"", {}},
      {":", {}},
      {"atc", {}},
      {"fish", {}},  // an id is no code
  };
  for (const auto& [code, want] : cases) EXPECT_EQ(index_.Resolve("food", code), want) << code;
  EXPECT_EQ(index_.Resolve("drink", "atc:A1"), Ids{});
  EXPECT_EQ(index_.Resolve("empty", "atc:A1"), Ids{});
}

// "A code that ends in `*` covers all codes that begin like it": that of a whole system too.
TEST(VocabularyIndex, AFamilyMayBeAWholeSystem) {
  const auto pack = testing::Parse<v1::RulePack>("vocabularies { id: 'v' concepts { id: 'any' codes: 'local:*' } }");
  EXPECT_EQ(VocabularyIndex(pack).Resolve("v", "local:7"), Ids{"any"});
}

TEST(VocabularyIndex, LongCodesCostNothing) {
  const auto pack = testing::Parse<v1::RulePack>("vocabularies { id: 'v' concepts { id: 'any' codes: 'x:1*' } }");
  EXPECT_EQ(VocabularyIndex(pack).Resolve("v", "x:" + std::string(10000, '1')), Ids{"any"});
}

TEST_F(VocabularyIndexTest, CandidatesAreAVocabulary) {
  Ids ids;
  for (const auto& [id, indexed] : *index_.Find(kCandidateVocabulary)) {
    ids.push_back(id);
    EXPECT_EQ(indexed.wider, Ids{id});
    EXPECT_EQ(indexed.concept_, nullptr);
  }
  EXPECT_EQ(ids, (Ids{"soup", "squat", "walk"}));
}

TEST_F(VocabularyIndexTest, DeepHierarchiesAreFine) {
  v1::RulePack pack;
  v1::Vocabulary& vocabulary = *pack.add_vocabularies();
  vocabulary.set_id("v");
  for (int i = 0; i < 1000; ++i) {
    v1::Concept& item = *vocabulary.add_concepts();
    item.set_id(absl::StrCat("c", i));
    if (i > 0) item.add_broader(absl::StrCat("c", i - 1));
  }
  const VocabularyIndex index(pack);
  EXPECT_EQ(index.Find("v", "c999")->wider.size(), 1000u);
  EXPECT_EQ(index.Find("v", "c0")->narrower.size(), 999u);
}

}  // namespace
}  // namespace myokine
