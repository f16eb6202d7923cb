// How long the engine takes: to load the shipped pack, to answer sample people, for each stage of an answer, for one
// expression. Takes Google Benchmark's flags. MYOKINE_RULES_DIR and MYOKINE_EXAMPLES_DIR are the folders of the pack
// and of the people.
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmark/benchmark.h"
#include "engine/expr/expression.h"
#include "engine/pack/loaded_pack.h"
#include "engine/recommend/answer_encoder.h"
#include "engine/recommend/intake.h"
#include "engine/recommend/ranked_answer.h"
#include "engine/recommend/recommend.h"
#include "engine/recommend/response_estimator.h"
#include "engine/recommend/rule_run.h"
#include "engine/recommend/user_frame.h"
#include "engine/ruleset/ruleset.h"
#include "tests/bench/sample_people.h"
#include "tests/reference/tree_evaluator.h"
#include "tests/support/person_facts.h"

namespace myokine::bench {
namespace {

// The people measured: nothing known, little known, much known, medicines, an athlete, nothing ranked.
constexpr const char* kPeople[] = {"nobody",         "age_and_ten_minutes", "older_adult", "diabetes_sulfonylurea",
                                   "trained_runner", "stroke_signs"};

// One comparison and one look into a list, as most conditions are made of, and both.
constexpr std::pair<const char*, const char*> kExpressions[] = {
    {"comparison", "user.profile.age_years >= 65"},
    {"membership", "\"hypertension\" in user.health.conditions"},
    {"condition", "user.profile.age_years >= 65 && \"hypertension\" in user.health.conditions"}};

// Somebody for whom both sides of the condition are looked at.
v1::RecommendRequest PersonOfExpressions() {
  v1::RecommendRequest request;
  v1::UserState& user = *request.mutable_user();
  user.mutable_profile()->set_age_years(70);
  for (const char* condition : {"type_2_diabetes", "asthma", "hypertension"})
    user.mutable_health()->mutable_conditions()->add_items(condition);
  user.mutable_health()->mutable_conditions()->set_complete(true);
  return request;
}

absl::StatusOr<std::shared_ptr<const Ruleset>> LoadRuleset() {
  Issues issues;
  absl::StatusOr<std::unique_ptr<LoadedPack>> pack = LoadPack(MYOKINE_RULES_DIR, issues);
  if (!pack.ok()) return pack.status();
  std::shared_ptr<const Ruleset> ruleset;
  if (issues.empty()) ruleset = Ruleset::Compile(*std::move(pack), issues);
  if (ruleset == nullptr) return absl::FailedPreconditionError(ToString(issues.list().front()));
  return ruleset;
}

void BenchReadPack(benchmark::State& state) {
  for (auto _ : state) {
    Issues issues;
    auto pack = LoadPack(MYOKINE_RULES_DIR, issues);
    benchmark::DoNotOptimize(pack);
  }
}

void BenchLoadPack(benchmark::State& state) {
  for (auto _ : state) {
    auto ruleset = LoadRuleset();
    benchmark::DoNotOptimize(ruleset);
  }
}

void BenchRecommend(benchmark::State& state, const Ruleset& ruleset, const v1::RecommendRequest& request) {
  WireWriter answer;
  for (auto _ : state) {
    answer.Clear();
    EncodeRecommendation(ruleset, request, SampleMoment(), answer);
    benchmark::DoNotOptimize(answer.bytes().data());
  }
  state.counters["answer_bytes"] = static_cast<double>(answer.bytes().size());
}

void BenchTakeIn(benchmark::State& state, const Ruleset& ruleset, const v1::RecommendRequest& request) {
  for (auto _ : state) {
    Intake intake = TakeIn(request.user(), ruleset, SampleMoment());
    benchmark::DoNotOptimize(intake);
  }
}

void BenchUserFrame(benchmark::State& state, const Ruleset& ruleset, const v1::RecommendRequest& request) {
  const Intake intake = TakeIn(request.user(), ruleset, SampleMoment());
  Arena arena;
  std::vector<Value> user;
  for (auto _ : state) {
    arena.Reset();
    FillUserFrame(ruleset, intake, arena, user);
    benchmark::DoNotOptimize(user.data());
  }
}

// A person from the frame of facts on.
struct Person {
  Person(const Ruleset& ruleset, const v1::RecommendRequest& request)
      : intake(TakeIn(request.user(), ruleset, SampleMoment())),
        weights(WeightsOf(request.options(), intake.user)),
        user(FillUserFrame(ruleset, intake, facts)) {
    activation.arena = &arena;
    activation.frames[static_cast<size_t>(Frame::kUser)] = user;
    Run(ruleset);
    RankAnswer(ruleset, request.options(), intake, user, outcome, arena, answer);
  }
  void Run(const Ruleset& ruleset) {
    arena.Reset();
    RunRules(ruleset, user, weights, arena, outcome);
  }

