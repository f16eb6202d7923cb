#include "clients/cli/answer_table.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "clients/cli/answer_index.h"
#include "clients/cli/display_width.h"
#include "clients/cli/inflammation_rows.h"
#include "clients/cli/page.h"
#include "clients/cli/suggestion_rows.h"
#include "clients/cli/words.h"

namespace myokine::cli {
namespace {

constexpr int kShownQuestions = 5;
constexpr int kShownStatements = 10;
constexpr int kDigestLetters = 12;

Tone ToneOf(v1::Disposition disposition) {
  switch (disposition) {
    case v1::DISPOSITION_PROCEED: return Tone::kGood;
    case v1::DISPOSITION_LIMITED:
    case v1::DISPOSITION_REST_TODAY: return Tone::kWarn;
    default: return Tone::kBad;
  }
}

class Table {
 public:
  Table(const v1::RecommendResponse& response, const TableOptions& options)
      : response_(response), options_(options), index_(response), page_(options.columns, options.palette) {}

  std::string Build() {
    Disposition();
    Statements(Label::kActNow, response_.act_now(), Tone::kBad);
    Suggestions(Label::kExercises, response_.exercises(), options_.exercises, &AddExercise);
    Suggestions(Label::kMeals, response_.meals(), options_.meals, &AddMeal);
    Pairings();
    Diet();
    AddInflammation(response_.inflammation(), options_.locale, page_);
    Statements(Label::kAdvice, response_.advice(), Tone::kPlain);
    Statements(Label::kAvoid, response_.avoid(), Tone::kPlain);
    Questions();
    Blocked();
    Remarks(Label::kUnrecognized, response_.unrecognized());
    Remarks(Label::kStale, response_.stale());
    Remarks(Label::kWarnings, response_.warnings());
    Disagreements();
    Foot();
    return page_.text();
  }

 private:
  std::string Phrase(Label label, const std::string& a = "", const std::string& b = "",
                     const std::string& c = "") const {
    return Say(label, options_.locale, a, b, c);
  }

  void Item(const std::string& text, Tone tone = Tone::kPlain) { page_.Labelled(2, "-", 2, Tone::kPlain, text, tone); }

  void Disposition() {
    page_.Text(0, BannerOf(response_.disposition(), options_.locale), ToneOf(response_.disposition()));
    for (const v1::DispositionReason& reason : response_.reasons()) {
      std::string text = reason.text().empty() ? index_.RuleText(reason.rule()) : reason.text();
      if (reason.because_unknown()) absl::StrAppend(&text, " (", Phrase(Label::kBecauseUnknown), ")");
      Item(text);
    }
  }

  template <typename Entries>
  void Statements(Label heading, const Entries& statements, Tone tone) {
    if (statements.empty()) return;
    page_.Heading(Phrase(heading));
    int shown = 0;
    for (const v1::Statement& statement : statements) {
      if (++shown > kShownStatements) break;
      Item(statement.text().empty() ? index_.RuleText(statement.rule()) : statement.text(), tone);
    }
    if (statements.size() > kShownStatements)
      page_.Text(2, Phrase(Label::kMore, absl::StrCat(statements.size() - kShownStatements)), Tone::kFaint);
  }

  template <typename Entries>
  void Suggestions(Label heading, const Entries& entries, bool wanted, decltype(&AddMeal) add) {
    // What is urgent is said by the banner alone.
    if (entries.empty() && (!wanted || response_.disposition() >= v1::DISPOSITION_URGENT_CARE)) return;
    page_.Heading(Phrase(heading));
    if (entries.empty()) page_.Text(2, Phrase(Label::kNothingFits));
    int rank = 0;
    for (const v1::Suggestion& entry : entries) {
      if (rank > 0) page_.Gap();
      add(entry, ++rank, index_, options_.locale, page_);
    }
  }

  void Pairings() {
    if (response_.pairings().empty()) return;
    page_.Heading(Phrase(Label::kPairings));
    for (const v1::SuggestedPairing& pairing : response_.pairings()) {
      const int offset = pairing.meal_offset_minutes();
      const std::string when = offset == 0  ? Phrase(Label::kEatRightAfter)
                               : offset > 0 ? Phrase(Label::kEatAfter, absl::StrCat(offset))
                                            : Phrase(Label::kEatBefore, absl::StrCat(-offset));
      Item(absl::StrCat(index_.CandidateName(pairing.exercise()), " + ", index_.CandidateName(pairing.meal()), " (",
                        when, "): ", pairing.text()));
    }
  }

