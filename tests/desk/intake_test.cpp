#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using IntakeTest = Desk;

mail::Message report_on(const std::string& rfc_message_id, const std::string& failed) {
  mail::Message report;
  report.from = mail::Address{"", "mailer-daemon@mx.example"};
  report.subject = "Undelivered Mail Returned to Sender";
  report.message_id = "report-" + rfc_message_id.substr(0, 12) + "@mx.example";
  report.text = report.visible_text = "No such user";
  report.automatic = mail::Automatic::bounce;
  report.no_automatic_answer = true;
  report.report =
      mail::DeliveryReport{.recipients = {{failed, "5.1.1", true, false, true}}, .original_message_id = rfc_message_id};
  return report;
}

TEST_P(IntakeTest, AMailOpensATicketWhoseFirstWaitRuns) {
  const Intake intake = receive(mail_from("joe@client.example", "Where is my order?"));

  EXPECT_EQ(intake.outcome, IntakeOutcome::opened);
  const store::Ticket opened = ticket(intake.ticket);
  EXPECT_EQ(opened.summary.wait_kind, store::WaitKind::first);
  EXPECT_EQ(opened.summary.wait_due_at, now + std::chrono::minutes{15});
  EXPECT_EQ(opened.summary.preview, "Where is my order?");
  ASSERT_EQ(waits(intake.ticket).size(), 1u);
  EXPECT_EQ(waits(intake.ticket)[0].wait.started_by, intake.message);
}

TEST_P(IntakeTest, TheSameSpoolEntryAgainChangesNothing) {
  const auto mail = mail_from("joe@client.example", "Hello");
  const Intake first = receive(mail, "help@desk.example", "entry");
  const Intake second = receive(mail, "help@desk.example", "entry");

  EXPECT_EQ(second.outcome, IntakeOutcome::opened);
  EXPECT_EQ(second.ticket, first.ticket);
  EXPECT_EQ(ticket(first.ticket).version, 1);
}

TEST_P(IntakeTest, TheSameMailTwiceIsKeptOnceAndOtherWordsUnderItsIdAreKept) {
  auto mail = mail_from("joe@client.example", "Hello");
  const Intake first = receive(mail);
  const Intake second = receive(mail);
  mail.text = mail.visible_text = "Other words";
  const Intake third = receive(mail);

  EXPECT_EQ(second.outcome, IntakeOutcome::duplicate);
  EXPECT_EQ(second.message, first.message);
  EXPECT_EQ(third.outcome, IntakeOutcome::opened);
  EXPECT_NE(third.message, first.message);
}

TEST_P(IntakeTest, AMailToTwoMailboxesIsOneMessage) {
  write([&](store::Session& sql) {
    store::Mailbox sales;
    sales.address = "sales@desk.example";
    return store::add_mailbox(sql, sales);
  });
  const auto mail = mail_from("joe@client.example", "Hello");
  const Intake first = receive(mail);
  const Intake second = receive(mail, "sales@desk.example");

  EXPECT_EQ(second.outcome, IntakeOutcome::joined);
  EXPECT_EQ(second.message, first.message);
}

TEST_P(IntakeTest, TheCustomersAnswerJoinsByTheSignedAddressAndStartsANewWait) {
  const TicketId id = asked_by("joe@client.example");
  ASSERT_TRUE(reply(id, {.text = "Here.", .close = true}));
  minutes_pass(5);

  const Intake intake = receive(mail_from("Joe@Client.example", "Thanks, but where?"), reply_address(id));

  EXPECT_EQ(intake.outcome, IntakeOutcome::joined);
  EXPECT_EQ(intake.ticket, id);
  EXPECT_EQ(ticket(id).summary.state, TicketState::open);
  EXPECT_EQ(ticket(id).summary.wait_kind, store::WaitKind::first) << "a new episode";
  EXPECT_FALSE(messages(id).back().why.empty());
}

TEST_P(IntakeTest, AnAnswerJoinsByTheMessageIdOfOurReply) {
  const TicketId id = asked_by("joe@client.example");
  const auto sent = reply(id);
  auto answer = mail_from("joe@client.example", "Thanks");
  answer.in_reply_to = {sent->rfc_message_id};

  EXPECT_EQ(receive(answer).ticket, id);
}

TEST_P(IntakeTest, AForgedTokenJoinsNothing) {
  const TicketId id = asked_by("joe@client.example");
  std::string address = reply_address(id);
  const auto at = address.find('@');
  address[at - 1] = address[at - 1] == '0' ? '1' : '0';
  auto forged = mail_from("joe@client.example", "Hello");
  forged.in_reply_to = {"t" + std::to_string(id.value) + ".m1.00000000000000000000000000000000@desk.example"};

  const Intake intake = receive(forged, address);

  EXPECT_EQ(intake.outcome, IntakeOutcome::opened);
  EXPECT_NE(intake.ticket, id);
}

