#include <algorithm>
#include <charconv>

#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http {

result<int> limit_of(const Request& request, int otherwise, int most) {
  const auto text = request.query("limit");
  if (!text) return otherwise;
  int limit = 0;
  const auto [end, ec] = std::from_chars(text->data(), text->data() + text->size(), limit);
  if (ec != std::errc() || end != text->data() + text->size() || limit < 1 || limit > most) return errc::invalid;
  return limit;
}

Key fresh_key() {
  Key key{};
  std::ranges::copy(random_bytes(key.size()), key.begin());
  return key;
}

std::string base_url(const Setup& setup, const Request& request) {
  if (!setup.public_url.empty()) return setup.public_url;
  return (request.is_https ? "https://" : "http://") + std::string(request.headers["host"]);
}

bool may_mail_links(const Setup& setup, const Request& request) {
  return !setup.public_url.empty() || is_loopback(request.client);
}

desk::Actor routes::actor_of(const Call& call) {
  return call.caller.agent ? desk::Actor::of(call.caller.agent, call.caller.role) : desk::Actor::system();
}

std::string_view routes::chosen_language(const Call& call) {
  const auto wanted = call.request.query("lang");
  return wanted ? call.setup.pages->known_language(*wanted) : std::string_view();
}

std::string_view routes::language_of(const Call& call) {
  if (const auto chosen = chosen_language(call); !chosen.empty()) return chosen;
  return call.setup.pages->language_of(call.request.headers["accept-language"]);
}

}  // namespace fifteen::http
