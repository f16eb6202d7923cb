#include "service/catalog_service.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "myokine/v1/catalog_service.grpc.pb.h"
#include "tests/service/test_server.h"
#include "tests/support/temp_folder.h"

namespace myokine {
namespace {

class CatalogServiceTest : public ::testing::Test {
 protected:
  CatalogServiceTest() : stub_(v1::CatalogService::NewStub(server_.channel())) {}

  grpc::Status List(int page_size, const std::string& token, v1::ListExercisesResponse& response) {
    grpc::ClientContext context;
    SetTestDeadline(context);
    v1::ListExercisesRequest request;
    request.set_page_size(page_size);
    request.set_page_token(token);
    return stub_->ListExercises(&context, request, &response);
  }

  grpc::Status List(int page_size, const std::string& token, v1::ListMealsResponse& response) {
    grpc::ClientContext context;
    SetTestDeadline(context);
    v1::ListMealsRequest request;
    request.set_page_size(page_size);
    request.set_page_token(token);
    return stub_->ListMeals(&context, request, &response);
  }

  grpc::Status List(const std::vector<std::string>& ids, v1::ListVocabulariesResponse& response) {
    grpc::ClientContext context;
    SetTestDeadline(context);
    v1::ListVocabulariesRequest request;
    for (const std::string& id : ids) request.add_vocabularies(id);
    return stub_->ListVocabularies(&context, request, &response);
  }

