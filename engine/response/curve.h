// The continuous forms that response models are made of.
#ifndef MYOKINE_ENGINE_RESPONSE_CURVE_H_
#define MYOKINE_ENGINE_RESPONSE_CURVE_H_

#include <vector>

#include "engine/pack/loaded_pack.h"
#include "myokine/v1/myokine.pb.h"

namespace myokine {

// A curve of the pack laid out for quick reading. Immutable.
class ResponseCurve {
 public:
  // 1 everywhere.
  ResponseCurve() = default;
  // Of a curve that CheckCurve accepts; of one that has no form, 1 everywhere.
  explicit ResponseCurve(const v1::Curve& curve);

  // The curve at `x`, a finite number; x below 0 counts as 0 for power and saturating forms. Continuous in x.
  double At(double x) const;
  // True when it never falls as x grows.
  bool Rises() const;

 private:
  struct Point {
    double x, y;
    double slope;  // from here to the next point; of the last 0
  };

  v1::Curve::FormCase form_ = v1::Curve::FORM_NOT_SET;
  std::vector<Point> points_;  // of a piecewise one
  double scale_ = 1;           // of a power; the half of a saturating one
  double exponent_ = 1;
};

// Adds an issue for every reason why `curve` is not a continuous function: no form, x that do not rise, a scale or half
// that is not positive, numbers that are not finite.
void CheckCurve(const v1::Curve& curve, const SourceMap& sources, Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RESPONSE_CURVE_H_
