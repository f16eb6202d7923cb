#include "service/server.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpc/health/v1/health.pb.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/impl/server_builder_option.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "myokine/v1/recommendation_service.pb.h"

namespace myokine {
namespace {

// Shortest time between two pings of a client that makes no call; one that pings more often is sent away
// (`too_many_pings`). gRPC's own default of five minutes is longer than phones' networks keep an idle connection.
constexpr int kMinPingIntervalMs = 10'000;

// Gives one server reflection or not: linking the reflection library alone gives it to every server.
class ReflectionOption final : public grpc::ServerBuilderOption {
 public:
  explicit ReflectionOption(bool wanted) : wanted_(wanted) {}

  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    auto reflection = std::make_unique<grpc::reflection::ProtoServerReflectionPlugin>();
    const std::string name = reflection->name();
    plugins->erase(
        std::remove_if(plugins->begin(), plugins->end(), [&](const auto& plugin) { return plugin->name() == name; }),
        plugins->end());
    if (wanted_) plugins->push_back(std::move(reflection));
  }

 private:
  const bool wanted_;
};

// Makes the linker take in the descriptors of both files: nothing else refers to them, and where one is missing,
// reflection fails, for the whole server or for that service. gRPC's health service speaks the wire format without
// protobuf, and a file that holds a service alone, without messages, is left out of a static library.
void KeepDescriptors() {
  grpc::health::v1::HealthCheckRequest::descriptor();
  const void* volatile table = &descriptor_table_myokine_2fv1_2frecommendation_5fservice_2eproto;
  static_cast<void>(table);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const Options& options, std::shared_ptr<const PackHolder> packs) {
  KeepDescriptors();
  grpc::EnableDefaultHealthCheckService(true);

  // Asked first: gRPC would only log why, in a line that no operator wants to read.
  const std::string why = WhyNotListening(options.address);
  if (!why.empty())
    return absl::UnavailableError(absl::StrCat("can't listen on ", ToString(options.address), ": ", why));

  auto server = std::unique_ptr<Server>(new Server(options, std::move(packs)));
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(ToString(options.address), grpc::InsecureServerCredentials(), &port);
  // Without this two servers would share a port, and each get some of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kMinPingIntervalMs);
  builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
  builder.SetOption(std::make_unique<ReflectionOption>(options.reflection));
  builder.RegisterService(&server->recommendation_service_);
  builder.RegisterService(&server->catalog_service_);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || port == 0) {
    return absl::UnavailableError(
        absl::StrCat("can't listen on ", ToString(options.address), ": gRPC refused to start"));
  }
  server->address_.port = port;

  grpc::HealthCheckServiceInterface* health = server->server_->GetHealthCheckService();
  health->SetServingStatus(std::string(v1::RecommendationService::service_full_name()), true);
  health->SetServingStatus(std::string(v1::CatalogService::service_full_name()), true);
  return server;
}

Server::Server(const Options& options, std::shared_ptr<const PackHolder> packs)
    : address_(options.address), recommendation_service_(packs, options.clock), catalog_service_(std::move(packs)) {}

Server::~Server() {
  if (server_ != nullptr) Shutdown(absl::ZeroDuration());
}

void Server::Shutdown(absl::Duration deadline) {
  server_->GetHealthCheckService()->Shutdown();
  server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(deadline));
}

}  // namespace myokine
