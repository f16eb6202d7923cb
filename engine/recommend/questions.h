// Which facts to ask for.
#ifndef MYOKINE_ENGINE_RECOMMEND_QUESTIONS_H_
#define MYOKINE_ENGINE_RECOMMEND_QUESTIONS_H_

#include <string_view>
#include <vector>

#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"
#include "myokine/v1/user_state.pb.h"

namespace myokine {

// Most questions of one answer.
inline constexpr size_t kMostQuestions = 5;

// All facts that rules lacked and that can be asked for, those on which most hung first, ties in the order of the
// schema. Facts that the person declared unknown are left out.
std::vector<v1::Question> FindQuestions(const Ruleset& ruleset, const RuleOutcome& outcome, const v1::UserState& user,
                                        std::string_view locale);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_QUESTIONS_H_
