#include "engine/recommend/recommend.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/recommend/answer_encoder.h"
#include "engine/recommend/ranked_answer.h"
#include "engine/recommend/request_checks.h"
#include "engine/recommend/rule_run.h"
#include "engine/recommend/user_frame.h"
#include "engine/ruleset/locale.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "openssl/sha.h"

namespace myokine {
namespace {

std::string Serialize(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

// The same request, moment and pack give the same id: 128 bits of a SHA-256 over them.
std::string AnswerId(const Ruleset& ruleset, const v1::RecommendRequest& request, const Intake& intake) {
  const std::string bytes =
      absl::StrCat(ruleset.digest(), "\n", Serialize(request), "\n", Serialize(intake.user.evaluation_time()));
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash);
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(hash), 16));
}

// What the answers of one thread use in turn; what has grown is kept.
struct Memory {
  Arena arena;
  std::vector<Value> user;
  RuleOutcome outcome;
  RankedAnswer answer;
  AnswerEncoder encoder;
};

}  // namespace

std::vector<FieldViolation> EncodeRecommendation(const Ruleset& ruleset, const v1::RecommendRequest& request,
                                                 absl::Time now, WireWriter& out) {
  Intake intake = TakeIn(request.user(), ruleset, now, ResolveLocale(request.options().locale()));
  CheckRequestId(request.request_id(), intake.violations);
  CheckOptions(request.options(), intake.violations);
  if (!intake.violations.empty()) return std::move(intake.violations);
  thread_local Memory memory;
  memory.arena.Reset();
  FillUserFrame(ruleset, intake, memory.arena, memory.user);
  RunRules(ruleset, memory.user, WeightsOf(request.options(), intake.user), memory.arena, memory.outcome);
  RankAnswer(ruleset, request.options(), intake, memory.user, memory.outcome, memory.arena, memory.answer);
  out.Bytes(v1::RecommendResponse::kAnswerIdFieldNumber, AnswerId(ruleset, request, intake));
  out.Text(v1::RecommendResponse::kRequestIdFieldNumber, request.request_id());
  Activation activation;
  activation.arena = &memory.arena;
  activation.frames[static_cast<size_t>(Frame::kUser)] = memory.user;
  memory.encoder.Encode(ruleset, request.options(), intake, activation, memory.outcome, memory.answer, out);
  return {};
}

Recommendation Recommend(const Ruleset& ruleset, const v1::RecommendRequest& request, absl::Time now) {
  Recommendation result;
  WireWriter out;
  result.violations = EncodeRecommendation(ruleset, request, now, out);
  result.response.ParseFromArray(out.bytes().data(), static_cast<int>(out.bytes().size()));
  return result;
}

}  // namespace myokine
