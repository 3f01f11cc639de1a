// Against the programs that others wrote: Postfix's smtp-source and smtp-sink, and swaks.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mail/smtp_client.hpp"
#include "mail/smtp_listener.hpp"
#include "tests/support/event_loop.hpp"
#include "tests/support/self_signed.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen::mail {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// A peer as a child process, ended with the object.
class Peer {
 public:
  explicit Peer(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), environ) != 0) pid_ = 0;
    posix_spawn_file_actions_destroy(&actions);
  }
  ~Peer() {
    if (pid_ == 0) return;
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }

  bool exists() const { return pid_ != 0; }
  // Its exit code once it has ended.
  std::optional<int> ended() {
    int status = 0;
    if (pid_ == 0 || waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  }

 private:
  pid_t pid_ = 0;
};

class SmtpPeers : public testing::Test {
 protected:
  void open(SmtpListenerSettings settings = {}) {
    settings.where = "127.0.0.1:0";
    SmtpListenerHooks hooks;
    hooks.judge_recipient = [](std::string_view address) {
      return address == "help@example.com" ? RecipientVerdict::accepted : RecipientVerdict::unknown;
    };
    hooks.store = [this](IncomingMail mail) { return keep(std::move(mail)); };
    door = std::make_unique<SmtpListener>(loop.executor(), settings, hooks);
  }
  asio::awaitable<Stored> keep(IncomingMail mail) {
    mails.push_back(std::move(mail));
    co_return Stored{Stored::Outcome::durable, static_cast<std::int64_t>(mails.size())};
  }
  int run(std::vector<std::string> words) {
    Peer peer(std::move(words));
    if (!peer.exists()) throw std::runtime_error("the peer is not installed");
    std::optional<int> code;
    loop.until([&] { return (code = peer.ended()).has_value(); });
    return *code;
  }

  test::EventLoop loop;
  std::unique_ptr<SmtpListener> door;
  std::vector<IncomingMail> mails;
};

TEST_F(SmtpPeers, SmtpSourceGetsEveryMailThrough) {
  open();
  EXPECT_EQ(run({"smtp-source", "-s", "10", "-m", "200", "-l", "4096", "-f", "joe@example.org", "-t",
                 "help@example.com", door->address()}),
            0);
  EXPECT_EQ(mails.size(), 200u);
}

TEST_F(SmtpPeers, SmtpSourceSpeaksLmtpWithIt) {
  SmtpListenerSettings settings;
  settings.rules.lmtp = true;
  open(settings);
  EXPECT_EQ(run({"smtp-source", "-L", "-s", "5", "-m", "50", "-f", "joe@example.org", "-t", "help@example.com",
                 door->address()}),
            0);
  EXPECT_EQ(mails.size(), 50u);
}

TEST_F(SmtpPeers, SwaksSendsOverStartTls) {
  if (std::system("swaks --support 2>&1 | grep -q '=== TLS supported'") != 0)
    GTEST_SKIP() << "swaks has no TLS here (package libnet-ssleay-perl)";
  const test::SelfSigned certificate;
  SmtpListenerSettings settings;
  settings.tls = TlsContext::server(certificate.certificate(), certificate.key());
  open(settings);
  EXPECT_EQ(run({"swaks", "--server", door->address(), "-tls", "--from", "joe@example.org", "--to", "help@example.com",
                 "--header", "Subject: over TLS"}),
            0);
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_TRUE(mails[0].envelope.encrypted);
  EXPECT_THAT(mails[0].bytes, HasSubstr("Subject: over TLS\r\n"));
}

TEST_F(SmtpPeers, SwaksIsToldThatARecipientIsUnknown) {
  open();
  EXPECT_EQ(run({"swaks", "--server", door->address(), "--from", "joe@example.org", "--to", "nobody@example.com"}), 24);
  EXPECT_TRUE(mails.empty());
}

TEST_F(SmtpPeers, SmtpSinkTakesWhatTheClientSends) {
  const auto free = [&] { return Listener(loop.executor(), "127.0.0.1:0").address(); }();
  test::TemporaryFolder folder;
  const Peer sink({"smtp-sink", "-u", "root", "-8", "-R", folder.path().string(), "-d", "%M.", free, "10"});
  ASSERT_TRUE(sink.exists());
  const auto relay = parse_relay("smtp://" + free).value();
  SmtpClientSettings settings;
  std::expected<std::unique_ptr<SmtpClient>, Delivery> client = std::unexpected(Delivery{});
  loop.until([&] { return (client = loop.run(SmtpClient::open(relay, settings))).has_value(); });
  const SmtpMail mail{"help@example.com", {"joe@example.net"}, "Subject: hi\r\n\r\n.dot\r\n"};
  const auto deliveries = loop.run((*client)->send(mail));
  EXPECT_TRUE(deliveries.at(0).is_done()) << deliveries.at(0).text;
  loop.run((*client)->quit());
  std::string kept;
  loop.until([&] {
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) kept = test::read_file(entry.path());
    return kept.contains(".dot");
  });
  EXPECT_THAT(kept, HasSubstr("Subject: hi\n\n.dot\n"));
}

}  // namespace
}  // namespace fifteen::mail
