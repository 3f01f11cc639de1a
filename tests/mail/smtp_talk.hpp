#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mail/smtp_session.hpp"

namespace fifteen::test {

// Drives a session as a listener does, and keeps what came of it. Knows the mailbox help@example.com and every address
// at busy.example (for which it answers "try later").
class Talk {
 public:
  explicit Talk(mail::SmtpRules rules = {}) : session(std::move(rules), hooks()) { out += session.take_output(); }

  // What the session answered to these bytes, given to it `chunk` bytes at a time.
  std::string send(std::string_view bytes, std::size_t chunk = SIZE_MAX) {
    const auto before = out.size();
    while (!bytes.empty() && wish == mail::SmtpSession::Wish::read) {
      const auto part = bytes.substr(0, chunk);
      bytes.remove_prefix(part.size());
      wish = session.feed(part);
      settle();
    }
    return out.substr(before);
  }

  std::string out;
  std::vector<mail::IncomingMail> mails;
  std::vector<mail::Answer> refused;
  mail::Stored::Outcome outcome = mail::Stored::Outcome::durable;
  mail::SmtpSession session;
  mail::SmtpSession::Wish wish = mail::SmtpSession::Wish::read;

 private:
  mail::SmtpHooks hooks() {
    const auto judge = [](std::string_view address) {
      if (address.ends_with("@busy.example")) return mail::RecipientVerdict::try_later;
      return address == "help@example.com" || address == "sales@example.com" ? mail::RecipientVerdict::accepted
                                                                             : mail::RecipientVerdict::unknown;
    };
    return {judge, [this](mail::Answer reason) { refused.push_back(reason); }};
  }

  void settle() {
    using Wish = mail::SmtpSession::Wish;
    out += session.take_output();
    while (wish == Wish::store || wish == Wish::start_tls) {
      if (wish == Wish::store) {
        if (outcome == mail::Stored::Outcome::durable) mails.push_back(session.take_mail());
        wish = session.stored({outcome, static_cast<std::int64_t>(mails.size())});
      } else {
        session.tls_started();
        wish = Wish::read;
      }
      out += session.take_output();
    }
  }
};

constexpr std::string_view open_message =
    "EHLO client.example\r\nMAIL FROM:<joe@example.net>\r\nRCPT TO:<help@example.com>\r\nDATA\r\n";

}  // namespace fifteen::test
