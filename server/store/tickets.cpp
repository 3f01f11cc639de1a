#include "server/store/tickets.hpp"

#include <array>

#include "server/store/changed_waits.hpp"
#include "server/store/columns.hpp"
#include "server/store/ticket_row.hpp"

namespace fifteen::store {
namespace {

constexpr std::array<std::string_view, 4> shelves = {"open", "closed", "spam", "merged"};

std::optional<Microseconds> duration(std::optional<std::int64_t> us) {
  if (!us) return {};
  return Microseconds{*us};
}

std::optional<std::int64_t> count(std::optional<Microseconds> duration) {
  if (!duration) return {};
  return duration->count();
}

template <class... Columns>
std::vector<Ticket> select(Session& sql, std::tuple<Columns...>*, const char* where,
                           std::initializer_list<Bind> binds) {
  auto rows = sql.all<Columns...>("SELECT " + std::string(ticket_columns) + " FROM tickets t WHERE " + where, binds);
  std::vector<Ticket> tickets;
  tickets.reserve(rows.size());
  for (auto& row : rows) tickets.push_back(to_ticket(row));
  return tickets;
}

std::vector<Ticket> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  return select(sql, static_cast<TicketRow*>(nullptr), where, binds);
}

std::optional<Ticket> first(std::vector<Ticket> found) {
  if (found.empty()) return {};
  return std::move(found.front());
}

}  // namespace

std::string_view name(Shelf shelf) {
  return shelves[static_cast<std::size_t>(shelf)];
}

Ticket to_ticket(TicketRow& row) {
  auto& [id, mailbox, customer, subject, channel, started_by, created_at, may_belong_to, family, version, state,
         closed_at, is_spam, assignee, merged_into, wait_kind, wait_started_at, wait_due_at, wait_target, updated_at,
         last_customer_at, last_reply, last_replier, preview, tags] = row;
  return {.id = id,
          .mailbox = mailbox,
          .customer = customer,
          .subject = std::move(subject),
          .channel = parse<Channel>(channel).value_or(Channel::email),
          .started_by = parse<ActorKind>(started_by).value_or(ActorKind::customer),
          .created_at = created_at,
          .may_belong_to = may_belong_to,
          .family = family,
          .version = version,
          .tags = from_lines(tags),
          .summary = {.state = parse<TicketState>(state).value_or(TicketState::open),
                      .closed_at = closed_at,
                      .is_spam = is_spam,
                      .assignee = assignee,
                      .merged_into = merged_into,
                      .wait_kind = static_cast<WaitKind>(wait_kind),
                      .wait_started_at = wait_started_at,
                      .wait_due_at = wait_due_at,
                      .wait_target = duration(wait_target),
                      .updated_at = updated_at,
                      .last_customer_at = last_customer_at,
                      .last_reply = duration(last_reply),
                      .last_replier = last_replier,
                      .preview = std::move(preview)}};
}

Shelf TicketSummary::shelf() const {
  if (merged_into) return Shelf::merged;
  if (is_spam) return Shelf::spam;
  return state == TicketState::open ? Shelf::open : Shelf::closed;
}

std::int64_t TicketSummary::urgency() const {
  if (state == TicketState::closed) return (std::int64_t{1} << 61) - to_us(closed_at.value_or(updated_at));
  if (wait_kind == WaitKind::none) return (std::int64_t{1} << 61) - to_us(last_customer_at);
  return wait_due_at ? to_us(*wait_due_at) : (std::int64_t{1} << 60) + to_us(wait_started_at.value_or(updated_at));
}

TicketId add_ticket(Session& sql, const Ticket& t) {
  const TicketSummary& s = t.summary;
  return TicketId(sql.insert(
      "INSERT INTO tickets (mailbox_id, customer_id, subject, channel, started_by, created_at, may_belong_to, state, "
      "is_spam, shelf, assignee_id, wait_kind, wait_started_at, wait_due_at, wait_target_us, urgency, updated_at, "
      "last_customer_at, preview, tags) VALUES (:mailbox, :customer, :subject, :channel, :started_by, :created, "
      ":may_belong, :state, :is_spam, :shelf, :assignee, :wait_kind, :wait_started, :wait_due, :wait_target, "
      ":urgency, :updated, :last_customer, :preview, :tags)",
      {{"mailbox", t.mailbox},
       {"customer", t.customer},
       {"subject", clip(t.subject, 500)},
       {"channel", name(t.channel)},
       {"started_by", name(t.started_by)},
       {"created", t.created_at},
       {"may_belong", t.may_belong_to},
       {"state", name(s.state)},
       {"is_spam", s.is_spam},
       {"shelf", name(s.shelf())},
       {"assignee", s.assignee},
       {"wait_kind", static_cast<int>(s.wait_kind)},
       {"wait_started", s.wait_started_at},
       {"wait_due", s.wait_due_at},
       {"wait_target", count(s.wait_target)},
       {"urgency", s.urgency()},
       {"updated", s.updated_at},
       {"last_customer", s.last_customer_at},
       {"preview", clip(s.preview, 200)},
       {"tags", to_lines(t.tags)}}));
}

