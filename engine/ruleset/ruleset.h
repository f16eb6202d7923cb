// A rule pack compiled. Immutable; shared by all threads; swapped whole.
#ifndef MYOKINE_ENGINE_RULESET_RULESET_H_
#define MYOKINE_ENGINE_RULESET_RULESET_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/expr/issue.h"
#include "engine/expr/scope.h"
#include "engine/pack/loaded_pack.h"
#include "engine/response/response.h"
#include "engine/ruleset/candidate.h"
#include "engine/ruleset/candidate_set.h"
#include "engine/ruleset/compiled_rule.h"
#include "engine/ruleset/condition_index.h"
#include "engine/ruleset/deciding_parts.h"
#include "engine/ruleset/dose_ranges.h"
#include "engine/ruleset/fact_schema.h"
#include "engine/ruleset/likeness.h"
#include "engine/ruleset/phrasebook.h"
#include "engine/ruleset/plain_rules.h"
#include "engine/ruleset/vocabulary_index.h"
#include "myokine/v1/user_state.pb.h"

namespace myokine {

// A variable, compiled.
struct CompiledVariable {
  const v1::Variable* variable = nullptr;
  std::shared_ptr<const Expression> value;
  int slot = 0;  // in the user's frame
};

// A pairing, compiled.
struct CompiledPairing {
  const v1::Pairing* pairing = nullptr;
  std::shared_ptr<const Expression> when;  // null: always
  std::shared_ptr<const Expression> exercise;
  std::shared_ptr<const Expression> meal;
};

// A budget, compiled.
struct CompiledBudget {
  const v1::Budget* budget = nullptr;
  const google::protobuf::FieldDescriptor* nutrient = nullptr;  // of Nutrients; null: meals with the trait are counted
  std::shared_ptr<const Expression> most;
};

// A sign of inflammation, compiled.
struct CompiledSign {
  const v1::InflammationSign* sign = nullptr;
  std::shared_ptr<const Expression> value;
};

// What would move a sign, compiled.
struct CompiledMover {
  const v1::InflammationMover* mover = nullptr;
  std::shared_ptr<const Expression> when;
};

class Ruleset {
 public:
  // Compiles a pack that LoadPack gave without issues: checks every expression, derives the figures of meals, lays out
  // the fact frame. Mistakes go to `issues`; null when there are any. Rules see a `user` of the message type `user`,
  // which must outlive the ruleset.
  static std::shared_ptr<const Ruleset> Compile(
      std::unique_ptr<LoadedPack> pack, Issues& issues,
      const google::protobuf::Descriptor& user = *v1::UserState::descriptor());

  // The pack that it was compiled from, with the derived fields of its meals filled.
  const v1::RulePack& pack() const { return pack_->pack; }
  // Places of the pack's values in its files.
  const SourceMap& sources() const { return pack_->sources; }
  // SHA-256 of the pack's content, hexadecimal.
  const std::string& digest() const { return pack_->digest; }

  const VocabularyIndex& vocabularies() const { return *vocabularies_; }
  // Layout of UserState in the user's frame; `now` and the variables follow it.
  const FactSchema& user_schema() const { return user_schema_; }
  int now_slot() const { return user_schema_.end_slot(); }
  int user_frame_size() const { return now_slot() + 1 + static_cast<int>(variables_.size()); }

  // What conditions see: `user`, `now` and the variables. Targets see candidates too, points also `dose`.
  const Scope& fact_scope() const { return fact_scope_; }
  const Scope& target_scope() const { return target_scope_; }
  const Scope& points_scope() const { return points_scope_; }

  // In an order in which each needs only earlier ones.
  const std::vector<CompiledVariable>& variables() const { return variables_; }
  const std::vector<CompiledRule>& rules() const { return rules_; }
  // The conditions of rules(), in their order.
  const ConditionIndex& conditions() const { return conditions_; }
  const PlainRules& plain_rules() const { return plain_rules_; }
  // What the rules' targets are numbers of.
  const CandidateSets& candidate_sets() const { return candidate_sets_; }
  // Goals that boosts name.
  const std::vector<std::string>& goals() const { return goals_; }
  // Of the candidates; empty when no rule varies the lists.
  const Likeness& likeness() const { return likeness_; }
  const DoseRanges& dose_ranges() const { return dose_ranges_; }
  const std::vector<CompiledPairing>& pairings() const { return pairings_; }
  const std::vector<CompiledBudget>& budgets() const { return budgets_; }
  // Exercises first.
  const std::vector<Candidate>& candidates() const { return candidates_; }
  // How many of them are exercises.
  size_t exercises() const { return static_cast<size_t>(pack().exercises_size()); }
  // Null when there is none of this id.
  const Candidate* FindCandidate(std::string_view id) const;
  // Their places by id, for ties.
  const std::vector<uint32_t>& places() const { return places_; }
  const ResponseModels& responses() const { return responses_; }
  // The compiled modifiers of an acute model, in its order.
  const std::vector<std::shared_ptr<const Expression>>& ModifiersOf(const AcuteModel& model) const {
    return modifiers_[model.number()];
  }
  // The person's highest metabolic rate, and carbohydrate at hand; see BoutModel. Null when the pack does not say.
  const Expression* highest_mets() const { return highest_mets_.get(); }
  const Expression* carbohydrate() const { return carbohydrate_.get(); }
  const std::vector<CompiledSign>& signs() const { return signs_; }
  const std::vector<CompiledMover>& movers() const { return movers_; }
  // What answers say, in a language that ResolveLocale gave.
  const Phrasebook& phrases(std::string_view locale) const { return locale == "ja" ? *japanese_ : *english_; }
  const Bibliography& bibliography() const { return bibliography_; }
  const DecidingParts& deciding_parts() const { return deciding_parts_; }
  // A fact of the person or a variable, by its slot in the user's frame: its name, and its unit.
  const std::string& NameOfSlot(int slot) const;
  const std::string& UnitOfSlot(int slot) const;

 private:
  friend class RulesetCompiler;
  explicit Ruleset(const google::protobuf::Descriptor& user);

  std::unique_ptr<LoadedPack> pack_;
  std::unique_ptr<VocabularyIndex> vocabularies_;
  FactSchema user_schema_;
  CandidateFrames candidate_frames_;
  Scope fact_scope_;
  Scope target_scope_;
  Scope points_scope_;
  Arena arena_;  // holds what the frames of candidates point to
  std::vector<CompiledVariable> variables_;
  std::vector<CompiledRule> rules_;
  ConditionIndex conditions_;
  PlainRules plain_rules_;
  CandidateSets candidate_sets_;
  std::vector<std::string> goals_;
  Likeness likeness_;
  DoseRanges dose_ranges_;
  std::vector<CompiledPairing> pairings_;
  std::vector<CompiledBudget> budgets_;
  std::vector<Candidate> candidates_;
  absl::flat_hash_map<std::string_view, size_t> candidates_by_id_;
  std::vector<uint32_t> places_;
  ResponseModels responses_;
  std::vector<std::vector<std::shared_ptr<const Expression>>> modifiers_;  // by number of the acute model
  std::shared_ptr<const Expression> highest_mets_;
  std::shared_ptr<const Expression> carbohydrate_;
  std::vector<CompiledSign> signs_;
  std::vector<CompiledMover> movers_;
  std::unique_ptr<const Phrasebook> english_, japanese_;
  Bibliography bibliography_;
  DecidingParts deciding_parts_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_RULESET_H_
