#include "server/desk/privacy/erasure.hpp"

#include <algorithm>

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/ideas/voter_links.hpp"
#include "server/desk/ideas/voting.hpp"
#include "server/desk/portal/customer_record.hpp"
#include "server/desk/portal/public_ticket.hpp"
#include "server/desk/portal/ratings.hpp"
#include "server/desk/reports/response_times.hpp"
#include "server/desk/suggestions/lessons.hpp"
#include "server/desk/team/webhooks.hpp"
#include "server/desk/tickets/clock_check.hpp"
#include "server/desk/tickets/files.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/store/articles.hpp"
#include "server/store/idea_votes.hpp"
#include "server/store/import_ids.hpp"
#include "server/store/index_records.hpp"
#include "server/store/references.hpp"
#include "server/store/surveys.hpp"
#include "server/store/tables.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

constexpr const char* site = "https://help.desk.example";
// Words that nothing else says: whoever finds them has found something of hers.
constexpr const char* vera = "quokkavera@numbat.example";
constexpr const char* canary = "quokka";
constexpr const char* joe = "joe@client.example";

class Erasures : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    article = write([&](store::Session& sql) {
      return store::add_article(sql, {.id = {},
                                      .external_id = "",
                                      .slug = "refunds",
                                      .title = "Refunds",
                                      .body = "",
                                      .locale = "en",
                                      .category = "",
                                      .created_at = now,
                                      .updated_at = now});
    });
  }

  mail::Message question(const std::string& address, const std::string& words,
                         const std::vector<std::string>& files = {}) {
    mail::Message message = mail_from(address, words);
    message.from->name = words;
    message.subject = words + " subject";
    message.html = "<p>" + words + "</p>";
    message.message_id = words + message.message_id;
    for (const std::string& bytes : files)
      message.parts.push_back({.name = words + ".txt",
                               .content_type = "text/plain",
                               .content_id = "",
                               .disposition = mail::Disposition::attachment,
                               .bytes = bytes});
    return message;
  }
  CustomerId customer(const std::string& address) {
    return db().read_now([&](store::Session& sql) {
      const auto found = store::find_customer(sql, address);
      return found ? found->id : CustomerId();
    });
  }
  result<store::Erasure> ask(CustomerId id) {
    return write([&](store::Session& sql) { return erase_customer(sql, bob, id, now); });
  }
  bool go_on() {
    return write([&](store::Session& sql) { return erase_next(sql, now); });
  }
  void erase(CustomerId id) {
    ASSERT_TRUE(ask(id));
    while (go_on()) {
    }
  }

  // Every table and column that holds the text, in whatever case; how often.
  std::map<std::string, int> places_of(const std::string& text) {
    std::map<std::string, int> places;
    const auto connection = store::connect(files().options(), false);
    for (const store::Table& table : store::tables_of(*connection))
      store::each_row(*connection, table, [&](store::Value* cells) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
          const auto* cell = std::get_if<std::string>(&cells[i]);
          if (!cell) continue;
          std::string lower = *cell;
          std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
          if (lower.find(text) != std::string::npos) ++places[table.name + "." + table.names[i]];
        }
      });
    return places;
  }
  std::vector<std::string> findings() {
    return db().read_now([](store::Session& sql) {
      auto all = store::dangling_references(sql);
      TicketId last;
      for (auto& one : check_waits(sql, {}, 1000, last)) all.push_back(std::move(one));
      return all;
    });
  }
  std::string report() {
    return db().read_now([&](store::Session& sql) {
      ResponseTimesWish wish{.period = {now - std::chrono::days{2}, now + std::chrono::days{1}, now}, .filter = {}};
      return to_json(report_response_times(sql, wish, false), report_names(sql), {});
    });
  }
  // All that a customer can leave behind.
  TicketId leave_traces(const std::string& address, const std::string& words, const std::vector<std::string>& files) {
    const auto in = receive(question(address, words, files));
    write([&](store::Session& sql) {
      const std::string id = words + "-id";
      EXPECT_TRUE(identify_customer(
          sql, id,
          {.email = address, .name = words, .traits = Traits{{"plan", "\"pro\""}, {"likes", '"' + words + '"'}}}, now));
      EXPECT_TRUE(note_customer_event(sql, id, {.name = words, .at = now, .data = "{}"}));
      store::add_survey(sql, {.survey = "nps", .person = "id:" + id, .kind = "nps", .question = "?", .shown_at = now});
      store::add_imported(sql, "old", "customer", words + "-import", customer_in(sql, address).value);
      note_list(sql,
                {.visitor = "browser",
                 .session = words + "-draft-session",
                 .locale = "en",
                 .query = words + " query",
                 .list = {}},
                now);
      EXPECT_TRUE(note_event(sql, words + "-draft-session", DeflectionEvent::helpful, article, {}, now));
      EXPECT_TRUE(note_event(sql, words + "-draft-session", DeflectionEvent::sent, {}, in.ticket, now));
      EXPECT_TRUE(wish_for(sql, {address, "en", {}, {words + " idea", words + " body", "en"}}, site, now));
    });
    minutes_pass(7);
    const auto answer = reply(in.ticket, {.text = "Dear " + words + ", see [this](/help/refunds).", .site = site});
    EXPECT_TRUE(answer);
    write([&](store::Session& sql) {
      EXPECT_TRUE(add_message(sql, ana, in.ticket, {.kind = MessageKind::note, .text = words + " @Bob"}, now));
      EXPECT_TRUE(rate(sql, sign_rating(signing_key(sql), answer->id), Score::kudos, words + " thanks", now));
      EXPECT_TRUE(keep_draft(sql, ana, in.ticket, MessageKind::reply, "Dear " + words, now));
      const auto voter = find_or_add_voter(sql, address, "en", now);
      EXPECT_TRUE(vote(sql, voter, idea_, now));
    });
    return in.ticket;
  }
  static CustomerId customer_in(store::Session& sql, const std::string& address) {
    return store::find_customer(sql, address)->id;
  }
  void make_ready() {
    write([&](store::Session& sql) {
      EXPECT_TRUE(add_webhook(
          sql, bob, {.url = "https://hooks.example", .events = {{"ticket.opened", "rating.given"}}, .active = {}},
          now));
      idea_ = *post_idea(sql, ana, {"Dark mode", "", "en"}, now);
    });
  }

  ArticleId article;
  IdeaId idea_;
};

