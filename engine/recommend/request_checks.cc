#include "engine/recommend/request_checks.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "myokine/v1/options.pb.h"

namespace myokine {

void CheckOptions(const v1::RecommendOptions& options, std::vector<FieldViolation>& violations) {
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
  if (options.locale().size() > 35) violations.push_back({"options.locale", "is longer than 35 bytes"});
}

void CheckRequestId(const std::string& id, std::vector<FieldViolation>& violations) {
  if (id.size() > kMaxRequestIdBytes)
    violations.push_back({"request_id", absl::StrCat("is longer than ", kMaxRequestIdBytes, " bytes")});
}

}  // namespace myokine
