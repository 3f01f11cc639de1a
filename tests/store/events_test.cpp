#include "server/store/events.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <set>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "server/store/database.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::store {
namespace {

Event plain_event() {
  Event event;
  event.kind = "message";
  return event;
}

// Adds one and returns its id, or that of a later one that is visible already.
EventId add_plain_event(Session& sql) {
  add_event(sql, plain_event());
  return newest_event(sql);
}

std::set<std::int64_t> all_ids(Database& db) {
  std::set<std::int64_t> ids;
  for (auto& [id] : db.read_now([](Session& sql) { return sql.all<std::int64_t>("SELECT id FROM events"); }))
    ids.insert(id);
  return ids;
}

}  // namespace

using Events = test::OnBothDatabases;

TEST_P(Events, AreReadBackByTimeThenArrival) {
  db().write_now([](Session& sql) {
    for (const std::int64_t us : {5, 3, 5, 4}) {
      Event event = plain_event();
      event.at = from_us(us);
      event.ticket = TicketId(7);
      event.actor = ActorKind::agent;
      event.actor_id = 3;
      add_event(sql, event);
    }
  });
  const auto events = db().read_now([](Session& sql) { return events_of(sql, TicketId(7)); });
  ASSERT_EQ(events.size(), 4u);
  EXPECT_TRUE(std::ranges::is_sorted(events, {}, [](const Event& e) { return std::pair(e.at, e.id); }));
  EXPECT_EQ(events[0].actor, ActorKind::agent);
  EXPECT_EQ(events[0].actor_id, 3);
}

// Eight writers hold their ids for a while before they commit; on MariaDB one of them holds its first until the reader
// has gone past it. The follower must see each row once; a reader that simply asks for `id > cursor` is the control: it
// has to lose that row.
TEST_P(Events, AFollowerSeesEveryRowOnceThoughIdsBecomeVisibleOutOfOrder) {
  std::atomic<bool> done = false;
  std::atomic<std::int64_t> cursor = 0;
  std::set<std::int64_t> seen, naive;
  bool twice = false;
  std::thread reader([&] {
    EventFollower follower{EventId(0)};
    const auto look = [&](Session& sql) {
      const auto news = follower.look(sql, SystemClock{}.now(), 100);
      follower.take(news);
      for (const Event& event : news.events) twice |= !seen.insert(event.id.value).second;
      for (auto& [id] :
           sql.all<std::int64_t>("SELECT id FROM events WHERE id > :c ORDER BY id", {{"c", cursor.load()}}))
        naive.insert(cursor = id);
    };
    while (!done) db().read_now(look);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (seen.size() < 320 && std::chrono::steady_clock::now() < end) db().read_now(look);
  });
  const auto hold_until_passed = [&](EventId mine) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (cursor <= mine.value && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  std::vector<std::thread> writers;
  for (int w = 0; w < 8; ++w)
    writers.emplace_back([&, w] {
      for (int i = 0; i < 40; ++i)
        db().write_now([&](Session& sql) {
          const EventId id = add_plain_event(sql);
          if (w == 0 && i == 0 && GetParam() == Backend::mariadb) hold_until_passed(id);
          std::this_thread::sleep_for(std::chrono::microseconds((w * 37 + i * 101) % 1500));
        });
    });
  for (auto& writer : writers) writer.join();
  done = true;
  reader.join();

  EXPECT_FALSE(twice);
  EXPECT_EQ(seen, all_ids(db()));
  EXPECT_EQ(seen.size(), 320u);
  if (GetParam() == Backend::mariadb) EXPECT_LT(naive.size(), seen.size());
}

TEST_P(Events, AFollowerGoesOnAfterARestartWithoutLosingARow) {
  const auto write = [&] { db().write_now([](Session& sql) { add_event(sql, plain_event()); }); };
  const auto read = [&](EventFollower& follower, Instant now) {
    const auto news = db().read_now([&](Session& sql) { return follower.look(sql, now, 10); });
    follower.take(news);
    return news.events.size();
  };
  const Instant now = SystemClock{}.now();
  for (int i = 0; i < 3; ++i) write();
  EventFollower first{EventId(0)};
  EXPECT_EQ(read(first, now), 3u);
  EXPECT_EQ(read(first, now + EventFollower::settle * 2), 0u);

  write();
  EventFollower second(first.settled());
  EXPECT_EQ(read(second, now), 1u);
}

// A row may stay unseen for as long as a write may live. SQLite makes the second writer wait, so there the first is let
// go at once.
TEST_P(Events, AFollowerFindsARowThatCommitsLongAfterTheNextOne) {
  const auto start = SystemClock{}.now();
  EventFollower follower{EventId(0)};
  const auto seen_after = [&](std::chrono::milliseconds time) {
    const auto news = db().read_now([&](Session& sql) { return follower.look(sql, start + time, 10); });
    follower.take(news);
    std::vector<std::int64_t> ids;
    for (const Event& event : news.events) ids.push_back(event.id.value);
    return ids;
  };
  std::promise<EventId> began;
  std::promise<void> may_commit;
  std::thread first([&] {
    bool is_told = false;
    db().write_now([&](Session& sql) {
      const EventId id = add_plain_event(sql);
      if (!std::exchange(is_told, true)) began.set_value(id);
      if (GetParam() == Backend::mariadb) may_commit.get_future().wait();
    });
  });
  const EventId early = began.get_future().get();
  if (GetParam() == Backend::sqlite) first.join();
  const EventId later = db().write_now([](Session& sql) { return add_plain_event(sql); });
  using Ids = std::vector<std::int64_t>;
  const bool is_late = GetParam() == Backend::mariadb;

  EXPECT_EQ(seen_after(std::chrono::seconds(1)), is_late ? Ids{later.value} : (Ids{early.value, later.value}));
  EXPECT_EQ(seen_after(std::chrono::seconds(15)), Ids{});
  may_commit.set_value();
  if (is_late) first.join();
  EXPECT_EQ(seen_after(std::chrono::seconds(16)), Ids{}) << "all is looked through every two seconds alone";
  EXPECT_EQ(seen_after(std::chrono::seconds(18)), is_late ? Ids{early.value} : Ids{});
  EXPECT_EQ(seen_after(std::chrono::seconds(90)), Ids{});
  EXPECT_EQ(follower.settled(), later);
}

FIFTEEN_BOTH_DATABASES(Events);

}  // namespace fifteen::store
