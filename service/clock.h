// The time, as the service is told it.
#ifndef MYOKINE_SERVICE_CLOCK_H_
#define MYOKINE_SERVICE_CLOCK_H_

#include "absl/time/time.h"

namespace myokine {

// Tells the time; `absl::Now` outside of tests.
using Clock = absl::Time (*)();

}  // namespace myokine

#endif  // MYOKINE_SERVICE_CLOCK_H_
