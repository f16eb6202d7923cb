// Layers: a pack that builds upon another one.
#ifndef MYOKINE_ENGINE_PACK_LAYERS_H_
#define MYOKINE_ENGINE_PACK_LAYERS_H_

#include <memory>

#include "engine/expr/issue.h"
#include "engine/pack/loaded_pack.h"

namespace myokine {

// Puts `base` below `layer`. The entries of the base come first in each list, then those of the layer.
//
// - An entry of the layer with the name of one of the base replaces it. A vocabulary does not: its concepts join those
// of the
//   base, and a concept replaces its like; then it must keep the wider concepts and the codes that the base gave it.
// - What `disable` names is taken out, and with it the mentions of it in lists of the base (`similar`, `fires` ...); a
//   scenario of the base that is about it (`first_exercise`) goes too.
// - `bout_model`, `diet_index` and `inflammation` are the base's unless the layer has them. `pack`, `extends` and
// `disable` are the layer's.
//
// What keeps people safe can't be weakened: replacing or disabling a rule that the base marks `safety`, replacing an
// invariant of the base, and replacing a variable that either of them reads, directly or through other variables, are
// issues.
//
// What the layer did not take over stays in `layer.base`.
// Codes: `safety-replaced`, `safety-disabled`, `weakened-concept`, `unknown-id`.
void PutBelow(LoadedPack& layer, std::unique_ptr<LoadedPack> base, Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_LAYERS_H_
