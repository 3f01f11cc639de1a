#include "search/suggest_files.hpp"

#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace fifteen::search {
namespace {

class SuggestFilesTest : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
  std::filesystem::path articles_ = folder_.write("articles.jsonl", test::test_data("kb/articles.jsonl"));
  std::filesystem::path past_ = folder_.write("past.jsonl", test::test_data("kb/past.jsonl"));
  std::filesystem::path tickets_ = folder_.write("tickets.jsonl", test::test_data("kb/tickets.jsonl"));

  std::string complaint(const SuggestFiles& files) {
    std::ostringstream out;
    const auto done = suggest_files(files, out, nullptr);
    EXPECT_EQ(out.str(), "");
    return done ? "" : done.error().sentence();
  }
};

}  // namespace

TEST_F(SuggestFilesTest, WritesRankedArticlesForEveryTicketAndItsConfidence) {
  std::ostringstream out, confidence;
  ASSERT_TRUE(suggest_files({articles_, past_, tickets_}, out, &confidence));

  std::map<std::string, std::string> first;
  std::istringstream lines(out.str());
  std::string ticket, article, rank, score, last_ticket;
  double last_score = 0;
  for (int expected = 1; std::getline(lines, ticket, '\t') && std::getline(lines, article, '\t') &&
                         std::getline(lines, rank, '\t') && std::getline(lines, score);) {
    expected = ticket == last_ticket ? expected + 1 : 1;
    EXPECT_EQ(rank, std::to_string(expected));
    EXPECT_LE(expected, 10);
    if (expected > 1) {
      EXPECT_LE(std::stod(score), last_score);
    }
    last_score = std::stod(score);
    last_ticket = ticket;
    first.try_emplace(ticket, article);
  }
  const std::map<std::string, std::string> right = {{"t1", "1"}, {"t2", "4"},  {"t3", "6"}, {"t4", "7"},
                                                    {"t5", "9"}, {"t6", "12"}, {"t7", "2"}};
  for (const auto& [id, answer] : right) EXPECT_EQ(first[id], answer) << id;

  std::map<std::string, double> sure;
  std::istringstream pairs(confidence.str());
  for (std::string id, value; std::getline(pairs, id, '\t') && std::getline(pairs, value);) sure[id] = std::stod(value);
  EXPECT_EQ(sure.size(), 8u);
  EXPECT_GT(sure["t1"], 2 * sure["t8"]);
}

TEST_F(SuggestFilesTest, ComplainsInOneLineWithFileAndLine) {
  const auto wrong = folder_.write("wrong.jsonl", "{\"id\":\"t1\",\"text\":\"a\"}\n{\"id\":\"t2\"}\n");
  EXPECT_EQ(complaint({articles_, past_, wrong}), wrong.string() + ":2: \"text\" is missing");
  const auto tabs = folder_.write("tabs.jsonl", "{\"id\":\"t\\t1\",\"text\":\"a\"}\n");
  EXPECT_EQ(complaint({articles_, {}, tabs}), tabs.string() + ":1: \"id\" must not be empty or have tabs or line ends");
  const auto past = folder_.write("old.jsonl", "{\"id\":\"p\",\"text\":\"a\",\"articles\":\"1\"}\n");
  EXPECT_EQ(complaint({articles_, past, tickets_}), past.string() + ":1: \"articles\" must be a list of strings");
  EXPECT_EQ(complaint({"/nowhere/a.jsonl", {}, tickets_}), "/nowhere/a.jsonl: can't be read");
  EXPECT_EQ(complaint({articles_, "/nowhere/p.jsonl", tickets_}), "/nowhere/p.jsonl: can't be read");
}

}  // namespace fifteen::search
