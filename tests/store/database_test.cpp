#include "server/store/database.hpp"

#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "server/store/migrate.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::store {

using DatabaseTest = test::OnBothDatabases;

TEST_P(DatabaseTest, KeepsEveryKindOfValue) {
  const std::string bytes("\0\xff'\\:x\xf0\x9f\x98\x80", 10);
  const auto id = db().write_now([&](Session& sql) {
    return sql.insert(
        "INSERT INTO events (at, recorded_at, kind, actor_kind, actor_id, data) VALUES (:at, 1, 'it''s :x', 'system', "
        ":none, :data)",
        {{"at", from_us(INT64_MAX)}, {"none", nullptr}, {"data", std::string("😀 \\ ' \" :y")}});
  });
  const auto row = db().read_now([&](Session& sql) {
    return sql.one<Instant, std::string, std::optional<std::int64_t>, std::string>(
        "SELECT at, kind, actor_id, data FROM events WHERE id = :id", {{"id", id}});
  });
  ASSERT_TRUE(row);
  EXPECT_EQ(*row, std::tuple(from_us(INT64_MAX), std::string("it's :x"), std::optional<std::int64_t>(),
                             std::string("😀 \\ ' \" :y")));

  db().write_now([&](Session& sql) {
    sql.run("INSERT INTO blobs (sha256, chunk, bytes) VALUES ('x', 0, :bytes)", {{"bytes", bytes}});
  });
  const auto blob = db().read_now([&](Session& sql) { return sql.one<std::string>("SELECT bytes FROM blobs"); });
  EXPECT_EQ(std::get<0>(*blob), bytes);
}

TEST_P(DatabaseTest, AJobThatThrowsLeavesNothingAndItsNeighboursAreKept) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 40; ++i)
    threads.emplace_back([&, i] {
      const auto job = [&](Session& sql) {
        sql.run("INSERT INTO settings (name, value) VALUES (:name, '')", {{"name", "n" + std::to_string(i)}});
        if (i % 2) throw std::runtime_error("no");
      };
      if (i % 2)
        EXPECT_THROW(db().write_now(job), std::runtime_error);
      else
        db().write_now(job);
    });
  for (auto& thread : threads) thread.join();
  const auto rows = db().read_now([](Session& sql) { return sql.all<std::string>("SELECT name FROM settings"); });
  EXPECT_EQ(rows.size(), 20u);
}

TEST_P(DatabaseTest, RowsThatAreWrittenLaterAreThereForWhoeverReadsTheirTable) {
  const auto count = [](Session& sql) { return std::get<0>(*sql.one<int>("SELECT COUNT(*) FROM import_ids")); };
  const auto add = [](Session& sql, int i) {
    sql.add_row("import_ids", {{"source", "s"}, {"kind", "k"}, {"external_id", std::to_string(i)}, {"id", i}});
  };
  db().write_now([&](Session& sql) {
    for (int i = 0; i < 100; ++i) add(sql, i);
    EXPECT_EQ(count(sql), 100);
    for (int i = 100; i < 150; ++i) add(sql, i);
    EXPECT_EQ(sql.run("DELETE FROM import_ids WHERE id >= 140"), 10);
    sql.add_row("settings", {{"name", "a"}, {"value", std::string("it's \0 :x", 9)}});
    for (int i = 0; i < 3; ++i) sql.add_row_if_new("settings", {{"name", "a"}, {"value", "other"}});
  });
  EXPECT_EQ(db().read_now(count), 140);
  EXPECT_EQ(*db().read_now([](Session& sql) { return sql.one<std::string>("SELECT value FROM settings"); }),
            std::tuple(std::string("it's \0 :x", 9)));
}

TEST_P(DatabaseTest, ARowThatCannotBeWrittenLaterTakesItsJobAlong) {
  const auto add = [](Session& sql) {
    sql.add_row("settings", {{"name", "b"}, {"value", ""}});
    sql.add_row("settings", {{"name", "a"}, {"value", ""}});
  };
  db().write_now([](Session& sql) { sql.add_row("settings", {{"name", "a"}, {"value", ""}}); });
  try {
    db().write_now(add);
    FAIL() << "the key was taken";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), DatabaseError::Kind::duplicate);
  }
  const auto rows = db().read_now([](Session& sql) { return sql.all<std::string>("SELECT name FROM settings"); });
  EXPECT_EQ(rows.size(), 1u);
}

