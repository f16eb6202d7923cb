#include "clients/cli/suggestion_rows.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/display_width.h"
#include "clients/cli/words.h"

namespace myokine::cli {
namespace {

// Where the rows of a suggestion begin: behind the rank, such as ` 1. `.
constexpr int kIndent = 4;
// Columns of the points of a reason, such as `+12.5  `.
constexpr int kPointsWidth = 7;

class Rows {
 public:
  Rows(const v1::Suggestion& suggestion, const AnswerIndex& index, Locale locale, Page& page)
      : suggestion_(suggestion), index_(index), locale_(locale), page_(page) {
    for (const Label label : {Label::kReasons, Label::kMyokines, Label::kCautions, Label::kAllergens, Label::kMayContain, Label::kDropped}) {
      width_ = std::max(width_, DisplayWidth(Say(label, locale)) + 2);
    }
  }

  void Head(int rank) {
    page_.Ends(0, absl::StrCat(absl::StrFormat("%2d. ", rank), suggestion_.name().empty() ? suggestion_.candidate() : suggestion_.name()),
               Say(Label::kPoints, locale_, PointsText(suggestion_.score_milli())), Tone::kStrong, Tone::kStrong);
    const std::string dose = DoseText(suggestion_.dose(), locale_);
    if (!dose.empty()) page_.Text(kIndent, dose);
    if (!suggestion_.summary().empty()) page_.Text(kIndent, suggestion_.summary(), Tone::kFaint);
  }

  void Reasons() {
    std::string label = Say(Label::kReasons, locale_);
    const int shown = std::min(suggestion_.contributions_size(), kShownReasons);
    for (int i = 0; i < shown; ++i) {
      const v1::Contribution& contribution = suggestion_.contributions(i);
      const std::string grade = index_.RuleGrade(contribution.rule());
      std::string text = index_.RuleText(contribution.rule());
      if (!grade.empty()) absl::StrAppend(&text, " [", grade, "]");
      if (index_.RuleFromUnknown(contribution.rule())) absl::StrAppend(&text, " (", Say(Label::kBecauseUnknown, locale_), ")");
      page_.Labelled(kIndent, PadRight(label, width_) + SignedPointsText(contribution.milli()), width_ + kPointsWidth, Tone::kPlain, text);
      label.clear();
    }
    More(suggestion_.contributions_size() - shown, width_ + kPointsWidth);
  }

  // Those with a figure first.
  void Responses() {
    std::vector<const v1::MyokineResponse*> responses;
    for (const v1::MyokineResponse& response : suggestion_.responses()) responses.push_back(&response);
    std::stable_partition(responses.begin(), responses.end(), [](const v1::MyokineResponse* response) { return response->has_fold_change(); });
    const int shown = std::min(static_cast<int>(responses.size()), kShownResponses);
    std::string label = Say(Label::kMyokines, locale_);
    for (int i = 0; i < shown; ++i) {
      const v1::MyokineResponse& response = *responses[static_cast<size_t>(i)];
      Row(label, ResponseText(response, index_.MyokineName(response.myokine()), locale_), Tone::kPlain);
      label.clear();
    }
    More(static_cast<int>(responses.size()) - shown, width_);
  }

  void Cautions() {
    std::string label = Say(Label::kCautions, locale_);
    for (const v1::Statement& caution : suggestion_.cautions()) {
      Row(label, caution.text().empty() ? index_.RuleText(caution.rule()) : caution.text(), Tone::kWarn);
      label.clear();
    }
    label = Say(Label::kDropped, locale_);
    for (const v1::DroppedPrescription& dropped : suggestion_.dropped()) {
      Row(label, absl::StrCat(IdText(dropped.field()), ": ", index_.RuleText(dropped.rule())), Tone::kFaint);
      label.clear();
    }
  }

  void Allergens() {
    const auto list = [](const auto& ids) {
      return absl::StrJoin(ids, ", ", [](std::string* out, const std::string& id) { out->append(IdText(id)); });
    };
    const bool none = suggestion_.allergens().empty();
    Row(Say(Label::kAllergens, locale_), none ? Say(Label::kNoneKnown, locale_) : list(suggestion_.allergens()),
        none ? Tone::kFaint : Tone::kWarn);
    if (!suggestion_.may_contain().empty()) Row(Say(Label::kMayContain, locale_), list(suggestion_.may_contain()), Tone::kWarn);
  }

 private:
  void Row(const std::string& label, const std::string& text, Tone tone) {
    page_.Labelled(kIndent, label, width_, Tone::kPlain, text, tone);
  }

  void More(int count, int indent) {
    if (count > 0) page_.Text(kIndent + indent, Say(Label::kMore, locale_, absl::StrCat(count)), Tone::kFaint);
  }

  const v1::Suggestion& suggestion_;
  const AnswerIndex& index_;
  const Locale locale_;
  Page& page_;
  int width_ = 0;  // of labels, blanks behind them included
};

}  // namespace

void AddExercise(const v1::Suggestion& exercise, int rank, const AnswerIndex& index, Locale locale, Page& page) {
  Rows rows(exercise, index, locale, page);
  rows.Head(rank);
  rows.Reasons();
  rows.Responses();
  rows.Cautions();
}

void AddMeal(const v1::Suggestion& meal, int rank, const AnswerIndex& index, Locale locale, Page& page) {
  Rows rows(meal, index, locale, page);
  rows.Head(rank);
  rows.Reasons();
  rows.Cautions();
  rows.Allergens();
}

}  // namespace myokine::cli
