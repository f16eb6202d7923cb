#include "engine/recommend/circumstances.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "absl/strings/str_split.h"
#include "engine/ruleset/dose_fields.h"
#include "google/protobuf/descriptor.h"
#include "myokine/v1/fact.pb.h"

namespace myokine {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What of a circumstance makes its kind.
enum class Kind { kNumber, kWord, kList, kOther };

Kind KindOf(const Fact& fact) {
  if (fact.shape == FactShape::kKnownList)
    return fact.field->message_type() == v1::ConceptList::descriptor() ? Kind::kList : Kind::kOther;
  if (fact.shape != FactShape::kScalar) return Kind::kOther;
  switch (fact.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_DOUBLE: return Kind::kNumber;
    case FieldDescriptor::CPPTYPE_STRING: return fact.facts.vocabulary().empty() ? Kind::kOther : Kind::kWord;
    default: return Kind::kOther;
  }
}

// What a part of an expression names.
struct Marks {
  std::vector<int> slots;  // facts of the person
  std::vector<double> numbers;
  std::vector<std::string> words;

  // What a value holds, itself or as its items.
  void Add(const Value& value) {
    if (const auto* whole = std::get_if<int64_t>(&value)) numbers.push_back(static_cast<double>(*whole));
    if (const auto* real = std::get_if<double>(&value)) numbers.push_back(*real);
    if (const auto* word = std::get_if<std::string_view>(&value)) words.emplace_back(*word);
    if (const auto* list = std::get_if<const ListValue*>(&value)) {
      for (const Value& item : (*list)->items) Add(item);
    }
  }
  void Add(const Checked& checked) {
    if (checked.op == Op::kLiteral) Add(checked.literal);
    if (checked.op == Op::kFact && checked.frame == Frame::kUser) slots.push_back(checked.index);
    for (const auto& arg : checked.args) Add(*arg);
  }
};

// True for what joins conditions and names nothing of its own.
bool Joins(Op op) {
  switch (op) {
    case Op::kAnd:
    case Op::kOr:
    case Op::kNot:
    case Op::kTernary:
    case Op::kAll:
    case Op::kExists: return true;
    default: return false;
  }
}

// Calls `visit` for each part that joins nothing and stands in none such.
template <typename Visit>
void ForEachTerm(const Checked& checked, const Visit& visit) {
  if (!Joins(checked.op)) return visit(checked);
  for (const auto& arg : checked.args) ForEachTerm(*arg, visit);
}

// All expressions of a rule.
template <typename Visit>
void ForEachExpression(const CompiledRule& rule, const Visit& visit) {
  visit(rule.when.get());
  visit(rule.target.get());
  for (const bool because_unknown : {false, true}) {
    for (const CompiledEffect& effect : rule.EffectsFor(because_unknown)) {
      visit(effect.points.get());
      for (const CompiledBound& bound : effect.bounds) {
        visit(bound.at_least.get());
        visit(bound.at_most.get());
      }
    }
  }
}

// The figures of a candidate that are in the unit of a fact.
std::vector<double> FiguresOf(const Candidate& candidate, const std::string& unit) {
  std::vector<double> figures;
  for (size_t i = 0; i < kDoseFields; ++i) {
    if (!candidate.allowed[i] || DoseFields()[i].facts.unit() != unit) continue;
    const AllowedRange& range = *candidate.allowed[i];
    for (const int figure : {range.minimum, range.usual, range.maximum}) figures.push_back(figure);
  }
  if (candidate.meal != nullptr && unit == "min") figures.push_back(candidate.meal->prep_minutes());
  return figures;
}

// The words of a vocabulary that a candidate states of itself.
std::set<std::string> WordsOf(const Candidate& candidate, const std::string& vocabulary) {
  const Message& message = candidate.exercise != nullptr ? static_cast<const Message&>(*candidate.exercise)
                                                         : static_cast<const Message&>(*candidate.meal);
  std::set<std::string> words;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (!field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) continue;
    if (field->options().GetExtension(v1::field).vocabulary() != vocabulary) continue;
    for (int k = 0; k < message.GetReflection()->FieldSize(message, field); ++k)
      words.insert(message.GetReflection()->GetRepeatedString(message, field, k));
  }
  return words;
}

// The steps from a person to the message that holds the fact, as names of fields.
std::vector<std::string> StepsTo(const Fact& fact) {
  std::vector<std::string> names = absl::StrSplit(fact.path, '.');
  return {names.begin() + 1, names.end() - 1};
}

v1::FactValue Word(const std::string& word) {
  v1::FactValue value;
  value.set_word(word);
  return value;
}

