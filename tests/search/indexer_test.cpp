#include "search/indexer.hpp"

#include <atomic>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/search/fixtures.hpp"

namespace fifteen::search {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(Indexer, BeginsEmptyAndKeepsTheCursorOfItsLastCommit) {
  const test::TemporaryFolder folder;
  {
    Indexer indexer = Indexer::open(folder.path()).value();
    EXPECT_EQ(indexer.cursor(), 0);
    ASSERT_TRUE(indexer.commit(42));
    EXPECT_EQ(indexer.cursor(), 42);
  }
  EXPECT_EQ(Indexer::open(folder.path())->cursor(), 42);
  EXPECT_EQ(Reader(folder.path()).cursor().value(), 42);
}

TEST(Indexer, ShowsNothingBeforeTheCommit) {
  SampleIndex index;
  ASSERT_TRUE(index.indexer().put(
      Article{.id = 20, .title = "Loyalty programme", .body = "Points for friends.", .locale = "en"}));

  EXPECT_THAT(index.find("loyalty"), IsEmpty());
  ASSERT_TRUE(index.indexer().commit(2));
  EXPECT_THAT(index.find("loyalty"), ElementsAre(20));
}

TEST(Indexer, ReplacesAndRemovesAnArticleWithAllItsWords) {
  SampleIndex index;

  index.add(Article{.id = 3, .title = "Sign in with a passkey", .body = "Use your fingerprint.", .locale = "en"});
  EXPECT_THAT(index.find("forgotten"), Not(Contains(3)));
  EXPECT_THAT(index.find("fingerprint"), ElementsAre(3));

  ASSERT_TRUE(index.indexer().remove_article(3));
  ASSERT_TRUE(index.indexer().remove_article(777));
  ASSERT_TRUE(index.indexer().commit(3));
  EXPECT_THAT(index.find("fingerprint"), IsEmpty());
  EXPECT_THAT(index.find("fingreprint"), IsEmpty());  // nor does a typo lead there
}

TEST(Indexer, ReplacesAndRemovesATicket) {
  SampleIndex index;
  index.add(Ticket{.id = 7, .number = 4221, .subject = "Broken kettle", .messages = {"It leaks."}});
  ASSERT_THAT(index.find_tickets("kettle"), ElementsAre(7));

  index.add(Ticket{.id = 7, .number = 4221, .subject = "Broken toaster", .messages = {"It leaks."}});
  EXPECT_THAT(index.find_tickets("kettle"), IsEmpty());
  EXPECT_THAT(index.find_tickets("toaster"), ElementsAre(7));

  ASSERT_TRUE(index.indexer().remove_ticket(7));
  ASSERT_TRUE(index.indexer().commit(4));
  EXPECT_THAT(index.find_tickets("toaster"), IsEmpty());
}

TEST(Indexer, RefusesASecondWriter) {
  SampleIndex index;
  EXPECT_EQ(Indexer::open(index.folder()).error(), make_error_code(errc::locked));
}

TEST(Indexer, RefusesIdsThatXapianCannotNumber) {
  SampleIndex index;
  EXPECT_EQ(index.indexer().put(Article{.id = 0, .title = "x"}).error(), make_error_code(errc::failed));
  EXPECT_EQ(index.indexer().put(Ticket{.id = 1LL << 32}).error(), make_error_code(errc::failed));
}

TEST(Indexer, TakesHostileTextAsText) {
  SampleIndex index;
  std::string junk = "unicorn ";
  for (int i = 0; i < 3000; ++i) junk += static_cast<char>(i * 37 % 256);
  index.add(Article{
      .id = 30, .title = std::string(5000, '\xFF'), .body = junk + std::string(1 << 20, 'a'), .locale = "xx-\n"});
  index.add(Ticket{.id = 30, .number = 1, .subject = junk, .messages = {junk, std::string(2 << 20, '\n')}});

  EXPECT_THAT(index.find("unicorn", "en", Readers::agents), IsEmpty());  // guessed to be in some other language
  EXPECT_THAT(index.find_tickets("unicorn"), ElementsAre(30));
}

// Every file of a closed index in turn is overwritten in the middle.
TEST(Indexer, SaysThatADamagedIndexMustBeRebuiltAndComesBackAfterIt) {
  for (const char* file : {"articles/iamglass", "articles/postlist.glass", "tickets/iamglass"}) {
    const test::TemporaryFolder folder;
    {
      Indexer indexer = Indexer::open(folder.path()).value();
      for (const Article& article : sample_articles()) indexer.put(article).value();
      indexer.commit(9).value();
    }
    ASSERT_TRUE(check_index(folder.path())) << file;
    const std::string bytes = test::read_file(folder.path() / file);
    folder.write(file, std::string(bytes.size(), '\x5A'));

    const result<void> checked = check_index(folder.path());
    ASSERT_FALSE(checked) << file;
    EXPECT_TRUE(must_be_rebuilt(checked.error())) << file << ": " << checked.error().message();

    ASSERT_TRUE(Indexer::erase(folder.path()));
    EXPECT_EQ(Indexer::open(folder.path()).value().cursor(), 0) << file;
  }
}

TEST(Indexer, IsNotTakenForDamagedWhileItIsWritten) {
  SampleIndex index;
  std::string words;
  for (int word = 0; word < 2000; ++word) words += "word" + std::to_string(word * 7919) + " ";
  std::atomic<bool> is_done = false;
  std::thread writer([&] {
    for (std::int64_t number = 100; !is_done; ++number) {
      index.indexer().put(Ticket{.id = number % 40 + 1, .number = number, .subject = "s", .messages = {words}}).value();
      index.indexer().commit(number).value();
    }
  });
  int damaged = 0;
  for (int look = 0; look < 200; ++look)
    if (const auto checked = check_index(index.folder()); !checked && checked.error() != errc::changing) ++damaged;
  is_done = true;
  writer.join();

  EXPECT_EQ(damaged, 0);
  EXPECT_TRUE(check_index(index.folder()));
}

TEST(Indexer, SaysWhenTheVersionFileIsNoVersionFile) {
  const test::TemporaryFolder folder;
  {
    Indexer::open(folder.path()).value();
  }
  folder.write("articles/iamglass", "not an index");

  const auto opened = Indexer::open(folder.path());
  ASSERT_FALSE(opened);
  EXPECT_TRUE(must_be_rebuilt(opened.error())) << opened.error().message();
  const auto asked = Reader(folder.path()).find_articles({.text = "refund"});
  ASSERT_FALSE(asked);
  EXPECT_TRUE(must_be_rebuilt(asked.error())) << asked.error().message();
}

// How many files of the index hold the word.
int files_with(const std::filesystem::path& folder, const std::string& word) {
  int found = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    found += bytes.find(word) != std::string::npos ? 1 : 0;
  }
  return found;
}

