#include "server/desk/tickets/intake.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "server/desk/mail/outgoing.hpp"
#include "server/desk/team/notifications.hpp"
#include "server/desk/tickets/content_key.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/desk/tickets/record.hpp"
#include "server/desk/tickets/threading.hpp"
#include "server/desk/tickets/ticket_clock.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/store/agents.hpp"
#include "server/store/attachments.hpp"
#include "server/store/blobs.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/incoming.hpp"
#include "server/store/mailboxes.hpp"

namespace fifteen::desk {
namespace {

constexpr std::array<std::string_view, 4> outcomes = {"opened", "joined", "duplicate", "ignored"};
constexpr std::size_t most_copied = 50;

mail::Address sender_of(const ReceivedMail& received) {
  if (received.message.from && !received.message.from->address.empty()) return *received.message.from;
  if (!received.sender.empty()) return {"", received.sender};
  return {"Unknown sender", "unknown@invalid"};
}

MessageKind kind_of(const mail::Message& message) {
  switch (message.automatic) {
    case mail::Automatic::no:
      return MessageKind::message;
    case mail::Automatic::bounce:
      return MessageKind::bounce;
    case mail::Automatic::auto_reply:
    case mail::Automatic::complaint:
    case mail::Automatic::bulk:
      return MessageKind::automatic;
  }
  return MessageKind::message;
}

// What of a mail's text is not newly written: nothing is lost.
std::string quoted_of(const mail::Message& message) {
  if (!message.text.starts_with(message.visible_text)) return message.text;
  const auto rest = message.text.substr(message.visible_text.size());
  return rest.find_first_not_of(" \t\r\n") == std::string::npos ? "" : rest;
}

// What the mails of one job share.
struct Mailroom {
  Mailroom(store::Session& sql, std::span<const ReceivedMail> mails, Instant now)
      : key(signing_key(sql)), mailboxes(store::mailboxes(sql)), promises(sql), notifier(sql, now) {
    std::vector<std::string> senders;
    for (const ReceivedMail& mail : mails) {
      content_keys.push_back(content_key(mail.message, mail.raw));
      senders.push_back(store::address_key(sender_of(mail).address));
    }
    kept = store::kept_mails(sql, content_keys);
    customers = store::customers_at(sql, senders);
    agents = store::agents_at(sql, senders);
    acknowledger.emplace(sql, key, senders);
  }

  const Key key;
  std::vector<store::Mailbox> mailboxes;
  MailboxPromises promises;
  Notifier notifier;
  std::optional<Acknowledger> acknowledger;
  std::vector<std::string> content_keys;                  // of each mail
  std::unordered_map<std::string, store::KeptMail> kept;  // of these, by content key
  std::map<std::string, store::Customer> customers;       // the senders that are known, by address
  std::set<std::string> agents;                           // the senders that are agents
};

// One mail on its way into the records.
class Arrival {
 public:
  Arrival(store::Session& sql, Mailroom& room, const ReceivedMail& mail, const std::string& content_key, Instant now)
      : sql_(sql),
        room_(room),
        mail_(mail),
        message_(mail.message),
        content_key_(content_key),
        now_(now),
        sender_(sender_of(mail)) {}

  Intake receive() {
    is_agents_ = room_.agents.contains(store::address_key(sender_.address));
    for (const std::string& address : mail_.recipients) recipients_.push_back(read_address(room_.key, address));
    mailbox_ = choose_mailbox();
    const auto kept = room_.kept.find(content_key_);
    const bool is_kept = kept != room_.kept.end(), is_ours_again = is_our_own();
    if (is_kept || is_ours_again)
      if (const auto before = store::find_incoming(sql_, mail_.spool_key)) return as_before(*before);

    raw_sha256_ = store::add_blob(sql_, mail_.raw);
    Intake intake;
    if (is_ours_again)
      intake = {IntakeOutcome::ignored, "our own mail came back", {}, {}};
    else
      intake = is_kept ? again(kept->second) : sort_out();
    store::add_incoming(sql_, {.id = 0,
                               .spool_id = mail_.spool_key,
                               .content_key = content_key_,
                               .mailbox = mailbox_.id,
                               .received_at = mail_.received_at,
                               .door = mail_.door,
                               .envelope_from = mail_.sender,
                               .sender = sender_.address,
                               .subject = message_.subject,
                               .outcome = std::string(name(intake.outcome)),
                               .reason = intake.reason,
                               .ticket = intake.ticket,
                               .message = intake.message,
                               .raw_sha256 = raw_sha256_});
    return intake;
  }

