#include "engine/pack/layers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "engine/pack/entries.h"
#include "engine/pack/field_facts.h"
#include "engine/pack/safety_core.h"

namespace myokine {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

using NameSet = absl::flat_hash_set<std::string>;

// Puts one pack below another.
class Layering {
 public:
  Layering(LoadedPack& layer, LoadedPack& base, Issues& issues)
      : layer_(layer), base_(base), issues_(issues), core_(base.pack) {}

  void Run() {
    CheckDisabled();
    for (const FieldDescriptor* list : EntryLists()) MergeList(list);
    const Reflection& reflection = *layer_.pack.GetReflection();
    for (const int number : {v1::RulePack::kBoutModelFieldNumber, v1::RulePack::kDietIndexFieldNumber,
                             v1::RulePack::kInflammationFieldNumber}) {
      const FieldDescriptor* field = v1::RulePack::descriptor()->FindFieldByNumber(number);
      if (!reflection.HasField(layer_.pack, field) && reflection.HasField(base_.pack, field))
        reflection.SetAllocatedMessage(&layer_.pack, reflection.ReleaseMessage(&base_.pack, field), field);
    }
  }

 private:
  // The field of `disable` for a list of the pack; null for lists that nothing can be taken out of.
  static const FieldDescriptor* DisableField(const FieldDescriptor* list) {
    return v1::Disabled::descriptor()->FindFieldByName(list->name());
  }

  // Checks what the layer takes out, and notes it.
  void CheckDisabled() {
    const v1::Disabled& disable = layer_.pack.disable();
    for (const FieldDescriptor* list : EntryLists()) {
      const FieldDescriptor* field = DisableField(list);
      if (field == nullptr) continue;
      const std::vector<std::string> names = EntryNames(base_.pack, list);
      for (int i = 0; i < disable.GetReflection()->FieldSize(disable, field); ++i) {
        const std::string name = disable.GetReflection()->GetRepeatedString(disable, field, i);
        const Location at = layer_.sources.Find(&disable, field->number(), i);
        const std::string kind = Words(list->message_type());
        if (std::find(names.begin(), names.end(), name) == names.end()) {
          AddIssue(at, "unknown-id", absl::StrCat("the base has no ", kind, " `", name, "` to disable"),
                   issues_.full() ? "" : SuggestionFor(name, names));
        }
        const std::string why = core_.WhyKept(list->name(), name);
        if (!why.empty()) {
          AddIssue(at, "safety-disabled",
                   absl::StrCat(kind, " `", name, "` of the base ", why, ", so it cannot be disabled"),
                   "a layer can add rules that are stricter");
        }
        disabled_[list->name()].insert(name);
      }
    }
  }

  // Puts the base's entries of one list before the layer's, without those that the layer replaces or takes out.
  void MergeList(const FieldDescriptor* list) {
    std::vector<std::unique_ptr<Message>> own = TakeEntries(layer_.pack, list);
    absl::flat_hash_map<std::string, Message*> own_by_name;
    for (const auto& entry : own) own_by_name.emplace(NameOf(*entry), entry.get());

    for (std::unique_ptr<Message>& entry : TakeEntries(base_.pack, list)) {
      const std::string name = NameOf(*entry);
      const auto replacement = own_by_name.find(name);
      const bool replaced = !name.empty() && replacement != own_by_name.end();
      if (replaced) CheckReplacement(list, name, *replacement->second);
      if (replaced && list->name() == "vocabularies") {
        MergeVocabulary(static_cast<v1::Vocabulary&>(*entry), static_cast<v1::Vocabulary&>(*replacement->second));
      }
      const bool keep = !replaced && !IsDisabled(list->name(), name) && StripDisabled(*entry);
      AddEntry(keep ? layer_.pack : base_.pack, list, std::move(entry));
    }
    for (std::unique_ptr<Message>& entry : own) AddEntry(layer_.pack, list, std::move(entry));
  }

  void CheckReplacement(const FieldDescriptor* list, const std::string& name, const Message& replacement) {
    const std::string why = core_.WhyKept(list->name(), name);
    if (why.empty()) return;
    AddIssue(layer_.sources.Find(&replacement), "safety-replaced",
             absl::StrCat(Words(list->message_type()), " `", name, "` of the base ", why, ", so it cannot be replaced"),
             "give yours another id: a layer can add rules that are stricter");
  }

