#include "engine/recommend/circumstance_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "engine/recommend/rule_run.h"
#include "engine/recommend/user_frame.h"
#include "google/protobuf/descriptor.h"

namespace myokine {
namespace {

// What one run of the rules made of the candidate.
struct Trial {
  CandidateStanding standing;
  std::vector<int> blocking;  // rules that block it; sorted
  std::vector<int> cautious;  // rules that nothing but caution may silence, as far as they apply to the answer; sorted
  std::vector<int> holding;   // those of them that block the candidate or caution about it; sorted
  int64_t lead = 0;           // of what stands first over it; thousandths of a point

  // What tells trials apart as far as the search goes.
  auto Key() const {
    return std::tuple(standing.standing, standing.disposition, blocking, lead, cautious.size(), holding.size());
  }
};

// An alternative of one circumstance that was tried alone.
struct Single {
  size_t circumstance = 0;
  const v1::FactValue* value = nullptr;
  Trial trial;
  bool stands_out = false;  // the nearest of its circumstance that does what it does
};

using Changes = std::vector<ChangedCircumstance>;

class Search {
 public:
  Search(const Ruleset& ruleset, const Circumstances& circumstances, const Intake& intake, const Weights& weights,
         size_t candidate)
      : ruleset_(ruleset),
        circumstances_(circumstances),
        intake_(intake),
        changed_(intake),
        weights_(weights),
        candidate_(candidate),
        facts_(circumstances.facts()) {
    for (size_t rule = 0; rule < ruleset.rules().size(); ++rule) {
      const CompiledRule& compiled = ruleset.rules()[rule];
      if (!circumstances.ReadsOthers(rule)) continue;
      if (compiled.rule->safety() || Refers(compiled)) cautious_.push_back(static_cast<int>(rule));
    }
  }

  CircumstanceSearch Run() {
    base_ = Try({});
    if (base_.standing.standing != v1::STANDING_RANKED && base_.standing.standing != v1::STANDING_BLOCKED)
      return Finish(v1::CHANGE_SEARCH_NOT_MADE);
    if (IsBeyondCircumstances()) return Finish(v1::CHANGE_SEARCH_BEYOND_CIRCUMSTANCES);
    TrySingles();
    if (found_.empty()) TryPairs();
    if (found_.empty()) return Finish(cut_short_ ? v1::CHANGE_SEARCH_CUT_SHORT : v1::CHANGE_SEARCH_NOTHING_FOUND);
    for (auto& [facts, change] : found_) {
      if (result_.changes.size() == kMostChanges) break;
      Refine(change);
      result_.changes.push_back(std::move(change));
    }
    return Finish(v1::CHANGE_SEARCH_FOUND);
  }

 private:
  static bool Refers(const CompiledRule& rule) {
    for (const bool because_unknown : {false, true}) {
      for (const CompiledEffect& effect : rule.EffectsFor(because_unknown)) {
        if (effect.effect->has_refer()) return true;
      }
    }
    return false;
  }

  CircumstanceSearch Finish(v1::ChangeSearch result) {
    result_.result = result;
    return std::move(result_);
  }

  // Runs the rules over the person with `changes`.
  Trial Try(const Changes& changes) {
    ++result_.runs;
    changed_.user = intake_.user;
    for (const ChangedCircumstance& change : changes)
      WriteFact(*facts_[change.circumstance], change.value, changed_.user);
    arena_.Reset();
    FillUserFrame(ruleset_, changed_, arena_, user_);
    RunRules(ruleset_, user_, weights_, arena_, outcome_);
    return ReadOutcome();
  }

  Trial ReadOutcome() const {
    Trial trial;
    trial.standing = StandingOf(ruleset_, outcome_, candidate_);
    if (!outcome_.Admissible(candidate_)) trial.blocking = outcome_.BlockingRules(candidate_);
    std::vector<AppliedEffect> cautions;
    outcome_.AddCautions(candidate_, cautions);
    std::set<int> holding(trial.blocking.begin(), trial.blocking.end());
    for (const AppliedEffect& caution : cautions) holding.insert(caution.rule);
    for (const int rule : cautious_) {
      if (outcome_.applied.Has(static_cast<size_t>(rule))) trial.cautious.push_back(rule);
      if (holding.contains(rule)) trial.holding.push_back(rule);
    }
    if (trial.standing.ranked()) trial.lead = outcome_.ScoreMilli(*trial.standing.first) - trial.standing.score_milli;
    return trial;
  }

