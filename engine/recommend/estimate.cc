#include "engine/recommend/estimate.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/recommend/answer_notes.h"
#include "engine/recommend/response_estimator.h"
#include "engine/recommend/rule_run.h"
#include "engine/recommend/user_frame.h"
#include "engine/ruleset/grade.h"
#include "engine/ruleset/locale.h"

namespace myokine {
namespace {

constexpr double kMinutesOfDay = 1440;
// Bouts whose begin is not told: the first in the evening, the others a day later each.
constexpr double kUsualBegin = 18 * 60;

// Null when there is none of this id.
const v1::Exercise* FindExercise(const Ruleset& ruleset, const std::string& id) {
  const Candidate* candidate = ruleset.FindCandidate(id);
  return candidate == nullptr ? nullptr : candidate->exercise;
}

// The usual value of a range of the dose; nothing when the exercise has none.
std::optional<double> Usual(const v1::Exercise* exercise, bool (v1::AllowedDose::*has)() const,
                            const v1::DoseRange& (v1::AllowedDose::*range)() const) {
  if (exercise == nullptr || !(exercise->dose().*has)()) return std::nullopt;
  return (exercise->dose().*range)().usual();
}

// A bout with all that the models read.
struct PlannedBout {
  const v1::Exercise* exercise = nullptr;
  std::string modality;
  Bout bout;
  double end = 0;  // minutes from midnight of the first day
};

class Estimator {
 public:
  Estimator(const Ruleset& ruleset, const v1::EstimateResponseRequest& request, const Activation& activation,
            AnswerNotes& notes, v1::EstimateResponseResponse& response)
      : ruleset_(ruleset), request_(request), notes_(notes), response_(response), estimator_(ruleset, activation) {}

  void Run() {
    notes_.AddFrame(response_);
    notes_.AddStanding(response_);
    if (Ranks(response_.disposition())) AddEstimates();
    notes_.AddNotes(response_);
  }

 private:
  void AddEstimates() {
    for (int i = 0; i < request_.bouts_size(); ++i) {
      planned_.push_back(Plan(request_.bouts(i), i));
      AddBout(planned_.back());
    }
    if (planned_.size() > 1) Combine();
    AddHabit();
    notes_.AddInflammation(response_);
  }

  PlannedBout Plan(const v1::Bout& asked, int index) const {
    PlannedBout planned;
    const v1::Exercise* exercise = asked.exercise().empty() ? nullptr : FindExercise(ruleset_, asked.exercise());
    planned.exercise = exercise;
    planned.modality = !asked.modality().empty() ? asked.modality() : exercise != nullptr ? exercise->modality() : "";
    Bout& bout = planned.bout;
    std::optional<double> minutes = Usual(exercise, &v1::AllowedDose::has_minutes, &v1::AllowedDose::minutes);
    if (asked.has_intervals()) {
      const double work = asked.intervals().work_seconds(), round = work + asked.intervals().rest_seconds();
      bout.work_share = work / round;
      minutes = asked.intervals().rounds() * round / 60;
    } else if (const auto work = Usual(exercise, &v1::AllowedDose::has_work_seconds, &v1::AllowedDose::work_seconds);
               work && *work > 0 && exercise->dose().has_rounds()) {
      bout.work_share =
          *work /
          (*work + Usual(exercise, &v1::AllowedDose::has_rest_seconds, &v1::AllowedDose::rest_seconds).value_or(0));
    }
    bout.minutes = asked.has_minutes() ? asked.minutes() : minutes.value_or(0);
    switch (asked.intensity_case()) {
      case v1::Bout::kPercentVo2Max: bout.percent_vo2max = asked.percent_vo2max(); break;
      case v1::Bout::kRpe: bout.percent_vo2max = ruleset_.responses().PercentVo2max(asked.rpe()); break;
      case v1::Bout::kMets: bout.percent_vo2max = estimator_.PercentOfMets(asked.mets()); break;
      case v1::Bout::INTENSITY_NOT_SET:
        bout.percent_vo2max = ruleset_.responses().PercentVo2max(
            Usual(exercise, &v1::AllowedDose::has_rpe, &v1::AllowedDose::rpe).value_or(0));
    }
    bout.muscle_mass = asked.has_muscle_mass() ? asked.muscle_mass()
                       : exercise != nullptr   ? exercise->muscle_mass()
                                               : 1;
    bout.eccentric_share = asked.has_eccentric_share() ? asked.eccentric_share()
                           : exercise != nullptr       ? exercise->eccentric_share()
                                                       : 0;
    switch (asked.carbohydrate()) {
      case v1::CARBOHYDRATE_LOW: bout.carbohydrate = -1; break;
      case v1::CARBOHYDRATE_USUAL: bout.carbohydrate = 0; break;
      case v1::CARBOHYDRATE_DURING: bout.carbohydrate = 1; break;
      default: bout.carbohydrate = estimator_.carbohydrate();
    }
    const double begin = asked.has_starts_at_minute() ? asked.starts_at_minute() : kUsualBegin + index * kMinutesOfDay;
    planned.end = begin + bout.minutes;
    return planned;
  }

