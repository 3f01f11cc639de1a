#pragma once
#include "server/store/tickets.hpp"

// How a ticket's row is read, for the files of this folder that select tickets: the table is `t`.
namespace fifteen::store {

inline constexpr std::string_view ticket_columns =
    "t.id, t.mailbox_id, t.customer_id, t.subject, t.channel, t.started_by, t.created_at, t.may_belong_to, "
    "t.family_id, t.version, t.state, t.closed_at, t.is_spam, t.assignee_id, t.merged_into, t.wait_kind, "
    "t.wait_started_at, t.wait_due_at, t.wait_target_us, t.updated_at, t.last_customer_at, t.last_reply_us, "
    "t.last_replier_id, t.preview, t.tags";
using TicketRow = std::tuple<TicketId, MailboxId, CustomerId, std::string, std::string, std::string, Instant, TicketId,
                             TicketId, std::int64_t, std::string, std::optional<Instant>, bool, AgentId, TicketId,
                             std::int64_t, std::optional<Instant>, std::optional<Instant>, std::optional<std::int64_t>,
                             Instant, Instant, std::optional<std::int64_t>, AgentId, std::string, std::string>;
Ticket to_ticket(TicketRow& row);

std::string_view name(Shelf shelf);

// Its customer is not erased. Counted, by the key: of NOT EXISTS MariaDB makes a table of all who are.
inline constexpr std::string_view is_of_somebody =
    "(SELECT COUNT(*) FROM erasures gone WHERE gone.customer_id = t.customer_id) = 0";

}  // namespace fifteen::store
