#include "engine/recommend/scenario_runner.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace myokine {
namespace {

using v1::Expectation;
using Suggestions = google::protobuf::RepeatedPtrField<v1::Suggestion>;

std::string Quoted(const std::string& text) { return absl::StrCat("`", text, "`"); }

std::string NameOf(v1::Disposition disposition) {
  return Quoted(std::string(absl::StripPrefix(v1::Disposition_Name(disposition), "DISPOSITION_")));
}

template <typename Entries>
bool HasId(const Entries& entries, const std::string& id) {
  return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.id() == id; });
}

template <typename Strings>
bool Contains(const Strings& strings, const std::string& wanted) {
  return std::find(strings.begin(), strings.end(), wanted) != strings.end();
}

template <typename Strings>
std::string QuotedList(const Strings& strings) {
  return absl::StrJoin(strings, ", ",
                       [](std::string* out, const std::string& text) { absl::StrAppend(out, Quoted(text)); });
}

// The moment of scenarios that name none.
absl::Time DefaultMoment() { return absl::FromCivil(absl::CivilSecond(2026, 1, 15, 9, 0, 0), absl::UTCTimeZone()); }

// Where a candidate stands in an answer.
struct Standing {
  enum class Kind {
    kRanked,   // returned, at `rank`
    kCut,      // admissible, below the last that was returned
    kBlocked,  // taken out by rules
    kAbsent,   // nothing was ranked, or nothing is said of it
    kUnknown,  // no candidate of the pack
  };
  Kind kind = Kind::kUnknown;
  bool is_meal = false;
  int rank = 0;             // from 1; kRanked alone
  std::string description;  // how failures put it: `ranked 3rd`
  bool Admissible() const { return kind == Kind::kRanked || kind == Kind::kCut; }
};

// Checks one answer; collects what does not hold.
class Checker {
 public:
  Checker(const v1::Scenario& scenario, const SourceMap& sources, const v1::RulePack& pack,
          const Recommendation& recommendation)
      : scenario_(scenario),
        expect_(scenario.expect()),
        sources_(sources),
        pack_(pack),
        recommendation_(recommendation),
        response_(recommendation.response) {}

  std::vector<Issue> Run() {
    if (recommendation_.violations.empty()) {
      CheckAnswer();
    } else {
      for (const FieldViolation& violation : recommendation_.violations) {
        Fail(0, 0,
             absl::StrCat("expected an answer, found the request refused: ", Quoted(violation.field), ": ",
                          violation.description));
      }
    }
    return std::move(failures_);
  }

 private:
  void CheckAnswer() {
    CheckDisposition();
    CheckFirst(Expectation::kFirstExerciseFieldNumber, "exercise", expect_.first_exercise(), response_.exercises());
    CheckFirst(Expectation::kFirstMealFieldNumber, "meal", expect_.first_meal(), response_.meals());
    CheckAdmissible();
    CheckRules();
    for (int i = 0; i < expect_.doses_size(); ++i) CheckDose(expect_.doses(i), i);
    for (int i = 0; i < expect_.asks_size(); ++i) {
      if (Contains(recommendation_.all_questions, expect_.asks(i))) continue;
      Fail(Expectation::kAsksFieldNumber, i,
           absl::StrCat("expected ", Quoted(expect_.asks(i)), " to be asked for, found it was not"),
           recommendation_.all_questions.empty()
               ? "nothing is asked for"
               : absl::StrCat("asked for: ", QuotedList(recommendation_.all_questions)));
    }
    CheckRanks();
    CheckEffort();
    CheckCounts();
  }

  // `field` is a number of Expectation; 0: the scenario as a whole.
  void Fail(int field, int index, const std::string& message, std::string hint = "") {
    Location at = field == 0 ? Location() : sources_.Find(&expect_, field, index);
    if (at.line == 0) at = sources_.Find(&scenario_);
    failures_.push_back(sources_.MakeIssue(std::move(at), "scenario-failed",
                                           absl::StrCat(Quoted(scenario_.id()), ": ", message), std::move(hint)));
  }

  Standing StandingOf(const std::string& id) const {
    Standing standing;
    standing.is_meal = HasId(pack_.meals(), id);
    if (!standing.is_meal && !HasId(pack_.exercises(), id)) {
      standing.description = "no exercise or meal of the pack has this id";
      return standing;
    }
    const Suggestions& returned = standing.is_meal ? response_.meals() : response_.exercises();
    for (int i = 0; i < returned.size(); ++i) {
      if (returned[i].candidate() != id) continue;
      standing.kind = Standing::Kind::kRanked;
      standing.rank = i + 1;
      standing.description = absl::StrCat("it at rank ", standing.rank);
      return standing;
    }
    for (const v1::BlockedCandidate& blocked : response_.blocked()) {
      if (blocked.candidate() != id) continue;
      standing.kind = Standing::Kind::kBlocked;
      standing.description = absl::StrCat("it blocked by ", QuotedList(blocked.rules()));
      return standing;
    }
    const bool full = returned.size() >= kScenarioSuggestions;
    standing.kind = full ? Standing::Kind::kCut : Standing::Kind::kAbsent;
    standing.description =
        full ? absl::StrCat("it below the first ", kScenarioSuggestions)
             : absl::StrCat("it neither ranked nor blocked, with disposition ", NameOf(response_.disposition()));
    return standing;
  }

