#include "engine/recommend/ranked_answer.h"

#include <algorithm>
#include <cstdlib>

#include "engine/recommend/questions.h"

namespace myokine {
namespace {

class Ranker {
 public:
  Ranker(const Ruleset& ruleset, const v1::RecommendOptions& options, const Intake& intake,
         absl::Span<const Value> user, const RuleOutcome& outcome, Arena& arena, RankedAnswer& answer)
      : ruleset_(ruleset), options_(options), intake_(intake), outcome_(outcome), answer_(answer) {
    activation_.arena = &arena;
    activation_.frames[static_cast<size_t>(Frame::kUser)] = user;
  }

  void Run() {
    Clear();
    AddReferrals(outcome_, answer_.referrals);
    answer_.disposition = DispositionOf(answer_.referrals);
    if (!Ranks(answer_.disposition)) return;
    AddAdvice();
    RankExercises(static_cast<size_t>(options_.has_exercise_count() ? options_.exercise_count() : kDefaultCount));
    RankMeals(static_cast<size_t>(options_.has_meal_count() ? options_.meal_count() : kDefaultCount));
    AddBlocked();
    FindPairings(ruleset_, activation_, answer_.listed, answer_.pairings);
    RankQuestions(ruleset_, outcome_, intake_.user, answer_.listed, answer_.questions);
    if (answer_.questions.size() > kMostQuestions) answer_.questions.resize(kMostQuestions);
  }

 private:
  void Clear() {
    answer_.referrals.clear();
    answer_.advice.clear();
    answer_.avoid.clear();
    answer_.exercises.clear();
    answer_.meals.clear();
    answer_.listed.clear();
    answer_.held_back.clear();
    answer_.blocked.clear();
    answer_.pairings.clear();
    answer_.questions.clear();
    answer_.points.clear();
    answer_.cautions.clear();
    answer_.dose_rules.clear();
    answer_.blocking_rules.clear();
    answer_.dropped.clear();
  }

  const v1::Rule& RuleAt(int index) const { return *ruleset_.rules()[static_cast<size_t>(index)].rule; }

  // Where there is no training today, only safety rules advise: what encourages to move can wait.
  void AddAdvice() {
    const bool rests = answer_.disposition >= v1::DISPOSITION_REST_TODAY;
    const auto before = [this](const AppliedEffect& a, const AppliedEffect& b) {
      return AdviceOrder(RuleAt(a.rule)) < AdviceOrder(RuleAt(b.rule));
    };
    std::vector<AppliedEffect>& advice = answer_.advice;
    for (const AppliedEffect& applied : outcome_.answer_effects) {
      const v1::Effect& effect = *applied.effect->effect;
      if (effect.has_advise() && (!rests || RuleAt(applied.rule).safety()))
        advice.insert(std::upper_bound(advice.begin(), advice.end(), applied, before), applied);
      if (effect.has_avoid()) answer_.avoid.push_back(applied);
    }
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

  void RankExercises(size_t count) {
    answer_.list.Begin(ruleset_, outcome_, CandidateKind::kExercise);
    while (answer_.exercises.size() < count) {
      const std::optional<VariedPick> pick = answer_.list.Next();
      if (!pick) return;
      outcome_.FillDose(pick->candidate, answer_.sheet);
      answer_.exercises.push_back(Explain(*pick));
      answer_.list.Accept(*pick);
    }
  }

  // Down the list, as far as the budgets of the day and the week have room for the meals together.
  void RankMeals(size_t count) {
    answer_.diet.Begin(ruleset_, intake_, activation_);
    answer_.list.Begin(ruleset_, outcome_, CandidateKind::kMeal);
    while (answer_.meals.size() < count) {
      const std::optional<VariedPick> pick = answer_.list.Next();
      if (!pick) return;
      outcome_.FillDose(pick->candidate, answer_.sheet);
      const std::optional<int> servings = answer_.sheet.dosing.dose[v1::Dose::kServingsPercentFieldNumber - 1];
      const Portion portion{ruleset_.candidates()[pick->candidate].meal, servings.value_or(100)};
      if (!answer_.diet.Take(portion)) {
        answer_.held_back.push_back({pick->candidate, answer_.diet.refused().budget});
        continue;
      }
      answer_.meals.push_back(Explain(*pick));
      answer_.meals.back().diet_index_change = answer_.diet.IndexChange(portion);
      answer_.list.Accept(*pick);
    }
  }

  // Appends to a list, and tells what was appended.
  template <typename T, typename Fill>
  static Stretch Append(std::vector<T>& list, Fill fill) {
    Stretch stretch;
    stretch.begin = static_cast<uint32_t>(list.size());
    fill(list);
    stretch.end = static_cast<uint32_t>(list.size());
    return stretch;
  }

  // All about a pick, whose dose is in the sheet.
  RankedSuggestion Explain(const VariedPick& pick) {
    const Dosing& dosing = answer_.sheet.dosing;
    RankedSuggestion one;
    one.candidate = pick.candidate;
    one.score_milli = pick.score_milli;
    one.dose = dosing.dose;
    one.points = Append(answer_.points, [&](std::vector<Points>& points) {
      outcome_.AddPoints(pick.candidate, dosing.dose, points);
      answer_.list.AddVariety(pick, points);
    });
    std::sort(answer_.points.begin() + one.points.begin, answer_.points.end(), [](const Points& a, const Points& b) {
      const int x = std::abs(a.milli), y = std::abs(b.milli);
      if (x != y) return x > y;
      return a.rule != b.rule ? a.rule < b.rule : a.effect->number < b.effect->number;
    });
    one.cautions = Append(answer_.cautions, [&](std::vector<AppliedEffect>& cautions) {
      outcome_.AddCautions(pick.candidate, cautions);
    });
    one.dose_rules = Append(answer_.dose_rules, [&](std::vector<int>& rules) {
      rules.insert(rules.end(), dosing.shaping_rules.begin(), dosing.shaping_rules.end());
    });
    one.dropped = Append(answer_.dropped, [&](std::vector<DroppedDemand>& dropped) {
      dropped.insert(dropped.end(), dosing.dropped.begin(), dosing.dropped.end());
    });
    answer_.listed.push_back(pick.candidate);
    return one;
  }

  void AddBlocked() {
    for (uint32_t c = 0; c < ruleset_.candidates().size(); ++c) {
      if (outcome_.Admissible(c)) continue;
      const Stretch rules = Append(answer_.blocking_rules,
                                   [&](std::vector<int>& list) { outcome_.AddBlockingRules(c, answer_.sheet, list); });
      answer_.blocked.push_back({c, rules});
    }
  }

  const Ruleset& ruleset_;
  const v1::RecommendOptions& options_;
  const Intake& intake_;
  const RuleOutcome& outcome_;
  RankedAnswer& answer_;
  Activation activation_;
};

}  // namespace

void RankAnswer(const Ruleset& ruleset, const v1::RecommendOptions& options, const Intake& intake,
                absl::Span<const Value> user, const RuleOutcome& outcome, Arena& arena, RankedAnswer& answer) {
  Ranker(ruleset, options, intake, user, outcome, arena, answer).Run();
}

}  // namespace myokine
