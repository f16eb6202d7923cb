#include "engine/pack/cross_references.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "engine/pack/field_facts.h"
#include "engine/pack/pack_names.h"
#include "engine/pack/utf8.h"

namespace myokine {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::OneofDescriptor;
using ::google::protobuf::Reflection;

constexpr char kCandidate[] = "candidate";

// Walks one pack.
class Checker {
 public:
  Checker(const v1::RulePack& pack, bool complete, const SourceMap& sources, Issues& issues)
      : pack_(pack), complete_(complete), sources_(sources), issues_(issues), names_(pack) {}

  void Run() {
    CheckCandidates();
    Visit(pack_, "");
  }

 private:
  // Exercises and meals share the ids of candidates, and nobody else may define those.
  void CheckCandidates() {
    absl::flat_hash_map<std::string, const v1::Exercise*> exercises;
    for (const v1::Exercise& exercise : pack_.exercises()) exercises.emplace(exercise.id(), &exercise);
    for (const v1::Meal& meal : pack_.meals()) {
      const auto found = exercises.find(meal.id());
      if (meal.id().empty() || found == exercises.end()) continue;
      AddIssue(
          sources_.Find(&meal, v1::Meal::kIdFieldNumber), "duplicate-id",
          absl::StrCat("meal `", meal.id(), "` has the id of an exercise, ", ToString(sources_.Find(found->second))),
          "give it another id");
    }
    for (const v1::Vocabulary& vocabulary : pack_.vocabularies()) {
      if (vocabulary.id() != kCandidate) continue;
      AddIssue(sources_.Find(&vocabulary, v1::Vocabulary::kIdFieldNumber), "reserved-id",
               "the vocabulary `candidate` is made from the exercises and meals", "leave it out");
    }
  }

  // `inherited` is the vocabulary of the items of a ConceptList.
  void Visit(const Message& message, const std::string& inherited) {
    if (issues_.full()) return;
    const Descriptor* type = message.GetDescriptor();
    if (type == v1::Text::descriptor()) {
      CheckText(static_cast<const v1::Text&>(message));
      return;
    }
    CheckOneofs(message);
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        VisitMessages(message, field);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        CheckStrings(message, field, inherited);
      }
    }
  }

  void VisitMessages(const Message& message, const FieldDescriptor* field) {
    const Reflection* reflection = message.GetReflection();
    const bool holds_concepts = field->message_type() == v1::ConceptList::descriptor();
    const std::string inherited = holds_concepts ? FactsOf(field).vocabulary() : "";
    if (!field->is_repeated()) {
      Visit(reflection->GetMessage(message, field), inherited);
      return;
    }
    CheckUnique(message, field);
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      Visit(reflection->GetRepeatedMessage(message, field, i), inherited);
    }
  }

  void CheckUnique(const Message& message, const FieldDescriptor* list) {
    const Reflection* reflection = message.GetReflection();
    const FieldDescriptor* name_field = NameField(list->message_type());
    if (name_field == nullptr) return;
    absl::flat_hash_map<std::string, const Message*> seen;
    for (int i = 0; i < reflection->FieldSize(message, list); ++i) {
      const Message& entry = reflection->GetRepeatedMessage(message, list, i);
      const std::string name = NameOf(entry);
      if (name.empty()) continue;
      const auto [first, is_new] = seen.emplace(name, &entry);
      if (is_new) continue;
      AddIssue(sources_.Find(&entry, name_field->number()), "duplicate-id",
               absl::StrCat(Words(list->message_type()), " `", name, "` is already defined, ",
                            ToString(sources_.Find(first->second))),
               "give it another id, or remove one");
    }
  }

  void CheckStrings(const Message& message, const FieldDescriptor* field, const std::string& inherited) {
    const v1::FieldFacts& facts = FactsOf(field);
    const std::string& vocabulary = inherited.empty() ? facts.vocabulary() : inherited;
    if (facts.refers_to().empty() && vocabulary.empty()) return;
    const Reflection* reflection = message.GetReflection();
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count && !issues_.full(); ++i) {
      const std::string value = field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                     : reflection->GetString(message, field);
      const Location at = sources_.Find(&message, field->number(), i);
      if (!facts.refers_to().empty()) CheckReference(facts.refers_to(), value, at);
      const bool is_code = !inherited.empty() && value.find(':') != std::string::npos;
      if (!vocabulary.empty() && !is_code) CheckConcept(vocabulary, value, field, at);
    }
  }

  void CheckReference(const std::string& list, const std::string& name, const Location& at) {
    const NameList* names = names_.Entries(list);
    if (!complete_ || names == nullptr || names->Has(name)) return;
    const auto* entries = v1::RulePack::descriptor()->FindFieldByName(list);
    AddIssue(at, "unknown-id",
             absl::StrCat("the pack has no ", Words(entries->message_type()), " `", Shorten(name), "`"),
             names->Suggest(name));
  }

  void CheckConcept(const std::string& vocabulary, const std::string& name, const FieldDescriptor* field,
                    const Location& at) {
    const NameList* names = names_.Concepts(vocabulary);
    if (!complete_ || (names != nullptr && names->Has(name))) return;
    if (names != nullptr) {
      AddIssue(at, "unknown-concept",
               absl::StrCat("vocabulary `", vocabulary, "` has no concept `", Shorten(name), "`"),
               names->Suggest(name));
    } else if (missing_.insert(vocabulary).second) {
      AddIssue(at, "unknown-vocabulary",
               absl::StrCat("the pack has no vocabulary `", vocabulary, "`, which `", field->name(), "` needs"),
               names_.vocabularies().Suggest(vocabulary));
    }
  }

  void CheckOneofs(const Message& message) {
    const Descriptor* type = message.GetDescriptor();
    for (int i = 0; i < type->real_oneof_decl_count(); ++i) {
      const OneofDescriptor* oneof = type->oneof_decl(i);
      if (message.GetReflection()->HasOneof(message, oneof)) continue;
      std::string list;
      for (int j = 0; j < oneof->field_count(); ++j) {
        absl::StrAppend(&list,
                        j == 0                          ? ""
                        : j + 1 == oneof->field_count() ? " or "
                                                        : ", ",
                        "`", oneof->field(j)->name(), "`");
      }
      AddIssue(sources_.Find(&message), "one-of", absl::StrCat("this ", Words(type), " says nothing"),
               absl::StrCat("give it one of ", list));
    }
  }

  void CheckText(const v1::Text& text) {
    if (text.en().empty() && text.ja().empty()) {
      AddIssue(sources_.Find(&text), "missing-translation", "the text is empty", "give it `en` and `ja`");
    } else if (text.en().empty() || text.ja().empty()) {
      const std::string missing = text.en().empty() ? "English" : "Japanese";
      AddIssue(sources_.Find(&text), "missing-translation", absl::StrCat("the text has no ", missing),
               text.en().empty() ? "add `en`" : "add `ja`");
    }
  }

  void AddIssue(Location at, std::string code, std::string message, std::string hint) {
    if (issues_.full()) return issues_.Add({});
    issues_.Add(sources_.MakeIssue(std::move(at), std::move(code), std::move(message), std::move(hint)));
  }

  const v1::RulePack& pack_;
  const bool complete_;
  const SourceMap& sources_;
  Issues& issues_;
  const PackNames names_;
  absl::flat_hash_set<std::string> missing_;  // vocabularies reported as missing
};

}  // namespace

void CheckCrossReferences(const v1::RulePack& pack, bool complete, const SourceMap& sources, Issues& issues) {
  Checker(pack, complete, sources, issues).Run();
}

}  // namespace myokine
