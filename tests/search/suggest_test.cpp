#include "search/suggest.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/search/fixtures.hpp"

namespace fifteen::search {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

const std::vector<Lesson> postman = {
    {.text = "my cash never came back after I posted the trousers", .locale = "en", .articles = {1}},
    {.text = "posted the trousers three weeks ago, still no cash", .locale = "en", .articles = {1}},
    {.text = "the postman says he has nothing for me", .locale = "en", .articles = {2}},
    {.text = "nothing came with the postman again today", .locale = "en", .articles = {2}},
    {.text = "I like your shop", .locale = "en", .articles = {}}};

std::shared_ptr<const Knowledge> learned(std::vector<Article> articles, std::vector<Lesson> lessons,
                                         std::vector<Idea> ideas = {}) {
  return Knowledge::learn({std::move(articles), std::move(ideas), std::move(lessons)});
}

std::vector<std::int64_t> ids(const Suggestions& suggestions) {
  std::vector<std::int64_t> found;
  for (const Suggestion& suggestion : suggestions.list) found.push_back(suggestion.id);
  return found;
}

class Suggest : public testing::Test {
 protected:
  SampleIndex index_;
  Suggester suggester_{index_.reader()};

  void learn(const std::vector<Lesson>& lessons) { suggester_.teach(learned(sample_articles(), lessons)); }
  Suggestions suggest(const std::string& text, const std::string& locale = "", Readers readers = Readers::customers) {
    return suggester_.suggest({.text = text, .locale = locale, .readers = readers}).value();
  }
};

}  // namespace

// From the first day on: nothing was ever solved, only articles were read. And before even these were, by the index
// alone.
TEST_F(Suggest, FindsTheRightArticleInEachLanguageWithoutAnyPastTicket) {
  struct Case {
    const char* text;
    std::int64_t article;
  };
  for (const bool has_read : {false, true}) {
    if (has_read) learn({});
    for (const Case c :
         {Case{"Hello, how do I get refunded for two returned shirts?", 1},
          Case{"non ho ricevuto il rimborso sulla carta", 4}, Case{"куда возвращают деньги за товары", 6},
          Case{"не бачу свого замовлення", 7}, Case{"退款什么时候到账", 9}, Case{"Wo finde ich die Rechnungen?", 12}}) {
      const Suggestions found = suggest(c.text);
      ASSERT_FALSE(found.list.empty()) << c.text << " " << has_read << " " << found.confidence;
      EXPECT_EQ(found.list.front().id, c.article) << c.text << " " << has_read;
    }
  }
}

TEST_F(Suggest, ShowsNothingForNonsense) {
  for (const bool has_read : {false, true}) {
    if (has_read) learn(postman);
    for (const char* text : {"qwxz vbnm plok", "", "?!", "ab", "1234567890", "zzzzzzzz zzzzz"})
      EXPECT_THAT(ids(suggest(text)), IsEmpty()) << text << " " << suggest(text).confidence;
  }
}

TEST_F(Suggest, LearnsFromSolvedTicketsWhatNoArticleSays) {
  learn({});
  const double before = suggest("the postman brought nothing", "en").confidence;
  learn(postman);
  const Suggestions after = suggest("the postman brought nothing", "en");
  ASSERT_FALSE(after.list.empty());
  EXPECT_EQ(after.list.front().id, 2);
  EXPECT_GT(after.confidence, before);
  EXPECT_EQ(suggest("still waiting for cash, trousers posted", "en").list.front().id, 1);
}

TEST_F(Suggest, ForgetsALessonThatIsTakenBack) {
  learn({});
  const Suggestions before = suggest("the postman brought nothing", "en");
  learn(postman);
  learn({});
  const Suggestions after = suggest("the postman brought nothing", "en");
  EXPECT_EQ(ids(after), ids(before));
  EXPECT_DOUBLE_EQ(after.confidence, before.confidence);
}

