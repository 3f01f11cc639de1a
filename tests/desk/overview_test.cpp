#include "server/desk/tickets/overview.hpp"

#include <gtest/gtest.h>

#include "server/desk/team/mailboxes.hpp"
#include "server/desk/team/people.hpp"
#include "server/desk/tickets/inbox_figures.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/desk/tickets/work.hpp"
#include "server/store/database.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::desk {
namespace {

using namespace std::chrono_literals;
constexpr Instant noon = from_us(1'800'014'400'000'000);  // 2027-01-15T12:00:00Z

TicketId ask(store::Session& sql, const std::string& email, Instant at) {
  const auto opened =
      open_ticket(sql, {.email = email, .name = "Joe", .subject = "About " + email, .text = "How?"}, at);
  EXPECT_TRUE(opened);
  return opened->ticket;
}

std::vector<std::int64_t> numbers(const TicketPage& page) {
  std::vector<std::int64_t> ids;
  for (const auto& listed : page.tickets) ids.push_back(listed.ticket.id.value);
  return ids;
}

}  // namespace

class Overview : public test::OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    db().write_now([&](store::Session& sql) {
      const Actor admin = Actor::system();
      ASSERT_TRUE(add_mailbox(sql, admin, {.address = "help@example.com", .name = "Help"}, noon - 24h));
      nora_ = Actor::of(add_agent(sql, admin, "nora@example.com", "Nora", Role::agent, noon - 24h)->id, Role::agent);
    });
  }
  Actor nora_;
};

TEST_P(Overview, ListsTheMostUrgentFirstAndTheAnsweredBehind) {
  db().write_now([&](store::Session& sql) {
    const TicketId early = ask(sql, "early@example.net", noon), late = ask(sql, "late@example.net", noon + 5min);
    const TicketId answered = ask(sql, "answered@example.net", noon - 1min);
    ASSERT_TRUE(add_message(sql, nora_, answered, {.text = "So."}, noon + 6min));
    const auto page = list_tickets(sql, {.reader = nora_.agent});
    EXPECT_EQ(numbers(page), (std::vector{early.value, late.value, answered.value}));
    EXPECT_FALSE(page.next);
    EXPECT_EQ(numbers(list_tickets(sql, {.view = View::first, .reader = nora_.agent})),
              (std::vector{early.value, late.value}));
    EXPECT_EQ(count_view(sql, View::first, nora_.agent), 2);
    EXPECT_EQ(count_view(sql, View::waiting, nora_.agent), 2);
  });
}

TEST_P(Overview, PagesFollowEachOtherWithoutGapOrRepetition) {
  db().write_now([&](store::Session& sql) {
    std::vector<std::int64_t> asked, listed;
    for (int i = 0; i < 7; ++i)
      asked.push_back(ask(sql, "c" + std::to_string(i) + "@example.net", noon + i * 1s).value);
    ListRequest request{.reader = nora_.agent, .limit = 3};
    do {
      const auto page = list_tickets(sql, request);
      std::ranges::copy(numbers(page), std::back_inserter(listed));
      if (!page.next) break;
      request.after = parse_ticket_cursor(to_cursor(*page.next));
      ASSERT_TRUE(request.after);
    } while (true);
    EXPECT_EQ(listed, asked);
  });
}

TEST_P(Overview, MineAreThoseAssignedToTheReader) {
  db().write_now([&](store::Session& sql) {
    const TicketId mine = ask(sql, "a@example.net", noon);
    ask(sql, "b@example.net", noon);
    ASSERT_TRUE(assign_ticket(sql, nora_, mine, nora_.agent, noon));
    const auto page = list_tickets(sql, {.view = View::mine, .reader = nora_.agent});
    ASSERT_EQ(numbers(page), std::vector{mine.value});
    EXPECT_EQ(page.tickets[0].assignee_name, "Nora");
    EXPECT_EQ(count_view(sql, View::mine, nora_.agent), 1);
  });
}

TEST_P(Overview, AConversationShowsItsMessagesInOrder) {
  db().write_now([&](store::Session& sql) {
    const TicketId ticket = ask(sql, "joe@example.net", noon);
    ASSERT_TRUE(add_message(sql, nora_, ticket, {.text = "First"}, noon + 1min));
    ASSERT_TRUE(add_message(sql, nora_, ticket, {.kind = MessageKind::note, .text = "Second"}, noon + 2min));
    const auto page = list_messages(sql, nora_, ticket, {}, 50);
    ASSERT_TRUE(page);
    std::vector<std::string> texts;
    for (const auto& view : page->messages)
      if (view.message.kind != MessageKind::ack) texts.push_back(view.message.text);
    EXPECT_EQ(texts, (std::vector<std::string>{"How?", "First", "Second"}));
    EXPECT_FALSE(list_messages(sql, nora_, TicketId(999), {}, 50));
    EXPECT_FALSE(view_ticket(sql, TicketId(999), nora_.agent));
  });
}

TEST_P(Overview, TodayCountsAnsweredAndOverdueFirstWaits) {
  db().write_now([&](store::Session& sql) {
    ASSERT_TRUE(add_message(sql, nora_, ask(sql, "met@example.net", noon), {.text = "So."}, noon + 10min));
    ASSERT_TRUE(add_message(sql, nora_, ask(sql, "missed@example.net", noon), {.text = "So."}, noon + 20min));
    ask(sql, "overdue@example.net", noon);
    ask(sql, "running@example.net", noon + 29min);
    ASSERT_TRUE(add_message(sql, nora_, ask(sql, "yesterday@example.net", noon - 24h), {.text = "So."}, noon - 23h));
    const Today today = todays_figures(sql, TimeZone(), noon + 30min);
    EXPECT_EQ(today.met, 1);
    EXPECT_EQ(today.total, 3);
    EXPECT_DOUBLE_EQ(*today.share, 1.0 / 3);
    EXPECT_EQ(today.median, Microseconds(10min));
  });
}

TEST_P(Overview, KeptFiguresAreReckonedAgainAfterAnEventOrASecond) {
  db().write_now([&](store::Session& sql) {
    KeptFigures figures;
    const auto total = [&](Instant now) { return figures.of(sql, TimeZone(), now).today.total; };
    ask(sql, "one@example.net", noon);
    const TicketId two = ask(sql, "two@example.net", noon + 10min);
    EXPECT_EQ(total(noon + 15min), 0);
    EXPECT_EQ(total(noon + 15min + 1us), 0) << "overdue, but kept for a second";
    EXPECT_EQ(total(noon + 15min + 1s), 1);
    EXPECT_EQ(total(noon + 15min), 0) << "the clock went back";
    ASSERT_TRUE(add_message(sql, nora_, two, {.text = "So."}, noon + 15min));
    EXPECT_EQ(total(noon + 15min), 1);
    EXPECT_EQ(total(noon + 24h), 0) << "another day";
  });
}

FIFTEEN_BOTH_DATABASES(Overview);

TEST(Cursors, AreRefusedWhenTheyAreNotOurs) {
  for (const char* text : {"", ".", "1", "1.", "1.x", "x.1", "1.2.3", "99999999999999999999.1"}) {
    EXPECT_FALSE(parse_ticket_cursor(text)) << text;
    EXPECT_FALSE(parse_message_cursor(text)) << text;
  }
  const auto place = parse_ticket_cursor(to_cursor(store::TicketPlace{-5, TicketId(7)}));
  ASSERT_TRUE(place);
  EXPECT_EQ(place->urgency, -5);
  EXPECT_EQ(place->id, TicketId(7));
}

}  // namespace fifteen::desk
