// The facts of one person, laid out as the ruleset's expressions read them.
#ifndef MYOKINE_ENGINE_RECOMMEND_USER_FRAME_H_
#define MYOKINE_ENGINE_RECOMMEND_USER_FRAME_H_

#include <vector>

#include "engine/recommend/intake.h"
#include "engine/ruleset/ruleset.h"

namespace myokine {

// Fills the user's frame from an accepted intake: the facts, `now`, and the variables in their order. A variable out of
// its range is an error value. Values live in `arena`, in `intake` and in the ruleset.
void FillUserFrame(const Ruleset& ruleset, const Intake& intake, Arena& arena, std::vector<Value>& frame);
std::vector<Value> FillUserFrame(const Ruleset& ruleset, const Intake& intake, Arena& arena);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_USER_FRAME_H_
