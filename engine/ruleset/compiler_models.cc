// The part of the compiler for what a pack holds beside rules: pairings, budgets, the index of the diet, invariants,
// the models of responses and of inflammation.
#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "absl/strings/str_cat.h"
#include "engine/ruleset/compiler.h"

namespace myokine {

void RulesetCompiler::CompilePairings() {
  for (const v1::Pairing& pairing : ruleset_.pack().pairings()) {
    CompiledPairing compiled;
    compiled.pairing = &pairing;
    compiled.when = Compile(pairing.when(), pairing, v1::Pairing::kWhenFieldNumber, ruleset_.fact_scope_, {kBool});
    compiled.exercise =
        Compile(pairing.exercise(), pairing, v1::Pairing::kExerciseFieldNumber, ruleset_.target_scope_, {kBool});
    compiled.meal = Compile(pairing.meal(), pairing, v1::Pairing::kMealFieldNumber, ruleset_.target_scope_, {kBool});
    ruleset_.pairings_.push_back(std::move(compiled));
  }
}

const google::protobuf::FieldDescriptor* RulesetCompiler::FindNutrient(const std::string& name, const Message& message,
                                                                       int number) {
  const auto* nutrients = v1::Nutrients::descriptor();
  if (const auto* found = nutrients->FindFieldByName(name)) return found;
  std::vector<std::string> names;
  for (int i = 0; i < nutrients->field_count(); ++i) names.push_back(nutrients->field(i)->name());
  Complain(message, number, "unknown-nutrient", absl::StrCat("no nutrient `", name, "`"), SuggestionFor(name, names));
  return nullptr;
}

void RulesetCompiler::CompileBudgets() {
  for (const v1::Budget& budget : ruleset_.pack().budgets()) {
    CompiledBudget compiled;
    compiled.budget = &budget;
    if (budget.nutrient().empty() == budget.trait().empty()) {
      Complain(budget, v1::Budget::kIdFieldNumber, "bad-budget", "a budget counts either a `nutrient` or a `trait`");
    } else if (!budget.nutrient().empty()) {
      compiled.nutrient = FindNutrient(budget.nutrient(), budget, v1::Budget::kNutrientFieldNumber);
    }
    compiled.most = Compile(budget.most(), budget, v1::Budget::kMostFieldNumber, ruleset_.fact_scope_,
                            {Type::Of(TypeKind::kDouble)});
    ruleset_.budgets_.push_back(std::move(compiled));
  }
}

void RulesetCompiler::CheckDietIndex() {
  for (const v1::DietIndexParameter& parameter : ruleset_.pack().diet_index().parameters()) {
    const int nutrient = v1::DietIndexParameter::kNutrientFieldNumber;
    if (!parameter.nutrient().empty()) FindNutrient(parameter.nutrient(), parameter, nutrient);
    if (parameter.nutrient().empty() == parameter.left_out().empty()) {
      Complain(parameter, v1::DietIndexParameter::kIdFieldNumber, "bad-parameter",
               "a parameter names either its `nutrient` or why it is `left_out`");
    }
  }
}

void RulesetCompiler::CheckInvariants() {
  for (const v1::Invariant& invariant : ruleset_.pack().invariants()) {
    Compile(invariant.given(), invariant, v1::Invariant::kGivenFieldNumber, ruleset_.fact_scope_, {kBool});
    Compile(invariant.for_(), invariant, v1::Invariant::kForFieldNumber, ruleset_.points_scope_, {kBool});
    Compile(invariant.never(), invariant, v1::Invariant::kNeverFieldNumber, ruleset_.points_scope_, {kBool});
    Compile(invariant.always(), invariant, v1::Invariant::kAlwaysFieldNumber, ruleset_.points_scope_, {kBool});
    if (invariant.has_monotone()) CheckMonotone(invariant.monotone());
  }
}

void RulesetCompiler::CheckMonotone(const v1::Monotone& monotone) {
  const Fact* fact = ruleset_.user_schema_.FindPath(monotone.fact());
  if (fact == nullptr || fact->shape == FactShape::kMessage) {
    Complain(monotone, v1::Monotone::kFactFieldNumber, "unknown-fact", absl::StrCat("no fact `", monotone.fact(), "`"));
  }
  if (monotone.direction() != "up" && monotone.direction() != "down") {
    Complain(monotone, v1::Monotone::kDirectionFieldNumber, "bad-direction", "a direction is `up` or `down`");
  }
  if (v1::Dose::descriptor()->FindFieldByName(monotone.measure()) == nullptr) {
    Complain(monotone, v1::Monotone::kMeasureFieldNumber, "unknown-field",
             absl::StrCat("no field `", monotone.measure(), "` of the dose"));
  }
}

void RulesetCompiler::CompileModifiers() {
  for (const v1::MyokineModel& model : ruleset_.pack().myokines()) {
    for (const v1::AcuteResponse& response : model.acute()) {
      std::vector<ExpressionPtr>& compiled = ruleset_.modifiers_.emplace_back();
      for (const v1::Modifier& modifier : response.modifiers()) {
        compiled.push_back(
            Compile(modifier.of(), modifier, v1::Modifier::kOfFieldNumber, ruleset_.fact_scope_, kNumber));
      }
    }
  }
}

void RulesetCompiler::CheckResponseScale(const v1::Rule& rule, const v1::Boost& boost) {
  const v1::ResponseScale& scale = boost.by_response();
  if (rule.evidence().mechanism().grade() == v1::GRADE_UNSPECIFIED) {
    Complain(scale, 0, "points-without-grade",
             absl::StrCat("rule `", rule.id(), "` counts points by a response without a grade of the mechanism"),
             "state `evidence.mechanism`: its grade caps the points");
  }
  const auto& myokines = ruleset_.pack().myokines();
  const auto found = std::find_if(myokines.begin(), myokines.end(),
                                  [&](const v1::MyokineModel& model) { return model.id() == scale.myokine(); });
  if (found == myokines.end()) return;  // the pack's checks have said so
  bool moves = false;
  for (const v1::AcuteResponse& response : found->acute())
    moves |= response.amplitude() != 0 && (response.amplitude() > 0) == (scale.full_at() > 1);
  if (!moves) {
    Complain(
        scale, v1::ResponseScale::kFullAtFieldNumber, "no-such-response",
        absl::StrCat("no bout moves `", scale.myokine(), "` towards ", scale.full_at(), " times its resting value"));
  }
}

void RulesetCompiler::MakeResponseTables() {
  const v1::RulePack& pack = ruleset_.pack();
  std::map<std::string, size_t> numbers;
  for (int i = 0; i < pack.myokines_size(); ++i) numbers[pack.myokines(i).id()] = static_cast<size_t>(i);
  for (CompiledRule& rule : ruleset_.rules_) {
    for (std::vector<CompiledEffect>* effects : {&rule.effects, &rule.unknown_effects}) {
      for (CompiledEffect& effect : *effects) {
        if (!effect.effect->boost().has_by_response()) continue;
        const v1::ResponseScale& scale = effect.effect->boost().by_response();
        effect.by_response = std::make_unique<const ResponseTable>(pack, ruleset_.responses_, ruleset_.candidates_,
                                                                   numbers.at(scale.myokine()), scale.full_at());
      }
    }
  }
}

void RulesetCompiler::CompileBoutModel() {
  const v1::BoutModel& model = ruleset_.pack().bout_model();
  ruleset_.highest_mets_ =
      Compile(model.highest_mets(), model, v1::BoutModel::kHighestMetsFieldNumber, ruleset_.fact_scope_, kNumber);
  ruleset_.carbohydrate_ =
      Compile(model.carbohydrate(), model, v1::BoutModel::kCarbohydrateFieldNumber, ruleset_.fact_scope_, kNumber);
}

void RulesetCompiler::CompileInflammation() {
  std::set<std::string> signs;
  for (const v1::InflammationSign& sign : ruleset_.pack().inflammation().signs()) {
    if (!signs.insert(sign.id()).second)
      Complain(sign, v1::InflammationSign::kIdFieldNumber, "duplicate-id",
               absl::StrCat("a second sign `", sign.id(), "`"));
    for (int i = 1; i < sign.bands_size(); ++i) {
      if (!(sign.bands(i).from() > sign.bands(i - 1).from()))
        Complain(sign.bands(i), v1::SignBand::kFromFieldNumber, "bad-band", "the bands of a sign must rise");
    }
    ruleset_.signs_.push_back(
        {&sign, Compile(sign.value(), sign, v1::InflammationSign::kValueFieldNumber, ruleset_.fact_scope_, kNumber)});
  }
  for (const v1::InflammationMover& mover : ruleset_.pack().inflammation().movers()) {
    if (!signs.contains(mover.sign())) {
      Complain(mover, v1::InflammationMover::kSignFieldNumber, "unknown-id",
               absl::StrCat("no sign `", mover.sign(), "`"), SuggestionFor(mover.sign(), {signs.begin(), signs.end()}));
    }
    if (mover.percent_low() > mover.percent_high())
      Complain(mover, 0, "bad-interval", "`percent_low` must not be above `percent_high`");
    ruleset_.movers_.push_back(
        {&mover, Compile(mover.when(), mover, v1::InflammationMover::kWhenFieldNumber, ruleset_.fact_scope_, {kBool})});
  }
}

}  // namespace myokine
