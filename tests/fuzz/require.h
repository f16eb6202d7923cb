// What must hold for every input of a fuzz target.
#ifndef MYOKINE_TESTS_FUZZ_REQUIRE_H_
#define MYOKINE_TESTS_FUZZ_REQUIRE_H_

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace myokine::fuzz {

// Ends the process with a word on what does not hold; libFuzzer then keeps the input.
inline void Require(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "fuzz: does not hold: " << what << std::endl;
  std::abort();
}

}  // namespace myokine::fuzz

#endif  // MYOKINE_TESTS_FUZZ_REQUIRE_H_
