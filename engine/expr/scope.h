// What the names of an expression mean.
#ifndef MYOKINE_ENGINE_EXPR_SCOPE_H_
#define MYOKINE_ENGINE_EXPR_SCOPE_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/expr/type.h"
#include "engine/expr/value.h"

namespace myokine {

// A name that expressions may use.
struct Declaration {
  Type type;
  // A message such as `user.health`: a step on the way to its fields. Only `has()` may ask for it itself; the slot then
  // holds a bool that tells whether it is there.
  bool message = false;
  Frame frame = Frame::kUser;
  int slot = 0;

  FactId fact() const { return static_cast<FactId>(frame) * kFactsPerFrame + slot; }
};

// Names and vocabularies. Built once, then only read.
class Scope {
 public:
  using Words = std::set<std::string, std::less<>>;

  // Declares a dotted name; a later declaration of the same name replaces the earlier one.
  void Declare(std::string name, Declaration declaration) { names_[std::move(name)] = std::move(declaration); }
  void DeclareVocabulary(std::string id, Words words) { vocabularies_[std::move(id)] = std::move(words); }

  // Null when there is no such name.
  const Declaration* Find(std::string_view name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : &found->second;
  }
  // The last part of all names `prefix.x`; for an empty prefix all names without a dot.
  std::vector<std::string> NamesBelow(std::string_view prefix) const;
  // Null when there is no such vocabulary: then any string will do.
  const Words* FindVocabulary(std::string_view id) const {
    const auto found = vocabularies_.find(id);
    return found == vocabularies_.end() ? nullptr : &found->second;
  }

  const std::map<std::string, Declaration, std::less<>>& names() const { return names_; }

 private:
  std::map<std::string, Declaration, std::less<>> names_;
  std::map<std::string, Words, std::less<>> vocabularies_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_EXPR_SCOPE_H_
