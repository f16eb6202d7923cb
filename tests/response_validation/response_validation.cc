// Holds the myokine response models of a pack against published values. Usage:
//   response_validation [PACK] [TABLE]   prints each value beside what the model says of the same bout, how many lie
//                                        inside its 80 % interval and how wide that is; the last line sums it up
//   response_validation --curves [PACK]  prints peaks over minutes, tab-separated, for drawing
//   response_validation --markdown ...   prints the table for docs/response-model.md
// Exits with 1 when a value can't be held against a model, 2 on wrong use.
#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/pack/loaded_pack.h"
#include "engine/recommend/response_estimator.h"
#include "engine/ruleset/ruleset.h"
#include "tests/support/person_facts.h"
#include "yaml-cpp/yaml.h"

namespace myokine {
namespace {

constexpr double kHeight = 170;  // cm; of people of whom only the BMI is told
constexpr char kIl6[] = "il6_exercise";

// A published value.
struct Case {
  std::string id, row, study, status, myokine, modality, misfit, half;
  bool chronic = false;
  double published = 0;
  Bout bout;
  double sessions = 0, weeks = 0;
  v1::UserState person;
};

// What the model says of it.
struct Verdict {
  const Case* about = nullptr;
  std::optional<Estimate> model;  // fold, or percent for a habit; nothing when the myokine has no numbers
  bool inside() const { return model && about->published >= model->low && about->published <= model->high; }
  // Factor by which the interval reaches either way.
  double width() const {
    if (about->chronic) return std::sqrt((100 + model->high) / std::max(1.0, 100 + model->low));
    return std::sqrt(model->high / model->low);
  }
};

v1::UserState PersonOf(const YAML::Node& node) {
  v1::UserState user;
  if (node["age"]) user.mutable_profile()->set_age_years(node["age"].as<int>());
  if (node["regularly_active"]) user.mutable_profile()->set_regularly_active(node["regularly_active"].as<bool>());
  if (node["bmi"]) {
    user.mutable_profile()->set_height_cm(kHeight);
    user.mutable_measurements()->mutable_weight()->set_value(node["bmi"].as<double>() * kHeight * kHeight / 1e4);
    user.mutable_measurements()->mutable_weight()->set_unit("kg");
  }
  return user;
}

Case CaseOf(const YAML::Node& node) {
  const auto text = [&](const char* key) { return node[key] ? node[key].as<std::string>() : ""; };
  Case one;
  one.id = text("id"), one.row = text("row"), one.study = text("study"), one.status = text("status");
  one.myokine = text("myokine"), one.misfit = text("misfit"), one.half = text("half");
  one.chronic = text("measure") == "chronic_percent";
  one.published = node["published"].as<double>();
  if (one.chronic) {
    one.modality = node["habit"]["modality"].as<std::string>();
    one.sessions = node["habit"]["sessions_per_week"].as<double>();
    one.weeks = node["habit"]["weeks"].as<double>();
  } else {
    const YAML::Node bout = node["bout"];
    one.modality = bout["modality"].as<std::string>();
    one.bout = {bout["minutes"].as<double>(),      bout["percent_vo2max"].as<double>(),
                bout["muscle_mass"].as<double>(),  bout["eccentric_share"].as<double>(),
                bout["carbohydrate"].as<double>(), bout["work_share"].as<double>()};
  }
  one.person = PersonOf(node["person"]);
  return one;
}

std::shared_ptr<const Ruleset> Load(const std::string& folder) {
  Issues issues;
  auto pack = LoadPack(folder, issues);
  std::shared_ptr<const Ruleset> ruleset;
  if (pack.ok() && issues.empty()) ruleset = Ruleset::Compile(*std::move(pack), issues);
  if (ruleset == nullptr) std::cerr << "response_validation: the pack " << folder << " does not load\n";
  return ruleset;
}

Verdict Judge(const Ruleset& ruleset, const Case& one) {
  Verdict verdict;
  verdict.about = &one;
  const auto& myokines = ruleset.pack().myokines();
  const auto found =
      std::find_if(myokines.begin(), myokines.end(), [&](const auto& model) { return model.id() == one.myokine; });
  if (found == myokines.end()) throw YAML::Exception(YAML::Mark::null_mark(), one.id + ": no myokine " + one.myokine);
  const ResponseModels::Pair& models =
      ruleset.responses().For(one.modality)[static_cast<size_t>(found - myokines.begin())];
  if (one.chronic) {
    if (models.chronic != nullptr) verdict.model = models.chronic->Change(one.sessions, one.weeks);
    return verdict;
  }
  PersonFacts facts(ruleset, one.person, absl::UnixEpoch());
  if (models.acute != nullptr)
    verdict.model = ResponseEstimator(ruleset, facts.activation()).Peak(*models.acute, one.bout);
  return verdict;
}

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// Value and rest: what a change is measured from.
double RestOf(const Case& one) { return one.chronic ? 0 : 1; }

// How many cases of the other half lie inside when the size of each myokine's change is set by those of this half
// alone.
std::pair<int, int> InsideWithout(const std::vector<Verdict>& verdicts, const std::string& other) {
  std::map<std::pair<std::string, bool>, std::vector<double>> ratios;
  for (const Verdict& v : verdicts) {
    if (v.about->half == other) continue;
    const double rest = RestOf(*v.about), model = v.model->expected - rest, published = v.about->published - rest;
    if (std::abs(model) > 0.02 && published / model > 0)
      ratios[{v.about->myokine, v.about->chronic}].push_back(published / model);
  }
  int inside = 0, count = 0;
  for (const Verdict& v : verdicts) {
    if (v.about->half != other) continue;
    const auto found = ratios.find({v.about->myokine, v.about->chronic});
    const double scale = found == ratios.end() ? 1 : Median(found->second), rest = RestOf(*v.about);
    const double low = rest + scale * (v.model->low - rest), high = rest + scale * (v.model->high - rest);
    ++count;
    inside += v.about->published >= low && v.about->published <= high;
  }
  return {inside, count};
}

std::string Shown(const Case& one, double value) {
  return one.chronic ? absl::StrFormat("%+.0f %%", value) : absl::StrFormat("%.2f", value);
}

void PrintRow(const Verdict& v, bool markdown) {
  const Case& one = *v.about;
  const std::string interval = v.model ? absl::StrFormat("%s (%s to %s)", Shown(one, v.model->expected),
                                                         Shown(one, v.model->low), Shown(one, v.model->high))
                                       : "no number";
  const std::string verdict = !v.model ? "-" : v.inside() ? "hit" : one.misfit.empty() ? "miss" : "miss (known misfit)";
  if (markdown) {
    std::cout << absl::StrFormat("| %s | %s | %s | %s | %s | %s |\n", one.myokine, one.id, one.study,
                                 Shown(one, one.published), interval, verdict);
  } else {
    std::cout << absl::StrFormat("%-13s %-42s %-22s %9s  %-28s %s\n", one.myokine, one.id, one.study,
                                 Shown(one, one.published), interval, verdict);
  }
}

int Validate(const std::string& pack, const std::string& table, bool markdown) {
  const auto ruleset = Load(pack);
  if (ruleset == nullptr) return 1;
  std::vector<Case> cases;
  for (const YAML::Node& node : YAML::LoadFile(table)["cases"]) cases.push_back(CaseOf(node));
  std::vector<Verdict> published, own, none;
  for (const Case& one : cases) {
    const Verdict verdict = Judge(*ruleset, one);
    (!verdict.model ? none : one.status == "MODEL" ? own : published).push_back(verdict);
  }
  const auto print = [&](const char* title, const std::vector<Verdict>& verdicts) {
    std::cout << (markdown ? "\n### " : "\n") << title << '\n';
    if (markdown) std::cout << "\n| myokine | value | study | published | model, 80 % | |\n|---|---|---|---|---|---|\n";
    for (const Verdict& v : verdicts) PrintRow(v, markdown);
  };
  const auto inside = [](const std::vector<Verdict>& verdicts) {
    return static_cast<int>(
        std::count_if(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return v.inside(); }));
  };
  print("Published values", published);
  print("This project's own expectations (not trials; not counted)", own);
  if (!none.empty()) print("Values of myokines for which the model gives no number", none);
  std::map<std::string, std::vector<double>> widths;
  for (const Verdict& v : published) widths[v.about->myokine].push_back(v.width());
  double others = 0;
  std::cout << (markdown ? "\n### Widths\n\n"
                         : "\nWidths, the factor that the 80 % interval reaches either way, median:\n");
  for (const auto& [myokine, values] : widths) {
    std::cout << absl::StrFormat("%s%s %.2f\n", markdown ? "- " : "  ", myokine, Median(values));
    if (myokine != kIl6) others = std::max(others, Median(values));
  }
  const auto [a_inside, a_count] = InsideWithout(published, "a");
  const auto [b_inside, b_count] = InsideWithout(published, "b");
  std::cout << (markdown ? "\n" : "")
            << absl::StrFormat("own expectations inside: %d of %d\n", inside(own), own.size());
  std::cout << absl::StrFormat(
      "split by study: sizes set by half a, inside on b: %d of %d; set by b, inside on a: %d of %d\n", b_inside,
      b_count, a_inside, a_count);
  std::cout << absl::StrFormat("inside: %d of %d; width: IL-6 %.2f, others %.2f\n", inside(published), published.size(),
                               Median(widths[kIl6]), others);
  return 0;
}

int PrintCurves(const std::string& pack) {
  const auto ruleset = Load(pack);
  if (ruleset == nullptr) return 1;
  PersonFacts facts(*ruleset, v1::UserState(), absl::UnixEpoch());
  const ResponseEstimator estimator(*ruleset, facts.activation());
  struct Line {
    const char* name;
    const char* modality;
    Bout bout;
  };
  const Line lines[] = {{"aerobic 50", "aerobic", {0, 50, 1, 0.2}},
                        {"aerobic 70", "aerobic", {0, 70, 1, 0.2}},
                        {"aerobic 85", "aerobic", {0, 85, 1, 0.2}},
                        {"resistance", "resistance", {0, 66, 0.9, 0.4}}};
  std::cout << "myokine\tline\tminutes\texpected\tlow\thigh\n";
  for (const Line& line : lines) {
    const auto models = ruleset->responses().For(line.modality);
    for (size_t i = 0; i < models.size(); ++i) {
      if (models[i].acute == nullptr) continue;
      for (int minutes = 0; minutes <= 180; minutes += 5) {
        Bout bout = line.bout;
        bout.minutes = minutes;
        const Estimate peak = estimator.Peak(*models[i].acute, bout);
        std::cout << absl::StrFormat("%s\t%s\t%d\t%.4f\t%.4f\t%.4f\n",
                                     ruleset->pack().myokines(static_cast<int>(i)).id(), line.name, minutes,
                                     peak.expected, peak.low, peak.high);
      }
    }
  }
  return 0;
}

int Main(int argc, char** argv) {
  std::vector<std::string> paths;
  bool curves = false, markdown = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--curves") {
      curves = true;
    } else if (argument == "--markdown") {
      markdown = true;
    } else if (argument.empty() || argument[0] == '-' || paths.size() == 2) {
      std::cerr << "usage: response_validation [--markdown] [PACK] [TABLE] | --curves [PACK]\n";
      return 2;
    } else {
      paths.push_back(argument);
    }
  }
  const std::string pack = paths.empty() ? MYOKINE_RULES_DIR : paths[0];
  if (curves) return PrintCurves(pack);
  try {
    return Validate(pack, paths.size() > 1 ? paths[1] : MYOKINE_PUBLISHED_VALUES, markdown);
  } catch (const YAML::Exception& mistake) {
    std::cerr << "response_validation: " << mistake.what() << '\n';
    return 1;
  }
}

}  // namespace
}  // namespace myokine

int main(int argc, char** argv) { return myokine::Main(argc, argv); }
