#include <sstream>

#include "server/desk/history/history_export.hpp"
#include "server/desk/reports/response_report.hpp"
#include "server/desk/tickets/actions.hpp"
#include "server/desk/tickets/clock_check.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/store/events.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

// Ana closes an unanswered ticket by mistake.
class TakeBackClose : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    id = asked_by("joe@client.example");
    minutes_pass(4);
    asked_by("kim@client.example");
    minutes_pass(1);
  }
  result<void> close(const Actor& actor) {
    return write([&](store::Session& sql) { return close_ticket(sql, actor, id, now); });
  }
  result<void> take_back(const Actor& actor) {
    return write([&](store::Session& sql) { return take_back_close(sql, actor, id, now); });
  }
  // All that tells of the ticket but its version: the page, the list, the waits, the export, and the report as of each
  // second of the last ten minutes, from the facts and from the rows.
  std::string told() {
    std::ostringstream out;
    export_history(db(), out);
    db().read_now([&](store::Session& sql) {
      const auto summary = store::find_ticket(sql, id)->summary;
      out << name(summary.state) << to_us(summary.wait_started_at.value_or(Instant{})) << "\n";
      for (const auto& listed : list_tickets(sql, {.reader = ana.agent}).tickets) out << listed.ticket.id.value << " ";
      for (const Action& action : *list_actions(sql, id)) out << action.kind << " by " << action.actor_name << " ";
      for (const store::WaitRow& row : store::waits_of(sql, id)) out << name(row.wait.ending) << "\n";
      const Instant from = now - std::chrono::hours{1};
      for (Instant as_of = now - std::chrono::minutes{10}; as_of <= now; as_of += std::chrono::seconds{1})
        for (const std::string& line : report_waits(sql, {from, now, as_of})) out << line << "\n";
      for (const bool is_present : {false, true})
        out << to_json(report_responses(sql, {.period = {from, now, now}, .is_present = is_present, .zone = {}}),
                       false);
      TicketId last;
      EXPECT_EQ(check_waits(sql, {}, 100, last), std::vector<std::string>{});
    });
    return out.str();
  }

  TicketId id;
};

TEST_P(TakeBackClose, MakesItAsIfItHadNeverBeen) {
  const auto never_closed = [&] {
    const Instant later = std::exchange(now, now + std::chrono::seconds{9});
    auto text = told();
    now = later;
    return text;
  }();
  const auto before = waits(id);
  ASSERT_TRUE(close(ana));
  EXPECT_EQ(ticket(id).summary.state, TicketState::closed) << "at once, for everybody";
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::closed_unanswered);
  now += std::chrono::seconds{9};
  EXPECT_NE(told(), never_closed);

  ASSERT_TRUE(take_back(ana));

  EXPECT_EQ(told(), never_closed);
  EXPECT_EQ(waits(id), before);
  minutes_pass(1);
  ASSERT_TRUE(reply(id));
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::answered);
  EXPECT_EQ(waits(id)[0].wall, std::chrono::minutes{6} + std::chrono::seconds{9}) << "since the customer's question";
}

TEST_P(TakeBackClose, IsDoneOnceHoweverOftenItIsSaid) {
  ASSERT_TRUE(close(ana));
  ASSERT_TRUE(take_back(ana));
  const auto version = ticket(id).version;

  EXPECT_EQ(take_back(ana).error(), make_error_code(errc::already_done));
  EXPECT_EQ(ticket(id).version, version);

  ASSERT_TRUE(close(ana)) << "she may close it after all";
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::closed_unanswered);
  EXPECT_TRUE(take_back(ana));
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::running);
}

TEST_P(TakeBackClose, IsHersAloneAndOnlyForAMinute) {
  EXPECT_EQ(take_back(ana).error(), make_error_code(errc::not_found)) << "nobody has closed it";
  ASSERT_TRUE(close(ana));
  EXPECT_EQ(take_back(bob).error(), make_error_code(errc::forbidden));
  EXPECT_EQ(take_back(Actor::system()).error(), make_error_code(errc::forbidden));
  now += longest_undo;
  EXPECT_EQ(take_back(ana).error(), make_error_code(errc::expired));
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::closed_unanswered);
  now -= std::chrono::microseconds{1};
  EXPECT_TRUE(take_back(ana)) << "the last microsecond of the window";
}