  void AddBout(const PlannedBout& planned) {
    const Bout& bout = planned.bout;
    v1::BoutEstimate& out = *response_.add_bouts();
    if (planned.exercise != nullptr) out.set_exercise(planned.exercise->id());
    out.set_modality(planned.modality);
    out.set_minutes(bout.minutes);
    out.set_percent_vo2max(bout.percent_vo2max);
    out.set_muscle_mass(bout.muscle_mass);
    out.set_eccentric_share(bout.eccentric_share);
    out.set_work_share(bout.work_share);
    out.set_carbohydrate(bout.carbohydrate);
    const std::optional<Bout> drawn = request_.courses() ? std::optional(bout) : std::nullopt;
    estimator_.ForEachResponse(planned.modality, bout, std::nullopt, [&](const ExpectedResponse& expected) {
      v1::MyokineResponse& one = *out.add_responses();
      one = ToProto(ruleset_, estimator_, expected, drawn);
      notes_.NameMyokine(expected.myokine);
      notes_.Cite(one.references());
    });
  }

  void Combine() {
    for (int i = 0; i < ruleset_.pack().myokines_size(); ++i) {
      std::vector<std::pair<const PlannedBout*, const AcuteModel*>> parts;
      for (const PlannedBout& planned : planned_) {
        const AcuteModel* model = ruleset_.responses().For(planned.modality)[static_cast<size_t>(i)].acute;
        if (model != nullptr && planned.bout.minutes > 0) parts.emplace_back(&planned, model);
      }
      if (!parts.empty()) CombineOne(ruleset_.pack().myokines(i), parts);
    }
  }

  // Rises add up along their courses. Between the moments at which a bout begins or peaks, each course is a straight
  // line or an exponential decay, so the highest sum stands at one of these moments; before the first peak there is
  // less.
  void CombineOne(const v1::MyokineModel& myokine,
                  const std::vector<std::pair<const PlannedBout*, const AcuteModel*>>& parts) {
    std::vector<Estimate> peaks;
    double highest = 0;  // rise that they do not pass together
    v1::Grade grade = v1::GRADE_UNSPECIFIED;
    for (const auto& [planned, model] : parts) {
      peaks.push_back(estimator_.Peak(*model, planned->bout));
      highest = std::max(highest, model->Highest(planned->bout));
      if (WorseGrade(model->response().evidence().grade(), grade)) grade = model->response().evidence().grade();
    }
    Estimate strongest{0, 0, 0};  // changes, not multiples
    double peak_at = 0;
    for (size_t at = 0; at < parts.size(); ++at) {
      const double moment = PeakMoment(parts[at]);
      Estimate sum{0, 0, 0};
      for (size_t i = 0; i < parts.size(); ++i) {
        const auto& [planned, model] = parts[i];
        const double minute = moment - planned->end;
        sum.expected += model->Course(planned->bout, peaks[i].expected, minute) - 1;
        sum.low += model->Course(planned->bout, peaks[i].low, minute) - 1;
        sum.high += model->Course(planned->bout, peaks[i].high, minute) - 1;
      }
      const bool stronger = std::abs(sum.expected) > std::abs(strongest.expected);
      const bool earlier = std::abs(sum.expected) == std::abs(strongest.expected) && moment < peak_at;
      if (at > 0 && !stronger && !earlier) continue;
      strongest = sum;
      peak_at = moment;
    }
    const double held = std::clamp(strongest.expected, -highest, highest);
    v1::CombinedResponse& out = *response_.add_combined();
    out.set_myokine(myokine.id());
    Put({std::max(kLeastFold, 1 + held), std::max(kLeastFold, 1 + std::min(held, strongest.low)),
         std::max(kLeastFold, 1 + std::max(held, strongest.high))},
        *out.mutable_fold_change());
    out.set_peak_at_minute(std::round(peak_at));
    out.set_grade(grade);
    notes_.NameMyokine(myokine.id());
  }

  static double PeakMoment(const std::pair<const PlannedBout*, const AcuteModel*>& part) {
    return part.first->end + part.second->PeakMinutes(part.first->bout);
  }

