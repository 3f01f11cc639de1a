#include "server/desk/deflection/deflection.hpp"

#include <thread>

#include "server/desk/deflection/list_notebook.hpp"
#include "server/store/articles.hpp"
#include "server/store/deflection.hpp"
#include "server/store/deflection_days.hpp"
#include "server/store/references.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using store::DraftAct;
using store::Shown;

class Deflection : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    refunds = write([&](store::Session& sql) {
      return store::add_article(sql, {.slug = "refunds",
                                      .title = "Refunds",
                                      .body = "Money back.",
                                      .locale = "en",
                                      .state = store::ArticleState::published,
                                      .created_at = now,
                                      .updated_at = now});
    });
  }
  ListNoted typed(const std::string& query, std::vector<ArticleId> found, bool withheld = false) {
    ListNoted noted;
    noted.visitor = visit.visitor;
    noted.session = visit.session;
    noted.locale = "en";
    noted.query = query;
    noted.withheld = withheld;
    for (const ArticleId id : found)
      noted.list.push_back({.id = id.value, .title = "", .url = "", .locale = "", .score = 0.5});
    return noted;
  }
  void list(const ListNoted& noted) {
    write([&](store::Session& sql) { note_list(sql, noted, now); });
  }
  error_code event(DeflectionEvent what, ArticleId article = {}, TicketId ticket = {}) {
    return write([&](store::Session& sql) {
      const auto noted = note_event(sql, visit.session, what, article, ticket, now);
      return noted ? error_code() : noted.error();
    });
  }
  std::optional<store::QuestionDraft> draft(const std::string& session = "") {
    return db().read_now([&](store::Session& sql) {
      return store::find_question_draft(sql, session.empty() ? visit.session : session);
    });
  }

  ArticleId refunds;
  Visit visit = new_visit();
};
FIFTEEN_BOTH_DATABASES(Deflection);

TEST_P(Deflection, ADraftKeepsItsNewestListAndWhetherThereWasOne) {
  const Instant began = now;
  list(typed("ref", {}));
  EXPECT_EQ(draft()->shown, Shown::nothing);
  EXPECT_TRUE(draft()->is_wanting) << "it listed nothing";
  minutes_pass(1);
  list(typed("refund for joe@client.example", {refunds}));
  minutes_pass(1);
  list(typed("refund for joe@client.example of March", {}));

  const auto kept = *draft();
  EXPECT_EQ(kept.visitor, visit.visitor);
  EXPECT_EQ(kept.started_at, began);
  EXPECT_EQ(kept.last_at, now);
  EXPECT_EQ(kept.shown, Shown::list) << "once shown it was shown";
  EXPECT_EQ(kept.query, "refund for … of March");
  EXPECT_TRUE(kept.answers && kept.answers->empty());
  EXPECT_TRUE(kept.is_wanting);
}

TEST_P(Deflection, AWithheldListIsKeptButCountsAsWithheld) {
  list(typed("refund", {refunds}, true));
  const auto kept = *draft();
  EXPECT_EQ(kept.shown, Shown::withheld);
  ASSERT_TRUE(kept.answers);
  ASSERT_EQ(kept.answers->size(), 1u);
  EXPECT_EQ(kept.answers->front().id, refunds.value);
  EXPECT_EQ(kept.answers->front().score, 0.5);
  EXPECT_FALSE(kept.is_wanting);
  event(DeflectionEvent::sent, {}, asked_by("joe@client.example"));
  EXPECT_FALSE(draft()->is_wanting) << "nobody has seen that list";
}

TEST_P(Deflection, EventsCountOnce) {
  list(typed("refund", {refunds}));
  EXPECT_EQ(event(DeflectionEvent::show, refunds), error_code());
  EXPECT_EQ(event(DeflectionEvent::show, refunds), error_code());
  EXPECT_EQ(event(DeflectionEvent::helpful, refunds), error_code());
  EXPECT_EQ(event(DeflectionEvent::show, ArticleId(999)), errc::not_found);

  const auto day = db().read_now(
      [&](store::Session& sql) { return store::drafts_between(sql, now - draft_lasts, now + draft_lasts); });
  ASSERT_EQ(day.size(), 1u);
  using Act = std::pair<DraftAct, ArticleId>;
  EXPECT_EQ(day[0].acts, (std::vector<Act>{{DraftAct::show, refunds}, {DraftAct::helpful, refunds}}));
  EXPECT_TRUE(day[0].draft.has(DraftAct::show) && day[0].draft.has(DraftAct::helpful));
  EXPECT_FALSE(day[0].draft.has(DraftAct::solved));
}

