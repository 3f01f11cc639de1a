#include "server/desk/deflection/deflection_report.hpp"

#include <random>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/deflection/deflection_json.hpp"
#include "server/desk/deflection/deflection_lists.hpp"
#include "server/desk/deflection/draft_days.hpp"
#include "server/desk/deflection/topics.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/store/articles.hpp"
#include "server/store/deflection_days.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using std::chrono::days;

class DeflectionReportTest : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    began = now;
    refunds = add_article("refunds");
    exports = add_article("exports");
  }
  ArticleId add_article(const std::string& slug) {
    return write([&](store::Session& sql) {
      return store::add_article(sql, {.slug = slug,
                                      .title = slug,
                                      .body = "So.",
                                      .locale = "en",
                                      .state = store::ArticleState::published,
                                      .created_at = now,
                                      .updated_at = now});
    });
  }
  struct Drafted {
    std::string visitor;
    std::vector<ArticleId> list;
    bool withheld = false;
    std::vector<DeflectionEvent> events = {};
    Channel channel = Channel::form;
    std::string query = "where is it";
    TicketId ticket = {};
  };
  // A draft of its own; its events concern the list's first article.
  std::string draft(const Drafted& drafted) {
    ListNoted noted;
    noted.visitor = drafted.visitor;
    noted.session = drafted.channel == Channel::email ? session_of_ticket(drafted.ticket) : new_visit().session;
    noted.channel = drafted.channel;
    noted.query = drafted.query;
    noted.withheld = drafted.withheld;
    noted.ticket = drafted.channel == Channel::email ? drafted.ticket : TicketId();
    for (const ArticleId id : drafted.list)
      noted.list.push_back({.id = id.value, .title = "", .url = "", .locale = "", .score = 1});
    write([&](store::Session& sql) {
      note_list(sql, noted, now);
      for (const auto event : drafted.events)
        (void)note_event(sql, noted.session, event, event == DeflectionEvent::sent ? ArticleId() : drafted.list.at(0),
                         drafted.ticket, now);
    });
    return noted.session;
  }
  DeflectionWish wish() const { return {.from = began, .to = now + days(1), .now = now, .channel = {}, .zone = {}}; }
  DeflectionReport report(const DeflectionWish& wish) {
    return db().read_now([&](store::Session& sql) { return report_deflection(sql, wish); });
  }
  std::string as_json(const DeflectionWish& wish) {
    return db().read_now([&](store::Session& sql) { return deflection_page_json(sql, wish); });
  }
  int pack() {
    int packed = 0;
    while (write([&](store::Session& sql) { return pack_next_draft_day(sql, now).has_value(); })) ++packed;
    return packed;
  }

  Instant began;
  ArticleId refunds, exports;
};
FIFTEEN_BOTH_DATABASES(DeflectionReportTest);

TEST_P(DeflectionReportTest, CountsAsTheDefinitionsSay) {
  using enum DeflectionEvent;
  draft({"solved", {refunds}, false, {show, solved}});
  draft({"opened", {refunds}, false, {show}});
  draft({"thanked", {refunds}, false, {helpful}});
  draft({"sent", {refunds}, false, {show, not_helpful, sent}});
  draft({"solved, then sent", {refunds}, false, {solved, sent}});
  draft({"went", {refunds}});
  draft({"control sent", {refunds}, true, {sent}});
  draft({"control went", {refunds}, true});
  draft({"found nothing", {}});
  draft({"found nothing, control", {}, true, {sent}});
  minutes_pass(31);
  draft({"goes on", {refunds}, false, {show}});

  const auto told = report(wish());
  const DraftCounts& c = told.total.drafts;
  EXPECT_EQ(c.lists, 6);
  EXPECT_EQ(c.solved, 1);
  EXPECT_EQ(c.left, 2);
  EXPECT_EQ(c.sent, 2);
  EXPECT_EQ(c.gross(), 3.0 / 6);
  EXPECT_EQ(c.withheld, 2);
  EXPECT_EQ(c.withheld_sent, 1);
  EXPECT_EQ(c.listed_nothing, 2);
  EXPECT_EQ(c.open, 1);
  EXPECT_EQ(told.total.list.sent, 2);
  EXPECT_EQ(told.total.list.visitors, 6);
  EXPECT_EQ(told.total.withheld.sent, 1);
  EXPECT_EQ(told.total.withheld.visitors, 2);
  EXPECT_DOUBLE_EQ(*told.total.lift().difference, 0.5 - 2.0 / 6);
  const ArticleCounts& article = told.articles.at(refunds);
  EXPECT_EQ(article.listed, 7) << "not where it was withheld";
  EXPECT_EQ(article.opened, 4);
  EXPECT_EQ(article.helpful, 1);
  EXPECT_EQ(article.not_helpful, 1);
  EXPECT_EQ(article.solved, 2);
}

