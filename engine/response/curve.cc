#include "engine/response/curve.h"

#include <algorithm>
#include <cmath>

namespace myokine {
namespace {

double Interpolated(const v1::Piecewise& curve, double x) {
  const auto& points = curve.points();
  if (x <= points[0].x()) return points[0].y();
  for (int i = 1; i < points.size(); ++i) {
    const v1::CurvePoint &a = points[i - 1], &b = points[i];
    if (x <= b.x()) return a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x());
  }
  return points[points.size() - 1].y();
}

}  // namespace

double At(const v1::Curve& curve, double x) {
  switch (curve.form_case()) {
    case v1::Curve::kPiecewise: return Interpolated(curve.piecewise(), x);
    case v1::Curve::kPower: return std::pow(std::max(0.0, x) / curve.power().scale(), curve.power().exponent());
    case v1::Curve::kSaturating: return std::max(0.0, x) / (std::max(0.0, x) + curve.saturating().half());
    case v1::Curve::FORM_NOT_SET: return 1;
  }
  return 1;
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