TEST_P(Deflection, ADraftEndsWhenItIsSent) {
  list(typed("refund", {refunds}));
  const TicketId ticket = asked_by("joe@client.example");
  minutes_pass(1);
  event(DeflectionEvent::sent, {}, ticket);
  EXPECT_TRUE(draft()->is_wanting) << "a list that did not help";
  const Instant sent = now;
  minutes_pass(1);
  list(typed("something else", {}));
  EXPECT_EQ(event(DeflectionEvent::show, refunds), errc::expired);

  EXPECT_EQ(draft()->sent_at, sent);
  EXPECT_EQ(draft()->ticket, ticket);
  EXPECT_EQ(draft()->query, "refund");
  EXPECT_EQ(draft()->acts, 0);
}

TEST_P(Deflection, ADraftEndsAfterThirtyMinutesWithoutASign) {
  list(typed("refund", {refunds}));
  minutes_pass(30);
  EXPECT_EQ(event(DeflectionEvent::show, refunds), error_code()) << "to the minute";
  minutes_pass(31);
  EXPECT_EQ(event(DeflectionEvent::helpful, refunds), errc::expired);
  list(typed("a new question", {}));
  EXPECT_EQ(draft()->query, "refund");

  const TicketId ticket = asked_by("joe@client.example");
  EXPECT_EQ(event(DeflectionEvent::sent, {}, ticket), error_code());
  EXPECT_FALSE(draft()->sent_at) << "it had been abandoned";
  EXPECT_EQ(draft()->ticket, ticket) << "what became of its words is known all the same";
}

TEST_P(Deflection, AnEventMayComeBeforeItsList) {
  const TicketId ticket = asked_by("joe@client.example");
  const Instant listed = now;
  minutes_pass(1);
  event(DeflectionEvent::sent, {}, ticket);
  ASSERT_TRUE(draft());
  EXPECT_EQ(draft()->visitor, "");
  // Another node writes what it had noted before.
  write([&](store::Session& sql) {
    note_lists(sql, {.newest = typed("refund", {refunds}), .held_answers = true, .first_at = listed, .last_at = listed},
               now);
  });

  EXPECT_EQ(draft()->visitor, visit.visitor);
  EXPECT_EQ(draft()->shown, Shown::list);
  EXPECT_EQ(draft()->started_at, listed);
  EXPECT_EQ(draft()->sent_at, now);
}

TEST_P(Deflection, AMailsLinkSolvesUntilAnAgentAnswers) {
  const TicketId first = asked_by("joe@client.example"), second = asked_by("ann@client.example");
  for (const TicketId ticket : {first, second}) {
    ListNoted noted = typed("Where is it?", {refunds});
    noted.channel = Channel::email;
    noted.session = session_of_ticket(ticket);
    noted.ticket = ticket;
    list(noted);
  }
  ASSERT_TRUE(reply(second));
  minutes_pass(60 * 24);
  const auto solved = [&](TicketId ticket) {
    return write([&](store::Session& sql) {
      return note_event(sql, session_of_ticket(ticket), DeflectionEvent::solved, refunds, ticket, now).has_value();
    });
  };
  EXPECT_TRUE(solved(first));
  EXPECT_TRUE(solved(second)) << "thanks are welcome at any time";

  EXPECT_TRUE(draft(session_of_ticket(first))->has(DraftAct::solved));
  EXPECT_FALSE(draft(session_of_ticket(second))->has(DraftAct::solved));
  const auto changed = db().read_now([](store::Session& sql) { return store::changed_draft_days(sql); });
  EXPECT_EQ(changed.size(), 1u) << "a day that is over has changed";
}

TEST_P(Deflection, HasABoundOfEventsADraft) {
  list(typed("refund", {refunds}));
  std::vector<ArticleId> many;
  for (int i = 0; i < 41; ++i)
    many.push_back(write([&](store::Session& sql) {
      return store::add_article(sql, {.slug = "a" + std::to_string(i),
                                      .title = "A",
                                      .body = "B",
                                      .locale = "en",
                                      .state = store::ArticleState::published,
                                      .created_at = now,
                                      .updated_at = now});
    }));
  for (int i = 0; i < 40; ++i) EXPECT_EQ(event(DeflectionEvent::show, many[static_cast<std::size_t>(i)]), error_code());
  EXPECT_EQ(event(DeflectionEvent::show, many[40]), errc::too_many);
}

TEST_P(Deflection, TwoNodesThatWriteADraftAtOnceLoseNothing) {
  list(typed("refund", {refunds}));
  std::thread other([&] {
    for (int i = 0; i < 20; ++i)
      write([&](store::Session& sql) { note_list(sql, typed("refund " + std::to_string(i), {refunds}), now); });
  });
  const TicketId ticket = asked_by("joe@client.example");
  event(DeflectionEvent::show, refunds);
  event(DeflectionEvent::helpful, refunds);
  write([&](store::Session& sql) {
    return note_event(sql, visit.session, DeflectionEvent::sent, {}, ticket, now + draft_lasts).has_value();
  });
  other.join();

  EXPECT_TRUE(draft()->has(DraftAct::show) && draft()->has(DraftAct::helpful) && draft()->sent_at);
  EXPECT_EQ(draft()->ticket, ticket);
}

