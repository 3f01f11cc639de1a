#pragma once
#include <gtest/gtest.h>

#include "server/desk/mail/outgoing.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/team/people.hpp"
#include "server/desk/tickets/intake.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/desk/tickets/overview.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/waits.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::desk {

// A desk with one mailbox and two agents, on both databases. Time is moved by hand.
class Desk : public test::OnBothDatabases {
 protected:
  template <class Job>
  auto write(Job job) {
    return db().write_now(job);
  }

  void SetUp() override {
    OnBothDatabases::SetUp();
    write([&](store::Session& sql) {
      mailbox = *store::add_mailbox(sql, {.id = {},
                                          .address = "help@desk.example",
                                          .name = "Help",
                                          .schedule = {},
                                          .acknowledge = true,
                                          .signature = "",
                                          .created_at = now});
      ana = Actor::of(*store::add_agent(sql, {{}, "ana@desk.example", "Ana", Role::agent, true, now}), Role::agent);
      bob = Actor::of(*store::add_agent(sql, {{}, "bob@desk.example", "Bob", Role::admin, true, now}), Role::admin);
    });
  }

  void minutes_pass(int minutes) { now += std::chrono::minutes{minutes}; }

  // A person's plain mail; what is not given is ordinary.
  mail::Message mail_from(const std::string& address, const std::string& text) {
    mail::Message message;
    message.from = mail::Address{"", address};
    message.to = {{"", "help@desk.example"}};
    message.subject = "A question";
    message.message_id = "mail" + std::to_string(++mails_) + "@client.example";
    message.text = message.visible_text = text;
    return message;
  }
  Intake receive(const mail::Message& message, const std::string& recipient = "help@desk.example",
                 const std::string& spool_key = "") {
    const std::string raw = "Message-ID: <" + message.message_id + ">\r\n\r\n" + message.text;
    const ReceivedMail mail{.message = message,
                            .raw = raw,
                            .spool_key = spool_key.empty() ? "spool" + std::to_string(++spooled_) : spool_key,
                            .door = "smtp",
                            .sender = message.from ? message.from->address : "",
                            .recipients = {recipient},
                            .received_at = now};
    return write([&](store::Session& sql) { return receive_mails(sql, {&mail, 1}, now).front(); });
  }
  // A new ticket by mail.
  TicketId asked_by(const std::string& address) { return receive(mail_from(address, "Where is it?")).ticket; }

  result<store::Message> reply(TicketId ticket, NewMessage message = {.text = "Here it is."}) {
    return write([&](store::Session& sql) { return add_message(sql, ana, ticket, message, now); });
  }
  store::Ticket ticket(TicketId id) {
    return db().read_now([&](store::Session& sql) { return *store::find_ticket(sql, id); });
  }
  std::vector<store::WaitRow> waits(TicketId id) {
    return db().read_now([&](store::Session& sql) { return store::waits_of(sql, id); });
  }
  std::vector<store::Message> messages(TicketId id) {
    return db().read_now([&](store::Session& sql) { return store::messages_of(sql, id, {}, 100); });
  }
  std::vector<store::MailStatus> queued() {
    return db().read_now([](store::Session& sql) { return store::unfinished_mails(sql); });
  }
  std::string reply_address(TicketId id) {
    return write([&](store::Session& sql) { return sign_reply_address(signing_key(sql), id, "help@desk.example"); });
  }

  Instant now = from_us(1'780'000'000'000'000);
  MailboxId mailbox;
  Actor ana, bob;

 private:
  int mails_ = 0, spooled_ = 0;
};

}  // namespace fifteen::desk