TEST_P(Erasures, TakeAllThatTheCustomerLeftAndNothingOfAnother) {
  make_ready();
  const TicketId hers = leave_traces(vera, "quokka", {"quokka bytes", "the same bytes"});
  const TicketId his = leave_traces(joe, "wombat", {"wombat bytes", "the same bytes"});
  const auto before = places_of(canary);
  // The control: the same look finds her everywhere.
  for (const char* place : {"messages.text",
                            "messages.html",
                            "blobs.bytes",
                            "attachments.name",
                            "customers.name",
                            "customers.traits",
                            "customer_addresses.address",
                            "participants.address",
                            "tickets.subject",
                            "tickets.preview",
                            "events.data",
                            "incoming.sender",
                            "mail_queue.body",
                            "drafts.body",
                            "ratings.comment",
                            "deflection_sessions.query",
                            "deflection_sessions.session",
                            "lessons.text",
                            "lessons.asked_in",
                            "customer_events.name",
                            "surveys.person",
                            "idea_voters.address",
                            "idea_wishes.body",
                            "webhook_deliveries.body",
                            "notifications.by_name",
                            "import_ids.external_id"})
    EXPECT_TRUE(before.contains(place)) << place;
  const auto others = places_of("wombat");
  const std::string figures = report();
  const auto votes = db().read_now([&](store::Session& sql) { return store::find_idea(sql, idea_)->votes; });

  erase(customer(vera));

  EXPECT_EQ(places_of(canary), (std::map<std::string, int>()));
  auto left = places_of("wombat");
  // Mails that told agents of anything are nobody's once they are sent; nothing here is.
  EXPECT_EQ(left, others);
  EXPECT_EQ(report(), figures);
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return store::find_idea(sql, idea_)->votes; }), votes);
  EXPECT_EQ(findings(), std::vector<std::string>());
  EXPECT_EQ(places_of("the same bytes").at("blobs.bytes"), 1) << "he sent them, too";
  EXPECT_EQ(messages(his).size(), 4u);  // with the acknowledgement and the note
  const auto question =
      db().read_now([&](store::Session& sql) { return store::lessons_that_count(sql, article, {}, 10); });
  EXPECT_TRUE(std::ranges::none_of(question,
                                   [&](const auto& lesson) { return lesson.ticket == hers && !lesson.text.empty(); }));
}

