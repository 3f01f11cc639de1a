#include "server/store/suggestion_choices.hpp"

namespace fifteen::store {

std::set<MailboxId> quiet_mailboxes(Session& sql) {
  std::set<MailboxId> quiet;
  for (const auto& [id] : sql.all<MailboxId>("SELECT mailbox_id FROM quiet_mailboxes LIMIT 1000")) quiet.insert(id);
  return quiet;
}

bool suggests_articles(Session& sql, MailboxId mailbox) {
  return !quiet_mailboxes(sql).contains(mailbox);
}

void set_suggests_articles(Session& sql, MailboxId mailbox, bool suggests) {
  if (suggests)
    sql.run("DELETE FROM quiet_mailboxes WHERE mailbox_id = :id", {{"id", mailbox}});
  else
    sql.add_row_if_new("quiet_mailboxes", {{"mailbox_id", mailbox}});
}

bool add_wrong_answer(Session& sql, TicketId ticket, std::string_view kind, std::int64_t answer, AgentId by,
                      Instant now) {
  return sql.insert_new(
      "wrong_answers (ticket_id, kind, answer_id, agent_id, at) VALUES (:ticket, :kind, :answer, :agent, :at)",
      {{"ticket", ticket}, {"kind", kind}, {"answer", answer}, {"agent", by}, {"at", now}});
}

std::set<std::pair<std::string, std::int64_t>> wrong_answers_of(Session& sql, TicketId ticket) {
  std::set<std::pair<std::string, std::int64_t>> wrong;
  for (auto& [kind, id] : sql.all<std::string, std::int64_t>(
           "SELECT kind, answer_id FROM wrong_answers WHERE ticket_id = :ticket LIMIT 1000", {{"ticket", ticket}}))
    wrong.emplace(std::move(kind), id);
  return wrong;
}

}  // namespace fifteen::store
