// Where the server listens. Only loopback: what it hears is health data, and there is no TLS yet.
#ifndef MYOKINE_SERVICE_LISTEN_ADDRESS_H_
#define MYOKINE_SERVICE_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"

namespace myokine {

// A loopback address and a port.
struct ListenAddress {
  std::string host = "127.0.0.1";  // an IPv4 or IPv6 address, without brackets
  int port = 50051;                // 0 to 65535; 0: any free port
};

// Reads `HOST:PORT`, where HOST is within 127.0.0.0/8, `[::1]`, or `localhost`, which is taken as 127.0.0.1.
// Errors: kInvalidArgument when it is not of that form; kPermissionDenied when the host is not a loopback address.
absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& text);

// `HOST:PORT`, with brackets around an IPv6 address.
std::string ToString(const ListenAddress& address);

// What the operating system says to listening on `address`, such as `Address already in use`; empty when it would allow
// it. gRPC itself does not tell its caller why it can't listen.
std::string WhyNotListening(const ListenAddress& address);

}  // namespace myokine

#endif  // MYOKINE_SERVICE_LISTEN_ADDRESS_H_