  // Of the budgets only those that something is logged for.
  void Diet() {
    const v1::DietPicture& diet = response_.diet();
    const bool logged = std::any_of(diet.budgets().begin(), diet.budgets().end(),
                                    [](const v1::BudgetState& budget) { return budget.logged() > 0; });
    if (!diet.has_index() && !logged) return;
    page_.Heading(Phrase(Label::kDiet));
    if (diet.has_index()) {
      const int used = diet.index_used_size();
      Item(Phrase(Label::kDietIndex, NumberText(diet.index(), 2), absl::StrCat(used),
                  absl::StrCat(used + diet.index_not_used_size())));
      page_.Text(4, diet.note(), Tone::kFaint);
    }
    for (const v1::BudgetState& budget : diet.budgets()) {
      if (budget.logged() <= 0) continue;
      auto amount = [&budget](double number) {
        return budget.unit() == "1" ? NumberText(number, 1) : absl::StrCat(NumberText(number, 1), " ", budget.unit());
      };
      const std::string so_far = amount(budget.logged());
      Item(Say(budget.target()      ? Label::kTarget
               : budget.days() == 1 ? Label::kBudget
                                    : Label::kBudgetWeek,
               options_.locale, budget.name(), budget.log_incomplete() ? Phrase(Label::kAtLeast, so_far) : so_far,
               amount(budget.suggested()), amount(budget.most())));
    }
  }

  void Questions() {
    if (response_.questions().empty()) return;
    page_.Heading(Phrase(Label::kQuestions));
    const int shown = std::min(response_.questions_size(), kShownQuestions);
    for (int i = 0; i < shown; ++i) {
      const v1::Question& question = response_.questions(i);
      std::vector<std::string> answer;
      if (question.has_minimum() && question.has_maximum()) {
        answer.push_back(Phrase(Label::kRange, NumberText(question.minimum(), 2), NumberText(question.maximum(), 2)));
      }
      if (!question.unit().empty() && question.unit() != "1") answer.push_back(question.unit());
      Item(answer.empty() ? question.text() : absl::StrCat(question.text(), " [", absl::StrJoin(answer, " "), "]"));
      page_.Text(4, question.fact(), Tone::kFaint);
    }
  }

  void Blocked() {
    if (response_.blocked().empty()) return;
    int count = 0;
    for (const v1::BlockedCandidates& blocked : response_.blocked()) count += blocked.count();
    page_.Heading(Phrase(Label::kBlocked, absl::StrCat(count)));
    const std::vector<BlockedGroup> groups = index_.Blocked();
    for (const BlockedGroup& group : groups)
      page_.Labelled(2, absl::StrFormat("%3d", group.count), 5, Tone::kStrong, group.text);
  }

  template <typename Entries>
  void Remarks(Label heading, const Entries& remarks) {
    if (remarks.empty()) return;
    page_.Heading(Phrase(heading));
    for (const v1::Remark& remark : remarks) {
      std::string text = remark.field();
      if (!remark.value().empty()) absl::StrAppend(&text, " = ", remark.value());
      if (!remark.text().empty()) absl::StrAppend(&text, text.empty() ? "" : ": ", remark.text());
      Item(text, Tone::kWarn);
    }
  }

  // Of the myokines that the exercises above show.
  void Disagreements() {
    std::set<std::string> shown;
    for (const v1::Suggestion& exercise : response_.exercises()) {
      for (const v1::MyokineResponse* response : ShownResponses(exercise)) shown.insert(response->myokine());
    }
    bool first = true;
    for (const v1::MyokineNote& myokine : response_.myokines()) {
      if (myokine.disagreement().empty() || !shown.contains(myokine.id())) continue;
      if (first) page_.Heading(Phrase(Label::kDisagreement));
      first = false;
      Item(absl::StrCat(index_.MyokineName(myokine.id()), ": ", myokine.disagreement()));
    }
  }

  void Foot() {
    page_.Gap();
    if (!response_.notice().empty()) page_.Text(0, response_.notice());
    const v1::PackVersion& pack = response_.pack();
    page_.Text(0, Phrase(Label::kPackLine, pack.id(), pack.version(), pack.digest().substr(0, kDigestLetters)),
               Tone::kFaint);
    absl::TimeZone zone;
    std::string zone_name = response_.time_zone();
    if (!absl::LoadTimeZone(zone_name, &zone)) {
      zone = absl::UTCTimeZone();
      zone_name = "UTC";
    }
    const absl::Time moment = absl::FromUnixSeconds(response_.evaluation_time().seconds());
    page_.Text(
        0,
        Phrase(Label::kAnswerLine, absl::FormatTime("%Y-%m-%d %H:%M", moment, zone), zone_name, response_.answer_id()),
        Tone::kFaint);
  }

  const v1::RecommendResponse& response_;
  const TableOptions& options_;
  const AnswerIndex index_;
  Page page_;
};

}  // namespace

std::string AnswerTable(const v1::RecommendResponse& response, const TableOptions& options) {
  return Table(response, options).Build();
}

}  // namespace myokine::cli