  // True when something blocks the candidate whatever the circumstances; asked after the trial without changes.
  bool IsBeyondCircumstances() const {
    if (base_.standing.standing != v1::STANDING_BLOCKED) return false;
    // Of the limits that leave no dose together it can be enough that one gives way; what blocks outright must all do.
    const std::vector<int> limits = outcome_.DosingOf(candidate_).blocking_rules;
    bool limits_can_move = limits.empty();
    for (const int rule : base_.blocking) {
      const bool can_move = circumstances_.ReadBy(static_cast<size_t>(rule)) != 0;
      if (std::binary_search(limits.begin(), limits.end(), rule)) {
        limits_can_move |= can_move;
      } else if (!can_move) {
        return true;
      }
    }
    return !limits_can_move;
  }

  // What a trial with these facts changed does that counts.
  v1::ChangeEffect EffectOf(const Trial& trial, const Changes& changes) const {
    if (!KeepsCaution(trial, changes)) return v1::CHANGE_EFFECT_UNSPECIFIED;
    if (trial.standing.standing == v1::STANDING_FIRST) return v1::CHANGE_EFFECT_PUTS_FIRST;
    if (base_.standing.standing == v1::STANDING_BLOCKED && trial.standing.standing == v1::STANDING_RANKED)
      return v1::CHANGE_EFFECT_UNBLOCKS;
    return v1::CHANGE_EFFECT_UNSPECIFIED;
  }

  bool KeepsCaution(const Trial& trial, const Changes& changes) const {
    uint32_t moved = 0;  // facts that move the cautious way
    for (const ChangedCircumstance& change : changes) {
      if (facts_[change.circumstance]->facts.caution() != v1::CAUTION_UNSPECIFIED)
        moved |= uint32_t{1} << change.circumstance;
    }
    const auto may_fall_silent = [&](int rule) {
      return (circumstances_.ReadBy(static_cast<size_t>(rule)) & moved) != 0;
    };
    const auto stays = [&](const std::vector<int>& before, const std::vector<int>& after) {
      return std::all_of(before.begin(), before.end(), [&](int rule) {
        return std::binary_search(after.begin(), after.end(), rule) || may_fall_silent(rule);
      });
    };
    return stays(base_.cautious, trial.cautious) && stays(base_.holding, trial.holding);
  }

  void TrySingles() {
    const Candidate& candidate = ruleset_.candidates()[candidate_];
    for (size_t i = 0; i < facts_.size(); ++i)
      alternatives_.push_back(circumstances_.AlternativesOf(i, intake_.user, candidate));
    for (size_t i = 0; i < facts_.size(); ++i) {
      std::set<decltype(base_.Key())> seen = {base_.Key()};
      for (const Alternative& alternative : alternatives_[i]) {
        const Changes changes = {{i, alternative.value}};
        Trial trial = Try(changes);
        const v1::ChangeEffect effect = EffectOf(trial, changes);
        if (effect != v1::CHANGE_EFFECT_UNSPECIFIED) Keep(changes, effect, trial);
        const bool stands_out = seen.insert(trial.Key()).second;
        if (KeepsCaution(trial, changes)) singles_.push_back({i, &alternative.value, std::move(trial), stands_out});
      }
    }
  }

  // Of one choice of facts the first that puts the candidate first counts, and the first that unblocks it where that is
  // nearer.
  void Keep(const Changes& changes, v1::ChangeEffect effect, const Trial& trial) {
    Choice choice;
    for (const ChangedCircumstance& change : changes) choice.facts.push_back(change.circumstance);
    choice.puts_first = true;
    if (found_.contains(choice)) return;
    choice.puts_first = effect == v1::CHANGE_EFFECT_PUTS_FIRST;
    found_.try_emplace(choice, CircumstanceChange{changes, effect, trial.standing});
  }

  // How far an alternative alone brings the candidate, in points or in rules that no longer block; above 0 is nearer.
  int64_t ProgressOf(const Single& single) const {
    const Trial& trial = single.trial;
    if (base_.standing.standing == v1::STANDING_BLOCKED)
      return static_cast<int64_t>(base_.blocking.size()) - static_cast<int64_t>(trial.blocking.size());
    return trial.standing.ranked() ? base_.lead - trial.lead : -1;
  }

