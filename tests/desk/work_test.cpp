#include "server/desk/tickets/work.hpp"

#include "server/desk/tickets/joining.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using WorkTest = Desk;

TEST_P(WorkTest, AReplyAnswersTheWaitAndLeavesSigned) {
  const TicketId id = asked_by("joe@client.example");
  minutes_pass(4);
  const auto sent = reply(id);

  ASSERT_TRUE(sent);
  const auto rows = waits(id);
  EXPECT_EQ(rows[0].wait.ending, Ending::answered);
  EXPECT_EQ(rows[0].wait.ended_by, ana.agent);
  EXPECT_EQ(rows[0].business, std::chrono::minutes{4});
  EXPECT_EQ(ticket(id).summary.last_reply, std::chrono::minutes{4});
  const auto key = write([](store::Session& sql) { return signing_key(sql); });
  const auto proof = verify_message_id(key, sent->rfc_message_id);
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->message, sent->id);
}

TEST_P(WorkTest, AReplyIsRefusedWhenTheTicketChangedSinceItWasSeen) {
  const TicketId id = asked_by("joe@client.example");
  const auto seen = ticket(id).version;
  ASSERT_TRUE(reply(id, {.text = "First"}));

  const auto second = reply(id, {.text = "Second", .if_version = seen});

  EXPECT_EQ(second.error(), make_error_code(errc::conflict));
  const auto since = write([&](store::Session& sql) { return news_since(sql, id, seen).messages; });
  ASSERT_EQ(since.size(), 1u);
  EXPECT_EQ(since[0].text, "First");
}

TEST_P(WorkTest, AReplyTakenBackInItsWindowNeverWas) {
  const TicketId id = asked_by("joe@client.example");
  const auto before = waits(id);
  const auto sent = reply(id, {.text = "Oops", .close = true, .undo = std::chrono::seconds{10}});
  now += std::chrono::seconds{9};

  const auto text = write([&](store::Session& sql) { return undo_reply(sql, ana, sent->id, now); });

  EXPECT_EQ(text.value(), "Oops");
  EXPECT_EQ(waits(id), before);
  EXPECT_EQ(ticket(id).summary.state, TicketState::open);
  EXPECT_EQ(queued().size(), 1u) << "the acknowledgement alone";
  EXPECT_EQ(messages(id).size(), 2u);
}

TEST_P(WorkTest, AReplyCanNotBeTakenBackTooLateOrByAnother) {
  const TicketId id = asked_by("joe@client.example");
  const Instant click = now;
  const auto sent = reply(id, {.text = "Sure", .undo = std::chrono::seconds{10}});
  const auto undo = [&](const Actor& who) {
    return write([&](store::Session& sql) { return undo_reply(sql, who, sent->id, now); });
  };
  EXPECT_EQ(undo(bob).error(), make_error_code(errc::forbidden));
  now += std::chrono::seconds{10};
  EXPECT_EQ(undo(ana).error(), make_error_code(errc::expired));
  EXPECT_EQ(waits(id)[0].wait.ended_at, click) << "the instant of the click, kept through the window";
}

TEST_P(WorkTest, TheListShowsAReplyWithoutItsMarkdown) {
  const TicketId id = asked_by("joe@client.example");
  ASSERT_TRUE(reply(id, {.text = "Hello Joe,\n\nsee **[Refunds](https://x.example/help/refunds)**."}));

  EXPECT_EQ(ticket(id).summary.preview, "Hello Joe, see Refunds.");
}

TEST_P(WorkTest, ANoteNeitherAnswersNorShowsInTheList) {
  const TicketId id = asked_by("joe@client.example");
  ASSERT_TRUE(reply(id, {.kind = MessageKind::note, .text = "He called before"}));

  EXPECT_EQ(waits(id)[0].wait.ending, Ending::running);
  EXPECT_EQ(ticket(id).summary.preview, "Where is it?");
  EXPECT_EQ(queued().size(), 1u);
}