TEST_F(Suggest, LearnsTheSameFromTheSame) {
  learn(postman);
  const Suggestions first = suggest("posted it back, no cash yet", "en");
  learn(postman);
  const Suggestions second = suggest("posted it back, no cash yet", "en");
  ASSERT_EQ(ids(first), ids(second));
  for (std::size_t i = 0; i < first.list.size(); ++i) EXPECT_EQ(first.list[i].score, second.list[i].score);
  EXPECT_EQ(first.confidence, second.confidence);
}

TEST_F(Suggest, NeverShowsCustomersWhatIsNotForThem) {
  learn({{.text = "how much goodwill may I give", .locale = "en", .articles = {13}},
         {.text = "when are you open in december", .locale = "en", .articles = {14}}});
  EXPECT_THAT(ids(suggest("how much goodwill may I give", "en")), Not(Contains(13)));
  EXPECT_THAT(ids(suggest("when are you open in december", "en")), Not(Contains(14)));
  EXPECT_EQ(suggest("how much goodwill may I give", "en", Readers::agents).list.front().id, 13);
}

TEST_F(Suggest, LeavesOutAnArticleThatIsGoneThoughItWasLearned) {
  learn(postman);
  ASSERT_EQ(suggest("posted the trousers, no cash", "en").list.front().id, 1);
  ASSERT_TRUE(index_.indexer().remove_article(1));
  ASSERT_TRUE(index_.indexer().commit(2));
  EXPECT_THAT(ids(suggest("posted the trousers, no cash", "en")), Not(Contains(1)));
}

// An idea and an article may have the same id.
TEST_F(Suggest, ListsIdeasBesideArticles) {
  const std::vector<Idea> ideas = {
      {.id = 1, .title = "Gift wrapping", .text = "Wrap a parcel as a gift.", .locale = "en"}};
  ASSERT_TRUE(index_.indexer().put(ideas.front()));
  ASSERT_TRUE(index_.indexer().commit(2));
  for (const bool has_read : {false, true}) {
    if (has_read) suggester_.teach(learned(sample_articles(), {}, ideas));
    const Suggestions found = suggest("can you wrap it as a gift?", "en");
    ASSERT_FALSE(found.list.empty()) << has_read;
    EXPECT_EQ(found.list.front().kind, Kind::idea) << has_read;
    EXPECT_EQ(found.list.front().id, 1) << has_read;
    EXPECT_EQ(suggest("how do I get refunded for returned shirts?", "en").list.front().kind, Kind::article);
  }
  ASSERT_TRUE(index_.indexer().remove_idea(1));
  ASSERT_TRUE(index_.indexer().commit(3));
  for (const Suggestion& suggestion : suggest("can you wrap it as a gift?", "en").list)
    EXPECT_EQ(suggestion.kind, Kind::article);
}

// As somebody types: from the third letter on, the last word half written or mistyped.
TEST_F(Suggest, TakesAHalfWordForTheWordsThatBeginWithIt) {
  const auto typed = [&](const std::string& text) {
    return suggester_.suggest({.text = text, .locale = "en", .threshold = 0, .typing = true}).value().list;
  };
  for (const bool has_read : {false, true}) {
    if (has_read) learn({});
    for (const char* text : {"ref", "refu", "get refun", "refumds"}) {
      ASSERT_FALSE(typed(text).empty()) << text << " " << has_read;
      EXPECT_EQ(typed(text).front().id, 1) << text << " " << has_read;
    }
    EXPECT_TRUE(typed("re").empty());
    EXPECT_TRUE(suggester_.suggest({.text = "qwz", .locale = "en", .typing = true})->list.empty());
  }
  EXPECT_LT(suggester_.suggest({.text = "get refun", .locale = "en"})->confidence,
            suggester_.suggest({.text = "get refun", .locale = "en", .typing = true})->confidence)
      << "the control: a whole text ends with a word";
}

TEST_F(Suggest, TellsTheWordsThatLedThere) {
  learn(postman);
  const auto found =
      suggester_.suggest({.text = "The Refund for my shirts, please", .locale = "en", .why = true})->list;
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().id, 1);
  EXPECT_THAT(found.front().words, Contains("Refund")) << "as it is written";
  EXPECT_THAT(found.front().words, Not(Contains("please")));
  EXPECT_THAT(suggest("the refund for my shirts", "en").list.front().words, IsEmpty()) << "nobody asked";
}

