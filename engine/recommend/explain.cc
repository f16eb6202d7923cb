#include "engine/recommend/explain.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/expr/issue.h"
#include "engine/recommend/answer_notes.h"
#include "engine/recommend/circumstance_search.h"
#include "engine/recommend/circumstances.h"
#include "engine/recommend/request_checks.h"
#include "engine/recommend/rule_run.h"
#include "engine/recommend/standing.h"
#include "engine/recommend/suggestion.h"
#include "engine/recommend/user_frame.h"
#include "engine/ruleset/locale.h"

namespace myokine {
namespace {

void CheckCandidate(const Ruleset& ruleset, const std::string& id, std::vector<FieldViolation>& violations) {
  const auto* field = v1::ExplainRequest::descriptor()->FindFieldByName("candidate");
  const size_t most = static_cast<size_t>(field->options().GetExtension(v1::field).max_bytes());
  if (id.empty()) {
    violations.push_back({"candidate", "is required"});
  } else if (id.size() > most) {
    violations.push_back({"candidate", absl::StrCat("is longer than ", most, " bytes")});
  } else if (ruleset.FindCandidate(id) == nullptr) {
    std::vector<std::string> ids;
    for (const Candidate& candidate : ruleset.candidates()) ids.push_back(candidate.id());
    const std::string near = DidYouMean(id, ids);
    violations.push_back({"candidate", absl::StrCat("no exercise or meal `", id, "`",
                                                    near.empty() ? "" : absl::StrCat("; did you mean `", near, "`?"))});
  }
}

class Explainer {
 public:
  Explainer(const Ruleset& ruleset, const v1::ExplainRequest& request, const Intake& intake, size_t candidate,
            v1::ExplainResponse& response)
      : ruleset_(ruleset),
        request_(request),
        intake_(intake),
        candidate_(candidate),
        response_(response),
        locale_(ResolveLocale(request.options().locale())),
        user_(FillUserFrame(ruleset, intake, arena_)),
        weights_(WeightsOf(request.options(), intake.user)),
        outcome_(RunRules(ruleset, user_, weights_, arena_)),
        activation_{{user_}, &arena_},
        notes_(ruleset, intake, outcome_, activation_, locale_) {}

  void Run() {
    response_.set_request_id(request_.request_id());
    response_.set_time_zone(intake_.user.time_zone());
    notes_.AddFrame(response_);
    notes_.AddStanding(response_);
    const CandidateStanding standing = StandingOf(ruleset_, outcome_, candidate_);
    response_.set_standing(standing.standing);
    response_.set_meal(ruleset_.candidates()[candidate_].meal != nullptr);
    DescribeCandidate(ruleset_.candidates()[candidate_], locale_, *response_.mutable_candidate());
    NameAllergens(response_.candidate());
    if (standing.standing != v1::STANDING_NOT_RANKED) response_.set_of(standing.of);
    if (standing.standing == v1::STANDING_BLOCKED) AddBlockingRules();
    if (standing.ranked()) AddPoints(standing);
    response_.set_change_search(v1::CHANGE_SEARCH_NOT_MADE);
    if (!request_.has_changes() || request_.changes()) AddChanges();
    notes_.AddNotes(response_);
    AddConcepts();
  }

 private:
  const std::string& IdOf(int rule) const { return ruleset_.rules()[static_cast<size_t>(rule)].rule->id(); }

  void AddBlockingRules() {
    for (const int rule : outcome_.BlockingRules(candidate_)) {
      response_.add_blocking_rules(IdOf(rule));
      notes_.NameRule(rule);
    }
  }

  void AddPoints(const CandidateStanding& standing) {
    const ResponseEstimator estimator(ruleset_, activation_);
    response_.set_place(standing.place);
    const CandidateOutcome own = outcome_.Of(candidate_);
    FillSuggestion(ruleset_, candidate_, own, estimator, locale_, notes_, *response_.mutable_candidate());
    if (standing.standing == v1::STANDING_FIRST) return;
    const CandidateOutcome first = outcome_.Of(*standing.first);
    FillSuggestion(ruleset_, *standing.first, first, estimator, locale_, notes_, *response_.mutable_ahead());
    NameAllergens(response_.ahead());
    AddDifferences(own, first);
  }

