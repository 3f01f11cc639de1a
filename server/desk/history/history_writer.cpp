#include "server/desk/history/history_writer.hpp"

#include <set>

#include <fmt/format.h>

#include "server/desk/knowledge/knowledge.hpp"
#include "server/store/agents.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/history_rows.hpp"
#include "server/store/import_ids.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/promise_changes.hpp"

namespace fifteen::desk {
namespace {

std::size_t index(HistoryThing thing) {
  return static_cast<std::size_t>(thing);
}

}  // namespace

HistoryWriter::HistoryWriter(store::Session& sql, std::string source, Instant now,
                             std::span<const ImportedRecord> chunk)
    : sql_(sql), source_(std::move(source)), now_(now), chunk_(chunk), promises_(sql) {
  read_what_is_named();
}

void HistoryWriter::read_what_is_named() {
  std::set<std::string> names[history_things], addresses;
  std::vector<std::string> contents;
  for (const ImportedRecord& line : chunk_) {
    each_name(line.record, [&](HistoryThing thing, const std::string& id, Mention) { names[index(thing)].insert(id); });
    if (!line.content_key.empty()) contents.push_back(line.content_key);
    if (const auto* customer = std::get_if<HistoryCustomer>(&line.record); customer && customer->email)
      addresses.insert(store::address_key(*customer->email));
  }
  for (std::size_t thing = 0; thing < history_things; ++thing)
    ids_[thing] = store::find_imported(sql_, source_, word(static_cast<HistoryThing>(thing)),
                                       {names[thing].begin(), names[thing].end()});
  for (const auto& [content, id] : store::find_imported(sql_, source_, "line", contents)) contents_.insert(content);

  std::vector<TicketId> tickets;
  for (const auto& [name, id] : ids_[index(HistoryThing::ticket)]) tickets.emplace_back(id);
  requesters_ = store::requesters_of(sql_, tickets);
  std::set<CustomerId> customers;
  for (const auto& [name, id] : ids_[index(HistoryThing::customer)]) customers.emplace(id);
  for (const auto& [ticket, customer] : requesters_) customers.insert(customer);
  customers_ = store::find_customers(sql_, {customers.begin(), customers.end()});
  for (auto& [address, owner] : store::customers_at(sql_, {addresses.begin(), addresses.end()})) {
    owners_.emplace(address, owner.id);
    customers_.emplace(owner.id, std::move(owner));
  }
}

std::size_t HistoryWriter::write() {
  std::size_t fresh = 0;
  for (const ImportedRecord& line : chunk_) fresh += write(line) ? 1 : 0;
  settle();
  return fresh;
}

bool HistoryWriter::write(const ImportedRecord& line) {
  line_ = &line;
  if (event_of(line.record) && !line.content_key.empty() && !is_new()) return false;
  return std::visit([this](const auto& record) { return write(record); }, line.record);
}

void HistoryWriter::settle() {
  for (auto& [ticket, touched] : touched_) touched.is_history = true;
  refresh_clocks(sql_, promises_, touched_, now_);
  touched_.clear();
  has_merged_ = false;
}

std::int64_t HistoryWriter::find(HistoryThing thing, const std::string& id) const {
  const auto found = ids_[index(thing)].find(id);
  return found == ids_[index(thing)].end() ? 0 : found->second;
}

std::int64_t HistoryWriter::need(HistoryThing thing, const std::string& id) const {
  if (const auto ours = find(thing, id)) return ours;
  throw std::runtime_error(
      fmt::format("{} \"{}\" is gone from the desk: import the whole file again", word(thing), id));
}

void HistoryWriter::remember(HistoryThing thing, const std::string& id, std::int64_t ours) {
  if (ids_[index(thing)].emplace(id, ours).second) store::add_imported(sql_, source_, word(thing), id, ours);
}

bool HistoryWriter::is_new() {
  if (!contents_.insert(line_->content_key).second) return false;
  store::add_imported(sql_, source_, "line", line_->content_key, 0);
  return true;
}

const store::Agent& HistoryWriter::agent(AgentId id) {
  const auto [place, is_unread] = agents_.try_emplace(id);
  if (is_unread) place->second = store::find_agent(sql_, id).value();
  return place->second;
}

bool HistoryWriter::write(const HistorySchedule& line) {
  ScheduleId id{find(HistoryThing::schedule, line.id)};
  if (!id) {
    id = store::add_schedule(sql_, line.id, now_);
    remember(HistoryThing::schedule, line.id, id.value);
  }
  const bool fresh = is_new();
  store::set_schedule_version(
      sql_, id,
      {.from = line.from.value_or(Instant{}), .zone = line.zone, .weekly = line.weekly, .holidays = line.holidays});
  if (fresh) promises_changed([id](const store::Mailbox& mailbox) { return mailbox.schedule == id; });
  return fresh;
}

bool HistoryWriter::write(const HistoryMailbox& line) {
  MailboxId id{find(HistoryThing::mailbox, line.id)};
  if (!id) {
    const store::Mailbox fresh{.address = line.address.value_or(""),
                               .name = line.name.value_or(line.address.value_or("")),
                               .created_at = now_};
    const auto added = store::add_mailbox(sql_, fresh);
    for (const store::Mailbox& mailbox : store::mailboxes(sql_))
      if (added ? mailbox.id == *added : mailbox.address == store::address_key(fresh.address)) id = mailbox.id;
    remember(HistoryThing::mailbox, line.id, id.value);
  }
  store::Mailbox mailbox = store::find_mailbox(sql_, id).value();
  if (line.name) mailbox.name = *line.name;
  if (line.schedule)
    mailbox.schedule = line.schedule->empty() ? ScheduleId{} : ScheduleId{need(HistoryThing::schedule, *line.schedule)};
  store::save_mailbox(sql_, mailbox);
  if (line.target_seconds)
    store::set_target(
        sql_, {.from = line.from, .mailbox = id, .when = {}, .target = std::chrono::seconds{*line.target_seconds}});
  if (!is_new()) return false;
  promises_changed([id](const store::Mailbox& one) { return one.id == id; });
  return true;
}

bool HistoryWriter::write(const HistoryTarget& line) {
  const MailboxId id = line.mailbox ? MailboxId{need(HistoryThing::mailbox, *line.mailbox)} : MailboxId{};
  store::set_target(sql_, {.from = line.from,
                           .until = line.until,
                           .mailbox = id,
                           .when = line.when,
                           .target = std::chrono::seconds{line.target_seconds}});
  if (!is_new()) return false;
  promises_changed([id](const store::Mailbox& mailbox) { return !id || mailbox.id == id; });
  return true;
}

void HistoryWriter::promises_changed(const std::function<bool(const store::Mailbox&)>& concerns) {
  for (const store::Mailbox& mailbox : store::mailboxes(sql_))
    if (concerns(mailbox)) store::add_promise_change(sql_, mailbox.id);
}

// Somebody who is here already stays as she is: a file gives nobody a role, a name or a way in.
bool HistoryWriter::write(const HistoryAgent& line) {
  if (find(HistoryThing::agent, line.id)) return false;
  const auto known = store::find_agent(sql_, line.email);
  const AgentId id = known ? known->id
                           : store::add_agent(sql_, {.email = store::address_key(line.email),
                                                     .name = line.name.empty() ? line.email : line.name,
                                                     .role = line.role,
                                                     .created_at = now_})
                                 .value();
  remember(HistoryThing::agent, line.id, id.value);
  return true;
}

bool HistoryWriter::write(const HistoryCustomer& line) {
  const bool fresh = is_new();
  const std::string email = line.email.value_or(""), address = store::address_key(email);
  CustomerId id{find(HistoryThing::customer, line.id)};
  if (!id && !email.empty()) {
    // The address's owner, unless the file has two customers of one address: those stay two.
    const auto owner = owners_.find(address);
    if (owner != owners_.end() && !store::is_imported(sql_, "customer", owner->second.value)) id = owner->second;
  }
  const bool is_known{id};
  store::Customer customer = is_known ? customers_.at(id) : store::Customer{.created_at = now_};
  const Traits before = customer.traits;
  if (!email.empty()) customer.email = email;
  if (line.name) customer.name = *line.name;
  for (const auto& [name, value] : line.traits) customer.traits[name] = value;
  if (is_known)
    store::save_customer(sql_, customer);
  else
    customer.id = store::add_customer(sql_, customer);
  if (is_known && customer.traits != before) store::note_changed_waits_of(sql_, customer.id);
  remember(HistoryThing::customer, line.id, customer.id.value);
  if (!email.empty() && owners_.emplace(address, customer.id).second) store::add_address(sql_, address, customer.id);
  customers_.insert_or_assign(customer.id, customer);
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
    remember(HistoryThing::article, line.id, article->id.value);
  return is_new();
}

}  // namespace fifteen::desk
