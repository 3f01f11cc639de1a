#include "server/desk/privacy/erasure.hpp"

#include <algorithm>
#include <array>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "mail/ascii.hpp"
#include "server/desk/deflection/topics.hpp"
#include "server/desk/ideas/voting.hpp"
#include "server/desk/reports/report_waits.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/desk/tickets/record.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/store/customers.hpp"
#include "server/store/erasing.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {
namespace {

using store::Erasure;
using store::Walked;

constexpr int tickets_at_once = 20;

void tell(store::Session& sql, TicketId ticket, Instant now) {
  store::add_event(sql, {.at = now, .kind = "erased", .ticket = ticket, .data = "{}"});
}

// Nobody waits any more.
void close(store::Session& sql, const store::Ticket& ticket, AgentId by, Instant now) {
  record(sql, {.at = now, .kind = FactKind::close, .ticket = ticket.id, .actor = ActorKind::agent, .agent = by},
         by.value);
  refresh_clock(sql, ticket, now);
}

Walked tickets(store::Session& sql, const Erasure& erasure, Instant now) {
  const auto ids = store::tickets_of_customer(sql, erasure.customer, TicketId(erasure.after), tickets_at_once);
  for (const TicketId id : ids) {
    store::erase_ticket(sql, id, erasure.customer);
    const auto ticket = store::find_kept_ticket(sql, id);
    if (ticket->summary.state == TicketState::open && !ticket->summary.merged_into)
      close(sql, *ticket, erasure.by, now);
    store::shelve_erased(sql, id);
    tell(sql, id, now);
  }
  return {ids.empty() ? 0 : ids.back().value, ids.size() < tickets_at_once};
}

Walked messages(store::Session& sql, const Erasure& erasure, Instant now) {
  std::vector<TicketId> touched;
  const Walked walked = store::erase_messages(sql, erasure.customer, erasure.after, touched);
  for (const TicketId ticket : touched)
    refresh_clock(sql, ticket, now, {.customer_wrote_at = {}, .preview = {}, .messages_moved = true});
  for (const TicketId ticket : touched) tell(sql, ticket, now);
  return walked;
}

Walked lessons(store::Session& sql, const Erasure& erasure, Instant now) {
  std::vector<ArticleId> taught;
  const Walked walked = store::erase_lessons(sql, erasure.customer, erasure.after, taught);
  for (const ArticleId article : taught) teaches_otherwise(sql, article, now);
  return walked;
}

Walked rest(store::Session& sql, const Erasure& erasure, Instant now) {
  for (const IdeaId idea : store::erase_voter(sql, erasure.customer))
    store::add_event(sql, idea_event(idea, ActorKind::system, 0, now));
  store::erase_rest(sql, erasure.customer);
  keep_topics(sql, {}, Instant{});  // derived: they are found anew without her questions
  return {};
}

template <Walked (*walk)(store::Session&, CustomerId, std::int64_t)>
Walked all_of(store::Session& sql, const Erasure& erasure, Instant) {
  return walk(sql, erasure.customer, erasure.after);
}

struct Step {
  std::string_view name;
  Walked (*take)(store::Session&, const Erasure&, Instant);
  bool goes_on_there = false;  // the next step begins where this one ended
};
// What leaves the house by itself comes first. Messages are told by their words from those of others, so what asks for
// them comes behind.
constexpr std::array steps = {
    Step{"tickets", tickets},
    Step{"answers", all_of<store::forget_remembered_words>},
    Step{"deliveries", all_of<store::erase_deliveries>},
    Step{"participants", all_of<store::erase_participants>},
    Step{"messages", messages},
    Step{"lessons", lessons},
    Step{"queued_mail", all_of<store::erase_queued_mail>},
    Step{"notifications", all_of<store::erase_notifications>},
    Step{"events", all_of<store::erase_events>},
    Step{"incoming", all_of<store::erase_incoming>},
    Step{"rest", rest},
    Step{"ignored_mails", all_of<store::spare_ignored_mails>},
    Step{"raw_mails", all_of<store::spare_raw_mails>, true},
    Step{"blobs", all_of<store::erase_blobs>},
};

// What targets and reports by plan ask for, and nothing more.
Traits asked_for(store::Session& sql, const Traits& traits) {
  Traits kept;
  if (const auto plan = traits.find("plan"); plan != traits.end()) kept.insert(*plan);
  for (const auto& mailbox : store::mailboxes(sql))
    for (const Target& target : store::targets_of(sql, mailbox.id))
      for (const auto& wanted : target.when)
        if (const auto has = traits.find(wanted.first); has != traits.end() && has->second == wanted.second)
          kept.insert(*has);
  return kept;
}

void keep_traces(store::Session& sql, const store::Customer& customer) {
  for (const std::string& address : store::addresses_of(sql, customer.id))
    store::add_trace(sql, customer.id, store::Trace::address, address);
  store::add_trace(sql, customer.id, store::Trace::address, store::address_key(customer.email));
  store::add_trace(sql, customer.id, store::Trace::name, mail::lower(customer.name));
  store::add_trace(sql, customer.id, store::Trace::outside_id, customer.external_id);
}

}  // namespace

result<Erasure> erase_customer(store::Session& sql, const Actor& actor, CustomerId id, Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  if (auto known = store::find_erasure(sql, id)) return std::move(*known);
  const auto customer = store::find_customer(sql, id);
  if (!customer) return errc::not_found;
  Erasure erasure{.customer = id, .by = actor.agent, .asked_at = now, .step = std::string(steps.front().name)};
  keep_traces(sql, *customer);
  for (const store::SharedTicket& shared : store::merged_with_others(sql, id))
    if (current_ticket(sql, shared.with) == shared.id) store::hand_over(sql, shared, id);
  store::erase_waiting_mail(sql, id);
  store::erase_person(sql, id, store::to_json(asked_for(sql, customer->traits)));
  store::add_erasure(sql, erasure);
  return erasure;
}

bool erase_next(store::Session& sql, Instant now) {
  const auto erasure = store::next_erasure(sql);
  if (!erasure) return false;
  const auto* step = std::ranges::find(steps, erasure->step, &Step::name);
  if (step == steps.end()) throw std::logic_error("an erasure stands at " + erasure->step);
  const Walked walked = step->take(sql, *erasure, now);
  if (!walked.ended) {
    store::go_on_erasing(sql, *erasure, step->name, walked.after);
  } else if (const auto* next = step + 1; next != steps.end()) {
    store::go_on_erasing(sql, *erasure, next->name, step->goes_on_there ? walked.after : 0);
  } else {
    store::finish_erasure(sql, *erasure, now);
    store::add_event(sql, {.at = now, .kind = "erased", .data = "{}"});
  }
  return true;
}

}  // namespace fifteen::desk
