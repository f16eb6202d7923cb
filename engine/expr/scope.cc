#include "engine/expr/scope.h"

namespace myokine {

std::vector<std::string> Scope::NamesBelow(std::string_view prefix) const {
  std::vector<std::string> names;
  const std::string head = prefix.empty() ? "" : std::string(prefix) + ".";
  for (auto it = names_.lower_bound(head); it != names_.end() && it->first.compare(0, head.size(), head) == 0; ++it) {
    const std::string rest = it->first.substr(head.size());
    if (rest.find('.') == std::string::npos) names.push_back(rest);
  }
  return names;
}

}  // namespace myokine
