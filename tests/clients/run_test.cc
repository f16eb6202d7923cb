// The whole command line, against a server of the test's own that answers as it is told.
#include "clients/cli/run.h"

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "google/protobuf/util/json_util.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "myokine/v1/recommendation_service.grpc.pb.h"
#include "tests/support/temp_folder.h"

namespace myokine::cli {
namespace {

// Answers every call with `status` and `response`, and keeps the last request.
class FakeService final : public v1::RecommendationService::Service {
 public:
  FakeService() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
  }
  ~FakeService() override { server_->Shutdown(); }

  grpc::Status Recommend(grpc::ServerContext*, const v1::RecommendRequest* asked,
                         v1::RecommendResponse* answer) override {
    request = *asked;
    *answer = response;
    return status;
  }

  grpc::Status Explain(grpc::ServerContext*, const v1::ExplainRequest* asked, v1::ExplainResponse* answer) override {
    explain_request = *asked;
    *answer = explanation;
    return status;
  }

  const std::string& address() const { return address_; }

  grpc::Status status;
  v1::RecommendResponse response;
  v1::RecommendRequest request;
  v1::ExplainRequest explain_request;
  v1::ExplainResponse explanation;

 private:
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

class RunTest : public ::testing::Test {
 protected:
  RunTest() {
    user_ = folder_.Write("me.yaml", "profile:\n  age_years: 40\nhealth:\n  conditions: [asthma]\n");
    service_.response.set_disposition(v1::DISPOSITION_PROCEED);
    service_.response.set_answer_id("a1");
    service_.response.add_exercises()->set_name("散歩");
  }

  ExitCode Run(std::vector<std::string> arguments) {
    out_.str("");
    err_.str("");
    std::vector<const char*> argv = {"myokine"};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    Console console{in_, out_, err_};
    console.out_is_terminal = terminal_;
    console.no_color = no_color_;
    return cli::Run(static_cast<int>(argv.size()), argv.data(), console);
  }

  ExitCode Recommend(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"recommend", "--user", user_, "--address", service_.address()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(arguments);
  }

  void ExpectOneErrorLine() const {
    EXPECT_FALSE(err_.str().empty());
    EXPECT_EQ(err_.str().find('\n'), err_.str().size() - 1) << err_.str();
  }

