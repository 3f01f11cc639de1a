// Invitations and forgotten passwords: the link, the words around it, and whom the mail is to.
#include "server/desk/mail/account_mail.hpp"

#include <gtest/gtest.h>

#include "server/desk/team/mailboxes.hpp"
#include "server/desk/team/people.hpp"
#include "server/outbox/compose.hpp"
#include "server/store/mail_queue.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::desk {
namespace {

using namespace std::chrono_literals;

constexpr Instant now = from_us(1'800'000'000'000'000);
const Actor admin = Actor::of(AgentId(99), Role::admin);

template <class T>
errc error_of(const result<T>& r) {
  return static_cast<errc>(r.error().value());
}

}  // namespace

class AccountMails : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    eve_ = db().write_now([](store::Session& sql) {
      EXPECT_TRUE(add_mailbox(sql, admin, {.address = "help@desk.example", .name = "Studio Help"}, now));
      return add_agent(sql, admin, "eve@desk.example", "Eve", Role::agent, now)->id;
    });
  }

  result<store::OneTimeLink> invite(const Actor& actor, AgentId id, const std::string& token = "token") {
    return db().write_now([&](store::Session& sql) { return desk::invite(sql, actor, id, token, now); });
  }
  result<store::OneTimeLink> follow(const std::string& token, Instant at = now) {
    return db().read_now([&](store::Session& sql) { return store::find_link(sql, token, at); });
  }
  // What leaves for the relay.
  mail::SmtpMail sent(const LinkMail& wish) {
    return db().write_now([&](store::Session& sql) {
      mail_link(sql, wish, now);
      const auto claimed = store::claim_mails(sql, "test", now, now + 1h, 10);
      return outbox::compose(sql, claimed.at(0)).value();
    });
  }
  LinkMail invitation(const std::string& language, const std::string& by = "Ana Ferri") {
    return {.link = invite(admin, eve_).value(),
            .url = "https://help.desk.example/welcome/token",
            .from = db().read_now(desk_sender).value(),
            .language = language,
            .by = by};
  }

  AgentId eve_;
};
FIFTEEN_BOTH_DATABASES(AccountMails);

TEST_P(AccountMails, InviteWhoHasNoPasswordYet) {
  const auto first = invite(admin, eve_, "first"), second = invite(admin, eve_, "second");

  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->email, "eve@desk.example");
  EXPECT_EQ(second->expires_at, now + store::invite_lifetime);
  EXPECT_EQ(error_of(follow("first")), errc::expired) << "the newer link ends the older";
  EXPECT_TRUE(follow("second", second->expires_at - 1us));
  EXPECT_EQ(error_of(follow("second", second->expires_at)), errc::expired);
}

TEST_P(AccountMails, InviteNobodyElse) {
  EXPECT_EQ(error_of(invite(Actor::of(AgentId(1), Role::manager), eve_)), errc::forbidden);
  EXPECT_EQ(error_of(invite(admin, AgentId(12345))), errc::not_found);

  db().write_now([&](store::Session& sql) { store::set_password(sql, eve_, "a hash"); });
  EXPECT_EQ(error_of(invite(admin, eve_)), errc::conflict) << "an invitation would be a way into her account";

  const auto zoe = db().write_now([](store::Session& sql) {
    EXPECT_TRUE(add_agent(sql, admin, "ana@desk.example", "Ana", Role::admin, now));
    const auto added = add_agent(sql, admin, "zoe@desk.example", "Zoe", Role::agent, now);
    EXPECT_TRUE(change_agent(sql, admin, added->id, {.active = false}));
    return added->id;
  });
  EXPECT_EQ(error_of(invite(admin, zoe)), errc::conflict);
}

TEST_P(AccountMails, GoFromTheDeskToTheAccountAlone) {
  const auto mail = sent(invitation("en"));

  EXPECT_EQ(mail.recipients, std::vector<std::string>{"eve@desk.example"});
  EXPECT_EQ(mail.sender, "") << "nobody reports on it (RFC 3834, 3.3)";
  for (const char* line : {"From: Studio Help <help@desk.example>\r\n", "To: Eve <eve@desk.example>\r\n",
                           "Subject: Your invitation to Studio Help\r\n", "Auto-Submitted: auto-generated\r\n",
                           "\r\n\r\nAna Ferri invites you", "\r\nhttps://help.desk.example/welcome/token\r\n"})
    EXPECT_NE(mail.bytes.find(line), std::string::npos) << line << "\n" << mail.bytes;
}

TEST_P(AccountMails, SpeakTheLanguageThatWasAskedFor) {
  EXPECT_NE(sent(invitation("it")).bytes.find("Subject: Il tuo invito a Studio Help\r\n"), std::string::npos);
  EXPECT_NE(sent(invitation("xx")).bytes.find("Subject: Your invitation to Studio Help\r\n"), std::string::npos);
}

// Names come from people; none may add a line to the mail's head or stand for another place in the text.
TEST_P(AccountMails, KeepNamesInTheirPlaces) {
  auto wish = invitation("en", "{desk}\r\nBcc: all@desk.example");
  const auto mail = sent(wish);

  EXPECT_EQ(mail.bytes.substr(0, mail.bytes.find("\r\n\r\n")).find("Bcc"), std::string::npos) << mail.bytes;
  EXPECT_NE(mail.bytes.find("\r\n\r\n{desk}\r\n"), std::string::npos) << mail.bytes;

  wish.link.name = "Eve\r\nBcc: all@desk.example";
  const auto refused = db().write_now([&](store::Session& sql) {
    mail_link(sql, wish, now);
    return outbox::compose(sql, store::claim_mails(sql, "test", now, now + 1h, 10).at(0));
  });
  EXPECT_TRUE(refused.has_error());
}

}  // namespace fifteen::desk
