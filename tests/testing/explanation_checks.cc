#include "tests/testing/explanation_checks.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>

#include "absl/strings/str_cat.h"
#include "engine/recommend/explain.h"
#include "engine/recommend/recommend.h"
#include "tests/testing/apply_change.h"

namespace myokine::testing {
namespace {

v1::RecommendResponse Recommended(const Ruleset& ruleset, const v1::ExplainRequest& request, absl::Time now) {
  v1::RecommendRequest asked;
  *asked.mutable_user() = request.user();
  *asked.mutable_options() = request.options();
  asked.mutable_options()->set_exercise_count(50);
  asked.mutable_options()->set_meal_count(50);
  return Recommend(ruleset, asked, now).response;
}

class Checker {
 public:
  Checker(const Ruleset& ruleset, const v1::ExplainRequest& request, absl::Time now, v1::ExplainResponse& response)
      : ruleset_(ruleset), request_(request), now_(now), response_(response) {}

  std::vector<std::string> Run() {
    const CandidateExplanation made = ExplainCandidate(ruleset_, request_, now_);
    for (const FieldViolation& violation : made.violations)
      Need(false, absl::StrCat("accepted: ", violation.field, " ", violation.description));
    response_ = made.response;
    if (!made.violations.empty()) return problems_;
    Need(ExplainCandidate(ruleset_, request_, now_).response.SerializeAsString() == response_.SerializeAsString(),
         "the same request gives the same bytes");
    Standing(Recommended(ruleset_, request_, now_));
    Sums();
    Names();
    Search();
    for (const v1::Change& change : response_.changes()) Effect(change);
    return problems_;
  }

 private:
  void Need(bool holds, const std::string& what) {
    if (!holds) problems_.push_back(absl::StrCat(request_.candidate(), ": not so: ", what));
  }

  static bool Names(const v1::BlockedCandidates& group, const std::string& candidate) {
    return std::find(group.candidates().begin(), group.candidates().end(), candidate) != group.candidates().end();
  }
  static bool Blocks(const v1::RecommendResponse& answer, const std::string& candidate) {
    return std::any_of(answer.blocked().begin(), answer.blocked().end(),
                       [&](const v1::BlockedCandidates& group) { return Names(group, candidate); });
  }
  // That Recommend has a group of what these rules block, with the candidate among those that it names, or does not.
  bool IsInItsGroup(const v1::RecommendResponse& answer) const {
    return std::any_of(answer.blocked().begin(), answer.blocked().end(), [&](const v1::BlockedCandidates& group) {
      return std::equal(group.rules().begin(), group.rules().end(), response_.blocking_rules().begin(),
                        response_.blocking_rules().end()) &&
             (group.count() > group.candidates_size() || Names(group, request_.candidate()));
    });
  }

  // The exercise that Recommend puts first is the one with the best score; of meals a budget can hold that back.
  void Standing(const v1::RecommendResponse& answer) {
    const v1::Standing standing = response_.standing();
    Need(response_.disposition() == answer.disposition(), "the disposition is that of Recommend");
    Need((standing == v1::STANDING_NOT_RANKED) == (answer.disposition() >= v1::DISPOSITION_URGENT_CARE),
         "nothing is ranked where care is urgent");
    if (Blocks(answer, request_.candidate())) Need(standing == v1::STANDING_BLOCKED, "it is blocked as in Recommend");
    if (standing == v1::STANDING_BLOCKED) Need(IsInItsGroup(answer), "Recommend blocks it by the same rules");
    Need((standing == v1::STANDING_FIRST) == (response_.place() == 1), "the first has the first place");
    Need(response_.has_place() == (standing == v1::STANDING_FIRST || standing == v1::STANDING_RANKED),
         "what is ranked has a place");
    Need(response_.place() <= response_.of(), "no place is behind the last");
    Need(response_.has_ahead() == (standing == v1::STANDING_RANKED), "something is ahead of what is not first");
    Need((response_.blocking_rules_size() > 0) == (standing == v1::STANDING_BLOCKED), "rules block what is blocked");
    if (response_.meal() || answer.exercises().empty()) return;
    const std::string& first = answer.exercises(0).candidate();
    if (standing == v1::STANDING_FIRST) Need(first == request_.candidate(), "it stands first in Recommend");
    if (standing == v1::STANDING_RANKED) Need(first == response_.ahead().candidate(), "what is ahead stands first");
  }

