// Exercises and meals as the engine sees them: derived figures, allowed doses and a frame of values for targets.
#ifndef MYOKINE_ENGINE_RULESET_CANDIDATE_H_
#define MYOKINE_ENGINE_RULESET_CANDIDATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/expr/scope.h"
#include "engine/pack/loaded_pack.h"
#include "engine/ruleset/dose_fields.h"
#include "engine/ruleset/fact_schema.h"
#include "engine/ruleset/vocabulary_index.h"

namespace myokine {

enum class CandidateKind { kExercise, kMeal };

// One exercise or meal. Points into the pack.
struct Candidate {
  CandidateKind kind = CandidateKind::kExercise;
  const v1::Exercise* exercise = nullptr;  // set for exercises
  const v1::Meal* meal = nullptr;          // set for meals
  AllowedRanges allowed;
  std::vector<Value> frame;  // by slot of the candidate frame

  const std::string& id() const { return exercise != nullptr ? exercise->id() : meal->id(); }
  const v1::Text& name() const { return exercise != nullptr ? exercise->name() : meal->name(); }
  const v1::Text& summary() const { return exercise != nullptr ? exercise->summary() : meal->summary(); }
};

// The place of each candidate when all stand in the order of their ids.
std::vector<uint32_t> PlacesById(const std::vector<Candidate>& candidates);

// Fills the derived fields of every meal from its ingredients: nutrition (a nutrient that some ingredient does not
// state is left out), allergens and foods with all wider ones, traits of the ingredients beside those of the dish.
// Parts that name no ingredient are skipped; the pack's checks report them.
void DeriveMeals(v1::RulePack& pack, const VocabularyIndex& vocabularies);

// The names `exercise`, `meal` and `candidate` in targets, and the frames behind them.
class CandidateFrames {
 public:
  CandidateFrames();
  void Declare(Scope& scope) const;
  // All candidates of the pack, exercises first, each in the order of the pack. Values live in `arena` and in the pack.
  std::vector<Candidate> Build(const v1::RulePack& pack, const VocabularyIndex& vocabularies, Arena& arena) const;

 private:
  FactSchema exercise_;
  FactSchema meal_;
  int common_slot_;  // candidate.id, candidate.kind, candidate.traits
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_CANDIDATE_H_
