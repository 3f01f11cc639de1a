#include "mail/smtp_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mail/smtp_listener.hpp"
#include "tests/mail/scripted_server.hpp"
#include "tests/support/event_loop.hpp"
#include "tests/support/self_signed.hpp"

namespace fifteen::mail {
namespace {

using namespace std::chrono_literals;
using test::EventLoop;
using test::friendly;
using test::ScriptedServer;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

SmtpMail sample() {
  return {"help@example.com", {"joe@example.net"}, "Subject: hi\r\n\r\nhello\r\n"};
}

SmtpClientSettings quick() {
  SmtpClientSettings settings;
  settings.host_name = "desk.example";
  settings.connect_wait = settings.command_wait = settings.data_wait = settings.end_wait = 2s;
  return settings;
}

// Opens, sends and quits, as the outbox does.
asio::awaitable<std::vector<Delivery>> deliver(std::string url, SmtpMail mail, SmtpClientSettings settings = quick()) {
  auto client = co_await SmtpClient::open(parse_relay(url).value(), settings);
  if (!client) co_return std::vector<Delivery>(mail.recipients.size(), client.error());
  auto deliveries = co_await (*client)->send(std::move(mail));
  co_await (*client)->quit();
  co_return deliveries;
}

TEST(WireForm, CanonicalisesLineEndsBeforeItStuffsDots) {
  EXPECT_EQ(wire_form(""), ".\r\n");
  EXPECT_EQ(wire_form("a"), "a\r\n.\r\n");
  EXPECT_EQ(wire_form("a\r\n"), "a\r\n.\r\n");
  EXPECT_EQ(wire_form("a\n.\nb\r.\rc\r\n.d\n..e"), "a\r\n..\r\nb\r\n..\r\nc\r\n..d\r\n...e\r\n.\r\n");
}

TEST(SmtpClient, SendsAMail) {
  EventLoop loop;
  ScriptedServer server(loop, friendly);
  const auto deliveries = loop.run(deliver(server.url(), sample()));
  ASSERT_EQ(deliveries.size(), 1u);
  EXPECT_EQ(deliveries[0].kind, ReplyKind::done);
  EXPECT_EQ(deliveries[0].text, "250 2.0.0 Queued");
  EXPECT_THAT(server.lines, ElementsAre("EHLO desk.example", "MAIL FROM:<help@example.com> SIZE=22",
                                        "RCPT TO:<joe@example.net>", "DATA", "QUIT"));
  EXPECT_THAT(server.messages, ElementsAre("Subject: hi\r\n\r\nhello"));
}

TEST(SmtpClient, SendsSeveralMailsOverOneConnection) {
  EventLoop loop;
  ScriptedServer server(loop, friendly);
  const auto relay = parse_relay(server.url()).value();
  auto client = loop.run(SmtpClient::open(relay, quick())).value();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(loop.run(client->send(sample()))[0].is_done());
  EXPECT_TRUE(client->is_open());
  EXPECT_THAT(server.lines, Contains("EHLO desk.example").Times(1));
}

TEST(SmtpClient, SaysHeloToAnOldServer) {
  EventLoop loop;
  ScriptedServer server(loop, [](const std::string& line, bool is_message) {
    return line.starts_with("EHLO") ? "502 what?\r\n" : friendly(line, is_message);
  });
  EXPECT_TRUE(loop.run(deliver(server.url(), sample()))[0].is_done());
  EXPECT_THAT(server.lines, Contains("MAIL FROM:<help@example.com>"));
}

TEST(SmtpClient, KeepsEachRecipientsOutcome) {
  EventLoop loop;
  ScriptedServer server(loop, [](const std::string& line, bool is_message) {
    if (line.contains("gone@")) return std::string("550 5.1.1 No such user\r\n");
    if (line.contains("full@")) return std::string("452 4.2.2 Mailbox full\r\n");
    return friendly(line, is_message);
  });
  auto mail = sample();
  mail.recipients = {"joe@example.net", "gone@example.net", "full@example.net"};
  const auto deliveries = loop.run(deliver(server.url(), mail));
  EXPECT_EQ(deliveries[0].kind, ReplyKind::done);
  EXPECT_EQ(deliveries[1].kind, ReplyKind::permanent);
  EXPECT_EQ(deliveries[1].status, "5.1.1");
  EXPECT_EQ(deliveries[1].text, "550 5.1.1 No such user");
  EXPECT_EQ(deliveries[2].kind, ReplyKind::temporary);
  EXPECT_EQ(server.messages.size(), 1u);
}

TEST(SmtpClient, SendsNothingWhenAllRecipientsAreRefused) {
  EventLoop loop;
  ScriptedServer server(loop, [](const std::string& line, bool is_message) {
    return line.starts_with("RCPT") ? "550 5.1.1 No such user\r\n" : friendly(line, is_message);
  });
  EXPECT_TRUE(loop.run(deliver(server.url(), sample()))[0].is_permanent());
  EXPECT_THAT(server.lines, Not(Contains("DATA")));
}

// A server that fails at one step, in one way; what the mail's outcome must be.
struct Failure {
  const char* step;
  const char* answer;
  ReplyKind outcome;
};
class SmtpClientFailure : public testing::TestWithParam<Failure> {};

TEST_P(SmtpClientFailure, HasTheRightOutcome) {
  EventLoop loop;
  const auto& failure = GetParam();
  const std::string step = failure.step;
  ScriptedServer server(
      loop,
      [&](const std::string& line, bool is_message) -> std::string {
        return (is_message ? step == "message" : line.starts_with(step)) ? failure.answer : friendly(line, is_message);
      },
      step == "greeting" ? failure.answer : "220 relay.example\r\n");
  const auto deliveries = loop.run(deliver(server.url(), sample()));
  ASSERT_EQ(deliveries.size(), 1u);
  EXPECT_EQ(deliveries[0].kind, failure.outcome) << deliveries[0].text;
  EXPECT_NE(deliveries[0].text, "");
}

constexpr auto temporary = ReplyKind::temporary;
constexpr auto permanent = ReplyKind::permanent;
INSTANTIATE_TEST_SUITE_P(
    AtEachStep, SmtpClientFailure,
    testing::Values(Failure{"greeting", "", temporary}, Failure{"greeting", "554 go away\r\n", temporary},
                    Failure{"greeting", "421 4.3.2 later\r\n", temporary},
                    Failure{"greeting", "SSH-2.0-x\r\n", temporary}, Failure{"EHLO", "", temporary},
                    Failure{"EHLO", "550 no\r\n", temporary}, Failure{"EHLO", "silence", temporary},
                    Failure{"MAIL", "", temporary}, Failure{"MAIL", "451 4.3.0 later\r\n", temporary},
                    Failure{"MAIL", "553 5.7.1 not you\r\n", permanent},
                    Failure{"MAIL", "421 4.3.2 bye\r\n", temporary}, Failure{"RCPT", "", temporary},
                    Failure{"RCPT", "450 4.2.1 greylisted\r\n", temporary},
                    Failure{"RCPT", "550 5.1.1 no\r\n", permanent}, Failure{"RCPT", "421 bye\r\n", temporary},
                    Failure{"DATA", "", temporary}, Failure{"DATA", "451 4.3.0 later\r\n", temporary},
                    Failure{"DATA", "554 5.7.1 no\r\n", permanent}, Failure{"DATA", "250 2.0.0 what\r\n", temporary},
                    Failure{"message", "", temporary}, Failure{"message", "451 4.3.0 later\r\n", temporary},
                    Failure{"message", "554 5.7.1 spam\r\n", permanent}, Failure{"message", "silence", temporary}));

TEST(SmtpClient, AnUnreachableRelayIsTemporary) {
  EventLoop loop;
  std::string url;
  {
    url = ScriptedServer(loop, friendly).url();
  }
  const auto deliveries = loop.run(deliver(url, sample()));
  EXPECT_EQ(deliveries[0].kind, ReplyKind::temporary);
  EXPECT_THAT(deliveries[0].text, StartsWith("no connection to 127.0.0.1:"));
}

TEST(SmtpClient, RefusesWhatTheRelayCannotCarry) {
  EventLoop loop;
  ScriptedServer server(loop, [](const std::string& line, bool is_message) {
    return line.starts_with("EHLO") ? "250-relay\r\n250 SIZE 50\r\n" : friendly(line, is_message);
  });
  auto utf8 = sample();
  utf8.recipients = {"j\xc3\xb6@example.net"};
  EXPECT_EQ(loop.run(deliver(server.url(), utf8))[0].status, "5.6.7");
  auto eight_bit = sample();
  eight_bit.bytes += "\xc3\xb6\r\n";
  EXPECT_EQ(loop.run(deliver(server.url(), eight_bit))[0].status, "5.6.3");
  auto large = sample();
  large.bytes += std::string(100, 'x');
  EXPECT_EQ(loop.run(deliver(server.url(), large))[0].status, "5.3.4");
  EXPECT_TRUE(server.messages.empty());
}

TEST(SmtpClient, AsksForSmtpUtf8And8BitMimeWhereNeeded) {
  EventLoop loop;
  ScriptedServer server(loop, friendly);
  auto mail = sample();
  mail.recipients = {"j\xc3\xb6@example.net"};
  mail.bytes += "\xc3\xb6\r\n";
  EXPECT_TRUE(loop.run(deliver(server.url(), mail))[0].is_done());
  EXPECT_THAT(server.lines, Contains("MAIL FROM:<help@example.com> SIZE=26 BODY=8BITMIME SMTPUTF8"));
}

TEST(SmtpClient, LetsNoAddressBreakOutOfItsLine) {
  EventLoop loop;
  ScriptedServer server(loop, friendly);
  auto mail = sample();
  mail.recipients = {"a@b.example>\r\nDATA\r\n"};
  EXPECT_TRUE(loop.run(deliver(server.url(), mail))[0].is_permanent());
  EXPECT_THAT(server.lines, ElementsAre("EHLO desk.example", "QUIT"));
}

TEST(SmtpClient, SignsInWithPlain) {
  EventLoop loop;
  ScriptedServer server(loop, [](const std::string& line, bool is_message) -> std::string {
    if (line.starts_with("EHLO")) return "250-relay\r\n250 AUTH LOGIN PLAIN\r\n";
    if (line.starts_with("AUTH")) return line == "AUTH PLAIN AGpvZQBzM2NyZXQ=" ? "235 2.7.0 welcome\r\n" : "535 no\r\n";
    return friendly(line, is_message);
  });
  EXPECT_TRUE(loop.run(deliver(server.url("joe:s3cret@"), sample()))[0].is_done());
}

TEST(SmtpClient, SignsInWithLogin) {
  EventLoop loop;
  ScriptedServer server(loop, [](const std::string& line, bool is_message) -> std::string {
    if (line.starts_with("EHLO")) return "250-relay\r\n250 AUTH=LOGIN\r\n";
    if (line == "AUTH LOGIN") return "334 VXNlcm5hbWU6\r\n";
    if (line == "am9l") return "334 UGFzc3dvcmQ6\r\n";
    if (line == "czNjcmV0") return "235 2.7.0 welcome\r\n";
    return friendly(line, is_message);
  });
  EXPECT_TRUE(loop.run(deliver(server.url("joe:s3cret@"), sample()))[0].is_done());
}

TEST(SmtpClient, AWrongPasswordIsTemporaryForTheMailAndNeverRepeated) {
  EventLoop loop;
  ScriptedServer server(loop, [](const std::string& line, bool is_message) -> std::string {
    if (line.starts_with("EHLO")) return "250-relay\r\n250 AUTH PLAIN\r\n";
    if (line.starts_with("AUTH")) return "535 5.7.8 Authentication failed\r\n";
    return friendly(line, is_message);
  });
  const auto delivery = loop.run(deliver(server.url("joe:s3cret@"), sample()))[0];
  EXPECT_EQ(delivery.kind, ReplyKind::temporary);
  EXPECT_THAT(delivery.text, HasSubstr("refused our user and password: 535 5.7.8"));
  EXPECT_THAT(delivery.text, Not(HasSubstr("s3cret")));
}

TEST(SmtpClient, InsistsOnTlsWhenToldTo) {
  EventLoop loop;
  ScriptedServer server(loop, friendly);
  const auto delivery = loop.run(deliver("smtp+tls://127.0.0.1:" + server.port(), sample()))[0];
  EXPECT_THAT(delivery.text, HasSubstr("offers no STARTTLS"));
  EXPECT_EQ(delivery.kind, ReplyKind::temporary);
  EXPECT_TRUE(server.messages.empty());
}

TEST(SmtpClient, TakesNothingThatCameAheadOfTheHandshake) {
  EventLoop loop;
  ScriptedServer server(loop, [](const std::string& line, bool is_message) -> std::string {
    if (line.starts_with("EHLO")) return "250-relay\r\n250 STARTTLS\r\n";
    if (line == "STARTTLS") return "220 go\r\n250-evil\r\n250 AUTH PLAIN\r\n";
    return friendly(line, is_message);
  });
  EXPECT_THAT(loop.run(deliver(server.url(), sample()))[0].text, HasSubstr("ahead of the TLS handshake"));
}

// Our own listener as the relay, with a certificate that signs itself.
class SmtpClientOverTls : public testing::Test {
 protected:
  SmtpClientOverTls() {
    SmtpListenerSettings settings;
    settings.where = "127.0.0.1:0";
    settings.tls = TlsContext::server(certificate.certificate(), certificate.key());
    SmtpListenerHooks hooks;
    hooks.judge_recipient = [](std::string_view) { return RecipientVerdict::accepted; };
    hooks.store = [this](IncomingMail mail) { return keep(std::move(mail)); };
    listener = std::make_unique<SmtpListener>(loop.executor(), settings, hooks);
  }
  asio::awaitable<Stored> keep(IncomingMail mail) {
    mails.push_back(std::move(mail));
    co_return Stored{Stored::Outcome::durable, 1};
  }
  std::string at() const { return listener->address(); }

