#include "engine/recommend/rule_run.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "engine/recommend/dose_columns.h"
#include "engine/recommend/lacking.h"
#include "engine/recommend/late_points.h"

namespace myokine {
namespace {

// How a rule stands for one candidate, or for the answer.
enum class Standing : uint8_t { kSilent, kApplies, kUnknown, kNotAsked };

}  // namespace

// Fills an outcome.
class Runner {
 public:
  Runner(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena,
         RuleOutcome& outcome)
      : ruleset_(ruleset),
        memory_(MemoryOfThread()),
        lacking_(ruleset.rules(), user, outcome.lacks, outcome.failures),
        outcome_(outcome) {
    activation_.arena = &arena;
    activation_.frames[static_cast<size_t>(Frame::kUser)] = user;
    outcome_.Begin(ruleset, activation_, weights);
    memory_.sums.resize(ruleset.candidate_sets().size(), 0);
    memory_.late_boosts.clear();
    memory_.doses.Begin(ruleset.dose_ranges());
  }

  void Run(const std::set<int>& without) {
    Verdicts& verdicts = memory_.verdicts;
    ruleset_.conditions().Judge(activation_, verdicts);
    for (const int rule : without) {
      verdicts.holds.Remove(static_cast<size_t>(rule));
      verdicts.open.Remove(static_cast<size_t>(rule));
    }
    const std::vector<uint64_t>&holds = verdicts.holds.words(), &open = verdicts.open.words();
    const std::vector<uint64_t>& plain = ruleset_.plain_rules().rules().words();
    for (size_t word = 0; word < holds.size(); ++word) {
      outcome_.applied.words()[word] |= holds[word] & plain[word];
      for (uint64_t left = holds[word] & plain[word]; left != 0; left &= left - 1)
        RunPlainRule(static_cast<uint32_t>(word * 64) + static_cast<uint32_t>(std::countr_zero(left)));
      for (uint64_t left = (holds[word] & ~plain[word]) | open[word]; left != 0; left &= left - 1) {
        const size_t rule = word * 64 + static_cast<size_t>(std::countr_zero(left));
        RunRule(static_cast<int>(rule), verdicts.holds.Has(rule));
      }
    }
    memory_.doses.AddInadmissible(outcome_.without_dose_);
    outcome_.inadmissible_.AddAll(outcome_.without_dose_);
    AddSums();
    LatePoints late(ruleset_, outcome_.points_, outcome_.inadmissible_, memory_.doses, lacking_, memory_.millis,
                    outcome_.scores_);
    for (const CandidateEffect& boost : memory_.late_boosts)
      late.Add(ruleset_.rules()[static_cast<size_t>(boost.applied.rule)], *boost.applied.effect, *boost.set);
    outcome_.inadmissible_.ForEach([this](size_t c) { outcome_.scores_[c] = RuleOutcome::kNoScore; });
    lacking_.Finish();
  }

 private:
  using CandidateEffect = RuleOutcome::CandidateEffect;

  // What runs of one thread use in turn; what has grown is kept.
  struct Memory {
    Verdicts verdicts;
    std::vector<Value> parts;         // of the target of the rule at hand
    std::vector<Standing> standings;  // by class of candidates, of the target of the rule at hand
    DoseColumns doses;
    std::vector<int64_t> sums;     // by number of the ruleset's sets
    std::vector<uint32_t> summed;  // the sets that have a sum
    std::vector<CandidateEffect> late_boosts;
    std::vector<int32_t> millis;  // by class of candidates, of the boost at hand
  };
  static Memory& MemoryOfThread() {
    thread_local Memory memory;
    return memory;
  }

  // Stands for a set that is none of the ruleset's.
  static constexpr uint32_t kNoNumber = ~uint32_t{0};

  // A set, and its number among the ruleset's.
  struct NumberedSet {
    const CandidateSet* set = nullptr;
    uint32_t number = kNoNumber;
  };
  // Candidates that meet a target, and those for which that is not known.
  struct Touched {
    NumberedSet met, unsure;
  };

  void RunPlainRule(uint32_t rule) {
    bool gives = false, blocks = false;
    for (const PlainEffect& effect : ruleset_.plain_rules().EffectsOf(rule)) {
      if (effect.blocks) {
        blocks = true;
        outcome_.inadmissible_.AddAll(ruleset_.candidate_sets()[effect.set].bits);
      } else {
        gives = true;
        AddToSet(effect.set, outcome_.points_.Milli(effect));
      }
    }
    if (gives) outcome_.plain_rules_.push_back(rule);
    if (blocks) outcome_.plain_blocks_.push_back(rule);
  }