TEST_P(DatabaseTest, ManyValuesAreAskedForInFewStatements) {
  db().write_now([](Session& sql) {
    for (int i = 0; i < 200; ++i) sql.add_row("settings", {{"name", "n" + std::to_string(i)}, {"value", ""}});
  });
  const auto found = [&](std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back("n" + std::to_string(2 * i));
    return db()
        .read_now([&](Session& sql) {
          return sql.all_of<std::string>("SELECT name FROM settings WHERE name IN {values}", names);
        })
        .size();
  };
  for (const std::size_t count : {0, 1, 2, 8, 9, 64, 65, 100}) EXPECT_EQ(found(count), count);
  EXPECT_EQ(found(130), 100u) << "thirty of them are not there";
}

TEST_P(DatabaseTest, ATakenKeyIsToldApart) {
  const auto insert = [](Session& sql) { sql.run("INSERT INTO settings (name, value) VALUES ('a', 'secret')"); };
  db().write_now(insert);
  try {
    db().write_now(insert);
    FAIL() << "a second row with the same key was taken";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), DatabaseError::Kind::duplicate);
    EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos);
  }
  EXPECT_FALSE(db().write_now(
      [](Session& sql) { return sql.insert_new("settings (name, value) VALUES (:n, '')", {{"n", "a"}}); }));
  EXPECT_TRUE(db().write_now(
      [](Session& sql) { return sql.insert_new("settings (name, value) VALUES (:n, '')", {{"n", "b"}}); }));
}

TEST_P(DatabaseTest, CountersSurviveConcurrentWriters) {
  db().write_now([](Session& sql) { sql.run("INSERT INTO cursors (name, event_id) VALUES ('c', 0)"); });
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i)
        db().write_now([](Session& sql) { sql.run("UPDATE cursors SET event_id = event_id + 1 WHERE name = 'c'"); });
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(
      std::get<0>(*db().read_now([](Session& sql) { return sql.one<std::int64_t>("SELECT event_id FROM cursors"); })),
      200);
}

TEST_P(DatabaseTest, ACoroutineGoesOnWithTheJobsValue) {
  boost::asio::io_context io;
  Database records(files().options());  // ends first: its threads post to the loop
  std::string got;
  const auto body = [&]() -> boost::asio::awaitable<void> {
    got = co_await records.write([](Session& sql) {
      sql.run("INSERT INTO settings (name, value) VALUES ('k', 'v')");
      return std::get<0>(*sql.one<std::string>("SELECT value FROM settings WHERE name = 'k'"));
    });
  };
  boost::asio::co_spawn(io, body(), [](std::exception_ptr failure) { EXPECT_FALSE(failure); });
  io.run();
  EXPECT_EQ(got, "v");
}

TEST_P(DatabaseTest, MigratingTwiceChangesNothing) {
  EXPECT_NO_THROW(migrate(files().options()));
}

FIFTEEN_BOTH_DATABASES(DatabaseTest);

TEST(DatabaseOptions, TellsWhatIsWrongAndNeverThePassword) {
  for (const char* url :
       {"mysql://u:hunter2@h", "postgres://u:hunter2@h/db", "mysql://:hunter2@h/db", "not a url hunter2"}) {
    try {
      DatabaseOptions::parse(url);
      FAIL() << url;
    } catch (const std::runtime_error& error) {
      EXPECT_EQ(std::string(error.what()).find("hunter2"), std::string::npos) << error.what();
    }
  }
  const auto options = DatabaseOptions::parse("mysql://u:p%40ss@db.example:3307/desk");
  EXPECT_EQ(options.password, "p@ss");
  EXPECT_EQ(options.port, 3307);
  EXPECT_EQ(options.name, "desk");
}

}  // namespace fifteen::store
