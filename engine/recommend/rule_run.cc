#include "engine/recommend/rule_run.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "engine/recommend/dose_columns.h"

namespace myokine {
namespace {

// How a rule stands for one candidate, or for the answer.
enum class Standing : uint8_t { kSilent, kApplies, kUnknown, kNotAsked };

// How much an effect that is applied, or missed, for want of a fact makes the fact worth asking for.
int64_t WorthOf(const CompiledEffect& effect) {
  switch (effect.effect->effect_case()) {
    case v1::Effect::kRefer: return 400;
    case v1::Effect::kLimit: return 200;
    case v1::Effect::kBlock: return 100;
    case v1::Effect::kAsk: return 50;
    case v1::Effect::kCaution: return 10;
    default: return 1;
  }
}

// What runs of one thread use in turn; what has grown is kept.
struct Memory {
  Verdicts verdicts;
  std::vector<Value> parts;         // of the target of the rule at hand
  std::vector<Standing> standings;  // by class of candidates, of the target of the rule at hand
  DoseColumns doses;
  std::vector<int64_t> sums;     // by number of the ruleset's sets
  std::vector<uint32_t> summed;  // the sets that have a sum
};

Memory& MemoryOfThread() {
  thread_local Memory memory;
  return memory;
}

}  // namespace

// Fills an outcome.
class Runner {
 public:
  Runner(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena)
      : ruleset_(ruleset), memory_(MemoryOfThread()) {
    activation_.arena = &arena;
    activation_.frames[static_cast<size_t>(Frame::kUser)] = user;
    const size_t rules = ruleset.rules().size();
    outcome_.applied.Reset(rules);
    outcome_.applied_because_unknown.Reset(rules);
    outcome_.unknown.Reset(rules);
    outcome_.ruleset_ = &ruleset;
    outcome_.points_.emplace(ruleset, activation_, weights);
    outcome_.inadmissible_.Reset(ruleset.candidates().size());
    outcome_.scores_.assign(ruleset.candidates().size(), 0);
    outcome_.plain_rules_.reserve(rules);
    memory_.sums.resize(ruleset.candidate_sets().size(), 0);
    memory_.doses.Begin(ruleset.dose_ranges());
  }

  RuleOutcome Run(const std::set<int>& without) {
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
    memory_.doses.AddInadmissible(outcome_.inadmissible_);
    AddSums();
    for (const RuleOutcome::CandidateEffect& boost : late_boosts_) ScoreLate(boost);
    outcome_.inadmissible_.ForEach([this](size_t c) { outcome_.scores_[c] = RuleOutcome::kNoScore; });
    return std::move(outcome_);
  }

