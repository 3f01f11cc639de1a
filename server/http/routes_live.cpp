#include <charconv>

#include "server/http/auth.hpp"
#include "server/http/routes.hpp"
#include "server/http/site.hpp"

namespace fifteen::http::routes {

// A browser sends its cookies with a WebSocket handshake from any page: only our own may have it.
awaitable<Reply> live(Site&, Call call) {
  if (!call.setup.live) co_return problem(errc::not_found);
  if (!is_same_origin(call.request, call.setup.public_url))
    co_return problem(errc::forbidden, "This page is not of this desk.");
  if (call.request.headers["upgrade"].empty()) co_return problem(errc::invalid, "This address speaks WebSocket.");
  std::int64_t after = 0;
  const std::string text = call.request.query("after").value_or("0");
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), after);
  if (ec != std::errc() || end != text.data() + text.size() || after < 0)
    co_return problem(errc::invalid, "`after` is the id of an event.");
  co_return take_over(call.setup.live->admit(call.caller, after));
}

}  // namespace fifteen::http::routes