  void AddDifferences(const CandidateOutcome& own, const CandidateOutcome& first) {
    std::map<int, v1::PointsDifference> by_rule;  // in the order of the pack
    for (const Points& points : own.points) {
      v1::PointsDifference& one = by_rule[points.rule];
      one.set_candidate_milli(one.candidate_milli() + points.milli);
    }
    for (const Points& points : first.points) {
      v1::PointsDifference& one = by_rule[points.rule];
      one.set_ahead_milli(one.ahead_milli() + points.milli);
    }
    const auto size = [](const v1::PointsDifference& one) {
      return std::abs(int64_t{one.candidate_milli()} - one.ahead_milli());
    };
    std::vector<v1::PointsDifference> differences;
    for (auto& [rule, one] : by_rule) {
      if (size(one) == 0) continue;
      one.set_rule(IdOf(rule));
      differences.push_back(std::move(one));
    }
    std::stable_sort(differences.begin(), differences.end(),
                     [&](const auto& a, const auto& b) { return size(a) > size(b); });
    response_.mutable_differences()->Assign(differences.begin(), differences.end());
  }

  void AddChanges() {
    const Circumstances circumstances(ruleset_);
    const CircumstanceSearch search = SearchCircumstances(ruleset_, circumstances, intake_, weights_, candidate_);
    response_.set_change_search(search.result);
    for (const CircumstanceChange& found : search.changes) {
      v1::Change& change = *response_.add_changes();
      for (const ChangedCircumstance& changed : found.facts)
        AddFact(*circumstances.facts()[changed.circumstance], changed.value, *change.add_facts());
      change.set_effect(found.effect);
      change.set_place(found.standing.place);
      change.set_of(found.standing.of);
      change.set_score_milli(static_cast<int32_t>(found.standing.score_milli));
      change.set_disposition(found.standing.disposition);
    }
  }

  void AddFact(const Fact& fact, const v1::FactValue& after, v1::ChangedFact& changed) {
    changed.set_fact(fact.path);
    changed.set_name(Pick(fact.facts.name(), locale_));
    changed.set_unit(fact.facts.unit());
    changed.set_vocabulary(fact.facts.vocabulary());
    if (const std::optional<v1::FactValue> before = ReadFact(intake_.user, fact)) {
      *changed.mutable_before() = *before;
      NameWords(fact.facts.vocabulary(), *before);
    }
    *changed.mutable_after() = after;
    NameWords(fact.facts.vocabulary(), after);
  }

  void NameWords(const std::string& vocabulary, const v1::FactValue& value) {
    if (value.kind_case() == v1::FactValue::kWord) named_.emplace(vocabulary, value.word());
    for (const std::string& word : value.words().items()) named_.emplace(vocabulary, word);
  }

  void NameAllergens(const v1::Suggestion& meal) {
    for (const std::string& id : meal.allergens()) named_.emplace("allergen", id);
    for (const std::string& id : meal.may_contain()) named_.emplace("allergen", id);
  }

  void AddConcepts() {
    for (const auto& [vocabulary, id] : named_) {
      const IndexedConcept* indexed = ruleset_.vocabularies().Find(vocabulary, id);
      if (indexed == nullptr || indexed->concept_ == nullptr) continue;
      v1::ConceptNote& note = *response_.add_concepts();
      note.set_vocabulary(vocabulary);
      note.set_id(id);
      note.set_name(Pick(indexed->concept_->name(), locale_));
    }
  }

  const Ruleset& ruleset_;
  const v1::ExplainRequest& request_;
  const Intake& intake_;
  const size_t candidate_;
  v1::ExplainResponse& response_;
  const std::string_view locale_;
  Arena arena_;
  const std::vector<Value> user_;
  const Weights weights_;
  const RuleOutcome outcome_;
  const Activation activation_;
  AnswerNotes notes_;
  std::set<std::pair<std::string, std::string>> named_;  // words, by vocabulary and id
};

}  // namespace

CandidateExplanation ExplainCandidate(const Ruleset& ruleset, const v1::ExplainRequest& request, absl::Time now) {
  CandidateExplanation result;
  const Intake intake = TakeIn(request.user(), ruleset, now, ResolveLocale(request.options().locale()));
  result.violations = intake.violations;
  CheckCandidate(ruleset, request.candidate(), result.violations);
  CheckRequestId(request.request_id(), result.violations);
  CheckOptions(request.options(), result.violations);
  if (!result.violations.empty()) return result;
  const size_t candidate =
      static_cast<size_t>(ruleset.FindCandidate(request.candidate()) - ruleset.candidates().data());
  Explainer(ruleset, request, intake, candidate, result.response).Run();
  return result;
}

}  // namespace myokine