  void AddToSet(uint32_t set, int32_t milli) {
    if (memory_.sums[set] == 0) memory_.summed.push_back(set);
    memory_.sums[set] += milli;
  }

  void RunRule(int index, bool holds) {
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    const Standing when = holds ? Standing::kApplies : Judge(rule, rule.when->Evaluate(activation_));
    if (when == Standing::kSilent) return;
    if (rule.target == nullptr) {
      ApplyToAnswer(index, when);
      return;
    }
    Touched touched;
    if (rule.fixed) {
      // What does nothing when it can't know has no candidate to visit.
      if (when == Standing::kUnknown && rule.EffectsFor(true).empty()) return;
      const CandidateSets& sets = ruleset_.candidate_sets();
      touched = {{&sets[rule.met], rule.met}, {&sets[rule.unsure], rule.unsure}};
    } else if (!AskTarget(rule, touched)) {
      return;
    }
    const bool holds_for_some = when == Standing::kApplies && !touched.met.set->empty();
    ApplyToCandidates(index, touched.met, when == Standing::kUnknown);
    ApplyToCandidates(index, touched.unsure, true);
    if (holds_for_some) {
      ApplyToAnswer(index, Standing::kApplies);
    } else if (!touched.met.set->empty() || !touched.unsure.set->empty()) {
      ApplyToAnswer(index, Standing::kUnknown);
    }
  }

  // Works out which candidates a target that reads facts of the person touches; false when none can be.
  bool AskTarget(const CompiledRule& rule, Touched& touched) {
    if (rule.parts != nullptr) {
      if (memory_.parts.size() < rule.parts->values()) memory_.parts.resize(rule.parts->values(), Value(false));
      if (!rule.parts->Prepare(activation_, absl::MakeSpan(memory_.parts))) return false;
      activation_.frames[static_cast<size_t>(Frame::kPart)] = memory_.parts;
      memory_.standings.assign(rule.parts->classes(), Standing::kNotAsked);
      if (rule.parts->asks_for_word()) LookForWords(rule);
    }
    CandidateSet &met = outcome_.NewSet(), &unsure = outcome_.NewSet();
    for (const uint32_t c : ruleset_.candidate_sets()[rule.touches].list) {
      const Standing standing = StandingOf(rule, c);
      if (standing == Standing::kApplies) met.Add(c);
      if (standing == Standing::kUnknown) unsure.Add(c);
    }
    touched = {{&met}, {&unsure}};
    return true;
  }

  // Settles all classes of a target that asks for words in a list: those in the list, those that may be, and the rest.
  void LookForWords(const CompiledRule& rule) {
    const Value& value =
        activation_.frames[static_cast<size_t>(Frame::kUser)][static_cast<size_t>(rule.parts->list_slot())];
    const auto* held = std::get_if<const ListValue*>(&value);
    if (held == nullptr) {  // nothing is known of it
      memory_.standings.assign(rule.parts->classes(), Judge(rule, value));
      return;
    }
    const ListValue& list = **held;
    const auto is_word = [](const Value& item) { return std::holds_alternative<std::string_view>(item); };
    if (!std::all_of(list.items.begin(), list.items.end(), is_word)) return;
    const Value open = list.missing == nullptr ? Value(false) : Value(Unknown{list.missing});
    const Standing others = Judge(rule, list.complete ? Value(false) : open);
    memory_.standings.assign(rule.parts->classes(), others);
    const auto settle = [&](std::string_view word, Standing standing) {
      if (const std::optional<size_t> found = rule.parts->ClassOfWord(word)) memory_.standings[*found] = standing;
    };
    for (const std::string_view word : list.possible) {
      if (rule.parts->ClassOfWord(word)) settle(word, Judge(rule, open));
    }
    for (const Value& item : list.items) settle(std::get<std::string_view>(item), Standing::kApplies);
  }

  NumberedSet Keep(absl::Span<const uint32_t> candidates) {
    CandidateSet& set = outcome_.NewSet();
    for (const uint32_t c : candidates) set.Add(c);
    return {&set};
  }

  Standing StandingOf(const CompiledRule& rule, size_t c) {
    activation_.frames[static_cast<size_t>(Frame::kCandidate)] = ruleset_.candidates()[c].frame;
    if (rule.parts == nullptr) return Judge(rule, rule.target->Evaluate(activation_));
    Standing& standing = memory_.standings[rule.parts->class_of(c)];
    if (standing == Standing::kNotAsked)
      standing = Judge(rule, rule.parts->Of(c, activation_, absl::MakeSpan(memory_.parts)));
    return standing;
  }

