#include "server/app/program.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

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

class Program : public testing::Test {
 protected:
  std::string data() const { return (folder_.path() / "desk").string(); }
  test::TemporaryFolder folder_;
};

TEST_F(Program, EveryMistakeIsOneLineAndACode) {
  struct Case {
    std::vector<std::string> words;
    int code;
    const char* says;
  };
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
      {{"check", "--config", "/nowhere/c.toml"}, 66, "/nowhere/c.toml"},
  };
  for (const Case& one : cases) {
    const Outcome done = run(one.words);
    EXPECT_EQ(done.code, one.code) << done.err;
    EXPECT_NE(done.err.find(one.says), std::string::npos) << done.err;
    EXPECT_EQ(std::ranges::count(done.err, '\n'), 1) << done.err;
    EXPECT_EQ(done.err.find("secret"), std::string::npos);
    EXPECT_EQ(done.out, "");
  }
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
