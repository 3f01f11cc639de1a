#include "server/desk/portal/public_ticket.hpp"

#include <algorithm>

#include "server/desk/portal/ratings.hpp"
#include "server/desk/portal/site.hpp"
#include "server/desk/team/mailboxes.hpp"
#include "server/desk/tickets/joining.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using namespace std::chrono_literals;

class PublicTickets : public Desk {
 protected:
  std::string link(TicketId ticket, const std::string& address = "joe@client.example") {
    return write([&](store::Session& sql) { return sign_ticket_link(signing_key(sql), ticket, address, now); });
  }
  result<PublicTicket> open(const std::string& token) {
    return db().read_now([&](store::Session& sql) { return open_public_ticket(sql, token, now); });
  }
  result<MessageId> write_by(const std::string& token, const std::string& text,
                             const std::vector<NewFile>& files = {}) {
    return write([&](store::Session& sql) -> result<MessageId> {
      const auto kept = keep_public_files(sql, files, now);
      if (!kept) return kept.error();
      return reply_by_link(sql, token, text, *kept, now);
    });
  }
  result<void> solve(const std::string& token) {
    return write([&](store::Session& sql) { return solve_by_link(sql, token, now); });
  }
  std::vector<std::string> texts(const PublicTicket& shown) {
    std::vector<std::string> texts;
    for (const PublicMessage& message : shown.messages)
      if (message.from != PublicAuthor::system) texts.push_back(message.text);
    return texts;
  }
  std::string mail_of(MessageId message) {
    const auto far = now + std::chrono::days{30};
    for (const auto& claimed : write([&](store::Session& sql) { return store::claim_mails(sql, "t", far, far, 100); }))
      if (claimed.mail.message == message) return claimed.mail.text + claimed.mail.html;
    return {};
  }
};

TEST_P(PublicTickets, ShowWhatWasSaidToTheCustomerAndNothingElse) {
  const TicketId ticket = asked_by("joe@client.example");
  const std::string token = link(ticket);
  minutes_pass(2);
  ASSERT_TRUE(reply(ticket, {.kind = MessageKind::note, .text = "He is a difficult one."}));
  auto away = mail_from("joe@client.example", "I am out of office.");
  away.automatic = mail::Automatic::auto_reply;
  away.to = {{"", reply_address(ticket)}};
  receive(away, reply_address(ticket));
  ASSERT_TRUE(reply(ticket, {.text = "Under **Settings**."}));

  const auto shown = open(token);

  ASSERT_TRUE(shown) << shown.error().message();
  EXPECT_EQ(texts(*shown), (std::vector<std::string>{"Where is it?", "Under **Settings**."}));
  EXPECT_EQ(shown->address, "joe@client.example");
  EXPECT_EQ(shown->messages.front().html, "<p>Where is it?</p>\n");
  EXPECT_TRUE(shown->messages.front().is_own);
  EXPECT_EQ(shown->messages.back().html, "<p>Under <strong>Settings</strong>.</p>\n");
  EXPECT_EQ(shown->messages.back().name, "Ana");
  EXPECT_EQ(shown->answer->took, 2min);
  EXPECT_FALSE(shown->waiting_since);
}

TEST_P(PublicTickets, EscapeWhatACustomerWrote) {
  const TicketId ticket =
      receive(mail_from("joe@client.example", "<img src=x onerror=alert(1)>\nsecond & line")).ticket;
  const auto shown = open(link(ticket));
  EXPECT_EQ(shown->messages.front().html, "<p>&lt;img src=x onerror=alert(1)><br>\nsecond &amp; line</p>\n");
}

TEST_P(PublicTickets, AReplyShowsOnceItCanNotBeTakenBack) {
  const TicketId ticket = asked_by("joe@client.example");
  ASSERT_TRUE(reply(ticket, {.text = "Oops.", .close = true, .undo = 10s}));
  auto shown = open(link(ticket));
  EXPECT_EQ(shown->messages.size(), 2u) << "the question and its acknowledgement";
  EXPECT_EQ(shown->state, TicketState::open);
  EXPECT_TRUE(shown->waiting_since);
  EXPECT_FALSE(shown->answer);
  now += 10s;
  shown = open(link(ticket));
  EXPECT_EQ(shown->messages.back().text, "Oops.");
  EXPECT_EQ(shown->state, TicketState::closed);
}

