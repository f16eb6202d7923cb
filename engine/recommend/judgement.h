// What the engine decides about a person, in ids: what scenarios and the coverage of a pack look at. No texts, and all
// admissible candidates, not the first few.
#ifndef MYOKINE_ENGINE_RECOMMEND_JUDGEMENT_H_
#define MYOKINE_ENGINE_RECOMMEND_JUDGEMENT_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/recommend/intake.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/dose.pb.h"

namespace myokine {

// An admissible candidate.
struct RankedCandidate {
  std::string id;
  v1::Dose dose;
};

struct Judgement {
  std::vector<FieldViolation> violations;  // when not empty, nothing else counts
  v1::Disposition disposition = v1::DISPOSITION_UNSPECIFIED;
  std::vector<std::string> disposition_rules;               // most serious first
  std::vector<RankedCandidate> exercises;                   // best first
  std::vector<RankedCandidate> meals;                       // best first
  std::map<std::string, std::vector<std::string>> blocked;  // candidate -> rules
  std::vector<std::string> pairings;     // offered with the first five of each kind; in the order of the pack
  std::set<std::string> fired_rules;     // rules that did something
  std::set<std::string> unknown_rules;   // rules that could not tell whether they apply
  std::vector<std::string> asked_facts;  // in the order of their worth
  // Expected fold changes of the exercises asked for: candidate -> myokine -> peak; none where there is no number.
  std::map<std::string, std::map<std::string, double>> responses;
};

// What a pack would be without: rules, pairings, exercises, meals and myokines, by id.
using Without = std::set<std::string>;

// Judges `user` at the moment `now`, as if the pack did not have what is in `without`. `responses_of`: exercises whose
// responses are wanted.
Judgement Judge(const Ruleset& ruleset, const v1::UserState& user, absl::Time now,
                const std::set<std::string>& responses_of = {}, const Without& without = {});

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_JUDGEMENT_H_