TEST_P(DeflectionReportTest, TakesEachVisitorsFirstDraftOfThePeriod) {
  using enum DeflectionEvent;
  const Visit joe = new_visit();
  draft({joe.visitor, {}});  // no list: not the first that counts
  minutes_pass(60);
  draft({joe.visitor, {refunds}, false, {sent}});
  minutes_pass(60);
  draft({joe.visitor, {refunds}, false, {show}});
  minutes_pass(24 * 60);
  const Instant second_day = now;
  draft({joe.visitor, {refunds}});
  minutes_pass(60);

  EXPECT_EQ(report(wish()).total.list.sent, 1);
  EXPECT_EQ(report(wish()).total.list.visitors, 1);
  DeflectionWish later = wish();
  later.from = second_day;
  EXPECT_EQ(report(later).total.list.sent, 0) << "of this period another is the first";
  EXPECT_EQ(report(later).total.list.visitors, 1);
  DeflectionWish earlier = wish();
  earlier.to = second_day;
  EXPECT_EQ(report(earlier).total.drafts.lists, 2);
}

TEST_P(DeflectionReportTest, AVisitorsFirstDraftThatGoesOnIsInNeitherGroup) {
  draft({"joe", {refunds}});
  minutes_pass(10);
  draft({"joe", {refunds}, false, {DeflectionEvent::sent}});
  EXPECT_EQ(report(wish()).total.list.visitors, 0);
  minutes_pass(31);
  EXPECT_EQ(report(wish()).total.list.visitors, 1);
  EXPECT_EQ(report(wish()).total.list.sent, 0);
}

TEST_P(DeflectionReportTest, PackedDaysTellTheSame) {
  std::mt19937_64 random(5);
  const auto one_of = [&](std::uint64_t n) { return static_cast<int>(random() % n); };
  for (int i = 0; i < 300; ++i) {
    Drafted d{.visitor = "v" + std::to_string(one_of(120)), .list = {}};
    if (one_of(4) > 0) d.list.push_back(one_of(2) ? refunds : exports);
    if (one_of(3) == 0 && !d.list.empty()) d.list.push_back(d.list[0] == refunds ? exports : refunds);
    d.withheld = one_of(5) == 0;
    d.channel = one_of(3) ? Channel::form : Channel::widget;
    if (!d.list.empty())
      for (const auto event : {DeflectionEvent::show, DeflectionEvent::helpful, DeflectionEvent::not_helpful,
                               DeflectionEvent::solved, DeflectionEvent::sent})
        if (one_of(4) == 0) d.events.push_back(event);
    draft(d);
    minutes_pass(one_of(40));
  }
  DeflectionWish wishes[] = {wish(), wish(), wish()};
  wishes[0].zone = *TimeZone::find("Asia/Kathmandu");
  wishes[1].from += std::chrono::hours(13);
  wishes[1].to -= std::chrono::hours(31);
  wishes[2].channel = Channel::widget;
  std::vector<std::string> before;
  for (const auto& wish : wishes) before.push_back(as_json(wish));

  EXPECT_GE(pack(), 3);
  EXPECT_EQ(pack(), 0);
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(as_json(wishes[i]), before[i]) << i;
  // That it was read from the packed days, too.
  write([](store::Session& sql) {
    for (const auto* table : {"deflection_acts", "deflection_sessions"}) sql.run(std::string("DELETE FROM ") + table);
  });
  EXPECT_NE(report(wishes[1]).total.drafts.lists, 0);
}

TEST_P(DeflectionReportTest, ADayThatChangedIsReadAnewAndPackedAgain) {
  const TicketId ticket = asked_by("joe@client.example");
  draft({.visitor = "mail", .list = {refunds}, .channel = Channel::email, .ticket = ticket});
  draft({.visitor = "joe", .list = {refunds}});
  minutes_pass(24 * 60 * 3);
  const DeflectionWish period{.from = began - days(1), .to = now, .now = now, .channel = {}, .zone = {}};
  EXPECT_EQ(pack(), 1);
  EXPECT_EQ(report(period).mail.solved, 0);
  write([&](store::Session& sql) {
    return note_event(sql, session_of_ticket(ticket), DeflectionEvent::solved, refunds, ticket, now).has_value();
  });
  EXPECT_EQ(report(period).mail.solved, 1);
  EXPECT_EQ(report(period).mail.share(), 1.0);
  EXPECT_EQ(pack(), 1);
  EXPECT_EQ(report(period).mail.solved, 1);
  EXPECT_TRUE(db().read_now([](store::Session& sql) { return store::changed_draft_days(sql); }).empty());
}

