#include "server/store/personal.hpp"

namespace fifteen::store {

void set_read(Session& sql, TicketId ticket, AgentId agent, Instant up_to) {
  const auto known = sql.run("UPDATE ticket_reads SET read_at = :at WHERE ticket_id = :ticket AND agent_id = :agent",
                             {{"at", up_to}, {"ticket", ticket}, {"agent", agent}});
  if (!known)
    sql.insert_new("ticket_reads (ticket_id, agent_id, read_at) VALUES (:ticket, :agent, :at)",
                   {{"ticket", ticket}, {"agent", agent}, {"at", up_to}});
}

void save_draft(Session& sql, TicketId ticket, AgentId agent, const Draft& draft) {
  const auto known = sql.run(
      "UPDATE drafts SET kind = :kind, body = :body, saved_at = :at WHERE ticket_id = :ticket AND agent_id = :agent",
      {{"kind", name(draft.kind)}, {"body", draft.text}, {"at", draft.saved_at}, {"ticket", ticket}, {"agent", agent}});
  if (!known)
    sql.insert_new("drafts (ticket_id, agent_id, kind, body, saved_at) VALUES (:ticket, :agent, :kind, :body, :at)",
                   {{"ticket", ticket},
                    {"agent", agent},
                    {"kind", name(draft.kind)},
                    {"body", draft.text},
                    {"at", draft.saved_at}});
}

std::optional<Draft> find_draft(Session& sql, TicketId ticket, AgentId agent) {
  auto row = sql.one<std::string, std::string, Instant>(
      "SELECT kind, body, saved_at FROM drafts WHERE ticket_id = :ticket AND agent_id = :agent",
      {{"ticket", ticket}, {"agent", agent}});
  if (!row) return {};
  auto& [kind, text, saved_at] = *row;
  return Draft{parse<MessageKind>(kind).value_or(MessageKind::reply), std::move(text), saved_at};
}

void remove_draft(Session& sql, TicketId ticket, AgentId agent) {
  sql.run("DELETE FROM drafts WHERE ticket_id = :ticket AND agent_id = :agent", {{"ticket", ticket}, {"agent", agent}});
}

}  // namespace fifteen::store
