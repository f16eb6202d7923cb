// The shipped pack and the sample people, for tests.
#ifndef MYOKINE_TESTS_TESTING_SHIPPED_PACK_H_
#define MYOKINE_TESTS_TESTING_SHIPPED_PACK_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/ruleset/ruleset.h"
#include "myokine/v1/user_state.pb.h"

namespace myokine::testing {

// Loads and compiles the pack in `folder`; ends the program, with the issues, when it has any.
std::shared_ptr<const Ruleset> CompilePack(const std::filesystem::path& folder);

// The YAML files of `folder`, sorted.
std::vector<std::filesystem::path> YamlFiles(const std::filesystem::path& folder);

// Reads a user state; ends the program when it has issues.
v1::UserState ReadUser(const std::filesystem::path& file);

}  // namespace myokine::testing

#endif  // MYOKINE_TESTS_TESTING_SHIPPED_PACK_H_
