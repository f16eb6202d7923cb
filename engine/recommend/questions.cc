#include "engine/recommend/questions.h"

#include <algorithm>
#include <string>

#include "engine/recommend/locale.h"

namespace myokine {
namespace {

std::string KindOf(const Fact& fact) {
  switch (fact.shape) {
    case FactShape::kMeasurement: return "measurement";
    case FactShape::kTimestamp: return "time";
    case FactShape::kKnownList:
    case FactShape::kPlainList: return fact.type.element->kind == TypeKind::kRecord ? "records" : "list";
    default: return ToString(fact.type);
  }
}

}  // namespace

std::vector<v1::Question> FindQuestions(const Ruleset& ruleset, const RuleOutcome& outcome, const v1::UserState& user,
                                        std::string_view locale) {
  auto is_declined = [&user](std::string_view path) {
    for (const std::string& part : user.declared_unknown()) {
      if (path == part || (path.starts_with(part) && path[part.size()] == '.')) return true;
    }
    return false;
  };
  std::vector<std::pair<int64_t, const Fact*>> facts;
  for (const auto& [id, worth] : outcome.lacking) {
    const Fact* fact = ruleset.user_schema().FindSlot(id);
    if (fact != nullptr && fact->facts.has_question() && !is_declined(fact->path)) facts.emplace_back(worth, fact);
  }
  std::stable_sort(facts.begin(), facts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<v1::Question> questions;
  for (const auto& [worth, fact] : facts) {
    v1::Question question;
    question.set_fact(fact->path);
    question.set_text(Pick(fact->facts.question(), locale));
    question.set_kind(KindOf(*fact));
    if (fact->facts.has_minimum()) question.set_minimum(fact->facts.minimum());
    if (fact->facts.has_maximum()) question.set_maximum(fact->facts.maximum());
    question.set_unit(fact->facts.unit());
    question.set_vocabulary(fact->facts.vocabulary());
    questions.push_back(std::move(question));
  }
  return questions;
}

}  // namespace myokine
