#include "engine/ruleset/plain_rules.h"

#include <algorithm>

namespace myokine {
namespace {

bool IsPlain(const CompiledEffect& effect) {
  if (effect.effect->has_block()) return true;
  return effect.effect->has_boost() && effect.milli_at_load.size() == 1 &&
         effect.milli_at_load[0] != CompiledEffect::kNoMilli && effect.by_response == nullptr;
}

bool IsPlain(const CompiledRule& rule, const CandidateSets& sets) {
  return rule.target != nullptr && rule.fixed && sets[rule.unsure].empty() && !sets[rule.met].empty() &&
         std::all_of(rule.effects.begin(), rule.effects.end(), [](const CompiledEffect& e) { return IsPlain(e); });
}

}  // namespace

PlainRules::PlainRules(const std::vector<CompiledRule>& rules, const CandidateSets& sets) : rules_(rules.size()) {
  for (size_t i = 0; i < rules.size(); ++i) {
    begins_.push_back(static_cast<uint32_t>(effects_.size()));
    if (!IsPlain(rules[i], sets)) continue;
    rules_.Add(i);
    for (const CompiledEffect& effect : rules[i].effects) {
      PlainEffect& plain = effects_.emplace_back();
      plain.rule = static_cast<uint32_t>(i);
      plain.set = rules[i].met;
      plain.effect = &effect;
      plain.blocks = effect.effect->has_block();
      if (plain.blocks) continue;
      plain.axis = static_cast<uint8_t>(effect.effect->boost().axis());
      plain.goal = static_cast<int16_t>(effect.goal);
      plain.milli = effect.milli_at_load[0];
    }
  }
  begins_.push_back(static_cast<uint32_t>(effects_.size()));
}

}  // namespace myokine