// Words that say nothing are as rare among a few articles as those that do.
TEST(SuggestWhy, TellsOnlyWordsThatSayWhatATextIsAbout) {
  struct Case {
    const char *title, *body, *locale, *text;
    std::vector<std::string> words;
  };
  const Case cases[] = {
      {"Two charges",
       "Why you see two charges for my card, and what I do.",
       "en",
       "Hello, what can I do? I see my Charges on the card twice",
       {"Charges", "card"}},
      {"Rechnung herunterladen",
       "Wo ich meine Rechnung sehen kann und wie das geht.",
       "de",
       "Guten Tag, wo kann ich bitte meine Rechnungen sehen und herunterladen?",
       {"Rechnungen", "herunterladen"}},
      {"Scaricare la fattura",
       "Dove posso vedere la mia fattura e come la scarico.",
       "it",
       "Buongiorno, come posso vedere la mia Fattura?",
       {"Fattura"}},
      {"Счёт на компанию",
       "Где мне увидеть счёт и что мне для этого нужно.",
       "ru",
       "Здравствуйте, где мне увидеть этот Счёт для компании?",
       {"увидеть", "Счет", "компании"}},
      {"Запросити колегу",
       "Як мені можна запросити колегу, якщо треба.",
       "uk",
       "Добрий день, як мені запросити Колегу, будь ласка?",
       {"запросити", "Колегу"}},
      {"修改发票地址",
       "我们的发票地址可以在设置中修改。",
       "zh",
       "您好,请问我的发票地址在哪里可以修改?",
       {"发票地址", "修改"}},
  };
  for (const Case& c : cases) {
    SampleIndex index({{.id = 1, .title = c.title, .body = c.body, .locale = c.locale},
                       {.id = 2, .title = "Else", .body = "Something else", .locale = "en"},
                       {.id = 3, .title = "More", .body = "Something more", .locale = "en"}});
    const Suggester suggester(index.reader());
    const auto found = suggester.suggest({.text = c.text, .locale = c.locale, .threshold = 0, .why = true})->list;
    ASSERT_FALSE(found.empty()) << c.text;
    EXPECT_THAT(found.front().words, testing::UnorderedElementsAreArray(c.words)) << c.text;
  }
}

// Beside a first one that is likely right, what is far behind it is only in the way.
TEST_F(Suggest, BesideASureFirstOneOnlyNearOnesStand) {
  std::vector<Lesson> lessons;
  for (int i = 0; i < 20; ++i) lessons.insert(lessons.end(), postman.begin(), postman.end() - 1);
  learn(lessons);
  const auto ask = [&](const std::string& text, bool all) {
    return suggester_.suggest({.text = text, .locale = "en", .threshold = 0, .all = all}).value();
  };
  const auto shown = ask(postman[0].text, false), all = ask(postman[0].text, true);
  EXPECT_GE(all.confidence, 0.5);
  EXPECT_EQ(ids(shown), std::vector<std::int64_t>{1});
  EXPECT_EQ(shown.far_behind, 0u);
  EXPECT_EQ(all.list.size(), 3u);
  EXPECT_EQ(all.far_behind, 2u);
  const auto unsure = ask("cash for a kettle", false);
  EXPECT_LT(unsure.confidence, 0.5);
  EXPECT_EQ(unsure.list.size(), 3u);
}

// Somebody said that it did not help: the next best comes first.
TEST_F(Suggest, PutsBackWhatDidNotHelp) {
  const std::string text = "nothing came with the postman again, and no cash either";
  std::vector<Lesson> lessons = postman;
  learn(lessons);
  const auto first = suggest(text, "en").list.front();
  for (int i = 0; i < 2; ++i) lessons.push_back({.text = text, .locale = "en", .articles = {}, .against = {first.id}});
  learn(lessons);
  const auto after = suggest(text, "en").list;
  EXPECT_TRUE(after.empty() || after.front().id != first.id);
}

