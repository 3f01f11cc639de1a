#include "mail/smtp_listener.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/event_loop.hpp"
#include "tests/support/self_signed.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen::mail {
namespace {

using namespace std::chrono_literals;
using test::EventLoop;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// A door on a free port that keeps what it is given.
struct Door {
  explicit Door(EventLoop& loop, SmtpListenerSettings settings = {}) {
    if (settings.where.empty()) settings.where = "127.0.0.1:0";
    SmtpListenerHooks hooks;
    hooks.judge_recipient = [](std::string_view) { return RecipientVerdict::accepted; };
    hooks.store = [this](IncomingMail mail) { return store(std::move(mail)); };
    hooks.on_refused = [this](Answer reason) { refused.push_back(reason); };
    hooks.on_failure = [this](const std::exception_ptr&) { ++failures; };
    listener = std::make_unique<SmtpListener>(loop.executor(), std::move(settings), std::move(hooks));
  }

  asio::awaitable<Stored> store(IncomingMail mail) {
    if (throws) throw std::runtime_error("the disk is gone");
    if (delay > 0ms) {
      asio::steady_timer timer(co_await asio::this_coro::executor, delay);
      co_await timer.async_wait(asio::use_awaitable);
    }
    mails.push_back(std::move(mail));
    co_return Stored{Stored::Outcome::durable, static_cast<std::int64_t>(mails.size())};
  }

  std::string port() const { return listener->address().substr(listener->address().rfind(':') + 1); }

