#include "server/desk/reports/report_waits.hpp"

#include <algorithm>
#include <unordered_set>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "server/desk/tickets/facts.hpp"
#include "server/store/customers.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/report_rows.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

void change_tags(std::vector<std::string>& tags, const json::object& data) {
  const auto each = [&](std::string_view key, auto change) {
    if (const auto* list = data.if_contains(key); list && list->is_array())
      for (const json::value& tag : list->get_array())
        if (tag.is_string()) change(std::string(tag.get_string()));
  };
  const auto add = [&](std::string tag) {
    if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(std::move(tag));
  };
  each("remove", [&](const std::string& tag) { std::erase(tags, tag); });
  each("tags", add);
  each("add", add);
}

// A family of tickets as it was at an instant.
struct Family {
  std::vector<store::Ticket> tickets;
  Reckoning reckoning;

  store::Ticket& ticket(TicketId id) { return *std::ranges::find(tickets, id, &store::Ticket::id); }
};

Family family_at(store::Session& sql, const store::Ticket& member, Instant now) {
  Family family{.tickets = member.family ? store::family_of(sql, member) : std::vector{member}, .reckoning = {}};
  std::vector<Fact> facts;
  for (store::Ticket& ticket : family.tickets) {
    ticket.tags.clear();
    for (const store::Event& event : store::events_of(sql, ticket.id)) {
      if (event.at > now) break;  // by time
      if (event.kind == "tag" || event.kind == "opened") change_tags(ticket.tags, json::parse(event.data).as_object());
      if (auto fact = to_fact(event)) facts.push_back(std::move(*fact));
    }
  }
  std::ranges::sort(facts, [](const Fact& a, const Fact& b) { return a.at != b.at ? a.at < b.at : a.order < b.order; });
  family.reckoning = reckon(facts);
  for (const TicketClock& clock : family.reckoning.tickets) {
    const auto ticket = std::ranges::find(family.tickets, clock.ticket, &store::Ticket::id);
    if (ticket != family.tickets.end()) ticket->summary.assignee = clock.assignee;
  }
  return family;
}

}  // namespace

std::string plan_of(const Traits& traits) {
  const auto plan = traits.find("plan");
  if (plan == traits.end()) return "none";
  boost::system::error_code unreadable;
  const auto value = json::parse(plan->second, unreadable);
  if (unreadable || value.is_null()) return "none";
  return value.is_string() ? std::string(value.get_string()) : plan->second;
}

Promises::Promises(store::Session& sql) : sql_(sql), targets_(store::targets(sql)) {
  for (const store::Mailbox& mailbox : store::mailboxes(sql))
    schedules_.emplace(mailbox.id, mailbox.schedule ? store::schedule(sql, mailbox.schedule) : Schedule{});
  has_segments_ = std::ranges::any_of(targets_, [](const Target& target) { return !target.when.empty(); });
}

Microseconds Promises::target(const store::Ticket& ticket, Instant start) {
  static const Traits nobody;
  return target_at(targets_, ticket.mailbox, has_segments_ ? traits(ticket.customer) : nobody, start);
}

const Schedule& Promises::schedule(MailboxId mailbox) const {
  static const Schedule always;
  const auto it = schedules_.find(mailbox);
  return it == schedules_.end() ? always : it->second;
}

const Traits& Promises::traits(CustomerId customer) {
  const auto [it, is_new] = traits_.try_emplace(customer);
  if (is_new)
    if (auto found = store::find_customer(sql_, customer)) it->second = std::move(found->traits);
  return it->second;
}

void Promises::learn_traits(CustomerId customer, const std::string& json) {
  const auto [it, is_new] = traits_.try_emplace(customer);
  if (is_new) it->second = store::traits_from_json(json);
}

MeasuredWait Promises::measure(const Wait& wait, const store::Ticket& ticket, Instant now) {
  const Instant end = wait.ended_at.value_or(now);
  return {.started_at = wait.started_at,
          .first = wait.first,
          .ending = wait.ending,
          .wall = end - wait.started_at,
          .business = schedule(ticket.mailbox).business_time(wait.started_at, end),
          .target = target(ticket, wait.started_at)};
}

void each_wait(store::Session& sql, const ReportPeriod& period, Promises& promises,
               const std::function<void(const ReckonedWait&)>& visit) {
  std::unordered_set<TicketId> done;
  for (const TicketId id : store::tickets_with_messages(sql, period.from, period.to)) {
    if (done.contains(id)) continue;
    const auto member = store::find_kept_ticket(sql, id);
    if (!member) continue;
    Family family = family_at(sql, *member, period.now);
    std::unordered_map<TicketId, std::int64_t> counts;
    for (const store::Ticket& ticket : family.tickets) done.insert(ticket.id);
    for (const Wait& wait : family.reckoning.waits) {
      const std::int64_t n = wait.ending == Ending::voided ? 0 : ++counts[wait.ticket];
      if (wait.started_at < period.from || wait.started_at >= period.to) continue;
      const store::Ticket& ticket = family.ticket(wait.ticket);
      const MeasuredWait measured = promises.measure(wait, ticket, period.now);
      visit({{.ticket = ticket, .wait = wait, .measured = measured},
             n,
             promises.schedule(ticket.mailbox).due_at(wait.started_at, measured.target)});
    }
  }
}

void each_kept_wait(store::Session& sql, const ReportPeriod& period, Promises& promises, bool with_traits,
                    const std::function<void(const ReportedWait&)>& visit) {
  with_traits |= promises.depend_on_traits();
  store::each_kept_wait(sql, period.from, period.to, with_traits, [&](const store::KeptWait& kept) {
    if (kept.traits) promises.learn_traits(kept.ticket.customer, *kept.traits);
    visit({.ticket = kept.ticket,
           .wait = kept.wait,
           .measured = promises.measure(kept.wait, kept.ticket, period.now),
           .score = kept.score});
  });
}

}  // namespace fifteen::desk