 private:
  static Intake as_before(const store::Incoming& known) {
    const auto outcome = std::ranges::find(outcomes, known.outcome);
    return {static_cast<IntakeOutcome>(outcome - outcomes.begin()), known.reason, known.ticket, known.message};
  }

  Intake sort_out() {
    Threading threading = thread_mail(sql_, room_.key, message_, recipients_);
    if (const auto ticket = threading.ticket ? store::find_ticket(sql_, threading.ticket) : std::nullopt)
      return join(*ticket, threading);
    return open(threading);
  }

  const store::Mailbox* mailbox_at(const std::string& address) const {
    const auto found = std::ranges::find(room_.mailboxes, address, &store::Mailbox::address);
    return found == room_.mailboxes.end() ? nullptr : &*found;
  }
  bool is_ours(const std::string& address) const { return mailbox_at(read_address(room_.key, address).mailbox); }

  store::Mailbox choose_mailbox() {
    for (const TaggedAddress& recipient : recipients_)
      if (const auto* mailbox = mailbox_at(recipient.mailbox)) return *mailbox;
    if (!room_.mailboxes.empty()) return room_.mailboxes.front();
    // A desk that nobody has set up yet: what is written to becomes its first mailbox.
    store::Mailbox first;
    first.address =
        recipients_.empty() || !is_usable_address(recipients_[0].mailbox) ? "help@localhost" : recipients_[0].mailbox;
    first.name = "Support";
    first.created_at = now_;
    first.id = store::add_mailbox(sql_, first).value();
    room_.mailboxes.push_back(first);
    return first;
  }

  // Somebody forwards to us what we sent, or a mailbox of ours writes to another by mistake: a loop's beginning.
  bool is_our_own() const { return is_ours(sender_.address) && verify_message_id(room_.key, message_.message_id); }

  Intake again(const store::KeptMail& known) {
    const auto ticket = store::find_ticket(sql_, known.ticket);
    if (ticket && ticket->mailbox != mailbox_.id)
      return {IntakeOutcome::joined, "the same mail, also sent to " + mailbox_.address, known.ticket, known.message};
    return {IntakeOutcome::duplicate, "the same mail again", known.ticket, known.message};
  }

  store::Customer customer() {
    const std::string address = store::address_key(sender_.address);
    const auto known = room_.customers.find(address);
    if (known == room_.customers.end())
      return room_.customers.emplace(address, store::add_customer(sql_, address, sender_.name, now_)).first->second;
    store::name_customer(sql_, known->second, sender_.name);
    return known->second;
  }

  Intake join(const store::Ticket& ticket, const Threading& threading) {
    const bool is_report = static_cast<bool>(threading.reports_on);
    const CustomerId customer_id = is_report ? CustomerId() : customer().id;
    const MessageId id =
        keep(ticket.id, customer_id, threading.why, is_report ? ActorKind::third_party : author(), ticket.version + 1);
    if (message_.automatic == mail::Automatic::no) copy_in(ticket.id);
    Touched touched;
    if (message_.automatic == mail::Automatic::no) {
      if (is_from_customer()) touched.customer_wrote_at = mail_.received_at;
      touched.preview = preview_of(message_.visible_text);
    }
    refresh_clock(sql_, ticket, now_, touched);
    if (is_from_customer()) room_.notifier.answer(ticket, shown_sender());
    if (is_report) heed_report(threading.reports_on);
    return {IntakeOutcome::joined, threading.why, ticket.id, id};
  }

