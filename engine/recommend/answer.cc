#include "engine/recommend/answer.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>

#include "engine/recommend/answer_notes.h"
#include "engine/recommend/diet_picture.h"
#include "engine/recommend/locale.h"
#include "engine/recommend/questions.h"
#include "engine/recommend/ranking.h"
#include "engine/recommend/response_estimator.h"
#include "engine/recommend/varied_list.h"

namespace myokine {
namespace {

class Builder {
 public:
  Builder(const Ruleset& ruleset, const v1::RecommendOptions& options, const Intake& intake,
          absl::Span<const Value> user, const RuleOutcome& outcome, Arena& arena, v1::RecommendResponse& response)
      : ruleset_(ruleset),
        options_(options),
        intake_(intake),
        outcome_(outcome),
        response_(response),
        locale_(ResolveLocale(options.locale())),
        notes_(ruleset, intake, outcome, locale_) {
    activation_.arena = &arena;
    activation_.frames[static_cast<size_t>(Frame::kUser)] = user;
  }

  void Build() {
    notes_.AddFrame(response_);
    response_.set_time_zone(intake_.user.time_zone());
    notes_.AddStanding(response_);
    const bool ranks = Ranks(response_.disposition());
    if (ranks) AddStatements();
    if (ranks) {
      estimator_.emplace(ruleset_, activation_);
      RankExercises(options_.has_exercise_count() ? options_.exercise_count() : kDefaultCount);
      RankMeals(options_.has_meal_count() ? options_.meal_count() : kDefaultCount);
      AddBlocked();
      AddPairings();
      AddQuestions();
      notes_.AddInflammation(activation_, response_);
    }
    notes_.AddNotes(response_);
    AddAllergens();
  }

 private:
  const v1::Rule& RuleAt(int index) const { return *ruleset_.rules()[static_cast<size_t>(index)].rule; }

  // Where there is no training today, only safety rules advise: what encourages to move can wait.
  void AddStatements() {
    const bool rests = response_.disposition() >= v1::DISPOSITION_REST_TODAY;
    std::vector<AppliedEffect> advice;
    for (const AppliedEffect& applied : outcome_.answer_effects) {
      const v1::Effect& effect = *applied.effect->effect;
      if (effect.has_advise() && (!rests || RuleAt(applied.rule).safety())) advice.push_back(applied);
      if (effect.has_avoid()) *response_.add_avoid() = notes_.StatementOf(applied, effect.avoid().text());
    }
    std::stable_sort(advice.begin(), advice.end(), [this](const AppliedEffect& a, const AppliedEffect& b) {
      return AdviceOrder(RuleAt(a.rule)) < AdviceOrder(RuleAt(b.rule));
    });
    for (const AppliedEffect& applied : advice)
      *response_.add_advice() = notes_.StatementOf(applied, applied.effect->effect->advise().text());
  }

  // What keeps people safe comes first, then where studies contradict the popular account, then the best known.
  static int AdviceOrder(const v1::Rule& rule) {
    if (rule.safety()) return 0;
    switch (rule.evidence().outcome().grade()) {
      case v1::GRADE_X: return 1;
      case v1::GRADE_A:
      case v1::GRADE_G: return 2;
      case v1::GRADE_B: return 3;
      case v1::GRADE_C: return 4;
      default: return 5;
    }
  }

  void RankExercises(int count) {
    VariedList list(ruleset_, outcome_, CandidateKind::kExercise);
    while (response_.exercises_size() < count) {
      const std::optional<VariedPick> pick = list.Next();
      if (!pick) return;
      AddSuggestion(*pick, *response_.add_exercises());
      list.Accept(*pick);
      returned_.push_back(pick->candidate);
    }
  }

  // Down the list, as far as the budgets of the day and the week have room for the meals together.
  void RankMeals(int count) {
    DietKeeper keeper(ruleset_, intake_, activation_);
    VariedList list(ruleset_, outcome_, CandidateKind::kMeal);
    while (response_.meals_size() < count) {
      const std::optional<VariedPick> pick = list.Next();
      if (!pick) break;
      const v1::Meal& meal = *ruleset_.candidates()[pick->candidate].meal;
      const std::optional<int> servings =
          outcome_.DosingOf(pick->candidate).dose[v1::Dose::kServingsPercentFieldNumber - 1];
      const Portion portion{&meal, servings.value_or(100)};
      if (!keeper.Take(portion)) {
        v1::HeldBackMeal& held = *response_.mutable_diet()->add_held_back();
        held.set_candidate(meal.id());
        held.set_budget(keeper.refused().budget->id());
        held.set_text(Pick(keeper.refused().budget->text(), locale_));
        continue;
      }
      v1::Suggestion& suggestion = *response_.add_meals();
      AddSuggestion(*pick, suggestion);
      if (const std::optional<double> change = keeper.IndexChange(portion)) suggestion.set_diet_index_change(*change);
      list.Accept(*pick);
      returned_.push_back(pick->candidate);
    }
    keeper.Fill(locale_, *response_.mutable_diet());
  }

