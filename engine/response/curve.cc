#include "engine/response/curve.h"

#include <algorithm>
#include <cmath>

namespace myokine {

ResponseCurve::ResponseCurve(const v1::Curve& curve) : form_(curve.form_case()) {
  switch (form_) {
    case v1::Curve::kPiecewise:
      for (const v1::CurvePoint& point : curve.piecewise().points()) {
        if (!points_.empty()) points_.back().slope = (point.y() - points_.back().y) / (point.x() - points_.back().x);
        points_.push_back({point.x(), point.y(), 0});
      }
      break;
    case v1::Curve::kPower:
      scale_ = curve.power().scale();
      exponent_ = curve.power().exponent();
      break;
    case v1::Curve::kSaturating: scale_ = curve.saturating().half(); break;
    case v1::Curve::FORM_NOT_SET: break;
  }
}

double ResponseCurve::At(double x) const {
  switch (form_) {
    case v1::Curve::kPiecewise: {
      if (x <= points_.front().x) return points_.front().y;
      const Point* point = &points_.back();
      while (x < point->x) --point;
      return point->y + point->slope * (x - point->x);
    }
    case v1::Curve::kPower: {
      const double share = std::max(0.0, x) / scale_;
      return exponent_ == 1 ? share : exponent_ == 2 ? share * share : std::pow(share, exponent_);
    }
    case v1::Curve::kSaturating: return std::max(0.0, x) / (std::max(0.0, x) + scale_);
    case v1::Curve::FORM_NOT_SET: return 1;
  }
  return 1;
}

bool ResponseCurve::Rises() const {
  return std::all_of(points_.begin(), points_.end(), [](const Point& point) { return point.slope >= 0; });
}

void CheckCurve(const v1::Curve& curve, const SourceMap& sources, Issues& issues) {
  auto complain = [&](const google::protobuf::Message& at, std::string message) {
    const Location place = sources.Find(&at);
    issues.Add({place, "bad-curve", std::move(message), "", sources.Line(place.file, place.line)});
  };
  auto positive = [](double x) { return std::isfinite(x) && x > 0; };
  switch (curve.form_case()) {
    case v1::Curve::kPiecewise:
      if (curve.piecewise().points().empty()) complain(curve, "a piecewise curve needs a point");
      for (int i = 0; i < curve.piecewise().points_size(); ++i) {
        const v1::CurvePoint& point = curve.piecewise().points(i);
        if (!std::isfinite(point.x()) || !std::isfinite(point.y())) complain(point, "a point must be finite");
        if (i > 0 && !(point.x() > curve.piecewise().points(i - 1).x()))
          complain(point, "the x of a piecewise curve must rise");
      }
      break;
    case v1::Curve::kPower:
      if (!positive(curve.power().scale()) || !positive(curve.power().exponent()))
        complain(curve.power(), "scale and exponent must be above 0");
      break;
    case v1::Curve::kSaturating:
      if (!positive(curve.saturating().half())) complain(curve.saturating(), "half must be above 0");
      break;
    case v1::Curve::FORM_NOT_SET: complain(curve, "a curve needs a form: `piecewise`, `power` or `saturating`"); break;
  }
}

}  // namespace myokine
