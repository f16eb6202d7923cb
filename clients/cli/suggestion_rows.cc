#include "clients/cli/suggestion_rows.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/display_width.h"
#include "clients/cli/words.h"

namespace myokine::cli {
namespace {

// Where the rows of a suggestion begin: behind the rank, such as ` 1. `.
constexpr int kIndent = 4;
// Columns of the points of a reason, such as `+12.5  `.
constexpr int kPointsWidth = 7;

// How far an expected response is from none, either way: 0 for no figure, twice and half the resting value are equally
// far.
double Departure(const v1::MyokineResponse& response) {
  const double fold = response.fold_change().expected();
  return fold > 0 ? std::abs(std::log(fold)) : 0;
}

class Rows {
 public:
  Rows(const v1::Suggestion& suggestion, const AnswerIndex& index, Locale locale, Page& page)
      : suggestion_(suggestion), index_(index), locale_(locale), page_(page) {
    for (const Label label : {Label::kReasons, Label::kMyokines, Label::kCautions, Label::kAllergens,
                              Label::kMayContain, Label::kDropped}) {
      width_ = std::max(width_, DisplayWidth(Say(label, locale)) + 2);
    }
  }

  void Head(int rank) {
    page_.Ends(rank < 10 ? 1 : 0,
               absl::StrCat(rank, ". ", suggestion_.name().empty() ? suggestion_.candidate() : suggestion_.name()),
               Say(Label::kPoints, locale_, PointsText(suggestion_.score_milli())), Tone::kStrong, Tone::kStrong);
    const std::string dose = DoseText(suggestion_.dose(), locale_);
    if (!dose.empty()) page_.Text(kIndent, dose);
    if (!suggestion_.summary().empty()) page_.Text(kIndent, suggestion_.summary(), Tone::kFaint);
  }

  void Reasons(int most = kShownReasons) {
    std::string label = Say(Label::kReasons, locale_);
    const int shown = std::min(suggestion_.contributions_size(), most);
    for (int i = 0; i < shown; ++i) {
      const v1::Contribution& contribution = suggestion_.contributions(i);
      const std::string grade = index_.RuleGrade(contribution.rule());
      std::string text = index_.RuleText(contribution.rule());
      if (!grade.empty()) absl::StrAppend(&text, " [", grade, "]");
      if (index_.RuleFromUnknown(contribution.rule()))
        absl::StrAppend(&text, " (", Say(Label::kBecauseUnknown, locale_), ")");
      page_.Labelled(kIndent, PadRight(label, width_) + SignedPointsText(contribution.milli()), width_ + kPointsWidth,
                     Tone::kPlain, text);
      label.clear();
    }
    More(suggestion_.contributions_size() - shown, width_ + kPointsWidth);
  }

  void Responses() {
    const std::vector<const v1::MyokineResponse*> shown = ShownResponses(suggestion_);
    std::string label = Say(Label::kMyokines, locale_);
    for (const v1::MyokineResponse* response : shown) {
      Row(label, ResponseText(*response, index_.MyokineName(response->myokine()), locale_), Tone::kPlain);
      label.clear();
    }
    More(suggestion_.responses_size() - static_cast<int>(shown.size()), width_);
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
    const auto list = [this](const auto& ids) {
      return absl::StrJoin(ids, Say(Label::kListSeparator, locale_), [this](std::string* out, const std::string& id) {
        out->append(index_.ConceptName("allergen", id));
      });
    };
    const bool none = suggestion_.allergens().empty();
    Row(Say(Label::kAllergens, locale_), none ? Say(Label::kNoneKnown, locale_) : list(suggestion_.allergens()),
        none ? Tone::kFaint : Tone::kWarn);
    if (!suggestion_.may_contain().empty())
      Row(Say(Label::kMayContain, locale_), list(suggestion_.may_contain()), Tone::kWarn);
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

std::vector<const v1::MyokineResponse*> ShownResponses(const v1::Suggestion& exercise) {
  std::vector<const v1::MyokineResponse*> responses;
  for (const v1::MyokineResponse& response : exercise.responses()) responses.push_back(&response);
  std::stable_sort(responses.begin(), responses.end(), [](const v1::MyokineResponse* a, const v1::MyokineResponse* b) {
    if (a->has_fold_change() != b->has_fold_change()) return a->has_fold_change();
    return Departure(*a) > Departure(*b);
  });
  if (responses.size() > kShownResponses) responses.resize(kShownResponses);
  return responses;
}

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

void AddExplained(const v1::Suggestion& candidate, int rank, bool is_meal, const AnswerIndex& index, Locale locale,
                  Page& page) {
  Rows rows(candidate, index, locale, page);
  rows.Head(rank);
  rows.Reasons(kShownReasonsExplained);
  rows.Cautions();
  if (is_meal) rows.Allergens();
}

}  // namespace myokine::cli