v1::FactValue List(const std::set<std::string>& words, bool complete) {
  v1::FactValue value;
  value.mutable_words()->mutable_items()->Assign(words.begin(), words.end());
  value.mutable_words()->set_complete(complete);
  return value;
}

}  // namespace

Circumstances::Circumstances(const Ruleset& ruleset) : ruleset_(ruleset) {
  of_slots_.resize(static_cast<size_t>(ruleset.user_frame_size()));
  for (const Fact& fact : ruleset.user_schema().facts()) {
    Reads& reads = of_slots_[static_cast<size_t>(fact.slot)];
    if (fact.shape == FactShape::kMessage) continue;
    if (fact.facts.modifiable() && KindOf(fact) != Kind::kOther && facts_.size() < 32) {
      reads.circumstances = uint32_t{1} << facts_.size();
      facts_.push_back(&fact);
    } else {
      reads.others = true;
    }
  }
  numbers_.resize(facts_.size());
  words_.resize(facts_.size());
  for (const CompiledVariable& variable : ruleset.variables()) {
    of_slots_[static_cast<size_t>(variable.slot)] = ReadsOf(variable.value.get());
    NoteMarks(variable.value.get());
  }
  for (const CompiledRule& rule : ruleset.rules()) {
    Reads& reads = reads_.emplace_back();
    ForEachExpression(rule, [&](const Expression* expression) {
      reads.Add(ReadsOf(expression));
      NoteMarks(expression);
    });
  }
}

Circumstances::Reads Circumstances::ReadsOf(const Expression* expression) const {
  Reads reads;
  if (expression == nullptr) return reads;
  for (const FactId fact : expression->facts()) {
    if (fact < kFactsPerFrame) reads.Add(of_slots_[static_cast<size_t>(fact)]);
  }
  return reads;
}

void Circumstances::NoteMarks(const Expression* expression) {
  if (ReadsOf(expression).circumstances == 0) return;
  ForEachTerm(expression->root(), [this](const Checked& term) {
    Marks marks;
    marks.Add(term);
    uint32_t circumstances = 0;
    for (const int slot : marks.slots) circumstances |= of_slots_[static_cast<size_t>(slot)].circumstances;
    for (size_t i = 0; i < facts_.size(); ++i) {
      if ((circumstances >> i & 1) == 0) continue;
      numbers_[i].insert(marks.numbers.begin(), marks.numbers.end());
      words_[i].insert(marks.words.begin(), marks.words.end());
    }
  });
}

std::vector<Alternative> Circumstances::AlternativesOf(size_t circumstance, const Message& user,
                                                       const Candidate& candidate) const {
  const Fact& fact = *facts_[circumstance];
  const std::optional<v1::FactValue> now = ReadFact(user, fact);
  std::vector<Alternative> alternatives;
  switch (KindOf(fact)) {
    case Kind::kNumber:
      alternatives = Numbers(circumstance, now ? std::optional(now->number()) : std::nullopt, candidate);
      break;
    case Kind::kWord: alternatives = Words(fact, now ? now->word() : ""); break;
    default: alternatives = Lists(circumstance, now ? &now->words() : nullptr, candidate);
  }
  std::stable_sort(alternatives.begin(), alternatives.end(),
                   [](const Alternative& a, const Alternative& b) { return a.distance < b.distance; });
  return alternatives;
}

std::vector<Alternative> Circumstances::Numbers(size_t circumstance, std::optional<double> now,
                                                const Candidate& candidate) const {
  const v1::FieldFacts& facts = facts_[circumstance]->facts;
  if (facts.caution() != v1::CAUTION_UNSPECIFIED && !now) return {};
  const bool whole = facts_[circumstance]->field->cpp_type() == FieldDescriptor::CPPTYPE_INT32;
  std::vector<double> marks = FiguresOf(candidate, facts.unit());
  marks.insert(marks.end(), numbers_[circumstance].begin(), numbers_[circumstance].end());
  std::set<double> numbers;
  for (const double mark : marks) {
    for (const double number : {mark - 1, mark, mark + 1}) {
      const bool usual = !(facts.has_minimum() && number < facts.minimum()) &&
                         !(facts.has_maximum() && number > facts.maximum()) &&
                         !(facts.has_unusual_below() && number < facts.unusual_below()) &&
                         !(facts.has_unusual_above() && number > facts.unusual_above());
      const bool is_cautious = facts.caution() == v1::CAUTION_UNSPECIFIED ||
                               (facts.caution() == v1::CAUTION_LOWER ? number < *now : number > *now);
      if (std::isfinite(number) && usual && is_cautious && number != now && (!whole || number == std::floor(number)))
        numbers.insert(number);
    }
  }
  std::vector<Alternative> alternatives;
  for (const double number : numbers) {
    Alternative& one = alternatives.emplace_back();
    one.value.set_number(number);
    one.distance = now ? std::abs(number - *now) : number - *numbers.begin();
  }
  return alternatives;
}

