// The circumstances of a person: the facts that can be otherwise today. They are the fields of the schema marked
// `modifiable`, and nothing else; no fact of health is among them.
#ifndef MYOKINE_ENGINE_RECOMMEND_CIRCUMSTANCES_H_
#define MYOKINE_ENGINE_RECOMMEND_CIRCUMSTANCES_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/ruleset/ruleset.h"
#include "google/protobuf/message.h"
#include "myokine/v1/explanation.pb.h"

namespace myokine {

// One value that a circumstance could have instead.
struct Alternative {
  v1::FactValue value;
  double distance = 0;  // from the value that it has; less is nearer. Only to be compared within one circumstance.
};

// The circumstances that a ruleset knows, and what its rules read of them. Points into the ruleset. Immutable.
class Circumstances {
 public:
  explicit Circumstances(const Ruleset& ruleset);

  // In the order of the schema; at most 32.
  const std::vector<const Fact*>& facts() const { return facts_; }

  // The circumstances that a rule reads, itself or through variables; bit i stands for facts()[i].
  uint32_t ReadBy(size_t rule) const { return reads_[rule].circumstances; }
  // True when a rule reads another fact of the person, too.
  bool ReadsOthers(size_t rule) const { return reads_[rule].others; }

  // The values worth trying in place of the one that `user` has, nearest first, equals in the order of the vocabulary:
  //   numbers  those that rules and variables compare the fact with, and the figures of `candidate`, each with its
  //            neighbours
  //   words    all of the vocabulary
  //   lists    one word more, of those that `candidate` or a rule names, or one fewer; whether the list is complete
  //            stays as it is. In place of a list that is not known: one such word, among what is not known or alone
  // Never a value that the edge would refuse or call unusual, nor a word that nobody chooses. A fact whose field says
  // which way is cautious is changed that way alone, and only where it is known.
  std::vector<Alternative> AlternativesOf(size_t circumstance, const google::protobuf::Message& user,
                                          const Candidate& candidate) const;

 private:
  // What an expression, and all that it rests on, reads.
  struct Reads {
    uint32_t circumstances = 0;
    bool others = false;
    void Add(const Reads& more) {
      circumstances |= more.circumstances;
      others |= more.others;
    }
  };

  Reads ReadsOf(const Expression* expression) const;
  // Notes the numbers and words of an expression for the circumstances that it reads.
  void NoteMarks(const Expression* expression);
  std::vector<Alternative> Numbers(size_t circumstance, std::optional<double> now, const Candidate& candidate) const;
  std::vector<Alternative> Words(const Fact& fact, const std::string& now) const;
  std::vector<Alternative> Lists(size_t circumstance, const v1::ConceptList* now, const Candidate& candidate) const;
  // The words of a fact's vocabulary that people choose, in the order of the pack.
  std::vector<std::string> WordsFor(const Fact& fact) const;
  bool IsByChoice(const Fact& fact, const std::string& word) const;

  const Ruleset& ruleset_;
  std::vector<const Fact*> facts_;
  std::vector<Reads> of_slots_;               // by slot of the user's frame
  std::vector<Reads> reads_;                  // by rule
  std::vector<std::set<double>> numbers_;     // by circumstance: that something compares it with
  std::vector<std::set<std::string>> words_;  // the same of words
};

// The value of a circumstance in `user`; nothing when it is not stated.
std::optional<v1::FactValue> ReadFact(const google::protobuf::Message& user, const Fact& fact);

// States a circumstance in `user`.
void WriteFact(const Fact& fact, const v1::FactValue& value, google::protobuf::Message& user);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_CIRCUMSTANCES_H_
