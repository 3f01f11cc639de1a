#include <functional>
#include <map>

#include <gtest/gtest.h>

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/deflection/deflection_json.hpp"
#include "server/desk/deflection/topics.hpp"
#include "server/desk/hours/hours.hpp"
#include "server/desk/hours/hours_preview.hpp"
#include "server/desk/hours/targets.hpp"
#include "server/desk/ideas/idea_board.hpp"
#include "server/desk/knowledge/articles.hpp"
#include "server/desk/knowledge/help_shelves.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/portal/ratings.hpp"
#include "server/desk/reports/response_report.hpp"
#include "server/desk/reports/response_times.hpp"
#include "server/desk/reports/wait_days.hpp"
#include "server/desk/tickets/inbox_figures.hpp"
#include "server/desk/tickets/overview.hpp"
#include "server/store/article_pictures.hpp"
#include "server/store/changed_waits.hpp"
#include "server/store/deflection.hpp"
#include "server/store/events.hpp"
#include "server/store/index_records.hpp"
#include "server/store/lessons.hpp"
#include "server/store/mail_queue.hpp"
#include "server/store/sessions.hpp"
#include "server/store/waits.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/explaining.hpp"
#include "tests/support/full_desk.hpp"

// Every statement that a page runs, as both databases plan it on a desk that is large enough to matter: none walks
// through a table, none sorts what an index could have given in order.
namespace fifteen::desk {
namespace {

using test::Explaining;

class QueryPlans : public test::OnBothDatabases {
 protected:
  static constexpr int tickets = 6000;

  void SetUp() override {
    OnBothDatabases::SetUp();
    test::fill_desk(files().options(), tickets);
    rate_every_answer();
    connection_ = store::connect(files().options(), false);
    // MariaDB does so by itself, a while after so many rows have come.
    if (GetParam() == store::Backend::mariadb)
      analyze(
          "tickets, messages, waits, events, customers, customer_addresses, participants, attachments, mail_queue, "
          "ratings, rating_agents");
    connection_->begin();
  }
  void analyze(const std::string& tables) {
    const auto own = store::connect(files().options(), true);
    own->read_rows("ANALYZE TABLE " + tables, {}, std::vector(4, store::Column::bytes), [](store::Value*) {});
  }

  void TearDown() override {
    connection_.reset();  // its transaction would hold up DROP DATABASE
    OnBothDatabases::TearDown();
  }

  void rate_every_answer() {
    const auto writer = store::connect(files().options(), true);
    writer->begin();
    writer->run(
        "INSERT INTO ratings (ticket_id, message_id, at, score, comment) SELECT ticket_id, id, at, 'good', '' "
        "FROM messages WHERE kind = 'reply'");
    writer->run(
        "INSERT INTO rating_agents (rating_id, agent_id, at) SELECT r.id, m.author_id, r.at FROM ratings r "
        "JOIN messages m ON m.id = r.message_id");
    writer->commit();
  }

  // 2,000 ideas with 30 votes each, of 3,000 voters on three plans.
  void fill_ideas() {
    const auto writer = store::connect(files().options(), true);
    const Instant now = SystemClock().now();
    const char* const plans[] = {"free", "team", "none"};
    const char* const states[] = {"open", "open", "planned", "done"};
    writer->begin();
    for (int i = 1; i <= 3000; ++i)
      writer->add_row("idea_voters", {{"id", i},
                                      {"voter_key", "v" + std::to_string(i) + "@x.example"},
                                      {"address", "v" + std::to_string(i) + "@x.example"},
                                      {"locale", "en"},
                                      {"plan", plans[i % 3]},
                                      {"created_at", now}});
    for (int i = 1; i <= 2000; ++i) {
      writer->add_row("ideas", {{"id", i},
                                {"title", "Idea"},
                                {"locale", "en"},
                                {"shelf", i % 50 ? "shown" : "merged"},
                                {"state", states[i % 4]},
                                {"merged_into", i % 50 ? std::nullopt : std::optional(i - 1)},
                                {"votes", i % 31},
                                {"value_cents", i % 17},
                                {"created_at", now},
                                {"updated_at", now},
                                {"body", ""},
                                {"reason", ""},
                                {"answer", ""}});
      for (const char* plan : plans)
        writer->add_row("idea_plans", {{"plan", plan}, {"idea_id", i}, {"votes", i % 7}, {"value_cents", 0}});
      for (int vote = 0; vote < 30; ++vote)
        writer->add_row(
            "idea_votes",
            {{"idea_id", i}, {"voter_id", (i * 37 + vote * 101) % 3000 + 1}, {"at", now}, {"tells", 1}, {"own", 1}});
      writer->add_row("idea_changes", {{"idea_id", i},
                                       {"at", now},
                                       {"was", "open"},
                                       {"state", "planned"},
                                       {"tells", 1},
                                       {"not_before", now},
                                       {"site", ""},
                                       {"finished_at", i > 5 ? std::optional(now) : std::nullopt},
                                       {"was_reason", ""},
                                       {"reason", ""},
                                       {"was_answer", ""},
                                       {"answer", ""}});
    }
    writer->commit();
  }

