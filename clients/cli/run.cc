#include "clients/cli/run.h"

#include <map>
#include <ostream>
#include <string>

#include "CLI/CLI.hpp"
#include "clients/cli/coverage_command.h"
#include "clients/cli/estimate_command.h"
#include "clients/cli/eval_command.h"
#include "clients/cli/explain_command.h"
#include "clients/cli/pack_folder.h"
#include "clients/cli/recommend_command.h"
#include "clients/cli/rules_command.h"

#ifndef MYOKINE_VERSION
#define MYOKINE_VERSION "development"
#endif

namespace myokine::cli {
namespace {

// Most suggestions of a kind, as RecommendOptions has it.
constexpr int kMaxSuggestions = 50;

const std::map<std::string, Locale> kLocales = {{"en", Locale::kEnglish}, {"ja", Locale::kJapanese}};
const std::map<std::string, AskArguments::Output> kOutputs = {{"table", AskArguments::Output::kTable},
                                                              {"json", AskArguments::Output::kJson}};
const std::map<std::string, ColourMode> kColourModes = {
    {"auto", ColourMode::kAuto}, {"always", ColourMode::kAlways}, {"never", ColourMode::kNever}};

// Adds an option whose values are names; help shows the names, not the numbers behind them.
template <typename T>
CLI::Option* AddChoice(CLI::App& app, const std::string& flag, T& value, const std::map<std::string, T>& names,
                       const std::string& about) {
  std::string choices;
  for (const auto& [name, unused] : names) choices += (choices.empty() ? "" : "|") + name;
  return app
      .add_option_function<std::string>(
          flag, [&value, &names](const std::string& name) { value = names.at(name); }, about)
      ->check(CLI::IsMember(&names).description(""))
      ->option_text(choices);
}

void AddCommon(CLI::App& app, const std::string& name) {
  app.set_version_flag("--version", name + " " MYOKINE_VERSION);
  app.footer(kExitCodesHelp);
}

// The flags of every command that asks a server.
void AddAsk(CLI::App& command, AskArguments& arguments, bool needs_user) {
  CLI::Option* user = command
                          .add_option("--user", arguments.user,
                                      needs_user ? "The person: a YAML or JSON file with a UserState; `-` reads "
                                                   "standard input"
                                                 : "The person: a YAML or JSON file with a UserState; `-` reads "
                                                   "standard input (default: nothing is known)")
                          ->option_text("FILE");
  if (needs_user) user->required();
  command
      .add_option("--at", arguments.at,
                  "The moment to answer for, RFC 3339 (default: the file's, else the server's now)")
      ->option_text("TIME");
  command.add_option("--address", arguments.address, "The server (default: " + arguments.address + ")")
      ->option_text("HOST:PORT");
  AddChoice(command, "--locale", arguments.locale, kLocales, "Language (default: en)");
  AddChoice(command, "--output", arguments.output, kOutputs, "Form of the answer (default: table)");
  AddChoice(command, "--color", arguments.colour, kColourModes,
            "Colours (default: auto, which means on a terminal unless NO_COLOR is set)");
}

void AddRecommend(CLI::App& app, RecommendArguments& arguments, bool& chosen) {
  CLI::App* command =
      app.add_subcommand("recommend", "Suggests exercises and meals for a person, as a running server answers");
  AddCommon(*command, "myokine");
  command->callback([&chosen] { chosen = true; });
  AddAsk(*command, arguments, /*needs_user=*/true);
  command->add_option("--exercises", arguments.exercises, "Most exercises, 0 to 50 (default: the server's, 5)")
      ->check(CLI::Range(0, kMaxSuggestions).description(""))
      ->option_text("N");
  command->add_option("--meals", arguments.meals, "Most meals, 0 to 50 (default: the server's, 5)")
      ->check(CLI::Range(0, kMaxSuggestions).description(""))
      ->option_text("N");
}

void AddEstimate(CLI::App& app, EstimateArguments& arguments, bool& chosen) {
  CLI::App* command = app.add_subcommand(
      "estimate", "Draws the myokine response to expect of a bout or a habit, as a running server answers");
  AddCommon(*command, "myokine");
  command->callback([&chosen] { chosen = true; });
  command
      ->add_option("--exercise", arguments.exercises,
                   "An exercise of the catalogue; several make a bout on each of as many days")
      ->option_text("ID");
  command->add_option("--modality", arguments.modality, "Kind of training, when it is no exercise of the catalogue")
      ->option_text("ID");
  command->add_option("--minutes", arguments.minutes, "Minutes (default: the exercise's usual ones)")->option_text("N");
  CLI::Option* vo2max =
      command->add_option("--vo2max", arguments.percent_vo2max, "Intensity, percent of VO2max")->option_text("PERCENT");
  CLI::Option* rpe = command->add_option("--rpe", arguments.rpe, "Intensity as effort, 0 to 10")->option_text("N");
  CLI::Option* mets = command->add_option("--mets", arguments.mets, "Intensity in METs")->option_text("N");
  vo2max->excludes(rpe)->excludes(mets);
  rpe->excludes(mets);
  command->add_option("--intervals", arguments.intervals, "Rounds, seconds of work and of rest: 8x20/10")
      ->option_text("NxW/R");
  command->add_option("--carbohydrate", arguments.carbohydrate, "Carbohydrate at hand (default: from the last meal)")
      ->check(CLI::IsMember({"low", "usual", "during"}).description(""))
      ->option_text("low|usual|during");
  command->add_option("--habit", arguments.habit, "Sessions a week of a kind of training: aerobic=3")
      ->option_text("ID=N");
  command->add_option("--weeks", arguments.weeks, "Weeks of the habit (default: 12)")->option_text("N");
  AddAsk(*command, arguments, /*needs_user=*/false);
}

void AddExplain(CLI::App& app, ExplainArguments& arguments, bool& chosen) {
  CLI::App* command = app.add_subcommand(
      "explain", "Tells why an exercise or a meal stands where it stands for a person, and what would change that");
  AddCommon(*command, "myokine");
  command->callback([&chosen] { chosen = true; });
  command->add_option("CANDIDATE", arguments.candidate, "An exercise or a meal of the catalogue, by id")
      ->required()
      ->option_text(" ");
  command->add_flag("--no-changes", arguments.no_changes, "Look for no changes of time, place and the like");
  AddAsk(*command, arguments, /*needs_user=*/true);
}

// Which of the commands on a pack is wanted.
enum class RulesCommand { kNone, kCheck, kTest, kCoverage, kEval };

void AddRules(CLI::App& app, RulesArguments& arguments, EvalArguments& eval, std::string& pack, RulesCommand& chosen) {
  CLI::App* rules = app.add_subcommand("rules", "Checks and tests a rule pack; needs no server");
  AddCommon(*rules, "myokine");
  rules->require_subcommand(1);
  const auto add = [&](const std::string& name, const std::string& about, RulesCommand which) {
    CLI::App* command = rules->add_subcommand(name, about);
    AddCommon(*command, "myokine");
    command->callback([&chosen, which] { chosen = which; });
    if (which == RulesCommand::kEval) {
      command->add_option("EXPR", eval.expression, "The expression, as a rule would have it")
          ->required()
          ->option_text(" ");
    }
    command->add_option("PACK", pack, "Folder of the rule pack (default: ./rules, else the installed one)")
        ->option_text(" ");
    AddChoice(*command, "--color", arguments.colour, kColourModes,
              "Colours (default: auto, which means on a terminal unless NO_COLOR is set)");
    return command;
  };
  add("check", "Loads and compiles the pack and prints every issue with its place", RulesCommand::kCheck);
  add("test", "Runs the pack's scenarios and prints every expectation that does not hold", RulesCommand::kTest)
      ->add_option("--filter", arguments.filter, "Run only scenarios with this text in their id or `about`")
      ->option_text("TEXT");
  add("coverage", "Shows which claims of the article the pack encodes, judged by taking each away",
      RulesCommand::kCoverage);
  CLI::App* command = add("eval", "Evaluates an expression of the rule language for a person", RulesCommand::kEval);
  command
      ->add_option(
          "--user", eval.user,
          "The person: a YAML or JSON file with a UserState; `-` reads standard input (default: nothing is known)")
      ->option_text("FILE");
  command->add_option("--at", eval.at, "The moment to evaluate for, RFC 3339 (default: the file's, else now)")
      ->option_text("TIME");
  command->add_option("--candidate", eval.candidate, "What `exercise`, `meal` and `candidate` stand for: an id")
      ->option_text("ID");
  command->add_flag("--explain", eval.explain, "Print the values of the expression's parts too");
  command->add_flag("--stages", eval.stages, "Print what the compiler makes of the expression too");
}

}  // namespace

ExitCode Run(int argc, const char* const* argv, const Console& console) {
  CLI::App app("Suggestions for exercise and food from a rule pack, each with its reasons.", "myokine");
  AddCommon(app, "myokine");
  app.require_subcommand(1);
  RecommendArguments recommend;
  RulesArguments rules;
  std::string pack;
  EstimateArguments estimate;
  ExplainArguments explain;
  bool wants_recommend = false, wants_estimate = false, wants_explain = false;
  EvalArguments eval;
  RulesCommand wants = RulesCommand::kNone;
  AddRecommend(app, recommend, wants_recommend);
  AddEstimate(app, estimate, wants_estimate);
  AddExplain(app, explain, wants_explain);
  AddRules(app, rules, eval, pack, wants);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& answered) {
    app.exit(answered, console.out, console.err);
    return ExitCode::kOk;
  } catch (const CLI::Error& mistake) {
    console.err << "myokine: " << mistake.what() << " (see myokine --help)\n";
    return ExitCode::kUsage;
  }
  if (wants_recommend) return RunRecommend(recommend, console);
  if (wants_estimate) return RunEstimate(estimate, console);
  if (wants_explain) return RunExplain(explain, console);
  rules.pack = PackFolder(pack);
  switch (wants) {
    case RulesCommand::kEval: return RunRulesEval(eval, rules, console);
    case RulesCommand::kCoverage: return RunRulesCoverage(rules, console);
    case RulesCommand::kTest: return RunRulesTest(rules, console);
    default: return RunRulesCheck(rules, console);
  }
}

}  // namespace myokine::cli
