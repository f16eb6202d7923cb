#include "clients/cli/inflammation_rows.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/words.h"

namespace myokine::cli {
namespace {

Tone ToneOf(v1::SignLevel level) {
  switch (level) {
    case v1::SIGN_LEVEL_RAISED: return Tone::kWarn;
    case v1::SIGN_LEVEL_HIGH: return Tone::kBad;
    default: return Tone::kPlain;
  }
}

}  // namespace

void AddInflammation(const v1::InflammationPicture& picture, Locale locale, Page& page) {
  if (picture.signs().empty()) return;
  page.Heading(Say(Label::kInflammation, locale));
  for (const v1::SignReading& sign : picture.signs()) {
    page.Labelled(2, "-", 2, Tone::kPlain,
                  absl::StrCat(sign.name(), " ", NumberText(sign.value(), 2), sign.unit().empty() ? "" : " ",
                               sign.unit(), ": ", sign.text()),
                  ToneOf(sign.level()));
  }
  for (const v1::SignMover& mover : picture.movers()) {
    page.Labelled(
        4, "+", 2, Tone::kGood,
        absl::StrCat(mover.text(), " (", PercentRangeText(mover.percent_low(), mover.percent_high()),
                     Say(Label::kListSeparator, locale), Say(Label::kGrade, locale, GradeLetter(mover.grade())), ")"));
  }
  if (!picture.notice().empty()) page.Text(2, picture.notice(), Tone::kFaint);
}

}  // namespace myokine::cli
