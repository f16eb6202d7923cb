#include "engine/recommend/lacking.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace myokine {

bool Lacking::NoteLack(const CompiledRule& rule, const FactSet& facts) {
  bool of_person = false;
  for (const FactId fact : facts) {
    if (fact >= kFactsPerFrame) continue;
    of_person = true;
    if (!IsSettled(fact)) Note({fact, NumberOf(rule)});
  }
  return of_person;
}

void Lacking::NoteAsk(const CompiledRule& rule, const CompiledEffect& ask) {
  if (ask.asks >= 0 && !IsSettled(ask.asks)) Note({ask.asks, NumberOf(rule), &ask});
}

void Lacking::NoteFailure(const CompiledRule& rule, const Error& error) {
  std::string field = absl::StrCat("rule ", rule.rule->id());
  const auto same = [&](const v1::Remark& remark) { return remark.field() == field; };
  if (std::any_of(failures_.begin(), failures_.end(), same)) return;
  v1::Remark& remark = failures_.emplace_back();
  remark.set_field(std::move(field));
  remark.set_text(absl::StrCat("skipped: ", std::string(error.message)));
}

void Lacking::NoteNoNumber(const CompiledRule& rule, const Value& value) {
  if (const auto* unknown = std::get_if<Unknown>(&value)) {
    NoteLack(rule, *unknown->facts);
  } else {
    const auto* error = std::get_if<Error>(&value);
    NoteFailure(rule, error != nullptr ? *error : Error{"not a finite number"});
  }
}

void Lacking::Finish() {
  std::sort(lacks_.begin(), lacks_.end());
  lacks_.erase(std::unique(lacks_.begin(), lacks_.end()), lacks_.end());
  std::sort(failures_.begin(), failures_.end(),
            [](const v1::Remark& a, const v1::Remark& b) { return a.field() < b.field(); });
}

bool Lacking::IsSettled(FactId fact) const {
  const Value& value = user_[static_cast<size_t>(fact)];
  const auto* list = std::get_if<const ListValue*>(&value);
  return list != nullptr ? (*list)->complete : IsKnown(value);
}

}  // namespace myokine
