#include "engine/recommend/scenario_runner.h"

#include <algorithm>
#include <set>
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
using Candidates = std::vector<RankedCandidate>;

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
    kRanked,   // admissible, at `rank`
    kBlocked,  // taken out by rules
    kAbsent,   // nothing was ranked, or nothing is said of it
    kUnknown,  // no candidate of the pack
  };
  Kind kind = Kind::kUnknown;
  bool is_meal = false;
  int rank = 0;             // from 1; kRanked alone
  std::string description;  // how failures put it: `ranked 3rd`
  bool Admissible() const { return kind == Kind::kRanked; }
};

// Checks one answer; collects what does not hold.
class Checker {
 public:
  Checker(const v1::Scenario& scenario, const SourceMap& sources, const v1::RulePack& pack, const Judgement& judgement)
      : scenario_(scenario), expect_(scenario.expect()), sources_(sources), pack_(pack), judgement_(judgement) {}

  std::vector<Issue> Run() {
    if (judgement_.violations.empty()) {
      CheckAnswer();
    } else {
      for (const FieldViolation& violation : judgement_.violations) {
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
    CheckFirst(Expectation::kFirstExerciseFieldNumber, "exercise", expect_.first_exercise(), judgement_.exercises);
    CheckFirst(Expectation::kFirstMealFieldNumber, "meal", expect_.first_meal(), judgement_.meals);
    CheckAdmissible();
    CheckRules();
    CheckPairings();
    for (int i = 0; i < expect_.responds_size(); ++i) CheckResponse(expect_.responds(i), i);
    for (int i = 0; i < expect_.doses_size(); ++i) CheckDose(expect_.doses(i), i);
    for (int i = 0; i < expect_.asks_size(); ++i) {
      if (Contains(judgement_.asked_facts, expect_.asks(i))) continue;
      Fail(Expectation::kAsksFieldNumber, i,
           absl::StrCat("expected ", Quoted(expect_.asks(i)), " to be asked for, found it was not"),
           judgement_.asked_facts.empty() ? "nothing is asked for"
                                          : absl::StrCat("asked for: ", QuotedList(judgement_.asked_facts)));
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
    const Candidates& returned = standing.is_meal ? judgement_.meals : judgement_.exercises;
    for (size_t i = 0; i < returned.size(); ++i) {
      if (returned[i].id != id) continue;
      standing.kind = Standing::Kind::kRanked;
      standing.rank = static_cast<int>(i) + 1;
      standing.description = absl::StrCat("it at rank ", standing.rank);
      return standing;
    }
    const auto blocked = judgement_.blocked.find(id);
    standing.kind = blocked != judgement_.blocked.end() ? Standing::Kind::kBlocked : Standing::Kind::kAbsent;
    standing.description =
        blocked != judgement_.blocked.end()
            ? absl::StrCat("it blocked by ", QuotedList(blocked->second))
            : absl::StrCat("it neither ranked nor blocked, with disposition ", NameOf(judgement_.disposition));
    return standing;
  }

  void CheckDisposition() {
    if (expect_.disposition() == v1::DISPOSITION_UNSPECIFIED || expect_.disposition() == judgement_.disposition) return;
    Fail(Expectation::kDispositionFieldNumber, 0,
         absl::StrCat("expected disposition ", NameOf(expect_.disposition()), ", found ",
                      NameOf(judgement_.disposition)),
         judgement_.disposition_rules.empty() ? ""
                                              : absl::StrCat("because of ", QuotedList(judgement_.disposition_rules)));
  }

  void CheckFirst(int field, const std::string& kind, const std::string& wanted, const Candidates& returned) {
    if (wanted.empty() || (!returned.empty() && returned[0].id == wanted)) return;
    Fail(field, 0,
         absl::StrCat("expected ", Quoted(wanted), " to be the first ", kind, ", found ",
                      returned.empty() ? "none" : Quoted(returned[0].id)),
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
    auto check = [this](int field, const google::protobuf::RepeatedPtrField<std::string>& rules,
                        const std::set<std::string>& found, bool wanted, const char* expected, const char* instead) {
      for (int i = 0; i < rules.size(); ++i) {
        if (found.contains(rules[i]) != wanted)
          Fail(field, i, absl::StrCat("expected rule ", Quoted(rules[i]), " to ", expected, ", found ", instead));
      }
    };
    check(Expectation::kFiresFieldNumber, expect_.fires(), judgement_.fired_rules, true, "apply", "it silent");
    check(Expectation::kSilentFieldNumber, expect_.silent(), judgement_.fired_rules, false, "be silent", "it applies");
    check(Expectation::kUnknownFieldNumber, expect_.unknown(), judgement_.unknown_rules, true, "lack facts",
          "that it could tell");
  }

  void CheckPairings() {
    for (int i = 0; i < expect_.pairs_size(); ++i) {
      if (Contains(judgement_.pairings, expect_.pairs(i))) continue;
      Fail(
          Expectation::kPairsFieldNumber, i,
          absl::StrCat("expected the pairing ", Quoted(expect_.pairs(i)), ", found it was not offered"),
          judgement_.pairings.empty() ? "none is offered" : absl::StrCat("offered: ", QuotedList(judgement_.pairings)));
    }
    for (int i = 0; i < expect_.keeps_apart_size(); ++i) {
      if (!Contains(judgement_.pairings, expect_.keeps_apart(i))) continue;
      Fail(Expectation::kKeepsApartFieldNumber, i,
           absl::StrCat("expected no pairing ", Quoted(expect_.keeps_apart(i)), ", found it was offered"));
    }
  }

  // `at least 2 and at most 3`; `set` where there is no bound.
  template <typename Bounded>
  static std::string BoundsText(const Bounded& bounded) {
    std::vector<std::string> bounds;
    if (bounded.has_at_least()) bounds.push_back(absl::StrCat("at least ", bounded.at_least()));
    if (bounded.has_at_most()) bounds.push_back(absl::StrCat("at most ", bounded.at_most()));
    return bounds.empty() ? "set" : absl::StrJoin(bounds, " and ");
  }

  void CheckResponse(const v1::ExpectedResponse& wanted, int index) {
    const std::string what = absl::StrCat(Quoted(wanted.myokine()), " after ", Quoted(wanted.candidate()));
    std::string found = "no number";
    const auto candidate = judgement_.responses.find(wanted.candidate());
    if (candidate == judgement_.responses.end()) {
      found = StandingOf(wanted.candidate()).description;
    } else if (const auto response = candidate->second.find(wanted.myokine()); response != candidate->second.end()) {
      const double fold = response->second;
      const bool low = wanted.has_at_least() && fold < wanted.at_least();
      const bool high = wanted.has_at_most() && fold > wanted.at_most();
      if (!low && !high) return;
      found = absl::StrCat(fold, " times the resting value");
    }
    Fail(Expectation::kRespondsFieldNumber, index,
         absl::StrCat("expected ", what, " to be ", BoundsText(wanted), ", found ", found));
  }

  void CheckDose(const v1::ExpectedDose& dose, int index) {
    const std::string what = absl::StrCat(Quoted(dose.of()), " of ", Quoted(dose.candidate()));
    const auto fail = [&](const std::string& found, std::string hint = "") {
      Fail(Expectation::kDosesFieldNumber, index,
           absl::StrCat("expected ", what, " to be ", BoundsText(dose), ", found ", found), std::move(hint));
    };
    const google::protobuf::FieldDescriptor* field = v1::Dose::descriptor()->FindFieldByName(dose.of());
    if (field == nullptr) return fail("no such field of a dose");
    const Standing standing = StandingOf(dose.candidate());
    if (standing.kind != Standing::Kind::kRanked) return fail(standing.description, Near(standing, dose.candidate()));
    const Candidates& ranked = standing.is_meal ? judgement_.meals : judgement_.exercises;
    const v1::Dose& given = ranked[static_cast<size_t>(standing.rank) - 1].dose;
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
      } else if (above.rank > below.rank) {
        found = absl::StrCat("ranks ", above.rank, " and ", below.rank);
      }
      if (found.empty()) continue;
      Fail(Expectation::kRanksAboveFieldNumber, i,
           absl::StrCat("expected ", Quoted(expect_.ranks_above(i)), " to rank above ",
                        Quoted(expect_.ranks_above(i + 1)), ", found ", found));
    }
  }

  void CheckEffort() {
    if (!expect_.has_highest_rpe()) return;
    for (const RankedCandidate& exercise : judgement_.exercises) {
      if (exercise.dose.rpe() <= expect_.highest_rpe()) continue;
      Fail(Expectation::kHighestRpeFieldNumber, 0,
           absl::StrCat("expected no effort above ", expect_.highest_rpe(), ", found ", exercise.dose.rpe(), " for ",
                        Quoted(exercise.id)));
    }
  }

  void CheckCounts() {
    const int exercises = static_cast<int>(judgement_.exercises.size());
    const int meals = static_cast<int>(judgement_.meals.size());
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
  const Judgement& judgement_;
  std::vector<Issue> failures_;
};

}  // namespace

std::vector<Issue> CheckScenario(const v1::Scenario& scenario, const SourceMap& sources, const v1::RulePack& pack,
                                 const Judgement& judgement) {
  return Checker(scenario, sources, pack, judgement).Run();
}

v1::UserState PersonOf(const v1::RulePack& pack, const v1::Scenario& scenario) {
  v1::UserState person;
  for (const v1::Person& somebody : pack.people()) {
    if (!scenario.like().empty() && somebody.id() == scenario.like()) person = somebody.user();
  }
  person.MergeFrom(scenario.user());
  return person;
}

Judgement JudgeScenario(const Ruleset& ruleset, const v1::Scenario& scenario, const Without& without) {
  absl::Time moment = DefaultMoment();
  if (scenario.has_at())
    moment = absl::FromUnixSeconds(scenario.at().seconds()) + absl::Nanoseconds(scenario.at().nanos());
  std::set<std::string> responses_of;
  for (const v1::ExpectedResponse& response : scenario.expect().responds()) responses_of.insert(response.candidate());
  return Judge(ruleset, PersonOf(ruleset.pack(), scenario), moment, responses_of, without);
}

std::vector<Issue> RunScenario(const Ruleset& ruleset, const v1::Scenario& scenario) {
  return CheckScenario(scenario, ruleset.sources(), ruleset.pack(), JudgeScenario(ruleset, scenario));
}

}  // namespace myokine