  std::unique_ptr<SmtpListener> listener;
  std::vector<IncomingMail> mails;
  std::vector<Answer> refused;
  int failures = 0;
  bool throws = false;
  std::chrono::milliseconds delay{0};
};

asio::awaitable<std::string> read_until_closed(Stream& stream) {
  std::string all;
  char buffer[4096];
  while (const auto count = co_await stream.read_some(asio::buffer(buffer))) all.append(buffer, *count);
  co_return all;
}

asio::awaitable<std::string> read_line(Stream& stream) {
  std::string line;
  char c = 0;
  while (!line.ends_with("\n"))
    if (!co_await stream.read_some(asio::buffer(&c, 1)))
      break;
    else
      line += c;
  co_return line;
}

asio::awaitable<std::unique_ptr<Stream>> connect(Door& door) {
  auto stream = co_await connect_stream("127.0.0.1", door.port(), 5s);
  co_return std::move(stream.value());
}

// Sends everything at once, as PIPELINING allows, and reads until the door hangs up.
asio::awaitable<std::string> exchange(Door& door, std::string bytes) {
  auto stream = co_await connect(door);
  co_await stream->write(bytes);
  co_return co_await read_until_closed(*stream);
}

const std::string mail_commands = "EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@example.com>\r\nDATA\r\n";
const std::string whole_mail = mail_commands + "Subject: hi\r\n\r\nhello\r\n.\r\nQUIT\r\n";

TEST(SmtpListener, TakesAMailOverASocket) {
  EventLoop loop;
  Door door(loop);
  EXPECT_THAT(loop.run(exchange(door, whole_mail)), EndsWith("Stored as 1\r\n221 2.0.0 Goodbye\r\n"));
  ASSERT_EQ(door.mails.size(), 1u);
  EXPECT_EQ(door.mails[0].envelope.remote_address, "127.0.0.1");
}

TEST(SmtpListener, ListensOnAUnixSocketForLmtp) {
  EventLoop loop;
  test::TemporaryFolder folder;
  SmtpListenerSettings settings;
  settings.where = "unix:" + (folder.path() / "lmtp").string();
  settings.rules.lmtp = true;
  Door door(loop, settings);
  EXPECT_EQ(door.listener->address(), settings.where);
}

TEST(SmtpListener, AFailingStoreIsAnsweredTryLater) {
  EventLoop loop;
  Door door(loop);
  door.throws = true;
  EXPECT_THAT(loop.run(exchange(door, whole_mail)), HasSubstr("\r\n451 4.3.0 "));
  EXPECT_EQ(door.failures, 1);
}

TEST(SmtpListener, TurnsAwayWhatIsTooMuch) {
  EventLoop loop;
  SmtpListenerSettings settings;
  settings.connections = 2;
  settings.connections_per_address = 1;
  Door door(loop, settings);
  auto first = loop.run(connect(door));
  EXPECT_THAT(loop.run(read_line(*first)), StartsWith("220 "));
  EXPECT_THAT(loop.run(exchange(door, "")), StartsWith("421 4.7.0 "));
  EXPECT_EQ(door.refused.back(), Answer::too_many_from_you);
  first->close();
  loop.until([&] { return door.listener->connections() == 0; });
  EXPECT_THAT(loop.run(exchange(door, "QUIT\r\n")), StartsWith("220 "));
}

TEST(SmtpListener, ClosesASilentPeer) {
  EventLoop loop;
  SmtpListenerSettings settings;
  settings.command_wait = 1s;
  Door door(loop, settings);
  EXPECT_THAT(loop.run(exchange(door, "EHLO c\r\n")), EndsWith("250 HELP\r\n"));
}

TEST(SmtpListener, AMessageThatTricklesInIsCutInTheEnd) {
  EventLoop loop;
  SmtpListenerSettings settings;
  settings.message_wait = 1s;
  Door door(loop, settings);
  auto stream = loop.run(connect(door));
  loop.run(stream->write(mail_commands + "x"));
  EXPECT_THAT(loop.run(read_until_closed(*stream)), EndsWith(line_of(Answer::send_data)));
  EXPECT_TRUE(door.mails.empty());
}

TEST(SmtpListener, HoldsNoMoreMailInMemoryThanAllowed) {
  EventLoop loop;
  SmtpListenerSettings settings;
  settings.held_bytes = 100'000;
  Door door(loop, settings);
  const auto answers = loop.run(exchange(door, mail_commands + std::string(200'000, 'x') + "\r\n.\r\nQUIT\r\n"));
  EXPECT_THAT(answers, HasSubstr("\r\n452 4.3.1 "));
  EXPECT_THAT(loop.run(exchange(door, whole_mail)), HasSubstr("Stored as 1"));
}

TEST(SmtpListener, EncryptsAndForgetsWhatWasSentAhead) {
  EventLoop loop;
  const test::SelfSigned certificate;
  SmtpListenerSettings settings;
  settings.tls = TlsContext::server(certificate.certificate(), certificate.key());
  Door door(loop, settings);
  auto plain = loop.run(connect(door));
  loop.run(plain->write("EHLO c\r\nSTARTTLS\r\nMAIL FROM:<evil@b.example>\r\n"));
  for (std::string line; !line.starts_with("220 2.0.0");) line = loop.run(read_line(*plain));
  auto stream = loop.run(tls_connect(std::move(plain), TlsContext::client(), "localhost", false, 5s)).value();
  loop.run(stream->write(whole_mail));
  const auto answers = loop.run(read_until_closed(*stream));
  EXPECT_THAT(answers, StartsWith("250-localhost\r\n"));
  ASSERT_EQ(door.mails.size(), 1u);
  EXPECT_EQ(door.mails[0].envelope.sender, "a@b.example");
  EXPECT_TRUE(door.mails[0].envelope.encrypted);
}

TEST(SmtpListener, DrainTellsIdlePeersAndFinishesTheMessageUnderWay) {
  EventLoop loop;
  Door door(loop);
  door.delay = 50ms;
  auto idle = loop.run(connect(door));
  loop.run(read_line(*idle));
  auto busy = loop.run(connect(door));
  loop.run(busy->write(mail_commands + "half "));
  for (std::string line; !line.starts_with("354");) line = loop.run(read_line(*busy));

  auto drained = loop.spawn(door.listener->drain(5s));
  EXPECT_THAT(loop.run(read_until_closed(*idle)), StartsWith("421 4.3.2 Shutting down"));
  loop.run(busy->write("message\r\n.\r\n"));
  const auto answers = loop.run(read_until_closed(*busy));
  busy->close();
  loop.until([&] { return drained.wait_for(0s) == std::future_status::ready; });

  EXPECT_EQ(answers, "250 2.0.0 Stored as 1\r\n" + std::string(line_of(Answer::shutting_down)));
  EXPECT_EQ(door.mails.size(), 1u);
  EXPECT_EQ(door.listener->connections(), 0u);
}

// The drain begins after each number of the loop's steps: before the greeting, while an answer is being written, after.
TEST(SmtpListener, DrainAtAnyStepTellsAnIdlePeer) {
  for (int steps = 0; steps < 40; ++steps) {
    SCOPED_TRACE(steps);
    EventLoop loop;
    Door door(loop);
    auto peer = loop.run(connect(door));
    auto answers = loop.spawn(read_until_closed(*peer));
    auto asked = loop.spawn(peer->write("EHLO c\r\n"));
    for (int step = 0; step < steps; ++step) loop.context().run_one_for(1ms);
    if (door.listener->connections() == 0) continue;  // not accepted yet: the port is closed before
    auto drained = loop.spawn(door.listener->drain(1s));
    loop.until([&] { return answers.wait_for(0s) == std::future_status::ready; });
    EXPECT_THAT(answers.get(), EndsWith(line_of(Answer::shutting_down)));
    peer->close();
    loop.until([&] { return drained.wait_for(0s) == std::future_status::ready; });
  }
}

TEST(SmtpListener, DrainCutsWhatDoesNotEnd) {
  EventLoop loop;
  Door door(loop);
  auto stuck = loop.run(connect(door));
  loop.run(stuck->write(mail_commands));
  for (std::string line; !line.starts_with("354");) line = loop.run(read_line(*stuck));
  loop.run(door.listener->drain(100ms));
  loop.until([&] { return door.listener->connections() == 0; });
}

}  // namespace
}  // namespace fifteen::mail