TEST_P(PublicTickets, OpenToTheirOwnLinksAlone) {
  const TicketId mine = asked_by("joe@client.example"), other = asked_by("eve@client.example");
  const std::string token = link(mine);
  ASSERT_TRUE(open(token));
  const auto number = std::to_string(mine.value), others = std::to_string(other.value);
  const std::string rest = token.substr(token.find('.'));
  EXPECT_EQ(open("t" + others + rest).error(), errc::not_found) << "another ticket's number";
  EXPECT_EQ(open(link(mine, "eve@client.example")).error(), errc::not_found) << "signed, for who takes no part";
  EXPECT_EQ(open(link(TicketId(999))).error(), errc::not_found);
  for (const std::string& wrong : {std::string(), std::string("t"), "t" + number, "t" + number + ".d1.",
                                   "t" + number + ".d0.x", "t0" + number + rest, token + "0", token.substr(0, 30),
                                   token.substr(0, token.size() - 1) + (token.back() == '0' ? "1" : "0"),
                                   std::string("m1.0123456789abcdef0123456789abcdef")})
    EXPECT_EQ(open(wrong).error(), errc::not_found) << wrong;
  // Each day's link is its own: a later day cannot be written into an old one.
  const auto day = token.find(".d") + 2, end = token.find('.', day);
  const std::string later = token.substr(0, day) + std::to_string(std::stoll(token.substr(day, end - day)) + 30);
  EXPECT_EQ(open(later + token.substr(end)).error(), errc::not_found);
  const std::string rating =
      write([&](store::Session& sql) { return sign_rating(signing_key(sql), MessageId(mine.value)); });
  EXPECT_EQ(open(rating).error(), errc::not_found);
}

TEST_P(PublicTickets, LinksLastNinetyDays) {
  const std::string token = link(asked_by("joe@client.example"));
  now += ticket_link_lasts;
  EXPECT_TRUE(open(token));
  now += 24h;
  EXPECT_EQ(open(token).error(), errc::expired);
  EXPECT_EQ(write_by(token, "Hello?").error(), errc::expired);
  EXPECT_EQ(solve(token).error(), errc::expired);
}

TEST_P(PublicTickets, LookingChangesNothing) {
  const TicketId ticket = asked_by("joe@client.example");
  const std::string token = link(ticket);
  const auto before = this->ticket(ticket);
  const auto count = [&] {
    return db().read_now([](store::Session& sql) { return sql.one<std::int64_t>("SELECT COUNT(*) FROM events"); });
  };
  const auto events = count();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(open(token));
  EXPECT_EQ(count(), events);
  EXPECT_EQ(this->ticket(ticket).version, before.version);
  ASSERT_TRUE(solve(token));
  EXPECT_NE(count(), events) << "the control: what does change something is seen";
}

TEST_P(PublicTickets, AFurtherWordIsTheCustomersAndOpensAClosedOne) {
  const TicketId ticket = asked_by("joe@client.example");
  minutes_pass(5);
  ASSERT_TRUE(reply(ticket, {.text = "There.", .close = true}));
  minutes_pass(5);
  const auto message = write_by(link(ticket), "I can't find it.");
  ASSERT_TRUE(message) << message.error().message();
  EXPECT_EQ(this->ticket(ticket).summary.state, TicketState::open);
  EXPECT_EQ(this->ticket(ticket).summary.preview, "I can't find it.");
  ASSERT_EQ(waits(ticket).size(), 2u);
  EXPECT_TRUE(waits(ticket)[1].wait.first) << "a new episode begins with a first response";
  EXPECT_EQ(waits(ticket)[1].wait.started_at, now);
  const auto kept = messages(ticket).back();
  EXPECT_EQ(kept.id, *message);
  EXPECT_EQ(kept.author, ActorKind::customer);
  EXPECT_EQ(kept.author_email, "joe@client.example");
  EXPECT_TRUE(open(link(ticket))->messages.back().is_own);
}

