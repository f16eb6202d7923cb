// Fills a Ruleset from a loaded pack, stage by stage.
#ifndef MYOKINE_ENGINE_RULESET_COMPILER_H_
#define MYOKINE_ENGINE_RULESET_COMPILER_H_

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "engine/ruleset/ruleset.h"

namespace myokine {

// One use: compiles one pack.
class RulesetCompiler {
 public:
  RulesetCompiler(Ruleset& ruleset, Issues& issues) : ruleset_(ruleset), issues_(issues) {}

  // False when there are issues.
  bool Run(std::unique_ptr<LoadedPack> pack);

 private:
  using ExpressionPtr = std::shared_ptr<const Expression>;
  using Message = google::protobuf::Message;

  // What conditions, and points and bounds, must be.
  inline static const Type kBool = Type::Of(TypeKind::kBool);
  inline static const std::vector<Type> kNumber = {Type::Of(TypeKind::kInt), Type::Of(TypeKind::kDouble)};

  void DeclareScopes();
  void CompileVariables();
  void CompileVariable(const std::string& id, std::vector<std::string>& path);
  void CompileRules();
  CompiledRule CompileRule(const v1::Rule& rule);
  // Works out the points of a boost that depend neither on the person nor on more of the dose than one field.
  void FixPoints(CompiledEffect& boost);
  // The range of points on an axis with a grade goes into the effect; false, with an issue at field `number` of
  // `points`, when there is none.
  bool SetRange(const v1::Rule& rule, v1::Axis axis, v1::Grade grade, const Message& points, int number,
                CompiledEffect& effect);
  void CompileVary(const v1::Rule& rule, CompiledEffect& compiled);
  void CheckResponseScale(const v1::Rule& rule, const v1::Boost& boost);
  // Makes the tables of boosts that count by a response; after the models.
  void MakeResponseTables();
  CompiledEffect CompileEffect(const v1::Rule& rule, const v1::Effect& effect);
  void CompileBoost(const v1::Rule& rule, CompiledEffect& compiled);
  // What is known of a target without the person; see CompiledRule.
  struct FixedTarget {
    bool fixed = false;
    uint32_t touches = 0, met = 0, unsure = 0;
  };
  // Works it out, once for a text.
  void FixTarget(CompiledRule& rule);
  FixedTarget AskCandidates(const CompiledRule& rule);
  void CompilePairings();
  void CompileBudgets();
  void CheckDietIndex();
  const google::protobuf::FieldDescriptor* FindNutrient(const std::string& name, const Message& message, int number);
  void CheckInvariants();
  void CheckMonotone(const v1::Monotone& monotone);
  void CompileModifiers();
  void CompileBoutModel();
  void CompileInflammation();
  void CheckDoses();

  // Compiles the expression in field `number` of `message`; null, with issues, when it is mistaken, and null when it is
  // empty. What has the same text and sees the same is one expression.
  ExpressionPtr Compile(const std::string& text, const Message& message, int number, const Scope& scope,
                        const std::vector<Type>& wanted);
  void Complain(const Message& message, int number, std::string code, std::string text, std::string hint = "");

  Ruleset& ruleset_;
  Issues& issues_;
  int effects_ = 0;      // compiled so far
  bool varies_ = false;  // some effect varies lists
  std::map<std::string, const v1::Variable*> uncompiled_;
  std::map<std::string, FixedTarget> fixed_targets_;                              // by text
  std::map<std::tuple<const Scope*, int, std::string>, ExpressionPtr> compiled_;  // by scope, kinds wanted and text
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_COMPILER_H_
