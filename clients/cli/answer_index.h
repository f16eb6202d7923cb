// Finds what an answer says once and refers to by id.
#ifndef MYOKINE_CLIENTS_CLI_ANSWER_INDEX_H_
#define MYOKINE_CLIENTS_CLI_ANSWER_INDEX_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "myokine/v1/explanation.pb.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine::cli {

// Blocked candidates that one reason took out.
struct BlockedGroup {
  std::string text;  // the rules' text
  int count = 0;     // candidates
};

// Looks into one answer, which must outlive it. Ids that the answer does not explain are shown as they are.
class AnswerIndex {
 public:
  explicit AnswerIndex(const v1::RecommendResponse& response);
  explicit AnswerIndex(const v1::ExplainResponse& response);

  // The text of a rule.
  std::string RuleText(const std::string& id) const;
  // The grade of what a rule says: of its outcome, else of its mechanism; empty when it has none.
  std::string RuleGrade(const std::string& id) const;
  // True when a rule applied because something is not known.
  bool RuleFromUnknown(const std::string& id) const;
  // The name of a myokine.
  std::string MyokineName(const std::string& id) const;
  // The name of a word of a vocabulary; the id as words where the answer does not name it.
  std::string ConceptName(const std::string& vocabulary, const std::string& id) const;
  // The name of a suggested exercise or meal.
  std::string CandidateName(const std::string& id) const;

  // Blocked candidates by reason, the reason with most first, then in the order of the answer. A candidate with several
  // reasons counts for each.
  std::vector<BlockedGroup> Blocked() const;

 private:
  // What answers of every kind have.
  template <typename Response>
  void AddNotes(const Response& response);

  const google::protobuf::RepeatedPtrField<v1::BlockedCandidates>* blocked_ = nullptr;  // null: the answer has none
  std::map<std::string, const v1::RuleNote*> rules_;
  std::map<std::string, std::string> myokines_;
  std::map<std::string, std::string> candidates_;
  std::map<std::pair<std::string, std::string>, std::string> concepts_;  // by vocabulary and id
};

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_ANSWER_INDEX_H_
