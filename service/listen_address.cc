#include "service/listen_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace myokine {
namespace {

bool IsIpv6(const std::string& host) { return host.find(':') != std::string::npos; }

bool IsLoopback(const std::string& host) {
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6;
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

absl::Status Malformed(const std::string& text) {
  return absl::InvalidArgumentError(
      absl::StrCat("`", text, "` is no address to listen on: it should look like 127.0.0.1:50051"));
}

// Binds and listens on a socket that is closed at once. The errno, or 0.
int TryToListen(const ListenAddress& address) {
  const bool v6 = IsIpv6(address.host);
  const int fd = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  const int on = 1;  // as gRPC does, so that a port whose last connections are still closing counts as free
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_storage storage;
  std::memset(&storage, 0, sizeof storage);
  socklen_t size = 0;
  if (v6) {
    auto* to = reinterpret_cast<sockaddr_in6*>(&storage);
    to->sin6_family = AF_INET6;
    to->sin6_port = htons(static_cast<uint16_t>(address.port));
    inet_pton(AF_INET6, address.host.c_str(), &to->sin6_addr);
    size = sizeof *to;
  } else {
    auto* to = reinterpret_cast<sockaddr_in*>(&storage);
    to->sin_family = AF_INET;
    to->sin_port = htons(static_cast<uint16_t>(address.port));
    inet_pton(AF_INET, address.host.c_str(), &to->sin_addr);
    size = sizeof *to;
  }
  const bool listens = bind(fd, reinterpret_cast<const sockaddr*>(&storage), size) == 0 && listen(fd, 1) == 0;
  const int error = listens ? 0 : errno;
  close(fd);
  return error;
}

}  // namespace

absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return Malformed(text);
  std::string host = text.substr(0, colon);
  const std::string port = text.substr(colon + 1);
  ListenAddress address;
  if (port.empty() || port.find_first_not_of("0123456789") != std::string::npos ||
      !absl::SimpleAtoi(port, &address.port) || address.port > 65535) {
    return Malformed(text);
  }
  if (host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    if (!IsIpv6(host)) return Malformed(text);
  } else if (IsIpv6(host)) {
    return Malformed(text);
  }
  if (host == "localhost") host = "127.0.0.1";
  if (!IsLoopback(host)) {
    return absl::PermissionDeniedError(
        absl::StrCat("refusing to listen on ", text,
                     ": only loopback addresses (127.0.0.1, [::1], localhost) while there is no TLS"));
  }
  address.host = std::move(host);
  return address;
}

std::string ToString(const ListenAddress& address) {
  return IsIpv6(address.host) ? absl::StrCat("[", address.host, "]:", address.port)
                              : absl::StrCat(address.host, ":", address.port);
}

std::string WhyNotListening(const ListenAddress& address) {
  const int error = TryToListen(address);
  return error == 0 ? "" : std::generic_category().message(error);
}

}  // namespace myokine