TEST_P(IntakeTest, AStrangerWithARightTokenGetsATicketOfHisOwnAndTouchesNothing) {
  const TicketId id = asked_by("joe@client.example");
  const auto sent = reply(id, {.text = "Here.", .close = true});
  auto mail = mail_from("mallory@evil.example", "Let me in");
  mail.references = {sent->rfc_message_id};

  const Intake intake = receive(mail, reply_address(id));

  EXPECT_EQ(intake.outcome, IntakeOutcome::opened);
  EXPECT_EQ(ticket(intake.ticket).may_belong_to, id);
  EXPECT_EQ(ticket(id).summary.state, TicketState::closed);
  EXPECT_EQ(messages(id).size(), 3u) << "question, acknowledgement, reply";
}

TEST_P(IntakeTest, ASubjectAloneNeverJoins) {
  const TicketId id = asked_by("joe@client.example");
  auto mail = mail_from("joe@client.example", "Hello");
  mail.subject = "Re: A question [#" + std::to_string(id.value) + "]";

  EXPECT_NE(receive(mail).ticket, id);
}

TEST_P(IntakeTest, AnOutOfOfficeMailJoinsButNeitherReopensNorWaits) {
  const TicketId id = asked_by("joe@client.example");
  ASSERT_TRUE(reply(id, {.text = "Here.", .close = true}));
  auto away = mail_from("joe@client.example", "I am away");
  away.automatic = mail::Automatic::auto_reply;
  away.no_automatic_answer = true;

  EXPECT_EQ(receive(away, reply_address(id)).outcome, IntakeOutcome::joined);
  EXPECT_EQ(ticket(id).summary.state, TicketState::closed);
  EXPECT_EQ(waits(id).size(), 1u);
}

TEST_P(IntakeTest, AReplyThatBouncesForGoodAnsweredNobody) {
  const TicketId id = asked_by("joe@client.example");
  const Instant asked = now;
  minutes_pass(3);
  const auto sent = reply(id, {.text = "Here.", .close = true});
  EXPECT_EQ(ticket(id).summary.state, TicketState::closed);
  minutes_pass(1);

  const Intake intake = receive(report_on(sent->rfc_message_id, "joe@client.example"));

  EXPECT_EQ(intake.ticket, id);
  EXPECT_EQ(ticket(id).summary.state, TicketState::open);
  EXPECT_EQ(ticket(id).summary.wait_started_at, asked);
  EXPECT_NE(ticket(id).summary.preview.find("could not be delivered"), std::string::npos);
}

TEST_P(IntakeTest, AReportOnSomebodyElsesCopyKeepsTheAnswer) {
  const TicketId id = asked_by("joe@client.example");
  const auto sent = reply(id);
  receive(report_on(sent->rfc_message_id, "copied@client.example"));

  EXPECT_EQ(waits(id)[0].wait.ending, Ending::answered);
}

TEST_P(IntakeTest, APersonIsAcknowledgedOncePerTicketAndAMachineNever) {
  receive(mail_from("joe@client.example", "Hello"));
  EXPECT_EQ(queued().size(), 1u);
  auto machine = mail_from("bot@client.example", "Report");
  machine.automatic = mail::Automatic::auto_reply;
  machine.no_automatic_answer = true;
  receive(machine);
  auto list = mail_from("list@client.example", "News");
  list.no_automatic_answer = true;
  receive(list);
  EXPECT_EQ(queued().size(), 1u);
}

TEST_P(IntakeTest, AnAcknowledgementSpeaksTheCustomersLanguage) {
  const auto acknowledged = [&](const std::string& text) {
    const Intake intake = receive(mail_from("joe" + std::to_string(queued().size()) + "@client.example", text));
    return messages(intake.ticket).back().text;
  };
  EXPECT_NE(acknowledged("Hello, where is my order? I can not find it.").find("Thank you"), std::string::npos);
  EXPECT_NE(acknowledged("Buongiorno, non trovo la fattura del mio ordine, come posso fare?").find("Grazie"),
            std::string::npos);
  EXPECT_NE(acknowledged("Здравствуйте, где мой заказ? Я не могу его найти.").find("Спасибо"), std::string::npos);
  EXPECT_NE(acknowledged("Добрий день, де моє замовлення? Я не можу його знайти.").find("Дякуємо"), std::string::npos);
  EXPECT_NE(acknowledged("您好,我的订单在哪里?").find("谢谢"), std::string::npos);
  EXPECT_NE(acknowledged("Bonjour, je ne trouve pas ma commande.").find("Thank you"), std::string::npos)
      << "no language of ours";
}

