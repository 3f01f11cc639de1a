#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/array.hpp>

#include "server/desk/team/access.hpp"
#include "server/desk/team/webhooks.hpp"
#include "server/store/notifications.hpp"
#include "server/store/tickets.hpp"

namespace fifteen::desk {

// Tells agents what concerns them, each where she wants it, and webhooks what they ask for. For one job: who is there
// and what they want is read once, when there is first something to tell, and what goes out by mail is one mail a
// person. Everything is a row of the same transaction: the line under the bell, the mail in the queue, and one event
// "notices" that the live stream follows.
class Notifier {
 public:
  Notifier(store::Session& sql, Instant now) : sql_(sql), now_(now), webhooks_(sql, now) {}

  // A wait has reached this part of its target. To the assignee; to all when there is none who is active, and at 100 %.
  void alert(int level, const store::Ticket& ticket, const std::string& customer);
  // A customer's question, a customer's further word: the assignee's, else everybody's.
  void new_ticket(const store::Ticket& ticket, const std::string& customer);
  void answer(const store::Ticket& ticket, const std::string& customer);
  // Somebody else gave it to her.
  void assigned(const store::Ticket& ticket, AgentId to, AgentId by);
  // "@Ana" in a note; nobody mentions herself.
  void mentions(const store::Ticket& ticket, const std::string& note, AgentId by);
  // A customer praised her answer.
  void kudos(const store::Ticket& ticket, AgentId agent, const std::string& customer);

  // Writes the event and queues the mails. Call it last.
  void finish();

 private:
  struct Line {
    Notice what;
    TicketId ticket;
    std::string subject, by;
  };
  const std::vector<store::Listener>& people();
  const store::Listener* find(AgentId agent);
  std::vector<AgentId> all();
  std::vector<AgentId> assignee_or_all(const store::Ticket& ticket);
  std::string name_of(AgentId agent);
  void tell(Notice what, const store::Ticket& ticket, const std::string& by, const std::vector<AgentId>& to);
  void mail(const store::Listener& person, const std::vector<Line>& lines);

  store::Session& sql_;
  Instant now_;
  WebhookQueue webhooks_;
  std::optional<std::vector<store::Listener>> people_;
  boost::json::array notices_;
  std::map<AgentId, std::vector<Line>> mails_;
};

// Tells up to `most` alerts that are due, each once whatever other nodes do (store::claim_alerts); returns how many.
int tell_due_alerts(store::Session& sql, Instant now, int most);

// A customer praised an answer of hers.
void notify_kudos(store::Session& sql, TicketId ticket, AgentId agent, const std::string& customer, Instant now);

}  // namespace fifteen::desk
