// A change of circumstances, made to a person field by field: what a caller does who tries out what Explain proposes.
#ifndef MYOKINE_TESTS_TESTING_APPLY_CHANGE_H_
#define MYOKINE_TESTS_TESTING_APPLY_CHANGE_H_

#include "myokine/v1/explanation.pb.h"
#include "myokine/v1/user_state.pb.h"

namespace myokine::testing {

// False when the change names anything but a circumstance.
bool ApplyChange(const v1::Change& change, v1::UserState& user);

}  // namespace myokine::testing

#endif  // MYOKINE_TESTS_TESTING_APPLY_CHANGE_H_
