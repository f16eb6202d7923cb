#include "tests/testing/shipped_pack.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace myokine::testing {
namespace {

void DieOf(const Issues& issues) {
  if (issues.empty()) return;
  for (const Issue& issue : issues.list()) std::cerr << ToString(issue) << '\n';
  std::exit(1);
}

}  // namespace

std::shared_ptr<const Ruleset> CompilePack(const std::filesystem::path& folder) {
  Issues issues;
  auto pack = LoadPack(folder, issues);
  if (!pack.ok()) {
    std::cerr << pack.status() << '\n';
    std::exit(1);
  }
  DieOf(issues);
  std::shared_ptr<const Ruleset> ruleset = Ruleset::Compile(*std::move(pack), issues);
  DieOf(issues);
  return ruleset;
}

std::vector<std::filesystem::path> YamlFiles(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

v1::UserState ReadUser(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  v1::UserState user;
  SourceMap sources;
  Issues issues;
  ReadYaml(text.str(), file.string(), user, sources, issues);
  DieOf(issues);
  return user;
}

}  // namespace myokine::testing
