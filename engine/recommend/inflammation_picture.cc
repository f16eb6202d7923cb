#include "engine/recommend/inflammation_picture.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "engine/ruleset/grade.h"
#include "engine/ruleset/locale.h"

namespace myokine {
namespace {

// Nothing where the value is not known.
const v1::SignBand* BandOf(const v1::InflammationSign& sign, double value) {
  const v1::SignBand* band = nullptr;
  for (const v1::SignBand& one : sign.bands()) {
    if (value >= one.from()) band = &one;
  }
  return band;
}

}  // namespace

v1::InflammationPicture ReadInflammation(const Ruleset& ruleset, const Activation& activation,
                                         std::string_view locale) {
  v1::InflammationPicture picture;
  if (!ruleset.pack().has_inflammation()) return picture;
  picture.set_notice(Pick(ruleset.pack().inflammation().notice(), locale));
  std::set<std::string> raised;
  for (const CompiledSign& compiled : ruleset.signs()) {
    const v1::InflammationSign& sign = *compiled.sign;
    const Value value = compiled.value->Evaluate(activation);
    const double* number = std::get_if<double>(&value);
    const int64_t* whole = std::get_if<int64_t>(&value);
    if (number == nullptr && whole == nullptr) {
      picture.add_unknown(sign.id());
      continue;
    }
    const double at = number != nullptr ? *number : static_cast<double>(*whole);
    const v1::SignBand* band = BandOf(sign, at);
    if (band == nullptr) continue;
    v1::SignReading& reading = *picture.add_signs();
    reading.set_sign(sign.id());
    reading.set_name(Pick(sign.name(), locale));
    reading.set_value(std::round(at * 1000) / 1000);
    reading.set_unit(sign.unit());
    reading.set_level(band->level());
    reading.set_text(Pick(band->text(), locale));
    reading.set_grade(sign.evidence().grade());
    *reading.mutable_references() = sign.evidence().references();
    if (band->level() == v1::SIGN_LEVEL_RAISED || band->level() == v1::SIGN_LEVEL_HIGH) raised.insert(sign.id());
  }
  std::vector<const v1::InflammationMover*> open;
  for (const CompiledMover& compiled : ruleset.movers()) {
    if (raised.contains(compiled.mover->sign()) && Is(compiled.when->Evaluate(activation), true))
      open.push_back(compiled.mover);
  }
  std::stable_sort(open.begin(), open.end(), [](const v1::InflammationMover* a, const v1::InflammationMover* b) {
    return WorseGrade(b->evidence().grade(), a->evidence().grade());
  });
  for (const v1::InflammationMover* mover : open) {
    v1::SignMover& out = *picture.add_movers();
    out.set_mover(mover->id());
    out.set_sign(mover->sign());
    out.set_text(Pick(mover->text(), locale));
    out.set_percent_low(mover->percent_low());
    out.set_percent_high(mover->percent_high());
    out.set_grade(mover->evidence().grade());
    *out.mutable_references() = mover->evidence().references();
  }
  return picture;
}

}  // namespace myokine
