#include "server/store/changed_waits.hpp"

#include "server/base/random.hpp"
#include "server/store/settings.hpp"

namespace fifteen::store {
namespace {

constexpr std::string_view promises = "promises_version";

void note_all(Session& sql, std::string_view from, std::initializer_list<Bind> binds) {
  sql.run("INSERT INTO changed_waits (started_by_message, started_at) SELECT w.started_by_message, w.started_at FROM " +
              std::string(from),
          binds);
}

}  // namespace

void note_changed_wait(Session& sql, MessageId started_by, Instant started_at) {
  sql.add_row("changed_waits", {{"started_by_message", started_by}, {"started_at", started_at}});
}

void note_changed_waits_of(Session& sql, TicketId ticket) {
  note_all(sql, "waits w WHERE w.ticket_id = :ticket", {{"ticket", ticket}});  // index waits_ticket
}

void note_changed_waits_of(Session& sql, CustomerId customer) {
  // Indexes tickets_customer, waits_ticket.
  note_all(sql, "tickets t JOIN waits w ON w.ticket_id = t.id WHERE t.customer_id = :customer",
           {{"customer", customer}});
}

void note_rated(Session& sql, MessageId reply) {
  const auto ticket = sql.one<TicketId, TicketId>(
      "SELECT t.id, t.family_id FROM messages m JOIN tickets t ON t.id = m.ticket_id WHERE m.id = :reply",
      {{"reply", reply}});
  if (!ticket) return;
  const auto [id, family] = *ticket;
  if (family)  // a merge may have moved the wait; index tickets_family
    note_all(sql,
             "tickets t JOIN waits w ON w.ticket_id = t.id WHERE t.family_id = :family AND w.ended_by_message = :reply",
             {{"family", family}, {"reply", reply}});
  else
    note_all(sql, "waits w WHERE w.ticket_id = :ticket AND w.ended_by_message = :reply",
             {{"ticket", id}, {"reply", reply}});
}

void promises_changed(Session& sql) {
  // A counter would have two changes at once end at the same number, and what was measured between them be believed.
  set_setting(sql, promises, random_token());
}

std::string promises_version(Session& sql) {
  return setting(sql, promises).value_or("");
}

std::vector<ChangedWait> changed_waits(Session& sql, std::int64_t after, int limit) {
  std::vector<ChangedWait> changed;
  for (const auto& [id, started_by, started_at] : sql.all<std::int64_t, MessageId, Instant>(
           "SELECT id, started_by_message, started_at FROM changed_waits WHERE id > :after ORDER BY id LIMIT :limit",
           {{"after", after}, {"limit", limit}}))
    changed.push_back({id, started_by, started_at});
  return changed;
}

void forget_changed_waits(Session& sql, const std::vector<std::int64_t>& ids) {
  if (sql.all_of<std::int64_t>("DELETE FROM changed_waits WHERE id IN {values} RETURNING id", ids).size() != ids.size())
    throw DatabaseError(DatabaseError::Kind::retry, "somebody else looked at the changed waits");
}

}  // namespace fifteen::store