  void CheckDisposition() {
    if (expect_.disposition() == v1::DISPOSITION_UNSPECIFIED || expect_.disposition() == response_.disposition())
      return;
    std::vector<std::string> rules;
    for (const v1::DispositionReason& reason : response_.reasons()) rules.push_back(reason.rule());
    Fail(Expectation::kDispositionFieldNumber, 0,
         absl::StrCat("expected disposition ", NameOf(expect_.disposition()), ", found ",
                      NameOf(response_.disposition())),
         rules.empty() ? "" : absl::StrCat("because of ", QuotedList(rules)));
  }

  void CheckFirst(int field, const std::string& kind, const std::string& wanted, const Suggestions& returned) {
    if (wanted.empty() || (!returned.empty() && returned[0].candidate() == wanted)) return;
    Fail(field, 0,
         absl::StrCat("expected ", Quoted(wanted), " to be the first ", kind, ", found ",
                      returned.empty() ? "none" : Quoted(returned[0].candidate())),
         absl::StrCat("found ", StandingOf(wanted).description));
  }

  void CheckAdmissible() {
    for (int i = 0; i < expect_.offers_size(); ++i) {
      const Standing standing = StandingOf(expect_.offers(i));
      if (standing.Admissible()) continue;
      Fail(Expectation::kOffersFieldNumber, i,
           absl::StrCat("expected ", Quoted(expect_.offers(i)), " to be offered, found ", standing.description),
           Near(standing, expect_.offers(i)));
    }
    for (int i = 0; i < expect_.withholds_size(); ++i) {
      const Standing standing = StandingOf(expect_.withholds(i));
      if (standing.kind == Standing::Kind::kBlocked || standing.kind == Standing::Kind::kAbsent) continue;
      Fail(Expectation::kWithholdsFieldNumber, i,
           absl::StrCat("expected ", Quoted(expect_.withholds(i)), " to be withheld, found ", standing.description),
           Near(standing, expect_.withholds(i)));
    }
  }

  // A hint for an id that the pack lacks.
  std::string Near(const Standing& standing, const std::string& id) const {
    if (standing.kind != Standing::Kind::kUnknown) return "";
    std::vector<std::string> ids;
    for (const v1::Exercise& exercise : pack_.exercises()) ids.push_back(exercise.id());
    for (const v1::Meal& meal : pack_.meals()) ids.push_back(meal.id());
    const std::string near = DidYouMean(id, ids);
    return near.empty() ? "" : absl::StrCat("did you mean ", Quoted(near), "?");
  }

  void CheckRules() {
    for (int i = 0; i < expect_.fires_size(); ++i) {
      if (Contains(recommendation_.fired_rules, expect_.fires(i))) continue;
      Fail(Expectation::kFiresFieldNumber, i,
           absl::StrCat("expected rule ", Quoted(expect_.fires(i)), " to apply, found it silent"));
    }
    for (int i = 0; i < expect_.silent_size(); ++i) {
      if (!Contains(recommendation_.fired_rules, expect_.silent(i))) continue;
      Fail(Expectation::kSilentFieldNumber, i,
           absl::StrCat("expected rule ", Quoted(expect_.silent(i)), " to be silent, found it applies"));
    }
  }

  void CheckDose(const v1::ExpectedDose& dose, int index) {
    const std::string what = absl::StrCat(Quoted(dose.of()), " of ", Quoted(dose.candidate()));
    const auto fail = [&](const std::string& found, std::string hint = "") {
      std::vector<std::string> bounds;
      if (dose.has_at_least()) bounds.push_back(absl::StrCat("at least ", dose.at_least()));
      if (dose.has_at_most()) bounds.push_back(absl::StrCat("at most ", dose.at_most()));
      Fail(Expectation::kDosesFieldNumber, index,
           absl::StrCat("expected ", what, " to be ", bounds.empty() ? "set" : absl::StrJoin(bounds, " and "),
                        ", found ", found),
           std::move(hint));
    };
    const google::protobuf::FieldDescriptor* field = v1::Dose::descriptor()->FindFieldByName(dose.of());
    if (field == nullptr) return fail("no such field of a dose");
    const Standing standing = StandingOf(dose.candidate());
    if (standing.kind != Standing::Kind::kRanked) return fail(standing.description, Near(standing, dose.candidate()));
    const v1::Dose& given = (standing.is_meal ? response_.meals() : response_.exercises())[standing.rank - 1].dose();
    if (!given.GetReflection()->HasField(given, field)) return fail("its dose without this field");
    const int value = given.GetReflection()->GetInt32(given, field);
    if ((dose.has_at_least() && value < dose.at_least()) || (dose.has_at_most() && value > dose.at_most()))
      fail(absl::StrCat(value));
  }

