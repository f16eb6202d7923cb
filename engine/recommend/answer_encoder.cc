#include "engine/recommend/answer_encoder.h"

#include <algorithm>
#include <optional>

namespace myokine {
namespace {

using Response = v1::RecommendResponse;
using v1::Suggestion;

void WriteInterval(int field, const Estimate& estimate, WireWriter& out) {
  out.Message(field, [&] {
    out.Double(v1::Interval::kExpectedFieldNumber, Rounded(estimate.expected));
    out.Double(v1::Interval::kLowFieldNumber, Rounded(estimate.low));
    out.Double(v1::Interval::kHighFieldNumber, Rounded(estimate.high));
  });
}

}  // namespace

void AnswerEncoder::Encode(const Ruleset& ruleset, const v1::RecommendOptions& options, const Intake& intake,
                           const Activation& activation, const RuleOutcome& outcome, const RankedAnswer& answer,
                           WireWriter& out) {
  ruleset_ = &ruleset;
  answer_ = &answer;
  locale_ = ResolveLocale(options.locale());
  notes_.Begin(ruleset, intake, outcome, activation, locale_);
  notes_.WriteFrame<Response>(out);
  out.Text(Response::kTimeZoneFieldNumber, intake.user.time_zone());
  notes_.WriteStanding<Response>(answer.referrals, out);
  if (Ranks(answer.disposition)) {
    for (const AppliedEffect& advice : answer.advice)
      out.Bytes(Response::kAdviceFieldNumber, notes_.StatementOf(advice));
    for (const AppliedEffect& avoid : answer.avoid) out.Bytes(Response::kAvoidFieldNumber, notes_.StatementOf(avoid));
    estimator_.Begin(ruleset, activation);
    WriteSuggestions(Response::kExercisesFieldNumber, answer.exercises, out);
    WriteSuggestions(Response::kMealsFieldNumber, answer.meals, out);
    WriteDiet(out);
    WriteBlocked(out);
    WritePairings(out);
    for (const int slot : answer.questions)
      out.Bytes(Response::kQuestionsFieldNumber, ruleset.phrases(locale_).Question(slot));
    notes_.WriteInflammation<Response>(answer.disposition, out);
    WriteAllergens(out);
  }
  notes_.WriteNotes<Response>(out);
}

void AnswerEncoder::WriteSuggestions(int field, const std::vector<RankedSuggestion>& suggestions, WireWriter& out) {
  for (const RankedSuggestion& suggestion : suggestions) out.Message(field, [&] { WriteSuggestion(suggestion, out); });
}

void AnswerEncoder::WriteSuggestion(const RankedSuggestion& suggestion, WireWriter& out) {
  out.Raw(ruleset_->phrases(locale_).Candidate(suggestion.candidate));
  out.Int(Suggestion::kScoreMilliFieldNumber, suggestion.score_milli);
  for (const Points& points : suggestion.points.Of(answer_->points)) WriteContribution(points, out);
  out.Message(Suggestion::kDoseFieldNumber, [&] {
    for (int field = 0; field < kDoseFields; ++field) {
      if (const std::optional<int>& value = suggestion.dose[static_cast<size_t>(field)])
        out.AlwaysInt(field + 1, *value);
    }
  });
  for (const AppliedEffect& caution : suggestion.cautions.Of(answer_->cautions))
    out.Bytes(Suggestion::kCautionsFieldNumber, notes_.StatementOf(caution));
  for (const int rule : suggestion.dose_rules.Of(answer_->dose_rules)) {
    out.Bytes(Suggestion::kDoseRulesFieldNumber, RuleId(rule));
    notes_.NameRule(rule);
  }
  for (const DroppedDemand& dropped : suggestion.dropped.Of(answer_->dropped)) {
    out.Message(Suggestion::kDroppedFieldNumber, [&] {
      out.Text(v1::DroppedPrescription::kRuleFieldNumber, RuleId(dropped.rule));
      out.Text(v1::DroppedPrescription::kFieldFieldNumber,
               DoseFields()[static_cast<size_t>(dropped.field)].chosen->name());
    });
    notes_.NameRule(dropped.rule);
  }
  if (suggestion.diet_index_change)
    out.AlwaysDouble(Suggestion::kDietIndexChangeFieldNumber, *suggestion.diet_index_change);
  if (ruleset_->candidates()[suggestion.candidate].exercise != nullptr) WriteResponses(suggestion, out);
}

void AnswerEncoder::WriteContribution(const Points& points, WireWriter& out) {
  out.Message(Suggestion::kContributionsFieldNumber, [&] {
    out.Text(v1::Contribution::kRuleFieldNumber, RuleId(points.rule));
    out.Int(v1::Contribution::kAxisFieldNumber, points.effect->axis());
    out.Int(v1::Contribution::kMilliFieldNumber, points.milli);
    if (points.effect->by_response == nullptr) return;
    const std::string& myokine = points.effect->effect->boost().by_response().myokine();
    out.Text(v1::Contribution::kMyokineFieldNumber, myokine);
    notes_.NameMyokine(myokine);
  });
  notes_.NameRule(points.rule);
}

void AnswerEncoder::WriteResponses(const RankedSuggestion& suggestion, WireWriter& out) {
  const v1::Exercise& exercise = *ruleset_->candidates()[suggestion.candidate].exercise;
  const std::optional<int>& sessions = suggestion.dose[v1::Dose::kSessionsPerWeekFieldNumber - 1];
  const auto write = [&](const ExpectedResponse& expected) {
    out.Text(v1::MyokineResponse::kMyokineFieldNumber,
             ruleset_->pack().myokines(static_cast<int>(expected.myokine)).id());
    if (expected.acute != nullptr) {
      WriteInterval(v1::MyokineResponse::kFoldChangeFieldNumber, expected.fold, out);
      out.Double(v1::MyokineResponse::kPeakMinutesFieldNumber, expected.peak_minutes);
      out.Double(v1::MyokineResponse::kReturnMinutesFieldNumber, expected.return_minutes);
      out.Int(v1::MyokineResponse::kGradeFieldNumber, expected.acute->response().evidence().grade());
      for (const std::string_view id : estimator_.UnknownModifiers(*expected.acute))
        out.Bytes(v1::MyokineResponse::kUnknownModifiersFieldNumber, id);
    }
    if (expected.chronic != nullptr) {
      WriteInterval(v1::MyokineResponse::kTwelveWeekPercentFieldNumber, expected.twelve_week_percent, out);
      out.Int(v1::MyokineResponse::kTwelveWeekGradeFieldNumber, expected.chronic->response().evidence().grade());
    }
    ForEachReference(expected, [&](const std::string& key) {
      out.Bytes(v1::MyokineResponse::kReferencesFieldNumber, key);
      notes_.Cite(key);
    });
  };
  estimator_.ForEachResponse(exercise.modality(), estimator_.BoutOf(exercise, suggestion.dose),
                             sessions ? std::optional<double>(*sessions) : std::nullopt,
                             [&](const ExpectedResponse& expected) {
                               out.Message(Suggestion::kResponsesFieldNumber, [&] { write(expected); });
                               notes_.NameMyokine(expected.myokine);
                             });
}

void AnswerEncoder::WriteBlocked(WireWriter& out) {
  for (const RankedBlock& blocked : answer_->blocked) {
    out.Message(Response::kBlockedFieldNumber, [&] {
      out.Text(v1::BlockedCandidate::kCandidateFieldNumber, ruleset_->candidates()[blocked.candidate].id());
      for (const int rule : blocked.rules.Of(answer_->blocking_rules)) {
        out.Bytes(v1::BlockedCandidate::kRulesFieldNumber, RuleId(rule));
        notes_.NameRule(rule);
      }
    });
  }
}

void AnswerEncoder::WritePairings(WireWriter& out) const {
  for (const PairingMatch& match : answer_->pairings) {
    const v1::Pairing& pairing = *match.pairing->pairing;
    out.Message(Response::kPairingsFieldNumber, [&] {
      out.Text(v1::SuggestedPairing::kPairingFieldNumber, pairing.id());
      out.Text(v1::SuggestedPairing::kExerciseFieldNumber, match.exercise->id());
      out.Text(v1::SuggestedPairing::kMealFieldNumber, match.meal->id());
      out.Int(v1::SuggestedPairing::kMealOffsetMinutesFieldNumber, pairing.meal_offset_minutes());
      out.Text(v1::SuggestedPairing::kTextFieldNumber, Pick(pairing.text(), locale_));
    });
  }
}

void AnswerEncoder::WriteDiet(WireWriter& out) const {
  v1::DietPicture picture;
  answer_->diet.Fill(locale_, picture);
  for (const RankedHeldBack& held : answer_->held_back) {
    auto& groups = *picture.mutable_held_back();
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const v1::HeldBackMeals& one) { return one.budget() == held.budget->id(); });
    if (group == groups.end()) {
      v1::HeldBackMeals& added = *groups.Add();
      added.set_budget(held.budget->id());
      added.set_text(Pick(held.budget->text(), locale_));
      group = groups.end() - 1;
    }
    group->add_candidates(ruleset_->candidates()[held.candidate].id());
  }
  out.Bytes(Response::kDietFieldNumber, picture.SerializeAsString());
}

void AnswerEncoder::WriteAllergens(WireWriter& out) const {
  std::set<std::string_view> named;
  for (const RankedSuggestion& meal : answer_->meals) {
    const v1::Meal& of = *ruleset_->candidates()[meal.candidate].meal;
    named.insert(of.allergens().begin(), of.allergens().end());
    named.insert(of.may_contain().begin(), of.may_contain().end());
  }
  for (const std::string_view id : named) {
    const IndexedConcept* indexed = ruleset_->vocabularies().Find("allergen", id);
    if (indexed == nullptr || indexed->concept_ == nullptr) continue;
    out.Message(Response::kConceptsFieldNumber, [&] {
      out.Text(v1::ConceptNote::kVocabularyFieldNumber, "allergen");
      out.Text(v1::ConceptNote::kIdFieldNumber, id);
      out.Text(v1::ConceptNote::kNameFieldNumber, Pick(indexed->concept_->name(), locale_));
    });
  }
}

}  // namespace myokine
