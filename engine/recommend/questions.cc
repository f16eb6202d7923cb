#include "engine/recommend/questions.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace myokine {
namespace {

// The reach of what changes the answer as a whole, or the whole of a list.
constexpr int64_t kWhole = 10;

// `now` is the disposition, `because_unknown` whether the effect is one for want of facts.
int64_t WorthOf(const CompiledEffect& effect, v1::Disposition now, bool because_unknown) {
  switch (effect.effect->effect_case()) {
    case v1::Effect::kRefer:
      if (effect.effect->refer().to() < now) return 100;  // changes nothing by itself
      return because_unknown ? 2000 : 500;                // holds the answer where it is, or may raise it
    case v1::Effect::kLimit: return 200;
    case v1::Effect::kBlock: return 100;
    case v1::Effect::kAsk: return 50;
    case v1::Effect::kCaution: return 10;
    default: return 1;
  }
}

bool IsDeclined(const v1::UserState& user, std::string_view path) {
  return std::any_of(user.declared_unknown().begin(), user.declared_unknown().end(), [&](std::string_view part) {
    return path == part || (path.starts_with(part) && path[part.size()] == '.');
  });
}

// How much of the list a rule could change, 0 to kWhole: the share of the listed candidates that it touches, or, where
// it acts for want of facts, of as many that it may hold back.
int64_t ReachOf(const Ruleset& ruleset, const RuleOutcome& outcome, absl::Span<const uint32_t> listed,
                const CompiledRule& rule) {
  if (rule.target == nullptr) return 0;
  const CandidateSet& touches = ruleset.candidate_sets()[rule.touches];
  int64_t reach = 0;
  for (const uint32_t c : listed) reach += touches.bits.Has(c);
  if (reach > 0) reach = std::max<int64_t>(1, reach * kWhole / static_cast<int64_t>(listed.size()));
  if (!outcome.applied_because_unknown.Has(static_cast<size_t>(&rule - ruleset.rules().data()))) return reach;
  for (size_t i = 0; i < touches.list.size() && reach < kWhole; ++i) reach += !outcome.Admissible(touches.list[i]);
  return reach;
}

int64_t ImpactOf(const Ruleset& ruleset, const RuleOutcome& outcome, absl::Span<const uint32_t> listed,
                 v1::Disposition now, const Lack& lack) {
  if (lack.ask != nullptr) return WorthOf(*lack.ask, now, false);
  const CompiledRule& rule = ruleset.rules()[static_cast<size_t>(lack.rule)];
  const int64_t reach = ReachOf(ruleset, outcome, listed, rule);
  int64_t impact = 1;
  for (const bool because_unknown : {false, true}) {
    for (const CompiledEffect& effect : rule.EffectsFor(because_unknown))
      impact = std::max(impact, WorthOf(effect, now, because_unknown) * (effect.touches_candidates() ? reach : kWhole));
  }
  return impact;
}

}  // namespace

void RankQuestions(const Ruleset& ruleset, const RuleOutcome& outcome, const v1::UserState& user,
                   absl::Span<const uint32_t> listed, std::vector<int>& slots) {
  thread_local std::vector<std::pair<int64_t, int>> facts;  // minus the impact, slot
  facts.clear();
  v1::Disposition now = v1::DISPOSITION_PROCEED;
  for (const AppliedEffect& applied : outcome.answer_effects) {
    if (applied.effect->effect->has_refer()) now = std::max(now, applied.effect->effect->refer().to());
  }
  for (size_t i = 0; i < outcome.lacks.size();) {
    const FactId slot = outcome.lacks[i].fact;
    int64_t impact = 0;
    for (; i < outcome.lacks.size() && outcome.lacks[i].fact == slot; ++i)
      impact += ImpactOf(ruleset, outcome, listed, now, outcome.lacks[i]);
    const Fact* fact = ruleset.user_schema().FindSlot(slot);
    if (fact != nullptr && fact->facts.has_question() && !IsDeclined(user, fact->path))
      facts.emplace_back(-impact, slot);
  }
  std::sort(facts.begin(), facts.end());
  for (const auto& [impact, slot] : facts) slots.push_back(slot);
}

}  // namespace myokine