  TempFolder folder_;
  FakeService service_;
  std::string user_;
  bool terminal_ = false;
  const char* no_color_ = nullptr;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(RunTest, ShowsATable) {
  EXPECT_EQ(Recommend(), ExitCode::kOk);
  EXPECT_NE(out_.str().find("GO AHEAD"), std::string::npos) << out_.str();
  EXPECT_NE(out_.str().find("散歩"), std::string::npos);
  EXPECT_EQ(err_.str(), "");
}

TEST_F(RunTest, SendsWhatTheFlagsSay) {
  EXPECT_EQ(Recommend({"--at", "2026-03-01T12:00:00.5+09:00", "--exercises", "3", "--meals", "0", "--locale", "ja"}),
            ExitCode::kOk);
  EXPECT_EQ(service_.request.user().profile().age_years(), 40);
  EXPECT_EQ(service_.request.user().evaluation_time().seconds(), 1772334000);
  EXPECT_EQ(service_.request.user().evaluation_time().nanos(), 500'000'000);
  EXPECT_EQ(service_.request.options().exercise_count(), 3);
  EXPECT_TRUE(service_.request.options().has_meal_count());
  EXPECT_EQ(service_.request.options().meal_count(), 0);
  EXPECT_EQ(service_.request.options().locale(), "ja");
  EXPECT_NE(out_.str().find("運動"), std::string::npos);
  EXPECT_EQ(out_.str().find("食事"), std::string::npos);
}

TEST_F(RunTest, LeavesDefaultsToTheServer) {
  EXPECT_EQ(Recommend(), ExitCode::kOk);
  EXPECT_FALSE(service_.request.user().has_evaluation_time());
  EXPECT_FALSE(service_.request.options().has_exercise_count());
  EXPECT_EQ(service_.request.options().locale(), "en");
}

TEST_F(RunTest, ExplainsWhatTheFlagsSay) {
  service_.explanation.set_disposition(v1::DISPOSITION_PROCEED);
  service_.explanation.set_standing(v1::STANDING_BLOCKED);
  service_.explanation.mutable_candidate()->set_name("散歩");
  const std::vector<std::string> ask = {"explain", "walk", "--user", user_, "--address", service_.address()};
  EXPECT_EQ(Run(ask), ExitCode::kOk) << err_.str();
  EXPECT_EQ(service_.explain_request.candidate(), "walk");
  EXPECT_EQ(service_.explain_request.user().profile().age_years(), 40);
  EXPECT_EQ(service_.explain_request.options().locale(), "en");
  EXPECT_FALSE(service_.explain_request.has_changes());
  EXPECT_NE(out_.str().find("散歩 is held back for now."), std::string::npos) << out_.str();
  std::vector<std::string> more = ask;
  more.insert(more.end(), {"--no-changes", "--locale", "ja", "--at", "2026-03-01T12:00:00Z", "--output", "json"});
  EXPECT_EQ(Run(more), ExitCode::kOk) << err_.str();
  EXPECT_TRUE(service_.explain_request.has_changes());
  EXPECT_FALSE(service_.explain_request.changes());
  EXPECT_EQ(service_.explain_request.options().locale(), "ja");
  EXPECT_EQ(service_.explain_request.user().evaluation_time().seconds(), 1772366400);
  v1::ExplainResponse back;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(out_.str(), &back).ok());
  EXPECT_EQ(back.SerializeAsString(), service_.explanation.SerializeAsString());
}

TEST_F(RunTest, ExplainsNothingWithoutACandidate) {
  EXPECT_EQ(Run({"explain", "--user", user_, "--address", service_.address()}), ExitCode::kUsage);
  ExpectOneErrorLine();
  EXPECT_EQ(Run({"explain", "--help"}), ExitCode::kOk);
  EXPECT_NE(out_.str().find("CANDIDATE"), std::string::npos);
}

TEST_F(RunTest, WritesJsonThatReadsBack) {
  service_.response.mutable_pack()->set_digest("d");
  service_.response.mutable_exercises(0)->set_score_milli(-5);
  EXPECT_EQ(Recommend({"--output", "json"}), ExitCode::kOk);
  const std::string first = out_.str();
  EXPECT_NE(first.find("\"scoreMilli\": -5"), std::string::npos) << first;
  EXPECT_EQ(first.back(), '\n');
  v1::RecommendResponse back;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(first, &back).ok());
  EXPECT_EQ(back.SerializeAsString(), service_.response.SerializeAsString());
  EXPECT_EQ(Recommend({"--output", "json"}), ExitCode::kOk);
  EXPECT_EQ(out_.str(), first);
}

TEST_F(RunTest, UsesColoursOnATerminalAlone) {
  Recommend();
  EXPECT_EQ(out_.str().find('\x1b'), std::string::npos);
  Recommend({"--color", "always"});
  EXPECT_NE(out_.str().find('\x1b'), std::string::npos);
  terminal_ = true;
  Recommend();
  EXPECT_NE(out_.str().find('\x1b'), std::string::npos);
  Recommend({"--color", "never"});
  EXPECT_EQ(out_.str().find('\x1b'), std::string::npos);
  no_color_ = "1";
  Recommend();
  EXPECT_EQ(out_.str().find('\x1b'), std::string::npos);
  Recommend({"--output", "json", "--color", "always"});
  EXPECT_EQ(out_.str().find('\x1b'), std::string::npos);
}

TEST_F(RunTest, PrintsRefusedFieldsWithTheirPlaces) {
  google::rpc::BadRequest bad_request;
  const auto add = [&](const std::string& field, const std::string& description) {
    auto* violation = bad_request.add_field_violations();
    violation->set_field(field);
    violation->set_description(description);
  };
  add("user.health.conditions[0]", "unknown `asthma`\nand\x1b more");
  add("options.locale", "is no language");
  google::rpc::Status details;
  details.add_details()->PackFrom(google::rpc::ErrorInfo());
  details.add_details()->PackFrom(bad_request);
  service_.status = grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "wrong", details.SerializeAsString());
  EXPECT_EQ(Recommend(), ExitCode::kUsage);
  EXPECT_EQ(err_.str(),
            user_ + ":4:16: user.health.conditions[0]: unknown `asthma` and more\noptions.locale: is no language\n");
  EXPECT_EQ(out_.str(), "");
}

