// Expected myokine responses to a suggested exercise in its dose.
#ifndef MYOKINE_ENGINE_RECOMMEND_RESPONSES_H_
#define MYOKINE_ENGINE_RECOMMEND_RESPONSES_H_

#include <vector>

#include "engine/recommend/dosing.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// One response per myokine of the pack that has a model for the exercise's kind of training, in the order of the pack;
// a myokine without usable numbers is listed without one. `activation` holds the person's facts.
std::vector<v1::MyokineResponse> EstimateResponses(const Ruleset& ruleset, const v1::Exercise& exercise,
                                                   const ChosenDose& dose, const Activation& activation);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_RESPONSES_H_
