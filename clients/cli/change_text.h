// A change of circumstances in words.
#ifndef MYOKINE_CLIENTS_CLI_CHANGE_TEXT_H_
#define MYOKINE_CLIENTS_CLI_CHANGE_TEXT_H_

#include <string>

#include "clients/cli/answer_index.h"
#include "clients/cli/labels.h"
#include "myokine/v1/explanation.pb.h"

namespace myokine::cli {

// What is changed, such as `Time you have: 30 min (now 10 min)`.
std::string ChangeText(const v1::Change& change, const AnswerIndex& index, Locale locale);

// What that does, such as `puts it first of 41, with 31.2 points`.
std::string EffectText(const v1::Change& change, Locale locale);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_CHANGE_TEXT_H_
