#pragma once
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "server/base/bytes.hpp"
#include "server/base/clock.hpp"
#include "server/http/access.hpp"
#include "server/http/reply.hpp"

namespace boost::asio {
template <class T, class Executor>
class awaitable;
class any_io_executor;
}  // namespace boost::asio
namespace fifteen::store {
class Session;
}

namespace fifteen::http {

class Site;
struct Setup;

// A key as we send it, "4221".
template <class Key>
std::optional<Key> parse_id(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc() || end != text.data() + text.size() || value <= 0 || text.front() == '0') return {};
  return Key(value);
}

// One request on its way through a handler.
struct Call {
  const Request& request;
  Caller caller;
  Instant now;
  const Setup& setup;

  // What stands for the n-th {…} of the pattern, as a key; errc::not_found when it is none.
  template <class Key = std::int64_t>
  result<Key> id(std::size_t n = 0) const {
    const auto key = parse_id<Key>(request.parameters.at(n));
    if (!key) return errc::not_found;
    return *key;
  }
  const std::string& parameter(std::size_t n = 0) const { return request.parameters.at(n); }
};

// The `limit` of a list: `otherwise` when absent; errc::invalid outside 1 to `most`.
result<int> limit_of(const Request& request, int otherwise, int most);

// How a handler is run. A database job may be run twice, and does nothing but read or write records.
using Job = Reply (*)(store::Session& sql, const Call& call);
struct Read {  // in a read transaction
  Job job;
};
struct Write {  // in a write transaction, rolled back when the answer is an error
  Job job;
};
struct Direct {  // on the event loop: never blocks
  Reply (*answer)(const Call& call);
};
struct Steps {  // several of these one after the other
  boost::asio::awaitable<Reply, boost::asio::any_io_executor> (*answer)(Site& site, Call call);
};

struct Route {
  Method method;
  std::string_view pattern;  // "/api/v1/tickets/{id}"; "{name...}" at the end takes all that follows
  Access access;
  std::variant<Read, Write, Direct, Steps> handler;
  std::size_t body_limit = 256 * KiB;
  bool any_page = false;  // scripts on pages of other sites may read the answer; nothing of ours is sent along
};

}  // namespace fifteen::http
