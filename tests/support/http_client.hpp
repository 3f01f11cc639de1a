#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace fifteen::test {

// An answer as it came over the wire.
struct Answer {
  int status = 0;
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string body;

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

// A blocking HTTP client that sends the very bytes it is given. A wait of more than ten seconds throws.
class HttpClient {
 public:
  explicit HttpClient(const std::string& address);  // "127.0.0.1:8015"
  ~HttpClient();
  HttpClient(HttpClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), ahead_(std::move(other.ahead_)) {}
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  void send(std::string_view bytes);
  // The next answer; `to_head` when the request was HEAD. Status 0 when the connection ended instead.
  Answer receive(bool to_head = false);
  // Sends a whole request and reads its answer. `headers` are lines with CRLF.
  Answer ask(const std::string& method, const std::string& target, const std::string& headers = "",
             const std::string& body = "");
  bool is_closed();
  // At least one further byte, or "" at the end.
  std::string read_some();
  std::string& ahead() { return ahead_; }

 private:
  std::string receive_chunks();

  int socket_ = -1;
  std::string ahead_;
};

}  // namespace fifteen::test
