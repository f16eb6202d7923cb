// `myokine rules eval` on the shipped pack.
#include "clients/cli/eval_command.h"

#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace myokine::cli {
namespace {

class EvalCommandTest : public ::testing::Test {
 protected:
  ExitCode Eval(const std::string& expression, const std::string& user = "", bool explain = false,
                const std::string& candidate = "", bool stages = false) {
    in_.str(user);
    in_.clear();
    out_.str("");
    err_.str("");
    EvalArguments arguments;
    arguments.expression = expression;
    arguments.user = user.empty() ? "" : "-";
    arguments.at = "2026-01-15T09:00:00Z";
    arguments.candidate = candidate;
    arguments.explain = explain;
    arguments.stages = stages;
    RulesArguments rules;
    rules.pack = MYOKINE_RULES_DIR;
    return RunRulesEval(arguments, rules, Console{in_, out_, err_});
  }

  std::istringstream in_;
  std::ostringstream out_, err_;
};

TEST_F(EvalCommandTest, PrintsTheValue) {
  EXPECT_EQ(Eval("user.profile.age_years + 1", "profile: {age_years: 40}"), ExitCode::kOk);
  EXPECT_EQ(out_.str(), "41\n");
  EXPECT_EQ(Eval("[1, 2].map(x, string(x))"), ExitCode::kOk);
  EXPECT_EQ(out_.str(), "[\"1\", \"2\"]\n");
}

TEST_F(EvalCommandTest, PrintsTheFactsThatAreLacking) {
  EXPECT_EQ(Eval("user.profile.age_years >= 65 && \"hypertension\" in user.health.conditions"), ExitCode::kOk);
  EXPECT_EQ(out_.str(), "unknown, for want of:\n  user.profile.age_years\n  user.health.conditions\n");
}

TEST_F(EvalCommandTest, PrintsErrors) {
  EXPECT_EQ(Eval("user.profile.age_years / 0", "profile: {age_years: 40}"), ExitCode::kIssues);
  EXPECT_EQ(out_.str(), "error: division by zero\n");
}

TEST_F(EvalCommandTest, PrintsMistakesWithTheirPlaces) {
  EXPECT_EQ(Eval("true && user.profile.agee > 3"), ExitCode::kIssues);
  EXPECT_TRUE(absl::StrContains(out_.str(), "expression:1:9: `user.profile` has no field `agee` [unknown-field]"))
      << out_.str();
}

TEST_F(EvalCommandTest, ExplainsEveryPart) {
  EXPECT_EQ(Eval("user.profile.age_years >= 65 || [1, 2].exists(x, x == 2)", "profile: {age_years: 40}", true),
            ExitCode::kOk);
  EXPECT_EQ(out_.str(),
            "user.profile.age_years >= 65 || [1, 2].exists(x, x == 2)  true\n"
            "  user.profile.age_years >= 65                            false\n"
            "    user.profile.age_years                                40\n"
            "  [1, 2].exists(x, x == 2)                                true\n"
            "    [1, 2]                                                [1, 2]\n"
            "    [x = 1] x == 2                                        false\n"
            "      x                                                   1\n"
            "    [x = 2] x == 2                                        true\n"
            "      x                                                   2\n"
            "\ntrue\n");
}

TEST_F(EvalCommandTest, LendsACandidate) {
  EXPECT_EQ(Eval("exercise.modality", "", false, "walk_brisk"), ExitCode::kOk);
  EXPECT_EQ(out_.str(), "\"aerobic\"\n");
  EXPECT_EQ(Eval("exercise.modality", "", false, "walk_brisker"), ExitCode::kUsage);
  EXPECT_EQ(err_.str(), "myokine: no exercise or meal `walk_brisker` in the pack\n");
}

TEST_F(EvalCommandTest, PrintsTheStages) {
  EXPECT_EQ(Eval("1 + 1 == 2", "", false, "", true), ExitCode::kOk);
  EXPECT_TRUE(absl::StrContains(out_.str(), "tokens:  1 + 1 == 2\ntree:    (== (+ 1 1) 2)\n")) << out_.str();
  EXPECT_TRUE(absl::StrContains(out_.str(), "program:\n0 push true\n")) << out_.str();
}

TEST_F(EvalCommandTest, RefusesBadPeople) {
  EXPECT_EQ(Eval("true", "profile: {age_years: 400}"), ExitCode::kUsage);
  EXPECT_TRUE(absl::StrContains(out_.str() + err_.str(), "age_years")) << err_.str();
}

}  // namespace
}  // namespace myokine::cli
