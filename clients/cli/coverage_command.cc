#include "clients/cli/coverage_command.h"

#include <algorithm>
#include <memory>
#include <ostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace myokine::cli {
namespace {

// Most entries that a row of the table names.
constexpr size_t kMostNamed = 6;

std::string Named(const std::vector<std::string>& ids) {
  const size_t shown = std::min(ids.size(), kMostNamed);
  std::string text = absl::StrJoin(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(shown), ", ");
  if (ids.size() > shown) absl::StrAppend(&text, " and ", ids.size() - shown, " more");
  return text;
}

std::string RowOf(const ClaimCoverage& claim) {
  std::string covered = absl::StrJoin(claim.changed, ", ");
  if (claim.claim->message()) covered = "a message";
  if (!claim.claim->not_encoded().empty()) covered = absl::StrCat("not encoded: ", claim.claim->not_encoded());
  if (!claim.gap.empty()) covered = absl::StrCat("**gap**: ", claim.gap);
  return absl::StrCat("| ", claim.claim->id(), " | ", Named(claim.cited_by), " | ", claim.scenarios.size(), " | ",
                      covered, " |\n");
}

void AppendList(std::string& text, const std::string& what, const std::vector<std::string>& ids) {
  absl::StrAppend(&text, "- ", what, ": ", ids.size());
  if (!ids.empty()) absl::StrAppend(&text, " (", absl::StrJoin(ids, ", "), ")");
  absl::StrAppend(&text, "\n");
}

}  // namespace

std::string CoverageText(const Coverage& coverage) {
  std::string text =
      "# Coverage\n\n"
      "What `myokine rules coverage` says of the shipped pack. A claim of the article is covered when a scenario "
      "named\n"
      "after it comes out differently without the entries that cite it; a message only has to be cited.\n\n"
      "| claim | cited by | scenarios | what its removal changes |\n"
      "|---|---|---|---|\n";
  for (const ClaimCoverage& claim : coverage.claims) text += RowOf(claim);
  std::vector<std::string> never_fires, never_silent, never_unknown;
  for (const RuleCoverage& rule : coverage.rules) {
    if (rule.fires == 0) never_fires.push_back(rule.rule->id());
    if (rule.unknown == 0 && !rule.rule->when().empty()) never_unknown.push_back(rule.rule->id());
    if (rule.silent == 0 && !rule.rule->when().empty()) never_silent.push_back(rule.rule->id());
  }
  absl::StrAppend(&text, "\n- rules: ", coverage.rules.size(), "; scenarios: ", coverage.scenarios, "\n");
  AppendList(text, "rules that no scenario expects to apply", never_fires);
  AppendList(text, "rules with a condition that no scenario expects to be silent", never_silent);
  AppendList(text, "rules with a condition that no scenario expects to lack facts", never_unknown);
  AppendList(text, "exercises and meals that no scenario admits", coverage.never_admissible);
  absl::StrAppend(&text, "- texts missing in a language: 0 (a pack that lacks one does not load)\n");
  const auto not_encoded =
      std::count_if(coverage.claims.begin(), coverage.claims.end(),
                    [](const ClaimCoverage& claim) { return !claim.claim->not_encoded().empty(); });
  absl::StrAppend(&text, "- claims that are not encoded: ", not_encoded, " of at most ", kMostNotEncoded, "\n\n",
                  "claims: ", coverage.claims.size(), ", uncovered: ", coverage.uncovered(), "\n");
  return text;
}

ExitCode RunRulesCoverage(const RulesArguments& arguments, const Console& console) {
  ExitCode exit = ExitCode::kOk;
  const std::shared_ptr<const Ruleset> ruleset = CompilePack(arguments, console, exit);
  if (ruleset == nullptr) return exit;
  int shown = -1;
  const Coverage coverage = Cover(*ruleset, [&](double done) {
    const int percent = static_cast<int>(done * 100);
    if (!console.err_is_terminal || percent == shown) return;
    shown = percent;
    console.err << "\rcoverage: " << percent << " %" << (percent == 100 ? "\n" : "") << std::flush;
  });
  console.out << CoverageText(coverage);
  console.out.flush();
  const auto not_encoded =
      std::count_if(coverage.claims.begin(), coverage.claims.end(),
                    [](const ClaimCoverage& claim) { return !claim.claim->not_encoded().empty(); });
  return coverage.uncovered() == 0 && not_encoded <= kMostNotEncoded ? ExitCode::kOk : ExitCode::kIssues;
}

}  // namespace myokine::cli