  // Only a report of a failure for good, on the address that was meant to be answered, takes the answer back.
  void heed_report(MessageId reported) {
    const auto reply = store::find_message(sql_, reported);
    if (!reply || !message_.report) return;
    for (const mail::DeliveryStatus& status : message_.report->recipients) {
      if (!status.permanent || status.delayed || message_.report->success) continue;
      const std::string failed = store::address_key(status.recipient);
      const auto is_it = [&](const mail::Address& to) { return store::address_key(to.address) == failed; };
      if (failed.empty() || std::ranges::any_of(reply->to, is_it)) {
        reply_bounced(sql_, reported, status.recipient + " " + status.status, mail_.received_at);
        return;
      }
    }
  }

  Intake open(const Threading& threading) {
    store::Ticket ticket{.mailbox = mailbox_.id,
                         .customer = customer().id,
                         .subject = store::clip(message_.subject, 500),
                         .channel = Channel::email,
                         .started_by = ActorKind::customer,
                         .created_at = mail_.received_at,
                         .may_belong_to = threading.may_belong_to};
    ticket.summary.updated_at = std::max(mail_.received_at, now_);
    ticket.summary.last_customer_at = mail_.received_at;
    ticket.summary.preview = preview_of(message_.visible_text.empty() ? message_.text : message_.visible_text);
    const auto wait = start_clock(room_.promises, ticket, {.kind = kind_of(message_), .author = author()});
    ticket.id = store::add_ticket(sql_, ticket);
    const std::string answer_to = invite_participants(ticket.id);
    record(sql_, {.at = mail_.received_at, .kind = FactKind::opened, .ticket = ticket.id, .actor = ActorKind::customer},
           ticket.customer.value);
    const std::string why = message_.unreadable_because.empty()
                                ? threading.why
                                : "It could not be read whole: " + message_.unreadable_because;
    const MessageId id = keep(ticket.id, ticket.customer, why, author(), ticket.version);
    add_first_wait(sql_, wait, ticket.id, id);
    if (is_from_customer()) room_.notifier.new_ticket(ticket, shown_sender());
    if (may_acknowledge())
      room_.acknowledger->acknowledge(mailbox_, ticket,
                                      {.address = answer_to,
                                       .name = sender_.name,
                                       .answers = message_.message_id,
                                       .locale = "",
                                       .text = message_.visible_text,
                                       .question = mail_.found ? question_of(message_) : "",
                                       .found = mail_.found ? &*mail_.found : nullptr},
                                      now_);
    return {IntakeOutcome::opened, why, ticket.id, id};
  }

  // Never to a machine, nor to who wants no answer (RFC 3834, 2): an empty return path is how reports come.
  bool may_acknowledge() const {
    return !message_.no_automatic_answer && !mail_.sender.empty() && !is_ours(sender_.address) && is_from_customer();
  }

  bool is_from_customer() const { return message_.automatic == mail::Automatic::no && author() == ActorKind::customer; }
  const std::string& shown_sender() const { return sender_.name.empty() ? sender_.address : sender_.name; }

  // An agent's mail from her own address is no customer's: nobody waits for us because of it. Nor is it an answer of
  // ours, since a From line proves nothing.
  ActorKind author() const { return is_agents_ ? ActorKind::third_party : ActorKind::customer; }

  // Returns the address that replies go to.
  std::string invite_participants(TicketId ticket) {
    std::string answer_to = sender_.address;
    if (message_.reply_to.size() == 1 && is_usable_address(message_.reply_to[0].address) &&
        !is_ours(message_.reply_to[0].address))
      answer_to = message_.reply_to[0].address;
    store::add_participant(sql_, ticket, answer_to, store::Part::requester);
    if (store::address_key(answer_to) != store::address_key(sender_.address))
      store::add_participant(sql_, ticket, sender_.address, store::Part::sender);
    if (message_.automatic == mail::Automatic::no) copy_in(ticket);
    return answer_to;
  }