  // Moves the concepts of the base that the layer does not restate in front of the layer's.
  void MergeVocabulary(v1::Vocabulary& base, v1::Vocabulary& layer) {
    absl::flat_hash_map<std::string, const v1::Concept*> own;
    for (const v1::Concept& word : layer.concepts()) own.emplace(word.id(), &word);
    auto* base_concepts = base.mutable_concepts();
    auto* concepts = layer.mutable_concepts();
    std::vector<v1::Concept*> merged;
    std::vector<v1::Concept*> replaced;
    std::vector<v1::Concept*> added;
    while (!base_concepts->empty()) {
      v1::Concept* last = base_concepts->UnsafeArenaReleaseLast();
      const auto restated = own.find(last->id());
      if (restated != own.end()) CheckConcept(*last, *restated->second);
      (restated == own.end() ? merged : replaced).push_back(last);
    }
    while (!concepts->empty()) added.push_back(concepts->UnsafeArenaReleaseLast());
    std::reverse(merged.begin(), merged.end());
    merged.insert(merged.end(), added.rbegin(), added.rend());
    for (v1::Concept* word : merged) concepts->UnsafeArenaAddAllocated(word);
    for (v1::Concept* word : replaced) base_concepts->UnsafeArenaAddAllocated(word);
  }

  void CheckConcept(const v1::Concept& base, const v1::Concept& layer) {
    const auto check = [&](const auto& needed, const auto& given, const std::string& what) {
      for (const std::string& one : needed) {
        if (std::find(given.begin(), given.end(), one) != given.end()) continue;
        AddIssue(layer_.sources.Find(&layer), "weakened-concept",
                 absl::StrCat("concept `", base.id(), "` loses the ", what, " `", one, "` that the base gives it"),
                 "state it again: a layer can only add to it");
      }
    };
    check(base.broader(), layer.broader(), "wider concept");
    check(base.codes(), layer.codes(), "code");
  }

  bool IsDisabled(const std::string& list, const std::string& name) const {
    const auto names = disabled_.find(list);
    return names != disabled_.end() && names->second.contains(name);
  }

  // Takes mentions of what is disabled out of the lists of an entry; false when a single value names it, so that the
  // entry has lost its point.
  bool StripDisabled(Message& entry) {
    if (disabled_.empty()) return true;
    const Reflection* reflection = entry.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection->ListFields(entry, &fields);
    for (const FieldDescriptor* field : fields) {
      const std::string& list = FactsOf(field).refers_to();
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        const int count = field->is_repeated() ? reflection->FieldSize(entry, field) : 1;
        for (int i = 0; i < count; ++i) {
          if (!StripDisabled(field->is_repeated() ? *reflection->MutableRepeatedMessage(&entry, field, i)
                                                  : *reflection->MutableMessage(&entry, field))) {
            return false;
          }
        }
      } else if (list.empty()) {
        continue;
      } else if (field->is_repeated()) {
        StripDisabled(entry, field, list);
      } else if (IsDisabled(list, reflection->GetString(entry, field))) {
        return false;
      }
    }
    return true;
  }

  void StripDisabled(Message& entry, const FieldDescriptor* field, const std::string& list) {
    const Reflection* reflection = entry.GetReflection();
    const int count = reflection->FieldSize(entry, field);
    int kept = 0;
    for (int i = 0; i < count; ++i) {
      if (IsDisabled(list, reflection->GetRepeatedString(entry, field, i))) continue;
      base_.sources.Put(&entry, field->number(), kept, base_.sources.Find(&entry, field->number(), i));
      reflection->SwapElements(&entry, field, kept++, i);
    }
    for (int i = kept; i < count; ++i) reflection->RemoveLast(&entry, field);
  }

  void AddIssue(Location at, std::string code, std::string message, std::string hint) {
    issues_.Add(layer_.sources.MakeIssue(std::move(at), std::move(code), std::move(message), std::move(hint)));
  }

  LoadedPack& layer_;
  LoadedPack& base_;
  Issues& issues_;
  SafetyCore core_;
  absl::flat_hash_map<std::string, NameSet> disabled_;  // by list
};

}  // namespace

void PutBelow(LoadedPack& layer, std::unique_ptr<LoadedPack> base, Issues& issues) {
  Layering(layer, *base, issues).Run();
  layer.sources.Merge(std::move(base->sources));
  layer.base = std::move(base);
}

}  // namespace myokine