TEST_P(WorkTest, AProgramThatActsForNobodyCanNotAnswer) {
  const TicketId id = asked_by("joe@client.example");
  const auto answer =
      write([&](store::Session& sql) { return add_message(sql, Actor::system(), id, {.text = "Beep"}, now); });
  EXPECT_EQ(answer.error(), make_error_code(errc::forbidden));
  EXPECT_EQ(messages(id).size(), 2u);
}

TEST_P(WorkTest, ClosingAndReopeningAreSaidOnce) {
  const TicketId id = asked_by("joe@client.example");
  const auto close = [&] { return write([&](store::Session& sql) { return close_ticket(sql, ana, id, now); }); };
  const auto reopen = [&] { return write([&](store::Session& sql) { return reopen_ticket(sql, ana, id, now); }); };

  EXPECT_TRUE(close());
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::closed_unanswered);
  EXPECT_EQ(close().error(), make_error_code(errc::already_done));
  EXPECT_TRUE(reopen());
  EXPECT_EQ(reopen().error(), make_error_code(errc::already_done));
  EXPECT_EQ(ticket(id).summary.wait_kind, store::WaitKind::none);
}

TEST_P(WorkTest, ATicketIsAssignedToActivePeopleOnly) {
  const TicketId id = asked_by("joe@client.example");
  const auto assign = [&](AgentId to) {
    return write([&](store::Session& sql) { return assign_ticket(sql, ana, id, to, now); });
  };
  EXPECT_TRUE(assign(bob.agent));
  EXPECT_EQ(ticket(id).summary.assignee, bob.agent);
  EXPECT_EQ(assign(AgentId{999}).error(), make_error_code(errc::invalid));
  EXPECT_TRUE(assign({}));
  EXPECT_FALSE(ticket(id).summary.assignee);
}

TEST_P(WorkTest, TagsAreSortedAndKeptOnce) {
  const TicketId id = asked_by("joe@client.example");
  const auto tag = [&](std::vector<std::string> tags) {
    return write([&](store::Session& sql) { return tag_ticket(sql, ana, id, std::move(tags), now); });
  };
  EXPECT_TRUE(tag({"vip", "billing", "vip"}));
  EXPECT_EQ(ticket(id).tags, (std::vector<std::string>{"billing", "vip"}));
  EXPECT_EQ(tag({"two\nlines"}).error(), make_error_code(errc::invalid));
}

TEST_P(WorkTest, SpamVoidsTheWaitsAndUnmarkingBringsThemBack) {
  const TicketId id = asked_by("joe@client.example");
  const auto before = waits(id);
  EXPECT_TRUE(write([&](store::Session& sql) { return mark_spam(sql, ana, id, now); }));
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::voided);
  EXPECT_EQ(ticket(id).summary.shelf(), store::Shelf::spam);

  EXPECT_TRUE(write([&](store::Session& sql) { return unmark_spam(sql, ana, id, now); }));
  EXPECT_EQ(waits(id), before);
}

TEST_P(WorkTest, MergedTicketsAreOneAndCanBeTwoAgain) {
  const TicketId one = asked_by("joe@client.example");
  minutes_pass(1);
  const TicketId two = asked_by("kim@client.example");
  const auto before = messages(two);

  ASSERT_TRUE(write([&](store::Session& sql) { return merge_tickets(sql, ana, two, one, now); }));
  EXPECT_EQ(messages(one).size(), 4u);
  EXPECT_EQ(ticket(two).summary.shelf(), store::Shelf::merged);
  EXPECT_EQ(receive(mail_from("kim@client.example", "More"), reply_address(two)).ticket, one);

  ASSERT_TRUE(write([&](store::Session& sql) { return unmerge_ticket(sql, ana, two, now); }));
  EXPECT_EQ(messages(two).size(), before.size());
  EXPECT_EQ(messages(one).size(), 3u) << "what came meanwhile stays";
  EXPECT_EQ(ticket(two).summary.wait_kind, store::WaitKind::first);
  EXPECT_EQ(write([&](store::Session& sql) { return unmerge_ticket(sql, ana, two, now); }).error(),
            make_error_code(errc::already_done));
}

