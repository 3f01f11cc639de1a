#include "server/desk/reports/response_times.hpp"

#include <fstream>
#include <numeric>
#include <set>

#include "server/desk/history/history_import.hpp"
#include "server/desk/reports/wait_export.hpp"
#include "server/domain/schedule_words.hpp"
#include "tests/desk/random_history.hpp"
#include "tests/support/databases.hpp"

// The page's figures against the other reckoning of the same, group by group, and against the waits behind them.
namespace fifteen::desk {
namespace {

const Instant now = *parse_rfc3339("2026-04-20T10:30:00Z");

class ResponseTimesTest : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    const auto file = files().folder().path() / "history.jsonl";
    std::ofstream(file, std::ios::binary) << test::random_history(15, 300);
    const auto imported = import_history(db(), {.file = file, .source = "", .resume = false, .chunk = 500}, now);
    ASSERT_TRUE(imported) << imported.error();
  }

  ResponseTimesWish wish() const {
    ResponseTimesWish wish{
        .period = {*parse_rfc3339("2026-03-05T07:00:00Z"), *parse_rfc3339("2026-04-08T00:00:00Z"), now},
        .is_present = true,
        .filter = {}};
    wish.filter.zone = *TimeZone::find("Europe/Rome");
    return wish;
  }
  ResponseTimes times(const ResponseTimesWish& wish, bool compare = false) {
    return db().read_now([&](store::Session& sql) { return report_response_times(sql, wish, compare); });
  }
  ResponseReport plain(const ResponseTimesWish& wish, std::optional<ReportBy> by) {
    const ReportWish same{.period = wish.period,
                          .is_present = wish.is_present,
                          .waits = wish.filter.waits,
                          .by = by,
                          .clock = wish.filter.clock,
                          .zone = wish.filter.zone,
                          .own_ids = true};
    return db().read_now([&](store::Session& sql) { return report_responses(sql, same); });
  }
  std::map<std::string, Figures> by_day(ResponseTimesWish wish) {
    std::map<std::string, Figures> days;
    const TimeZone zone = wish.filter.zone;
    const auto [from, to, as_of] = wish.period;
    for (auto day = std::chrono::floor<std::chrono::days>(zone.to_local(from)); zone.to_instant(day) < to;
         day += std::chrono::days{1}) {
      wish.period.from = std::max(from, zone.to_instant(day));
      wish.period.to = std::min(to, zone.to_instant(day + std::chrono::days{1}));
      if (const Figures figures = plain(wish, {}).total; figures != Figures{}) days[to_date(day)] = figures;
    }
    return days;
  }
  std::vector<ListedWait> all(const ResponseTimesWish& wish, WaitOrder order = WaitOrder::latest_first,
                              std::size_t limit = 37) {
    std::vector<ListedWait> waits;
    std::optional<WaitPlace> after;
    do {
      auto page = db().read_now([&](store::Session& sql) { return list_waits(sql, wish, order, after, limit); });
      EXPECT_LE(page.waits.size(), limit);
      std::ranges::move(page.waits, std::back_inserter(waits));
      after = page.next;
      if (after) EXPECT_EQ(parse_wait_cursor(to_cursor(*after)), after);
    } while (after);
    return waits;
  }
};

std::map<std::string, Figures> by_key(const std::vector<ReportLine>& lines) {
  std::map<std::string, Figures> figures;
  for (const ReportLine& line : lines) figures[line.key] = line.figures;
  return figures;
}

TEST_P(ResponseTimesTest, AreThoseOfEachReport) {
  for (const bool is_present : {true, false})
    for (const ReportedWaits waits : {ReportedWaits::first, ReportedWaits::next, ReportedWaits::all})
      for (const ClockKind clock : {ClockKind::business, ClockKind::wall}) {
        ResponseTimesWish wish = this->wish();
        wish.filter.waits = waits;
        wish.filter.clock = clock;
        wish.is_present = is_present;
        if (!is_present) wish.period.now = *parse_rfc3339("2026-03-20T12:00:00Z");
        const auto [table, before] = times(wish, true);
        EXPECT_EQ(table.total, plain(wish, {}).total);
        EXPECT_EQ(std::accumulate(table.distribution.begin(), table.distribution.end(), std::int64_t{0}),
                  table.total.answered + table.total.running);
        EXPECT_EQ(by_key(table.days), by_day(wish));
        EXPECT_EQ(by_key(table.hours), plain(wish, ReportBy::hour).groups);
        EXPECT_EQ(by_key(table.agents), plain(wish, ReportBy::agent).groups);
        EXPECT_EQ(by_key(table.channels), plain(wish, ReportBy::channel).groups);
        EXPECT_EQ(by_key(table.mailboxes), plain(wish, ReportBy::mailbox).groups);
        EXPECT_EQ(by_key(table.tags), plain(wish, ReportBy::tag).groups);
        EXPECT_EQ(by_key(table.plans), plain(wish, ReportBy::plan).groups);
        const Instant from = wish.period.from;
        wish.period.from -= wish.period.to - from;
        wish.period.to = from;
        EXPECT_EQ(*before, plain(wish, {}).total);
        EXPECT_GT(before->answered, 0);
      }
}

