#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/percent.hpp"

namespace fifteen::http {

enum class Method { get, head, post, put, patch, del, options, other };
std::string_view name(Method method);

// Header fields in the order of their arrival. One allocation holds them all.
class Headers {
 public:
  void add(std::string_view name, std::string_view value);
  // The first field of that name (lower case), or nothing.
  std::string_view operator[](std::string_view name) const;
  // The last one: what the nearest proxy wrote, where a client may have sent one of its own.
  std::string_view last(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  std::size_t size() const { return places_.size(); }

 private:
  struct Place {
    std::uint32_t name, name_size, value, value_size;
  };
  std::string_view part(std::uint32_t at, std::uint32_t size) const { return {bytes_.data() + at, size}; }
  std::string bytes_;
  std::vector<Place> places_;
};

// What a client asks for. Everything in it comes from outside; only sizes and syntax have been checked.
struct Request {
  Method method = Method::other;
  std::string target;  // as sent: path, '?' and query
  std::size_t path_size = 0;
  Headers headers;
  std::string body;
  bool keep_alive = true;
  bool http_1_0 = false;

  // Set by the server, not by the client.
  std::string id;      // of this request, in answers and logs
  std::string client;  // the address asked from, behind trusted proxies the one they name
  bool is_https = false;
  std::vector<std::string> parameters;  // what stood for the {…} of the route's pattern, decoded, in its order

  std::string_view path() const { return std::string_view(target).substr(0, path_size); }
  // The first value of a query field, decoded.
  std::optional<std::string> query(std::string_view name) const;
  // A cookie's value, or nothing.
  std::string_view cookie(std::string_view name) const;
};

// The fields of application/x-www-form-urlencoded, or of a query. Malformed pairs are left out.
std::vector<std::pair<std::string, std::string>> form_fields(std::string_view text);

}  // namespace fifteen::http
