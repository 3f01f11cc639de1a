#include "server/jobs/index_feed.hpp"

#include "search/reader.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::jobs {
namespace {

class IndexFeedTest : public test::OnBothDatabases {
 protected:
  std::filesystem::path folder() { return files().folder().path() / "index"; }

  void add_ticket(std::int64_t id, const std::string& text) {
    db().write_now([&](store::Session& sql) {
      const store::Bind number{"id", id};
      sql.insert_new("customers (id, email, name, traits, created_at) VALUES (1, 'joe@example.net', 'Joe', '{}', 1)",
                     {});
      sql.run(
          "INSERT INTO tickets (id, mailbox_id, customer_id, subject, channel, started_by, created_at, state, shelf, "
          "tags, "
          "urgency, updated_at, last_customer_at, preview) "
          "VALUES (:id, 1, 1, 'Help', 'email', 'customer', 1, 'open', 'open', '', 1, 1, 1, '')",
          {number});
      sql.run(
          "INSERT INTO messages (ticket_id, kind, author_kind, author_name, author_email, at, subject, text, quoted, "
          "html, to_json, cc_json, rfc_message_id, why) VALUES (:id, 'message', 'customer', 'Joe', 'joe@example.net', "
          "1, "
          "'', :text, '', '', '[]', '[]', '', '')",
          {number, {"text", text}});
      store::add_event(sql, {.at = SystemClock().now(), .kind = "message", .ticket = TicketId(id)});
    });
  }
  std::vector<std::int64_t> found(const std::string& word) {
    std::vector<std::int64_t> ids;
    const auto hits = search::Reader(folder()).find_tickets({.text = word});
    if (hits.has_value())
      for (const auto& hit : *hits) ids.push_back(hit.id);
    return ids;
  }
  using Ids = std::vector<std::int64_t>;
};

TEST_P(IndexFeedTest, BuildsAMissingIndexThenFollows) {
  add_ticket(1, "the invoice is wrong");
  IndexFeed feed(db(), folder());
  EXPECT_EQ(feed.catch_up().value(), 1u);
  EXPECT_EQ(found("invoice"), Ids{1});

  add_ticket(2, "another invoice");
  ASSERT_TRUE(feed.catch_up().has_value());
  EXPECT_EQ(found("another"), Ids{2});
}

TEST_P(IndexFeedTest, GoesOnWhereAnEarlierProcessStopped) {
  add_ticket(1, "invoice");
  {
    ASSERT_TRUE(IndexFeed(db(), folder()).catch_up().has_value());
  }
  add_ticket(2, "parcel");
  ASSERT_TRUE(IndexFeed(db(), folder()).catch_up().has_value());
  EXPECT_EQ(found("invoice"), Ids{1});
  EXPECT_EQ(found("parcel"), Ids{2});
}

TEST_P(IndexFeedTest, RebuildsADamagedIndex) {
  add_ticket(1, "invoice");
  {
    ASSERT_TRUE(IndexFeed(db(), folder()).catch_up().has_value());
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder()))
    if (entry.is_regular_file()) std::filesystem::resize_file(entry, entry.file_size() / 2);
  ASSERT_TRUE(IndexFeed(db(), folder()).catch_up().has_value());
  EXPECT_EQ(found("invoice"), Ids{1});
}

TEST_P(IndexFeedTest, TwoFeedsOfOneIndexAreOneTooMany) {
  add_ticket(1, "invoice");
  IndexFeed first(db(), folder()), second(db(), folder());
  ASSERT_TRUE(first.catch_up().has_value());
  EXPECT_EQ(second.catch_up().error(), search::make_error_code(search::errc::locked));
}

TEST_P(IndexFeedTest, AMergedTicketIsNotFoundAgain) {
  add_ticket(1, "invoice");
  IndexFeed feed(db(), folder());
  ASSERT_TRUE(feed.catch_up().has_value());
  db().write_now([](store::Session& sql) {
    sql.run("UPDATE tickets SET merged_into = 7 WHERE id = 1");
    store::add_event(sql, {.at = SystemClock().now(), .kind = "merge", .ticket = TicketId(1), .data = R"({"into":7})"});
  });
  ASSERT_TRUE(feed.catch_up().has_value());
  EXPECT_EQ(found("invoice"), Ids{});
}

FIFTEEN_BOTH_DATABASES(IndexFeedTest);

}  // namespace
}  // namespace fifteen::jobs
