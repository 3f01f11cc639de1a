#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/domain/notice.hpp"
#include "server/store/session.hpp"

// What agents were told, and what they want to be told.
namespace fifteen::store {

struct Notification {
  std::int64_t id = 0;
  AgentId agent;
  Notice what = Notice::ticket;
  TicketId ticket;
  std::string subject;  // of the ticket; read, not written
  std::string by;       // the customer or colleague
  Instant at{};
  std::optional<Instant> read_at;
};

void add_notification(Session& sql, const Notification& notification);
// Newest first, those below `before` (0: all).
std::vector<Notification> notifications_of(Session& sql, AgentId agent, std::int64_t before, int limit);
// Counts no further than `most`.
int unread_notifications(Session& sql, AgentId agent, int most);
// All up to this one; of those of one ticket.
void read_notifications(Session& sql, AgentId agent, std::int64_t up_to, Instant now);
void read_notifications_of(Session& sql, AgentId agent, TicketId ticket, Instant now);
// Returns how many went.
std::int64_t drop_old_notifications(Session& sql, Instant before);

// Somebody who can be told: an active agent and her choices.
struct Listener {
  AgentId id;
  std::string name, email;
  NoticeChoices choices;
};
std::vector<Listener> listeners(Session& sql);
NoticeChoices notice_choices(Session& sql, AgentId agent);
void set_notice_choices(Session& sql, AgentId agent, const NoticeChoices& choices);

}  // namespace fifteen::store
