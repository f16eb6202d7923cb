#include "engine/recommend/responses.h"

#include <algorithm>
#include <cmath>

#include "engine/response/curve.h"
#include "engine/response/response.h"

namespace myokine {
namespace {

// Indices of Dose's fields.
const int kMinutes = v1::Dose::kMinutesFieldNumber - 1;
const int kRpe = v1::Dose::kRpeFieldNumber - 1;
const int kSessions = v1::Dose::kSessionsPerWeekFieldNumber - 1;

// Enough digits to be useful, few enough not to pretend.
double Rounded(double x) { return std::round(x * 1000) / 1000; }

void Put(const Estimate& estimate, v1::Interval& interval) {
  interval.set_expected(Rounded(estimate.expected));
  interval.set_low(Rounded(estimate.low));
  interval.set_high(Rounded(estimate.high));
}

// Adds the references that are not there yet.
void AddReferences(const v1::GradedEvidence& evidence, v1::MyokineResponse& out) {
  for (const std::string& key : evidence.references()) {
    const auto& there = out.references();
    if (std::find(there.begin(), there.end(), key) == there.end()) out.add_references(key);
  }
}

// The factors of a response's modifiers for a person; 1, and noted, where they are not known.
std::vector<double> FactorsOf(const Ruleset& ruleset, const v1::AcuteResponse& response, const Activation& activation,
                              v1::MyokineResponse& out) {
  std::vector<double> factors;
  const auto& compiled = ruleset.ModifiersOf(response);
  for (size_t i = 0; i < compiled.size(); ++i) {
    const v1::Modifier& modifier = response.modifiers(static_cast<int>(i));
    const Value value = compiled[i]->Evaluate(activation);
    if (const auto* d = std::get_if<double>(&value); d != nullptr && std::isfinite(*d)) {
      factors.push_back(At(modifier.factor(), *d));
    } else if (const auto* n = std::get_if<int64_t>(&value)) {
      factors.push_back(At(modifier.factor(), static_cast<double>(*n)));
    } else {
      factors.push_back(1);
      out.add_unknown_modifiers(modifier.id());
    }
  }
  return factors;
}

}  // namespace

std::vector<v1::MyokineResponse> EstimateResponses(const Ruleset& ruleset, const v1::Exercise& exercise,
                                                   const ChosenDose& dose, const Activation& activation) {
  std::vector<v1::MyokineResponse> responses;
  Bout bout;
  bout.modality = exercise.modality();
  bout.minutes = dose[static_cast<size_t>(kMinutes)].value_or(0);
  bout.percent_vo2max = PercentVo2max(ruleset.pack().intensity_scale(), dose[static_cast<size_t>(kRpe)].value_or(0));
  bout.muscle_mass = exercise.muscle_mass();
  for (const v1::MyokineModel& model : ruleset.pack().myokines()) {
    const v1::AcuteResponse* acute = FindAcute(model, exercise.modality());
    const v1::ChronicResponse* chronic = FindChronic(model, exercise.modality());
    if (acute == nullptr && chronic == nullptr && !model.has_no_number()) continue;
    v1::MyokineResponse out;
    out.set_myokine(model.id());
    // Without a time or an effort there is nothing to estimate.
    const bool estimable = dose[static_cast<size_t>(kMinutes)] && dose[static_cast<size_t>(kRpe)];
    if (acute != nullptr && estimable) {
      const std::vector<double> factors = FactorsOf(ruleset, *acute, activation, out);
      Put(EstimateAcute(*acute, bout, factors), *out.mutable_fold_change());
      out.set_peak_minutes(acute->peak_minutes());
      out.set_return_minutes(acute->return_minutes());
      out.set_grade(acute->evidence().grade());
      AddReferences(acute->evidence(), out);
    }
    if (chronic != nullptr && dose[static_cast<size_t>(kSessions)]) {
      Put(EstimateChronic(*chronic, *dose[static_cast<size_t>(kSessions)], kProjectionWeeks),
          *out.mutable_twelve_week_percent());
      out.set_twelve_week_grade(chronic->evidence().grade());
      AddReferences(chronic->evidence(), out);
    }
    responses.push_back(std::move(out));
  }
  return responses;
}

}  // namespace myokine
