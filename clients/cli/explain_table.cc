#include "clients/cli/explain_table.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "clients/cli/answer_index.h"
#include "clients/cli/change_text.h"
#include "clients/cli/page.h"
#include "clients/cli/suggestion_rows.h"
#include "clients/cli/words.h"

namespace myokine::cli {
namespace {

constexpr int kShownDifferences = 8;
constexpr int kLeastShownMilli = 50;  // less is 0.0 points
// Columns of the points of a difference, such as `+12.5  `.
constexpr int kPointsWidth = 7;
constexpr int kDigestLetters = 12;

class Table {
 public:
  Table(const v1::ExplainResponse& response, Locale locale, int columns, Palette palette)
      : response_(response), locale_(locale), index_(response), page_(columns, palette) {}

  std::string Build() {
    AddDisposition();
    AddStanding();
    AddAhead();
    AddChanges();
    AddRemarks(Label::kUnrecognized, response_.unrecognized());
    AddRemarks(Label::kStale, response_.stale());
    AddRemarks(Label::kWarnings, response_.warnings());
    page_.Gap();
    if (!response_.notice().empty()) page_.Text(0, response_.notice());
    const v1::PackVersion& pack = response_.pack();
    page_.Text(0, Say(Label::kPackLine, locale_, pack.id(), pack.version(), pack.digest().substr(0, kDigestLetters)),
               Tone::kFaint);
    return page_.text();
  }

 private:
  void Item(const std::string& text, Tone tone = Tone::kPlain) { page_.Labelled(2, "-", 2, Tone::kPlain, text, tone); }

  void AddDisposition() {
    const v1::Disposition disposition = response_.disposition();
    page_.Text(0, BannerOf(disposition, locale_),
               disposition <= v1::DISPOSITION_PROCEED      ? Tone::kGood
               : disposition <= v1::DISPOSITION_REST_TODAY ? Tone::kWarn
                                                           : Tone::kBad);
    for (const v1::DispositionReason& reason : response_.reasons()) {
      std::string text = reason.text();
      if (reason.because_unknown()) absl::StrAppend(&text, " (", Say(Label::kBecauseUnknown, locale_), ")");
      Item(text);
    }
    if (response_.act_now().empty()) return;
    page_.Heading(Say(Label::kActNow, locale_));
    for (const v1::Statement& statement : response_.act_now()) Item(statement.text(), Tone::kBad);
  }

  void AddStanding() {
    const v1::Suggestion& candidate = response_.candidate();
    const std::string of = absl::StrCat(response_.of()), place = absl::StrCat(response_.place());
    switch (response_.standing()) {
      case v1::STANDING_FIRST: page_.Heading(Say(Label::kExplainFirst, locale_, candidate.name(), of)); break;
      case v1::STANDING_RANKED: page_.Heading(Say(Label::kExplainPlace, locale_, candidate.name(), place, of)); break;
      case v1::STANDING_BLOCKED: page_.Heading(Say(Label::kExplainBlocked, locale_, candidate.name())); break;
      default: page_.Heading(Say(Label::kExplainNotRanked, locale_, candidate.name()));
    }
    if (response_.standing() == v1::STANDING_BLOCKED) {
      page_.Text(2, candidate.summary(), Tone::kFaint);
      page_.Heading(Say(Label::kHeldBackBy, locale_));
      for (const std::string& rule : response_.blocking_rules()) {
        std::string text = index_.RuleText(rule);
        if (index_.RuleFromUnknown(rule)) absl::StrAppend(&text, " (", Say(Label::kBecauseUnknown, locale_), ")");
        Item(text);
      }
    }
    if (response_.has_place()) AddExplained(candidate, response_.place(), response_.meal(), index_, locale_, page_);
  }

  void AddAhead() {
    if (!response_.has_ahead()) return;
    page_.Heading(Say(Label::kAhead, locale_, response_.ahead().name(), PointsText(response_.ahead().score_milli())));
    int shown = 0;
    for (const v1::PointsDifference& one : response_.differences()) {
      const bool shows = std::abs(one.candidate_milli() - one.ahead_milli()) >= kLeastShownMilli;
      if (!shows || shown == kShownDifferences) break;
      ++shown;
      page_.Labelled(
          2, SignedPointsText(one.candidate_milli() - one.ahead_milli()), kPointsWidth, Tone::kPlain,
          absl::StrCat(
              index_.RuleText(one.rule()), " (",
              Say(Label::kDifference, locale_, PointsText(one.candidate_milli()), PointsText(one.ahead_milli())), ")"));
    }
    if (response_.differences_size() > shown) {
      page_.Text(2 + kPointsWidth, Say(Label::kMore, locale_, absl::StrCat(response_.differences_size() - shown)),
                 Tone::kFaint);
    }
  }

  void AddChanges() {
    const bool is_blocked = response_.standing() == v1::STANDING_BLOCKED;
    switch (response_.change_search()) {
      case v1::CHANGE_SEARCH_FOUND:
        page_.Heading(Say(Label::kChanges, locale_));
        for (const v1::Change& change : response_.changes()) {
          Item(ChangeText(change, index_, locale_), Tone::kStrong);
          page_.Text(4, EffectText(change, locale_));
        }
        break;
      case v1::CHANGE_SEARCH_NOTHING_FOUND:
        Note(is_blocked ? Label::kNothingUnblocks : Label::kNothingPutsFirst);
        break;
      case v1::CHANGE_SEARCH_BEYOND_CIRCUMSTANCES: Note(Label::kBeyondCircumstances); break;
      case v1::CHANGE_SEARCH_CUT_SHORT: Note(Label::kSearchCutShort); break;
      default: break;
    }
  }

  void Note(Label label) {
    page_.Gap();
    page_.Text(0, Say(label, locale_));
  }

  template <typename Remarks>
  void AddRemarks(Label heading, const Remarks& remarks) {
    if (remarks.empty()) return;
    page_.Heading(Say(heading, locale_));
    for (const v1::Remark& remark : remarks)
      Item(absl::StrCat(remark.field(), " = ", remark.value(), ": ", remark.text()), Tone::kWarn);
  }

  const v1::ExplainResponse& response_;
  const Locale locale_;
  const AnswerIndex index_;
  Page page_;
};

}  // namespace

std::string ExplainTable(const v1::ExplainResponse& response, Locale locale, int columns, Palette palette) {
  return Table(response, locale, columns, palette).Build();
}

}  // namespace myokine::cli
