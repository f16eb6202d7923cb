#include "clients/cli/estimate_table.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/inflammation_rows.h"
#include "clients/cli/page.h"
#include "clients/cli/time_course.h"
#include "clients/cli/words.h"

namespace myokine::cli {
namespace {

constexpr int kMostChartColumns = 72;
constexpr double kShortestSpan = 120;  // after the end of a bout, minutes
constexpr double kLongestSpan = 1440;
constexpr int kDigestLetters = 12;

class Table {
 public:
  Table(const v1::EstimateResponseResponse& response, Locale locale, int columns, Palette palette)
      : response_(response), locale_(locale), columns_(columns), page_(columns, palette) {}

  std::string Build() {
    AddStanding();
    for (const v1::BoutEstimate& bout : response_.bouts()) AddBout(bout);
    AddCombined();
    AddHabit();
    AddInflammation(response_.inflammation(), locale_, page_);
    AddRemarks(Label::kUnrecognized, response_.unrecognized());
    AddRemarks(Label::kStale, response_.stale());
    AddRemarks(Label::kWarnings, response_.warnings());
    AddDisagreements();
    page_.Gap();
    if (!response_.notice().empty()) page_.Text(0, response_.notice());
    const v1::PackVersion& pack = response_.pack();
    page_.Text(0, Say(Label::kPackLine, locale_, pack.id(), pack.version(), pack.digest().substr(0, kDigestLetters)),
               Tone::kFaint);
    return page_.text();
  }

 private:
  std::string NameOf(const std::string& id) const {
    for (const v1::MyokineNote& note : response_.myokines()) {
      if (note.id() == id) return note.name();
    }
    return IdText(id);
  }

  // Where it is no more than a limit, an estimate needs no banner.
  void AddStanding() {
    if (response_.disposition() <= v1::DISPOSITION_LIMITED) return;
    page_.Text(0, BannerOf(response_.disposition(), locale_), Tone::kBad);
    for (const v1::DispositionReason& reason : response_.reasons())
      page_.Labelled(2, "-", 2, Tone::kPlain, reason.text());
    if (response_.act_now().empty()) return;
    page_.Heading(Say(Label::kActNow, locale_));
    for (const v1::Statement& statement : response_.act_now())
      page_.Labelled(2, "-", 2, Tone::kPlain, statement.text(), Tone::kBad);
  }

  void AddBout(const v1::BoutEstimate& bout) {
    page_.Heading(Say(Label::kBout, locale_, IdText(bout.exercise().empty() ? bout.modality() : bout.exercise()),
                      NumberText(bout.minutes(), 1), NumberText(bout.percent_vo2max(), 0)));
    const Span span = SpanOf(bout);
    const int width = std::min(columns_ - 4, kMostChartColumns);
    for (const v1::MyokineResponse& one : bout.responses()) {
      page_.Text(2, ResponseText(one, NameOf(one.myokine()), locale_));
      if (Moves(one)) page_.Text(4, DrawCourse(one.course(), span, width), Tone::kGood);
    }
    if (std::any_of(bout.responses().begin(), bout.responses().end(), Moves))
      page_.Text(4, DrawAxis(span, width), Tone::kFaint);
    std::set<std::string> unknown;
    for (const v1::MyokineResponse& one : bout.responses())
      unknown.insert(one.unknown_modifiers().begin(), one.unknown_modifiers().end());
    std::vector<std::string> names;
    for (const std::string& id : unknown) names.push_back(IdText(id));
    if (!names.empty())
      page_.Text(2, Say(Label::kTakenAsAverage, locale_, absl::StrJoin(names, Say(Label::kListSeparator, locale_))),
                 Tone::kFaint);
  }

  // Whether there is something to draw.
  static bool Moves(const v1::MyokineResponse& one) {
    return std::any_of(one.course().begin(), one.course().end(),
                       [](const v1::CoursePoint& point) { return point.fold() > 1.005 || point.fold() < 0.995; });
  }

  static Span SpanOf(const v1::BoutEstimate& bout) {
    double until = kShortestSpan;
    for (const v1::MyokineResponse& one : bout.responses()) {
      if (Moves(one)) until = std::max(until, one.return_minutes());
    }
    return {-bout.minutes(), std::min(until, kLongestSpan)};
  }

  void AddCombined() {
    if (response_.combined().empty()) return;
    page_.Heading(Say(Label::kCombined, locale_));
    for (const v1::CombinedResponse& one : response_.combined()) {
      const int minute = static_cast<int>(one.peak_at_minute());
      const std::string when = absl::StrCat(minute / 60 % 24, ":", minute % 60 < 10 ? "0" : "", minute % 60);
      page_.Text(2, Say(Label::kCombinedLine, locale_, IntervalText(one.fold_change(), NameOf(one.myokine())),
                        absl::StrCat(minute / 1440 + 1), when));
    }
  }

  void AddHabit() {
    if (response_.habit().empty()) return;
    page_.Heading(Say(Label::kHabit, locale_));
    for (const v1::HabitResponse& one : response_.habit()) {
      page_.Text(
          2, absl::StrCat(NameOf(one.myokine()), ": ", PercentIntervalText(one.percent()),
                          Say(Label::kListSeparator, locale_), Say(Label::kGrade, locale_, GradeLetter(one.grade()))));
    }
  }

  template <typename Remarks>
  void AddRemarks(Label heading, const Remarks& remarks) {
    if (remarks.empty()) return;
    page_.Heading(Say(heading, locale_));
    for (const v1::Remark& remark : remarks)
      page_.Labelled(2, "-", 2, Tone::kPlain, absl::StrCat(remark.field(), " = ", remark.value(), ": ", remark.text()),
                     Tone::kWarn);
  }

  void AddDisagreements() {
    bool first = true;
    for (const v1::MyokineNote& note : response_.myokines()) {
      if (note.disagreement().empty()) continue;
      if (first) page_.Heading(Say(Label::kDisagreement, locale_));
      first = false;
      page_.Labelled(2, "-", 2, Tone::kPlain, absl::StrCat(note.name(), ": ", note.disagreement()));
    }
  }

  const v1::EstimateResponseResponse& response_;
  const Locale locale_;
  const int columns_;
  Page page_;
};

}  // namespace

std::string EstimateTable(const v1::EstimateResponseResponse& response, Locale locale, int columns, Palette palette) {
  return Table(response, locale, columns, palette).Build();
}

}  // namespace myokine::cli