  // The pairs of circumstances that some rule about the candidate reads together.
  std::set<std::pair<size_t, size_t>> ReadTogether() const {
    std::set<std::pair<size_t, size_t>> pairs;
    for (size_t rule = 0; rule < ruleset_.rules().size(); ++rule) {
      const CompiledRule& compiled = ruleset_.rules()[rule];
      if (compiled.target == nullptr || !ruleset_.candidate_sets()[compiled.touches].bits.Has(candidate_)) continue;
      for (size_t i = 0; i < facts_.size(); ++i) {
        for (size_t j = i + 1; j < facts_.size(); ++j) {
          if ((circumstances_.ReadBy(rule) >> i & circumstances_.ReadBy(rule) >> j & 1) != 0) pairs.emplace(i, j);
        }
      }
    }
    return pairs;
  }

  void TryPairs() {
    struct Pair {
      const Single *a, *b;
      int64_t promise;
    };
    const std::set<std::pair<size_t, size_t>> together = ReadTogether();
    std::vector<Pair> pairs, others;
    for (size_t i = 0; i < singles_.size(); ++i) {
      for (size_t j = i + 1; j < singles_.size(); ++j) {
        const Single &a = singles_[i], &b = singles_[j];
        if (a.circumstance == b.circumstance) continue;
        if (a.stands_out && b.stands_out && ProgressOf(a) > 0 && ProgressOf(b) > 0) {
          pairs.push_back({&a, &b, ProgressOf(a) + ProgressOf(b)});
        } else if (together.contains({a.circumstance, b.circumstance})) {
          others.push_back({&a, &b, 0});
        }
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.promise > b.promise; });
    pairs.insert(pairs.end(), others.begin(), others.end());
    for (const Pair& pair : pairs) {
      if (found_.size() >= kMostChanges) return;
      if (result_.runs >= kMostRuns) {
        cut_short_ = true;
        return;
      }
      const Changes changes = {{pair.a->circumstance, *pair.a->value}, {pair.b->circumstance, *pair.b->value}};
      const Trial trial = Try(changes);
      const v1::ChangeEffect effect = EffectOf(trial, changes);
      if (effect != v1::CHANGE_EFFECT_UNSPECIFIED) Keep(changes, effect, trial);
    }
  }

  // Moves each number of a change as near to the one before as it still does the same, by halving the way, in whole
  // numbers that are not unusual.
  void Refine(CircumstanceChange& change) {
    for (ChangedCircumstance& changed : change.facts) {
      if (changed.value.kind_case() != v1::FactValue::kNumber) continue;
      const Fact& fact = *facts_[changed.circumstance];
      const v1::FieldFacts& facts = fact.facts;
      const std::optional<v1::FactValue> before = ReadFact(intake_.user, fact);
      double without = before ? before->number() : facts.minimum();
      if (facts.has_unusual_below()) without = std::max(without, facts.unusual_below());
      if (facts.has_unusual_above()) without = std::min(without, facts.unusual_above());
      double with = changed.value.number();
      while (std::abs(with - without) > 1) {
        const double middle = std::floor((with + without) / 2);
        if (middle == with || middle == without) break;
        changed.value.set_number(middle);
        const Trial trial = Try(change.facts);
        if (EffectOf(trial, change.facts) == change.effect) {
          with = middle;
          change.standing = trial.standing;
        } else {
          without = middle;
        }
      }
      changed.value.set_number(with);
    }
  }

  // Which facts are changed, and to what end.
  struct Choice {
    std::vector<size_t> facts;
    bool puts_first = false;
    auto operator<=>(const Choice&) const = default;
  };

  const Ruleset& ruleset_;
  const Circumstances& circumstances_;
  const Intake& intake_;
  // Of the last trial; used again, they hardly allocate.
  Intake changed_;
  Arena arena_;
  std::vector<Value> user_;
  RuleOutcome outcome_;
  const Weights& weights_;
  const size_t candidate_;
  const std::vector<const Fact*>& facts_;
  std::vector<int> cautious_;  // rules that nothing but caution may silence; sorted
  Trial base_;
  std::vector<std::vector<Alternative>> alternatives_;  // by circumstance
  std::vector<Single> singles_;                         // those that keep caution
  std::map<Choice, CircumstanceChange> found_;
  bool cut_short_ = false;
  CircumstanceSearch result_;
};

}  // namespace

CircumstanceSearch SearchCircumstances(const Ruleset& ruleset, const Circumstances& circumstances, const Intake& intake,
                                       const Weights& weights, size_t candidate) {
  return Search(ruleset, circumstances, intake, weights, candidate).Run();
}

}  // namespace myokine