  // What is wrong with the plans of the statements that `page` runs.
  std::string faults(const std::function<void(store::Session&)>& page) {
    Explaining sql(*connection_);
    page(sql);
    EXPECT_GT(sql.statements, 0u);
    std::string told;
    for (const auto& [text, what] : sql.found) told += what + "in " + text + "\n";
    return told;
  }

  const AgentId reader_{1};

 private:
  std::unique_ptr<store::Connection> connection_;
};

TEST_P(QueryPlans, OfEveryListFollowAnIndex) {
  for (const store::Shelf shelf : {store::Shelf::open, store::Shelf::closed})
    for (const View view : {View::all, View::first, View::mine, View::waiting})
      EXPECT_EQ(faults([&](store::Session& sql) {
                  ListRequest request{.shelf = shelf, .view = view, .reader = reader_};
                  const auto page = list_tickets(sql, request);
                  request.after = page.next;
                  list_tickets(sql, request);
                }),
                "");
}

TEST_P(QueryPlans, OfATicketsPageFollowAnIndex) {
  EXPECT_EQ(faults([&](store::Session& sql) {
              ASSERT_TRUE(store::find_session(sql, "token", SystemClock().now()) == std::nullopt);
              ASSERT_TRUE(view_ticket(sql, TicketId(4711), reader_));
              ASSERT_FALSE(list_messages(sql, Actor::system(), TicketId(17), {}, 1)->messages.empty());
              ASSERT_TRUE(view_message(sql, MessageId(33)));
              ASSERT_TRUE(view_customer(sql, CustomerId(5), reader_));
              list_found(sql, {TicketId(7), TicketId(11)}, reader_);
            }),
            "");
}

TEST_P(QueryPlans, OfRatingsFollowAnIndex) {
  EXPECT_EQ(faults([&](store::Session& sql) {
              for (const AgentId agent : {AgentId(), reader_}) {
                const auto page = list_ratings(sql, Actor::system(), {.agent = agent}, 20);
                ASSERT_TRUE(page->next);
                ASSERT_FALSE(
                    list_ratings(sql, Actor::system(), {.agent = agent, .before = *page->next}, 20)->ratings.empty());
              }
              ASSERT_TRUE(store::rating_of(sql, MessageId(1)) == std::nullopt);
              ASSERT_FALSE(list_messages(sql, Actor::system(), TicketId(17), {}, 50)->messages.empty());
              store::latest_answer(sql, TicketId(17), SystemClock().now());
            }),
            "");
}

TEST_P(QueryPlans, OfCountsAndTodaysFiguresFollowAnIndex) {
  EXPECT_EQ(faults([&](store::Session& sql) {
              for (const View view : {View::first, View::mine, View::waiting}) count_view(sql, view, reader_);
              KeptFigures().of(sql, TimeZone(), SystemClock().now());
            }),
            "");
}

TEST_P(QueryPlans, OfAReportOfThePresentFollowAnIndex) {
  const Instant now = SystemClock().now();
  for (const ReportBy by : {ReportBy::agent, ReportBy::plan})
    EXPECT_EQ(faults([&](store::Session& sql) {
                report_responses(
                    sql,
                    {.period = {now - std::chrono::days(7), now, now}, .is_present = true, .by = by, .own_ids = true});
              }),
              "");
}

TEST_P(QueryPlans, OfTheResponseTimesFollowAnIndex) {
  db().write_now([](store::Session& sql) {
    for (std::optional<std::int64_t> day = first_day_of_all; (day = pack_next_day(sql, *day)); ++*day) {
    }
    store::set_all_wait_days(sql);
    store::note_changed_waits_of(sql, CustomerId(5));
  });
  const Instant now = SystemClock().now();
  const ResponseTimesWish wish{
      .period = {now - std::chrono::days(7), now, now}, .is_present = true, .filter = WaitFilter()};
  EXPECT_EQ(faults([&](store::Session& sql) {
              ASSERT_GT(report_response_times(sql, wish, true).now.total.running, 0);
              ASSERT_EQ(list_waits(sql, wish, WaitOrder::latest_first, {}, 50).waits.size(), 50u);
            }),
            "");
  EXPECT_EQ(faults([](store::Session& sql) {
              ASSERT_TRUE(store::next_wait_start(sql, Instant{}));
              ASSERT_TRUE(store::next_wait_day(sql, 0));
              ASSERT_FALSE(store::outdated_wait_day(sql, "", first_day_of_all));
            }),
            "");
}

TEST_P(QueryPlans, OfDraftsAndTheirFiguresFollowAnIndex) {
  const Instant now = SystemClock().now();
  // One a ticket, over the last month: the older ones packed, every third without an answer.
  db().write_now([&](store::Session& sql) {
    sql.run(
        "INSERT INTO deflection_sessions (session, visitor, channel, brand_id, locale, started_at, last_at, listed_at, "
        "shown, acts, is_wanting, sent_at, ticket_id, version, query, list_json) SELECT id, id, 'form', 0, 'en', "
        ":now - id * 400000000, :now - id * 400000000, :now - id * 400000000, 1, 1, id % 3 = 0, NULL, id, 1, 'why', "
        "'[[0,1,0.5]]' FROM tickets",
        {{"now", now}});
    sql.run("INSERT INTO deflection_acts (session_id, act, article_id, at) SELECT id, 1, 1, 1 FROM deflection_sessions",
            {});
    for (int i = 0; i < 20; ++i) pack_next_draft_day(sql, now);
  });
  if (GetParam() == store::Backend::mariadb) analyze("deflection_sessions, deflection_acts, deflection_days");
  const DeflectionWish wish{.from = now - std::chrono::days(30), .to = now, .now = now, .channel = {}, .zone = {}};
  EXPECT_EQ(faults([&](store::Session& sql) {
              ASSERT_FALSE(deflection_page_json(sql, wish).empty());
              ASSERT_FALSE(topic_input(sql, now).questions.empty());
              ASSERT_TRUE(store::find_question_draft(sql, "17"));
              store::count_draft_acts(sql, 17);
            }),
            "");
}

TEST_P(QueryPlans, OfBusinessHoursFollowAnIndex) {
  const Instant now = SystemClock().now();
  EXPECT_EQ(faults([&](store::Session& sql) {
              list_schedules(sql);
              list_targets(sql);
              store::running_waits(sql, MailboxId(1), {now - std::chrono::days(30), MessageId(5)}, 200);
              preview_hours(sql, Actor::system(), {.mailboxes = {MailboxId(1)}, .hours = {}, .target = {}}, now);
            }),
            "");
}

TEST_P(QueryPlans, OfTheKnowledgeBaseFollowAnIndex) {
  db().write_now([](store::Session& sql) {
    for (int i = 1; i <= 3000; ++i) {
      const std::string name = std::to_string(i);
      store::add_article(sql, {.slug = "a" + name,
                               .title = "Article " + name,
                               .body = "Text",
                               .locale = i % 5 == 0 ? "it" : "en",
                               .state = i % 4 == 0 ? store::ArticleState::draft : store::ArticleState::published,
                               .category = "c" + std::to_string(i % 40),
                               .updated_at = from_us(i)});
    }
    for (int i = 0; i < 40; ++i) store::add_category(sql, {.slug = "c" + std::to_string(i)});
  });
  const Instant now = SystemClock().now();
  EXPECT_EQ(
      faults([&](store::Session& sql) {
        using Needs = store::ArticleList::Needs;
        for (const auto& state : {std::optional<store::ArticleState>(), std::optional(store::ArticleState::draft)})
          for (const char* category : {"", "c7"})
            for (const char* locale : {"", "it"})
              for (const Needs needs : {Needs::nothing, Needs::publishing, Needs::translating})
                store::list_articles(sql, {.state = state, .category = category, .locale = locale, .needs = needs}, 50);
        const auto article = read_article(sql, "a7");
        ASSERT_TRUE(article);
        ASSERT_EQ(published_translations(sql, *article).size(), 1u);
        ASSERT_FALSE(read_shelf(sql, *store::find_category_by_slug(sql, "c7")).articles.empty());
        ASSERT_TRUE(view_article(sql, Actor::system(), article->id));
        ASSERT_FALSE(published_addresses(sql).empty());
        const auto shelves = KeptShelves().of(sql, "it", now);
        ASSERT_FALSE(shelves.topics.empty() || shelves.read_most.empty());
        store::is_picture_public(sql, "a");
        moved_to(sql, "b");
        store::versions_of(sql, article->id, 9, 50);
      }),
      "");
}

// Of lessons without end learning reads the newest, by their key.
TEST_P(QueryPlans, OfLearningFollowAnIndex) {
  db().write_now([](store::Session& sql) {
    for (int i = 1; i <= 1000; ++i)
      store::add_article(sql, {.slug = "a" + std::to_string(i), .title = "Article", .body = "Text", .locale = "en"});
    for (int i = 1; i <= 6000; ++i) {
      const bool is_typed = i % 2 == 0;
      store::add_lesson(sql, {.source = is_typed ? LessonSource::solved : LessonSource::reply,
                              .article = ArticleId(i % 1000 + 1),
                              .ticket = is_typed ? TicketId() : TicketId(i),
                              .session = is_typed ? "s" + std::to_string(i) : "",
                              .text = is_typed ? "where is my parcel" : "",
                              .locale = "en"});
    }
  });
  if (GetParam() == store::Backend::mariadb) analyze("lessons, articles");
  EXPECT_EQ(faults([&](store::Session& sql) {
              ASSERT_GT(store::lessons_to_learn(sql, 1200).size(), 1000u);
              ASSERT_EQ(store::articles_to_learn(sql, ArticleId(100), 100).size(), 100u);
              ASSERT_EQ(store::articles_to_learn(sql, {ArticleId(7), ArticleId(8)}).size(), 2u);
              ASSERT_EQ(store::article_to_index(sql, ArticleId(7)).front().solved.size(), 6u);
            }),
            "");
}

TEST_P(QueryPlans, OfTheFollowersOfEventsFollowAnIndex) {
  EXPECT_EQ(faults([&](store::Session& sql) {
              store::newest_event(sql);
              store::settled_event(sql, SystemClock().now());
              store::EventFollower(EventId(100)).look(sql, SystemClock().now(), 100);
              TicketId last;
              store::tickets_to_index(sql, TicketId(100), 20, last);
            }),
            "");
}

// Few of the mails that wait are due. (When most are, MariaDB compares their times one by one: the first one fits.)
TEST_P(QueryPlans, OfTheMailQueueFollowAnIndex) {
  const Instant first = db().write_now([](store::Session& sql) {
    sql.run("UPDATE mail_queue SET state = 'waiting' WHERE id <= 2000", {});
    return std::get<0>(*sql.one<Instant>("SELECT MIN(not_before) FROM mail_queue"));
  });
  EXPECT_EQ(faults([&](store::Session& sql) {
              ASSERT_TRUE(store::mail_is_due(sql, first));
              ASSERT_FALSE(store::mail_is_due(sql, first - std::chrono::seconds(1)));
              ASSERT_EQ(store::unfinished_mails(sql).size(), 100u);
            }),
            "");
}

TEST_P(QueryPlans, OfIdeasFollowAnIndex) {
  fill_ideas();
  const Instant now = SystemClock().now() + std::chrono::minutes(1);
  for (const auto order :
       {store::IdeaOrder::votes, store::IdeaOrder::paying, store::IdeaOrder::value, store::IdeaOrder::newest})
    for (const std::optional<IdeaState> state : {std::optional<IdeaState>(), std::optional(IdeaState::planned)})
      for (const char* plan : {"", "team"})
        EXPECT_EQ(faults([&](store::Session& sql) {
                    store::IdeaList list{.state = state, .order = order, .plan = plan};
                    const auto page = page_of_ideas(sql, list, 30);
                    ASSERT_TRUE(page.next);
                    list.after = *page.next;
                    ASSERT_EQ(page_of_ideas(sql, list, 30).ideas.size(), 30u);
                  }),
                  "")
            << static_cast<int>(order) << plan;
  EXPECT_EQ(faults([&](store::Session& sql) {
              ASSERT_TRUE(view_idea(sql, IdeaId(49), reader_));
              ASSERT_EQ(store::votes_of_idea(sql, IdeaId(7), VoterId(20), 10).size(), 10u);
              store::votes_of_voter(sql, VoterId(7), 20);
              store::votes_of_ticket(sql, TicketId(7));
              store::voters_of(sql, CustomerId(5));
              store::voters_after(sql, VoterId(7), 20);
              store::find_voter(sql, std::string_view("v7@x.example"));
              store::wishes_of(sql, VoterId(7));
              store::ideas_of_ticket(sql, TicketId(7));
              ASSERT_EQ(store::plans_of_voters(sql).size(), 3u);
              ASSERT_TRUE(store::due_idea_change(sql, now));
              ASSERT_FALSE(store::ideas_to_index(sql, IdeaId(7), 20).empty());
            }),
            "");
}

TEST_P(QueryPlans, AreSeenToBeWrong) {
  EXPECT_NE(faults([](store::Session& sql) { sql.one<std::int64_t>("SELECT id FROM tickets WHERE preview = 'x'"); }),
            "");
  EXPECT_NE(faults([](store::Session& sql) {
              sql.one<std::int64_t>("SELECT id FROM tickets WHERE shelf = 'open' ORDER BY preview LIMIT 1");
            }),
            "");
}

FIFTEEN_BOTH_DATABASES(QueryPlans);

}  // namespace
}  // namespace fifteen::desk
