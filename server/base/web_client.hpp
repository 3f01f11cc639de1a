#pragma once
#include <chrono>
#include <expected>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "server/base/address_blocks.hpp"
#include "server/base/bytes.hpp"

namespace fifteen {

struct WebRequest {
  std::string method = "GET";  // or "POST"; only a GET follows redirects
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  // without line breaks
  std::string body;
  std::chrono::milliseconds time_limit{10'000};
  std::size_t answer_limit = 64 * KiB;
};

struct WebAnswer {
  unsigned status = 0;
  std::string content_type;
  std::string body;
};

// Asks other servers, as webhooks and calendars need it: http and https, certificates checked, no proxy, no cookies. An
// address that an admin types in must not become a way into the operator's network (SSRF): what it is connected to is
// checked at the moment of connecting, so neither a redirect nor a name that turns to another address gets around it.
class WebClient {
 public:
  // `allowed`: internal networks that may be asked all the same.
  explicit WebClient(AddressBlocks allowed = {});

  // Blocks: for a BlockingPool. Any thread. On failure one sentence for people. `stop` ends it early.
  std::expected<WebAnswer, std::string> fetch(const WebRequest& request, std::stop_token stop = {}) const;

 private:
  AddressBlocks allowed_;
};

// What is wrong with an address that somebody typed in, as a sentence; empty when it is one that fetch() takes.
std::string web_address_mistake(const std::string& url);

}  // namespace fifteen
