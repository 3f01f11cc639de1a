#pragma once
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "server/store/session.hpp"

// Where people want no suggestions.
namespace fifteen::store {

// Whether a mailbox's acknowledgements suggest articles.
bool suggests_articles(Session& sql, MailboxId mailbox);
std::set<MailboxId> quiet_mailboxes(Session& sql);
void set_suggests_articles(Session& sql, MailboxId mailbox, bool suggests);

// An agent says that this answer ("article" 12) does not fit the ticket. False: somebody said so before.
bool add_wrong_answer(Session& sql, TicketId ticket, std::string_view kind, std::int64_t answer, AgentId by,
                      Instant now);
// Kind and id of all of a ticket's; at most 1000.
std::set<std::pair<std::string, std::int64_t>> wrong_answers_of(Session& sql, TicketId ticket);

}  // namespace fifteen::store
