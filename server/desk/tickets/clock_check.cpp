#include "server/desk/tickets/clock_check.hpp"

#include <algorithm>

#include "server/desk/tickets/facts.hpp"
#include "server/store/events.hpp"
#include "server/store/tickets.hpp"
#include "server/store/waits.hpp"

namespace fifteen::desk {
namespace {

std::vector<Fact> facts_of(store::Session& sql, const store::Ticket& ticket) {
  std::vector<Fact> facts;
  const auto events = ticket.family ? store::events_of_family(sql, ticket.family) : store::events_of(sql, ticket.id);
  for (const store::Event& event : events)
    if (auto fact = to_fact(event)) facts.push_back(std::move(*fact));
  return facts;
}

void compare(store::Session& sql, const store::Ticket& ticket, std::vector<std::string>& findings) {
  const Reckoning reckoning = reckon(facts_of(sql, ticket));
  std::vector<Wait> wanted, kept;
  std::ranges::copy_if(reckoning.waits, std::back_inserter(wanted),
                       [&](const Wait& w) { return w.ticket == ticket.id; });
  for (const store::WaitRow& row : store::waits_of(sql, ticket.id)) kept.push_back(row.wait);
  std::ranges::sort(wanted, {}, &Wait::started_by);
  std::ranges::sort(kept, {}, &Wait::started_by);
  const std::string who = "ticket " + std::to_string(ticket.id.value);
  if (kept != wanted)
    findings.push_back(who + " keeps " + std::to_string(kept.size()) + " waits that are not the " +
                       std::to_string(wanted.size()) + " of its facts");
  const auto clock = std::ranges::find(reckoning.tickets, ticket.id, &TicketClock::ticket);
  if (clock != reckoning.tickets.end() && clock->state != ticket.summary.state)
    findings.push_back(who + " is kept as " + std::string(name(ticket.summary.state)) + ", by its facts it is " +
                       std::string(name(clock->state)));
}

}  // namespace

std::vector<std::string> check_waits(store::Session& sql, TicketId after, int limit, TicketId& last) {
  last = TicketId();
  std::vector<std::string> findings;
  for (const auto& [id] : sql.all<TicketId>("SELECT id FROM tickets WHERE id > :after ORDER BY id LIMIT :limit",
                                            {{"after", after.value}, {"limit", limit}})) {
    last = id;
    if (const auto ticket = store::find_kept_ticket(sql, id)) compare(sql, *ticket, findings);
  }
  return findings;
}

}  // namespace fifteen::desk