  EventLoop loop;
  test::SelfSigned certificate;
  std::unique_ptr<SmtpListener> listener;
  std::vector<IncomingMail> mails;
};

TEST_F(SmtpClientOverTls, EncryptsWhenOfferedWhoeverItIs) {
  EXPECT_TRUE(loop.run(deliver("smtp://" + at(), sample()))[0].is_done());
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_TRUE(mails[0].envelope.encrypted);
}

TEST_F(SmtpClientOverTls, WantsAKnownCertificateWhenItInsists) {
  const auto delivery = loop.run(deliver("smtp+tls://" + at(), sample()))[0];
  EXPECT_EQ(delivery.kind, ReplyKind::temporary);
  EXPECT_THAT(delivery.text, StartsWith("no TLS with 127.0.0.1: "));
  EXPECT_TRUE(mails.empty());
}

TEST_F(SmtpClientOverTls, TakesACertificateItCanVerify) {
  setenv("SSL_CERT_FILE", certificate.certificate().c_str(), 1);
  const auto port = at().substr(at().rfind(':') + 1);
  const auto delivery = loop.run(deliver("smtp+tls://localhost:" + port, sample()))[0];
  unsetenv("SSL_CERT_FILE");
  EXPECT_TRUE(delivery.is_done()) << delivery.text;
  EXPECT_TRUE(mails.at(0).envelope.encrypted);
}

}  // namespace
}  // namespace fifteen::mail