  Intake intake;
  Weights weights;
  Arena facts, arena;
  std::vector<Value> user;
  Activation activation;
  RuleOutcome outcome;
  RankedAnswer answer;
};

void BenchRunRules(benchmark::State& state, const Ruleset& ruleset, const v1::RecommendRequest& request) {
  Person person(ruleset, request);
  for (auto _ : state) {
    person.Run(ruleset);
    benchmark::DoNotOptimize(person.outcome);
  }
}

void BenchRank(benchmark::State& state, const Ruleset& ruleset, const v1::RecommendRequest& request) {
  Person person(ruleset, request);
  for (auto _ : state) {
    RankAnswer(ruleset, request.options(), person.intake, person.user, person.outcome, person.arena, person.answer);
    benchmark::DoNotOptimize(person.answer);
  }
}

void BenchEncode(benchmark::State& state, const Ruleset& ruleset, const v1::RecommendRequest& request) {
  Person person(ruleset, request);
  AnswerEncoder encoder;
  WireWriter out;
  for (auto _ : state) {
    out.Clear();
    encoder.Encode(ruleset, request.options(), person.intake, person.activation, person.outcome, person.answer, out);
    benchmark::DoNotOptimize(out.bytes().data());
  }
}

// What one bout of an hour does to every myokine, without time courses: peak with its interval, when, how long.
void BenchEstimateBout(benchmark::State& state, const Ruleset& ruleset, const v1::RecommendRequest& request) {
  PersonFacts facts(ruleset, request.user(), SampleMoment());
  const ResponseEstimator estimator(ruleset, facts.activation());
  Bout bout = {60, 70, 1, 0.35, 0, 1};
  for (auto _ : state) {
    benchmark::DoNotOptimize(bout);
    for (const ResponseModels::Pair& pair : ruleset.responses().For("aerobic")) {
      if (pair.acute == nullptr) continue;
      benchmark::DoNotOptimize(estimator.Peak(*pair.acute, bout));
      benchmark::DoNotOptimize(pair.acute->PeakMinutes(bout));
      benchmark::DoNotOptimize(pair.acute->ReturnMinutes(bout));
    }
  }
}

// With `tree`, by the tree-walking twin.
void BenchExpression(benchmark::State& state, const Ruleset& ruleset, const v1::RecommendRequest& request,
                     const char* text, bool tree) {
  std::vector<ExprMistake> mistakes;
  const std::unique_ptr<const Expression> expression =
      Expression::Compile(text, ruleset.fact_scope(), {Type::Of(TypeKind::kBool)}, mistakes);
  if (expression == nullptr) {
    state.SkipWithError("the pack's vocabularies no longer fit the expression");
    return;
  }
  PersonFacts facts(ruleset, request.user(), SampleMoment());
  const Activation activation = facts.activation();
  if (!IsKnown(expression->Evaluate(activation))) {
    state.SkipWithError("the sample person does not state what the expression reads");
    return;
  }
  for (auto _ : state) {
    Value value = tree ? reference::Evaluate(expression->root(), activation) : expression->Evaluate(activation);
    benchmark::DoNotOptimize(value);
  }
}

// The usual table, in colour only on a terminal, and what the last line says.
class Reporter : public benchmark::ConsoleReporter {
 public:
  Reporter() : ConsoleReporter(isatty(STDOUT_FILENO) != 0 ? OO_ColorTabular : OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      failed_ = failed_ || run.error_occurred;
      if (run.error_occurred || run.run_type != Run::RT_Iteration || run.iterations == 0) continue;
      const double seconds = run.cpu_accumulated_time / static_cast<double>(run.iterations);
      const auto [found, fresh] = seconds_.try_emplace(run.run_name.function_name, seconds);
      if (!fresh) found->second = std::min(found->second, seconds);  // repetitions: the fastest
    }
  }

