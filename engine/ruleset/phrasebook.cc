#include "engine/ruleset/phrasebook.h"

#include "engine/ruleset/locale.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {
namespace {

// The text of an effect that says something, which may be empty; null for effects that don't.
const v1::Text* OwnTextOf(const v1::Effect& effect) {
  switch (effect.effect_case()) {
    case v1::Effect::kCaution: return &effect.caution().text();
    case v1::Effect::kAdvise: return &effect.advise().text();
    case v1::Effect::kAvoid: return &effect.avoid().text();
    case v1::Effect::kRefer: return &effect.refer().text();
    case v1::Effect::kActNow: return &effect.act_now().text();
    default: return nullptr;
  }
}

// Its own text, else the rule's; when it applies for want of facts, the rule's text for that.
const std::string& TextOf(const v1::Rule& rule, const v1::Text& own, bool because_unknown, std::string_view locale) {
  if (!own.en().empty()) return Pick(own, locale);
  if (because_unknown && rule.on_unknown().has_text()) return Pick(rule.on_unknown().text(), locale);
  return Pick(rule.text(), locale);
}

std::string EncodeRule(const v1::Rule& rule, bool because_unknown, std::string_view locale) {
  v1::RuleNote note;
  note.set_id(rule.id());
  note.set_text(Pick(because_unknown && rule.on_unknown().has_text() ? rule.on_unknown().text() : rule.text(), locale));
  *note.mutable_claims() = rule.claims();
  *note.mutable_evidence() = rule.evidence();
  note.set_because_unknown(because_unknown);
  return note.SerializeAsString();
}

std::string EncodeStatement(const v1::Rule& rule, const v1::Effect& effect, bool because_unknown,
                            std::string_view locale) {
  const v1::Text* own = OwnTextOf(effect);
  if (own == nullptr) return "";
  const std::string& text = TextOf(rule, *own, because_unknown, locale);
  if (effect.has_refer()) {
    v1::DispositionReason reason;
    reason.set_disposition(effect.refer().to());
    reason.set_rule(rule.id());
    reason.set_text(text);
    reason.set_because_unknown(because_unknown);
    return reason.SerializeAsString();
  }
  v1::Statement statement;
  statement.set_rule(rule.id());
  statement.set_text(text);
  return statement.SerializeAsString();
}

std::string EncodeCandidate(const Candidate& candidate, std::string_view locale) {
  v1::Suggestion suggestion;
  suggestion.set_candidate(candidate.id());
  suggestion.set_name(Pick(candidate.name(), locale));
  suggestion.set_summary(Pick(candidate.summary(), locale));
  if (candidate.meal != nullptr) {
    *suggestion.mutable_allergens() = candidate.meal->allergens();
    *suggestion.mutable_may_contain() = candidate.meal->may_contain();
  }
  return suggestion.SerializeAsString();
}

std::string EncodeMyokine(const v1::MyokineModel& model, std::string_view locale) {
  v1::MyokineNote note;
  note.set_id(model.id());
  note.set_name(Pick(model.name(), locale));
  note.set_summary(Pick(model.summary(), locale));
  note.set_disagreement(Pick(model.disagreement(), locale));
  note.set_no_number(Pick(model.no_number(), locale));
  return note.SerializeAsString();
}

std::string KindOf(const Fact& fact) {
  switch (fact.shape) {
    case FactShape::kMeasurement: return "measurement";
    case FactShape::kTimestamp: return "time";
    case FactShape::kKnownList:
    case FactShape::kPlainList: return fact.type.element->kind == TypeKind::kRecord ? "records" : "list";
    default: return ToString(fact.type);
  }
}

std::string EncodeQuestion(const Fact& fact, std::string_view locale) {
  v1::Question question;
  question.set_fact(fact.path);
  question.set_text(Pick(fact.facts.question(), locale));
  question.set_kind(KindOf(fact));
  if (fact.facts.has_minimum()) question.set_minimum(fact.facts.minimum());
  if (fact.facts.has_maximum()) question.set_maximum(fact.facts.maximum());
  question.set_unit(fact.facts.unit());
  question.set_vocabulary(fact.facts.vocabulary());
  return question.SerializeAsString();
}

}  // namespace

Phrasebook::Phrasebook(std::string_view locale, const v1::RulePack& pack, const std::vector<CompiledRule>& rules,
                       const std::vector<myokine::Candidate>& candidates, const FactSchema& user) {
  for (const CompiledRule& compiled : rules) {
    const v1::Rule& rule = *compiled.rule;
    for (const bool because_unknown : {false, true}) {
      rules_.push_back(EncodeRule(rule, because_unknown, locale));
      for (const CompiledEffect& effect : compiled.EffectsFor(because_unknown)) {
        const size_t at = static_cast<size_t>(effect.number) * 2 + because_unknown;
        if (statements_.size() <= at) statements_.resize(at + 1);
        statements_[at] = EncodeStatement(rule, *effect.effect, because_unknown, locale);
      }
    }
  }
  for (const myokine::Candidate& candidate : candidates) candidates_.push_back(EncodeCandidate(candidate, locale));
  for (const v1::MyokineModel& model : pack.myokines()) myokines_.push_back(EncodeMyokine(model, locale));
  for (int slot = 0; slot < user.end_slot(); ++slot) {
    const Fact* fact = user.FindSlot(slot);
    questions_.push_back(fact != nullptr && fact->facts.has_question() ? EncodeQuestion(*fact, locale) : "");
  }
}

Bibliography::Bibliography(const v1::RulePack& pack, const std::vector<CompiledRule>& rules) {
  std::map<std::string, const v1::Reference*> references;
  for (const v1::Reference& reference : pack.references()) references.emplace(reference.id(), &reference);
  for (const auto& [key, reference] : references) {
    v1::Reference cited;
    cited.set_id(key);
    cited.set_citation(reference->citation());
    cited.set_doi(reference->doi());
    cited.set_status(reference->status());
    numbers_.emplace(key, static_cast<uint32_t>(references_.size()));
    references_.push_back(cited.SerializeAsString());
  }
  for (const CompiledRule& rule : rules) {
    std::vector<uint32_t>& of_rule = of_rules_.emplace_back();
    for (const v1::GradedEvidence* evidence : {&rule.rule->evidence().outcome(), &rule.rule->evidence().mechanism()}) {
      for (const std::string& key : evidence->references())
        Find(key, [&](uint32_t number) { of_rule.push_back(number); });
    }
  }
}

}  // namespace myokine
