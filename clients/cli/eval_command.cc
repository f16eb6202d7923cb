#include "clients/cli/eval_command.h"

#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "clients/cli/display_width.h"
#include "clients/cli/issue_printer.h"
#include "clients/cli/moment.h"
#include "clients/cli/user_file.h"
#include "engine/expr/explanation.h"
#include "engine/expr/lexer.h"
#include "engine/recommend/intake.h"
#include "engine/recommend/user_frame.h"

namespace myokine::cli {
namespace {

ExitCode Fail(const Console& console, const std::string& why) {
  console.err << "myokine: " << why << '\n';
  return ExitCode::kUsage;
}

// The state in the file that `--user` names, with the moment that `--at` names. Anything but kOk: it has been said what
// is wrong.
ExitCode ReadPerson(const EvalArguments& arguments, const Console& console, v1::UserState& person) {
  if (!arguments.user.empty()) {
    Issues issues;
    const absl::StatusOr<std::unique_ptr<UserFile>> file = UserFile::Read(arguments.user, console.in, issues);
    if (!file.ok()) return Fail(console, std::string(file.status().message()));
    if (!issues.empty()) {
      PrintIssues(issues.list(), Palette(false), console.err);
      return ExitCode::kUsage;
    }
    person = (*file)->state();
  }
  if (arguments.at.empty()) return ExitCode::kOk;
  const std::string wrong = SetMoment(arguments.at, *person.mutable_evaluation_time());
  return wrong.empty() ? ExitCode::kOk : Fail(console, wrong);
}

// The name of a fact in expressions.
std::string NameOf(const Scope& scope, FactId fact) {
  for (const auto& [name, declaration] : scope.names()) {
    if (declaration.fact() == fact) return name;
  }
  return absl::StrCat("fact ", fact);
}

std::string Shown(const Value& value, const Scope& scope) {
  if (const auto* error = std::get_if<Error>(&value)) return absl::StrCat("error: ", std::string(error->message));
  const auto* unknown = std::get_if<Unknown>(&value);
  if (unknown == nullptr) return ToString(value);
  return absl::StrCat(
      "unknown (",
      absl::StrJoin(*unknown->facts, ", ", [&](std::string* out, FactId fact) { out->append(NameOf(scope, fact)); }),
      ")");
}

void PrintStages(const Expression& expression, std::ostream& out) {
  std::vector<ExprMistake> none;
  out << "tokens:  " << ToString(Lex(expression.text(), none)) << '\n'
      << "tree:    " << expression.tree() << '\n'
      << "checked: " << ToString(expression.root()) << '\n'
      << "cost:    at most " << expression.cost() << " operations\n"
      << "program:\n"
      << expression.program().ToString() << '\n';
}

void PrintParts(const std::vector<ExplainedPart>& parts, const std::string& text, const Scope& scope,
                const Palette& palette, std::ostream& out) {
  std::vector<std::string> lines;
  int widest = 0;
  for (const ExplainedPart& part : parts) {
    std::string line(static_cast<size_t>(part.depth) * 2, ' ');
    if (!part.variable.empty()) absl::StrAppend(&line, "[", part.variable, "] ");
    for (const Glyph& glyph : Glyphs(
             text.substr(static_cast<size_t>(part.span.begin), static_cast<size_t>(part.span.end - part.span.begin))))
      line += glyph.bytes;
    lines.push_back(std::move(line));
    widest = std::max(widest, std::min(DisplayWidth(lines.back()), 72));
  }
  for (size_t i = 0; i < parts.size(); ++i) {
    const int gap = std::max(widest - DisplayWidth(lines[i]), 0) + 2;
    out << lines[i] << std::string(static_cast<size_t>(gap), ' ')
        << palette.Paint(IsError(parts[i].value)     ? Tone::kBad
                         : IsUnknown(parts[i].value) ? Tone::kWarn
                                                     : Tone::kStrong,
                         Shown(parts[i].value, scope))
        << '\n';
  }
  out << '\n';
}

void PrintValue(const Value& value, const Scope& scope, const Palette& palette, std::ostream& out) {
  if (const auto* unknown = std::get_if<Unknown>(&value)) {
    out << palette.Paint(Tone::kWarn, "unknown, for want of:") << '\n';
    for (FactId fact : *unknown->facts) out << "  " << NameOf(scope, fact) << '\n';
  } else {
    out << palette.Paint(IsError(value) ? Tone::kBad : Tone::kStrong, Shown(value, scope)) << '\n';
  }
}

}  // namespace

ExitCode RunRulesEval(const EvalArguments& arguments, const RulesArguments& rules, const Console& console) {
  v1::UserState person;
  if (const ExitCode exit = ReadPerson(arguments, console, person); exit != ExitCode::kOk) return exit;
  ExitCode exit = ExitCode::kOk;
  const std::shared_ptr<const Ruleset> ruleset = CompilePack(rules, console, exit);
  if (ruleset == nullptr) return exit;
  const Candidate* candidate = nullptr;
  for (const Candidate& one : ruleset->candidates()) {
    if (one.id() == arguments.candidate) candidate = &one;
  }
  if (!arguments.candidate.empty() && candidate == nullptr)
    return Fail(console, absl::StrCat("no exercise or meal `", arguments.candidate, "` in the pack"));
  const Palette palette = console.OutPalette(rules.colour);
  const Scope& scope = candidate != nullptr ? ruleset->target_scope() : ruleset->fact_scope();
  std::vector<ExprMistake> mistakes;
  const auto expression = Expression::Compile(arguments.expression, scope, {Type()}, mistakes);
  if (expression == nullptr) {
    Issues issues;
    Report(mistakes, arguments.expression, {"expression", 1, 1}, arguments.expression, issues);
    PrintIssues(issues.list(), palette, console.out);
    console.out.flush();
    return ExitCode::kIssues;
  }
  const Intake intake = TakeIn(person, *ruleset, absl::Now());
  for (const FieldViolation& violation : intake.violations)
    console.err << "myokine: " << violation.field << ": " << violation.description << '\n';
  if (!intake.violations.empty()) return ExitCode::kUsage;
  Arena arena;
  const std::vector<Value> user = FillUserFrame(*ruleset, intake, arena);
  Activation activation;
  activation.arena = &arena;
  activation.frames[static_cast<size_t>(Frame::kUser)] = user;
  if (candidate != nullptr) activation.frames[static_cast<size_t>(Frame::kCandidate)] = candidate->frame;
  if (arguments.stages) PrintStages(*expression, console.out);
  if (arguments.explain) PrintParts(Explain(*expression, activation), expression->text(), scope, palette, console.out);
  const Value value = expression->Evaluate(activation);
  PrintValue(value, scope, palette, console.out);
  console.out.flush();
  return IsError(value) ? ExitCode::kIssues : ExitCode::kOk;
}

}  // namespace myokine::cli