TEST_F(RunTest, PrintsARefusalWithoutDetails) {
  service_.status = grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "wrong");
  EXPECT_EQ(Recommend(), ExitCode::kUsage);
  EXPECT_EQ(err_.str(), "myokine: the server refuses the request: wrong\n");
}

TEST_F(RunTest, SaysThatNoServerAnswers) {
  std::string address;
  { address = FakeService().address(); }  // nobody listens there any more
  EXPECT_EQ(Run({"recommend", "--user", user_, "--address", address}), ExitCode::kService);
  ExpectOneErrorLine();
  EXPECT_NE(err_.str().find(address), std::string::npos);
  EXPECT_NE(err_.str().find("myokined --address " + address), std::string::npos) << err_.str();
}

TEST_F(RunTest, SaysThatTheServerFailed) {
  service_.status = grpc::Status(grpc::StatusCode::INTERNAL, "boom");
  EXPECT_EQ(Recommend(), ExitCode::kService);
  ExpectOneErrorLine();
  EXPECT_NE(err_.str().find("INTERNAL: boom"), std::string::npos) << err_.str();
}

TEST_F(RunTest, PrintsMistakesOfTheUserFile) {
  user_ = folder_.Write("bad.yaml", "profile:\n  age_yaers: 40\n");
  EXPECT_EQ(Recommend(), ExitCode::kUsage);
  EXPECT_EQ(err_.str().rfind(user_ + ":2:3: ", 0), 0u) << err_.str();
  user_ = "/nowhere/me.yaml";
  EXPECT_EQ(Recommend(), ExitCode::kUsage);
  ExpectOneErrorLine();
}

TEST_F(RunTest, RefusesWrongFlagsInOneLine) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"dance"},
                                             {"recommend"},
                                             {"recommend", "--user", user_, "--exercises", "51"},
                                             {"recommend", "--user", user_, "--meals", "many"},
                                             {"recommend", "--user", user_, "--locale", "fr"},
                                             {"recommend", "--user", user_, "--output", "xml"},
                                             {"recommend", "--user", user_, "--color", "red"},
                                             {"recommend", "--user", user_, "--at", "yesterday"},
                                             {"rules"},
                                             {"rules", "dance"}}) {
    EXPECT_EQ(Run(arguments), ExitCode::kUsage) << (arguments.empty() ? "" : arguments.back());
    ExpectOneErrorLine();
    EXPECT_EQ(out_.str(), "");
  }
}

TEST_F(RunTest, HelpTellsExitCodes) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{{"--help"},
                                                                                         {"recommend", "--help"},
                                                                                         {"rules", "--help"},
                                                                                         {"rules", "check", "--help"},
                                                                                         {"rules", "test", "--help"}}) {
    EXPECT_EQ(Run(arguments), ExitCode::kOk);
    EXPECT_NE(out_.str().find("Exit codes:"), std::string::npos) << out_.str();
    EXPECT_EQ(err_.str(), "");
  }
}

TEST_F(RunTest, TellsItsVersionEverywhere) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"--version"},
                                             {"recommend", "--version"},
                                             {"rules", "--version"},
                                             {"rules", "check", "--version"},
                                             {"rules", "test", "--version"}}) {
    EXPECT_EQ(Run(arguments), ExitCode::kOk);
    EXPECT_EQ(out_.str().rfind("myokine ", 0), 0u) << out_.str();
  }
}

}  // namespace
}  // namespace myokine::cli
