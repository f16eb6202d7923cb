// Small packs and people for tests, written as protobuf text in the test itself.
#ifndef MYOKINE_TESTS_TESTING_PACK_BUILDER_H_
#define MYOKINE_TESTS_TESTING_PACK_BUILDER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pack/loaded_pack.h"
#include "engine/recommend/recommend.h"
#include "engine/ruleset/ruleset.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"

namespace myokine::testing {

// The message that `text` states; ends the program when it is no such message.
void ParseText(const std::string& text, google::protobuf::Message& message);
template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  ParseText(text, message);
  return message;
}

// The moment that tests are for: 2026-01-15T09:00:00Z, a Thursday.
absl::Time Moment();

// Vocabularies, axes from -10 to 10, caps of the grades A 10, B 6, C 3, D 1, G 8, X 1, and candidates:
//   exercises `walk` (aerobic, 10-30-60 minutes, RPE 2-3-5), `squat` (resistance, 1-3-5 sets, RPE 3-5-8, rest 30-90-300
//   s), `yoga` (mobility, 5-20-40 minutes, no RPE); meals `salmon_rice` and `tofu_bowl`.
// Conditions: `heart_disease` > `angina`, `heart_failure`; `diabetes` > `type_1_diabetes`, `type_2_diabetes`; `asthma`;
// `unrecognized`.
std::string BasePack();

// A pack as the loader would give it, without places. Texts are merged in their order.
std::unique_ptr<LoadedPack> MakePack(const std::vector<std::string>& texts);

// BasePack() and `text`, compiled; ends the program with the issues when there are any.
std::shared_ptr<const Ruleset> CompileText(const std::string& text);

// The issues of BasePack() and `text`, each as `code: message`, with ` | hint` where there is one.
std::vector<std::string> IssuesOf(const std::string& text);

// A rule with grade A and a text, and `body` of a Rule.
std::string RuleText(std::string_view id, std::string_view body);

// The answer for a person, a text of v1::UserState; ends the program when the request is refused. `options` is a text
// of v1::RecommendOptions.
Recommendation Ask(const Ruleset& ruleset, const std::string& user, const std::string& options = "");

}  // namespace myokine::testing

#endif  // MYOKINE_TESTS_TESTING_PACK_BUILDER_H_