TEST_P(ResponseTimesTest, EachFilterGivesTheGroupOfItsKey) {
  const ResponseTimesWish wish = this->wish();
  const ReportTable table = times(wish).now;
  const auto filtered = [&](auto set) {
    ResponseTimesWish some = wish;
    set(some.filter);
    return times(some).now;
  };
  const auto facet = [&](const std::vector<ReportLine>& lines, Facet facet) {
    EXPECT_GT(lines.size(), 1u);
    for (const ReportLine& line : lines)
      EXPECT_EQ(filtered([&](WaitFilter& f) {
                  f.facets[static_cast<std::size_t>(facet)] = line.key == "untagged" ? "" : line.key;
                }).total,
                line.figures)
          << line.key;
  };
  facet(table.agents, Facet::agent);
  facet(table.channels, Facet::channel);
  facet(table.mailboxes, Facet::mailbox);
  facet(table.tags, Facet::tags);
  facet(table.plans, Facet::plan);
  for (const ReportLine& line : table.hours)
    EXPECT_EQ(filtered([&](WaitFilter& f) { f.hour = parse_week_hour(line.key); }).total, line.figures) << line.key;
  for (std::size_t i = 0; i < table.distribution.size(); ++i) {
    const Figures total = filtered([&](WaitFilter& f) { f.bucket = i; }).total;
    EXPECT_EQ(total.answered + total.running, table.distribution[i]);
  }
  std::int64_t kudos = 0;
  for (std::size_t i = 0; i < table.kudos.size(); ++i) {
    EXPECT_EQ(filtered([&](WaitFilter& f) { f.reply_bucket = i; }).total.answered, table.kudos[i].answers);
    kudos += table.kudos[i].kudos;
  }
  const auto ended = [&](EndingFilter ending) {
    const Figures f = filtered([&](WaitFilter& filter) { filter.ending = ending; }).total;
    return f.answered + f.running + f.closed_unanswered + f.self_solved;
  };
  EXPECT_EQ(ended(EndingFilter::answered), table.total.answered);
  EXPECT_EQ(ended(EndingFilter::met), table.total.met);
  EXPECT_EQ(ended(EndingFilter::missed), table.total.answered - table.total.met);
  EXPECT_EQ(ended(EndingFilter::running), table.total.running);
  EXPECT_EQ(ended(EndingFilter::overdue), table.total.overdue);
  EXPECT_EQ(ended(EndingFilter::late), table.total.answered - table.total.met + table.total.overdue);
  EXPECT_EQ(ended(EndingFilter::closed_unanswered), table.total.closed_unanswered);
  EXPECT_EQ(ended(EndingFilter::self_solved), table.total.self_solved);
  EXPECT_EQ(ended(EndingFilter::off_hours), table.total.off_hours);
  EXPECT_EQ(ended(EndingFilter::kudos), kudos);
  EXPECT_GT(kudos, 0);
}

TEST_P(ResponseTimesTest, OfARatedAnswerTheLastRatingCounts) {
  const std::int64_t kudos = db().read_now([](store::Session& sql) {
    return std::get<0>(*sql.one<std::int64_t>(
        "SELECT COUNT(*) FROM waits w JOIN ratings r ON r.message_id = w.ended_by_message WHERE w.ending = 'answered' "
        "AND r.score = 'kudos' AND NOT EXISTS (SELECT 1 FROM ratings n WHERE n.message_id = r.message_id AND "
        "(n.at > r.at OR (n.at = r.at AND n.id > r.id)))"));
  });
  ResponseTimesWish wish = this->wish();
  wish.period.from = Instant{};
  wish.period.to = now;
  wish.filter.waits = ReportedWaits::all;
  std::int64_t told = 0, of_agents = 0;
  const ReportTable table = times(wish).now;
  for (const KudosBucket& bucket : table.kudos) told += bucket.kudos;
  for (const ReportLine& line : table.agents) of_agents += line.kudos;
  EXPECT_EQ(told, kudos);
  EXPECT_EQ(of_agents, kudos);
  EXPECT_GT(kudos, 10);
}

