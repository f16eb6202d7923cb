#include "clients/cli/change_text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/words.h"

namespace myokine::cli {
namespace {

using WordIds = google::protobuf::RepeatedPtrField<std::string>;

class FactText {
 public:
  FactText(const v1::ChangedFact& fact, const AnswerIndex& index, Locale locale)
      : fact_(fact), index_(index), locale_(locale) {}

  std::string Text() const {
    const bool is_list = fact_.after().has_words();
    if (is_list && fact_.has_before() && !fact_.before().words().items().empty())
      return Say(Label::kFactBecomes, locale_, fact_.name(), Difference());
    const std::string now =
        fact_.has_before() ? Say(Label::kNow, locale_, ValueText(fact_.before())) : Say(Label::kNotStated, locale_);
    return Say(Label::kFactInPlaceOf, locale_, fact_.name(), ValueText(fact_.after()), now);
  }

 private:
  std::string ValueText(const v1::FactValue& value) const {
    switch (value.kind_case()) {
      case v1::FactValue::kNumber: return InUnit(NumberText(value.number(), 1));
      case v1::FactValue::kWord: return NameOf(value.word());
      case v1::FactValue::kWords: {
        if (value.words().items().empty()) return Say(Label::kNone, locale_);
        const std::string names = NamesOf({value.words().items().begin(), value.words().items().end()});
        return value.words().complete() ? Say(Label::kAlone, locale_, names) : names;
      }
      default: return "";
    }
  }

  std::string InUnit(const std::string& number) const {
    if (fact_.unit() == "min") return Say(Label::kMinutes, locale_, number);
    if (fact_.unit() == "Cel") return Say(Label::kCelsius, locale_, number);
    if (fact_.unit() == "m") return Say(Label::kMetres, locale_, number);
    return fact_.unit().empty() ? number : absl::StrCat(number, " ", fact_.unit());
  }

  // What a list has more and fewer.
  std::string Difference() const {
    const WordIds &before = fact_.before().words().items(), &after = fact_.after().words().items();
    std::vector<std::string> parts;
    const std::string more = NamesOf(Without(after, before)), fewer = NamesOf(Without(before, after));
    if (!more.empty()) parts.push_back(Say(Label::kAsWell, locale_, more));
    if (!fewer.empty()) parts.push_back(Say(Label::kWithout, locale_, fewer));
    return absl::StrJoin(parts, Say(Label::kListSeparator, locale_));
  }

  static std::vector<std::string> Without(const WordIds& words, const WordIds& others) {
    std::vector<std::string> left;
    for (const std::string& word : words) {
      if (std::find(others.begin(), others.end(), word) == others.end()) left.push_back(word);
    }
    return left;
  }

  std::string NameOf(const std::string& id) const { return index_.ConceptName(fact_.vocabulary(), id); }
  std::string NamesOf(const std::vector<std::string>& ids) const {
    return absl::StrJoin(ids, Say(Label::kListSeparator, locale_),
                         [this](std::string* out, const std::string& id) { out->append(NameOf(id)); });
  }

  const v1::ChangedFact& fact_;
  const AnswerIndex& index_;
  const Locale locale_;
};

}  // namespace

std::string ChangeText(const v1::Change& change, const AnswerIndex& index, Locale locale) {
  return absl::StrJoin(
      change.facts(), Say(Label::kAndFact, locale),
      [&](std::string* out, const v1::ChangedFact& fact) { out->append(FactText(fact, index, locale).Text()); });
}

std::string EffectText(const v1::Change& change, Locale locale) {
  const std::string points = PointsText(change.score_milli()), of = absl::StrCat(change.of());
  if (change.effect() == v1::CHANGE_EFFECT_PUTS_FIRST) return Say(Label::kPutsFirst, locale, of, points);
  return Say(Label::kUnblocks, locale, absl::StrCat(change.place()), of, points);
}

}  // namespace myokine::cli