TEST_P(Erasures, HideHerFromTheFirstMoment) {
  make_ready();
  const auto in = receive(question(vera, "quokka", {"quokka bytes"}));
  const auto answer = reply(in.ticket, {.text = "Soon.", .undo = std::chrono::seconds{30}});
  const auto attachment =
      db().read_now([&](store::Session& sql) { return store::attachments_of(sql, in.message).front().id; });
  const std::string link =
      write([&](store::Session& sql) { return sign_ticket_link(signing_key(sql), in.ticket, vera, now); });
  const std::string rating = write([&](store::Session& sql) { return sign_rating(signing_key(sql), answer->id); });
  const CustomerId id = customer(vera);
  ASSERT_EQ(queued().size(), 2u) << "the acknowledgement and the answer";

  ASSERT_TRUE(ask(id));

  EXPECT_TRUE(queued().empty()) << "what waits is not sent";
  db().read_now([&](store::Session& sql) {
    EXPECT_FALSE(view_ticket(sql, in.ticket, ana.agent));
    EXPECT_FALSE(list_messages(sql, ana, in.ticket, {}, 10));
    EXPECT_FALSE(view_message(sql, in.message));
    EXPECT_FALSE(read_file(sql, ana, attachment));
    EXPECT_FALSE(read_raw(sql, in.message));
    EXPECT_FALSE(view_customer(sql, id, ana.agent));
    EXPECT_TRUE(desk::list_tickets(sql, {.reader = ana.agent, .after = {}}).tickets.empty());
    EXPECT_TRUE(list_found(sql, {in.ticket}, ana.agent).empty());
    EXPECT_TRUE(store::tickets_to_index(sql, {in.ticket}).empty());
    EXPECT_EQ(open_public_ticket(sql, link, now).error(), errc::not_found);
    EXPECT_EQ(answer_to_rate(sql, rating, now).error(), errc::not_found);
    EXPECT_TRUE(store::customers_like(sql, "quokka", 10).empty());
  });
  EXPECT_FALSE(reply(in.ticket));

  // Whoever writes again is somebody new, and her mail begins something new.
  auto again = mail_from(vera, "It is me");
  again.to = {{"", reply_address(in.ticket)}};
  const auto anew = receive(again, reply_address(in.ticket));
  EXPECT_EQ(anew.outcome, IntakeOutcome::opened);
  EXPECT_NE(customer(vera), id);
  EXPECT_FALSE(ticket(anew.ticket).may_belong_to) << "of what nobody can look at";
  while (go_on()) {
  }
  EXPECT_EQ(messages(anew.ticket).front().text, "It is me");
  const auto places = places_of(vera);
  for (const char* place :
       {"messages.author_email", "participants.address", "incoming.sender", "customer_addresses.address"})
    EXPECT_TRUE(places.contains(place)) << place;
}

TEST_P(Erasures, LeaveToOthersTheMailThatWaitsForThem) {
  make_ready();
  receive(question(vera, "quokka"));
  const std::string longer = std::string("not") + vera;  // hers is within it
  receive(question(longer, "wombat"));
  auto shared = question(joe, "wallaby");
  shared.cc = {{"Vera", vera}};
  const auto in = receive(shared);
  ASSERT_TRUE(reply(in.ticket, {.text = "Both of you.", .undo = std::chrono::seconds{30}}));
  const auto recipients = [&] {
    std::vector<std::string> all;
    for (const auto& mail : queued())
      for (const auto& recipient : mail.recipients) all.push_back(recipient.address);
    std::ranges::sort(all);
    return all;
  };
  const std::vector<std::string> before = {joe, joe, longer, vera, vera};
  ASSERT_EQ(recipients(), before) << "acknowledgements, and the answer to both";

  ASSERT_TRUE(ask(customer(vera)));
  EXPECT_EQ(recipients(), (std::vector<std::string>{joe, joe, longer}));
  while (go_on()) {
  }
  EXPECT_EQ(recipients(), (std::vector<std::string>{joe, joe, longer}));
  const auto bodies = db().read_now([&](store::Session& sql) {
    return sql.all<std::string>("SELECT body FROM mail_queue WHERE ticket_id = :ticket", {{"ticket", in.ticket}});
  });
  EXPECT_EQ(bodies.size(), 2u);
  for (const auto& [body] : bodies) EXPECT_FALSE(body.contains(vera)) << body;
}

