// A server in the test's own process, on a port of its own, with the shipped pack.
#ifndef MYOKINE_TESTS_SERVICE_TEST_SERVER_H_
#define MYOKINE_TESTS_SERVICE_TEST_SERVER_H_

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "service/pack_holder.h"
#include "service/server.h"
#include "tests/testing/shipped_pack.h"

namespace myokine {

// The shipped pack, compiled once for the program.
inline std::shared_ptr<const Ruleset> ShippedRuleset() {
  static const auto* const ruleset = new std::shared_ptr<const Ruleset>(testing::CompilePack(MYOKINE_RULES_DIR));
  return *ruleset;
}

// The moment of every test server's clock: 2026-01-15T09:00:00Z.
inline absl::Time TestMoment() { return absl::FromUnixSeconds(1768467600); }

// A running server and a channel to it.
class TestServer {
 public:
  explicit TestServer(bool reflection = true, Clock clock = &TestMoment)
      : packs_(std::make_shared<PackHolder>(ShippedRuleset())) {
    Server::Options options;
    options.address.port = 0;
    options.reflection = reflection;
    options.clock = clock;
    absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(options, packs_);
    if (!server.ok()) {
      std::cerr << server.status() << std::endl;
      std::abort();
    }
    server_ = *std::move(server);
    channel_ = NewChannel();
  }

  Server& server() { return *server_; }
  PackHolder& packs() { return *packs_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  // A channel with a connection of its own.
  std::shared_ptr<grpc::Channel> NewChannel() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(ToString(server_->address()), grpc::InsecureChannelCredentials(), arguments);
  }

 private:
  std::shared_ptr<PackHolder> packs_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

// Gives a call long enough for any machine, and an end for a broken one.
inline void SetTestDeadline(grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
}

}  // namespace myokine

#endif  // MYOKINE_TESTS_SERVICE_TEST_SERVER_H_