std::vector<Ticket> find_tickets(Session& sql, const std::vector<TicketId>& ids) {
  const auto select_all = [&]<class... Columns>(std::tuple<Columns...>*) {
    return sql.all_of<Columns...>("SELECT " + std::string(ticket_columns) + " FROM tickets t WHERE t.id IN {values}",
                                  ids);
  };
  std::vector<Ticket> tickets;
  for (TicketRow& row : select_all(static_cast<TicketRow*>(nullptr))) tickets.push_back(to_ticket(row));
  return tickets;
}

std::optional<Ticket> find_ticket(Session& sql, TicketId id) {
  return first(select(sql, ("t.id = :id AND " + std::string(is_of_somebody)).c_str(), {{"id", id.value}}));
}

std::optional<Ticket> find_kept_ticket(Session& sql, TicketId id) {
  return first(select(sql, "t.id = :id", {{"id", id.value}}));
}

std::optional<TicketId> find_ticket_of(Session& sql, MessageId message) {
  const auto row = sql.one<TicketId>(
      "SELECT t.id FROM messages m JOIN tickets t ON t.id = m.ticket_id WHERE m.id = "
      ":message AND " +
          std::string(is_of_somebody),
      {{"message", message}});
  if (!row) return {};
  return std::get<0>(*row);
}

std::map<TicketId, CustomerId> requesters_of(Session& sql, const std::vector<TicketId>& ids) {
  std::map<TicketId, CustomerId> requesters;
  for (const auto& [ticket, customer] :
       sql.all_of<TicketId, CustomerId>("SELECT id, customer_id FROM tickets WHERE id IN {values}", ids))
    requesters.emplace(ticket, customer);
  return requesters;
}

std::optional<TicketId> merged_into(Session& sql, TicketId id) {
  const auto row = sql.one<TicketId>("SELECT merged_into FROM tickets WHERE id = :id", {{"id", id.value}});
  if (!row) return {};
  return std::get<0>(*row);
}

std::vector<Ticket> family_of(Session& sql, const Ticket& ticket) {
  if (!ticket.family) return {ticket};
  return select(sql, "t.family_id = :family ORDER BY t.id", {{"family", ticket.family}});  // index tickets_family
}

void unite_families(Session& sql, const Ticket& a, const Ticket& b) {
  const TicketId family = a.family ? a.family : b.family ? b.family : a.id;
  for (const Ticket* ticket : {&a, &b}) {
    if (!ticket->family)
      sql.run("UPDATE tickets SET family_id = :family WHERE id = :id", {{"family", family}, {"id", ticket->id}});
    else if (ticket->family != family)
      sql.run("UPDATE tickets SET family_id = :family WHERE family_id = :old",
              {{"family", family}, {"old", ticket->family}});
  }
}

void save_summary(Session& sql, const Ticket& ticket) {
  const TicketSummary& s = ticket.summary;
  const auto changed = sql.run(
      "UPDATE tickets SET version = version + 1, state = :state, closed_at = :closed_at, is_spam = :is_spam, "
      "shelf = :shelf, assignee_id = :assignee, merged_into = :merged, wait_kind = :wait_kind, "
      "wait_started_at = :wait_started, wait_due_at = :wait_due, wait_target_us = :wait_target, urgency = :urgency, "
      "updated_at = :updated, last_customer_at = :last_customer, last_reply_us = :last_reply, "
      "last_replier_id = :last_replier, preview = :preview WHERE id = :id AND version = :version",
      {{"state", name(s.state)},
       {"closed_at", s.closed_at},
       {"is_spam", s.is_spam},
       {"shelf", name(s.shelf())},
       {"assignee", s.assignee},
       {"merged", s.merged_into},
       {"wait_kind", static_cast<int>(s.wait_kind)},
       {"wait_started", s.wait_started_at},
       {"wait_due", s.wait_due_at},
       {"wait_target", count(s.wait_target)},
       {"urgency", s.urgency()},
       {"updated", s.updated_at},
       {"last_customer", s.last_customer_at},
       {"last_reply", count(s.last_reply)},
       {"last_replier", s.last_replier},
       {"preview", clip(s.preview, 200)},
       {"id", ticket.id},
       {"version", ticket.version}});
  if (changed != 1) throw DatabaseError(DatabaseError::Kind::retry, "the ticket changed since it was read");
}

void set_tags(Session& sql, TicketId ticket, const std::vector<std::string>& tags) {
  sql.run("DELETE FROM ticket_tags WHERE ticket_id = :ticket", {{"ticket", ticket}});
  add_tags(sql, ticket, tags);
  sql.run("UPDATE tickets SET tags = :tags WHERE id = :ticket", {{"tags", to_lines(tags)}, {"ticket", ticket}});
  note_changed_waits_of(sql, ticket);
}

void add_tags(Session& sql, TicketId ticket, const std::vector<std::string>& tags) {
  for (const std::string& tag : tags) sql.add_row("ticket_tags", {{"ticket_id", ticket}, {"tag", tag}});
}

}  // namespace fifteen::store
