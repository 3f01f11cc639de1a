#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/desk/mail/signing.hpp"
#include "server/desk/portal/brands.hpp"
#include "server/desk/tickets/files.hpp"
#include "server/store/ratings.hpp"
#include "server/store/tickets.hpp"

// A ticket as its customer sees it, without an account: the link in our mails is the proof. It is given to one address
// of one ticket, for 90 days. Reading changes nothing, whoever follows the link (mail scanners open every one).
namespace fifteen::desk {

constexpr std::chrono::days ticket_link_lasts{90};

enum class PublicAuthor { customer, agent, system };

struct PublicMessage {
  MessageId id;
  PublicAuthor from = PublicAuthor::customer;
  bool is_own = false;  // by the address that the link was given to
  std::string name;     // an agent's, a customer's (her address, where she gave none), the mailbox's
  Instant at{};
  std::string text;  // as it was written; an agent's Markdown
  std::string html;  // the same as safe HTML
  std::vector<store::Attachment> attachments;
};

struct PublicAnswer {
  MessageId message;
  std::string agent;
  Instant at{};
  std::optional<Microseconds> took;     // from when the customer began to wait; none: nobody waited for it
  std::optional<store::Rating> rating;  // what the customer made of it
};

struct PublicTicket {
  TicketId ticket;      // it may have been merged into another since
  std::string address;  // whom the link was given to
  std::string subject;
  TicketState state = TicketState::open;
  std::vector<PublicMessage> messages;   // the last 200, oldest first
  std::optional<Instant> waiting_since;  // the customer's last word, which nobody has answered
  std::optional<PublicAnswer> answer;    // the last one
  MailboxId mailbox;
  std::string language;  // of ours, in which the customer writes
  Brand brand;
};

// Notes, machines' mail and what third parties wrote stay inside, and a reply shows once it can't be taken back.
// errc::not_found: no link of ours. errc::expired: older than 90 days.
result<PublicTicket> open_public_ticket(store::Session& sql, std::string_view token, Instant now);
// A word that changes with what the customer sees of it, and when it will by itself: a reply can't be taken back then.
struct PublicStamp {
  std::string word;
  std::optional<Instant> changes_at;
};
PublicStamp public_stamp(store::Session& sql, TicketId ticket, Instant now);
// An attachment of one of those messages. The same errors.
result<File> open_public_file(store::Session& sql, std::string_view token, AttachmentId id, Instant now);

struct NewFile {
  std::string name, content_type;
  std::string_view bytes;
};
constexpr std::size_t most_public_files = 10;
constexpr std::size_t largest_public_files = 10u << 20;  // together
// Keeps what a form brought, as uploads of nobody, for a message of the same transaction. errc::too_large;
// errc::invalid: more than ten, or one without a name.
result<std::vector<AttachmentId>> keep_public_files(store::Session& sql, const std::vector<NewFile>& files,
                                                    Instant now);

// Where a page stands between a form and its sending, its files wait here: what the page carries of them, signed, and
// those of it that no message has yet. What nobody sends is gone after two days: errc::not_found.
std::string sign_kept_files(const Key& key, const std::vector<AttachmentId>& files);
result<std::vector<store::Attachment>> kept_files(store::Session& sql, const Key& key, std::string_view signed_files);

// The customer's further word: starts a wait where none runs and opens a closed ticket, as a mail does. The same
// errors, and errc::invalid: no words, or more than 20,000 characters.
result<MessageId> reply_by_link(store::Session& sql, std::string_view token, const std::string& text,
                                const std::vector<AttachmentId>& attachments, Instant now);
// "This is solved": the customer's own close. A running wait ends as self_solved. The same errors, and
// errc::already_done: it is closed.
result<void> solve_by_link(store::Session& sql, std::string_view token, Instant now);

// What a link leads to now and whom it was given to, whatever its age. errc::not_found.
struct LinkHolder {
  TicketId ticket;
  std::string address;
  bool is_expired = false;
};
result<LinkHolder> holder_of_link(store::Session& sql, std::string_view token, Instant now);

}  // namespace fifteen::desk
