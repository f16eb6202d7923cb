#include "service/catalog_service.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/expr/issue.h"
#include "service/call_log.h"
#include "service/error_details.h"
#include "service/page_token.h"

namespace myokine {
namespace {

// Fills `page` with the entries of `all` that come after the token of `request`, by id, and `next_token` with the token
// of the page after it. `collection` names the list in tokens.
template <typename Request, typename Entry>
grpc::Status FillPage(const Request& request, const std::string& collection, const std::string& digest,
                      const google::protobuf::RepeatedPtrField<Entry>& all,
                      google::protobuf::RepeatedPtrField<Entry>& page, std::string& next_token) {
  if (request.page_size() < 0) {
    return InvalidArgument(kInvalidRequest,
                           {{"page_size", absl::StrCat("must be 0 to ", kMaxPageSize, ", not ", request.page_size())}});
  }
  std::string after;
  if (!request.page_token().empty()) {
    absl::StatusOr<std::string> last_id = ReadPageToken(request.page_token(), collection, digest);
    if (!last_id.ok()) {
      const bool stale = last_id.status().code() == absl::StatusCode::kAborted;
      return InvalidArgument(stale ? kStalePageToken : kInvalidPageToken,
                             {{"page_token", std::string(last_id.status().message())}});
    }
    after = *std::move(last_id);
  }

  std::vector<const Entry*> rest;
  for (const Entry& entry : all) {
    if (entry.id() > after) rest.push_back(&entry);
  }
  const int wanted = request.page_size() == 0 ? kDefaultPageSize : std::min(request.page_size(), kMaxPageSize);
  const size_t count = std::min(static_cast<size_t>(wanted), rest.size());
  std::partial_sort(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(count), rest.end(),
                    [](const Entry* a, const Entry* b) { return a->id() < b->id(); });
  for (size_t i = 0; i < count; ++i) *page.Add() = *rest[i];
  if (count < rest.size()) next_token = MakePageToken(collection, digest, rest[count - 1]->id());
  return grpc::Status::OK;
}

grpc::Status FillVocabularies(const v1::ListVocabulariesRequest& request, const v1::RulePack& pack,
                              v1::ListVocabulariesResponse& response) {
  if (request.vocabularies_size() > kMaxVocabularies) {
    return InvalidArgument(kInvalidRequest,
                           {{"vocabularies", absl::StrCat("must be at most ", kMaxVocabularies, " ids, not ",
                                                          request.vocabularies_size())}});
  }
  std::vector<std::string> ids;
  for (const v1::Vocabulary& vocabulary : pack.vocabularies()) ids.push_back(vocabulary.id());

  std::vector<FieldViolation> unknown;
  for (int i = 0; i < request.vocabularies_size(); ++i) {
    const std::string& id = request.vocabularies(i);
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
    const std::string near = DidYouMean(id, ids);
    unknown.push_back({absl::StrCat("vocabularies[", i, "]"),
                       absl::StrCat("unknown vocabulary `", id, "`",
                                    near.empty() ? "" : absl::StrCat("; did you mean `", near, "`?"))});
  }
  if (!unknown.empty()) return InvalidArgument(kUnknownVocabulary, unknown);

  std::vector<const v1::Vocabulary*> wanted;
  for (const v1::Vocabulary& vocabulary : pack.vocabularies()) {
    const auto& asked = request.vocabularies();
    if (asked.empty() || std::find(asked.begin(), asked.end(), vocabulary.id()) != asked.end())
      wanted.push_back(&vocabulary);
  }
  std::sort(wanted.begin(), wanted.end(),
            [](const v1::Vocabulary* a, const v1::Vocabulary* b) { return a->id() < b->id(); });
  for (const v1::Vocabulary* vocabulary : wanted) *response.add_vocabularies() = *vocabulary;
  return grpc::Status::OK;
}

grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context, const CallLog& log, const grpc::Status& status) {
  log.Done(status.error_code());
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

}  // namespace

CatalogServiceImpl::CatalogServiceImpl(std::shared_ptr<const PackHolder> packs) : packs_(std::move(packs)) {}

grpc::ServerUnaryReactor* CatalogServiceImpl::ListExercises(grpc::CallbackServerContext* context,
                                                            const v1::ListExercisesRequest* request,
                                                            v1::ListExercisesResponse* response) {
  const CallLog log("ListExercises");
  const std::shared_ptr<const Ruleset> ruleset = packs_->Get();
  *response->mutable_pack() = VersionOf(*ruleset);
  return Finish(context, log,
                FillPage(*request, "exercises", ruleset->digest(), ruleset->pack().exercises(),
                         *response->mutable_exercises(), *response->mutable_next_page_token()));
}

grpc::ServerUnaryReactor* CatalogServiceImpl::ListMeals(grpc::CallbackServerContext* context,
                                                        const v1::ListMealsRequest* request,
                                                        v1::ListMealsResponse* response) {
  const CallLog log("ListMeals");
  const std::shared_ptr<const Ruleset> ruleset = packs_->Get();
  *response->mutable_pack() = VersionOf(*ruleset);
  return Finish(context, log,
                FillPage(*request, "meals", ruleset->digest(), ruleset->pack().meals(), *response->mutable_meals(),
                         *response->mutable_next_page_token()));
}

grpc::ServerUnaryReactor* CatalogServiceImpl::ListVocabularies(grpc::CallbackServerContext* context,
                                                               const v1::ListVocabulariesRequest* request,
                                                               v1::ListVocabulariesResponse* response) {
  const CallLog log("ListVocabularies");
  const std::shared_ptr<const Ruleset> ruleset = packs_->Get();
  *response->mutable_pack() = VersionOf(*ruleset);
  return Finish(context, log, FillVocabularies(*request, ruleset->pack(), *response));
}

grpc::ServerUnaryReactor* CatalogServiceImpl::ListReferences(grpc::CallbackServerContext* context,
                                                             const v1::ListReferencesRequest* request,
                                                             v1::ListReferencesResponse* response) {
  const CallLog log("ListReferences");
  const std::shared_ptr<const Ruleset> ruleset = packs_->Get();
  *response->mutable_pack() = VersionOf(*ruleset);
  return Finish(context, log,
                FillPage(*request, "references", ruleset->digest(), ruleset->pack().references(),
                         *response->mutable_references(), *response->mutable_next_page_token()));
}

grpc::ServerUnaryReactor* CatalogServiceImpl::ListMyokines(grpc::CallbackServerContext* context,
                                                           const v1::ListMyokinesRequest* request,
                                                           v1::ListMyokinesResponse* response) {
  const CallLog log("ListMyokines");
  const std::shared_ptr<const Ruleset> ruleset = packs_->Get();
  *response->mutable_pack() = VersionOf(*ruleset);
  return Finish(context, log,
                FillPage(*request, "myokines", ruleset->digest(), ruleset->pack().myokines(),
                         *response->mutable_myokines(), *response->mutable_next_page_token()));
}

}  // namespace myokine
