#include "tests/testing/run_of.h"

#include <cstdlib>
#include <iostream>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/recommend/user_frame.h"
#include "myokine/v1/user_state.pb.h"
#include "tests/testing/pack_builder.h"

namespace myokine::testing {

RunOf::RunOf(const std::string& rules, const std::string& user, Weights weights) : ruleset(CompileText(rules)) {
  intake = TakeIn(Parse<v1::UserState>(user), *ruleset, Moment());
  for (const FieldViolation& violation : intake.violations) {
    std::cerr << violation.field << ": " << violation.description << std::endl;
    std::abort();
  }
  frame = FillUserFrame(*ruleset, intake, arena);
  outcome = RunRules(*ruleset, frame, weights, arena);
}

CandidateOutcome RunOf::Of(const std::string& id) const {
  for (size_t i = 0; i < ruleset->candidates().size(); ++i) {
    if (ruleset->candidates()[i].id() == id) return outcome.Of(i);
  }
  std::cerr << "no candidate " << id << std::endl;
  std::abort();
}

std::string RunOf::Show() const {
  const CandidateOutcome walk = Of("walk");
  std::string text = walk.blocking_rules.empty() ? "" : "block";
  auto add = [&text](const std::string& word, bool because_unknown) {
    absl::StrAppend(&text, text.empty() || text.back() == ' ' ? "" : " ", word, because_unknown ? "?" : "");
  };
  for (const AppliedEffect& applied : walk.cautions) add("caution", applied.because_unknown);
  for (const Points& points : walk.points) add(absl::StrCat(points.milli), false);
  text += " | ";
  for (const AppliedEffect& applied : outcome.answer_effects) {
    const int number = applied.effect->effect->effect_case();
    add(v1::Effect::descriptor()->FindFieldByNumber(number)->name(), applied.because_unknown);
  }
  for (const v1::Remark& failure : outcome.failures) absl::StrAppend(&text, " ", failure.field(), ": ", failure.text());
  return text;
}

std::string RunOf::Lacking() const {
  std::map<FactId, int> rules;
  for (const Lack& lack : outcome.lacks) ++rules[lack.fact];
  return absl::StrJoin(rules, " ", [this](std::string* out, const auto& entry) {
    absl::StrAppend(out, ruleset->NameOfSlot(entry.first), "=", entry.second);
  });
}

}  // namespace myokine::testing