  void copy_in(TicketId ticket) {
    std::size_t copied = 0;
    for (const auto* list : {&message_.to, &message_.cc})
      for (const mail::Address& address : *list)
        if (copied < most_copied && is_usable_address(address.address) && !is_ours(address.address)) {
          store::add_participant(sql_, ticket, address.address, store::Part::copied);
          ++copied;
        }
  }

  MessageId keep(TicketId ticket, CustomerId customer, const std::string& why, ActorKind author,
                 std::int64_t ticket_version) {
    store::Message kept;
    kept.ticket = ticket;
    kept.kind = kind_of(message_);
    kept.author = author;
    kept.author_id = customer.value;
    kept.author_name = sender_.name;
    kept.author_email = sender_.address;
    kept.at = mail_.received_at;
    kept.subject = message_.subject;
    kept.to = message_.to;
    kept.cc = message_.cc;
    kept.rfc_message_id = message_.message_id;
    kept.raw_sha256 = raw_sha256_;
    kept.content_key = content_key_;
    kept.why = why;
    kept.ticket_version = ticket_version;
    kept.text = message_.visible_text;
    kept.quoted = quoted_of(message_);
    kept.id = add_once(kept);
    room_.kept.emplace(content_key_, store::KeptMail{ticket, kept.id});
    for (const mail::Part& part : message_.parts)
      store::add_attachment(sql_, {.id = {},
                                   .message = kept.id,
                                   .name = part.name,
                                   .content_type = part.content_type,
                                   .content_id = part.content_id,
                                   .is_inline = part.disposition == mail::Disposition::inline_picture,
                                   .size = static_cast<std::int64_t>(part.bytes.size()),
                                   .sha256 = store::add_blob(sql_, part.bytes),
                                   .uploaded_by = {},
                                   .created_at = mail_.received_at});
    record(sql_,
           {.at = mail_.received_at,
            .kind = FactKind::message,
            .ticket = ticket,
            .actor = author,
            .message = kept.id,
            .message_kind = kept.kind},
           customer.value);
    return kept.id;
  }

  // Two nodes may read the same mail at the same moment: the second one's job runs again and finds the first's.
  MessageId add_once(const store::Message& message) {
    try {
      return store::add_message(sql_, message, message_.html);
    } catch (const store::DatabaseError& error) {
      if (error.kind() != store::DatabaseError::Kind::duplicate) throw;
      throw store::DatabaseError(store::DatabaseError::Kind::retry, "the same mail was just kept");
    }
  }

  store::Session& sql_;
  Mailroom& room_;
  const ReceivedMail& mail_;
  const mail::Message& message_;
  const std::string& content_key_;
  Instant now_;
  mail::Address sender_;
  bool is_agents_ = false;  // the sender's address is an agent's
  std::vector<TaggedAddress> recipients_;
  store::Mailbox mailbox_;
  std::string raw_sha256_;
};

}  // namespace

std::string_view name(IntakeOutcome outcome) {
  return outcomes[static_cast<std::size_t>(outcome)];
}

std::vector<Intake> receive_mails(store::Session& sql, std::span<const ReceivedMail> mails, Instant now) {
  Mailroom room(sql, mails, now);
  std::vector<Intake> intakes;
  for (std::size_t i = 0; i < mails.size(); ++i)
    intakes.push_back(Arrival(sql, room, mails[i], room.content_keys[i], now).receive());
  room.notifier.finish();
  return intakes;
}

bool takes_mail_for(store::Session& sql, std::string_view address) {
  const auto mailboxes = store::mailboxes(sql);
  std::string base = store::address_key(address);
  const auto at = base.rfind('@'), plus = base.find('+');
  if (plus < at) base.erase(plus, at - plus);
  return mailboxes.empty() || std::ranges::find(mailboxes, base, &store::Mailbox::address) != mailboxes.end();
}

}  // namespace fifteen::desk
