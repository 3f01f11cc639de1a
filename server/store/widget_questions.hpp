#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/store/session.hpp"

namespace fifteen::store {

// What a question's page said of who asks.
struct WidgetQuestion {
  TicketId ticket;
  std::string external_id;      // the site's own customer; empty: nobody whom the site has signed for
  std::string identity = "{}";  // JSON, as the page said it
  std::string page;
  Instant created_at{};
};
void keep_widget_question(Session& sql, const WidgetQuestion& question);
std::optional<WidgetQuestion> find_widget_question(Session& sql, TicketId ticket);
// The newest questions of a site's customer.
std::vector<WidgetQuestion> widget_questions_of(Session& sql, std::string_view external_id, int limit);

}  // namespace fifteen::store
