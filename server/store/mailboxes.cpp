#include "server/store/mailboxes.hpp"

#include "server/store/changed_waits.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"

namespace fifteen::store {
namespace {

using Row = std::tuple<MailboxId, std::string, std::string, ScheduleId, bool, std::string, Instant>;

Mailbox from_row(Row& row) {
  auto& [id, address, name, schedule, acknowledge, signature, created_at] = row;
  return {id, std::move(address), std::move(name), schedule, acknowledge, std::move(signature), created_at};
}

std::vector<Mailbox> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  auto rows = sql.all<MailboxId, std::string, std::string, ScheduleId, bool, std::string, Instant>(
      std::string("SELECT id, address, name, schedule_id, acknowledge, signature, created_at FROM mailboxes ") + where,
      binds);
  std::vector<Mailbox> found;
  for (Row& row : rows) found.push_back(from_row(row));
  return found;
}

std::vector<KeptTarget> select_targets(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  std::vector<KeptTarget> found;
  for (auto& [id, mailbox, from, condition, target, ended_at] :
       sql.all<std::int64_t, std::int64_t, Instant, std::string, std::int64_t, std::optional<Instant>>(
           std::string("SELECT id, mailbox_id, valid_from, condition_json, target_us, ended_at "
                       "FROM targets LEFT JOIN target_ends ON target_id = id ") +
               where,
           binds))
    found.push_back({id,
                     {.from = from == Instant{} ? std::nullopt : std::optional(from),
                      .until = ended_at,
                      .mailbox = MailboxId(mailbox),
                      .when = traits_from_json(condition),
                      .target = Microseconds{target}}});
  return found;
}

std::vector<Target> without_ids(std::vector<KeptTarget> kept) {
  std::vector<Target> targets;
  for (KeptTarget& one : kept) targets.push_back(std::move(one.target));
  return targets;
}

}  // namespace

std::optional<MailboxId> add_mailbox(Session& sql, const Mailbox& mailbox) {
  const std::string address = address_key(mailbox.address);
  if (!select(sql, "WHERE address = :address", {{"address", address}}).empty()) return {};
  return MailboxId(
      sql.insert("INSERT INTO mailboxes (address, name, schedule_id, acknowledge, signature, created_at) VALUES "
                 "(:address, :name, :schedule, :acknowledge, :signature, :created)",
                 {{"address", address},
                  {"name", clip(mailbox.name, 200)},
                  {"schedule", mailbox.schedule},
                  {"acknowledge", mailbox.acknowledge},
                  {"signature", mailbox.signature},
                  {"created", mailbox.created_at}}));
}

void save_mailbox(Session& sql, const Mailbox& mailbox) {
  if (const auto before = find_mailbox(sql, mailbox.id); before && before->schedule != mailbox.schedule)
    promises_changed(sql);
  sql.run(
      "UPDATE mailboxes SET name = :name, schedule_id = :schedule, acknowledge = :acknowledge, signature = :signature "
      "WHERE id = :id",
      {{"name", clip(mailbox.name, 200)},
       {"schedule", mailbox.schedule},
       {"acknowledge", mailbox.acknowledge},
       {"signature", mailbox.signature},
       {"id", mailbox.id}});
}

std::optional<Mailbox> find_mailbox(Session& sql, MailboxId id) {
  auto found = select(sql, "WHERE id = :id", {{"id", id.value}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Mailbox> mailboxes(Session& sql) {
  return select(sql, "ORDER BY id LIMIT 1000", {});
}

std::int64_t set_target(Session& sql, const Target& target) {
  promises_changed(sql);
  const std::string condition = to_json(target.when);
  const Instant from = target.from.value_or(Instant{});
  const auto known = sql.one<std::int64_t>(
      "SELECT id FROM targets WHERE mailbox_id = :mailbox AND valid_from = :from AND condition_json = :condition",
      {{"mailbox", target.mailbox.value}, {"from", from}, {"condition", condition}});
  if (!known) {
    const auto id = sql.insert(
        "INSERT INTO targets (mailbox_id, valid_from, condition_json, target_us) VALUES (:mailbox, :from, :condition, "
        ":target)",
        {{"mailbox", target.mailbox.value},
         {"from", from},
         {"condition", condition},
         {"target", target.target.count()}});
    if (target.until) end_target(sql, id, *target.until);
    return id;
  }
  const auto [id] = *known;
  sql.run("UPDATE targets SET target_us = :target WHERE id = :id", {{"target", target.target.count()}, {"id", id}});
  sql.run("DELETE FROM target_ends WHERE target_id = :id", {{"id", id}});
  if (target.until) end_target(sql, id, *target.until);
  return id;
}

void end_target(Session& sql, std::int64_t id, Instant at) {
  promises_changed(sql);
  sql.run("DELETE FROM target_ends WHERE target_id = :id", {{"id", id}});
  sql.run("INSERT INTO target_ends (target_id, ended_at) VALUES (:id, :at)", {{"id", id}, {"at", at}});
}

void remove_target(Session& sql, std::int64_t id) {
  promises_changed(sql);
  sql.run("DELETE FROM target_ends WHERE target_id = :id", {{"id", id}});
  sql.run("DELETE FROM targets WHERE id = :id", {{"id", id}});
}

std::vector<KeptTarget> kept_targets(Session& sql) {
  return select_targets(sql, "ORDER BY id LIMIT 10000", {});
}

std::vector<Target> targets_of(Session& sql, MailboxId mailbox) {
  return without_ids(
      select_targets(sql, "WHERE mailbox_id IN (0, :mailbox) ORDER BY id", {{"mailbox", mailbox.value}}));
}

std::vector<Target> targets(Session& sql) {
  return without_ids(kept_targets(sql));
}

}  // namespace fifteen::store
