#include "search/reader.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/search/fixtures.hpp"

namespace fifteen::search {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(ArticleSearch, FindsOtherFormsOfAWordInEachLanguage) {
  const SampleIndex index;
  struct Case {
    const char* text;
    const char* locale;
    std::int64_t article;
  };
  for (const Case c : {Case{"refunding ", "en", 1}, Case{"rimborsare ", "it", 4}, Case{"товаров ", "ru", 6},
                       Case{"замовленнями ", "uk", 7}, Case{"паролем ", "uk", 8}, Case{"退货", "zh", 9},
                       Case{"订单", "zh", 10}, Case{"Lieferungen ", "de", 11}, Case{"Rechnungs ", "de", 12}}) {
    const auto found = index.find(c.text, c.locale);
    ASSERT_FALSE(found.empty()) << c.text;
    EXPECT_EQ(found.front(), c.article) << c.text;
  }
}

TEST(ArticleSearch, BeginsAtTheThirdCharacter) {
  const SampleIndex index;
  EXPECT_THAT(index.find("pa", "en"), IsEmpty());
  EXPECT_THAT(index.find("pas", "en"), ElementsAre(3));
  EXPECT_THAT(index.find("passw", "en"), ElementsAre(3));
  EXPECT_THAT(index.find("退", "zh"), IsEmpty());
  EXPECT_THAT(index.find("退款", "zh"), ElementsAre(9));
}

TEST(ArticleSearch, TakesOnlyAnOpenLastWordAsTheBeginningOfOne) {
  const SampleIndex index;
  EXPECT_THAT(index.find("change pas", "en"), Contains(3));
  EXPECT_THAT(index.find("trac", "en"), ElementsAre(2));
  EXPECT_THAT(index.find("trac ", "en"), IsEmpty());
}

TEST(ArticleSearch, MendsTyposOnlyInWordsThatNoArticleHas) {
  const SampleIndex index;
  EXPECT_THAT(index.find("pasword ", "en"), ElementsAre(3));
  EXPECT_THAT(index.find("trackign ", "en"), ElementsAre(2));
  EXPECT_THAT(index.find("parol ", "en"), Not(Contains(2)));  // "parcel" is two letters off: too far for a short word
  EXPECT_THAT(index.find("label ", "en"), ElementsAre(1));
}

TEST(ArticleSearch, CountsTheTitleMoreThanTheBody) {
  const SampleIndex index(
      {{.id = 1, .title = "Invoices", .body = "About something else entirely.", .locale = "en"},
       {.id = 2, .title = "Something else", .body = "About invoices and much more.", .locale = "en"}});
  EXPECT_THAT(index.find("invoice ", "en"), ElementsAre(1, 2));
}

TEST(ArticleSearch, GivesTheReadersLanguageFirstThenEnglish) {
  const SampleIndex index({{.id = 1, .title = "PayPal", .body = "Pay with PayPal, PayPal, PayPal.", .locale = "en"},
                           {.id = 2, .title = "Pagare", .body = "Si può pagare anche con PayPal.", .locale = "it"},
                           {.id = 3, .title = "PayPal", .body = "Mit PayPal bezahlen.", .locale = "de"}});
  EXPECT_THAT(index.find("paypal", "it-IT"), ElementsAre(2, 1));
  EXPECT_THAT(index.find("paypal", "en"), ElementsAre(1));
  EXPECT_THAT(index.find("paypal", "fr"), ElementsAre(1));
}

TEST(ArticleSearch, LooksInEveryLanguageWhenTheReadersIsNotKnown) {
  const SampleIndex index;
  EXPECT_THAT(index.find("rimborso"), ElementsAre(4));
}

// Pages exist in five languages, people write in all: a German on the English page.
TEST(ArticleSearch, LooksInTheLanguageTheQuestionIsWrittenInThenInThePages) {
  const SampleIndex index({{.id = 1, .title = "PayPal", .body = "Pay with PayPal.", .locale = "en"},
                           {.id = 2, .title = "PayPal", .body = "Si può pagare anche con PayPal.", .locale = "it"},
                           {.id = 3, .title = "PayPal", .body = "Mit PayPal bezahlen.", .locale = "de"},
                           {.id = 4, .title = "PayPal", .body = "Как платить через PayPal.", .locale = "ru"}});
  EXPECT_THAT(index.find("wie kann ich mit paypal bezahlen", "it"), ElementsAre(3, 2, 1));
  EXPECT_THAT(index.find("можно платить через paypal", "en"), ElementsAre(4, 1));
  EXPECT_THAT(index.find("paypal mit", "it"), ElementsAre(2, 1));  // one word says too little
}

// What people wish for has the locale of the page they were on, or none where a program or an agent wrote it down.
TEST(IdeaSearch, FindsAnIdeaWhateverLocaleItWasPostedWith) {
  for (const char* posted : {"", "en", "it", "ru", "uk", "zh-Hans"}) {
    SampleIndex index;
    index.add(Idea{.id = 1, .title = "Dark mode", .text = "", .locale = posted});
    index.add(Idea{.id = 2, .title = "Please let me export all of the invoices", .text = "", .locale = posted});
    index.add(Idea{.id = 3, .title = "Темна тема для мобільного застосунку", .text = "", .locale = posted});
    index.add(Idea{.id = 4, .title = "深色模式", .text = "", .locale = posted});
    for (const char* asked : {"", "en"}) EXPECT_THAT(index.find_ideas("dark modes", asked), ElementsAre(1)) << posted;
    for (const char* asked : {"en", "it", "ru", "uk", "zh-Hans"}) {
      EXPECT_THAT(index.find_ideas("export invoices", asked), Contains(2)) << posted << " " << asked;
      EXPECT_THAT(index.find_ideas("темна тема для застосунків", asked), Contains(3)) << posted << " " << asked;
      EXPECT_THAT(index.find_ideas("深色", asked), Contains(4)) << posted << " " << asked;
    }
  }
}

TEST(IdeaSearch, PutsWhatMayBeInAnyLanguageAmongWhatIsInTheReaders) {
  SampleIndex index;
  for (const int id : {1, 2, 3})
    index.add(Idea{.id = id, .title = "A mode for the printer that is fast", .text = "", .locale = "en"});
  index.add(Idea{.id = 4, .title = "Dark mode", .text = "", .locale = ""});
  EXPECT_EQ(index.find_ideas("dark mode", "en", 3).front(), 4);
}

TEST(ArticleSearch, NeverShowsCustomersDraftsOrWhatIsForAgents) {
  const SampleIndex index;
  for (const char* text : {"goodwill", "goodwill limits for support staff", "opening hours", "december"}) {
    EXPECT_THAT(index.find(text, "en"), Not(Contains(13))) << text;
    EXPECT_THAT(index.find(text, "en"), Not(Contains(14))) << text;
  }
  EXPECT_THAT(index.find("goodwill", "en", Readers::agents), ElementsAre(13));
  EXPECT_THAT(index.find("december", "en", Readers::agents), ElementsAre(14));
}

// The index leaves out what is rarer, and nothing where there is nothing to leave out.
TEST(ArticleSearch, LeavesOutWhatIsNotForTheReaderBeItRareOrCommon) {
  const auto found = [](const SampleIndex& index, Readers readers) {
    std::vector<std::int64_t> ids;
    for (const auto& hit :
         index.reader().find_articles({.text = "invoice ", .locale = "en", .readers = readers, .limit = 100}).value())
      ids.push_back(hit.id);
    std::ranges::sort(ids);
    return ids;
  };
  for (const std::int64_t others : {0, 1, 5, 9, 10}) {
    std::vector<Article> for_agents, german;
    std::vector<std::int64_t> all, fitting;
    for (std::int64_t id = 1; id <= 10; ++id) {
      const Article article{.id = id, .title = "Invoice", .body = "Where it is.", .locale = "en", .solved = {}};
      for_agents.push_back(article);
      for_agents.back().agents_only = id <= others;
      german.push_back(article);
      if (id <= others) german.back().locale = "de";
      all.push_back(id);
      if (id > others) fitting.push_back(id);
    }
    const SampleIndex hidden(for_agents);
    EXPECT_EQ(found(hidden, Readers::customers), fitting) << others << " of 10";
    EXPECT_EQ(found(hidden, Readers::agents), all) << others << " of 10";
    // Where there is nothing in the reader's language, any will do.
    EXPECT_EQ(found(SampleIndex(german), Readers::customers), others == 10 ? all : fitting) << others << " of 10";
  }
}

TEST(ArticleSearch, AnswersALongTextByItsRarestWords) {
  const SampleIndex index;
  std::string text = "Good morning, I hope that you are all well and that I am writing to the right people. ";
  for (int i = 0; i < 20; ++i) text += "You and the account that is in the page for your days. ";
  EXPECT_EQ(index.find(text + "I forgot my password.", "en").front(), 3);
}

TEST(ArticleSearch, FindsAnArticleByTheWordsOfTicketsItSolved) {
  SampleIndex index;
  ASSERT_THAT(index.find("trousers ", "en"), IsEmpty());
  Article refunds = sample_articles().front();
  refunds.solved = {"posted the trousers, still no cash"};
  index.add(refunds);
  EXPECT_THAT(index.find("trousers ", "en"), ElementsAre(1));
}

TEST(TicketSearch, FindsByWordsOfSubjectMessagesAndCustomerAndByNumber) {
  SampleIndex index;
  index.add(Ticket{.id = 1,
                   .number = 4221,
                   .subject = "Broken kettle",
                   .messages = {"It leaks on the table.", "Sorry to hear."},
                   .customer_name = "Zoë Ängström",
                   .customer_email = "zoe@example.net"});
  index.add(Ticket{.id = 2,
                   .number = 4222,
                   .subject = "Rimborso",
                   .messages = {"Non ho ricevuto il rimborso del mio ordine."},
                   .open = false});

  for (const char* text : {"kettles", "leaking table", "kettle sorry", "Ängström", "zoe@example.net", "4221", "kett"})
    EXPECT_THAT(index.find_tickets(text), ElementsAre(1)) << text;
  EXPECT_THAT(index.find_tickets("rimborsi"), ElementsAre(2));
  EXPECT_THAT(index.find_tickets("kettle rimborso"), IsEmpty());
  EXPECT_THAT(index.find_tickets("rimborso", State::open), IsEmpty());
  EXPECT_THAT(index.find_tickets("rimborso", State::closed), ElementsAre(2));
  EXPECT_THAT(index.find_tickets(""), IsEmpty());
}

TEST(TicketSearch, MarksTheMatchInAnEscapedSnippet) {
  SampleIndex index;
  index.add(Ticket{
      .id = 1, .number = 1, .subject = "Hello", .messages = {"My <b>kettles</b> & pans <script>alert(1)</script>"}});
  index.add(Ticket{.id = 2, .number = 2, .subject = "你好", .messages = {"我要退款。"}});

  const auto hits = index.reader().find_tickets({.text = "kettle"}).value();
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_THAT(hits[0].snippet, HasSubstr("<mark>kettles</mark>"));
  EXPECT_THAT(hits[0].snippet, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(hits[0].snippet, Not(HasSubstr("<b>")));
  const auto chinese = index.reader().find_tickets({.text = "退款"}).value();
  ASSERT_EQ(chinese.size(), 1u);
  EXPECT_THAT(chinese[0].snippet, HasSubstr("<mark>"));
}

TEST(Reader, SaysThatThereIsNoIndexYet) {
  const test::TemporaryFolder folder;
  const Reader reader(folder.path());
  EXPECT_EQ(reader.find_articles({.text = "refund"}).error(), make_error_code(errc::missing));
  EXPECT_EQ(reader.cursor().error(), make_error_code(errc::missing));

  {
    Indexer::open(folder.path()).value();
  }
  EXPECT_TRUE(reader.find_articles({.text = "refund"}));
}

TEST(Reader, GoesOnWithAnIndexThatWasRebuiltUnderIt) {
  const test::TemporaryFolder folder;
  const Reader reader(folder.path());
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(Indexer::erase(folder.path()));
    Indexer indexer = Indexer::open(folder.path()).value();
    for (const Article& article : sample_articles()) indexer.put(article).value();
    indexer.commit(round + 1).value();
    EXPECT_EQ(reader.find_articles({.text = "password", .locale = "en"}).value().size(), 1u) << round;
    EXPECT_EQ(reader.cursor().value(), round + 1);
  }
}

TEST(Reader, AnswersFromManyThreadsWhileTheIndexIsWritten) {
  SampleIndex index;
  std::atomic<bool> is_done = false;
  std::atomic<int> asked = 0, failed = 0;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      while (!is_done) {
        const auto hits = index.reader().find_articles({.text = "change my password please", .locale = "en"});
        failed += !hits || hits->empty() || hits->front().id != 3;
        ++asked;
      }
    });
  for (int i = 0; i < 60; ++i)
    index.add(
        Article{.id = 100 + i, .title = "Filler", .body = std::string("word") + std::to_string(i), .locale = "en"});
  while (asked < 100) std::this_thread::yield();
  is_done = true;
  readers.clear();
  EXPECT_EQ(failed, 0) << "of " << asked;
}

}  // namespace fifteen::search
