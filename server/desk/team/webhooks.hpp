#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "server/desk/team/access.hpp"
#include "server/store/tickets.hpp"
#include "server/store/webhooks.hpp"

namespace fifteen::desk {

// What a webhook can be told of. "ping" besides, when an admin presses Test.
inline constexpr std::array<std::string_view, 9> webhook_events = {"ticket.opened", "message.received", "reply.sent",
                                                                   "ticket.closed", "ticket.reopened",  "wait.alert_50",
                                                                   "wait.alert_80", "wait.alert_100",   "rating.given"};

// Puts what happened into the queue of each webhook that wants to know, in the transaction in which it happens. For one
// job: the webhooks are read once, when there is first something to tell.
class WebhookQueue {
 public:
  WebhookQueue(store::Session& sql, Instant now) : sql_(sql), now_(now) {}

  // `more` stands beside the ticket: {"message": "7"}.
  void tell(std::string_view event, const store::Ticket& ticket, const boost::json::object& more = {});
  // Not before its undo window has passed; withdrawn with it.
  void tell_reply(const store::Ticket& ticket, MessageId reply, AgentId agent, Instant not_before);

 private:
  void queue(std::string_view event, const store::Ticket& ticket, boost::json::object body, MessageId message,
             Instant not_before);

  store::Session& sql_;
  Instant now_;
  std::optional<std::vector<store::Webhook>> webhooks_;
};

struct WebhookWish {
  std::optional<std::string> url;
  std::optional<std::vector<std::string>> events;
  std::optional<bool> active;
};
// All: errc::forbidden, admins only. errc::invalid: no address that can be asked, no event or an unknown one, or more
// than 50 webhooks.
result<store::Webhook> add_webhook(store::Session& sql, const Actor& actor, const WebhookWish& wish, Instant now);
// What waits for one that is stopped is given up; made active again it begins anew. errc::not_found.
result<store::Webhook> change_webhook(store::Session& sql, const Actor& actor, std::int64_t id, const WebhookWish& wish,
                                      Instant now);
result<void> remove_webhook(store::Session& sql, const Actor& actor, std::int64_t id);
// Queues a "ping". errc::conflict: it is stopped.
result<void> test_webhook(store::Session& sql, const Actor& actor, std::int64_t id, Instant now);

}  // namespace fifteen::desk
