#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/http/parser.hpp"

namespace fifteen::test {

// What a RequestParser made of some bytes.
struct Reading {
  std::optional<http::Refusal> refusal;
  bool is_complete = false;
  std::string target, body, rest;

  friend bool operator==(const Reading&, const Reading&) = default;
};

// Feeds the bytes in pieces of `step`, as a network may cut them.
inline Reading read_request(std::string_view bytes, std::size_t step, std::size_t body_limit = 100) {
  http::RequestParser parser({.target = 50, .head = 400, .fields = 8});
  std::string unread;
  bool is_limited = false;
  std::size_t at = 0;
  while (at < bytes.size() && !parser.is_complete() && !parser.refusal()) {
    const auto piece = bytes.substr(at, step);
    at += piece.size();
    unread += piece;
    for (std::size_t used = 1; used && !unread.empty() && !parser.is_complete() && !parser.refusal();) {
      used = parser.feed(unread);
      unread.erase(0, used);
      if (parser.has_head() && !is_limited) {
        parser.limit_body(body_limit);
        is_limited = true;
        used = 1;
      }
    }
  }
  unread += bytes.substr(at);
  return {parser.refusal(), parser.is_complete(), parser.request().target, parser.request().body, unread};
}

}  // namespace fifteen::test
