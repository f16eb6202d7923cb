// What a person's own measurements say of inflammation at rest.
#ifndef MYOKINE_ENGINE_RECOMMEND_INFLAMMATION_PICTURE_H_
#define MYOKINE_ENGINE_RECOMMEND_INFLAMMATION_PICTURE_H_

#include <string_view>

#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Reads the signs that are known, and names those that are not; movers are those of raised signs that are open to the
// person, the best known first. Empty when the pack reads none. `activation` holds the person's facts.
v1::InflammationPicture ReadInflammation(const Ruleset& ruleset, const Activation& activation, std::string_view locale);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_INFLAMMATION_PICTURE_H_
