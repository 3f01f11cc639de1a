#include "server/http/router.hpp"

#include <stdexcept>

namespace fifteen::http {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.starts_with('{');
}

bool takes_rest(std::string_view segment) {
  return segment.ends_with("...}");
}

}  // namespace

Router::Router(std::span<const Route> routes) : routes_(routes) {
  for (const Route& route : routes) {
    for (const Route& other : routes)
      if (&other != &route && other.method == route.method && other.pattern == route.pattern)
        throw std::logic_error("two rows for " + std::string(route.pattern));
    patterns_.push_back(split(route.pattern));
  }
}

Router::Found Router::find(Method method, std::string_view path) const {
  if (method == Method::head) method = Method::get;
  const Segments segments = split(path);
  Found found;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!fits(patterns_[i], segments)) continue;
    if (routes_[i].method != method) {
      found.allowed += (found.allowed.empty() ? "" : ", ") + std::string(name(routes_[i].method));
      if (routes_[i].method == Method::get) found.allowed += ", HEAD";
      continue;
    }
    for (std::size_t k = 0; k < patterns_[i].size(); ++k) {
      if (!is_parameter(patterns_[i][k])) continue;
      const std::string_view raw =
          takes_rest(patterns_[i][k])
              ? std::string_view(segments[k].data(), path.data() + path.size() - segments[k].data())
              : segments[k];
      auto value = percent_decoded(raw, false);
      if (!value) return {};
      found.parameters.push_back(std::move(*value));
    }
    found.route = &routes_[i];
    return found;
  }
  return found;
}

Router::Segments Router::split(std::string_view path) {
  Segments segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

bool Router::fits(const Segments& pattern, const Segments& path) {
  const bool is_open = takes_rest(pattern.back());
  if (is_open ? path.size() < pattern.size() : path.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (is_parameter(pattern[i]) ? path[i].empty() : pattern[i] != path[i]) return false;
  return true;
}

}  // namespace fifteen::http