  void Sums() {
    const auto adds_up = [](const v1::Suggestion& one) {
      int64_t sum = 0;
      for (const v1::Contribution& contribution : one.contributions()) sum += contribution.milli();
      return sum == one.score_milli();
    };
    Need(adds_up(response_.candidate()) && adds_up(response_.ahead()), "contributions add up");
    int64_t sum = 0, last = std::numeric_limits<int64_t>::max();
    for (const v1::PointsDifference& one : response_.differences()) {
      const int64_t difference = int64_t{one.candidate_milli()} - one.ahead_milli();
      Need(difference != 0 && std::abs(difference) <= last, "the largest difference stands first, and none is nothing");
      sum += difference;
      last = std::abs(difference);
    }
    Need(
        sum == int64_t{response_.candidate().score_milli()} - response_.ahead().score_milli() || !response_.has_ahead(),
        "differences add up");
  }

  void Names() {
    std::set<std::string> rules;
    for (const v1::RuleNote& note : response_.rules()) rules.insert(note.id());
    for (const v1::PointsDifference& one : response_.differences())
      Need(rules.contains(one.rule()), absl::StrCat("the answer has the rule ", one.rule()));
    for (const std::string& rule : response_.blocking_rules())
      Need(rules.contains(rule), absl::StrCat("the answer has the rule ", rule));
  }

  void Search() {
    const v1::ChangeSearch search = response_.change_search();
    Need(search != v1::CHANGE_SEARCH_UNSPECIFIED, "it is said what came of the search");
    Need((search == v1::CHANGE_SEARCH_FOUND) == (response_.changes_size() > 0),
         "changes are there when some are found");
    Need(response_.changes_size() <= 3, "three changes at most");
    const bool wanted = !request_.has_changes() || request_.changes();
    const bool sensible = response_.standing() == v1::STANDING_RANKED || response_.standing() == v1::STANDING_BLOCKED;
    Need((search == v1::CHANGE_SEARCH_NOT_MADE) == !(wanted && sensible), "a search is made when it makes sense");
    Need(search != v1::CHANGE_SEARCH_BEYOND_CIRCUMSTANCES || response_.standing() == v1::STANDING_BLOCKED,
         "only what is blocked is beyond circumstances");
  }

  void Effect(const v1::Change& change) {
    Need(change.facts_size() == 1 || change.facts_size() == 2, "one or two facts change");
    v1::ExplainRequest changed = request_;
    changed.set_changes(false);
    Need(ApplyChange(change, *changed.mutable_user()), "circumstances alone change");
    const CandidateExplanation after = ExplainCandidate(ruleset_, changed, now_);
    Need(after.violations.empty(), "the edge accepts the change");
    Need(after.response.warnings_size() <= response_.warnings_size(), "nothing unusual is proposed");
    const bool is_first = after.response.standing() == v1::STANDING_FIRST;
    Need(is_first == (change.effect() == v1::CHANGE_EFFECT_PUTS_FIRST), "it puts first what it says it does");
    Need(
        is_first || (response_.standing() == v1::STANDING_BLOCKED && after.response.standing() == v1::STANDING_RANKED &&
                     change.effect() == v1::CHANGE_EFFECT_UNBLOCKS),
        "it does something that counts");
    Need(after.response.place() == change.place() && after.response.of() == change.of() &&
             after.response.candidate().score_milli() == change.score_milli() &&
             after.response.disposition() == change.disposition(),
         "place, score and disposition are as foretold");
    const v1::RecommendResponse answer = Recommended(ruleset_, changed, now_);
    Need(!Blocks(answer, request_.candidate()), "Recommend does not block it any more");
    if (is_first && !response_.meal())
      Need(answer.exercises_size() > 0 && answer.exercises(0).candidate() == request_.candidate(),
           "Recommend puts it first");
  }

  const Ruleset& ruleset_;
  const v1::ExplainRequest& request_;
  const absl::Time now_;
  v1::ExplainResponse& response_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> ProblemsOf(const Ruleset& ruleset, const v1::ExplainRequest& request, absl::Time now,
                                    v1::ExplainResponse& response) {
  return Checker(ruleset, request, now, response).Run();
}

}  // namespace myokine::testing
