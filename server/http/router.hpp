#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/route.hpp"

namespace fifteen::http {

// Finds the row of a route table for a request. Built once; any thread may ask.
class Router {
 public:
  // The rows must outlive the router. Throws std::logic_error when two rows have the same method and address.
  explicit Router(std::span<const Route> routes);

  struct Found {
    const Route* route = nullptr;         // none: no such address, or not with this method
    std::string allowed;                  // without a route: the address's methods, for 405; empty: no such address
    std::vector<std::string> parameters;  // decoded, in the pattern's order
  };
  // HEAD finds the row of GET.
  Found find(Method method, std::string_view path) const;

  std::size_t index_of(const Route& route) const { return static_cast<std::size_t>(&route - routes_.data()); }
  std::span<const Route> routes() const { return routes_; }

 private:
  using Segments = std::vector<std::string_view>;
  static Segments split(std::string_view path);
  static bool fits(const Segments& pattern, const Segments& path);

  std::span<const Route> routes_;
  std::vector<Segments> patterns_;
};

}  // namespace fifteen::http