TEST_P(IntakeTest, AFormIsAcknowledgedInItsPagesLanguageAndNeverInItsOwnWords) {
  write([&](store::Session& sql) {
    return open_ticket(sql,
                       {.email = "joe@client.example",
                        .name = "Buy at evil.example",
                        .subject = "Buy at evil.example",
                        .text = "Buy at evil.example",
                        .mailbox = "",
                        .channel = Channel::form,
                        .locale = "it"},
                       now);
  });

  const auto sent = queued();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].subject.find("evil"), std::string::npos) << sent[0].subject;
  EXPECT_TRUE(sent[0].subject.starts_with("Abbiamo ricevuto")) << sent[0].subject;
  const auto mail = write(
      [&](store::Session& sql) { return store::claim_mails(sql, "test", now, now + std::chrono::minutes{1}, 10); });
  ASSERT_EQ(mail.size(), 1u);
  EXPECT_EQ((mail[0].mail.text + mail[0].mail.html + mail[0].mail.to[0].name).find("evil"), std::string::npos);
  EXPECT_EQ(mail[0].mail.envelope_from, "") << "nobody reports on it";
  EXPECT_TRUE(mail[0].mail.automatic);
}

// An agent's mail from her own address: the desk owes her no answer, and it answers nobody.
TEST_P(IntakeTest, AnAgentsOwnMailStartsNoClockAndEndsNone) {
  auto asked = mail_from("joe@client.example", "Where is it?");
  asked.cc = {{"Ana", "ana@desk.example"}};
  const TicketId id = receive(asked).ticket;
  minutes_pass(5);
  auto answer = mail_from("ana@desk.example", "I look into it.");
  EXPECT_EQ(receive(answer, reply_address(id)).ticket, id) << "she was copied in, so she takes part";
  EXPECT_EQ(waits(id).size(), 1u);
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::running);
  EXPECT_EQ(messages(id).back().author, ActorKind::third_party);

  ASSERT_TRUE(reply(id, {.text = "Here.", .close = true}));
  receive(mail_from("ana@desk.example", "So that was it."), reply_address(id));
  EXPECT_EQ(ticket(id).summary.state, TicketState::closed) << "nor does it reopen";

  const auto known = queued().size();
  const TicketId own = receive(mail_from("Ana@Desk.example", "A question of mine")).ticket;
  EXPECT_NE(own, id);
  EXPECT_EQ(ticket(own).summary.state, TicketState::open);
  EXPECT_EQ(ticket(own).summary.wait_kind, store::WaitKind::none);
  EXPECT_EQ(queued().size(), known) << "no acknowledgement";
}

TEST_P(IntakeTest, AutomaticMailToOneAddressIsAtMostOneAnHourAndFiveADay) {
  for (int minute = 0; minute < 24 * 60; minute += 20) {
    receive(mail_from("joe@client.example", "Mail " + std::to_string(minute)));
    minutes_pass(20);
  }
  EXPECT_EQ(queued().size(), 5u);
}

TEST_P(IntakeTest, OurOwnMailThatComesBackIsIgnoredAndAccountedFor) {
  const TicketId id = asked_by("joe@client.example");
  const auto sent = reply(id);
  auto loop = mail_from("help@desk.example", "Here it is.");
  loop.message_id = sent->rfc_message_id;

  const Intake intake = receive(loop);

  EXPECT_EQ(intake.outcome, IntakeOutcome::ignored);
  EXPECT_FALSE(intake.reason.empty());
}

TEST_P(IntakeTest, AMailWithoutASenderIsStillATicket) {
  mail::Message nobody;
  nobody.unreadable_because = "it is not a mail";
  nobody.text = nobody.visible_text = "\xe2\x82\xac bytes";
  const Intake intake = receive(nobody);

  EXPECT_EQ(intake.outcome, IntakeOutcome::opened);
  EXPECT_TRUE(queued().empty());
}

TEST_P(IntakeTest, LongWordsFitTheirColumns) {
  auto mail = mail_from(std::string(400, 'a') + "@client.example", std::string(5000, 'x'));
  for (int i = 0; i < 2000; ++i) mail.subject += "\xc3\xa4";
  mail.from->name = mail.subject;
  mail.message_id = std::string(3000, 'i');

  EXPECT_EQ(receive(mail).outcome, IntakeOutcome::opened);
}

}  // namespace

FIFTEEN_BOTH_DATABASES(IntakeTest);

}  // namespace fifteen::desk
