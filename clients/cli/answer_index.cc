#include "clients/cli/answer_index.h"

#include <algorithm>
#include <set>

#include "clients/cli/words.h"

namespace myokine::cli {
namespace {

std::string FindOr(const std::map<std::string, std::string>& names, const std::string& id) {
  const auto name = names.find(id);
  return name == names.end() || name->second.empty() ? id : name->second;
}

}  // namespace

template <typename Response>
void AnswerIndex::AddNotes(const Response& response) {
  for (const v1::RuleNote& rule : response.rules()) rules_[rule.id()] = &rule;
  for (const v1::MyokineNote& myokine : response.myokines()) myokines_[myokine.id()] = myokine.name();
  for (const v1::ConceptNote& word : response.concepts()) concepts_[{word.vocabulary(), word.id()}] = word.name();
}

AnswerIndex::AnswerIndex(const v1::ExplainResponse& response) {
  AddNotes(response);
  candidates_[response.candidate().candidate()] = response.candidate().name();
  if (response.has_ahead()) candidates_[response.ahead().candidate()] = response.ahead().name();
}

AnswerIndex::AnswerIndex(const v1::RecommendResponse& response) : blocked_(&response.blocked()) {
  AddNotes(response);
  for (const v1::Suggestion& exercise : response.exercises()) candidates_[exercise.candidate()] = exercise.name();
  for (const v1::Suggestion& meal : response.meals()) candidates_[meal.candidate()] = meal.name();
}

std::string AnswerIndex::RuleText(const std::string& id) const {
  const auto rule = rules_.find(id);
  return rule == rules_.end() || rule->second->text().empty() ? id : rule->second->text();
}

std::string AnswerIndex::RuleGrade(const std::string& id) const {
  const auto rule = rules_.find(id);
  if (rule == rules_.end()) return "";
  const v1::Evidence& evidence = rule->second->evidence();
  const std::string outcome = GradeLetter(evidence.outcome().grade());
  return outcome.empty() ? GradeLetter(evidence.mechanism().grade()) : outcome;
}

bool AnswerIndex::RuleFromUnknown(const std::string& id) const {
  const auto rule = rules_.find(id);
  return rule != rules_.end() && rule->second->because_unknown();
}

std::string AnswerIndex::MyokineName(const std::string& id) const { return FindOr(myokines_, id); }

std::string AnswerIndex::ConceptName(const std::string& vocabulary, const std::string& id) const {
  const auto name = concepts_.find({vocabulary, id});
  return name == concepts_.end() || name->second.empty() ? IdText(id) : name->second;
}

std::string AnswerIndex::CandidateName(const std::string& id) const { return FindOr(candidates_, id); }

std::vector<BlockedGroup> AnswerIndex::Blocked() const {
  std::vector<BlockedGroup> groups;
  if (blocked_ == nullptr) return groups;
  for (const v1::BlockedCandidates& blocked : *blocked_) {
    std::set<std::string> texts;
    for (const std::string& rule : blocked.rules()) texts.insert(RuleText(rule));
    for (const std::string& text : texts) {
      auto group = std::find_if(groups.begin(), groups.end(),
                                [&](const BlockedGroup& candidate) { return candidate.text == text; });
      if (group == groups.end()) group = groups.insert(groups.end(), {text, 0});
      group->count += blocked.count();
    }
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const BlockedGroup& a, const BlockedGroup& b) { return a.count > b.count; });
  return groups;
}

}  // namespace myokine::cli
