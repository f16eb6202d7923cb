#include "engine/pack/vocabulary_checks.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/pack/pack_names.h"
#include "engine/pack/utf8.h"

namespace myokine {
namespace {

// `system:code`: lower-case letters and digits, a colon, anything without blanks; a `*` only at the end.
bool IsCode(const std::string& code) {
  const size_t colon = code.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == code.size()) return false;
  const bool is_system = std::all_of(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return absl::ascii_islower(byte) || absl::ascii_isdigit(byte) || c == '-' || c == '_';
  });
  const bool has_blank =
      std::any_of(code.begin(), code.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
  return is_system && !has_blank && std::min(code.find('*'), code.size() - 1) == code.size() - 1;
}

// Checks one vocabulary.
class VocabularyChecker {
 public:
  VocabularyChecker(const v1::Vocabulary& vocabulary, const SourceMap& sources, Issues& issues)
      : vocabulary_(vocabulary), sources_(sources), issues_(issues) {
    for (const v1::Concept& entry : vocabulary.concepts()) {
      names_.Add(entry.id());
      concepts_.emplace(entry.id(), &entry);
    }
  }

  void Run() {
    for (const v1::Concept& entry : vocabulary_.concepts()) {
      CheckBroader(entry);
      CheckCodes(entry);
    }
    for (const v1::Concept& entry : vocabulary_.concepts()) FindCycle(entry);
  }

 private:
  void CheckBroader(const v1::Concept& entry) {
    for (int i = 0; i < entry.broader_size() && !issues_.full(); ++i) {
      if (names_.Has(entry.broader(i))) continue;
      AddIssue(sources_.Find(&entry, v1::Concept::kBroaderFieldNumber, i), "unknown-concept",
               absl::StrCat("vocabulary `", vocabulary_.id(), "` has no concept `", Shorten(entry.broader(i)), "`"),
               names_.Suggest(entry.broader(i)));
    }
  }

  void CheckCodes(const v1::Concept& entry) {
    for (int i = 0; i < entry.codes_size(); ++i) {
      const Location at = sources_.Find(&entry, v1::Concept::kCodesFieldNumber, i);
      const std::string& code = entry.codes(i);
      if (!IsCode(code)) {
        AddIssue(at, "bad-code", absl::StrCat("`", Shorten(code), "` is not a code"),
                 "write `system:code`, such as `snomed:38341003` or `atc:C07*`");
        continue;
      }
      const auto [first, is_new] = coded_.emplace(code, entry.id());
      if (!is_new) {
        AddIssue(at, "duplicate-code", absl::StrCat("code `", code, "` already stands at `", first->second, "`"),
                 "a code means one concept of a vocabulary");
      }
    }
  }

  // Walks up from a concept, depth first, without recursion; reports the first way back to a concept still on the path.
  void FindCycle(const v1::Concept& start) {
    struct Step {
      const v1::Concept* at;
      int next = 0;
    };
    std::vector<Step> path = {{&start}};
    while (!path.empty()) {
      Step& step = path.back();
      if (step.next == 0 && !visited_.emplace(step.at, Visit::kOpen).second) {
        path.pop_back();
        continue;
      }
      if (step.next == step.at->broader_size()) {
        visited_[step.at] = Visit::kDone;
        path.pop_back();
        continue;
      }
      const int i = step.next++;
      const auto wider = concepts_.find(step.at->broader(i));
      if (wider == concepts_.end()) continue;
      const auto visit = visited_.find(wider->second);
      if (visit == visited_.end()) {
        path.push_back({wider->second});
      } else if (visit->second == Visit::kOpen) {
        auto begin =
            std::find_if(path.begin(), path.end(), [&](const Step& other) { return other.at == wider->second; });
        std::string way = absl::StrCat("`", wider->first, "`");
        for (auto other = begin + 1; other < path.end(); ++other) absl::StrAppend(&way, " < `", other->at->id(), "`");
        AddIssue(sources_.Find(step.at, v1::Concept::kBroaderFieldNumber, i), "cycle",
                 absl::StrCat("concept `", wider->first, "` is wider than itself: ", way, " < `", wider->first, "`"),
                 "take one of them out of `broader`");
      }
    }
  }

  void AddIssue(Location at, std::string code, std::string message, std::string hint) {
    if (issues_.full()) return issues_.Add({});
    issues_.Add(sources_.MakeIssue(std::move(at), std::move(code), std::move(message), std::move(hint)));
  }

  enum class Visit { kOpen, kDone };

  const v1::Vocabulary& vocabulary_;
  const SourceMap& sources_;
  Issues& issues_;
  NameList names_;
  absl::flat_hash_map<std::string, const v1::Concept*> concepts_;
  absl::flat_hash_map<std::string, std::string> coded_;  // from code to concept
  absl::flat_hash_map<const v1::Concept*, Visit> visited_;
};

}  // namespace

void CheckVocabularies(const v1::RulePack& pack, const SourceMap& sources, Issues& issues) {
  for (const v1::Vocabulary& vocabulary : pack.vocabularies()) VocabularyChecker(vocabulary, sources, issues).Run();
}

}  // namespace myokine
