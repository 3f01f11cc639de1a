#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/messages.hpp"
#include "server/store/tickets.hpp"

// What agents do in a conversation. Each writes its facts, reckons the clock anew and leaves the ticket's summary right
// (ticket_clock.hpp), all in the session's transaction; an error writes nothing.
namespace fifteen::desk {

// How long a reply may be held back so that it can be taken back, and how long a close can be.
constexpr std::chrono::seconds longest_undo{60};
// How long a customer who said that it is solved can say that it is not. Later she writes, and a new wait begins.
constexpr std::chrono::hours longest_second_thought{1};

struct NewMessage {
  MessageKind kind = MessageKind::reply;  // or note
  std::string text;                       // Markdown
  bool close = false;
  std::optional<std::int64_t> if_version;  // the ticket as its writer saw it
  std::chrono::seconds undo{0};            // a reply waits this long before it leaves; at most longest_undo
  std::vector<AttachmentId> attachments;   // her own uploads
  std::string site;                        // where a reply's links lead; empty: its mail has none
};

// Answers the customer, or notes something for the team.
// errc::not_found: no such ticket. errc::conflict: it changed since if_version (news_since says how).
// errc::invalid: no text, unknown attachment. errc::forbidden: only a person answers.
result<store::Message> add_message(store::Session& sql, const Actor& actor, TicketId ticket, const NewMessage& message,
                                   Instant now);
// What came into the ticket after this version of it, oldest first, at most 50; and the version it has now.
struct TicketNews {
  std::int64_t version = 0;
  std::vector<store::Message> messages;
};
TicketNews news_since(store::Session& sql, TicketId ticket, std::int64_t version);

// Takes a reply back: as if it had never been. Returns its text.
// errc::expired: the window is over or a worker has begun to send. errc::forbidden: somebody else's.
result<std::string> undo_reply(store::Session& sql, const Actor& actor, MessageId message, Instant now);

// errc::already_done: it is closed (open).
result<void> close_ticket(store::Session& sql, const Actor& actor, TicketId ticket, Instant now);
result<void> reopen_ticket(store::Session& sql, const Actor& actor, TicketId ticket, Instant now);

// Takes the ticket's last close back: as if it had never been, at no instant, so that a report as of the moments
// between shows the customer waiting, too. errc::already_done: it is taken back. errc::not_found: nobody closed it
// without a reply. errc::forbidden: somebody else did. errc::expired: more than longest_undo ago. errc::conflict: it
// was opened again or merged since.
result<void> take_back_close(store::Session& sql, const Actor& actor, TicketId ticket, Instant now);

// The customer says that it is solved: a running wait ends as self_solved, and the ticket closes. Nobody is told.
// errc::not_found: no such ticket. errc::already_done: it is closed.
result<void> solve(store::Session& sql, TicketId ticket, Instant now);
// And that it is not after all: as if it had never been said, at no instant. errc::already_done: it is taken back.
// errc::not_found: nobody closed it without a reply. errc::forbidden: an agent did. errc::expired: more than
// longest_second_thought ago. errc::conflict: it was opened again since.
result<void> take_back_solve(store::Session& sql, TicketId ticket, Instant now);
// When the customer said so, of a ticket that has been closed since.
std::optional<Instant> solved_at(store::Session& sql, const store::Ticket& ticket);

// `to` none: nobody's. errc::invalid: no such active agent. errc::already_done.
result<void> assign_ticket(store::Session& sql, const Actor& actor, TicketId ticket, AgentId to, Instant now);

// At most 20, of 1 to 100 characters in one line. errc::invalid; errc::already_done.
result<void> tag_ticket(store::Session& sql, const Actor& actor, TicketId ticket, std::vector<std::string> tags,
                        Instant now);

// errc::already_done.
result<void> mark_spam(store::Session& sql, const Actor& actor, TicketId ticket, Instant now);
result<void> unmark_spam(store::Session& sql, const Actor& actor, TicketId ticket, Instant now);

// An agent's own marks; other people never see them, so they make no event.
result<void> mark_read(store::Session& sql, const Actor& actor, TicketId ticket, Instant now);
result<void> mark_unread(store::Session& sql, const Actor& actor, TicketId ticket);
result<void> keep_draft(store::Session& sql, const Actor& actor, TicketId ticket, MessageKind kind,
                        const std::string& text, Instant now);
result<void> drop_draft(store::Session& sql, const Actor& actor, TicketId ticket);

// The outbox reports: a mail of ours can't be delivered for good (5.x.x). Of a reply this is `bounced`: the old wait
// runs on. A second report on the same reply changes nothing.
void reply_bounced(store::Session& sql, MessageId message, const std::string& reason, Instant now);

// A mail of ours was sent, failed or is to be tried again: the inbox shows it at once.
void delivery_changed(store::Session& sql, MessageId message, Instant now);

}  // namespace fifteen::desk
