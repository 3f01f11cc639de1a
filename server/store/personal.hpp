#pragma once
#include <optional>
#include <string>

#include "server/domain/words.hpp"
#include "server/store/session.hpp"

// What one agent keeps about a ticket: how far she has read, and what she is writing.
namespace fifteen::store {

// `up_to` of the epoch marks it as unread.
void set_read(Session& sql, TicketId ticket, AgentId agent, Instant up_to);

struct Draft {
  MessageKind kind = MessageKind::reply;  // or note
  std::string text;
  Instant saved_at{};
};
void save_draft(Session& sql, TicketId ticket, AgentId agent, const Draft& draft);
std::optional<Draft> find_draft(Session& sql, TicketId ticket, AgentId agent);
void remove_draft(Session& sql, TicketId ticket, AgentId agent);

}  // namespace fifteen::store