TEST_P(DeflectionReportTest, ADayIsPackedOnceNobodyIsAtItsDrafts) {
  now = Instant(std::chrono::ceil<days>(now)) - std::chrono::minutes(5);
  began = now;
  const std::string session = draft({"joe", {refunds}});
  for (int i = 0; i < 3; ++i) {
    minutes_pass(20);
    write([&](store::Session& sql) {
      return note_event(sql, session, DeflectionEvent::show, refunds, {}, now).has_value();
    });
    EXPECT_EQ(pack(), 0) << i;
  }
  minutes_pass(31);
  EXPECT_EQ(pack(), 1);
  EXPECT_EQ(report(wish()).total.drafts.left, 1);
}

TEST_P(DeflectionReportTest, ACheckTellsAPackedDayThatIsNotItsDrafts) {
  const auto check = [&] {
    std::vector<std::string> findings;
    int days_seen = 0;
    db().read_now([&](store::Session& sql) {
      for (std::optional<std::int64_t> first = 0, day; first; first = day) {
        for (std::string& finding : check_draft_days(sql, *first, day, now)) findings.push_back(std::move(finding));
        if (day) ++*day, ++days_seen;
      }
    });
    return std::pair(days_seen, findings);
  };
  EXPECT_EQ(check(), std::pair(0, std::vector<std::string>()));
  draft({"joe", {refunds}, false, {DeflectionEvent::show}});
  draft({"eva", {refunds}});
  const auto day = std::chrono::floor<days>(now).time_since_epoch().count();
  minutes_pass(24 * 60 * 2);
  draft({"ann", {refunds}});
  minutes_pass(24 * 60);
  ASSERT_EQ(pack(), 2);
  EXPECT_EQ(check(), std::pair(3, std::vector<std::string>())) << "with the empty day between";

  const auto kept = db().read_now([&](store::Session& sql) { return store::draft_days(sql, day, day).at(0); });
  auto wrong = kept;
  wrong.bytes.resize(wrong.bytes.size() / 2);
  write([&](store::Session& sql) { store::save_draft_day(sql, wrong); });
  ASSERT_EQ(check().second.size(), 1u);
  EXPECT_THAT(check().second[0], testing::HasSubstr("drafts of questions"));
  write([&](store::Session& sql) { store::note_changed_drafts(sql, day); });
  EXPECT_TRUE(check().second.empty()) << "reports read its drafts themselves";
  EXPECT_EQ(pack(), 1);
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return store::draft_days(sql, day, day).at(0).bytes; }),
            kept.bytes);

  // A day whose packing is lost, and one whose drafts are forgotten.
  write([&](store::Session& sql) { sql.run("DELETE FROM deflection_days WHERE day = :day", {{"day", day}}); });
  EXPECT_EQ(check().second.size(), 1u);
  write([&](store::Session& sql) { store::save_draft_day(sql, kept); });
  now += days(181);
  write([&](store::Session& sql) { return forget_old_drafts(sql, now); });
  EXPECT_TRUE(check().second.empty());
}

TEST_P(DeflectionReportTest, WordsAreForgottenWhenTheirTimeIsOverAndFiguresStay) {
  for (int i = 0; i < 5; ++i) {
    draft({"v" + std::to_string(i), {refunds}, false, {DeflectionEvent::show}});
    minutes_pass(24 * 60);
  }
  const auto forget = [&] { return write([&](store::Session& sql) { return forget_old_drafts(sql, now); }); };
  const DeflectionWish period = wish();
  EXPECT_EQ(forget(), 0) << "not packed yet";
  now += days(181);
  EXPECT_EQ(forget(), 0);
  pack();
  EXPECT_EQ(forget(), 5);
  EXPECT_EQ(report(period).total.drafts.left, 5);
  EXPECT_EQ(pack(), 0);
}

TEST_P(DeflectionReportTest, ToldByArticleWhatItMissed) {
  const TicketId listed = asked_by("joe@client.example"), missed = asked_by("ann@client.example");
  draft({.visitor = "a", .list = {refunds}, .events = {DeflectionEvent::sent}, .ticket = listed});
  draft({.visitor = "b", .list = {exports}, .events = {DeflectionEvent::sent}, .ticket = missed});
  for (const TicketId ticket : {listed, missed}) {
    ASSERT_TRUE(
        reply(ticket, {.text = "See https://help.desk.example/help/refunds", .site = "https://help.desk.example"}));
  }
  minutes_pass(60);
  const auto period = wish();
  const auto lines =
      db().read_now([&](store::Session& sql) { return article_lines(sql, report_deflection(sql, period), period); });
  ASSERT_EQ(lines.size(), 2u);
  for (const auto& line : lines) EXPECT_EQ(line.missed, line.id == refunds ? 1 : 0) << line.title;
}