TEST_P(PublicTickets, RefuseNoWordsAndTooMany) {
  const std::string token = link(asked_by("joe@client.example"));
  EXPECT_EQ(write_by(token, " \n").error(), errc::invalid);
  EXPECT_EQ(write_by(token, std::string(20'001, 'x')).error(), errc::invalid);
  EXPECT_TRUE(write_by(token, std::string(20'000, 'x')));
}

TEST_P(PublicTickets, FilesComeAlongAndAreTheLinksOwn) {
  const TicketId mine = asked_by("joe@client.example"), other = asked_by("eve@client.example");
  const std::string token = link(mine), others = link(other, "eve@client.example");
  ASSERT_TRUE(
      write_by(token, "See here.", {{"C:\\pictures\\shot.png", "image/png", "PNG…"}, {"log.txt", "", "lines"}}));
  const auto files = open(token)->messages.back().attachments;
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].name, "shot.png");
  const auto read = [&](const std::string& by, AttachmentId id) {
    return db().read_now([&](store::Session& sql) { return open_public_file(sql, by, id, now); });
  };
  EXPECT_EQ(read(token, files[1].id)->bytes, "lines");
  EXPECT_EQ(read(others, files[1].id).error(), errc::not_found);
  EXPECT_EQ(read(token, AttachmentId(999)).error(), errc::not_found);
  // An agent's upload on a note stays inside.
  const auto inside = write([&](store::Session& sql) { return upload(sql, ana, "inside.txt", "", "secret", now)->id; });
  EXPECT_EQ(read(token, inside).error(), errc::not_found);
  ASSERT_TRUE(reply(mine, {.kind = MessageKind::note, .text = "Look.", .attachments = {inside}}));
  EXPECT_EQ(read(token, inside).error(), errc::not_found);

  EXPECT_EQ(write_by(token, "Big.", {{"big", "", std::string(largest_public_files + 1, 'x')}}).error(),
            errc::too_large);
  EXPECT_EQ(write_by(token, "Many.", std::vector<NewFile>(most_public_files + 1, {"a", "", "x"})).error(),
            errc::invalid);
  EXPECT_EQ(write_by(token, "Nameless.", {{"", "", "x"}}).error(), errc::invalid);
}

TEST_P(PublicTickets, SolvedByTheCustomerIsSelfSolved) {
  const TicketId ticket = asked_by("joe@client.example");
  minutes_pass(3);
  ASSERT_TRUE(solve(link(ticket)));
  EXPECT_EQ(this->ticket(ticket).summary.state, TicketState::closed);
  ASSERT_EQ(waits(ticket).size(), 1u);
  EXPECT_EQ(waits(ticket)[0].wait.ending, Ending::self_solved);
  EXPECT_EQ(waits(ticket)[0].wait.ended_at, now);
  EXPECT_EQ(solve(link(ticket)).error(), errc::already_done);
  minutes_pass(3);
  ASSERT_TRUE(write_by(link(ticket), "No, it is not."));
  EXPECT_EQ(this->ticket(ticket).summary.state, TicketState::open);
  EXPECT_EQ(waits(ticket).size(), 2u);
}

TEST_P(PublicTickets, AreFoundWhereTheyWereMerged) {
  const TicketId from = asked_by("joe@client.example"), into = asked_by("joe@client.example");
  const std::string token = link(from);
  write([&](store::Session& sql) { return merge_tickets(sql, bob, from, into, now); });
  const auto shown = open(token);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->ticket, into);
  EXPECT_EQ(texts(*shown).size(), 2u);
  ASSERT_TRUE(write_by(token, "One more thing."));
  EXPECT_EQ(messages(into).back().text, "One more thing.");
}

TEST_P(PublicTickets, EachMailOfOursCarriesTheLink) {
  write([](store::Session& sql) { keep_public_url(sql, "https://help.desk.example"); });
  const TicketId ticket = asked_by("joe@client.example");
  const MessageId acknowledgement = messages(ticket).back().id;
  const MessageId answer = reply(ticket, {.text = "There.", .site = "https://help.desk.example"})->id;
  const auto started = write([&](store::Session& sql) {
    return start_ticket(sql, ana, {.email = "eve@x.example", .subject = "Hello", .text = "Your order is late."}, now);
  });
  const std::string url = "https://help.desk.example/q/";
  const auto far = now + std::chrono::days{30};
  std::map<MessageId, std::string> sent;
  for (const auto& claimed : write([&](store::Session& sql) { return store::claim_mails(sql, "t", far, far, 100); })) {
    EXPECT_TRUE(claimed.mail.html.contains("href=\"" + url)) << claimed.mail.html;
    sent[claimed.mail.message] = claimed.mail.text;
  }
  EXPECT_TRUE(sent[acknowledgement].contains(url + link(ticket))) << sent[acknowledgement];
  EXPECT_TRUE(sent[answer].contains("See the whole conversation: " + url + link(ticket))) << sent[answer];
  EXPECT_TRUE(sent[started->message].contains(url + link(started->ticket, "eve@x.example")));
  EXPECT_FALSE(messages(ticket).back().text.contains("/q/")) << "agents must not be handed the customer's link";
}

TEST_P(PublicTickets, MailOfABrandLeadsToItsHost) {
  write([&](store::Session& sql) {
    keep_public_url(sql, "https://help.desk.example");
    return add_brand(sql, bob, {.name = "Pro", .host = "pro.example", .mailboxes = {{mailbox}}});
  });
  const TicketId ticket = asked_by("joe@client.example");
  EXPECT_TRUE(mail_of(messages(ticket).back().id).contains("https://pro.example/q/"));
  EXPECT_EQ(open(link(ticket))->brand.name, "Pro");
}

FIFTEEN_BOTH_DATABASES(PublicTickets);

}  // namespace
}  // namespace fifteen::desk
