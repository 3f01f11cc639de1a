#include "tests/support/http_client.hpp"

#include <algorithm>
#include <stdexcept>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fifteen::test {

HttpClient::HttpClient(const std::string& address) {
  const auto colon = address.rfind(':');
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{10, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
    throw std::runtime_error("can't connect to " + address);
}

HttpClient::~HttpClient() {
  if (socket_ >= 0) ::close(socket_);
}

void HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server has closed: receive() tells what it said
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string HttpClient::read_some() {
  char buffer[16 * 1024];
  const auto count = ::recv(socket_, buffer, sizeof buffer, 0);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("the server says nothing");
  return count <= 0 ? "" : std::string(buffer, static_cast<std::size_t>(count));
}

Answer HttpClient::receive(bool to_head) {
  Answer answer;
  std::size_t end;
  while ((end = ahead_.find("\r\n\r\n")) == std::string::npos) {
    const auto more = read_some();
    if (more.empty()) return {};
    ahead_ += more;
  }
  answer.status = std::stoi(ahead_.substr(9, 3));
  for (std::size_t at = ahead_.find("\r\n") + 2; at < end + 2;) {
    const auto line = ahead_.substr(at, ahead_.find("\r\n", at) - at);
    at += line.size() + 2;
    const auto colon = line.find(':');
    std::string name = line.substr(0, colon);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    answer.headers.emplace(name, line.substr(std::min(line.size(), colon + 2)));
  }
  ahead_.erase(0, end + 4);
  if (!to_head && answer.header("transfer-encoding") == "chunked") {
    answer.body = receive_chunks();
    return answer;
  }
  const auto length = answer.header("content-length");
  const std::size_t size = to_head || length.empty() ? 0 : std::stoul(length);
  while (ahead_.size() < size) {
    const auto more = read_some();
    if (more.empty()) throw std::runtime_error("the body was cut off");
    ahead_ += more;
  }
  answer.body = ahead_.substr(0, size);
  ahead_.erase(0, size);
  return answer;
}

std::string HttpClient::receive_chunks() {
  const auto take = [&](std::size_t size) {
    while (ahead_.size() < size) {
      const auto more = read_some();
      if (more.empty()) throw std::runtime_error("the body was cut off");
      ahead_ += more;
    }
    std::string taken = ahead_.substr(0, size);
    ahead_.erase(0, size);
    return taken;
  };
  std::string body;
  for (;;) {
    std::string size;
    while (!size.ends_with("\r\n")) size += take(1);
    const std::string chunk = take(std::stoul(size, nullptr, 16) + 2);
    if (chunk.size() == 2) return body;
    body += chunk.substr(0, chunk.size() - 2);
  }
}

Answer HttpClient::ask(const std::string& method, const std::string& target, const std::string& headers,
                       const std::string& body) {
  std::string request = method + " " + target + " HTTP/1.1\r\n" +
                        (headers.starts_with("Host: ") ? "" : "Host: desk.example\r\n") + headers;
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  send(request + "\r\n" + body);
  return receive(method == "HEAD");
}

bool HttpClient::is_closed() {
  return ahead_.empty() && read_some().empty();
}

}  // namespace fifteen::test
