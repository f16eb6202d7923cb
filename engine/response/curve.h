// The continuous forms that response models are made of.
#ifndef MYOKINE_ENGINE_RESPONSE_CURVE_H_
#define MYOKINE_ENGINE_RESPONSE_CURVE_H_

#include "engine/pack/loaded_pack.h"
#include "myokine/v1/myokine.pb.h"

namespace myokine {

// The curve at `x`, a finite number; x below 0 counts as 0 for power and saturating forms. A curve that is not set is 1
// everywhere. Continuous in x. Needs a curve that CheckCurve accepts.
double At(const v1::Curve& curve, double x);

// Adds an issue for every reason why `curve` is not a continuous function: no form, x that do not rise, a scale or half
// that is not positive, numbers that are not finite.
void CheckCurve(const v1::Curve& curve, const SourceMap& sources, Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RESPONSE_CURVE_H_