 private:
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
    outcome_.plain_rules_.push_back(rule);
    for (const PlainEffect& effect : ruleset_.plain_rules().EffectsOf(rule)) {
      if (effect.blocks) {
        outcome_.inadmissible_.AddAll(ruleset_.candidate_sets()[effect.set].bits);
      } else {
        AddToSet(effect.set, outcome_.points_->Milli(effect));
      }
    }
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
      if (when == Standing::kUnknown && EffectsFor(rule, when).empty()) return;
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
    }
    std::vector<uint32_t> met, unsure;
    for (const uint32_t c : ruleset_.candidate_sets()[rule.touches].list) {
      const Standing standing = StandingOf(rule, c);
      if (standing == Standing::kApplies) met.push_back(c);
      if (standing == Standing::kUnknown) unsure.push_back(c);
    }
    touched = {Keep(std::move(met)), Keep(std::move(unsure))};
    return true;
  }

  NumberedSet Keep(std::vector<uint32_t> candidates) {
    return {&outcome_.sets_.emplace_back(std::move(candidates), ruleset_.candidates().size())};
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
      NoteLacking(rule, *unknown->facts);
      outcome_.unknown.Add(static_cast<size_t>(&rule - ruleset_.rules().data()));
      return Standing::kUnknown;
    }
    if (rule.rule->safety()) return Standing::kUnknown;
    NoteFailure(rule, std::get<Error>(value));
    return Standing::kSilent;
  }

  void NoteFailure(const CompiledRule& rule, const Error& error) {
    if (!failed_.insert(&rule).second) return;
    v1::Remark remark;
    remark.set_field(absl::StrCat("rule ", rule.rule->id()));
    remark.set_text(absl::StrCat("skipped: ", std::string(error.message)));
    outcome_.failures.push_back(std::move(remark));
  }

  // Each rule makes a fact worth asking for once, however many candidates it is lacking for.
  void NoteLacking(const CompiledRule& rule, const FactSet& facts) {
    int64_t worth = 0;
    for (const CompiledEffect& effect : EffectsFor(rule, Standing::kUnknown)) worth = std::max(worth, WorthOf(effect));
    if (worth == 0) worth = 1;
    for (FactId fact : facts) {
      if (fact < kFactsPerFrame && !IsSettled(fact) && noted_.emplace(&rule, fact).second)
        outcome_.lacking[fact] += worth;
    }
  }

  static absl::Span<const CompiledEffect> EffectsFor(const CompiledRule& rule, Standing standing) {
    if (standing == Standing::kApplies || rule.on_unknown == OnUnknownDo::kApply) return rule.effects;
    if (rule.on_unknown == OnUnknownDo::kEffects) return rule.unknown_effects;
    return {};
  }

  void Note(int rule, bool because_unknown) {
    outcome_.applied.Add(static_cast<size_t>(rule));
    if (because_unknown) outcome_.applied_because_unknown.Add(static_cast<size_t>(rule));
  }

  void ApplyToAnswer(int index, Standing standing) {
    const bool because_unknown = standing == Standing::kUnknown;
    for (const CompiledEffect& effect : EffectsFor(ruleset_.rules()[static_cast<size_t>(index)], standing)) {
      if (effect.touches_candidates()) continue;
      Note(index, because_unknown);
      if (effect.asks >= 0 && !IsSettled(effect.asks)) outcome_.lacking[effect.asks] += WorthOf(effect);
      outcome_.answer_effects.push_back({index, &effect, because_unknown});
    }
  }

  // True when nothing is left to ask about the fact: it is known, and a list is complete.
  bool IsSettled(FactId fact) const {
    const Value& value = activation_.frames[static_cast<size_t>(Frame::kUser)][static_cast<size_t>(fact)];
    const auto* list = std::get_if<const ListValue*>(&value);
    return list != nullptr ? (*list)->complete : IsKnown(value);
  }

  void ApplyToCandidates(int index, const NumberedSet& set, bool because_unknown) {
    if (set.set->empty()) return;
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    for (const CompiledEffect& effect : EffectsFor(rule, because_unknown ? Standing::kUnknown : Standing::kApplies))
      if (effect.touches_candidates()) ApplyEffect(index, effect, set, because_unknown);
  }

  void ApplyEffect(int index, const CompiledEffect& effect, const NumberedSet& set, bool because_unknown) {
    Note(index, because_unknown);
    const RuleOutcome::CandidateEffect applied{{index, &effect, because_unknown}, set.set};
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

  void Vary(const RuleOutcome::CandidateEffect& applied) {
    const CompiledEffect& effect = *applied.applied.effect;
    const int64_t most = outcome_.points_->Weigh(effect, effect.MilliOf(effect.effect->vary().points()), 0, {});
    if (most > 0) outcome_.varying_.push_back({applied.applied.rule, &effect, applied.set, most});
  }

  void Block(const RuleOutcome::CandidateEffect& applied) {
    outcome_.blocks_.push_back(applied);
    outcome_.inadmissible_.AddAll(applied.set->bits);
  }

  // Points that depend on neither the dose nor the candidate are added to their set at once; the others wait until it
  // is known who is admissible, and in which dose.
  void Boost(const RuleOutcome::CandidateEffect& applied, uint32_t set_number) {
    const CompiledEffect& effect = *applied.applied.effect;
    if (!outcome_.points_->Counts(effect)) return;
    outcome_.boosts_.push_back(applied);
    if (effect.milli_at_load.size() != 1 || effect.milli_at_load[0] == CompiledEffect::kNoMilli ||
        effect.by_response != nullptr) {
      late_boosts_.push_back(applied);
      return;
    }
    const int32_t milli = outcome_.points_->Weigh(effect, effect.milli_at_load[0], 0, {});
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
  void Demand(const RuleOutcome::CandidateEffect& applied) {
    if (!applied.applied.effect->bounds_read_candidate) {
      for (const CompiledBound& bound : applied.applied.effect->bounds) {
        const DoseDemand demand = DemandOf(applied, bound, *applied.set);
        if (demand.at_least || demand.at_most) AddDemand(applied, demand);
      }
      return;
    }
    for (const uint32_t c : applied.set->list) {
      activation_.frames[static_cast<size_t>(Frame::kCandidate)] = ruleset_.candidates()[c].frame;
      lone_ = c;
      for (const CompiledBound& bound : applied.applied.effect->bounds) {
        const DoseDemand demand = DemandOf(applied, bound, *applied.set);
        if (demand.at_least || demand.at_most) AddLoneDemand(applied, demand, c);
      }
      lone_ = kNoNumber;
    }
  }

  void AddDemand(const RuleOutcome::CandidateEffect& applied, const DoseDemand& demand) {
    if (applied.applied.effect->effect->has_limit()) {
      outcome_.limits_.push_back({demand, applied.set});
      memory_.doses.Limit(demand, applied.set->list);
    } else {
      outcome_.prescriptions_.push_back({demand, applied.set});
      memory_.doses.Prescribe(demand, applied.set->list);
    }
  }

  void AddLoneDemand(const RuleOutcome::CandidateEffect& applied, const DoseDemand& demand, uint32_t c) {
    if (applied.applied.effect->effect->has_limit()) {
      outcome_.lone_limits_.push_back({demand, c});
      memory_.doses.Limit(demand, {&c, 1});
    } else {
      outcome_.lone_prescriptions_.push_back({demand, c});
      memory_.doses.Prescribe(demand, Keep({c}).set->list);
    }
  }

  DoseDemand DemandOf(const RuleOutcome::CandidateEffect& applied, const CompiledBound& bound,
                      const CandidateSet& set) {
    DoseDemand demand;
    demand.rule = applied.applied.rule;
    demand.field = bound.field;
    demand.at_least = Bound(applied, bound.at_least.get(), bound.field, set);
    demand.at_most = Bound(applied, bound.at_most.get(), bound.field, set);
    return demand;
  }

  // The value of a bound; nothing when it is not known.
  std::optional<int> Bound(const RuleOutcome::CandidateEffect& applied, const Expression* bound, int field,
                           const CandidateSet& set) {
    if (bound == nullptr) return std::nullopt;
    const int index = applied.applied.rule;
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    const Value value = bound->Evaluate(activation_);
    double number;
    if (const auto* i = std::get_if<int64_t>(&value)) {
      number = static_cast<double>(*i);
    } else if (const auto* d = std::get_if<double>(&value); d != nullptr && std::isfinite(*d)) {
      number = DoseFields()[static_cast<size_t>(field)].more_is_cautious ? std::ceil(*d) : std::floor(*d);
    } else {
      NoteNoNumber(rule, value);
      if (applied.applied.effect->effect->has_limit() && rule.rule->safety())
        LimitNotKnown(index, lone_ == kNoNumber ? set : *Keep({lone_}).set);
      return std::nullopt;
    }
    return static_cast<int>(std::clamp(number, -1e6, 1e6));
  }

  // Notes why points or a bound have no number.
  void NoteNoNumber(const CompiledRule& rule, const Value& value) {
    if (const auto* unknown = std::get_if<Unknown>(&value)) {
      NoteLacking(rule, *unknown->facts);
    } else if (const auto* error = std::get_if<Error>(&value)) {
      NoteFailure(rule, *error);
    } else {
      NoteFailure(rule, Error{"not a finite number"});
    }
  }

  // A limit of a safety rule whose bound is not known: the rule does what it says for the unknown, and one that would
  // apply all the same blocks; so does one of which that is not known either.
  void LimitNotKnown(int index, const CandidateSet& set) {
    const CompiledRule& rule = ruleset_.rules()[static_cast<size_t>(index)];
    if (rule.on_unknown == OnUnknownDo::kApply || applying_unknown_) {
      Block({{index, nullptr, true}, &set});
      return;
    }
    if (rule.on_unknown != OnUnknownDo::kEffects) return;
    // However many bounds are not known, once per candidate, and once for the answer.
    Bits& done = limits_not_known_.try_emplace(index, ruleset_.candidates().size()).first->second;
    std::vector<uint32_t> left;
    for (const uint32_t c : set.list) {
      if (!done.Has(c)) left.push_back(c);
      done.Add(c);
    }
    if (left.empty()) return;
    const bool is_first = done_for_answer_.insert(index).second;
    applying_unknown_ = true;
    const uint32_t outer = std::exchange(lone_, kNoNumber);
    ApplyToCandidates(index, Keep(std::move(left)), /*because_unknown=*/true);
    lone_ = outer;
    applying_unknown_ = false;
    if (is_first) ApplyToAnswer(index, Standing::kUnknown);
  }

  // Adds the points of a boost that differ between the candidates of its set.
  void ScoreLate(const RuleOutcome::CandidateEffect& applied) {
    const CompiledEffect& effect = *applied.applied.effect;
    constexpr uint32_t kForResponse = 1u << (v1::Dose::kMinutesFieldNumber - 1) | 1u << (v1::Dose::kRpeFieldNumber - 1);
    const uint32_t fields = effect.dose_fields | (effect.by_response == nullptr ? 0 : kForResponse);
    const bool same = fields == 0 && !effect.points->Reads(Frame::kCandidate);  // for all candidates
    std::optional<int64_t> milli;
    bool asked = false;
    Value why = false;
    ChosenDose dose;
    for (const uint32_t c : applied.set->list) {
      if (outcome_.inadmissible_.Has(c)) continue;
      for (uint32_t left = fields; left != 0; left &= left - 1) {
        const size_t field = static_cast<size_t>(std::countr_zero(left));
        dose[field] =
            ruleset_.candidates()[c].allowed[field] ? std::optional(memory_.doses.Chosen(field)[c]) : std::nullopt;
      }
      if (!same || !asked) milli = outcome_.points_->MilliOf(effect, c, dose, why);
      asked = true;
      if (milli) {
        outcome_.scores_[c] += outcome_.points_->Weigh(effect, *milli, c, dose);
      } else {
        NoteNoNumber(ruleset_.rules()[static_cast<size_t>(applied.applied.rule)], why);
        if (same) return;
      }
    }
  }

  const Ruleset& ruleset_;
  Memory& memory_;
  Activation activation_;
  uint32_t lone_ = kNoNumber;  // the candidate that bounds are worked out for
  absl::flat_hash_set<std::pair<const CompiledRule*, FactId>> noted_;
  const CompiledRule* last_unknown_ = nullptr;
  const FactSet* last_lacking_ = nullptr;
  std::set<const CompiledRule*> failed_;
  std::map<int, Bits> limits_not_known_;  // by rule: candidates
  bool applying_unknown_ = false;
  std::set<int> done_for_answer_;  // rules of those
  std::vector<RuleOutcome::CandidateEffect> late_boosts_;
  RuleOutcome outcome_;
};

RuleOutcome RunRules(const Ruleset& ruleset, absl::Span<const Value> user, const Weights& weights, Arena& arena,
                     const std::set<int>& without) {
  return Runner(ruleset, user, weights, arena).Run(without);
}

template <typename Visit>
void RuleOutcome::ForEachPlainEffect(size_t candidate, Visit visit) const {
  for (const uint32_t rule : plain_rules_) {
    const absl::Span<const PlainEffect> effects = ruleset_->plain_rules().EffectsOf(rule);
    // All effects of a rule have its target.
    if (effects.empty() || !ruleset_->candidate_sets()[effects[0].set].bits.Has(candidate)) continue;
    for (const PlainEffect& effect : effects) visit(effect);
  }
}

Dosing RuleOutcome::DosingOf(size_t candidate) const {
  absl::InlinedVector<DoseDemand, 16> limits, prescriptions;
  for (const SetDemand& limit : limits_) {
    if (limit.set->bits.Has(candidate)) limits.push_back(limit.demand);
  }
  for (const LoneDemand& limit : lone_limits_) {
    if (limit.candidate == candidate) limits.push_back(limit.demand);
  }
  for (const SetDemand& wish : prescriptions_) {
    if (wish.set->bits.Has(candidate)) prescriptions.push_back(wish.demand);
  }
  for (const LoneDemand& wish : lone_prescriptions_) {
    if (wish.candidate == candidate) prescriptions.push_back(wish.demand);
  }
  return ChooseDose(ruleset_->candidates()[candidate].allowed, limits, prescriptions);
}

std::vector<int> RuleOutcome::BlockingRules(size_t candidate) const {
  std::vector<int> blocking = DosingOf(candidate).blocking_rules;
  ForEachPlainEffect(candidate, [&](const PlainEffect& effect) {
    if (effect.blocks) blocking.push_back(static_cast<int>(effect.rule));
  });
  for (const CandidateEffect& block : blocks_) {
    if (block.set->bits.Has(candidate)) blocking.push_back(block.applied.rule);
  }
  std::sort(blocking.begin(), blocking.end());
  blocking.erase(std::unique(blocking.begin(), blocking.end()), blocking.end());
  return blocking;
}

CandidateOutcome RuleOutcome::Of(size_t candidate) const {
  CandidateOutcome outcome;
  outcome.admissible = Admissible(candidate);
  outcome.dosing = DosingOf(candidate);
  for (const CandidateEffect& caution : cautions_) {
    if (caution.set->bits.Has(candidate)) outcome.cautions.push_back(caution.applied);
  }
  if (!outcome.admissible) {
    outcome.blocking_rules = BlockingRules(candidate);
    return outcome;
  }
  outcome.score_milli = ScoreMilli(candidate);
  ForEachPlainEffect(candidate, [&](const PlainEffect& effect) {
    const int32_t milli = effect.blocks ? 0 : points_->Milli(effect);
    if (milli != 0) outcome.points.push_back({static_cast<int>(effect.rule), effect.effect, milli});
  });
  for (const CandidateEffect& boost : boosts_) {
    if (!boost.set->bits.Has(candidate)) continue;
    const CompiledEffect& effect = *boost.applied.effect;
    Value why = false;
    const std::optional<int64_t> points = points_->MilliOf(effect, candidate, outcome.dosing.dose, why);
    const int32_t milli = points ? points_->Weigh(effect, *points, candidate, outcome.dosing.dose) : 0;
    if (milli != 0) outcome.points.push_back({boost.applied.rule, &effect, milli});
  }
  std::stable_sort(outcome.points.begin(), outcome.points.end(),
                   [](const Points& a, const Points& b) { return a.rule < b.rule; });
  return outcome;
}

}  // namespace myokine
