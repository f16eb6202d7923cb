// The facts of a person as the engine reads them, for as long as this lives.
#ifndef MYOKINE_TESTS_SUPPORT_PERSON_FACTS_H_
#define MYOKINE_TESTS_SUPPORT_PERSON_FACTS_H_

#include <vector>

#include "absl/time/time.h"
#include "engine/recommend/intake.h"
#include "engine/recommend/user_frame.h"
#include "engine/ruleset/ruleset.h"

namespace myokine {

class PersonFacts {
 public:
  // `user` must be one that is accepted; `ruleset` must outlive this.
  PersonFacts(const Ruleset& ruleset, const v1::UserState& user, absl::Time now)
      : intake_(TakeIn(user, ruleset, now)), frame_(FillUserFrame(ruleset, intake_, arena_)) {}
  PersonFacts(const PersonFacts&) = delete;
  PersonFacts& operator=(const PersonFacts&) = delete;

  // With the person's frame and an arena.
  Activation activation() {
    Activation activation;
    activation.arena = &arena_;
    activation.frames[static_cast<size_t>(Frame::kUser)] = frame_;
    return activation;
  }

 private:
  Arena arena_;
  Intake intake_;
  std::vector<Value> frame_;
};

}  // namespace myokine

#endif  // MYOKINE_TESTS_SUPPORT_PERSON_FACTS_H_