  // Notes what was lacking. A safety rule takes an error as unknown; any other rule is silent then, and the answer says
  // so.
  Standing Judge(const CompiledRule& rule, const Value& value) {
    if (Is(value, true)) return Standing::kApplies;
    if (Is(value, false)) return Standing::kSilent;
    if (const auto* unknown = std::get_if<Unknown>(&value)) {
      if (&rule == last_unknown_ && unknown->facts == last_lacking_) return Standing::kUnknown;  // noted already
      last_unknown_ = &rule;
      last_lacking_ = unknown->facts;
      if (lacking_.NoteLack(rule, *unknown->facts))
        outcome_.unknown.Add(static_cast<size_t>(&rule - ruleset_.rules().data()));
      return Standing::kUnknown;
    }
    if (rule.rule->safety()) return Standing::kUnknown;
    lacking_.NoteFailure(rule, std::get<Error>(value));
    return Standing::kSilent;
  }

  void Note(int rule, bool because_unknown) {
    outcome_.applied.Add(static_cast<size_t>(rule));
    if (because_unknown) outcome_.applied_because_unknown.Add(static_cast<size_t>(rule));
  }

  void ApplyToAnswer(int index, Standing standing) {
    const bool because_unknown = standing == Standing::kUnknown;
    for (const CompiledEffect& effect : ruleset_.rules()[static_cast<size_t>(index)].EffectsFor(because_unknown)) {
      if (effect.touches_candidates()) continue;
      Note(index, because_unknown);
      lacking_.NoteAsk(ruleset_.rules()[static_cast<size_t>(index)], effect);
      outcome_.answer_effects.push_back({index, &effect, because_unknown});
    }
  }

  void ApplyToCandidates(int index, const NumberedSet& set, bool because_unknown) {
    if (set.set->empty()) return;
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    for (const CompiledEffect& effect : rule.EffectsFor(because_unknown))
      if (effect.touches_candidates()) ApplyEffect(index, effect, set, because_unknown);
  }

  void ApplyEffect(int index, const CompiledEffect& effect, const NumberedSet& set, bool because_unknown) {
    Note(index, because_unknown);
    const CandidateEffect applied{{index, &effect, because_unknown}, set.set};
    switch (effect.effect->effect_case()) {
      case v1::Effect::kBoost: Boost(applied, set.number); break;
      case v1::Effect::kBlock: Block(applied); break;
      case v1::Effect::kCaution: outcome_.cautions_.push_back(applied); break;
      case v1::Effect::kVary: Vary(applied); break;
      case v1::Effect::kLimit:
      case v1::Effect::kPrescribe: Demand(applied); break;
      default: break;
    }
  }

  void Vary(const CandidateEffect& applied) {
    const CompiledEffect& effect = *applied.applied.effect;
    const int64_t most = outcome_.points_.Weigh(effect, effect.MilliOf(effect.effect->vary().points()), 0, {});
    if (most > 0) outcome_.varying_.push_back({applied.applied.rule, &effect, applied.set, most});
  }

  void Block(const CandidateEffect& applied) {
    outcome_.blocks_.push_back(applied);
    outcome_.inadmissible_.AddAll(applied.set->bits);
  }

  // Points that depend on neither the dose nor the candidate are added to their set at once; the others wait until it
  // is known who is admissible, and in which dose.
  void Boost(const CandidateEffect& applied, uint32_t set_number) {
    const CompiledEffect& effect = *applied.applied.effect;
    if (!outcome_.points_.Counts(effect)) return;
    outcome_.boosts_.push_back(applied);
    if (effect.milli_at_load.size() != 1 || effect.milli_at_load[0] == CompiledEffect::kNoMilli ||
        effect.by_response != nullptr) {
      memory_.late_boosts.push_back(applied);
      return;
    }
    const int32_t milli = outcome_.points_.Weigh(effect, effect.milli_at_load[0], 0, {});
    if (set_number == kNoNumber) {
      for (const uint32_t c : applied.set->list) outcome_.scores_[c] += milli;
      return;
    }
    AddToSet(set_number, milli);
  }

  void AddSums() {
    for (const uint32_t set : memory_.summed) {
      const int64_t sum = std::exchange(memory_.sums[set], 0);
      if (sum == 0) continue;
      for (const uint32_t c : ruleset_.candidate_sets()[set].list) outcome_.scores_[c] += sum;
    }
    memory_.summed.clear();
  }

  // Collects the demands of a limit or a prescription.
  void Demand(const CandidateEffect& applied) {
    const CompiledEffect& effect = *applied.applied.effect;
    if (!effect.bounds_read_candidate) {
      for (const CompiledBound& bound : effect.bounds) {
        const DoseDemand demand = DemandOf(applied, bound, applied.set->list);
        if (demand.at_least || demand.at_most) AddDemand(applied, demand);
      }
      return;
    }
    for (const uint32_t c : applied.set->list) {
      for (const CompiledBound& bound : effect.bounds) {
        activation_.frames[static_cast<size_t>(Frame::kCandidate)] = ruleset_.candidates()[c].frame;
        const DoseDemand demand = DemandOf(applied, bound, {&c, 1});
        if (demand.at_least || demand.at_most) AddLoneDemand(applied, demand, c);
      }
    }
  }

