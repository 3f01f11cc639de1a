#include "server/desk/mail/form_mail.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

class FormMail : public Desk {
 protected:
  bool may(const std::string& address) {
    return write([&](store::Session& sql) { return may_mail_by_form(sql, address, now); });
  }
};

TEST_P(FormMail, IsOneAnHourAndFiveADay) {
  int mailed = 0;
  std::vector<Instant> times;
  for (int minute = 0; minute < 4 * 24 * 60; minute += 7) {
    if (may("joe@client.example")) {
      ++mailed;
      times.push_back(now);
    }
    minutes_pass(7);
  }
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_GE(times[i] - times[i - 1], std::chrono::hours{1});
  for (std::size_t i = 5; i < times.size(); ++i) EXPECT_GE(times[i] - times[i - 5], std::chrono::days{1});
  EXPECT_GE(mailed, 4 * 4) << "who goes on trying does not keep the address from all of its mail";
}

TEST_P(FormMail, AnAddressIsOneHoweverItIsWritten) {
  EXPECT_TRUE(may("joe@client.example"));
  for (const char* same :
       {"joe@client.example", "JOE@Client.Example", "joe+1@client.example", "Joe+a+b@client.example"})
    EXPECT_FALSE(may(same)) << same;
  EXPECT_TRUE(may("eve@client.example"));
  EXPECT_TRUE(may("joe@other.example"));
  EXPECT_TRUE(may("+joe@client.example"));
}

TEST_P(FormMail, AtTheSameMomentOneGoesThrough) {
  std::atomic<int> mailed = 0;
  std::vector<std::thread> doors;
  for (int i = 0; i < 8; ++i)
    doors.emplace_back([&] {
      if (may("joe@client.example")) ++mailed;
    });
  for (auto& door : doors) door.join();
  EXPECT_EQ(mailed, 1);
}

// A window is counted in slots of four minutes: one node's clock shows the next one already.
TEST_P(FormMail, OfTwoNodesWhoseClocksDifferOneMails) {
  const Instant later = now + std::chrono::minutes(4);
  std::atomic<bool> counted = false;
  bool one = false, other = false;
  std::thread first([&] {
    store::Database node(files().options());
    one = node.write_now([&](store::Session& sql) {
      const bool admitted = may_mail_by_form(sql, "joe@client.example", now);
      counted = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(300));  // till it commits
      return admitted;
    });
  });
  store::Database node(files().options());
  while (!counted) std::this_thread::yield();
  other = node.write_now([&](store::Session& sql) { return may_mail_by_form(sql, "joe@client.example", later); });
  first.join();
  EXPECT_TRUE(one);
  EXPECT_FALSE(other);
}

TEST_P(FormMail, QuestionsByFormsShareItAndMailsDoNot) {
  const auto ask = [&](const std::string& address, Channel channel) {
    return write([&](store::Session& sql) {
      return open_ticket(sql, {.email = address, .text = "Where?", .channel = channel}, now)->ticket;
    });
  };
  const auto acknowledgements = [&](TicketId ticket) {
    return std::ranges::count(messages(ticket), MessageKind::ack, &store::Message::kind);
  };
  EXPECT_EQ(acknowledgements(ask("joe@client.example", Channel::form)), 1);
  EXPECT_FALSE(may("joe@client.example")) << "the acknowledgement was that hour's mail";
  EXPECT_TRUE(may("eve@client.example"));
  EXPECT_EQ(acknowledgements(ask("eve@client.example", Channel::widget)), 0) << "another form's mail was";
  EXPECT_EQ(acknowledgements(asked_by("ann@client.example")), 1);
  EXPECT_TRUE(may("ann@client.example")) << "she wrote by herself";
}

FIFTEEN_BOTH_DATABASES(FormMail);

}  // namespace
}  // namespace fifteen::desk
