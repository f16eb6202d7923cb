#include "engine/recommend/suggestion.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "engine/ruleset/locale.h"

namespace myokine {
namespace {

const std::string& IdOf(const Ruleset& ruleset, int rule) {
  return ruleset.rules()[static_cast<size_t>(rule)].rule->id();
}

void AddContributions(const Ruleset& ruleset, std::vector<Points> points, AnswerNotes& notes,
                      v1::Suggestion& suggestion) {
  std::stable_sort(points.begin(), points.end(),
                   [](const Points& a, const Points& b) { return std::abs(a.milli) > std::abs(b.milli); });
  for (const Points& p : points) {
    v1::Contribution& contribution = *suggestion.add_contributions();
    contribution.set_rule(IdOf(ruleset, p.rule));
    contribution.set_axis(p.effect->axis());
    contribution.set_milli(p.milli);
    if (p.effect->by_response != nullptr) {
      contribution.set_myokine(p.effect->effect->boost().by_response().myokine());
      notes.NameMyokine(contribution.myokine());
    }
    notes.NameRule(p.rule);
  }
}

void AddDose(const Ruleset& ruleset, const Dosing& dosing, AnswerNotes& notes, v1::Suggestion& suggestion) {
  *suggestion.mutable_dose() = ToProto(dosing.dose);
  for (const int rule : dosing.shaping_rules) {
    suggestion.add_dose_rules(IdOf(ruleset, rule));
    notes.NameRule(rule);
  }
  for (const DroppedDemand& dropped : dosing.dropped) {
    v1::DroppedPrescription& one = *suggestion.add_dropped();
    one.set_rule(IdOf(ruleset, dropped.rule));
    one.set_field(DoseFields()[static_cast<size_t>(dropped.field)].chosen->name());
    notes.NameRule(dropped.rule);
  }
}

void AddResponses(const Ruleset& ruleset, const v1::Exercise& exercise, const ChosenDose& dose,
                  const ResponseEstimator& estimator, AnswerNotes& notes, v1::Suggestion& suggestion) {
  const std::optional<int>& sessions = dose[v1::Dose::kSessionsPerWeekFieldNumber - 1];
  estimator.ForEachResponse(
      exercise.modality(), estimator.BoutOf(exercise, dose), sessions ? std::optional<double>(*sessions) : std::nullopt,
      [&](const ExpectedResponse& expected) {
        ForEachReference(expected, [&](const std::string& key) { notes.CiteFor(expected.myokine, key); });
        notes.NameMyokine(expected.myokine);
        *suggestion.add_responses() = ToProto(ruleset, estimator, expected, std::nullopt);
      });
}

}  // namespace

void DescribeCandidate(const Candidate& candidate, std::string_view locale, v1::Suggestion& suggestion) {
  suggestion.set_candidate(candidate.id());
  suggestion.set_name(Pick(candidate.name(), locale));
  suggestion.set_summary(Pick(candidate.summary(), locale));
  if (candidate.meal == nullptr) return;
  *suggestion.mutable_allergens() = candidate.meal->allergens();
  *suggestion.mutable_may_contain() = candidate.meal->may_contain();
}

void FillSuggestion(const Ruleset& ruleset, size_t candidate, const CandidateOutcome& outcome,
                    const ResponseEstimator& estimator, std::string_view locale, AnswerNotes& notes,
                    v1::Suggestion& suggestion) {
  DescribeCandidate(ruleset.candidates()[candidate], locale, suggestion);
  suggestion.set_score_milli(static_cast<int32_t>(outcome.score_milli));
  AddContributions(ruleset, outcome.points, notes, suggestion);
  AddDose(ruleset, outcome.dosing, notes, suggestion);
  for (const AppliedEffect& applied : outcome.cautions) {
    const std::string_view statement = notes.StatementOf(applied);
    suggestion.add_cautions()->ParseFromArray(statement.data(), static_cast<int>(statement.size()));
  }
  if (const v1::Exercise* exercise = ruleset.candidates()[candidate].exercise)
    AddResponses(ruleset, *exercise, outcome.dosing.dose, estimator, notes, suggestion);
}

}  // namespace myokine
