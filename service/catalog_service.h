// Lists what the pack in use knows: exercises, meals, vocabularies.
#ifndef MYOKINE_SERVICE_CATALOG_SERVICE_H_
#define MYOKINE_SERVICE_CATALOG_SERVICE_H_

#include <memory>

#include "myokine/v1/catalog_service.grpc.pb.h"
#include "service/pack_holder.h"

namespace myokine {

// Entries of a page where the caller names no number, and most entries of a page.
inline constexpr int kDefaultPageSize = 100;
inline constexpr int kMaxPageSize = 500;
// Most vocabularies that one request may name.
inline constexpr int kMaxVocabularies = 100;

// Lists come in the order of ids, in pages as AIP-158 has them: a page size of 0 means the default, one above the
// maximum is lowered to it, a negative one is an error; a token is good for the method and the pack that made it.
// Threads may share a service.
//
// Errors are INVALID_ARGUMENT with an ErrorInfo and a BadRequest: `INVALID_REQUEST`, `INVALID_PAGE_TOKEN`,
// `STALE_PAGE_TOKEN` when the pack has been swapped between two pages, `UNKNOWN_VOCABULARY`.
class CatalogServiceImpl final : public v1::CatalogService::CallbackService {
 public:
  explicit CatalogServiceImpl(std::shared_ptr<const PackHolder> packs);

  grpc::ServerUnaryReactor* ListExercises(grpc::CallbackServerContext* context, const v1::ListExercisesRequest* request,
                                          v1::ListExercisesResponse* response) override;
  grpc::ServerUnaryReactor* ListMeals(grpc::CallbackServerContext* context, const v1::ListMealsRequest* request,
                                      v1::ListMealsResponse* response) override;
  grpc::ServerUnaryReactor* ListVocabularies(grpc::CallbackServerContext* context,
                                             const v1::ListVocabulariesRequest* request,
                                             v1::ListVocabulariesResponse* response) override;
  grpc::ServerUnaryReactor* ListReferences(grpc::CallbackServerContext* context,
                                           const v1::ListReferencesRequest* request,
                                           v1::ListReferencesResponse* response) override;
  grpc::ServerUnaryReactor* ListMyokines(grpc::CallbackServerContext* context, const v1::ListMyokinesRequest* request,
                                         v1::ListMyokinesResponse* response) override;

 private:
  const std::shared_ptr<const PackHolder> packs_;
};

}  // namespace myokine

#endif  // MYOKINE_SERVICE_CATALOG_SERVICE_H_
