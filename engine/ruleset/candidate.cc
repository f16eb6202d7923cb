#include "engine/ruleset/candidate.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace myokine {
namespace {

void AddWithWider(const VocabularyIndex& vocabularies, std::string_view vocabulary, const std::string& id,
                  std::set<std::string>& into) {
  into.insert(id);
  if (const IndexedConcept* indexed = vocabularies.Find(vocabulary, id))
    into.insert(indexed->wider.begin(), indexed->wider.end());
}

// Sums nutrient `field` over the parts of a meal; nothing when some part does not state it.
void SumNutrient(const std::vector<std::pair<const v1::Nutrients*, double>>& parts,
                 const google::protobuf::FieldDescriptor* field, v1::Nutrients& sum) {
  double total = 0;
  for (const auto& [per_100g, grams] : parts) {
    if (!per_100g->GetReflection()->HasField(*per_100g, field)) return;
    total += per_100g->GetReflection()->GetDouble(*per_100g, field) * grams / 100;
  }
  sum.GetReflection()->SetDouble(&sum, field, total);
}

template <typename Field>
void Assign(Field& field, const std::set<std::string>& words) {
  field.Clear();
  for (const std::string& word : words) *field.Add() = word;
}

void DeriveMeal(v1::Meal& meal, const std::map<std::string, const v1::Ingredient*>& ingredients,
                const VocabularyIndex& vocabularies) {
  std::set<std::string> allergens, may_contain, foods, traits(meal.traits().begin(), meal.traits().end());
  std::vector<std::pair<const v1::Nutrients*, double>> parts;
  for (const v1::MealPart& part : meal.parts()) {
    const auto found = ingredients.find(part.ingredient());
    if (found == ingredients.end()) continue;
    const v1::Ingredient& ingredient = *found->second;
    for (const std::string& id : ingredient.allergens()) AddWithWider(vocabularies, "allergen", id, allergens);
    for (const std::string& id : ingredient.may_contain()) AddWithWider(vocabularies, "allergen", id, may_contain);
    for (const std::string& id : ingredient.kinds()) AddWithWider(vocabularies, "food", id, foods);
    traits.insert(ingredient.traits().begin(), ingredient.traits().end());
    parts.emplace_back(&ingredient.per_100g(), part.grams());
  }
  for (const std::string& id : allergens) may_contain.erase(id);
  Assign(*meal.mutable_allergens(), allergens);
  Assign(*meal.mutable_may_contain(), may_contain);
  Assign(*meal.mutable_foods(), foods);
  Assign(*meal.mutable_traits(), traits);
  v1::Nutrients& nutrition = *meal.mutable_nutrition();
  nutrition.Clear();
  if (parts.empty()) return;
  for (int i = 0; i < v1::Nutrients::descriptor()->field_count(); ++i)
    SumNutrient(parts, v1::Nutrients::descriptor()->field(i), nutrition);
}

}  // namespace

std::vector<uint32_t> PlacesById(const std::vector<Candidate>& candidates) {
  std::vector<uint32_t> by_id(candidates.size()), places(candidates.size());
  std::iota(by_id.begin(), by_id.end(), 0u);
  std::sort(by_id.begin(), by_id.end(),
            [&](uint32_t a, uint32_t b) { return candidates[a].id() < candidates[b].id(); });
  for (uint32_t i = 0; i < by_id.size(); ++i) places[by_id[i]] = i;
  return places;
}

void DeriveMeals(v1::RulePack& pack, const VocabularyIndex& vocabularies) {
  std::map<std::string, const v1::Ingredient*> ingredients;
  for (const v1::Ingredient& ingredient : pack.ingredients()) ingredients[ingredient.id()] = &ingredient;
  for (v1::Meal& meal : *pack.mutable_meals()) DeriveMeal(meal, ingredients, vocabularies);
}

CandidateFrames::CandidateFrames()
    : exercise_(*v1::Exercise::descriptor(), "exercise", Frame::kCandidate, 0),
      meal_(*v1::Meal::descriptor(), "meal", Frame::kCandidate, exercise_.end_slot()),
      common_slot_(meal_.end_slot()) {}

void CandidateFrames::Declare(Scope& scope) const {
  exercise_.Declare(scope);
  meal_.Declare(scope);
  scope.Declare("candidate", {Type(), /*message=*/true, Frame::kCandidate, common_slot_});
  Type id = Type::Of(TypeKind::kString);
  id.vocabulary = std::string(kCandidateVocabulary);
  scope.Declare("candidate.id", {id, false, Frame::kCandidate, common_slot_ + 1});
  for (const FactSchema* schema : {&exercise_, &meal_}) {
    const Fact& fact = *schema->FindPath(schema == &exercise_ ? "exercise.id" : "meal.id");
    scope.Declare(fact.path, {id, false, Frame::kCandidate, fact.slot});
  }
  scope.DeclareVocabulary("candidate kind", {"exercise", "meal"});
  Type kind = Type::Of(TypeKind::kString);
  kind.vocabulary = "candidate kind";
  scope.Declare("candidate.kind", {kind, false, Frame::kCandidate, common_slot_ + 2});
  scope.Declare("candidate.traits",
                {Type::List(Type::Of(TypeKind::kString)), false, Frame::kCandidate, common_slot_ + 3});
}

std::vector<Candidate> CandidateFrames::Build(const v1::RulePack& pack, const VocabularyIndex& vocabularies,
                                              Arena& arena) const {
  std::vector<Candidate> candidates;
  auto add = [&](const v1::Exercise* exercise, const v1::Meal* meal) {
    Candidate candidate;
    candidate.kind = exercise != nullptr ? CandidateKind::kExercise : CandidateKind::kMeal;
    candidate.exercise = exercise;
    candidate.meal = meal;
    candidate.allowed = RangesOf(exercise != nullptr ? exercise->dose() : meal->dose());
    candidate.frame.resize(static_cast<size_t>(common_slot_) + 4, Value(false));
    exercise_.Fill(exercise, vocabularies, absl::MakeSpan(candidate.frame), arena);
    meal_.Fill(meal, vocabularies, absl::MakeSpan(candidate.frame), arena);
    Value* common = &candidate.frame[static_cast<size_t>(common_slot_)];
    common[0] = true;
    common[1] = std::string_view(candidate.id());
    common[2] = std::string_view(exercise != nullptr ? "exercise" : "meal");
    common[3] = candidate.frame[static_cast<size_t>(
        (exercise != nullptr ? exercise_.FindPath("exercise.traits") : meal_.FindPath("meal.traits"))->slot)];
    candidates.push_back(std::move(candidate));
  };
  for (const v1::Exercise& exercise : pack.exercises()) add(&exercise, nullptr);
  for (const v1::Meal& meal : pack.meals()) add(nullptr, &meal);
  return candidates;
}

}  // namespace myokine
