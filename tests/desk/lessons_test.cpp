#include "server/desk/suggestions/lessons.hpp"

#include <algorithm>

#include "server/desk/tickets/joining.hpp"
#include "server/store/articles.hpp"
#include "server/store/brands.hpp"
#include "server/store/events.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

constexpr const char* site = "https://help.desk.example";

class Lessons : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    refunds = add("refunds");
    parcels = add("where-is-it");
  }
  ArticleId add(const std::string& slug) {
    return write([&](store::Session& sql) {
      return store::add_article(sql, {.id = {},
                                      .external_id = "",
                                      .slug = slug,
                                      .title = slug,
                                      .body = "",
                                      .locale = "en",
                                      .category = "",
                                      .created_at = now,
                                      .updated_at = now});
    });
  }
  MessageId answer(TicketId ticket, const std::string& text, int undo_seconds = 0) {
    return reply(ticket, {.text = text, .undo = std::chrono::seconds{undo_seconds}, .site = site})->id;
  }
  void give(const LessonGiven& given) {
    write([&](store::Session& sql) { give_lesson(sql, given, now); });
  }
  LessonGiven said(LessonSource source, ArticleId article, const std::string& text = "where is my parcel") {
    return {.source = source,
            .article = article,
            .ticket = {},
            .session = "session-of-22-letters-",
            .text = text,
            .locale = "en",
            .message = {}};
  }
  std::vector<store::Lesson> lessons(ArticleId article) {
    return db().read_now([&](store::Session& sql) { return desk::lessons_of(sql, article, {}, 100)->lessons; });
  }
  std::vector<store::Lesson> counting() {
    return db().read_now([&](store::Session& sql) { return store::lessons_that_count(sql, {}, {}, 100); });
  }
  // How often others were told that an article's lessons changed.
  std::ptrdiff_t told() {
    return db().read_now([](store::Session& sql) {
      return std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM events WHERE kind = 'lesson'"));
    });
  }

  ArticleId refunds, parcels;
};

TEST_P(Lessons, AReplyTeachesTheArticlesItLinksTo) {
  const TicketId ticket = asked_by("joe@client.example");

  answer(ticket, "See [here](https://help.desk.example/help/refunds) and (/help/where-is-it#late).");

  const auto taught = lessons(refunds);
  ASSERT_EQ(taught.size(), 1u);
  EXPECT_EQ(taught[0].source, LessonSource::reply);
  EXPECT_EQ(taught[0].ticket, ticket);
  EXPECT_EQ(taught[0].text, "A question\nWhere is it?");
  EXPECT_TRUE(taught[0].counts);
  EXPECT_EQ(lessons(parcels).size(), 1u);
  EXPECT_EQ(told(), 2);
}

TEST_P(Lessons, AReplyTeachesByTheAddressOfABrand) {
  const TicketId ticket = asked_by("joe@client.example");
  const char* answers[] = {"https://shop.example/help/refunds", "http://shop.example/help/where-is-it"};
  for (const char* text : answers) answer(ticket, text);
  EXPECT_EQ(lessons(refunds).size() + lessons(parcels).size(), 0u) << "the control: a stranger's, so far";

  write([&](store::Session& sql) {
    return store::add_brand(sql, {.id = {}, .name = "Shop", .host = "shop.example"}).has_value();
  });
  for (const char* text : answers) answer(ticket, text);
  EXPECT_EQ(lessons(refunds).size(), 1u);
  EXPECT_EQ(lessons(parcels).size(), 1u);
  for (const char* foreign : {"https://my-shop.example/help/refunds", "https://shop.example.evil.test/help/refunds",
                              "https://evil.test/shop.example/help/refunds"})
    answer(asked_by("eva@client.example"), foreign);
  EXPECT_EQ(lessons(refunds).size(), 1u) << "foreign hosts teach nothing";
}

TEST_P(Lessons, OnlyOurOwnLinksInPublicRepliesTeach) {
  const TicketId ticket = asked_by("joe@client.example");
  for (const char* text :
       {"https://elsewhere.example/help/refunds", "https://help.desk.example.evil.example/help/refunds",
        "/help/refundsandmore", "/help/%ff", "/help/", "/help/contact", "nohelp/help/refunds"})
    answer(ticket, text);
  reply(ticket, {.kind = MessageKind::note, .text = "/help/refunds", .site = site});
  EXPECT_TRUE(lessons(refunds).empty());

  answer(ticket, "It stands at https://help.desk.example/help/refunds.");
  EXPECT_EQ(lessons(refunds).size(), 1u);
}

