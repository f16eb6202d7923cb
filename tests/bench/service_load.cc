#include "tests/bench/service_load.h"

#include <atomic>
#include <chrono>
#include <cstring>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "grpcpp/support/slice.h"

namespace myokine::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr char kMethod[] = "/myokine.v1.RecommendationService/Recommend";

// A call that takes longer has failed.
constexpr std::chrono::seconds kDeadline{20};

// How far a client that fell behind its rate makes up for it.
constexpr std::chrono::seconds kMostLate{1};

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

bool Holds(const grpc::ByteBuffer& buffer, const std::string& bytes) {
  std::vector<grpc::Slice> slices;
  if (buffer.Length() != bytes.size() || !buffer.Dump(&slices).ok()) return false;
  size_t at = 0;
  for (const grpc::Slice& slice : slices) {
    if (std::memcmp(slice.begin(), bytes.data() + at, slice.size()) != 0) return false;
    at += slice.size();
  }
  return true;
}

std::optional<std::string> BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return std::nullopt;
  std::string bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

std::string Describe(const grpc::Status& status) {
  return absl::StrCat("gRPC status ", status.error_code(), ": ", status.error_message());
}

grpc::ChannelArguments ChannelArgumentsOfClient() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);          // loopback, whatever the environment says
  return arguments;
}

}  // namespace

void Load::Merge(const Load& other) {
  seconds += other.seconds;
  latencies.Merge(other.latencies);
  if (failure.empty()) failure = other.failure;
}

class Clients::Client {
 public:
  explicit Client(const std::string& address)
      : stub_(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), ChannelArgumentsOfClient())) {}

  ~Client() {
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }

  // One call, waited for.
  grpc::Status Recommend(const grpc::ByteBuffer& request, grpc::ByteBuffer& answer) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kDeadline);
    const auto reader = stub_.PrepareUnaryCall(&context, kMethod, request, &queue_);
    grpc::Status status;
    reader->StartCall();
    reader->Finish(&answer, &status, this);
    void* tag = nullptr;
    bool ok = false;
    if (!queue_.Next(&tag, &ok)) return grpc::Status(grpc::StatusCode::INTERNAL, "the client's queue is shut down");
    return status;
  }

  // Drives until `end`, beginning with call `first` of the list at `begin`, one call each `period`.
  void Drive(const std::vector<Call>& calls, size_t first, SteadyClock::time_point begin, SteadyClock::time_point end,
             SteadyClock::duration period, std::atomic<bool>& stop, Load& load) {
    SteadyClock::time_point due = begin;
    for (size_t i = first; !stop; ++i) {
      std::this_thread::sleep_until(std::min(due, end));
      const SteadyClock::time_point sent = SteadyClock::now();
      if (sent >= end) return;
      const Call& call = calls[i % calls.size()];
      grpc::ByteBuffer answer;
      const grpc::Status status = Recommend(call.request, answer);
      const SteadyClock::time_point answered = SteadyClock::now();
      load.latencies.Add(std::chrono::nanoseconds(answered - sent).count());
      if (!status.ok()) load.failure = absl::StrCat(call.name, ": ", Describe(status));
      if (status.ok() && !Holds(answer, call.answer))
        load.failure = absl::StrCat(call.name, ": the same request got another answer than before");
      if (!load.failure.empty()) stop = true;
      due = std::max(due + period, answered - kMostLate);
    }
  }

 private:
  grpc::GenericStub stub_;
  grpc::CompletionQueue queue_;
};

Clients::Clients(const std::string& address, int count) {
  for (int i = 0; i < count; ++i) clients_.push_back(std::make_unique<Client>(address));
}

Clients::~Clients() = default;

absl::StatusOr<std::vector<Call>> Clients::Learn(const std::vector<SamplePerson>& people) {
  std::vector<Call> calls;
  std::set<size_t> lengths;
  for (const SamplePerson& person : people) {
    v1::RecommendRequest request = person.request;
    while (!lengths.insert(request.ByteSizeLong()).second) request.mutable_request_id()->push_back('x');
    Call call;
    call.name = person.name;
    call.request = BufferOf(request.SerializeAsString());
    call.request_bytes = request.ByteSizeLong();
    grpc::ByteBuffer answer;
    const grpc::Status status = clients_.front()->Recommend(call.request, answer);
    if (!status.ok()) return absl::InternalError(absl::StrCat(call.name, ": ", Describe(status)));
    std::optional<std::string> bytes = BytesOf(answer);
    v1::RecommendResponse response;
    if (!bytes || !response.ParseFromString(*bytes) || response.disposition() == v1::DISPOSITION_UNSPECIFIED) {
      return absl::InternalError(absl::StrCat(call.name, ": the answer has no disposition"));
    }
    call.answer = *std::move(bytes);
    calls.push_back(std::move(call));
  }
  return calls;
}

Load Clients::Drive(const std::vector<Call>& calls, absl::Duration how_long, double per_second) {
  using Seconds = std::chrono::duration<double>;
  const auto count = static_cast<double>(clients_.size());
  const auto period =
      std::chrono::duration_cast<SteadyClock::duration>(Seconds(per_second > 0 ? count / per_second : 0));
  const SteadyClock::time_point begin = SteadyClock::now();
  const SteadyClock::time_point end =
      begin + std::chrono::duration_cast<SteadyClock::duration>(absl::ToChronoNanoseconds(how_long));
  std::vector<Load> loads(clients_.size());
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < clients_.size(); ++i) {
    // Spread over the list, and over a period.
    const size_t first = i * calls.size() / clients_.size();
    const SteadyClock::time_point start =
        begin + period * static_cast<int64_t>(i) / static_cast<int64_t>(clients_.size());
    threads.emplace_back(
        [&, i, first, start] { clients_[i]->Drive(calls, first, start, end, period, stop, loads[i]); });
  }
  for (std::thread& thread : threads) thread.join();
  Load all;
  for (const Load& load : loads) all.Merge(load);
  all.seconds = Seconds(SteadyClock::now() - begin).count();
  return all;
}

}  // namespace myokine::bench