TEST_P(TakeBackClose, IsRefusedOnceTheTicketWentOn) {
  const auto refused = [&] {
    const auto before = waits(id);
    EXPECT_EQ(take_back(ana).error(), make_error_code(errc::conflict));
    EXPECT_EQ(waits(id), before);
    now += std::chrono::seconds{1};
  };
  ASSERT_TRUE(close(ana));
  receive(mail_from("joe@client.example", "Hello?"), reply_address(id));
  refused();

  ASSERT_TRUE(close(ana));
  ASSERT_TRUE(write([&](store::Session& sql) { return reopen_ticket(sql, bob, id, now); }));
  refused();
  ASSERT_TRUE(reply(id, {.text = "So.", .close = true}));
  refused();

  now += longest_undo;
  ASSERT_TRUE(write([&](store::Session& sql) { return reopen_ticket(sql, bob, id, now); }));
  ASSERT_TRUE(close(ana));
  const TicketId other = asked_by("eve@client.example");
  ASSERT_TRUE(write([&](store::Session& sql) { return merge_tickets(sql, bob, id, other, now); }));
  refused();
  ASSERT_TRUE(write([&](store::Session& sql) { return close_ticket(sql, ana, other, now); }));
  refused();
  EXPECT_EQ(ticket(other).summary.state, TicketState::closed) << "nor does it reach the ticket that took it in";
}

// A customer says that an article solved it, and then that it did not.
class Solve : public TakeBackClose {
 protected:
  result<void> say() {
    return write([&](store::Session& sql) { return solve(sql, id, now); });
  }
  result<void> take_back_word() {
    return write([&](store::Session& sql) { return take_back_solve(sql, id, now); });
  }
};

TEST_P(Solve, EndsTheWaitAsSelfSolvedOnce) {
  ASSERT_TRUE(say());
  EXPECT_EQ(ticket(id).summary.state, TicketState::closed);
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::self_solved);
  EXPECT_EQ(waits(id)[0].wall, std::chrono::minutes{5});
  const auto version = ticket(id).version;
  minutes_pass(1);

  EXPECT_EQ(say().error(), make_error_code(errc::already_done));

  EXPECT_EQ(ticket(id).version, version);
  EXPECT_EQ(waits(id)[0].wall, std::chrono::minutes{5});
  id = TicketId{4711};
  EXPECT_EQ(say().error(), make_error_code(errc::not_found));
}

TEST_P(Solve, EndsNoWaitOfWhoWasAnswered) {
  ASSERT_TRUE(reply(id));
  minutes_pass(1);
  ASSERT_TRUE(say());
  EXPECT_EQ(ticket(id).summary.state, TicketState::closed);
  ASSERT_EQ(waits(id).size(), 1u);
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::answered);
}

TEST_P(Solve, AReplyBeginsANewWait) {
  ASSERT_TRUE(say());
  minutes_pass(1);
  receive(mail_from("joe@client.example", "No, it is back"), reply_address(id));
  EXPECT_EQ(ticket(id).summary.state, TicketState::open);
  ASSERT_EQ(waits(id).size(), 2u);
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::self_solved) << "that was said, and stays";
  EXPECT_TRUE(waits(id)[1].wait.first);
  EXPECT_EQ(waits(id)[1].wait.started_at, now);
  EXPECT_EQ(take_back_word().error(), make_error_code(errc::conflict));
}

TEST_P(Solve, TakenBackIsAsIfItHadNeverBeenSaid) {
  const Instant later = now + std::chrono::minutes{7};
  const auto never_said = [&] {
    const Instant before = std::exchange(now, later);
    auto text = told();
    now = before;
    return text;
  }();
  const auto before = waits(id);
  ASSERT_TRUE(say());
  now = later;
  EXPECT_NE(told(), never_said);

  ASSERT_TRUE(take_back_word());

  EXPECT_EQ(told(), never_said);
  EXPECT_EQ(waits(id), before);
  EXPECT_EQ(take_back_word().error(), make_error_code(errc::already_done));
  ASSERT_TRUE(say()) << "it did, after all";
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::self_solved);
}

TEST_P(Solve, IsTheCustomersOwnWordForAnHour) {
  EXPECT_EQ(take_back_word().error(), make_error_code(errc::not_found));
  ASSERT_TRUE(close(ana));
  EXPECT_EQ(take_back_word().error(), make_error_code(errc::forbidden));
  ASSERT_TRUE(take_back(ana));

  ASSERT_TRUE(say());
  EXPECT_EQ(take_back(ana).error(), make_error_code(errc::forbidden));
  now += longest_second_thought;
  EXPECT_EQ(take_back_word().error(), make_error_code(errc::expired));
  now -= std::chrono::microseconds{1};
  EXPECT_TRUE(take_back_word()) << "the last microsecond";
}

TEST_P(Solve, FollowsTheQuestionIntoTheOneThatTookItIn) {
  const TicketId other = asked_by("joe@client.example");
  ASSERT_TRUE(write([&](store::Session& sql) { return merge_tickets(sql, bob, id, other, now); }));
  ASSERT_TRUE(say());
  EXPECT_EQ(ticket(other).summary.state, TicketState::closed);
  ASSERT_TRUE(take_back_word());
  EXPECT_EQ(ticket(other).summary.state, TicketState::open);
}

}  // namespace

FIFTEEN_BOTH_DATABASES(Solve);
FIFTEEN_BOTH_DATABASES(TakeBackClose);

}  // namespace fifteen::desk
