#include "server/jobs/learning.hpp"

#include "search/suggest.hpp"
#include "server/desk/suggestions/suggestion_threshold.hpp"
#include "server/jobs/index_feed.hpp"
#include "server/store/articles.hpp"
#include "server/store/lessons.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::jobs {
namespace {

// A node beside another: its own index, its own knowledge, the same records.
class Node {
 public:
  Node(store::Database& records, const std::filesystem::path& folder)
      : feed_(records, folder), reader_(folder), suggester_(reader_), learning_(records, folder, suggester_, clock_) {
    feed_.on_answers_changed([this] { ++told; });
  }
  void catch_up() {
    feed_.catch_up().value();
    learning_.learn();
  }
  void try_threshold() { learning_.try_threshold(); }
  void follow_the_index_alone() { feed_.catch_up().value(); }
  search::Suggestions suggest(const std::string& text) {
    return suggester_.suggest({.text = text, .locale = "en", .threshold = 0}).value();
  }
  std::int64_t first(const std::string& text) {
    const auto found = suggest(text);
    return found.list.empty() ? 0 : found.list.front().id;
  }
  int told = 0;

 private:
  IndexFeed feed_;
  search::Reader reader_;
  search::Suggester suggester_;
  SystemClock clock_;
  Learning learning_;
};

class LearningTest : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    refunds = add_article("Refunds", "We pay back within a week.");
    parcels = add_article("Parcels", "Follow them by their number.");
  }
  ArticleId add_article(const std::string& title, const std::string& body) {
    return db().write_now([&](store::Session& sql) {
      const ArticleId id = store::add_article(sql, {.id = {},
                                                    .external_id = "",
                                                    .slug = title,
                                                    .title = title,
                                                    .body = body,
                                                    .locale = "en",
                                                    .category = "",
                                                    .created_at = Instant(),
                                                    .updated_at = Instant()});
      tell(sql, "article", id);
      return id;
    });
  }
  static void tell(store::Session& sql, const std::string& kind, ArticleId article) {
    store::add_event(
        sql, {.at = SystemClock().now(), .kind = kind, .data = R"({"article":)" + std::to_string(article.value) + "}"});
  }
  // By somebody who typed the text.
  void teach(ArticleId article, const std::string& text, LessonSource source = LessonSource::solved) {
    db().write_now([&](store::Session& sql) {
      store::add_lesson(sql, {.id = {},
                              .source = source,
                              .article = article,
                              .ticket = {},
                              .message = {},
                              .session = "session" + std::to_string(++sessions_),
                              .text = text,
                              .locale = "en",
                              .given_at = SystemClock().now(),
                              .taken_back_at = {},
                              .taken_back_by = {}});
      tell(sql, "lesson", article);
    });
  }
  std::filesystem::path folder(const std::string& name) { return files().folder().path() / name; }

  ArticleId refunds, parcels;
  const std::string trousers = "the trousers that I posted: no cash yet";

 private:
  int sessions_ = 0;
};

TEST_P(LearningTest, OneLessonChangesTheOrderOnEveryNode) {
  Node here(db(), folder("here")), there(db(), folder("there"));
  here.catch_up();
  there.catch_up();
  ASSERT_NE(here.first(trousers), refunds.value) << "the control: no article says so";

  teach(refunds, "I posted the trousers back and wait for my cash");
  ASSERT_NE(here.first(trousers), refunds.value) << "the control: nobody has looked";
  here.catch_up();
  there.catch_up();

  EXPECT_EQ(here.first(trousers), refunds.value);
  const auto one = here.suggest(trousers), other = there.suggest(trousers);
  ASSERT_EQ(one.list.size(), other.list.size());
  EXPECT_EQ(one.list.front().score, other.list.front().score) << "the same on each node";
  EXPECT_EQ(one.confidence, other.confidence);
}

TEST_P(LearningTest, NodesThatKnowTheSameHaveTheSameFile) {
  const auto learned = [&](const char* node) { return test::read_file(folder(node) / "learned"); };
  Node here(db(), folder("here"));
  here.catch_up();
  teach(refunds, "I posted the trousers back and wait for my cash");
  here.catch_up();
  teach(parcels, "the postman has nothing for me");
  here.catch_up();
  Node there(db(), folder("there"));
  there.catch_up();
  EXPECT_EQ(learned("here"), learned("there"));
  teach(parcels, "no parcel");
  here.catch_up();
  EXPECT_NE(learned("here"), learned("there")) << "the control";
}

