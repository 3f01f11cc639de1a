#include "server/desk/team/notifications.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "server/domain/alert.hpp"
#include "server/domain/mention.hpp"
#include "server/store/alerts.hpp"
#include "server/store/events.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

using store::Listener;
using store::Ticket;

json::array ids_json(const std::vector<AgentId>& agents) {
  json::array ids;
  for (const AgentId agent : agents) ids.emplace_back(agent.value);
  return ids;
}

}  // namespace

const std::vector<Listener>& Notifier::people() {
  if (!people_) people_ = store::listeners(sql_);
  return *people_;
}

const Listener* Notifier::find(AgentId agent) {
  const auto found = std::ranges::find(people(), agent, &Listener::id);
  return found == people().end() ? nullptr : &*found;
}

std::vector<AgentId> Notifier::all() {
  std::vector<AgentId> ids;
  for (const Listener& person : people()) ids.push_back(person.id);
  return ids;
}

std::vector<AgentId> Notifier::assignee_or_all(const Ticket& ticket) {
  const AgentId assignee = ticket.summary.assignee;
  return find(assignee) ? std::vector{assignee} : all();
}

std::string Notifier::name_of(AgentId agent) {
  const Listener* person = find(agent);
  return person ? person->name : "";
}

void Notifier::alert(int level, const Ticket& ticket, const std::string& customer) {
  webhooks_.tell("wait.alert_" + std::to_string(level), ticket, {{"level", level}});
  tell(alert_at(level), ticket, customer, level >= 100 ? all() : assignee_or_all(ticket));
}

void Notifier::new_ticket(const Ticket& ticket, const std::string& customer) {
  webhooks_.tell("ticket.opened", ticket);
  tell(Notice::ticket, ticket, customer, assignee_or_all(ticket));
}

void Notifier::answer(const Ticket& ticket, const std::string& customer) {
  webhooks_.tell("message.received", ticket);
  tell(Notice::answer, ticket, customer, assignee_or_all(ticket));
}

void Notifier::assigned(const Ticket& ticket, AgentId to, AgentId by) {
  if (to && to != by) tell(Notice::assigned, ticket, name_of(by), {to});
}

void Notifier::mentions(const Ticket& ticket, const std::string& note, AgentId by) {
  if (!note.contains('@')) return;
  std::vector<Mentionable> names;
  for (const Listener& person : people()) names.push_back({person.id, person.name, person.email});
  std::vector<AgentId> to = mentioned(note, names);
  std::erase(to, by);
  tell(Notice::mention, ticket, name_of(by), to);
}

void Notifier::kudos(const Ticket& ticket, AgentId agent, const std::string& customer) {
  tell(Notice::kudos, ticket, customer, {agent});
}

void Notifier::tell(Notice what, const Ticket& ticket, const std::string& by, const std::vector<AgentId>& to) {
  std::vector<AgentId> screen, browser;
  for (const AgentId agent : to) {
    const Listener* person = find(agent);
    if (!person) continue;
    const Channels channels = person->choices.wanted(what, now_);
    if (channels.screen) screen.push_back(agent);
    if (channels.browser) browser.push_back(agent);
    if (channels.mail) mails_[agent].push_back({what, ticket.id, ticket.subject, by});
    if (channels.screen)
      store::add_notification(sql_, {.agent = agent, .what = what, .ticket = ticket.id, .by = by, .at = now_});
  }
  if (screen.empty() && browser.empty()) return;
  notices_.push_back(json::object{{"what", name(what)},
                                  {"ticket", ticket.id.value},
                                  {"subject", ticket.subject},
                                  {"by", by},
                                  {"screen", ids_json(screen)},
                                  {"browser", ids_json(browser)}});
}

void Notifier::finish() {
  // It belongs to no ticket's history: nothing that reads that has to pass over it.
  if (!notices_.empty())
    store::add_event(sql_, {.id = {},
                            .at = now_,
                            .kind = "notices",
                            .ticket = {},
                            .message = {},
                            .data = json::serialize(json::object{{"items", std::move(notices_)}})});
  notices_.clear();
  for (const auto& [agent, lines] : mails_)
    if (const Listener* person = find(agent)) mail(*person, lines);
  mails_.clear();
}

int tell_due_alerts(store::Session& sql, Instant now, int most) {
  const auto alerts = store::claim_alerts(sql, now, most);
  Notifier notifier(sql, now);
  for (const store::DueAlert& alert : alerts) {
    Ticket ticket{.id = alert.ticket, .subject = alert.subject};
    ticket.summary.assignee = alert.assignee;
    notifier.alert(alert.level, ticket, alert.customer);
  }
  notifier.finish();
  return static_cast<int>(alerts.size());
}

void notify_kudos(store::Session& sql, TicketId id, AgentId agent, const std::string& customer, Instant now) {
  const auto ticket = store::find_ticket(sql, id);
  if (!ticket) return;
  Notifier notifier(sql, now);
  notifier.kudos(*ticket, agent, customer);
  notifier.finish();
}

}  // namespace fifteen::desk