  void CheckRanks() {
    for (int i = 0; i + 1 < expect_.ranks_above_size(); ++i) {
      const Standing above = StandingOf(expect_.ranks_above(i));
      const Standing below = StandingOf(expect_.ranks_above(i + 1));
      std::string found;
      if (!above.Admissible()) {
        found = absl::StrCat("of ", Quoted(expect_.ranks_above(i)), " ", above.description);
      } else if (!below.Admissible()) {
        found = absl::StrCat("of ", Quoted(expect_.ranks_above(i + 1)), " ", below.description);
      } else if (above.is_meal != below.is_meal) {
        found = "an exercise and a meal, which are not ranked together";
      } else if (above.kind == Standing::Kind::kCut ||
                 (below.kind == Standing::Kind::kRanked && above.rank > below.rank)) {
        found = absl::StrCat("ranks ", RankText(above), " and ", RankText(below));
      }
      if (found.empty()) continue;
      Fail(Expectation::kRanksAboveFieldNumber, i,
           absl::StrCat("expected ", Quoted(expect_.ranks_above(i)), " to rank above ",
                        Quoted(expect_.ranks_above(i + 1)), ", found ", found));
    }
  }

  static std::string RankText(const Standing& standing) {
    return standing.kind == Standing::Kind::kRanked ? absl::StrCat(standing.rank)
                                                    : absl::StrCat("below ", kScenarioSuggestions);
  }

  void CheckEffort() {
    if (!expect_.has_highest_rpe()) return;
    for (const v1::Suggestion& exercise : response_.exercises()) {
      if (exercise.dose().rpe() <= expect_.highest_rpe()) continue;
      Fail(Expectation::kHighestRpeFieldNumber, 0,
           absl::StrCat("expected no effort above ", expect_.highest_rpe(), ", found ", exercise.dose().rpe(), " for ",
                        Quoted(exercise.candidate())));
    }
  }

  // Admissible candidates of one kind.
  template <typename Entries>
  int CountAdmissible(const Suggestions& returned, const Entries& entries) const {
    if (returned.size() < kScenarioSuggestions) return returned.size();
    const auto blocked =
        std::count_if(response_.blocked().begin(), response_.blocked().end(),
                      [&](const v1::BlockedCandidate& candidate) { return HasId(entries, candidate.candidate()); });
    return entries.size() - static_cast<int>(blocked);
  }

  void CheckCounts() {
    const int exercises = CountAdmissible(response_.exercises(), pack_.exercises());
    const int meals = CountAdmissible(response_.meals(), pack_.meals());
    const auto check = [this](int field, bool given, bool holds, const std::string& bound, int found,
                              const std::string& kind) {
      if (given && !holds) Fail(field, 0, absl::StrCat("expected ", bound, " admissible ", kind, ", found ", found));
    };
    check(Expectation::kExercisesAtLeastFieldNumber, expect_.has_exercises_at_least(),
          exercises >= expect_.exercises_at_least(), absl::StrCat("at least ", expect_.exercises_at_least()), exercises,
          "exercises");
    check(Expectation::kExercisesAtMostFieldNumber, expect_.has_exercises_at_most(),
          exercises <= expect_.exercises_at_most(), absl::StrCat("at most ", expect_.exercises_at_most()), exercises,
          "exercises");
    check(Expectation::kMealsAtLeastFieldNumber, expect_.has_meals_at_least(), meals >= expect_.meals_at_least(),
          absl::StrCat("at least ", expect_.meals_at_least()), meals, "meals");
    check(Expectation::kMealsAtMostFieldNumber, expect_.has_meals_at_most(), meals <= expect_.meals_at_most(),
          absl::StrCat("at most ", expect_.meals_at_most()), meals, "meals");
  }

  const v1::Scenario& scenario_;
  const Expectation& expect_;
  const SourceMap& sources_;
  const v1::RulePack& pack_;
  const Recommendation& recommendation_;
  const v1::RecommendResponse& response_;
  std::vector<Issue> failures_;
};

}  // namespace

std::vector<Issue> CheckScenario(const v1::Scenario& scenario, const SourceMap& sources, const v1::RulePack& pack,
                                 const Recommendation& recommendation) {
  return Checker(scenario, sources, pack, recommendation).Run();
}

std::vector<Issue> RunScenario(const Ruleset& ruleset, const v1::Scenario& scenario) {
  v1::RecommendRequest request;
  *request.mutable_user() = scenario.user();
  request.mutable_options()->set_exercise_count(kScenarioSuggestions);
  request.mutable_options()->set_meal_count(kScenarioSuggestions);
  absl::Time moment = DefaultMoment();
  if (scenario.has_at())
    moment = absl::FromUnixSeconds(scenario.at().seconds()) + absl::Nanoseconds(scenario.at().nanos());
  return CheckScenario(scenario, ruleset.sources(), ruleset.pack(), Recommend(ruleset, request, moment));
}

}  // namespace myokine