TEST_P(ResponseTimesTest, TheWaitsBehindAFigureArePagedInOrderEachOnce) {
  for (const bool is_present : {true, false}) {
    ResponseTimesWish wish = this->wish();
    wish.filter.waits = ReportedWaits::all;
    wish.is_present = is_present;
    const Figures total = times(wish).now.total;
    std::vector<ListedWait> latest = all(wish);
    EXPECT_EQ(static_cast<std::int64_t>(latest.size()),
              total.answered + total.running + total.closed_unanswered + total.self_solved);
    std::set<MessageId> seen;
    for (std::size_t i = 0; i < latest.size(); ++i) {
      EXPECT_TRUE(seen.insert(latest[i].started_by).second);
      if (i > 0) EXPECT_LE(latest[i].measured.started_at, latest[i - 1].measured.started_at);
    }
    std::vector<ListedWait> oldest = all(wish, WaitOrder::oldest_first, 50);
    std::ranges::reverse(oldest);
    EXPECT_TRUE(std::ranges::equal(oldest, latest, {}, &ListedWait::started_by, &ListedWait::started_by));
  }
}

TEST_P(ResponseTimesTest, AnExportTellsEveryWaitOnce) {
  for (const bool is_present : {true, false}) {
    ResponseTimesWish wish = this->wish();
    wish.filter.waits = ReportedWaits::all;
    wish.is_present = is_present;
    std::string told, wanted;
    WaitExport waits(wish, WaitExport::Format::json_lines, 64);
    int pieces = 0;
    for (; !waits.is_done(); ++pieces)
      told += waits.take(db().read_now([&](store::Session& sql) { return waits.read(sql); }));
    for (const ListedWait& wait : all(wish, WaitOrder::oldest_first)) wanted += to_json(wait) + "\n";
    EXPECT_EQ(told, wanted);
    EXPECT_GT(pieces, 3);
  }
}

TEST_P(ResponseTimesTest, AWaitIsToldWithItsTicket) {
  ResponseTimesWish wish = this->wish();
  wish.filter.ending = EndingFilter::running;
  const std::vector<ListedWait> waits = all(wish);
  ASSERT_FALSE(waits.empty());
  const std::string json = to_json(waits.front()), csv = to_csv(waits.front());
  EXPECT_TRUE(json.contains(R"("subject":"=Q \")")) << json;
  EXPECT_TRUE(json.contains(R"("ended_at":null,"ending":"running",)")) << json;
  EXPECT_TRUE(json.contains(R"("met":null,)")) << json;
  EXPECT_TRUE(csv.contains(R"(,"'=Q "")")) << csv;
  EXPECT_TRUE(csv.ends_with("\r\n"));
}

TEST(WaitPageTest, OtherBytesAreNoPage) {
  const std::string bytes = WaitPage({{.started_by = MessageId(7),
                                       .measured = {.started_at = from_us(-5)},
                                       .facets = {"1", "email", "1", "none", "a\nb"},
                                       .rated = Rated::good}})
                                .bytes();
  ASSERT_TRUE(WaitPage::parse(bytes));
  EXPECT_EQ(WaitPage::parse(bytes)->unpack().front().facets[4], "a\nb");
  EXPECT_EQ(WaitPage::parse(bytes)->started_at(0), from_us(-5));
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(WaitPage::parse(bytes.substr(0, length))) << length;
  std::mt19937 random(15);
  for (int i = 0; i < 20'000; ++i) {
    std::string other = bytes;
    for (int n = 0; n < 3; ++n) other[random() % other.size()] = static_cast<char>(random());
    if (const auto page = WaitPage::parse(other)) page->unpack();
  }
}

}  // namespace

FIFTEEN_BOTH_DATABASES(ResponseTimesTest);

}  // namespace fifteen::desk