TEST(Indexer, WrittenAnewHoldsNothingOfWhatWasRemoved) {
  SampleIndex index;
  const auto ticket = [](std::int64_t id, const std::string& word) {
    return Ticket{id, id, word + " subject", {"a message of " + word}, word, word + "@x.example", true};
  };
  for (std::int64_t id = 1; id <= 500; ++id) index.add(ticket(id, id % 5 == 0 ? "quokka" : "wombat"));
  for (std::int64_t id = 5; id <= 500; id += 5) ASSERT_TRUE(index.indexer().remove_ticket(id));
  ASSERT_TRUE(index.indexer().commit(42));
  EXPECT_THAT(index.find_tickets("quokka"), IsEmpty());
  EXPECT_GT(files_with(index.folder(), "quokka"), 0) << "the control: blocks that were freed";

  ASSERT_TRUE(index.indexer().compact());

  EXPECT_EQ(files_with(index.folder(), "quokka"), 0);
  EXPECT_THAT(index.find_tickets("wombat"), Not(IsEmpty())) << "by the reader that was open";
  EXPECT_EQ(index.indexer().cursor(), 42);
  index.add(ticket(501, "koala"));
  EXPECT_THAT(index.find_tickets("koala"), ElementsAre(501));
  EXPECT_TRUE(check_index(index.folder()));
}

}  // namespace fifteen::search
