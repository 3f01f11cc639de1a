#pragma once
#include <string>

#include <boost/json/object.hpp>

#include "server/desk/tickets/opening.hpp"
#include "server/store/customer_events.hpp"
#include "server/store/widget_keys.hpp"

// Questions from the widget, and what their pages say of who asks.
namespace fifteen::desk {

// A page's word on its visitor. Its signature proves the id and nothing besides (widget_keys.hpp).
struct Identity {
  std::string id;         // the site's own, of its customer
  std::string signature;  // of the id
  std::string email, name;
  boost::json::object more;  // plan, created, company: shown to agents
};

struct WidgetQuestion {
  Question question;
  Identity identity;
  std::string page;  // where it was asked
  std::vector<std::string> tags;
};
// Opens the ticket and keeps what was said beside it. The errors of open_ticket(); errc::invalid for tags that are
// none.
result<Opened> ask_by_widget(store::Session& sql, const store::WidgetKey& key, const WidgetQuestion& asked,
                             Instant now);

// What a site's customer asked, the newest first: by the widget while the site signed for her and, where the site's
// server said which customer of ours she is (customer_record.hpp), by any way.
std::vector<TicketId> questions_of(store::Session& sql, const std::string& external_id, int limit);

// For agents: what the question's page said of who asks, and what she did before.
struct Asker {
  std::string identity = "{}";  // JSON
  std::string page;
  bool is_verified = false;  // the site has signed for the id
  std::vector<store::CustomerEvent> events;
};
// errc::not_found: no such ticket.
result<Asker> asker_of(store::Session& sql, TicketId ticket);

}  // namespace fifteen::desk