TEST_P(Lessons, AReplyThatIsTakenBackIsUnlearned) {
  const TicketId ticket = asked_by("joe@client.example");
  const MessageId message = answer(ticket, "/help/refunds", 10);
  ASSERT_EQ(counting().size(), 1u);
  const auto before = told();

  ASSERT_TRUE(write([&](store::Session& sql) { return undo_reply(sql, ana, message, now); }));

  EXPECT_TRUE(counting().empty());
  EXPECT_EQ(told(), before + 1);
  answer(ticket, "/help/refunds");
  EXPECT_EQ(counting().size(), 1u) << "the next reply teaches it again";
}

TEST_P(Lessons, SpamAndMergedTicketsAreUnlearnedAndComeBack) {
  const TicketId first = asked_by("joe@client.example"), second = asked_by("eva@client.example");
  answer(first, "/help/refunds");
  answer(second, "/help/refunds");
  ASSERT_EQ(counting().size(), 2u);

  write([&](store::Session& sql) { return mark_spam(sql, ana, first, now); });
  EXPECT_EQ(counting().size(), 1u);
  EXPECT_EQ(told(), 3);
  write([&](store::Session& sql) { return unmark_spam(sql, ana, first, now); });
  EXPECT_EQ(counting().size(), 2u);
  EXPECT_EQ(told(), 4);
  write([&](store::Session& sql) { return merge_tickets(sql, ana, second, first, now); });
  EXPECT_EQ(counting().size(), 1u);
  write([&](store::Session& sql) { return unmerge_ticket(sql, ana, second, now); });
  EXPECT_EQ(counting().size(), 2u);
}

TEST_P(Lessons, OneIsGivenOnce) {
  for (int i = 0; i < 3; ++i) give(said(LessonSource::helpful, parcels));
  EXPECT_EQ(lessons(parcels).size(), 1u);
  EXPECT_EQ(told(), 1);

  give(said(LessonSource::solved, parcels));
  EXPECT_EQ(lessons(parcels).size(), 2u);
}

TEST_P(Lessons, OfYesAndNoTheLaterOneStays) {
  give(said(LessonSource::helpful, parcels));
  give(said(LessonSource::not_helpful, parcels));
  ASSERT_EQ(lessons(parcels).size(), 1u);
  EXPECT_EQ(lessons(parcels)[0].source, LessonSource::not_helpful);
  EXPECT_EQ(lessons(parcels)[0].session, "session-of-22-letters-");
}

TEST_P(Lessons, WithoutAnArticleOrAQuestionThereIsNone) {
  give(said(LessonSource::helpful, ArticleId(9999)));
  give(said(LessonSource::helpful, parcels, ""));
  LessonGiven nowhere = said(LessonSource::helpful, parcels);
  nowhere.session.clear();
  give(nowhere);
  EXPECT_TRUE(counting().empty());
  EXPECT_EQ(told(), 0);
}

TEST_P(Lessons, AWrongOneIsTakenBackAndGivenAgain) {
  give(said(LessonSource::helpful, parcels));
  const LessonId id = lessons(parcels)[0].id;
  const auto take_back = [&](bool taken_back) {
    return write([&](store::Session& sql) { return take_back_lesson(sql, ana, id, taken_back, now); });
  };

  ASSERT_TRUE(take_back(true));
  EXPECT_TRUE(counting().empty());
  EXPECT_EQ(lessons(parcels)[0].taken_back_by, ana.agent);
  EXPECT_EQ(told(), 2);
  ASSERT_TRUE(take_back(true));
  EXPECT_EQ(told(), 2);
  give(said(LessonSource::helpful, parcels));
  EXPECT_TRUE(counting().empty()) << "what an agent took back nobody gives again but an agent";

  ASSERT_TRUE(take_back(false));
  EXPECT_EQ(counting().size(), 1u);
  EXPECT_EQ(write([&](store::Session& sql) { return take_back_lesson(sql, ana, LessonId(777), true, now); }).error(),
            errc::not_found);
}

TEST_P(Lessons, ArePagedNewestFirst) {
  for (int i = 0; i < 5; ++i) {
    auto given = said(LessonSource::helpful, parcels);
    given.session += std::to_string(i);
    give(given);
  }
  std::vector<std::string> sessions;
  LessonId before;
  do {
    const auto page = db().read_now([&](store::Session& sql) { return *desk::lessons_of(sql, parcels, before, 2); });
    for (const auto& lesson : page.lessons) sessions.push_back(lesson.session.substr(22));
    before = page.next;
  } while (before);
  EXPECT_EQ(sessions, (std::vector<std::string>{"4", "3", "2", "1", "0"}));
}

FIFTEEN_BOTH_DATABASES(Lessons);

}  // namespace
}  // namespace fifteen::desk
