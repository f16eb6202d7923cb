#include "engine/recommend/coverage.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "engine/recommend/scenario_runner.h"
#include "google/protobuf/util/message_differencer.h"

namespace myokine {
namespace {

using Citations = std::map<std::string, std::vector<std::string>>;  // claim -> entries that cite it

template <typename Entries>
void CollectCitations(const Entries& entries, Citations& citations) {
  for (const auto& entry : entries) {
    for (const std::string& claim : entry.claims()) citations[claim].push_back(entry.id());
  }
}

Citations CitationsOf(const v1::RulePack& pack) {
  Citations citations;
  CollectCitations(pack.rules(), citations);
  CollectCitations(pack.pairings(), citations);
  CollectCitations(pack.exercises(), citations);
  CollectCitations(pack.meals(), citations);
  CollectCitations(pack.myokines(), citations);
  return citations;
}

// True for `claim-3.2.1` and `claim-3.2.1-...` of `A-3.2.1`.
bool IsNamedAfter(const std::string& scenario, const std::string& claim) {
  const std::string name = absl::StrCat("claim-", claim.substr(2));
  return scenario == name || scenario.rfind(name + "-", 0) == 0;
}

bool SameDoses(const std::vector<RankedCandidate>& with, const std::vector<RankedCandidate>& without) {
  std::map<std::string, const v1::Dose*> doses;
  for (const RankedCandidate& candidate : with) doses[candidate.id] = &candidate.dose;
  return std::all_of(without.begin(), without.end(), [&doses](const RankedCandidate& candidate) {
    const auto found = doses.find(candidate.id);
    return found == doses.end() || google::protobuf::util::MessageDifferencer::Equals(*found->second, candidate.dose);
  });
}

std::vector<std::string> OrderOf(const std::vector<RankedCandidate>& ranked) {
  std::vector<std::string> ids;
  for (const RankedCandidate& candidate : ranked) ids.push_back(candidate.id);
  return ids;
}

// What is different without some entries.
std::set<std::string> Differences(const Judgement& with, const Judgement& without) {
  std::set<std::string> found;
  if (with.disposition != without.disposition) found.insert("disposition");
  if (OrderOf(with.exercises) != OrderOf(without.exercises) || OrderOf(with.meals) != OrderOf(without.meals))
    found.insert("ranking");
  if (!SameDoses(with.exercises, without.exercises) || !SameDoses(with.meals, without.meals)) found.insert("dose");
  auto keys = [](const auto& blocked) {
    std::set<std::string> ids;
    for (const auto& [id, rules] : blocked) ids.insert(id);
    return ids;
  };
  if (keys(with.blocked) != keys(without.blocked)) found.insert("block");
  if (with.responses != without.responses) found.insert("response");
  return found;
}

// Why the claim is not covered; empty when it is.
std::string GapOf(const ClaimCoverage& coverage) {
  if (!coverage.claim->not_encoded().empty()) return "";
  if (coverage.cited_by.empty()) return "nothing cites it";
  if (coverage.claim->message()) return "";
  if (coverage.scenarios.empty())
    return absl::StrCat("no scenario is named after it (`claim-", coverage.claim->id().substr(2), "`)");
  return coverage.changed.empty() ? "its scenarios come out the same without what cites it" : "";
}

}  // namespace

int Coverage::uncovered() const {
  return static_cast<int>(
      std::count_if(claims.begin(), claims.end(), [](const ClaimCoverage& claim) { return !claim.gap.empty(); }));
}

Coverage Cover(const Ruleset& ruleset, const std::function<void(double)>& progress) {
  const v1::RulePack& pack = ruleset.pack();
  Coverage coverage;
  coverage.scenarios = pack.scenarios_size();
  std::map<std::string, RuleCoverage> rules;
  std::map<const v1::Scenario*, Judgement> judged;
  std::set<std::string> admissible;
  const double work = std::max(1, 2 * pack.scenarios_size());
  double done = 0;
  for (const v1::Scenario& scenario : pack.scenarios()) {
    progress(done++ / work);
    for (const std::string& rule : scenario.expect().fires()) ++rules[rule].fires;
    for (const std::string& rule : scenario.expect().silent()) ++rules[rule].silent;
    for (const std::string& rule : scenario.expect().unknown()) ++rules[rule].unknown;
    Judgement judgement = JudgeScenario(ruleset, scenario);
    for (const RankedCandidate& candidate : judgement.exercises) admissible.insert(candidate.id);
    for (const RankedCandidate& candidate : judgement.meals) admissible.insert(candidate.id);
    if (scenario.id().rfind("claim-", 0) == 0) judged.emplace(&scenario, std::move(judgement));
  }
  const Citations citations = CitationsOf(pack);
  for (const v1::Claim& claim : pack.claims()) {
    progress(std::min(1.0, done / work));
    ClaimCoverage one;
    one.claim = &claim;
    if (const auto cited = citations.find(claim.id()); cited != citations.end()) one.cited_by = cited->second;
    const Without without(one.cited_by.begin(), one.cited_by.end());
    std::set<std::string> changed;
    for (const auto& [scenario, judgement] : judged) {
      if (!IsNamedAfter(scenario->id(), claim.id())) continue;
      ++done;
      one.scenarios.push_back(scenario->id());
      changed.merge(Differences(judgement, JudgeScenario(ruleset, *scenario, without)));
    }
    std::sort(one.scenarios.begin(), one.scenarios.end());
    one.changed.assign(changed.begin(), changed.end());
    one.gap = GapOf(one);
    coverage.claims.push_back(std::move(one));
  }
  for (const v1::Rule& rule : pack.rules()) {
    RuleCoverage one = rules[rule.id()];
    one.rule = &rule;
    coverage.rules.push_back(one);
  }
  for (const Candidate& candidate : ruleset.candidates()) {
    if (!admissible.contains(candidate.id())) coverage.never_admissible.push_back(candidate.id());
  }
  progress(1);
  return coverage;
}

}  // namespace myokine
