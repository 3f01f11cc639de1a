#include "server/app/program.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/temporary_folder.hpp"

namespace fifteen::app {
namespace {

struct Outcome {
  int code = 0;
  std::string out, err;
};

Outcome run(std::vector<std::string> words) {
  words.insert(words.begin(), "fifteen");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Outcome done;
  done.code = run_program(static_cast<int>(argv.size()), argv.data());
  done.out = testing::internal::GetCapturedStdout();
  done.err = testing::internal::GetCapturedStderr();
  return done;
}

// A port that somebody else listens on.
class BusyPort {
 public:
  BusyPort() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(socket_, 1), 0);
    EXPECT_EQ(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    address_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  ~BusyPort() { close(socket_); }
  BusyPort(const BusyPort&) = delete;
  BusyPort& operator=(const BusyPort&) = delete;
  const std::string& address() const { return address_; }

 private:
  int socket_;
  std::string address_;
};

// No file of this process may grow past 256 KiB while it lives: writes fail as on a full disk.
class SmallFiles {
 public:
  SmallFiles() {
    getrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{.rlim_cur = 256 << 10, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() { setrlimit(RLIMIT_FSIZE, &before_); }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_{};
};

class Program : public testing::Test {
 protected:
  static void expect_one_line(const Outcome& done, int code, const std::string& says) {
    EXPECT_EQ(done.code, code) << done.err;
    EXPECT_NE(done.err.find(says), std::string::npos) << done.err;
    EXPECT_EQ(std::ranges::count(done.err, '\n'), 1) << done.err;
    EXPECT_EQ(done.err.find("secret"), std::string::npos);
    EXPECT_EQ(done.out, "");
  }
  std::string data() const { return (folder_.path() / "desk").string(); }
  test::TemporaryFolder folder_;
};

TEST_F(Program, EveryMistakeIsOneLineAndACode) {
  struct Case {
    std::vector<std::string> words;
    int code;
    const char* says;
  };
  const auto no_database = folder_.path() / "no-database";
  std::filesystem::create_directory(no_database);
  folder_.write("no-database/fifteen.sqlite", "this is no database, whatever its name says");
  const auto history =
      folder_
          .write("history.jsonl", R"({"type":"agent","id":"a1","email":"ana@x.example","name":"Ana","role":"agent"})"
                                  "\n{\"type\":\"ticket\"}\n")
          .string();
  const Case cases[] = {
      {{}, 64, "A subcommand is required"},
      {{"agnet"}, 64, "agnet"},
      {{"agent", "add", "x@example.com", "--name", "X", "--role", "boss", "--data", data()}, 64, "--role"},
      {{"agent", "add", "no address", "--name", "X", "--role", "agent", "--data", data()}, 65, "no address"},
      {{"reindex", "--data", "/dev/null/desk"}, 73, "--data"},
      {{"reindex", "--data", data(), "--database", "mysql://u:secret@127.0.0.1:1/x"}, 69, "127.0.0.1"},
      {{"reindex", "--data", data(), "--database", "postgres://x"}, 64, "mysql://"},
      {{"mail", "parse", "/nowhere/x.eml"}, 66, "/nowhere/x.eml"},
      {{"restore", "/nowhere/backup", "--data", data()}, 66, "/nowhere/backup"},
      {{"report", "waits", "--from", "monday", "--to", "2026-01-01T00:00:00Z", "--data", data()}, 64, "--from"},
      {{"report", "waits", "--from", "2026-01-02T00:00:00Z", "--to", "2026-01-01T00:00:00Z", "--data", data()},
       64,
       "--to lies before --from"},
      {{"check", "--config", "/nowhere/c.toml"}, 66, "/nowhere/c.toml"},
      {{"check", "--config", folder_.write("broken.toml", "data = \n").string()}, 78, "broken.toml:1: "},
      {{"check", "--data", no_database.string()}, 69, "no-database/fifteen.sqlite: "},
      {{"import", "/nowhere/h.jsonl", "--data", data()}, 66, "/nowhere/h.jsonl: no such file"},
      {{"import", history, "--data", data()}, 65, "history.jsonl: line 2: ticket: \"id\" is missing"},
      {{"mailbox", "add", "nonsense", "--name", "X", "--data", data()}, 65, "nonsense"},
      {{"token", "add", "x", "--scope", "much", "--data", data()}, 64, "--scope: much"},
      {{"backup", "/nowhere/b", "--data", data()}, 73, "/nowhere/b"},
      {{"article", "import", "/nowhere", "--data", data()}, 66, "/nowhere"},
  };
  for (const Case& one : cases) {
    const Outcome done = run(one.words);
    expect_one_line(done, one.code, one.says);
  }
}

// Before its first door is open: nothing else can be wrong with it afterwards.
TEST_F(Program, AServerThatCantBeginSaysWhyInOneLine) {
  const BusyPort busy;
  const auto no_certificate = folder_.write("no.pem", "x").string();
  struct Case {
    std::vector<std::string> words;
    int code;
    std::string says;
  };
  const Case cases[] = {
      // First: a folder that has served waits for its database.
      {{"--http", "127.0.0.1:0", "--database", "mysql://u:secret@127.0.0.1:1/x"}, 69, "127.0.0.1"},
      {{}, 64, "--http"},
      {{"--http", busy.address()}, 71, busy.address() + ": the port is taken"},
      {{"--http", "127.0.0.1:0", "--smtp", busy.address()}, 71, busy.address() + ": the port is taken"},
      {{"--http", "nonsense"}, 64, "nonsense: write ADDRESS:PORT"},
      {{"--http", "300.1.1.1:80"}, 64, "300.1.1.1"},
      {{"--lmtp", "unix:/nowhere/lmtp"}, 71, "/nowhere/lmtp"},
      {{"--https", "127.0.0.1:0"}, 64, "--tls-cert and --tls-key"},
      {{"--http", "127.0.0.1:0", "--tls-cert", "/nowhere/c.pem"}, 64, "belong together"},
      {{"--https", "127.0.0.1:0", "--tls-cert", "/nowhere/c.pem", "--tls-key", "/nowhere/k.pem"}, 71, "/nowhere/c.pem"},
      {{"--https", "127.0.0.1:0", "--tls-cert", no_certificate, "--tls-key", no_certificate}, 71, no_certificate},
      {{"--http", "127.0.0.1:0", "--relay", "ftp://x"}, 64, "--relay"},
      {{"--http", "127.0.0.1:0", "--trusted-proxy", "x"}, 64, "--trusted-proxy"},
      {{"--htpp", "127.0.0.1:0"}, 64, "--htpp"},
  };
  for (const Case& one : cases) {
    std::vector<std::string> words = {"serve", "--data", data(), "--log", "error"};
    words.insert(words.end(), one.words.begin(), one.words.end());
    const Outcome done = run(words);
    expect_one_line(done, one.code, one.says);
  }
}

TEST_F(Program, AFullDiskIsSaidAndNothingBegunIsLeft) {
  EXPECT_EQ(run({"mailbox", "add", "help@example.com", "--name", "Help", "--data", data()}).code, 0);
  const auto article =
      folder_.write("a.md", "---\ntitle: Long\nlocale: en\n---\n" + std::string(400'000, 'x')).string();
  EXPECT_EQ(run({"article", "import", article, "--data", data()}).code, 0);
  const SmallFiles small;

  const Outcome done = run({"backup", (folder_.path() / "backup").string(), "--data", data()});

  EXPECT_EQ(done.code, 74) << done.err;
  EXPECT_NE(done.err.find("is the disk full?"), std::string::npos) << done.err;
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "backup"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "backup.part"));
}

TEST_F(Program, TheCommandLineWinsOverTheEnvironmentAndThatOverTheFile) {
  const auto config = folder_.write("c.toml", "data = \"" + data() + "-file\"\n").string();
  setenv("FIFTEEN_CONFIG", config.c_str(), 1);
  setenv("FIFTEEN_DATA", (data() + "-environment").c_str(), 1);
  EXPECT_EQ(run({"check"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(data() + "-environment"));
  EXPECT_EQ(run({"check", "--data", data() + "-line"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(data() + "-line"));

  unsetenv("FIFTEEN_DATA");
  EXPECT_FALSE(std::filesystem::exists(data() + "-file"));
  EXPECT_EQ(run({"check"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(data() + "-file"));
  unsetenv("FIFTEEN_CONFIG");
  unsetenv("FIFTEEN_DATA");
}

TEST_F(Program, AWrongLineOfTheSettingsFileIsNamed) {
  const auto config = folder_.write("c.toml", "data = \"x\"\nhtpp = \"127.0.0.1:0\"\n").string();
  const Outcome done = run({"check", "--config", config});
  EXPECT_EQ(done.code, 78);
  EXPECT_NE(done.err.find("c.toml:2: no such option: htpp"), std::string::npos) << done.err;
}

TEST_F(Program, ABackupMovesTheDeskAndNeverIntoOneThatHoldsData) {
  const std::string file = (folder_.path() / "backup").string();
  EXPECT_EQ(run({"mailbox", "add", "help@example.com", "--name", "Help", "--data", data()}).code, 0);
  EXPECT_EQ(run({"backup", file, "--data", data()}).code, 0);
  EXPECT_EQ(run({"restore", file, "--data", data() + "-2"}).code, 0);
  EXPECT_EQ(run({"check", "--data", data() + "-2"}).out, "all is well\n");
  const Outcome again = run({"restore", file, "--data", data() + "-2"});
  EXPECT_NE(again.code, 0);
  EXPECT_NE(again.err.find("already holds data"), std::string::npos) << again.err;
}

}  // namespace
}  // namespace fifteen::app
