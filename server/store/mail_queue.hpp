#pragma once
#include <optional>
#include <string>
#include <vector>

#include "mail/message.hpp"
#include "server/base/clock.hpp"
#include "server/base/ids.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// A mail that is to leave, complete but for its attachments' bytes: what it says is settled when it is enqueued.
struct QueuedMail {
  MessageId message;  // the reply it carries; none for a mail that belongs to no ticket (an invitation)
  TicketId ticket;
  std::string kind;           // reply, ack, invite, reset, digest, vote, idea
  std::string envelope_from;  // empty: the null path of automatic mail (RFC 3834, 3.3)
  std::vector<std::string> recipients;

  mail::Address from;
  std::vector<mail::Address> reply_to, to, cc;
  std::string subject;
  std::string rfc_message_id;           // without <>; final: each try sends the same
  std::vector<std::string> references;  // without <>, oldest first; the last is what it answers
  std::string text, html;
  bool automatic = false;   // Auto-Submitted: auto-replied
  std::string unsubscribe;  // https: where a POST ends such mails (RFC 8058); empty: nowhere
  Instant not_before;       // the end of the undo window
};

enum class RecipientState { waiting, sent, failed };
struct QueuedRecipient {
  std::string address;
  RecipientState state = RecipientState::waiting;
  std::string answer;  // what the relay said last
};

// Where a queued mail stands.
struct MailStatus {
  enum class State { waiting, sent, failed } state = State::waiting;
  std::int64_t id = 0;
  MessageId message;
  TicketId ticket;
  std::string kind, subject;
  std::vector<QueuedRecipient> recipients;
  int attempts = 0;
  Instant not_before, created_at;  // of a waiting mail: when the next try is due
  std::optional<Instant> finished_at;
  std::string error;  // why it still waits or failed
};

struct ClaimedMail {
  std::int64_t id = 0;
  QueuedMail mail;
  std::vector<QueuedRecipient> recipients;
  int attempts = 0;  // this one included
  Instant created_at;
};

void enqueue_mail(Session& sql, const QueuedMail& mail, Instant now);

// Takes mails that are due, for `owner` alone until `lease_until`; a lease that ran out (its owner died) is due again.
std::vector<ClaimedMail> claim_mails(Session& sql, const std::string& owner, Instant now, Instant lease_until,
                                     int most);
// Ends the lease with what became of each recipient. While one waits the mail is due again at `next_try`; else it is
// sent, and its text forgotten, or failed when at least one recipient failed. False: the lease was lost to another
// owner, nothing was written.
bool record_attempt(Session& sql, std::int64_t id, const std::string& owner,
                    const std::vector<QueuedRecipient>& recipients, const std::string& error, Instant next_try,
                    Instant now);
// As if these addresses (as address_key has them) had never been among its recipients; gone when it waits for no other.
void leave_out(Session& sql, std::int64_t mail, const std::vector<std::string>& addresses);
// A node that starts gives back what it had claimed when it died.
void release_leases(Session& sql, const std::string& owner);
// Whether claim_mails() would find one. Reads a few rows, however many wait.
bool mail_is_due(Session& sql, Instant now);
// Whether mail of this kind is due that nobody has tried to send yet.
bool untried_mail_waits(Session& sql, std::string_view kind, Instant now);

// Undo: takes the mail of a reply back while no try has begun. False when it is too late.
bool withdraw_mail(Session& sql, MessageId message);
// A failed or waiting mail is due now, for the recipients that did not get it. False: no such mail, or it was sent.
bool retry_mail(Session& sql, std::int64_t id, Instant now);

std::optional<MailStatus> mail_status_of(Session& sql, MessageId message);
// Of all messages of a ticket, by id.
std::vector<MailStatus> mail_statuses_of(Session& sql, TicketId ticket);
// What waits or failed, newest first, up to 200; for Settings → Outgoing.
std::vector<MailStatus> unfinished_mails(Session& sql);

}  // namespace fifteen::store
