#include "server/domain/schedule_words.hpp"
#include "server/store/articles.hpp"
#include "server/store/attachments.hpp"
#include "server/store/blobs.hpp"
#include "server/store/columns.hpp"
#include "server/store/customers.hpp"
#include "server/store/mailboxes.hpp"
#include "server/store/messages.hpp"
#include "server/store/settings.hpp"
#include "server/store/tickets.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::store {
namespace {

class Records : public test::OnBothDatabases {
 protected:
  template <class Job>
  auto write(Job job) {
    return db().write_now(job);
  }
  TicketId add_some_ticket() {
    return write([&](Session& sql) {
      Ticket ticket;
      ticket.mailbox = MailboxId(1);
      ticket.customer = CustomerId(1);
      ticket.subject = "Hello";
      return add_ticket(sql, ticket);
    });
  }
  const Instant now = from_us(1'780'000'000'000'000);
};

TEST_P(Records, BytesOfAnyLengthAreKeptOnce) {
  std::string bytes(2'500'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7 + i / 1000);
  const auto first = write([&](Session& sql) { return add_blob(sql, bytes); });
  const auto second = write([&](Session& sql) { return add_blob(sql, bytes); });
  const auto empty = write([&](Session& sql) { return add_blob(sql, ""); });

  EXPECT_EQ(first, second);
  EXPECT_TRUE(write([&](Session& sql) { return read_blob(sql, first); }) == bytes);
  EXPECT_EQ(write([&](Session& sql) { return read_blob(sql, empty); }), "");
  EXPECT_FALSE(write([&](Session& sql) { return read_blob(sql, "unknown"); }));
}

TEST_P(Records, OneAddressInAnyCaseIsOneCustomer) {
  const auto joe = write([&](Session& sql) { return find_or_add_customer(sql, "Joe@Client.example", "", now); });
  const auto again = write([&](Session& sql) { return find_or_add_customer(sql, "joe@client.EXAMPLE", "Joe", now); });
  const auto renamed = write([&](Session& sql) { return find_or_add_customer(sql, "joe@client.example", "X", now); });

  EXPECT_EQ(again.id, joe.id);
  EXPECT_EQ(renamed.name, "Joe");
}

TEST_P(Records, AStaleSummaryIsNotWritten) {
  const TicketId id = add_some_ticket();
  const auto seen = *write([&](Session& sql) { return find_ticket(sql, id); });
  write([&](Session& sql) { save_summary(sql, seen); });

  try {
    write([&](Session& sql) { save_summary(sql, seen); });
    FAIL() << "an update over somebody else's";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), DatabaseError::Kind::retry);
  }
  EXPECT_EQ(write([&](Session& sql) { return find_ticket(sql, id)->version; }), 2);
}

TEST_P(Records, AMessageComesBackAsItWasAndItsContentKeyIsKeptOnce) {
  Message message;
  message.ticket = add_some_ticket();
  message.author_name = "Джо 😀";
  message.at = now;
  message.to = {{"Help, \"the\" desk", "help@desk.example"}};
  message.rfc_message_id = "a@b";
  message.content_key = "key";
  message.text = "Hello\n'; --";
  const auto id = write([&](Session& sql) { return add_message(sql, message, "<p>"); });

  const auto kept = *write([&](Session& sql) { return find_message(sql, id); });
  EXPECT_EQ(kept.author_name, message.author_name);
  EXPECT_EQ(kept.to[0].name, message.to[0].name);
  EXPECT_EQ(kept.text, message.text);
  EXPECT_TRUE(kept.has_html);
  EXPECT_EQ(write([&](Session& sql) { return find_by_rfc_id(sql, "a@b")->id; }), id);
  EXPECT_THROW(write([&](Session& sql) { return add_message(sql, message); }), DatabaseError);
}

TEST_P(Records, MessagesArePagedThroughEqualInstants) {
  const TicketId ticket = add_some_ticket();
  for (int i = 0; i < 5; ++i)
    write([&](Session& sql) {
      Message message;
      message.ticket = ticket;
      message.at = now;
      return add_message(sql, message);
    });
  const auto first = write([&](Session& sql) { return messages_of(sql, ticket, {}, 3); });
  const auto rest =
      write([&](Session& sql) { return messages_of(sql, ticket, {first.back().at, first.back().id}, 3); });

  EXPECT_EQ(first.size(), 3u);
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_GT(rest[0].id, first.back().id);
}

TEST_P(Records, SchedulesAndTargetsComeBackAsTheyWere) {
  ScheduleVersion version;
  version.from = now;
  version.zone = *TimeZone::find("Europe/Rome");
  version.weekly = {{std::chrono::Monday, std::chrono::hours{9}, std::chrono::hours{24}}};
  version.holidays = {*parse_date("2026-12-25")};
  const auto id = write([&](Session& sql) {
    const ScheduleId fresh = add_schedule(sql, "Office", now);
    set_schedule_version(sql, fresh, version);
    set_schedule_version(sql, fresh, version);
    set_target(sql, {.from = {}, .mailbox = MailboxId(1), .when = {{"plan", "\"pro\""}}, .target = Microseconds{5}});
    set_target(sql, {.from = {}, .mailbox = MailboxId(1), .when = {{"plan", "\"pro\""}}, .target = Microseconds{7}});
    return fresh;
  });
  const auto kept = write([&](Session& sql) { return schedule(sql, id); });
  ASSERT_EQ(kept.versions().size(), 1u);
  EXPECT_EQ(kept.versions()[0].weekly, version.weekly);
  EXPECT_EQ(kept.versions()[0].holidays, version.holidays);
  EXPECT_EQ(kept.versions()[0].zone, version.zone);
  const auto targets = write([&](Session& sql) { return targets_of(sql, MailboxId(1)); });
  ASSERT_EQ(targets.size(), 1u);
  EXPECT_EQ(targets[0].target, Microseconds{7});
  EXPECT_FALSE(targets[0].from);
  EXPECT_EQ(targets[0].when.at("plan"), "\"pro\"");
}

TEST_P(Records, AnUploadIsAttachedOnceByItsUploader) {
  const auto id = write([&](Session& sql) {
    Attachment upload;
    upload.name = "a.png";
    upload.uploaded_by = AgentId(1);
    return add_attachment(sql, upload);
  });
  const auto take = [&](AgentId by) { return write([&](Session& sql) { attach(sql, id, by, MessageId(1)); }); };
  EXPECT_THROW(take(AgentId(2)), DatabaseError);
  EXPECT_NO_THROW(take(AgentId(1)));
  EXPECT_THROW(take(AgentId(1)), DatabaseError);
}

TEST_P(Records, ASettingKeepsItsFirstFreshValue) {
  EXPECT_EQ(write([](Session& sql) { return setting_or(sql, "k", "one"); }), "one");
  EXPECT_EQ(write([](Session& sql) { return setting_or(sql, "k", "two"); }), "one");
  write([](Session& sql) { set_setting(sql, "k", "three"); });
  EXPECT_EQ(write([](Session& sql) { return setting(sql, "k"); }), "three");
}

TEST(Columns, ClippingCutsNoCharacterInTwo) {
  EXPECT_EQ(clip("aäb", 2), "aä");
  EXPECT_EQ(clip("aä", 5), "aä");
  EXPECT_EQ(clip("ää", 0), "");
  EXPECT_EQ(from_lines(to_lines({"a", "b c"})), (std::vector<std::string>{"a", "b c"}));
  EXPECT_TRUE(addresses_from_json("not json").empty());
}

}  // namespace

FIFTEEN_BOTH_DATABASES(Records);

}  // namespace fifteen::store
