// Which facts to ask for.
#ifndef MYOKINE_ENGINE_RECOMMEND_QUESTIONS_H_
#define MYOKINE_ENGINE_RECOMMEND_QUESTIONS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/user_state.pb.h"

namespace myokine {

// Most questions of one answer.
inline constexpr size_t kMostQuestions = 5;

// Appends the slots of all facts that rules lacked and that can be asked for, those that could change most of the
// answer first, ties in the order of the schema. Each rule counts once for a fact, whatever the fact turns out to be:
// by the weight of what it does when it knows, or does for want of the fact, and by how much of the list, the `listed`
// candidates, it touches or holds back. Facts that the person declared unknown are left out.
void RankQuestions(const Ruleset& ruleset, const RuleOutcome& outcome, const v1::UserState& user,
                   absl::Span<const uint32_t> listed, std::vector<int>& slots);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_QUESTIONS_H_