  void AddSuggestion(const VariedPick& pick, v1::Suggestion& suggestion) {
    const Candidate& candidate = ruleset_.candidates()[pick.candidate];
    const CandidateOutcome outcome = outcome_.Of(pick.candidate);
    suggestion.set_candidate(candidate.id());
    suggestion.set_name(Pick(candidate.name(), locale_));
    suggestion.set_summary(Pick(candidate.summary(), locale_));
    suggestion.set_score_milli(static_cast<int32_t>(pick.score_milli));
    std::vector<Points> points = outcome.points;
    points.insert(points.end(), pick.variety.begin(), pick.variety.end());
    std::stable_sort(points.begin(), points.end(),
                     [](const Points& a, const Points& b) { return std::abs(a.milli) > std::abs(b.milli); });
    for (const Points& p : points) {
      v1::Contribution& contribution = *suggestion.add_contributions();
      contribution.set_rule(RuleAt(p.rule).id());
      contribution.set_axis(p.effect->axis());
      contribution.set_milli(p.milli);
      if (p.effect->by_response != nullptr) {
        contribution.set_myokine(p.effect->effect->boost().by_response().myokine());
        notes_.NameMyokine(contribution.myokine());
      }
      notes_.NameRule(p.rule);
    }
    *suggestion.mutable_dose() = ToProto(outcome.dosing.dose);
    for (const AppliedEffect& applied : outcome.cautions) {
      *suggestion.add_cautions() = notes_.StatementOf(applied, applied.effect->effect->caution().text());
    }
    for (int rule : outcome.dosing.shaping_rules) {
      suggestion.add_dose_rules(RuleAt(rule).id());
      notes_.NameRule(rule);
    }
    for (const DroppedDemand& dropped : outcome.dosing.dropped) {
      v1::DroppedPrescription& one = *suggestion.add_dropped();
      one.set_rule(RuleAt(dropped.rule).id());
      one.set_field(DoseFields()[static_cast<size_t>(dropped.field)].chosen->name());
      notes_.NameRule(dropped.rule);
    }
    if (candidate.exercise != nullptr) {
      const ChosenDose& dose = outcome.dosing.dose;
      const std::optional<int>& sessions = dose[v1::Dose::kSessionsPerWeekFieldNumber - 1];
      for (v1::MyokineResponse& response :
           estimator_->Responses(candidate.exercise->modality(), estimator_->BoutOf(*candidate.exercise, dose),
                                 sessions ? std::optional<double>(*sessions) : std::nullopt, /*courses=*/false)) {
        notes_.Cite(response.references());
        notes_.NameMyokine(response.myokine());
        *suggestion.add_responses() = std::move(response);
      }
    } else {
      *suggestion.mutable_allergens() = candidate.meal->allergens();
      *suggestion.mutable_may_contain() = candidate.meal->may_contain();
      named_allergens_.insert(candidate.meal->allergens().begin(), candidate.meal->allergens().end());
      named_allergens_.insert(candidate.meal->may_contain().begin(), candidate.meal->may_contain().end());
    }
  }

  void AddBlocked() {
    for (size_t c = 0; c < ruleset_.candidates().size(); ++c) {
      if (outcome_.Admissible(c)) continue;
      v1::BlockedCandidate& blocked = *response_.add_blocked();
      blocked.set_candidate(ruleset_.candidates()[c].id());
      for (int rule : outcome_.BlockingRules(c)) {
        blocked.add_rules(RuleAt(rule).id());
        notes_.NameRule(rule);
      }
    }
  }

  // For each pairing that applies, the best exercise and the best meal of the answer that it fits.
  void AddPairings() {
    for (const PairingMatch& match : FindPairings(ruleset_, activation_, returned_)) {
      const v1::Pairing& pairing = *match.pairing->pairing;
      v1::SuggestedPairing& one = *response_.add_pairings();
      one.set_pairing(pairing.id());
      one.set_exercise(match.exercise->id());
      one.set_meal(match.meal->id());
      one.set_meal_offset_minutes(pairing.meal_offset_minutes());
      one.set_text(Pick(pairing.text(), locale_));
    }
  }

  void AddQuestions() {
    for (v1::Question& question : FindQuestions(ruleset_, outcome_, intake_.user, locale_)) {
      if (static_cast<size_t>(response_.questions_size()) == kMostQuestions) break;
      *response_.add_questions() = std::move(question);
    }
  }

  void AddAllergens() {
    for (const std::string& id : named_allergens_) {
      const IndexedConcept* indexed = ruleset_.vocabularies().Find("allergen", id);
      if (indexed == nullptr || indexed->concept_ == nullptr) continue;
      v1::ConceptNote& note = *response_.add_concepts();
      note.set_vocabulary("allergen");
      note.set_id(id);
      note.set_name(Pick(indexed->concept_->name(), locale_));
    }
  }

  const Ruleset& ruleset_;
  const v1::RecommendOptions& options_;
  const Intake& intake_;
  const RuleOutcome& outcome_;
  v1::RecommendResponse& response_;
  std::string_view locale_;
  AnswerNotes notes_;
  Activation activation_;
  std::optional<ResponseEstimator> estimator_;
  std::vector<size_t> returned_;  // candidates of the answer, exercises first, best first
  std::set<std::string> named_allergens_;
};

}  // namespace

void BuildAnswer(const Ruleset& ruleset, const v1::RecommendOptions& options, const Intake& intake,
                 absl::Span<const Value> user, const RuleOutcome& outcome, Arena& arena,
                 v1::RecommendResponse& response) {
  Builder(ruleset, options, intake, user, outcome, arena, response).Build();
}

}  // namespace myokine