TEST_P(WorkTest, ASplitTakesAlongTheWaitOfItsMessage) {
  const TicketId id = asked_by("joe@client.example");
  ASSERT_TRUE(reply(id));
  minutes_pass(1);
  const Intake second = receive(mail_from("joe@client.example", "Another thing"), reply_address(id));

  const auto part = write([&](store::Session& sql) { return split_ticket(sql, ana, id, {second.message}, now); });

  ASSERT_TRUE(part);
  ASSERT_EQ(waits(*part).size(), 1u);
  EXPECT_EQ(waits(*part)[0].wait.started_by, second.message);
  EXPECT_EQ(ticket(*part).summary.preview, "Another thing");
  EXPECT_EQ(ticket(id).summary.wait_kind, store::WaitKind::none);
}

TEST_P(WorkTest, AnAgentsFirstMailStartsNoWait) {
  const auto started = write([&](store::Session& sql) {
    return start_ticket(sql, ana, {.email = "joe@client.example", .text = "We found your keys"}, now);
  });
  ASSERT_TRUE(started);
  EXPECT_TRUE(waits(started->ticket).empty());
  ASSERT_EQ(queued().size(), 1u);
  EXPECT_EQ(queued()[0].kind, "reply");
  EXPECT_EQ(receive(mail_from("joe@client.example", "Great"), reply_address(started->ticket)).ticket, started->ticket);
  EXPECT_EQ(waits(started->ticket).size(), 1u);
}

TEST_P(WorkTest, AFormsQuestionIsATicketAndBadOnesLeaveNothing) {
  const auto open = [&](const Question& question) {
    return write([&](store::Session& sql) { return open_ticket(sql, question, now); });
  };
  EXPECT_TRUE(open({.email = "joe@client.example", .text = "Where?", .channel = Channel::form}));
  EXPECT_EQ(open({.email = "joe@client.example\r\nBcc: x@y.example", .text = "Where?"}).error(),
            make_error_code(errc::invalid));
  EXPECT_EQ(open({.email = "joe@client.example", .text = " "}).error(), make_error_code(errc::invalid));
  EXPECT_EQ(open({.email = "joe@client.example", .text = "x", .mailbox = "none@desk.example"}).error(),
            make_error_code(errc::not_found));
}

TEST_P(WorkTest, ADraftIsTheAgentsOwnAndGoesWithHerReply) {
  const TicketId id = asked_by("joe@client.example");
  write([&](store::Session& sql) { return keep_draft(sql, ana, id, MessageKind::reply, "Dear", now); });
  const auto draft = [&](const Actor& who) {
    return write([&](store::Session& sql) { return view_ticket(sql, id, who.agent)->draft; });
  };
  ASSERT_TRUE(draft(ana));
  EXPECT_FALSE(draft(bob));
  ASSERT_TRUE(reply(id));
  EXPECT_FALSE(draft(ana));
}

TEST_P(WorkTest, TheListIsInTheClocksOrderAndPagedWithoutGaps) {
  std::vector<TicketId> asked;
  for (int i = 0; i < 7; ++i) {
    asked.push_back(asked_by("joe" + std::to_string(i) + "@client.example"));
    minutes_pass(1);
  }
  ASSERT_TRUE(reply(asked[0]));
  std::vector<TicketId> listed;
  std::optional<store::TicketPlace> place;
  do {
    const auto page = write(
        [&](store::Session& sql) { return list_tickets(sql, {.reader = ana.agent, .limit = 3, .after = place}); });
    for (const auto& row : page.tickets) listed.push_back(row.ticket.id);
    place = page.next;
  } while (place);

  std::vector<TicketId> expected(asked.begin() + 1, asked.end());
  expected.push_back(asked[0]);
  EXPECT_EQ(listed, expected);
  const auto count = [&](View view) {
    return write([&](store::Session& sql) { return count_view(sql, view, ana.agent); });
  };
  EXPECT_EQ(count(View::first), 6);
  EXPECT_EQ(count(View::waiting), 6);
  EXPECT_EQ(count(View::mine), 0);
}

}  // namespace

FIFTEEN_BOTH_DATABASES(WorkTest);

}  // namespace fifteen::desk
