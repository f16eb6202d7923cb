// Calls RecommendationService, and sorts what comes back by what a person can do about it.
#ifndef MYOKINE_CLIENTS_CLI_ANSWER_CLIENT_H_
#define MYOKINE_CLIENTS_CLI_ANSWER_CLIENT_H_

#include <string>

#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "myokine/v1/explanation.pb.h"
#include "myokine/v1/recommendation.pb.h"
#include "myokine/v1/response.pb.h"

namespace myokine::cli {

// How a call ended.
struct CallResult {
  enum class Outcome {
    kAnswered,     // the answer is there
    kRefused,      // the request is wrong: `bad_request` names the fields, or `message` says what
    kUnreachable,  // no server answers at the address, or not in time
    kFailed,       // the server answered with an error that is not the caller's
  };
  Outcome outcome = Outcome::kFailed;
  google::rpc::BadRequest bad_request;  // may be empty: an older server, or a proxy that drops details
  std::string message;                  // one line, for people; empty when answered
};

// Sends `request` to the server at `address`, `HOST:PORT`, without encryption, and waits at most `deadline`. Goes to
// the address itself, never through a proxy of the environment.
CallResult CallRecommend(const std::string& address, const v1::RecommendRequest& request, absl::Duration deadline,
                         v1::RecommendResponse& response);
CallResult CallEstimateResponse(const std::string& address, const v1::EstimateResponseRequest& request,
                                absl::Duration deadline, v1::EstimateResponseResponse& response);
CallResult CallExplain(const std::string& address, const v1::ExplainRequest& request, absl::Duration deadline,
                       v1::ExplainResponse& response);

// True when `address` names this machine: 127.0.0.0/8, [::1] or localhost.
bool IsThisMachine(const std::string& address);

}  // namespace myokine::cli

#endif  // MYOKINE_CLIENTS_CLI_ANSWER_CLIENT_H_