TEST_P(LearningTest, ANodeThatStartsAgainReadsWhatItHadLearned) {
  const auto file = folder("index") / "learned";
  teach(refunds, "I posted the trousers back and wait for my cash");
  Node(db(), folder("index")).catch_up();
  const std::string learned = test::read_file(file);
  const auto written_at = [&] { return std::filesystem::last_write_time(file); };
  const auto before = written_at();
  {
    Node again(db(), folder("index"));
    again.catch_up();
    EXPECT_EQ(again.first(trousers), refunds.value);
    EXPECT_EQ(written_at(), before);
  }
  std::filesystem::resize_file(file, learned.size() / 2);
  Node again(db(), folder("index"));
  again.catch_up();
  EXPECT_EQ(again.first(trousers), refunds.value);
  EXPECT_EQ(test::read_file(file), learned);
}

TEST_P(LearningTest, AnArticleIsFoundByTheWordsOfItsLessons) {
  Node node(db(), folder("index"));
  const auto found = [&] {
    return search::Reader(folder("index")).find_articles({.text = "trousers", .locale = "en"})->size();
  };
  node.follow_the_index_alone();
  ASSERT_EQ(found(), 0u);
  teach(refunds, "I posted the trousers back and wait for my cash");
  teach(parcels, "no trousers came", LessonSource::not_helpful);
  node.follow_the_index_alone();
  EXPECT_EQ(found(), 1u);
}

TEST_P(LearningTest, ALessonTakenBackIsAsIfItHadNeverBeen) {
  Node node(db(), folder("index"));
  node.catch_up();
  const auto before = node.suggest(trousers);
  teach(refunds, "I posted the trousers back and wait for my cash");
  node.catch_up();
  ASSERT_EQ(node.first(trousers), refunds.value);

  db().write_now([&](store::Session& sql) {
    const auto lesson = store::lessons_of(sql, refunds, {}, 1).front().id;
    store::set_taken_back(sql, lesson, SystemClock().now(), {});
    tell(sql, "lesson", refunds);
  });
  node.catch_up();

  const auto after = node.suggest(trousers);
  EXPECT_EQ(after.list.size(), before.list.size());
  EXPECT_EQ(after.confidence, before.confidence);
}

TEST_P(LearningTest, NoCountsAgainstAnArticle) {
  Node node(db(), folder("index"));
  teach(refunds, "where is my money for the returned shirt");
  teach(parcels, "the postman brought nothing and my money is gone");
  const std::string text = "money for what the postman took";
  node.catch_up();
  const auto first = ArticleId(node.first(text));
  const auto second = first == refunds ? parcels : refunds;
  for (int i = 0; i < 3; ++i) teach(first, text, LessonSource::not_helpful);
  node.catch_up();
  EXPECT_EQ(node.first(text), second.value);
}

TEST_P(LearningTest, FindsTheThresholdFromTheDesksOwnQuestions) {
  const auto threshold = [&] { return db().read_now([](store::Session& sql) { return desk::read_threshold(sql); }); };
  Node node(db(), folder("index"));
  node.catch_up();
  EXPECT_EQ(threshold().questions, 0) << "the control: too few";
  const double otherwise = threshold().in_force();

  for (int i = 0; i < 130; ++i) {
    teach(refunds, "where is my money for order " + std::to_string(i));
    teach(parcels, "no parcel came for order " + std::to_string(i));
  }
  node.try_threshold();

  const auto found = threshold();
  EXPECT_EQ(found.questions, 52);
  EXPECT_EQ(found.automatic, otherwise) << "no list was wrong";
  EXPECT_EQ(found.steps.front().shown, 52);
  EXPECT_EQ(found.steps.front().right, 52);
  const auto events = db().read_now([](store::Session& sql) { return store::newest_event(sql); });
  node.try_threshold();
  EXPECT_EQ(db().read_now([](store::Session& sql) { return store::newest_event(sql); }), events);
}

TEST_P(LearningTest, IsWokenByArticlesAndLessonsAlone) {
  Node node(db(), folder("index"));
  node.catch_up();
  node.follow_the_index_alone();  // what was built is looked through once more
  node.told = 0;
  db().write_now([](store::Session& sql) { store::add_event(sql, {.at = SystemClock().now(), .kind = "note"}); });
  node.follow_the_index_alone();
  EXPECT_EQ(node.told, 0);
  teach(refunds, "no cash yet");
  node.follow_the_index_alone();
  EXPECT_EQ(node.told, 1);
}

TEST_P(LearningTest, GivesUpWhenTheProgramEnds) {
  Node node(db(), folder("index"));
  teach(refunds, "I posted the trousers back and wait for my cash");
  std::stop_source stop;
  stop.request_stop();
  search::Reader reader(folder("index"));
  search::Suggester suggester(reader);
  const SystemClock clock;
  Learning(db(), folder("index"), suggester, clock).learn(stop.get_token());
  node.follow_the_index_alone();
  EXPECT_EQ(suggester.suggest({.text = trousers, .locale = "en", .threshold = 0})->list.size(), 1u)
      << "the index alone ranks";
}

FIFTEEN_BOTH_DATABASES(LearningTest);

}  // namespace
}  // namespace fifteen::jobs