  void AddHabit() {
    const double weeks = request_.habit().weeks() > 0 ? request_.habit().weeks() : kProjectionWeeks;
    for (int i = 0; i < ruleset_.pack().myokines_size(); ++i) {
      const ChronicModel* strongest = nullptr;
      std::string modality;
      Estimate change{0, 0, 0};
      for (const v1::HabitSessions& sessions : request_.habit().sessions()) {
        const ChronicModel* model = ruleset_.responses().For(sessions.modality())[static_cast<size_t>(i)].chronic;
        if (model == nullptr) continue;
        // Sessions of all kinds that one model speaks of are one habit.
        double together = 0;
        for (const v1::HabitSessions& other : request_.habit().sessions()) {
          if (ruleset_.responses().For(other.modality())[static_cast<size_t>(i)].chronic == model)
            together += other.sessions_per_week();
        }
        const Estimate one = model->Change(together, weeks);
        if (strongest != nullptr && std::abs(one.expected) <= std::abs(change.expected)) continue;
        strongest = model;
        modality = sessions.modality();
        change = one;
      }
      if (strongest == nullptr) continue;
      v1::HabitResponse& out = *response_.add_habit();
      out.set_myokine(ruleset_.pack().myokines(i).id());
      Put(change, *out.mutable_percent());
      out.set_modality(modality);
      out.set_grade(strongest->response().evidence().grade());
      *out.mutable_references() = strongest->response().evidence().references();
      notes_.NameMyokine(out.myokine());
      notes_.Cite(out.references());
    }
  }

  const Ruleset& ruleset_;
  const v1::EstimateResponseRequest& request_;
  AnswerNotes& notes_;
  v1::EstimateResponseResponse& response_;
  ResponseEstimator estimator_;
  std::vector<PlannedBout> planned_;
};

// What the options of the fields can't say.
void CheckRequest(const Ruleset& ruleset, const v1::EstimateResponseRequest& request,
                  std::vector<FieldViolation>& violations) {
  if (request.bouts().empty() && request.habit().sessions().empty())
    violations.push_back({"bouts", "name a bout or a habit to estimate"});
  for (int i = 0; i < request.bouts_size(); ++i) {
    const v1::Bout& bout = request.bouts(i);
    const std::string at = absl::StrCat("bouts[", i, "]");
    const v1::Exercise* exercise = bout.exercise().empty() ? nullptr : FindExercise(ruleset, bout.exercise());
    if (!bout.exercise().empty() && exercise == nullptr) {
      std::vector<std::string> ids;
      for (const Candidate& candidate : ruleset.candidates()) {
        if (candidate.exercise != nullptr) ids.push_back(candidate.id());
      }
      const std::string near = DidYouMean(bout.exercise(), ids);
      violations.push_back(
          {at + ".exercise", absl::StrCat("no exercise `", bout.exercise(), "`",
                                          near.empty() ? "" : absl::StrCat("; did you mean `", near, "`?"))});
      continue;
    }
    if (exercise == nullptr && bout.modality().empty())
      violations.push_back({at, "name an `exercise` of the catalogue, or a `modality`"});
    if (!bout.has_minutes() && !bout.has_intervals() && (exercise == nullptr || !exercise->dose().has_minutes()))
      violations.push_back({at + ".minutes", "is required"});
    if (bout.intensity_case() == v1::Bout::INTENSITY_NOT_SET && (exercise == nullptr || !exercise->dose().has_rpe()))
      violations.push_back({at, "state an intensity: `percent_vo2max`, `rpe` or `mets`"});
    if (bout.has_minutes() && bout.has_intervals()) {
      const v1::Intervals& intervals = bout.intervals();
      const double length = intervals.rounds() * (intervals.work_seconds() + intervals.rest_seconds()) / 60.0;
      if (bout.minutes() < length) violations.push_back({at + ".minutes", "is less than the intervals take"});
    }
  }
  std::set<std::string> seen;
  for (int i = 0; i < request.habit().sessions_size(); ++i) {
    if (!seen.insert(request.habit().sessions(i).modality()).second)
      violations.push_back({absl::StrCat("habit.sessions[", i, "].modality"), "is named twice"});
  }
}

}  // namespace

Estimation EstimateResponse(const Ruleset& ruleset, const v1::EstimateResponseRequest& request, absl::Time now) {
  Estimation result;
  v1::EstimateResponseRequest checked = request;
  Intake intake = TakeIn(request.user(), ruleset, now, ResolveLocale(request.locale()));
  checked.clear_user();
  CheckFields(checked, "", ruleset, intake);
  if (intake.violations.empty()) CheckRequest(ruleset, checked, intake.violations);
  result.violations = intake.violations;
  if (!result.violations.empty()) return result;
  Arena arena;
  const std::vector<Value> user = FillUserFrame(ruleset, intake, arena);
  Activation activation;
  activation.arena = &arena;
  activation.frames[static_cast<size_t>(Frame::kUser)] = user;
  const RuleOutcome outcome = RunRules(ruleset, user, Weights(), arena);
  AnswerNotes notes(ruleset, intake, outcome, activation, ResolveLocale(request.locale()));
  Estimator(ruleset, checked, activation, notes, result.response).Run();
  return result;
}

}  // namespace myokine