TEST_F(Suggest, BelievesLessOfAnArticleAfterOneNoOnTheFirstDay) {
  const std::string text = "how do I get a refund for two shirts";
  learn({});
  const double before = suggest(text, "en").confidence, other = suggest("forgot my password", "en").confidence;
  learn({{.text = text, .locale = "en", .articles = {}, .against = {1}}});
  EXPECT_LT(suggest(text, "en").confidence, 0.7 * before);
  EXPECT_GT(suggest("forgot my password", "en").confidence, 0.8 * other);
}

TEST_F(Suggest, PutsTheTicketsLanguageFirst) {
  index_.add(Article{.id = 40, .title = "PayPal", .body = "Pay with PayPal.", .locale = "en"});
  index_.add(Article{.id = 41, .title = "PayPal", .body = "Pagare con PayPal.", .locale = "it"});
  auto articles = sample_articles();
  articles.push_back({.id = 40, .title = "PayPal", .body = "Pay with PayPal.", .locale = "en"});
  articles.push_back({.id = 41, .title = "PayPal", .body = "Pagare con PayPal.", .locale = "it"});
  suggester_.teach(learned(articles, {}));
  EXPECT_EQ(suggest("PayPal", "it").list.front().id, 41);
  EXPECT_EQ(suggest("PayPal", "en").list.front().id, 40);
  EXPECT_THAT(ids(suggest("PayPal", "it")), Contains(40));
}

TEST_F(Suggest, IsOffWhileThereIsNoIndex) {
  const test::TemporaryFolder nowhere;
  const Reader reader(nowhere.path());
  EXPECT_EQ(Suggester(reader).suggest({.text = "refund please"}).error(), make_error_code(errc::missing));
}

TEST(Knowledge, TakesAnArticleWithoutWordsAndALessonAboutNoArticle) {
  const std::vector<Article> articles = {{.id = 1, .title = "", .body = "", .locale = ""},
                                         {.id = 2, .title = "Refunds", .body = "x", .locale = "en"}};
  const auto knowledge = learned(articles, {{.text = "", .locale = "", .articles = {99}}});
  EXPECT_EQ(knowledge->judge("refunds", "en").opinions.size(), 2u);
  EXPECT_TRUE(learned({}, {})->judge("refunds", "en").opinions.empty());
}

// One lesson among more articles than learning tells apart is no answer to everything.
TEST(Knowledge, KeepsTheFewTaughtArticlesOutOfOtherQuestions) {
  std::vector<Article> articles;
  for (int i = 1; i <= 1500; ++i)
    articles.push_back(
        {.id = i, .title = "Part " + std::to_string(i * 7919), .body = "screws and bolts", .locale = "en"});
  const auto knowledge = learned(articles, {{.text = "the wheel squeaks", .locale = "en", .articles = {1400}}});
  EXPECT_GT(knowledge->judge("the wheel squeaks", "en").opinions[1399].probability, 0.3);
  EXPECT_LT(knowledge->judge("which screws for part 7919", "en").opinions[1399].probability, 0.1);
}

// Over a thousand articles the most taught ones are told apart by learning, the rest by their letters.
TEST(Knowledge, StaysBoundedWithThousandsOfArticles) {
  std::vector<Article> articles;
  for (int i = 1; i <= 1500; ++i)
    articles.push_back({.id = i, .title = "Part " + std::to_string(i * 7919), .body = "", .locale = "en"});
  const std::vector<Lesson> lessons = {{.text = "the wheel squeaks", .locale = "en", .articles = {1400}},
                                       {.text = "the lamp flickers", .locale = "en", .articles = {1450}}};
  const auto judgement = learned(articles, lessons)->judge("squeaks wheel", "en");
  ASSERT_EQ(judgement.opinions.size(), 1500u);
  EXPECT_GT(judgement.opinions[1399].probability, judgement.opinions[1449].probability);
  EXPECT_EQ(judgement.opinions[0].probability, 0);
}

}  // namespace fifteen::search