  // `engine: pack loads in 210 ms; Recommend takes 310 us (nobody) to 820 us (trained_runner) of CPU`; only what was
  // measured. Time of the processor, not of the clock: one thread does it all, and a busy machine then makes less of a
  // difference.
  std::string Summary() const {
    std::string text;
    if (const auto load = seconds_.find("load_pack"); load != seconds_.end())
      text = absl::StrFormat("pack loads in %.0f ms", load->second * 1e3);
    std::pair<std::string, double> least{"", std::numeric_limits<double>::infinity()}, most{"", 0};
    const std::string prefix = "recommend/";
    for (const auto& [name, seconds] : seconds_) {
      if (name.rfind(prefix, 0) != 0) continue;
      if (seconds < least.second) least = {name.substr(prefix.size()), seconds};
      if (seconds > most.second) most = {name.substr(prefix.size()), seconds};
    }
    if (!most.first.empty()) {
      absl::StrAppendFormat(&text, "%sRecommend takes %.0f us (%s) to %.0f us (%s) of CPU", text.empty() ? "" : "; ",
                            least.second * 1e6, least.first, most.second * 1e6, most.first);
    }
    if (const auto bout = seconds_.find("estimate_bout"); bout != seconds_.end())
      absl::StrAppendFormat(&text, "%sa bout is estimated in %.2f us", text.empty() ? "" : "; ", bout->second * 1e6);
    const auto fast = seconds_.find("expression/condition"), slow = seconds_.find("expression_by_tree/condition");
    if (fast != seconds_.end() && slow != seconds_.end()) {
      absl::StrAppendFormat(&text, "%sa condition of two parts takes %.0f ns, its tree-walking twin %.1f times as long",
                            text.empty() ? "" : "; ", fast->second * 1e9, slow->second / fast->second);
    }
    return text.empty() ? "engine: nothing to sum up" : "engine: " + text;
  }

  bool failed() const { return failed_; }

 private:
  std::map<std::string, double> seconds_;
  bool failed_ = false;
};

int Fail(const std::string& why) {
  std::cerr << "engine_bench: " << why << '\n';
  return 1;
}

int Main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const absl::StatusOr<std::shared_ptr<const Ruleset>> loaded = LoadRuleset();
  if (!loaded.ok()) return Fail(std::string(loaded.status().message()));
  const Ruleset& ruleset = **loaded;
  const absl::StatusOr<std::vector<SamplePerson>> people = ReadSamplePeople(MYOKINE_EXAMPLES_DIR);
  if (!people.ok()) return Fail(std::string(people.status().message()));

  std::map<std::string, const v1::RecommendRequest*> requests;
  for (const SamplePerson& person : *people) requests[person.name] = &person.request;
  for (const char* name : kPeople) {
    if (requests.count(name) == 0)
      return Fail(absl::StrFormat("no sample person `%s` in %s", name, MYOKINE_EXAMPLES_DIR));
    const Recommendation recommendation = Recommend(ruleset, *requests[name], SampleMoment());
    if (recommendation.violations.empty()) continue;
    return Fail(absl::StrFormat("`%s` is refused: %s %s", name, recommendation.violations[0].field,
                                recommendation.violations[0].description));
  }

  benchmark::RegisterBenchmark("read_pack", BenchReadPack)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("load_pack", BenchLoadPack)->Unit(benchmark::kMillisecond);
  const std::pair<const char*, void (*)(benchmark::State&, const Ruleset&, const v1::RecommendRequest&)> stages[] = {
      {"recommend", BenchRecommend}, {"take_in", BenchTakeIn}, {"user_frame", BenchUserFrame},
      {"run_rules", BenchRunRules},  {"rank", BenchRank},      {"encode", BenchEncode}};
  for (const auto& [stage, measure] : stages) {
    for (const char* name : kPeople) {
      benchmark::RegisterBenchmark(absl::StrFormat("%s/%s", stage, name).c_str(), measure, std::cref(ruleset),
                                   std::cref(*requests[name]))
          ->Unit(benchmark::kMicrosecond);
    }
  }
  benchmark::RegisterBenchmark("estimate_bout", BenchEstimateBout, std::cref(ruleset),
                               std::cref(*requests["trained_runner"]));
  const v1::RecommendRequest known = PersonOfExpressions();
  for (const auto& [name, text] : kExpressions) {
    benchmark::RegisterBenchmark(absl::StrCat("expression/", name).c_str(), BenchExpression, std::cref(ruleset),
                                 std::cref(known), text, false);
    benchmark::RegisterBenchmark(absl::StrCat("expression_by_tree/", name).c_str(), BenchExpression, std::cref(ruleset),
                                 std::cref(known), text, true);
  }

  Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  std::cout << reporter.Summary() << std::endl;
  return reporter.failed() ? 1 : 0;
}

}  // namespace
}  // namespace myokine::bench

int main(int argc, char** argv) { return myokine::bench::Main(argc, argv); }
