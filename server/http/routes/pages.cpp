#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "server/desk/tickets/overview.hpp"
#include "server/http/auth.hpp"
#include "server/http/boot.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"
#include "server/store/events.hpp"
#include "server/store/notifications.hpp"

namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

Reply shell(const Call& call, const std::string& chunk, const json::object& boot) {
  const Pages& pages = *call.setup.pages;
  const auto language = pages.language_of(call.request.headers["accept-language"]);
  return page(pages.app(language, call.setup.desk_name, chunk, json::serialize(boot)));
}

// A password over plain HTTP could be read by everybody on the way, so none is asked for there.
Reply needs_https(const Call& call) {
  const Pages& pages = *call.setup.pages;
  const auto language = pages.language_of(call.request.headers["accept-language"]);
  return page_problem(errc::forbidden, error_page(call, language, "portal.needs_https_title", "portal.needs_https"));
}

std::string chunk_of(std::string_view path) {
  if (path == "/ideas" || path.starts_with("/ideas/")) return "ideas.js";
  if (path.starts_with("/reports")) return "reports.js";
  if (path.starts_with("/articles")) return "articles.js";
  if (path.starts_with("/settings")) return "settings.js";
  return "inbox.js";
}

}  // namespace

desk::ListRequest first_page(const Call& call) {
  desk::ListRequest request;
  request.reader = call.caller.agent;
  const auto path = call.request.path();
  if (path == "/inbox/closed")
    request.shelf = store::Shelf::closed;
  else if (path.starts_with("/inbox/"))
    request.view = desk::parse_view(path.substr(7)).value_or(desk::View::all);
  return request;
}

// The first screen's data comes with the page: nothing is asked for a second time.
Reply app_page(store::Session& sql, const Call& call) {
  if (!may_sign_in(call.request)) return needs_https(call);
  if (!call.caller.is_person()) {
    const std::string back(call.request.path());
    return see_other(back == "/" ? "/signin" : "/signin?next=" + percent_encoded(back));
  }
  // Read first: what comes while the rest is read comes again by the stream, and nothing falls between the two.
  const std::string after = id_text(store::newest_event(sql));
  json::object boot{{"session", session_json(call)},
                    {"tickets", nullptr},
                    {"counts", nullptr},
                    {"after", after},
                    {"unread", store::unread_notifications(sql, call.caller.agent, most_unread)}};
  if (const std::string chunk = chunk_of(call.request.path()); chunk == "inbox.js") {
    boot["tickets"] = ticket_page_json(sql, first_page(call));
    boot["counts"] = counts_json(sql, call, TimeZone());
  }
  return shell(call, chunk_of(call.request.path()), boot);
}

// Signing in, an invitation, a new password.
Reply app_page_of_stranger(store::Session&, const Call& call) {
  if (!may_sign_in(call.request)) return needs_https(call);
  const json::value session = call.caller.is_person() ? json::value(session_json(call)) : json::value();
  return shell(call, "access.js", {{"session", session}, {"tickets", nullptr}, {"counts", nullptr}});
}

}  // namespace fifteen::http::routes
