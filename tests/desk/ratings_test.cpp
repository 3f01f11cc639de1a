#include "server/desk/portal/ratings.hpp"

#include <algorithm>
#include <thread>

#include "server/desk/team/webhooks.hpp"
#include "server/desk/tickets/joining.hpp"
#include "server/store/migrate.hpp"
#include "server/store/references.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

constexpr const char* site = "https://help.desk.example";

class Ratings : public Desk {
 protected:
  NewMessage with_links(const std::string& text = "Here it is.") { return {.text = text, .site = site}; }
  MessageId answer(TicketId ticket) { return reply(ticket, with_links())->id; }
  std::string token_of(MessageId message) {
    return write([&](store::Session& sql) { return sign_rating(signing_key(sql), message); });
  }
  result<void> press(const std::string& token, Score score, const std::string& words = "") {
    return write([&](store::Session& sql) { return rate(sql, token, score, words, now); });
  }
  error_code opened(const std::string& token) {
    return db().read_now([&](store::Session& sql) {
      const auto found = answer_to_rate(sql, token, now);
      return found ? error_code() : found.error();
    });
  }
  std::optional<store::Rating> rating(MessageId message) {
    return db().read_now([&](store::Session& sql) { return store::rating_of(sql, message); });
  }
  std::int64_t count(const std::string& of) {
    return db().read_now(
        [&](store::Session& sql) { return std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM " + of)); });
  }
  // Text and HTML of the mail that carries a message.
  std::pair<std::string, std::string> mail_of(MessageId message) {
    const auto far = now + std::chrono::days{30};
    for (const auto& claimed :
         write([&](store::Session& sql) { return store::claim_mails(sql, "test", far, far, 100); }))
      if (claimed.mail.message == message) return {claimed.mail.text, claimed.mail.html};
    return {};
  }
  std::vector<store::ListedRating> listed(const Actor& reader, const store::RatingList& list, int limit = 100) {
    return db().read_now([&](store::Session& sql) {
      auto page = list_ratings(sql, reader, list, limit);
      return page ? page->ratings : std::vector<store::ListedRating>();
    });
  }
};

TEST_P(Ratings, WebhooksAreToldOfEachChange) {
  const auto hook = write([&](store::Session& sql) {
    return add_webhook(sql, bob, {.url = "https://hooks.example", .events = {{"rating.given"}}, .active = {}}, now);
  });
  const MessageId message = answer(asked_by("joe@client.example"));
  for (const Score score : {Score::good, Score::good, Score::kudos}) EXPECT_TRUE(press(token_of(message), score));
  const auto told = db().read_now([&](store::Session& sql) { return store::deliveries_of(sql, hook->id, 10); });
  EXPECT_EQ(told.size(), 2u) << "the same again is no news";
}

TEST_P(Ratings, AreAskedForBelowTheSignatureInTheCustomersLanguage) {
  write([&](store::Session& sql) {
    auto with_signature = *store::find_mailbox(sql, mailbox);
    with_signature.signature = "Studio Help";
    store::save_mailbox(sql, with_signature);
  });
  const auto ticket = receive(mail_from("giulia@rossi.example",
                                        "Buongiorno, non riesco a esportare la fattura di "
                                        "marzo, potete aiutarmi per favore?"))
                          .ticket;
  const MessageId message = answer(ticket);

  const auto [text, html] = mail_of(message);

  const std::string link = std::string(site) + "/rate/" + token_of(message);
  const auto signature = text.find("Studio Help"), ask = text.find("Com’era questa risposta?"),
             quote = text.find("> Buongiorno");
  EXPECT_TRUE(signature < ask && ask < quote && quote != text.npos) << text;
  EXPECT_TRUE(text.contains("Ottima, grazie: " + link + "/1\nBuona: " + link + "/2\n")) << text;
  EXPECT_TRUE(text.contains(link + "/3\n")) << text;
  for (const char* choice : {"/1", "/2", "/3"})
    EXPECT_TRUE(html.contains("<a href=\"" + link + choice + "\">")) << html;
}

TEST_P(Ratings, AreAskedForByAnswersAlone) {
  const TicketId ticket = asked_by("joe@x.example");
  const MessageId note = reply(ticket, {.kind = MessageKind::note, .text = "Hm.", .site = site})->id;
  const MessageId without_site = reply(ticket, {.text = "Here."})->id;
  const auto started = write([&](store::Session& sql) {
    return start_ticket(sql, ana, {.email = "eve@x.example", .subject = "Hello", .text = "Your order is late."}, now);
  });
  write([&](store::Session& sql) { store::set_asks_rating(sql, mailbox, false); });
  const MessageId unasked = answer(ticket);
  write([&](store::Session& sql) { store::set_asks_rating(sql, mailbox, true); });
  const MessageId asked = answer(ticket);

  const auto far = now + std::chrono::days{30};
  std::vector<MessageId> asking;
  for (const auto& claimed : write([&](store::Session& sql) { return store::claim_mails(sql, "t", far, far, 100); }))
    if ((claimed.mail.text + claimed.mail.html).contains("/rate/")) asking.push_back(claimed.mail.message);

  EXPECT_EQ(asking, std::vector{asked}) << "not " << note.value << " (a note), " << without_site.value << ", "
                                        << started->message.value << " (answers nobody), " << unasked.value;
}

TEST_P(Ratings, CountTheLastPressAndLeaveTheTicketAsItIs) {
  const TicketId ticket = asked_by("joe@x.example");
  minutes_pass(4);
  const MessageId message = reply(ticket, {.text = "So.", .close = true, .site = site})->id;
  const std::string token = token_of(message);
  const auto before = this->ticket(ticket);
  const auto waits_before = waits(ticket);
  minutes_pass(3);

  ASSERT_TRUE(press(token, Score::good));
  minutes_pass(1);
  ASSERT_TRUE(press(token, Score::kudos, "So fast!"));
  ASSERT_TRUE(press(token, Score::kudos, "So fast!"));  // the button once more

  const auto kept = rating(message);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->score, Score::kudos);
  EXPECT_EQ(kept->comment, "So fast!");
  EXPECT_EQ(kept->at, now);
  EXPECT_EQ(count("ratings"), 1);
  EXPECT_EQ(count("events WHERE kind = 'rated'"), 2) << "each press that changed something";
  EXPECT_EQ(count("notifications WHERE what = 'kudos'"), 1) << "Ana hears of the praise, once";
  EXPECT_EQ(this->ticket(ticket).version, before.version);
  EXPECT_EQ(this->ticket(ticket).summary, before.summary);
  EXPECT_EQ(waits(ticket), waits_before);
  EXPECT_EQ(db().read_now([](store::Session& sql) { return store::dangling_references(sql); }),
            std::vector<std::string>());
}

TEST_P(Ratings, NeedTheLinkOfTheirOwnAnswer) {
  const TicketId ticket = asked_by("joe@x.example");
  const MessageId message = answer(ticket), other = answer(ticket);
  const std::string good = token_of(message);
  const std::string of_other = token_of(other).substr(token_of(other).find('.'));
  const std::string bounce = write([&](store::Session& sql) {
    const std::string address = sign_bounce_address(signing_key(sql), message, "help@desk.example");
    return "m" + address.substr(address.find("+b") + 2, address.find('@') - address.find("+b") - 2);
  });
  std::string altered = good;
  altered.back() = altered.back() == '0' ? '1' : '0';
  const std::string foreign = sign_rating(Key{}, message), number = good.substr(0, good.find('.'));
  const MessageId note = reply(ticket, {.kind = MessageKind::note, .text = "Hm."})->id;
  const auto thread = messages(ticket);
  const auto ack = std::ranges::find(thread, MessageKind::ack, &store::Message::kind);

  ASSERT_EQ(opened(good), error_code()) << "the control";
  for (const std::string& wrong :
       {number + of_other, bounce, altered, foreign, number, number + ".", good + "0", "m0" + good.substr(2),
        " " + good, std::string("x"), token_of(note), token_of(ack->id), token_of(MessageId(987654321))}) {
    EXPECT_EQ(opened(wrong), errc::not_found) << wrong;
    EXPECT_EQ(press(wrong, Score::kudos).error(), errc::not_found) << wrong;
  }
  EXPECT_EQ(count("ratings"), 0);
}

TEST_P(Ratings, EndAfterNinetyDays) {
  const std::string token = token_of(answer(asked_by("joe@x.example")));
  now += std::chrono::days{90} - Microseconds{1};
  EXPECT_TRUE(press(token, Score::bad));
  now += Microseconds{1};
  EXPECT_EQ(opened(token), errc::expired);
  EXPECT_EQ(press(token, Score::good).error(), errc::expired);
}

TEST_P(Ratings, AreNotGivenToWhatWasTakenBackOrNeverArrived) {
  const TicketId ticket = asked_by("joe@x.example");
  const MessageId undone = reply(ticket, {.text = "Hasty", .undo = std::chrono::seconds{10}, .site = site})->id;
  write([&](store::Session& sql) { ASSERT_TRUE(undo_reply(sql, ana, undone, now)); });
  const MessageId bounced = answer(ticket);
  write([&](store::Session& sql) { reply_bounced(sql, bounced, "550 5.1.1 unknown", now); });
  EXPECT_EQ(opened(token_of(undone)), errc::not_found);
  EXPECT_EQ(opened(token_of(bounced)), errc::not_found);

  // The bounce stays known where the answer goes.
  const auto part = write([&](store::Session& sql) { return *split_ticket(sql, ana, ticket, {bounced}, now); });
  EXPECT_NE(part, ticket);
  EXPECT_EQ(opened(token_of(bounced)), errc::not_found);
}

TEST_P(Ratings, GoWithTheirAnswerThroughMergeAndSplit) {
  const TicketId one = asked_by("joe@x.example"), two = asked_by("eve@x.example");
  const MessageId message = answer(one);
  ASSERT_TRUE(press(token_of(message), Score::kudos, "Thanks"));
  const auto is_beside_it_in = [&](TicketId ticket) {
    return db().read_now([&](store::Session& sql) {
      const auto page = list_messages(sql, ana, ticket, {}, 50);
      return std::ranges::any_of(page->messages,
                                 [&](const MessageView& view) { return view.message.id == message && view.rating; });
    });
  };

  write([&](store::Session& sql) { ASSERT_TRUE(merge_tickets(sql, ana, one, two, now)); });
  EXPECT_TRUE(is_beside_it_in(two));
  EXPECT_EQ(listed(bob, {}).front().ticket, two);
  const auto part = write([&](store::Session& sql) { return *split_ticket(sql, ana, two, {message}, now); });
  EXPECT_TRUE(is_beside_it_in(part));
  EXPECT_FALSE(is_beside_it_in(two));
  ASSERT_TRUE(press(token_of(message), Score::good)) << "the link still leads to it";
  EXPECT_EQ(rating(message)->ticket, part);
}

TEST_P(Ratings, AreSeenByWhoEarnedThemAndByManagers) {
  const TicketId ticket = asked_by("joe@x.example");
  const Actor tom = write([&](store::Session& sql) {
    return Actor::of(*store::add_agent(sql, {{}, "tom@desk.example", "Tom", Role::agent, true, now}), Role::agent);
  });
  const MessageId of_ana = answer(ticket);
  const MessageId of_bob =
      write([&](store::Session& sql) { return add_message(sql, bob, ticket, with_links(), now)->id; });
  ASSERT_TRUE(press(token_of(of_ana), Score::kudos));
  minutes_pass(1);
  ASSERT_TRUE(press(token_of(of_bob), Score::bad));

  const auto seen = [&](const Actor& reader) {
    return db().read_now([&](store::Session& sql) {
      std::vector<MessageId> rated;
      for (const MessageView& view : list_messages(sql, reader, ticket, {}, 50)->messages)
        if (view.rating) rated.push_back(view.message.id);
      return rated;
    });
  };
  EXPECT_EQ(seen(ana), std::vector{of_ana});
  EXPECT_EQ(seen(bob), (std::vector{of_ana, of_bob}));
  EXPECT_EQ(seen(Actor::system()), (std::vector{of_ana, of_bob}));
  EXPECT_TRUE(seen(tom).empty());
  const auto refused = [&](const Actor& reader, AgentId agent) {
    return db().read_now(
        [&](store::Session& sql) { return list_ratings(sql, reader, {.agent = agent}, 10).has_error(); });
  };
  EXPECT_TRUE(refused(tom, ana.agent));
  EXPECT_TRUE(refused(tom, {}));
  EXPECT_FALSE(refused(tom, tom.agent));
  EXPECT_FALSE(refused(bob, ana.agent));
}

TEST_P(Ratings, AreListedByKeyTheLatestFirst) {
  std::vector<MessageId> rated;
  for (int i = 0; i < 5; ++i) {
    rated.push_back(answer(asked_by("c" + std::to_string(i) + "@x.example")));
    if (i != 3) minutes_pass(1);  // two in the same instant
    ASSERT_TRUE(press(token_of(rated.back()), i % 2 ? Score::good : Score::kudos));
  }
  for (const AgentId agent : {AgentId(), ana.agent}) {
    std::vector<MessageId> all;
    std::optional<store::RatingPlace> next = store::RatingPlace();
    for (int pages = 0; next && pages < 9; ++pages)
      db().read_now([&](store::Session& sql) {
        const auto page = *list_ratings(sql, bob, {.agent = agent, .before = *next}, 2);
        for (const auto& one : page.ratings) all.push_back(one.rating.message);
        next = page.next ? parse_rating_cursor(to_cursor(*page.next)) : std::nullopt;
      });
    EXPECT_EQ(all, std::vector(rated.rbegin(), rated.rend()));
    EXPECT_EQ(listed(bob, {.agent = agent, .score = Score::kudos}).size(), 3u);
    EXPECT_EQ(listed(bob, {.agent = agent, .from = now}).size(), 1u);
    EXPECT_EQ(listed(bob, {.agent = agent, .before = {now, 0}}).size(), 4u) << "`to` itself is not in it";
  }
  EXPECT_TRUE(listed(bob, {.agent = bob.agent}).empty());
  const auto one = listed(ana, {.agent = ana.agent}).front();
  EXPECT_EQ(one.agent_name, "Ana");
  EXPECT_EQ(one.customer_email, "c4@x.example");
}

TEST_P(Ratings, PressedOnTwoNodesAtOnceAreOne) {
  const MessageId message = answer(asked_by("joe@x.example"));
  const std::string token = token_of(message);
  store::Database other(files().options());
  const auto press_on = [&](store::Database& node, Score score) {
    for (int i = 0; i < 20; ++i)
      node.write_now([&](store::Session& sql) {
        EXPECT_TRUE(rate(sql, token, score, std::to_string(i), now + std::chrono::seconds{i}));
      });
  };
  {
    std::jthread one([&] { press_on(db(), Score::kudos); }), two([&] { press_on(other, Score::good); });
  }
  EXPECT_EQ(count("ratings"), 1);
  EXPECT_EQ(count("rating_agents"), 1);
  EXPECT_EQ(rating(message)->comment, "19");
}

// What an earlier version kept: several ratings of an answer, and some of a ticket as a whole.
TEST_P(Ratings, OfAnEarlierVersionFindTheirAnswers) {
  const TicketId ticket = asked_by("joe@x.example"), silent = asked_by("eve@x.example");
  const MessageId first = answer(ticket);
  minutes_pass(10);
  const MessageId second = answer(ticket);
  const auto sql = store::connect(files().options(), true);
  const bool sqlite = sql->backend() == store::Backend::sqlite;
  for (const std::string index : {"ratings_of_message", "ratings_at"})
    sql->execute("DROP INDEX " + index + (sqlite ? "" : " ON ratings"));
  sql->execute("DROP TABLE rating_agents");
  sql->execute("DROP TABLE unrated_mailboxes");
  sql->execute("DELETE FROM schema_version WHERE version >= 5");
  const auto add = [&](TicketId of, std::optional<MessageId> message, int minutes, const char* score) {
    const auto id = sql->insert(
        "INSERT INTO ratings (ticket_id, message_id, at, score, comment) VALUES (:t, :m, :at, :score, 'It’s \"so\".')",
        {{"t", of}, {"m", message}, {"at", now + std::chrono::minutes{minutes}}, {"score", score}});
    store::add_event(*sql, {.at = now + std::chrono::minutes{minutes},
                            .kind = "rated",
                            .ticket = of,
                            .message = message.value_or(MessageId()),
                            .actor = ActorKind::customer,
                            .data = "{\"rating\":" + std::to_string(id) + ",\"extra\":{\"x\":1}}"});
  };
  sql->begin();
  add(ticket, first, 1, "good");
  add(ticket, first, 2, "kudos");
  add(ticket, {}, -5, "bad");  // before the second answer: the first one's, but an older word on it
  add(ticket, {}, 3, "good");  // after it
  add(silent, {}, 3, "bad");
  sql->commit();

  store::migrate(files().options());
  store::migrate(files().options());

  EXPECT_EQ(rating(first)->score, Score::kudos) << "the last word";
  EXPECT_EQ(rating(second)->score, Score::good);
  EXPECT_EQ(count("ratings WHERE message_id IS NOT NULL"), 2);
  EXPECT_EQ(count("ratings WHERE message_id IS NULL"), 1) << "nobody has answered there";
  EXPECT_EQ(listed(ana, {.agent = ana.agent}).size(), 2u);
  std::string told;
  for (const auto& event : db().read_now([&](store::Session& read) { return store::events_of(read, ticket); })) {
    if (event.kind != "rated") continue;
    const auto given = rating_in(event);
    told += std::string(name(given.score)) + (given.message ? "*" : "") + given.comment + " ";
    EXPECT_TRUE(event.data.contains("extra"));
  }
  EXPECT_EQ(told, "badIt’s \"so\". good*It’s \"so\". kudos*It’s \"so\". goodIt’s \"so\". ");
}

FIFTEEN_BOTH_DATABASES(Ratings);

}  // namespace
}  // namespace fifteen::desk
