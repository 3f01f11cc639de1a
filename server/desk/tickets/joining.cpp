#include "server/desk/tickets/joining.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "server/desk/tickets/facts.hpp"
#include "server/desk/tickets/record.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/store/customers.hpp"
#include "server/store/messages.hpp"

namespace fifteen::desk {
namespace {

namespace json = boost::json;

// A family is reckoned as a whole at each of its events.
constexpr std::size_t largest_family = 100;
constexpr int most_messages = 10'000;

// A merge's event also keeps which messages it moved, so that un-merging takes back these and no others.
void record_merge(store::Session& sql, const Fact& fact, std::int64_t by, const std::vector<MessageId>& moved) {
  store::Event event = to_event(fact);
  event.actor_id = by;
  json::object data = json::parse(event.data).as_object();
  json::array& messages = data.emplace("messages", json::array()).first->value().get_array();
  for (const MessageId id : moved) messages.emplace_back(id.value);
  event.data = json::serialize(data);
  store::add_event(sql, event);
}

std::vector<MessageId> moved_by_merge(store::Session& sql, TicketId ticket) {
  std::vector<MessageId> moved;
  for (const store::Event& event : store::events_of(sql, ticket)) {
    if (event.kind != name(FactKind::merge)) continue;
    moved.clear();
    const json::object data = json::parse(event.data).as_object();
    if (const json::value* messages = data.if_contains("messages"))
      for (const json::value& id : messages->as_array()) moved.emplace_back(id.as_int64());
  }
  return moved;
}

}  // namespace

TicketId current_ticket(store::Session& sql, TicketId ticket) {
  for (std::size_t steps = 0; steps <= largest_family; ++steps) {
    const auto known = store::merged_into(sql, ticket);
    if (!known) return {};
    const TicketId into = *known;
    if (!into) return ticket;
    ticket = into;
  }
  return {};
}

void join_tickets(store::Session& sql, const Fact& merge, std::int64_t by) {
  const auto source = store::find_ticket(sql, merge.ticket);
  const auto target = store::find_ticket(sql, merge.other);
  store::unite_families(sql, *source, *target);
  const auto moved = store::message_ids(sql, merge.ticket, most_messages);
  record_merge(sql, merge, by, moved);
  for (const MessageId message : moved) store::move_message(sql, message, merge.other);
  store::copy_participants(sql, merge.ticket, merge.other);
}

void give_back_messages(store::Session& sql, TicketId merged, TicketId now_in) {
  for (const MessageId id : moved_by_merge(sql, merged)) {
    const auto message = store::find_message(sql, id);
    if (message && message->ticket == now_in) store::move_message(sql, id, merged);
  }
}

result<void> merge_tickets(store::Session& sql, const Actor& actor, TicketId from, TicketId into, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  const auto source = store::find_ticket(sql, from);
  const auto target = store::find_ticket(sql, into);
  if (!source || !target) return errc::not_found;
  if (source->summary.merged_into) return errc::already_done;
  if (from == into || target->summary.merged_into) return errc::invalid;
  if (store::family_of(sql, *source).size() + store::family_of(sql, *target).size() > largest_family)
    return errc::invalid;

  join_tickets(
      sql,
      {.at = now, .kind = FactKind::merge, .ticket = from, .actor = actor.kind, .agent = actor.agent, .other = into},
      actor.agent.value);
  refresh_clock(sql, into, now, {.customer_wrote_at = {}, .preview = {}, .messages_moved = true});
  return {};
}

result<void> unmerge_ticket(store::Session& sql, const Actor& actor, TicketId ticket, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  const auto merged = store::find_ticket(sql, ticket);
  if (!merged) return errc::not_found;
  if (!merged->summary.merged_into) return errc::already_done;

  give_back_messages(sql, ticket, current_ticket(sql, ticket));
  record(sql, {.at = now, .kind = FactKind::unmerge, .ticket = ticket, .actor = actor.kind, .agent = actor.agent},
         actor.agent.value);
  refresh_clock(sql, ticket, now, {.customer_wrote_at = {}, .preview = {}, .messages_moved = true});
  return {};
}

result<TicketId> split_ticket(store::Session& sql, const Actor& actor, TicketId from,
                              const std::vector<MessageId>& messages, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  const auto source = store::find_ticket(sql, from);
  if (!source) return errc::not_found;
  const auto all = store::message_ids(sql, from, most_messages);
  const auto is_here = [&](MessageId id) { return std::ranges::find(all, id) != all.end(); };
  if (messages.empty() || messages.size() >= all.size() || !std::ranges::all_of(messages, is_here) ||
      source->summary.merged_into || store::family_of(sql, *source).size() >= largest_family)
    return errc::invalid;

  const auto first = store::find_message(sql, messages.front());
  const bool is_customers = first->author == ActorKind::customer && first->author_id;
  store::Ticket part = *source;
  part.customer = is_customers ? CustomerId(first->author_id) : source->customer;
  part.created_at = now;
  part.may_belong_to = {};
  part.family = {};
  part.summary = {};
  part.summary.updated_at = now;
  part.summary.last_customer_at = first->at;
  part.summary.preview = preview_of(first->text);
  part.id = store::add_ticket(sql, part);
  part.version = 1;
  if (!part.tags.empty()) store::set_tags(sql, part.id, part.tags);
  if (is_customers) store::add_participant(sql, part.id, first->author_email, store::Part::requester);
  for (const auto& [address, role] : store::participants_of(sql, from))
    store::add_participant(sql, part.id, address,
                           is_customers && role == store::Part::requester ? store::Part::copied : role);
  store::unite_families(sql, *source, part);

  record(sql, {.at = now, .kind = FactKind::opened, .ticket = part.id, .actor = source->started_by}, actor.agent.value);
  if (!part.tags.empty())
    store::add_event(
        sql, {.at = now,
              .kind = "tag",
              .ticket = part.id,
              .actor = actor.kind,
              .actor_id = actor.agent.value,
              .data = json::serialize(json::object{{"add", json::value_from(part.tags)}, {"remove", json::array()}})});
  record(sql,
         {.at = now,
          .kind = FactKind::split,
          .ticket = from,
          .actor = actor.kind,
          .agent = actor.agent,
          .other = part.id,
          .messages = messages},
         actor.agent.value);
  for (const MessageId message : messages) store::move_message(sql, message, part.id);
  refresh_clock(sql, from, now, {.customer_wrote_at = {}, .preview = {}, .messages_moved = true});
  return part.id;
}

}  // namespace fifteen::desk
