// The gRPC server: listens, answers, stops.
#ifndef MYOKINE_SERVICE_SERVER_H_
#define MYOKINE_SERVICE_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/server.h"
#include "service/catalog_service.h"
#include "service/listen_address.h"
#include "service/pack_holder.h"
#include "service/recommendation_service.h"

namespace myokine {

// Most bytes of a request; a larger one is refused with RESOURCE_EXHAUSTED before it is parsed.
inline constexpr int kMaxRequestBytes = 1024 * 1024;

// A running server with RecommendationService, CatalogService, `grpc.health.v1.Health` and, where wanted, reflection
// (v1alpha, the one that gRPC 1.51 has). Stops when destroyed.
class Server {
 public:
  struct Options {
    ListenAddress address;     // port 0: any free port
    bool reflection = true;    // describes the services to tools
    Clock clock = &absl::Now;  // for requests that state no evaluation time
  };

  // Starts to listen; when it returns, calls are answered. Call from one thread at a time: gRPC's builder has globals.
  // Errors: kUnavailable when the address can't be listened on, with the reason (port in use, not permitted).
  static absl::StatusOr<std::unique_ptr<Server>> Start(const Options& options, std::shared_ptr<const PackHolder> packs);

  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Where it listens, with the port that it got.
  const ListenAddress& address() const { return address_; }

  // Tells health checks and watchers NOT_SERVING, takes no more calls, waits for those under way and cancels what is
  // left after `deadline`: an open health watch lasts until then. Blocks; may be called again and from any thread.
  void Shutdown(absl::Duration deadline);

 private:
  Server(const Options& options, std::shared_ptr<const PackHolder> packs);

  ListenAddress address_;
  RecommendationServiceImpl recommendation_service_;
  CatalogServiceImpl catalog_service_;
  std::unique_ptr<grpc::Server> server_;  // last: it uses the services until it is gone
};

}  // namespace myokine

#endif  // MYOKINE_SERVICE_SERVER_H_
