// The real server beside a bare gRPC echo, in one process, over loopback, with the same clients, calls and bytes of
// answer.
//   service_bench [--seconds N] [--rounds N] [--clients N]   compares; exits with 1 when a call fails
//   service_bench --soak SECONDS                             drives the server alone for long; exits with 1 when it
//   falls short
// MYOKINE_RULES_DIR and MYOKINE_EXAMPLES_DIR are the folders of the pack and of the people.
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "service/pack_holder.h"
#include "service/server.h"
#include "tests/bench/sample_people.h"
#include "tests/bench/service_echo.h"
#include "tests/bench/service_load.h"
#include "tests/bench/service_soak.h"

namespace myokine::bench {
namespace {

struct Flags {
  double seconds = 3;  // of each server in each round
  int rounds = 3;
  int clients = 4;
  double soak = 0;  // seconds; 0: no soak
};

// Each server before the first round.
constexpr absl::Duration kWarmUp = absl::Seconds(1);

absl::StatusOr<std::unique_ptr<Server>> StartServer() {
  Issues issues;
  absl::StatusOr<std::shared_ptr<const Ruleset>> ruleset = LoadRuleset(MYOKINE_RULES_DIR, issues);
  if (!ruleset.ok()) {
    PrintIssues(issues, std::cerr);
    return ruleset.status();
  }
  Server::Options options;
  options.address.port = 0;
  return Server::Start(options, std::make_shared<PackHolder>(*std::move(ruleset)));
}

// A running echo server. Stops when destroyed.
class EchoServer {
 public:
  static absl::StatusOr<std::unique_ptr<EchoServer>> Start(const std::vector<Call>& calls) {
    std::unique_ptr<EchoServer> echo(new EchoServer(calls));
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &echo->port_);
    builder.RegisterService(&echo->service_);
    echo->server_ = builder.BuildAndStart();
    if (echo->server_ == nullptr || echo->port_ == 0) return absl::UnavailableError("can't start the echo server");
    return echo;
  }

  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }

 private:
  explicit EchoServer(const std::vector<Call>& calls) : service_(calls) {}

  EchoService service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;  // last: it uses the service until it is gone
};

void Print(const std::string& when, const std::string& server, const Load& load) {
  std::cout << absl::StrFormat("%-9s %-8s %9.0f requests/s  p50 %8.3f ms  p99 %8.3f ms", when, server,
                               load.per_second(), load.latencies.Milliseconds(0.5), load.latencies.Milliseconds(0.99))
            << std::endl;
}

absl::Status Compare(const Flags& flags, const std::string& address, Clients& clients, const std::vector<Call>& calls) {
  absl::StatusOr<std::unique_ptr<EchoServer>> echo = EchoServer::Start(calls);
  if (!echo.ok()) return echo.status();
  Clients echo_clients((*echo)->address(), flags.clients);
  const auto [least, most] = std::minmax_element(
      calls.begin(), calls.end(), [](const Call& a, const Call& b) { return a.answer.size() < b.answer.size(); });
  std::cout << absl::StrFormat("myokine at %s beside an echo; %d people in turn, answers of %d to %d bytes, %d clients",
                               address, calls.size(), least->answer.size(), most->answer.size(), flags.clients)
            << std::endl;

  // The echo writes fields in the order of their numbers.
  std::vector<Call> echo_calls = calls;
  for (Call& call : echo_calls) {
    v1::RecommendResponse answer;
    answer.ParseFromString(call.answer);
    call.answer = answer.SerializeAsString();
  }

  struct Side {
    std::string name;
    Clients* clients;
    const std::vector<Call>* calls;
    Load all;
  };
  Side sides[2] = {{"echo", &echo_clients, &echo_calls, {}}, {"myokine", &clients, &calls, {}}};
  for (Side& side : sides) {
    const Load load = side.clients->Drive(*side.calls, kWarmUp);
    if (!load.failure.empty()) return absl::InternalError(absl::StrCat(side.name, ": ", load.failure));
  }
  for (int round = 0; round < flags.rounds; ++round) {
    // The one that goes first changes from round to round.
    for (int i : {round % 2, 1 - round % 2}) {
      Side& side = sides[i];
      const Load load = side.clients->Drive(*side.calls, absl::Seconds(flags.seconds));
      if (!load.failure.empty()) return absl::InternalError(absl::StrCat(side.name, ": ", load.failure));
      Print(absl::StrCat("round ", round + 1), side.name, load);
      side.all.Merge(load);
    }
  }
  for (const Side& side : sides) Print("all", side.name, side.all);
  const Load& floor = sides[0].all;
  const Load& service = sides[1].all;
  if (floor.requests() == 0 || service.requests() == 0)
    return absl::InternalError("no call was answered; give it more --seconds");
  std::cout << absl::StrFormat("service: %.3f of echo's requests/s, p50 %.1f of echo's",
                               service.per_second() / floor.per_second(),
                               service.latencies.Milliseconds(0.5) / floor.latencies.Milliseconds(0.5))
            << std::endl;
  return absl::OkStatus();
}

absl::Status Run(const Flags& flags) {
  const absl::StatusOr<std::vector<SamplePerson>> people = ReadSamplePeople(MYOKINE_EXAMPLES_DIR);
  if (!people.ok()) return people.status();
  absl::StatusOr<std::unique_ptr<Server>> server = StartServer();
  if (!server.ok()) return server.status();
  const std::string address = ToString((*server)->address());
  Clients clients(address, flags.clients);
  const absl::StatusOr<std::vector<Call>> calls = clients.Learn(*people);
  if (!calls.ok()) return calls.status();
  if (flags.soak <= 0) return Compare(flags, address, clients, *calls);
  const std::string failure = Soak(clients, *calls, absl::Seconds(flags.soak), std::cout);
  return failure.empty() ? absl::OkStatus() : absl::InternalError(failure);
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures the server beside a bare gRPC echo, or soaks it.", "service_bench");
  app.add_option("--seconds", flags.seconds, "seconds for each server in each round")
      ->check(CLI::Range(0.05, 3600.0))
      ->capture_default_str();
  app.add_option("--rounds", flags.rounds, "rounds")->check(CLI::Range(1, 1000))->capture_default_str();
  app.add_option("--clients", flags.clients, "clients, each with one call at a time")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  app.add_option("--soak", flags.soak, "drive the server alone for this many seconds")->check(CLI::Range(1.0, 1e7));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const absl::Status status = Run(flags);
  const std::string why(status.message());
  if (flags.soak > 0) {
    std::cout << (status.ok() ? std::string("soak: passed") : "soak: FAILED: " + why) << std::endl;
  } else if (!status.ok()) {
    std::cerr << "service_bench: " << why << '\n';
  }
  return status.ok() ? 0 : 1;
}

}  // namespace
}  // namespace myokine::bench

int main(int argc, char** argv) { return myokine::bench::Main(argc, argv); }
