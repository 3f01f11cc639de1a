#include "server/desk/history/history_names.hpp"

namespace fifteen::desk {
namespace {

using enum HistoryThing;
using enum Mention;

void each(const HistorySchedule& line, const OnName& visit) {
  visit(schedule, line.id, brings);
}

void each(const HistoryMailbox& line, const OnName& visit) {
  if (line.schedule && !line.schedule->empty()) visit(schedule, *line.schedule, needs);
  visit(mailbox, line.id, brings);
}

void each(const HistoryTarget& line, const OnName& visit) {
  if (line.mailbox) visit(mailbox, *line.mailbox, needs);
}

void each(const HistoryAgent& line, const OnName& visit) {
  visit(agent, line.id, brings);
}
void each(const HistoryCustomer& line, const OnName& visit) {
  visit(customer, line.id, brings);
}
void each(const HistoryArticle& line, const OnName& visit) {
  visit(article, line.id, brings);
}

void each(const HistoryActor& actor, const OnName& visit) {
  if (!actor.id.empty()) visit(actor.kind == ActorKind::agent ? agent : customer, actor.id, needs);
}

void each(const HistoryTicket& line, const OnName& visit) {
  visit(ticket, line.ticket, brings_once);
  visit(mailbox, line.mailbox, needs);
  visit(customer, line.customer, needs);
}

void each(const HistoryMessage& line, const OnName& visit) {
  if (line.id) visit(message, *line.id, brings_once);
  each(line.from, visit);
}

void each(const HistoryClose& line, const OnName& visit) {
  each(line.by, visit);
}
void each(const HistoryReopen& line, const OnName& visit) {
  each(line.by, visit);
}

void each(const HistoryAssign& line, const OnName& visit) {
  if (line.to) visit(agent, *line.to, needs);
}

void each(const HistoryTag&, const OnName&) {}
void each(const HistorySpam&, const OnName&) {}
void each(const HistoryUnmerge&, const OnName&) {}

void each(const HistoryMerge& line, const OnName& visit) {
  visit(ticket, line.into, needs_before);
}

void each(const HistorySplit& line, const OnName& visit) {
  visit(ticket, line.into, needs_before);
  for (const std::string& id : line.messages) visit(message, id, needs_before);
}

void each(const HistoryBounce& line, const OnName& visit) {
  visit(message, line.message, needs_before);
}
void each(const HistoryUndo& line, const OnName& visit) {
  visit(message, line.message, needs_before);
}

void each(const HistoryRating& line, const OnName& visit) {
  if (line.message) visit(message, *line.message, needs_before);
}

}  // namespace

std::string_view word(HistoryThing thing) {
  static constexpr std::string_view words[history_things] = {"schedule", "mailbox", "agent",  "customer",
                                                             "article",  "ticket",  "message"};
  return words[static_cast<std::size_t>(thing)];
}

void each_name(const HistoryRecord& record, const OnName& visit) {
  if (const HistoryEvent* event = event_of(record); event && !std::holds_alternative<HistoryTicket>(record))
    visit(ticket, event->ticket, needs_before);
  std::visit([&](const auto& line) { each(line, visit); }, record);
}

}  // namespace fifteen::desk