TEST_P(Erasures, CloseWhatNobodyWillAnswerAndKeepWhatWasMeasured) {
  const TicketId open = asked_by(vera);
  const TicketId answered = asked_by(vera);
  minutes_pass(3);
  ASSERT_TRUE(reply(answered));
  minutes_pass(60);
  const auto measured = waits(answered);
  erase(customer(vera));
  EXPECT_EQ(waits(answered), measured);
  ASSERT_EQ(waits(open).size(), 1u);
  EXPECT_EQ(waits(open).front().wait.ending, Ending::closed_unanswered);
  EXPECT_EQ(findings(), std::vector<std::string>());
}

TEST_P(Erasures, LeaveToOthersWhatWasMergedWithHers) {
  const TicketId hers = receive(question(vera, "quokka")).ticket;
  ASSERT_TRUE(reply(hers, {.text = "Dear quokka"}));
  minutes_pass(1);
  const TicketId his = receive(question(joe, "wombat")).ticket;
  ASSERT_TRUE(reply(his, {.text = "Dear wombat"}));
  const TicketId into_his = receive(question(vera, "quokka too")).ticket;
  const TicketId other = receive(question("una@x.example", "koala")).ticket;
  write([&](store::Session& sql) {
    EXPECT_TRUE(merge_tickets(sql, ana, his, hers, now));
    EXPECT_TRUE(merge_tickets(sql, ana, into_his, other, now));
  });
  const std::string figures = report();
  erase(customer(vera));
  EXPECT_EQ(places_of(canary), (std::map<std::string, int>()));
  const auto shown = ticket(hers);
  EXPECT_EQ(shown.customer, customer(joe));
  EXPECT_EQ(shown.subject, "wombat subject");
  std::vector<std::string> texts;
  for (const auto& message : messages(hers))
    if (!message.text.empty() && message.kind != MessageKind::ack) texts.push_back(message.text);
  EXPECT_EQ(texts, (std::vector<std::string>{"wombat", "Dear wombat"}));
  EXPECT_EQ(ticket(other).customer, customer("una@x.example"));
  EXPECT_EQ(report(), figures);
  EXPECT_EQ(findings(), std::vector<std::string>());
}

TEST_P(Erasures, LeaveBytesThatAreSomebodyElsesRawMail) {
  const mail::Message his = question(joe, "wombat");
  const auto in = receive(his);
  const std::string raw = "Message-ID: <" + his.message_id + ">\r\n\r\n" + his.text;
  const auto hers = receive(question(vera, "quokka", {raw, "quokka bytes"}));
  const auto read = [&](MessageId message) {
    return db().read_now([&](store::Session& sql) { return read_raw(sql, message); });
  };
  ASSERT_TRUE(read(hers.message));
  erase(customer(vera));
  EXPECT_EQ(read(in.message).value(), raw);
  EXPECT_EQ(places_of(canary), (std::map<std::string, int>()));
  EXPECT_EQ(findings(), std::vector<std::string>());
  erase(customer(joe));
  EXPECT_FALSE(places_of("wombat").contains("blobs.bytes")) << "now nobody needs them";
}

TEST_P(Erasures, AreDoneInBoundedPieces) {
  const TicketId hers = receive(question(vera, "quokka")).ticket;
  write([&](store::Session& sql) {
    for (int i = 0; i < 230; ++i)
      EXPECT_TRUE(add_message(sql, ana, hers, {.kind = MessageKind::note, .text = "quokka note"}, now));
  });
  const auto words = [&] {
    const auto places = places_of(canary);
    const auto found = places.find("messages.text");
    return found == places.end() ? 0 : found->second;
  };
  ASSERT_TRUE(ask(customer(vera)));
  int most = 0;
  for (int before = words(); go_on();) {
    const int after = words();
    most = std::max(most, before - after);
    before = after;
  }
  EXPECT_EQ(words(), 0);
  EXPECT_GT(most, 0);
  EXPECT_LE(most, 100) << "messages in one transaction";
}

TEST_P(Erasures, AreAnAdminsAndHappenOnce) {
  asked_by(vera);
  const CustomerId id = customer(vera);
  EXPECT_EQ(write([&](store::Session& sql) { return erase_customer(sql, ana, id, now); }).error(), errc::forbidden);
  EXPECT_EQ(ask(CustomerId(4221)).error(), errc::not_found);
  const auto first = ask(id);
  ASSERT_TRUE(first);
  minutes_pass(1);
  EXPECT_EQ(ask(id)->asked_at, first->asked_at);
  while (go_on()) {
  }
  EXPECT_TRUE(ask(id)->finished_at);
  EXPECT_FALSE(go_on());
}

FIFTEEN_BOTH_DATABASES(Erasures);

}  // namespace
}  // namespace fifteen::desk