TEST_P(DeflectionReportTest, AnArticleIsUnhelpfulOrStaleOnlyWhenThatIsSure) {
  EXPECT_FALSE(is_unhelpful({}));
  EXPECT_FALSE(is_unhelpful({.helpful = 1, .not_helpful = 3})) << "four people are few";
  EXPECT_TRUE(is_unhelpful({.helpful = 5, .not_helpful = 15}));
  EXPECT_FALSE(is_unhelpful({.helpful = 150, .not_helpful = 50}));
  EXPECT_FALSE(has_fallen({.helpful = 20, .not_helpful = 5, .early_helpful = 10, .early_not_helpful = 2}));
  EXPECT_TRUE(has_fallen({.helpful = 30, .not_helpful = 20, .early_helpful = 25, .early_not_helpful = 2}));

  for (int i = 0; i < 20; ++i)
    draft(
        {"v" + std::to_string(i), {refunds}, false, {i < 5 ? DeflectionEvent::helpful : DeflectionEvent::not_helpful}});
  const auto line = [&] {
    const auto period = wish();
    return db().read_now(
        [&](store::Session& sql) { return article_lines(sql, report_deflection(sql, period), period).at(0); });
  };
  EXPECT_TRUE(line().is_unhelpful);
  EXPECT_FALSE(line().is_stale) << "just written";
  now += days(200);
  EXPECT_TRUE(line().is_stale);
}

TEST_P(DeflectionReportTest, QueriesWithoutAnAnswerAreGroupedAndBecomeTopics) {
  const TicketId ticket = asked_by("joe@client.example");
  draft({.visitor = "a", .list = {}, .events = {DeflectionEvent::sent}, .query = "Cancel my plan!", .ticket = ticket});
  draft({.visitor = "b", .list = {}, .query = "cancel my plan"});
  draft({.visitor = "c", .list = {}, .query = "cancel my plan"});
  draft({.visitor = "d", .list = {}, .query = "how do I cancel the plan"});
  draft(
      {.visitor = "e", .list = {refunds}, .events = {DeflectionEvent::not_helpful}, .query = "refund of half a month"});
  draft({.visitor = "f", .list = {refunds}, .query = "refund"});
  draft({.visitor = "g", .list = {refunds}, .withheld = true, .events = {DeflectionEvent::sent}, .query = "refund"});
  minutes_pass(60);

  const auto period = wish();
  const auto lines = db().read_now([&](store::Session& sql) { return query_lines(sql, period); });
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].words, "cancel my plan");
  EXPECT_EQ(lines[0].drafts, 3);
  EXPECT_EQ(lines[0].tickets, 1);
  EXPECT_EQ(lines[0].listed_nothing, 3);

  const auto input = db().read_now([&](store::Session& sql) { return topic_input(sql, now); });
  EXPECT_FALSE(input.kept_share) << "nobody knows yet";
  const auto topics = find_topics(input);
  ASSERT_EQ(topics.size(), 1u) << "one alone is none";
  EXPECT_EQ(topics[0].drafts, 4);
  EXPECT_EQ(topics[0].tickets, 1);
  EXPECT_FALSE(topics[0].would_save);
  write([&](store::Session& sql) { keep_topics(sql, topics, now); });
  const auto kept = db().read_now([](store::Session& sql) { return kept_topics(sql); });
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].title, topics[0].title);
  EXPECT_EQ(kept[0].words, topics[0].words);
  EXPECT_EQ(kept[0].examples, topics[0].examples);
  auto sure = input;
  sure.kept_share = 0.6;
  EXPECT_EQ(find_topics(sure)[0].would_save, 1);
}

TEST_P(DeflectionReportTest, IsJsonWithEveryFigure) {
  draft({"a\"b", {refunds}, false, {DeflectionEvent::show}, Channel::widget});
  draft({"c", {}, false, {}, Channel::form, "why\nso \"odd\""});
  minutes_pass(60);
  const auto page = boost::json::parse(as_json(wish())).as_object();
  for (const char* key :
       {"from", "to", "as_of", "lift", "low", "high", "more_needed", "withheld", "list", "gross", "lists", "mail",
        "control_percent", "kept_days", "channels", "days", "articles", "queries", "topics"})
    EXPECT_TRUE(page.contains(key)) << key;
  EXPECT_TRUE(page.at("lift").is_null());
  EXPECT_EQ(page.at("control_percent"), 10);
  EXPECT_EQ(page.at("gross").to_number<double>(), 1);
  for (const auto by : {DeflectionBy::channel, DeflectionBy::article, DeflectionBy::query}) {
    const auto told =
        boost::json::parse(db().read_now([&](store::Session& sql) { return deflection_json(sql, wish(), by); }));
    EXPECT_EQ(told.at("groups").as_object().size(), by == DeflectionBy::channel ? 2u : 1u);
  }
  const auto plain =
      boost::json::parse(db().read_now([&](store::Session& sql) { return deflection_json(sql, wish(), {}); }));
  EXPECT_FALSE(plain.as_object().contains("groups"));
}

}  // namespace
}  // namespace fifteen::desk