TEST_P(Deflection, IsForgottenWithItsWords) {
  list(typed("refund", {refunds}));
  event(DeflectionEvent::show, refunds);
  minutes_pass(60);
  visit = new_visit();
  list(typed("export", {}));

  const auto drop = [&](Instant before) {
    return write([&](store::Session& sql) { return store::drop_old_drafts(sql, before, 100); });
  };
  EXPECT_EQ(drop(now), 1);
  EXPECT_EQ(drop(now), 0);
  EXPECT_EQ(draft()->query, "export");
  EXPECT_TRUE(db().read_now([](store::Session& sql) { return store::dangling_references(sql); }).empty());
}

TEST_P(Deflection, TheNotebookKeepsTheNewestListAndForgetsNone) {
  ListNotebook notebook(2);
  notebook.note(typed("ref", {refunds}), now);
  minutes_pass(1);
  notebook.note(typed("ref for joe", {}), now);
  const Visit mine = std::exchange(visit, new_visit());
  notebook.note(typed("export", {}), now);
  visit = new_visit();
  notebook.note(typed("too many", {}), now);
  EXPECT_EQ(notebook.dropped(), 1) << "no room, and nothing written yet";

  const auto entries = notebook.unwritten(10);
  ASSERT_EQ(entries.size(), 2u);
  visit = mine;
  notebook.note(typed("ref for ann", {}), now);  // meanwhile
  write([&](store::Session& sql) {
    for (const auto& entry : entries) note_lists(sql, entry.noted, now);
  });
  notebook.set_written(entries);
  EXPECT_EQ(draft()->query, "ref for joe");
  EXPECT_EQ(draft()->shown, Shown::list) << "the first list held an answer";
  EXPECT_EQ(notebook.unwritten(10).size(), 1u);
  write([&](store::Session& sql) { notebook.write(sql, mine.session, now); });
  EXPECT_EQ(draft()->query, "ref for ann");

  visit = new_visit();
  notebook.note(typed("room again", {}), now);
  EXPECT_EQ(notebook.dropped(), 1) << "what was written makes room";
}

TEST_P(Deflection, TheControlGroupIsAHashOfTheVisitorAlone) {
  const Key key = write([](store::Session& sql) { return signing_key(sql); });
  const auto share_withheld = [&](int count) {
    int withheld = 0;
    for (int i = 0; i < count; ++i)
      withheld += db().read_now([&](store::Session& sql) { return is_withheld(sql, "visitor" + std::to_string(i)); });
    return withheld;
  };
  EXPECT_EQ(db().read_now([](store::Session& sql) { return control_share(sql); }), 0.1);
  const int before = share_withheld(300);
  EXPECT_NEAR(before, 30, 25);
  EXPECT_EQ(share_withheld(300), before);
  write([](store::Session& sql) { set_control_share(sql, 0.3); });
  for (int i = 0; i < 300; ++i) {
    const std::string visitor = "visitor" + std::to_string(i);
    if (is_in_control_group(key, visitor, 0.1)) {
      EXPECT_TRUE(db().read_now([&](store::Session& sql) { return is_withheld(sql, visitor); }));
    }
  }
  write([](store::Session& sql) { set_control_share(sql, 0); });
  EXPECT_EQ(share_withheld(300), 0);
  write([](store::Session& sql) { set_control_share(sql, 7); });
  EXPECT_EQ(db().read_now([](store::Session& sql) { return control_share(sql); }), largest_control_share);
}

TEST_P(Deflection, AVisitIsOursOrNone) {
  const Key key = write([](store::Session& sql) { return signing_key(sql); });
  const std::string ours = sign_visit(key, visit);
  const auto known = verify_visit(key, ours);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->visitor, visit.visitor);
  EXPECT_EQ(known->session, visit.session);
  EXPECT_TRUE(is_visit_name(visit.visitor) && is_visit_name(visit.session));
  for (std::size_t i = 0; i < ours.size(); ++i) {
    std::string changed = ours;
    changed[i] = changed[i] == 'a' ? 'b' : 'a';
    EXPECT_FALSE(verify_visit(key, changed)) << i;
    EXPECT_FALSE(verify_visit(key, ours.substr(0, i)));
  }
  EXPECT_FALSE(is_visit_name(session_of_ticket(TicketId(1))));
  EXPECT_EQ(visitor_of_address(key, "Joe@Client.example"), visitor_of_address(key, "joe@client.example"));
}

}  // namespace
}  // namespace fifteen::desk