  TestServer server_;
  std::unique_ptr<v1::CatalogService::Stub> stub_;
};

// The reason and the first field that a status names.
std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad_request;
  if (status.error_code() != grpc::StatusCode::INVALID_ARGUMENT || !details.ParseFromString(status.error_details()) ||
      details.details_size() != 2 || !details.details(0).UnpackTo(&info) ||
      !details.details(1).UnpackTo(&bad_request)) {
    return "no details";
  }
  return info.reason() + " " + bad_request.field_violations(0).field();
}

template <typename Entries>
std::vector<std::string> IdsOf(const Entries& entries) {
  std::vector<std::string> ids;
  for (const auto& entry : entries) ids.push_back(entry.id());
  return ids;
}

TEST_F(CatalogServiceTest, PagesHoldEveryExerciseOnceById) {
  std::vector<std::string> expected = IdsOf(ShippedRuleset()->pack().exercises());
  std::sort(expected.begin(), expected.end());
  for (const int page_size : {1, 7, static_cast<int>(expected.size()), 500}) {
    std::vector<std::string> found;
    std::string token;
    size_t pages = 0;
    do {
      v1::ListExercisesResponse response;
      const grpc::Status status = List(page_size, token, response);
      ASSERT_TRUE(status.ok()) << status.error_message();
      EXPECT_LE(response.exercises_size(), page_size);
      EXPECT_GT(response.exercises_size(), 0);
      EXPECT_EQ(response.pack().digest(), ShippedRuleset()->digest());
      for (const std::string& id : IdsOf(response.exercises())) found.push_back(id);
      token = response.next_page_token();
      ASSERT_LE(++pages, expected.size());
    } while (!token.empty());
    EXPECT_EQ(found, expected) << "in pages of " << page_size;
  }
}

TEST_F(CatalogServiceTest, MealsHaveTheirDerivedFigures) {
  v1::ListMealsResponse response;
  ASSERT_TRUE(List(500, "", response).ok());
  ASSERT_EQ(response.meals_size(), ShippedRuleset()->pack().meals_size());
  EXPECT_TRUE(response.meals(0).has_nutrition());
  EXPECT_EQ(response.next_page_token(), "");
}

// Answers name keys alone; here is what stands behind them.
TEST_F(CatalogServiceTest, ReferencesAndMyokinesAreWhole) {
  v1::ListReferencesRequest request;
  request.set_page_size(500);
  v1::ListReferencesResponse references;
  {
    grpc::ClientContext context;
    SetTestDeadline(context);
    ASSERT_TRUE(stub_->ListReferences(&context, request, &references).ok());
  }
  ASSERT_EQ(references.references_size(), ShippedRuleset()->pack().references_size());
  std::set<std::string> keys;
  for (const v1::Reference& reference : references.references()) {
    EXPECT_FALSE(reference.finding().empty()) << reference.id();
    keys.insert(reference.id());
  }
  v1::ListMyokinesResponse first, second;
  v1::ListMyokinesRequest page;
  page.set_page_size(10);
  for (v1::ListMyokinesResponse* response : {&first, &second}) {
    grpc::ClientContext context;
    SetTestDeadline(context);
    ASSERT_TRUE(stub_->ListMyokines(&context, page, response).ok());
    page.set_page_token(response->next_page_token());
  }
  EXPECT_EQ(first.myokines_size(), 10);
  EXPECT_EQ(first.myokines_size() + second.myokines_size(), ShippedRuleset()->pack().myokines_size());
  EXPECT_EQ(second.next_page_token(), "");
  for (const v1::MyokineModel& model : first.myokines()) {
    EXPECT_FALSE(model.summary().en().empty()) << model.id();
    for (const v1::AcuteResponse& acute : model.acute()) {
      for (const std::string& key : acute.evidence().references()) EXPECT_TRUE(keys.contains(key)) << key;
    }
  }
}

TEST_F(CatalogServiceTest, PageSizeHasADefaultAndAMaximum) {
  const int all = ShippedRuleset()->pack().meals_size();
  v1::ListMealsResponse by_default;
  ASSERT_TRUE(List(0, "", by_default).ok());
  EXPECT_EQ(by_default.meals_size(), std::min(all, kDefaultPageSize));
  v1::ListMealsResponse lowered;
  ASSERT_TRUE(List(1'000'000, "", lowered).ok());
  EXPECT_EQ(lowered.meals_size(), std::min(all, kMaxPageSize));
}

TEST_F(CatalogServiceTest, RefusesANegativePageSize) {
  v1::ListExercisesResponse response;
  EXPECT_EQ(ReasonOf(List(-1, "", response)), "INVALID_REQUEST page_size");
}

TEST_F(CatalogServiceTest, RefusesTokensThatAreNone) {
  v1::ListExercisesResponse response;
  EXPECT_EQ(ReasonOf(List(1, "nonsense", response)), "INVALID_PAGE_TOKEN page_token");
  ASSERT_TRUE(List(1, "", response).ok());
  v1::ListMealsResponse meals;
  EXPECT_EQ(ReasonOf(List(1, response.next_page_token(), meals)), "INVALID_PAGE_TOKEN page_token");
}

TEST_F(CatalogServiceTest, RefusesTokensOfAnotherPack) {
  v1::ListExercisesResponse response;
  ASSERT_TRUE(List(1, "", response).ok());
  const TempFolder folder;
  folder.CopyIn(MYOKINE_RULES_DIR);
  folder.Write("zz-comment.yaml", "# Makes another digest.\n{}\n");
  server_.packs().Set(testing::CompilePack(folder.path()));
  EXPECT_EQ(ReasonOf(List(1, response.next_page_token(), response)), "STALE_PAGE_TOKEN page_token");
}

TEST_F(CatalogServiceTest, ListsVocabularies) {
  v1::ListVocabulariesResponse all;
  ASSERT_TRUE(List(std::vector<std::string>(), all).ok());
  EXPECT_EQ(all.vocabularies_size(), ShippedRuleset()->pack().vocabularies_size());
  const std::vector<std::string> ids = IdsOf(all.vocabularies());
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));

  v1::ListVocabulariesResponse two;
  ASSERT_TRUE(List(std::vector<std::string>{"equipment", "condition", "equipment"}, two).ok());
  EXPECT_EQ(IdsOf(two.vocabularies()), (std::vector<std::string>{"condition", "equipment"}));
}

TEST_F(CatalogServiceTest, RefusesVocabulariesThatItLacks) {
  v1::ListVocabulariesResponse response;
  const grpc::Status status = List(std::vector<std::string>{"equipment", "conditoin"}, response);
  EXPECT_EQ(ReasonOf(status), "UNKNOWN_VOCABULARY vocabularies[1]");
  EXPECT_NE(status.error_message().find("did you mean `condition`?"), std::string::npos) << status.error_message();
  EXPECT_EQ(ReasonOf(List(std::vector<std::string>(101, "equipment"), response)), "INVALID_REQUEST vocabularies");
}

}  // namespace
}  // namespace myokine
