#include "tests/testing/apply_change.h"

namespace myokine::testing {
namespace {

bool Apply(const v1::ChangedFact& changed, v1::Today& today) {
  const std::string& fact = changed.fact();
  const v1::FactValue& value = changed.after();
  const int number = static_cast<int>(value.number());
  if (fact == "user.today.minutes_available") {
    today.set_minutes_available(number);
  } else if (fact == "user.today.time_of_day") {
    today.set_time_of_day(value.word());
  } else if (fact == "user.today.equipment") {
    *today.mutable_equipment() = value.words();
  } else if (fact == "user.today.places") {
    *today.mutable_places() = value.words();
  } else if (fact == "user.today.company") {
    today.set_company(value.word());
  } else if (fact == "user.today.wbgt_c") {
    today.set_wbgt_c(value.number());
  } else if (fact == "user.today.altitude_m") {
    today.set_altitude_m(number);
  } else if (fact == "user.today.sitting_bout_minutes") {
    today.set_sitting_bout_minutes(number);
  } else if (fact == "user.today.occasion") {
    today.set_occasion(value.word());
  } else if (fact == "user.today.kitchen_minutes") {
    today.set_kitchen_minutes(number);
  } else {
    return false;
  }
  return true;
}

}  // namespace

bool ApplyChange(const v1::Change& change, v1::UserState& user) {
  for (const v1::ChangedFact& fact : change.facts()) {
    if (!Apply(fact, *user.mutable_today())) return false;
  }
  return true;
}

}  // namespace myokine::testing
