#include "server/desk/history_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/base/rfc3339.hpp"
#include "server/desk/history_format.hpp"

namespace fifteen::desk {
namespace {

std::string_view word(HistoryThing thing) {
  static constexpr std::string_view words[] = {"schedule", "mailbox", "agent", "customer", "ticket", "message"};
  return words[static_cast<std::size_t>(thing)];
}

std::size_t index(HistoryThing thing) {
  return static_cast<std::size_t>(thing);
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == line.npos;
}

}  // namespace

std::string HistoryMistake::told() const {
  return fmt::format("line {}: {}", line, what);
}

bool HistoryCheck::feed(std::string_view line) {
  ++line_;
  last_.reset();
  // A byte order mark, as some editors leave it, says nothing.
  if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  if (is_blank(line)) return true;
  auto record = parse_history_line(line);
  if (!record) {
    complain(record.error());
    return false;
  }
  last_ = std::move(*record);
  return check(*last_);
}

bool HistoryCheck::finish() {
  // The first line that named something unknown, not whichever a hash table comes to.
  for (std::size_t thing = 0; thing < std::size(needed_); ++thing)
    for (const auto& [id, line] : needed_[thing])
      if (!is_known(static_cast<HistoryThing>(thing), id) && (mistake_.line == 0 || line < mistake_.line))
        mistake_ = {line,
                    fmt::format("{0} \"{1}\" is not in the file: add its line, {{\"type\":\"{0}\",\"id\":\"{1}\",…}}",
                                word(static_cast<HistoryThing>(thing)), id)};
  return mistake_.line == 0;
}

bool HistoryCheck::check(const HistoryRecord& record) {
  if (const HistoryEvent* event = event_of(record)) {
    if (latest_ && event->at < *latest_)
      complain(fmt::format("\"at\" is earlier than {} on a line before: sort the file by time", to_rfc3339(*latest_)));
    latest_ = std::max(latest_.value_or(event->at), event->at);
    if (!std::holds_alternative<HistoryTicket>(record)) needs_before(HistoryThing::ticket, event->ticket);
  }
  std::visit([this](const auto& line) { check(line); }, record);
  return mistake_.line == 0;
}

void HistoryCheck::check(const HistorySchedule& schedule) {
  brought_[index(HistoryThing::schedule)].try_emplace(schedule.id, line_);
}

void HistoryCheck::check(const HistoryMailbox& mailbox) {
  const bool is_first = !is_known(HistoryThing::mailbox, mailbox.id);
  if (is_first && !mailbox.address)
    complain("mailbox: \"address\" is missing: give the mail address customers write to");
  if (mailbox.schedule && !mailbox.schedule->empty()) needs(HistoryThing::schedule, *mailbox.schedule);
  brought_[index(HistoryThing::mailbox)].try_emplace(mailbox.id, line_);
}

void HistoryCheck::check(const HistoryTarget& target) {
  if (target.mailbox) needs(HistoryThing::mailbox, *target.mailbox);
}

void HistoryCheck::check(const HistoryAgent& agent) {
  brought_[index(HistoryThing::agent)].try_emplace(agent.id, line_);
}

void HistoryCheck::check(const HistoryCustomer& customer) {
  brought_[index(HistoryThing::customer)].try_emplace(customer.id, line_);
}

void HistoryCheck::check(const HistoryArticle&) {}

void HistoryCheck::check(const HistoryTicket& ticket) {
  brings_once(HistoryThing::ticket, ticket.ticket);
  needs(HistoryThing::mailbox, ticket.mailbox);
  needs(HistoryThing::customer, ticket.customer);
}

void HistoryCheck::check(const HistoryMessage& message) {
  if (message.id) brings_once(HistoryThing::message, *message.id);
  needs(message.from);
}

void HistoryCheck::check(const HistoryClose& close) {
  needs(close.by);
}
void HistoryCheck::check(const HistoryReopen& reopen) {
  needs(reopen.by);
}

void HistoryCheck::check(const HistoryAssign& assign) {
  if (assign.to) needs(HistoryThing::agent, *assign.to);
}

void HistoryCheck::check(const HistoryTag&) {}
void HistoryCheck::check(const HistorySpam&) {}
void HistoryCheck::check(const HistoryMerge& merge) {
  needs_before(HistoryThing::ticket, merge.into);
}
void HistoryCheck::check(const HistoryUnmerge&) {}

void HistoryCheck::check(const HistorySplit& split) {
  needs_before(HistoryThing::ticket, split.into);
  for (const std::string& message : split.messages) needs_before(HistoryThing::message, message);
}

void HistoryCheck::check(const HistoryBounce& bounce) {
  needs_before(HistoryThing::message, bounce.message);
}
void HistoryCheck::check(const HistoryUndo& undo) {
  needs_before(HistoryThing::message, undo.message);
}

void HistoryCheck::check(const HistoryRating& rating) {
  if (rating.message) needs_before(HistoryThing::message, *rating.message);
}

void HistoryCheck::needs(HistoryThing thing, const std::string& id) {
  needed_[index(thing)].try_emplace(id, line_);
}

void HistoryCheck::needs_before(HistoryThing thing, const std::string& id) {
  if (!is_known(thing, id))
    complain(fmt::format("{} \"{}\" is on no line before: put its own line first", word(thing), id));
}

void HistoryCheck::needs(const HistoryActor& actor) {
  if (actor.id.empty()) return;
  needs(actor.kind == ActorKind::agent ? HistoryThing::agent : HistoryThing::customer, actor.id);
}

void HistoryCheck::brings_once(HistoryThing thing, const std::string& id) {
  const auto [first, is_new] = brought_[index(thing)].try_emplace(id, line_);
  if (!is_new)
    complain(fmt::format("{} \"{}\" was given before, on line {}: ids are unique", word(thing), id, first->second));
}

bool HistoryCheck::is_known(HistoryThing thing, const std::string& id) const {
  return brought_[index(thing)].contains(id) || (known_ && known_(thing, id));
}

void HistoryCheck::complain(std::string what) {
  if (mistake_.line == 0) mistake_ = {line_, std::move(what)};
}

}  // namespace fifteen::desk