  void AddDemand(const CandidateEffect& applied, const DoseDemand& demand) {
    if (applied.applied.effect->effect->has_limit()) {
      outcome_.limits_.push_back({demand, applied.set});
      memory_.doses.Limit(demand, applied.set->list);
    } else {
      outcome_.prescriptions_.push_back({demand, applied.set});
      memory_.doses.Prescribe(demand, applied.set->list);
    }
  }

  void AddLoneDemand(const CandidateEffect& applied, const DoseDemand& demand, uint32_t c) {
    if (applied.applied.effect->effect->has_limit()) {
      outcome_.lone_limits_.push_back({demand, c});
      memory_.doses.Limit(demand, {&c, 1});
    } else {
      outcome_.lone_prescriptions_.push_back({demand, c});
      memory_.doses.Prescribe(demand, Keep({&c, 1}).set->list);
    }
  }

  // What a bound demands of some candidates; of one, when it reads the candidate, whose frame is set.
  DoseDemand DemandOf(const CandidateEffect& applied, const CompiledBound& bound,
                      absl::Span<const uint32_t> candidates) {
    DoseDemand demand;
    demand.rule = applied.applied.rule;
    demand.field = bound.field;
    demand.at_least = NumberOf(applied, bound.at_least.get(), bound.field, candidates);
    demand.at_most = NumberOf(applied, bound.at_most.get(), bound.field, candidates);
    return demand;
  }

  // The value of one side of a bound, rounded to the cautious side; nothing when it is not known.
  std::optional<int> NumberOf(const CandidateEffect& applied, const Expression* side, int field,
                              absl::Span<const uint32_t> candidates) {
    if (side == nullptr) return std::nullopt;
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(applied.applied.rule)];
    const Value value = side->Evaluate(activation_);
    double number;
    if (const auto* i = std::get_if<int64_t>(&value)) {
      number = static_cast<double>(*i);
    } else if (const auto* d = std::get_if<double>(&value); d != nullptr && std::isfinite(*d)) {
      number = DoseFields()[static_cast<size_t>(field)].more_is_cautious ? std::ceil(*d) : std::floor(*d);
    } else {
      lacking_.NoteNoNumber(rule, value);
      if (applied.applied.effect->effect->has_limit() && rule.rule->safety()) LimitNotKnown(applied, candidates);
      return std::nullopt;
    }
    return static_cast<int>(std::clamp(number, -1e6, 1e6));
  }

  // A limit of a safety rule whose bound is not known: the rule does what it says for the unknown. One that would apply
  // all the same blocks, and so does one that does so already.
  void LimitNotKnown(const CandidateEffect& applied, absl::Span<const uint32_t> candidates) {
    const int index = applied.applied.rule;
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    if (rule.on_unknown == OnUnknownDo::kApply || applied.applied.because_unknown) {
      Block({{index, nullptr, true}, Keep(candidates).set});
      return;
    }
    if (rule.on_unknown != OnUnknownDo::kEffects) return;
    // However many bounds are not known, once per candidate, and once for the answer.
    const auto [found, is_first] = limits_not_known_.try_emplace(index, ruleset_.candidates().size());
    CandidateSet& left = outcome_.NewSet();
    for (const uint32_t c : candidates) {
      if (!found->second.Has(c)) left.Add(c);
      found->second.Add(c);
    }
    if (left.empty()) return;
    ApplyToCandidates(index, {&left}, /*because_unknown=*/true);
    if (is_first) ApplyToAnswer(index, Standing::kUnknown);
  }

  const Ruleset& ruleset_;
  Memory& memory_;
  Activation activation_;
  Lacking lacking_;
  const CompiledRule* last_unknown_ = nullptr;  // what was noted last: for every candidate, mostly
  const FactSet* last_lacking_ = nullptr;
  std::map<int, Bits> limits_not_known_;  // by rule: candidates
  RuleOutcome& outcome_;
};

void RunRules(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena,
              RuleOutcome& outcome) {
  Runner(ruleset, user, weights, arena, outcome).Run({});
}

RuleOutcome RunRules(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena,
                     const std::set<int>& without) {
  RuleOutcome outcome;
  Runner(ruleset, user, weights, arena, outcome).Run(without);
  return outcome;
}

}  // namespace myokine
