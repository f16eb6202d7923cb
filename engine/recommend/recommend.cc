#include "engine/recommend/recommend.h"

#include <algorithm>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/recommend/answer.h"
#include "engine/recommend/locale.h"
#include "engine/recommend/rule_run.h"
#include "engine/recommend/user_frame.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "openssl/sha.h"

namespace myokine {
namespace {

void CheckOptions(const v1::RecommendRequest& request, std::vector<FieldViolation>& violations) {
  const v1::RecommendOptions& options = request.options();
  const auto* descriptor = v1::RecommendOptions::descriptor();
  auto check_range = [&](const char* name, bool stated, int value) {
    const v1::FieldFacts& facts = descriptor->FindFieldByName(name)->options().GetExtension(v1::field);
    if (stated && (value < facts.minimum() || value > facts.maximum())) {
      violations.push_back({absl::StrCat("options.", name), absl::StrCat("is ", value, ", must be between ",
                                                                         facts.minimum(), " and ", facts.maximum())});
    }
  };
  check_range("exercise_count", options.has_exercise_count(), options.exercise_count());
  check_range("meal_count", options.has_meal_count(), options.meal_count());
  std::set<int> seen;
  for (int i = 0; i < options.axis_weights_size(); ++i) {
    const v1::AxisWeight& weight = options.axis_weights(i);
    const std::string at = absl::StrCat("options.axis_weights[", i, "]");
    if (!v1::Axis_IsValid(weight.axis()) || weight.axis() == v1::AXIS_UNSPECIFIED)
      violations.push_back({at + ".axis", "names no axis"});
    if (!seen.insert(weight.axis()).second) violations.push_back({at + ".axis", "is weighted twice"});
    if (weight.weight_permille() < 0 || weight.weight_permille() > 4000)
      violations.push_back({at + ".weight_permille", "must be between 0 and 4000"});
  }
  if (request.request_id().size() > kMaxRequestIdBytes)
    violations.push_back({"request_id", absl::StrCat("is longer than ", kMaxRequestIdBytes, " bytes")});
  if (options.locale().size() > 35) violations.push_back({"options.locale", "is longer than 35 bytes"});
}

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
  CheckOptions(request, result.violations);
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
