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

std::vector<Target> select_targets(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  std::vector<Target> found;
  for (auto& [mailbox, from, condition, target] : sql.all<std::int64_t, Instant, std::string, std::int64_t>(
           std::string("SELECT mailbox_id, valid_from, condition_json, target_us FROM targets ") + where, binds))
    found.push_back({.from = from == Instant{} ? std::nullopt : std::optional(from),
                     .mailbox = MailboxId(mailbox),
                     .when = traits_from_json(condition),
                     .target = Microseconds{target}});
  return found;
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

void set_target(Session& sql, const Target& target) {
  promises_changed(sql);
  const std::string condition = to_json(target.when);
  const Instant from = target.from.value_or(Instant{});
  const auto replaced = sql.run(
      "UPDATE targets SET target_us = :target WHERE mailbox_id = :mailbox AND valid_from = :from "
      "AND condition_json = :condition",
      {{"target", target.target.count()}, {"mailbox", target.mailbox.value}, {"from", from}, {"condition", condition}});
  if (replaced) return;
  sql.insert(
      "INSERT INTO targets (mailbox_id, valid_from, condition_json, target_us) VALUES (:mailbox, :from, :condition, "
      ":target)",
      {{"mailbox", target.mailbox.value}, {"from", from}, {"condition", condition}, {"target", target.target.count()}});
}

std::vector<Target> targets_of(Session& sql, MailboxId mailbox) {
  return select_targets(sql, "WHERE mailbox_id IN (0, :mailbox) ORDER BY id", {{"mailbox", mailbox.value}});
}

std::vector<Target> targets(Session& sql) {
  return select_targets(sql, "ORDER BY id LIMIT 10000", {});
}

}  // namespace fifteen::store
