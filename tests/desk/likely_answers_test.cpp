#include "server/desk/suggestions/likely_answers.hpp"

#include <gmock/gmock.h>

#include "search/indexer.hpp"
#include "search/suggest.hpp"
#include "server/desk/deflection/deflection.hpp"
#include "server/desk/knowledge/articles.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/store/articles.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using testing::ElementsAre;

// Two articles that everybody may read, in the records and in a real index.
class LikelyAnswersTest : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    folder_ = files().folder().path() / "answers";
    auto indexer = search::Indexer::open(folder_);
    const auto add = [&](const std::string& slug, const std::string& title, const std::string& body) {
      const ArticleId article = write([&](store::Session& sql) {
        return store::add_article(sql, {.slug = slug, .title = title, .body = body, .locale = "en", .created_at = now});
      });
      EXPECT_TRUE(indexer->put(search::Article{.id = article.value, .title = title, .body = body, .locale = "en"}));
      return article;
    };
    charges = add("two-charges", "Why do I see two charges?", "A second charge on the card is only held.");
    refunds = add("refunds", "Refund of a charge", "A refund of a charge takes three days.");
    EXPECT_TRUE(indexer->commit(1));
    reader_ = std::make_unique<search::Reader>(folder_);
    suggester_ = std::make_unique<search::Suggester>(*reader_);
    id = receive(mail_from("joe@client.example",
                           "Hello, why do I see a second charge on my card, and what can I do about it?"))
             .ticket;
  }

  LikelyAnswers answers(TicketId ticket) {
    return db().read_now([&](store::Session& sql) { return *likely_answers(sql, suggester_.get(), ticket); });
  }
  std::vector<ArticleId> offered(TicketId ticket) {
    std::vector<ArticleId> ids;
    for (const Suggested& suggested : answers(ticket).list) ids.emplace_back(suggested.id);
    return ids;
  }
  result<void> wrong(TicketId ticket, ArticleId article) {
    return write(
        [&](store::Session& sql) { return mark_wrong(sql, ana, ticket, SuggestedKind::article, article.value, now); });
  }
  std::vector<std::string> lessons(ArticleId article) {
    return db().read_now([&](store::Session& sql) {
      std::vector<std::string> told;
      for (const store::Lesson& lesson : desk::lessons_of(sql, article, {}, 10)->lessons)
        told.push_back(std::string(name(lesson.source)) + " " + std::to_string(lesson.ticket.value));
      return told;
    });
  }

  ArticleId charges, refunds;
  TicketId id;

 private:
  std::filesystem::path folder_;
  std::unique_ptr<search::Reader> reader_;
  std::unique_ptr<search::Suggester> suggester_;
};

TEST_P(LikelyAnswersTest, OneThatIsWrongHereIsOfferedElsewhereAlone) {
  ASSERT_THAT(offered(id), ElementsAre(charges, refunds));
  EXPECT_EQ(answers(id).language, "en");

  ASSERT_TRUE(wrong(id, charges));
  ASSERT_TRUE(wrong(id, charges)) << "twice is once";

  EXPECT_THAT(offered(id), ElementsAre(refunds));
  EXPECT_THAT(lessons(charges), ElementsAre("not_helpful " + std::to_string(id.value)));
  const TicketId other =
      receive(mail_from("kim@client.example",
                        "Hello, why do I see a second charge on my card, and what can I do about it?"))
          .ticket;
  EXPECT_THAT(offered(other), ElementsAre(charges, refunds));
  EXPECT_EQ(wrong(TicketId(99), charges).error(), make_error_code(errc::not_found));
}

TEST_P(LikelyAnswersTest, TellsWhatTheCustomerHadRead) {
  EXPECT_TRUE(answers(id).tried.empty());
  const std::string session = "abcdefghijklmnopqrstuv";
  write([&](store::Session& sql) {
    note_list(sql,
              {.visitor = "vwxyzabcdefghijklmnopq",
               .session = session,
               .channel = Channel::form,
               .locale = "en",
               .query = "second charge",
               .list = {{.id = charges.value, .title = "", .url = "", .locale = "en", .score = 1}}},
              now);
    for (const auto event : {DeflectionEvent::show, DeflectionEvent::not_helpful})
      EXPECT_TRUE(note_event(sql, session, event, charges, {}, now));
    EXPECT_TRUE(note_event(sql, session, DeflectionEvent::show, refunds, {}, now));
    EXPECT_TRUE(note_event(sql, session, DeflectionEvent::sent, {}, id, now));
  });
  const auto tried = answers(id).tried;
  ASSERT_EQ(tried.size(), 2u);
  EXPECT_EQ(tried[0].outcome, Tried::Outcome::not_helpful) << "it says more than that she opened it";
  EXPECT_EQ(tried[0].title, "Why do I see two charges?");
  EXPECT_EQ(tried[0].url, "/help/two-charges");
  EXPECT_EQ(tried[1].outcome, Tried::Outcome::opened);
}

TEST_P(LikelyAnswersTest, AnAnswerBecomesADraftThatAnswersItsQuestion) {
  const auto sent =
      reply(id, {.text = "Hello,\n\nit goes by itself. Order 4821993 is paid once.\n\nBest regards,\nAna"});
  ASSERT_TRUE(sent);
  const auto save = [&](MessageId message) {
    return write([&](store::Session& sql) { return save_answer(sql, ana, message, now); });
  };

  const auto saved = save(sent->id);

  ASSERT_TRUE(saved);
  EXPECT_THAT(saved->to_check, ElementsAre("4821993"));
  const auto view = db().read_now([&](store::Session& sql) { return *view_article(sql, ana, saved->article); });
  EXPECT_EQ(view.article.state, store::ArticleState::draft);
  EXPECT_EQ(view.newest.title, "A question");
  EXPECT_EQ(view.newest.body, "it goes by itself. Order [check: 4821993] is paid once.\n");
  EXPECT_EQ(view.article.locale, "en");
  EXPECT_THAT(lessons(saved->article), ElementsAre("reply " + std::to_string(id.value)));

  EXPECT_EQ(save(messages(id).front().id).error(), make_error_code(errc::not_found)) << "the customer's own words";
  EXPECT_EQ(save(MessageId(99)).error(), make_error_code(errc::not_found));
}

}  // namespace

FIFTEEN_BOTH_DATABASES(LikelyAnswersTest);

}  // namespace fifteen::desk