std::vector<Alternative> Circumstances::Words(const Fact& fact, const std::string& now) const {
  if (!IsByChoice(fact, now)) return {};
  std::vector<Alternative> alternatives;
  for (const std::string& word : WordsFor(fact)) {
    if (word != now) alternatives.push_back({Word(word), 0});
  }
  return alternatives;
}

std::vector<Alternative> Circumstances::Lists(size_t circumstance, const v1::ConceptList* now,
                                              const Candidate& candidate) const {
  constexpr double kAlone = 1, kFewer = 2;  // what claims more stands further away
  const std::set<std::string> own = WordsOf(candidate, facts_[circumstance]->facts.vocabulary());
  std::vector<std::string> worth_trying;
  for (const std::string& word : WordsFor(*facts_[circumstance])) {
    if (own.contains(word) || words_[circumstance].contains(word)) worth_trying.push_back(word);
  }
  std::vector<Alternative> alternatives;
  if (now == nullptr) {
    for (const std::string& word : worth_trying) {
      alternatives.push_back({List({word}, /*complete=*/false), 0});
      alternatives.push_back({List({word}, /*complete=*/true), kAlone});
    }
    return alternatives;
  }
  const std::set<std::string> words(now->items().begin(), now->items().end());
  const int most = now->GetDescriptor()->FindFieldByName("items")->options().GetExtension(v1::field).max_items();
  for (const std::string& word : worth_trying) {
    if (words.contains(word) || static_cast<int>(words.size()) >= most) continue;
    std::set<std::string> more = words;
    more.insert(word);
    alternatives.push_back({List(more, now->complete()), 0});
  }
  for (const std::string& word : words) {
    if (!IsByChoice(*facts_[circumstance], word)) continue;
    std::set<std::string> fewer = words;
    fewer.erase(word);
    alternatives.push_back({List(fewer, now->complete()), kFewer});
  }
  return alternatives;
}

std::vector<std::string> Circumstances::WordsFor(const Fact& fact) const {
  std::vector<std::string> words;
  for (const v1::Vocabulary& vocabulary : ruleset_.pack().vocabularies()) {
    if (vocabulary.id() != fact.facts.vocabulary()) continue;
    for (const v1::Concept& one : vocabulary.concepts()) {
      if (one.id() != kUnrecognized && !one.not_by_choice()) words.push_back(one.id());
    }
  }
  return words;
}

bool Circumstances::IsByChoice(const Fact& fact, const std::string& word) const {
  const IndexedConcept* indexed = ruleset_.vocabularies().Find(fact.facts.vocabulary(), word);
  return indexed == nullptr || indexed->concept_ == nullptr || !indexed->concept_->not_by_choice();
}

std::optional<v1::FactValue> ReadFact(const Message& user, const Fact& fact) {
  const Message* holder = &user;
  for (const std::string& step : StepsTo(fact)) {
    const FieldDescriptor* field = holder->GetDescriptor()->FindFieldByName(step);
    if (!holder->GetReflection()->HasField(*holder, field)) return std::nullopt;
    holder = &holder->GetReflection()->GetMessage(*holder, field);
  }
  const google::protobuf::Reflection& r = *holder->GetReflection();
  if (!r.HasField(*holder, fact.field)) return std::nullopt;
  v1::FactValue value;
  switch (fact.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: value.set_number(r.GetInt32(*holder, fact.field)); break;
    case FieldDescriptor::CPPTYPE_DOUBLE: value.set_number(r.GetDouble(*holder, fact.field)); break;
    case FieldDescriptor::CPPTYPE_STRING: value.set_word(r.GetString(*holder, fact.field)); break;
    default: value.mutable_words()->CopyFrom(r.GetMessage(*holder, fact.field));
  }
  return value;
}

void WriteFact(const Fact& fact, const v1::FactValue& value, Message& user) {
  Message* holder = &user;
  for (const std::string& step : StepsTo(fact)) {
    const FieldDescriptor* field = holder->GetDescriptor()->FindFieldByName(step);
    holder = holder->GetReflection()->MutableMessage(holder, field);
  }
  const google::protobuf::Reflection& r = *holder->GetReflection();
  switch (fact.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: r.SetInt32(holder, fact.field, static_cast<int32_t>(value.number())); break;
    case FieldDescriptor::CPPTYPE_DOUBLE: r.SetDouble(holder, fact.field, value.number()); break;
    case FieldDescriptor::CPPTYPE_STRING: r.SetString(holder, fact.field, value.word()); break;
    default: r.MutableMessage(holder, fact.field)->CopyFrom(value.words());
  }
}

}  // namespace myokine
