#include "server/desk/history_writer.hpp"

#include <fmt/format.h>

#include "server/base/random.hpp"
#include "server/desk/history_format.hpp"
#include "server/desk/knowledge.hpp"
#include "server/store/agents.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/history_rows.hpp"
#include "server/store/import_ids.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/promise_changes.hpp"

namespace fifteen::desk {
HistoryWriter::HistoryWriter(store::Session& sql, std::string source, Instant now)
    : sql_(sql), source_(std::move(source)), now_(now) {}

bool HistoryWriter::write(const HistoryRecord& record) {
  const HistoryEvent* event = event_of(record);
  const auto* message = std::get_if<HistoryMessage>(&record);
  const bool has_id = std::holds_alternative<HistoryTicket>(record) || (message && message->id);
  if (event && !has_id && !is_new(record)) return false;
  return std::visit([this](const auto& line) { return write(line); }, record);
}

void HistoryWriter::finish() {
  for (auto& [ticket, touched] : touched_) {
    touched.is_history = true;
    refresh_clock(sql_, ticket, now_, touched);
  }
  touched_.clear();
}

std::int64_t HistoryWriter::find(std::string_view kind, const std::string& id) {
  return store::find_imported(sql_, source_, kind, id);
}

std::int64_t HistoryWriter::need(std::string_view kind, const std::string& id) {
  if (const auto ours = find(kind, id)) return ours;
  throw std::runtime_error(fmt::format("{} \"{}\" is gone from the desk: import the whole file again", kind, id));
}

bool HistoryWriter::remember(std::string_view kind, const std::string& id, std::int64_t ours) {
  return store::add_imported(sql_, source_, kind, id, ours);
}

bool HistoryWriter::is_new(const HistoryRecord& record) {
  return remember("line", sha256_hex(to_history_line(record)), 0);
}

bool HistoryWriter::write(const HistorySchedule& line) {
  ScheduleId id{find("schedule", line.id)};
  if (!id) {
    id = store::add_schedule(sql_, line.id, now_);
    remember("schedule", line.id, id.value);
  }
  const bool fresh = is_new(line);
  store::set_schedule_version(
      sql_, id,
      {.from = line.from.value_or(Instant{}), .zone = line.zone, .weekly = line.weekly, .holidays = line.holidays});
  if (fresh) promises_changed([id](const store::Mailbox& mailbox) { return mailbox.schedule == id; });
  return fresh;
}

bool HistoryWriter::write(const HistoryMailbox& line) {
  MailboxId id{find("mailbox", line.id)};
  if (!id) {
    const store::Mailbox fresh{.address = line.address.value_or(""),
                               .name = line.name.value_or(line.address.value_or("")),
                               .created_at = now_};
    const auto added = store::add_mailbox(sql_, fresh);
    for (const store::Mailbox& mailbox : store::mailboxes(sql_))
      if (added ? mailbox.id == *added : mailbox.address == store::address_key(fresh.address)) id = mailbox.id;
    remember("mailbox", line.id, id.value);
  }
  store::Mailbox mailbox = store::find_mailbox(sql_, id).value();
  if (line.name) mailbox.name = *line.name;
  if (line.schedule)
    mailbox.schedule = line.schedule->empty() ? ScheduleId{} : ScheduleId{need("schedule", *line.schedule)};
  store::save_mailbox(sql_, mailbox);
  if (line.target_seconds)
    store::set_target(
        sql_, {.from = line.from, .mailbox = id, .when = {}, .target = std::chrono::seconds{*line.target_seconds}});
  if (!is_new(line)) return false;
  promises_changed([id](const store::Mailbox& one) { return one.id == id; });
  return true;
}

bool HistoryWriter::write(const HistoryTarget& line) {
  const MailboxId id = line.mailbox ? MailboxId{need("mailbox", *line.mailbox)} : MailboxId{};
  store::set_target(sql_, {.from = line.from,
                           .until = line.until,
                           .mailbox = id,
                           .when = line.when,
                           .target = std::chrono::seconds{line.target_seconds}});
  if (!is_new(line)) return false;
  promises_changed([id](const store::Mailbox& mailbox) { return !id || mailbox.id == id; });
  return true;
}

void HistoryWriter::promises_changed(const std::function<bool(const store::Mailbox&)>& concerns) {
  for (const store::Mailbox& mailbox : store::mailboxes(sql_))
    if (concerns(mailbox)) store::add_promise_change(sql_, mailbox.id);
}

// Somebody who is here already stays as she is: a file gives nobody a role, a name or a way in.
bool HistoryWriter::write(const HistoryAgent& line) {
  if (find("agent", line.id)) return false;
  const auto known = store::find_agent(sql_, line.email);
  const AgentId id = known ? known->id
                           : store::add_agent(sql_, {.email = store::address_key(line.email),
                                                     .name = line.name.empty() ? line.email : line.name,
                                                     .role = line.role,
                                                     .created_at = now_})
                                 .value();
  return remember("agent", line.id, id.value);
}

bool HistoryWriter::write(const HistoryCustomer& line) {
  const bool fresh = is_new(line);
  const std::string email = line.email.value_or("");
  std::optional<store::Customer> customer;
  bool is_known = true;
  if (const auto id = find("customer", line.id)) {
    customer = store::find_customer(sql_, CustomerId{id});
  } else {
    // The address's owner, unless the file has two customers of one address: those stay two.
    if (!email.empty()) customer = store::find_customer(sql_, std::string_view(email));
    if (customer && store::is_imported(sql_, "customer", customer->id.value)) customer.reset();
    if (!customer) {
      customer = store::Customer{.email = email, .name = line.name.value_or(""), .created_at = now_};
      customer->id = store::add_customer(sql_, *customer);
      is_known = false;
    }
    remember("customer", line.id, customer->id.value);
  }
  if (!email.empty()) {
    customer->email = email;
    store::add_address(sql_, email, customer->id);
  }
  if (line.name) customer->name = *line.name;
  const Traits before = customer->traits;
  for (const auto& [name, value] : line.traits) customer->traits[name] = value;
  store::save_customer(sql_, *customer);
  if (is_known && customer->traits != before) store::note_changed_waits_of(sql_, customer->id);
  return fresh;
}

bool HistoryWriter::write(const HistoryArticle& line) {
  const search::ArticleFile file{.id = source_.empty() ? line.id : source_ + ":" + line.id,
                                 .slug = line.id,
                                 .title = line.title,
                                 .body = line.body,
                                 .locale = line.locale,
                                 .published = line.published};
  const auto done = import_articles(sql_, Actor::system(), {file}, now_);
  if (!done) throw std::runtime_error(fmt::format("article \"{}\": {}", line.id, done.error().message()));
  if (const auto article = store::find_article_by_source(sql_, file.id))
    remember("article", line.id, article->id.value);
  return is_new(line);
}

}  // namespace fifteen::desk
