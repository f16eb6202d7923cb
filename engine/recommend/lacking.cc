#include "engine/recommend/lacking.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace myokine {

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

bool Lacking::NoteLack(const CompiledRule& rule, const FactSet& facts) {
  int64_t worth = 1;
  for (const CompiledEffect& effect : rule.EffectsFor(/*because_unknown=*/true))
    worth = std::max(worth, WorthOf(effect));
  bool of_person = false;
  for (const FactId fact : facts) {
    if (fact >= kFactsPerFrame) continue;
    of_person = true;
    if (!IsSettled(fact) && noted_.emplace(&rule, fact).second) facts_[fact] += worth;
  }
  return of_person;
}

void Lacking::NoteAsk(const CompiledEffect& ask) {
  if (ask.asks >= 0 && !IsSettled(ask.asks)) facts_[ask.asks] += WorthOf(ask);
}

void Lacking::NoteFailure(const CompiledRule& rule, const Error& error) {
  if (!failed_.insert(&rule).second) return;
  v1::Remark remark;
  remark.set_field(absl::StrCat("rule ", rule.rule->id()));
  remark.set_text(absl::StrCat("skipped: ", std::string(error.message)));
  failures_.push_back(std::move(remark));
}

void Lacking::NoteNoNumber(const CompiledRule& rule, const Value& value) {
  if (const auto* unknown = std::get_if<Unknown>(&value)) {
    NoteLack(rule, *unknown->facts);
  } else {
    const auto* error = std::get_if<Error>(&value);
    NoteFailure(rule, error != nullptr ? *error : Error{"not a finite number"});
  }
}

bool Lacking::IsSettled(FactId fact) const {
  const Value& value = user_[static_cast<size_t>(fact)];
  const auto* list = std::get_if<const ListValue*>(&value);
  return list != nullptr ? (*list)->complete : IsKnown(value);
}

}  // namespace myokine
