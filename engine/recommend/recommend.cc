#include "engine/recommend/recommend.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/recommend/answer.h"
#include "engine/recommend/locale.h"
#include "engine/recommend/request_checks.h"
#include "engine/recommend/rule_run.h"
#include "engine/recommend/user_frame.h"
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

}  // namespace

Recommendation Recommend(const Ruleset& ruleset, const v1::RecommendRequest& request, absl::Time now) {
  Recommendation result;
  const Intake intake = TakeIn(request.user(), ruleset, now, ResolveLocale(request.options().locale()));
  result.violations = intake.violations;
  CheckRequestId(request.request_id(), result.violations);
  CheckOptions(request.options(), result.violations);
  if (!result.violations.empty()) return result;
  Arena arena;
  const std::vector<Value> user = FillUserFrame(ruleset, intake, arena);
  const RuleOutcome outcome = RunRules(ruleset, user, WeightsOf(request.options(), intake.user), arena);
  result.response.set_answer_id(AnswerId(ruleset, request, intake));
  result.response.set_request_id(request.request_id());
  BuildAnswer(ruleset, request.options(), intake, user, outcome, arena, result.response);
  return result;
}

}  // namespace myokine
