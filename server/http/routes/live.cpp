#include <charconv>

#include "server/desk/portal/public_ticket.hpp"
#include "server/http/auth.hpp"
#include "server/http/limits.hpp"
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

// Server-sent events: "change" whenever what the link's page shows is no longer so.
awaitable<Reply> live_public(Site& site, Call call) {
  if (!call.setup.public_live) co_return problem(errc::not_found);
  if (!admits(call.setup.public_figures, call)) co_return retry_after(problem(errc::too_many), 1);
  const std::string token = call.request.query("token").value_or("");
  const auto look = [&](store::Session& sql) { return desk::holder_of_link(sql, token, call.now); };
  const auto holder = co_await site.database().read(look);
  if (!holder || holder->is_expired) co_return problem(errc::expired, "This link has ended.");
  auto door = call.setup.public_live->admit(holder->ticket, call.request.query("after").value_or("").substr(0, 60),
                                            narrowest_place(call.request.client));
  if (!door) co_return retry_after(problem(errc::too_many, "Too many pages follow questions just now."), 30);
  co_return take_over(std::move(door));
}

}  // namespace fifteen::http::routes
