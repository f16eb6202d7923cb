#include "clients/cli/rules_command.h"

#include <memory>
#include <ostream>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/issue_printer.h"
#include "engine/pack/loaded_pack.h"
#include "engine/recommend/scenario_runner.h"

namespace myokine::cli {
namespace {

std::string IssueCount(size_t count) { return absl::StrCat(count, count == 1 ? " issue" : " issues"); }

bool Matches(const v1::Scenario& scenario, const std::string& filter) {
  return scenario.id().find(filter) != std::string::npos || scenario.about().find(filter) != std::string::npos;
}

}  // namespace

std::shared_ptr<const Ruleset> CompilePack(const RulesArguments& arguments, const Console& console, ExitCode& exit) {
  Issues issues;
  absl::StatusOr<std::unique_ptr<LoadedPack>> pack = LoadPack(arguments.pack, issues);
  if (!pack.ok()) {
    console.err << "myokine: " << pack.status().message() << '\n';
    exit = ExitCode::kUsage;
    return nullptr;
  }
  std::shared_ptr<const Ruleset> ruleset = Ruleset::Compile(*std::move(pack), issues);
  if (ruleset != nullptr && issues.empty()) return ruleset;
  issues.Sort();
  PrintIssues(issues.list(), console.OutPalette(arguments.colour), console.out);
  console.out << IssueCount(issues.size()) << std::endl;
  exit = ExitCode::kIssues;
  return nullptr;
}

ExitCode RunRulesCheck(const RulesArguments& arguments, const Console& console) {
  ExitCode exit = ExitCode::kOk;
  const std::shared_ptr<const Ruleset> ruleset = CompilePack(arguments, console, exit);
  if (ruleset == nullptr) return exit;
  const v1::RulePack& pack = ruleset->pack();
  console.out << pack.rules_size() << " rules, " << pack.exercises_size() << " exercises, " << pack.meals_size()
              << " meals: no issues" << std::endl;
  return ExitCode::kOk;
}

ExitCode RunRulesTest(const RulesArguments& arguments, const Console& console) {
  ExitCode exit = ExitCode::kOk;
  const std::shared_ptr<const Ruleset> ruleset = CompilePack(arguments, console, exit);
  if (ruleset == nullptr) return exit;
  const Palette palette = console.OutPalette(arguments.colour);
  int passed = 0;
  int failed = 0;
  for (const v1::Scenario& scenario : ruleset->pack().scenarios()) {
    if (!Matches(scenario, arguments.filter)) continue;
    const std::vector<Issue> failures = RunScenario(*ruleset, scenario);
    PrintIssues(failures, palette, console.out);
    ++(failures.empty() ? passed : failed);
  }
  if (passed + failed == 0 && !arguments.filter.empty()) {
    console.err << "myokine: no scenario has `" << arguments.filter << "` in its id or `about`\n";
    return ExitCode::kUsage;
  }
  const std::string summary = absl::StrCat(passed, " passed, ", failed, " failed");
  console.out << palette.Paint(failed == 0 ? Tone::kGood : Tone::kBad, summary) << std::endl;
  return failed == 0 ? ExitCode::kOk : ExitCode::kIssues;
}

}  // namespace myokine::cli
