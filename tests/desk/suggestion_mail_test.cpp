#include "server/desk/mail/suggestion_mail.hpp"

#include "server/desk/deflection/deflection.hpp"
#include "server/desk/deflection/visits.hpp"
#include "server/desk/portal/site.hpp"
#include "server/store/deflection.hpp"
#include "server/store/suggestion_choices.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using store::ArticleState;

const std::string site = "https://help.desk.example";

// New questions by mail, for which articles were found.
class SuggestionMailTest : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    two_charges = article("two-charges", "Two charges on the card?", "en");
    refunds = article("refunds", "Refunds & how <long> they take", "en");
    write([](store::Session& sql) {
      keep_public_url(sql, site);
      set_control_share(sql, 0);
    });
  }

  ArticleId article(const std::string& slug, const std::string& title, const std::string& locale,
                    ArticleState state = ArticleState::published) {
    return write([&](store::Session& sql) {
      return store::add_article(
          sql, {.slug = slug, .title = title, .body = "…", .locale = locale, .state = state, .created_at = now});
    });
  }
  search::Suggestions found(const std::vector<ArticleId>& articles, double confidence = 0.9) {
    search::Suggestions found{.list = {}, .confidence = confidence};
    for (const ArticleId id : articles) found.list.push_back({search::Kind::article, id.value, 1});
    return found;
  }

  TicketId ask(const std::string& address, const std::optional<search::Suggestions>& found,
               const std::string& text = "I was charged twice for the same order, why is that?") {
    const mail::Message message = mail_from(address, text);
    const std::string raw = "Message-ID: <" + message.message_id + ">\r\n\r\n" + text;
    const ReceivedMail mail{.message = message,
                            .raw = raw,
                            .spool_key = message.message_id,
                            .door = "smtp",
                            .sender = address,
                            .recipients = {"help@desk.example"},
                            .received_at = now,
                            .found = found};
    return write([&](store::Session& sql) { return receive_mails(sql, {&mail, 1}, now).front().ticket; });
  }
  // What goes out to who asked.
  store::QueuedMail acknowledged(TicketId id) {
    for (const auto& claimed : write([&](store::Session& sql) {
           return store::claim_mails(sql, "test", now, now + std::chrono::minutes{1}, 100);
         }))
      if (claimed.mail.kind == "ack" && claimed.mail.ticket == id) return claimed.mail;
    ADD_FAILURE() << "no acknowledgement";
    return {};
  }
  std::string link_to(TicketId ticket, ArticleId article) {
    return site + "/solved/" +
           write([&](store::Session& sql) { return sign_solved(signing_key(sql), {ticket, article}); });
  }
  std::optional<store::QuestionDraft> noted(TicketId id) {
    return db().read_now([&](store::Session& sql) { return store::find_question_draft(sql, session_of_ticket(id)); });
  }
  std::string sender_who_is(bool withheld) {
    return write([&](store::Session& sql) {
      const Key key = signing_key(sql);
      for (int i = 0;; ++i) {
        std::string address = "joe" + std::to_string(i) + "@client.example";
        if (is_in_control_group(key, visitor_of_address(key, address), 0.5) == withheld) return address;
      }
    });
  }
  static bool suggests(const store::QueuedMail& mail) {
    return mail.text.contains("/help/") || mail.text.contains("/solved/") || mail.html.contains("/solved/");
  }

  ArticleId two_charges, refunds;
};

TEST_P(SuggestionMailTest, SuggestsArticlesWithALinkThatClosesTheQuestion) {
  const TicketId id = ask("joe@client.example", found({two_charges, refunds}));
  const auto mail = acknowledged(id);
  EXPECT_TRUE(mail.text.contains("Two charges on the card?\n" + site +
                                 "/help/two-charges\nThis solved it: " + link_to(id, two_charges) + "\n"))
      << mail.text;
  EXPECT_TRUE(mail.text.contains(link_to(id, refunds)));
  EXPECT_TRUE(mail.html.contains("href=\"" + site + "/help/refunds\""));
  EXPECT_TRUE(mail.html.contains(">Refunds &amp; how &lt;long> they take</a>")) << mail.html;
  EXPECT_TRUE(mail.html.contains("href=\"" + link_to(id, refunds) + "\""));
  EXPECT_FALSE(mail.html.contains("<img")) << "nothing that tells of reading";

  const auto told = messages(id).back();
  EXPECT_EQ(told.kind, MessageKind::ack);
  EXPECT_TRUE(told.text.contains("Two charges on the card?")) << "agents see what was suggested,";
  EXPECT_FALSE(told.text.contains("/solved/")) << "and can't press it";
  EXPECT_EQ(waits(id)[0].wait.ending, Ending::running);

  const auto draft = noted(id);
  ASSERT_TRUE(draft);
  EXPECT_EQ(draft->shown, store::Shown::list);
  EXPECT_EQ(draft->channel, Channel::email);
  EXPECT_EQ(draft->ticket, id);
  ASSERT_TRUE(draft->answers);
  EXPECT_EQ(draft->answers->size(), 2u);
}

TEST_P(SuggestionMailTest, LeavesOutWhatIsFarBehindTheFirst) {
  auto list = found({two_charges, refunds});
  EXPECT_EQ(noted(ask("joe@client.example", list))->answers->size(), 2u);
  list.far_behind = 1;
  const TicketId ticket = ask("eva@client.example", list);
  EXPECT_EQ(noted(ticket)->answers->size(), 1u);
  EXPECT_FALSE(acknowledged(ticket).text.contains("/help/refunds"));
}

TEST_P(SuggestionMailTest, SuggestsThreeAtMostAndOnlyWhatEveryoneMayRead) {
  const ArticleId draft = article("draft", "A draft", "en", ArticleState::draft),
                  ours = article("ours", "For the team", "en", ArticleState::agents_only),
                  more = article("more", "More", "en"), most = article("most", "Most", "en");
  auto answers = found({draft, ArticleId(4711), ours, two_charges, refunds, more, most});
  answers.list.insert(answers.list.begin(), {search::Kind::idea, two_charges.value, 2});
  const auto mail = acknowledged(ask("joe@client.example", answers));
  for (const char* shown : {"/help/two-charges", "/help/refunds", "/help/more"}) EXPECT_TRUE(mail.text.contains(shown));
  for (const char* hidden : {"A draft", "For the team", "Most"}) {
    EXPECT_FALSE(mail.text.contains(hidden)) << hidden;
    EXPECT_FALSE(mail.html.contains(hidden)) << hidden;
  }
  EXPECT_FALSE(suggests(acknowledged(ask("kim@client.example", found({draft, ours})))));
}

TEST_P(SuggestionMailTest, SaysNothingWhereItKnowsNothing) {
  const TicketId unsure = ask("a@client.example", found({two_charges}, 0.01)), away = ask("b@client.example", {});
  write([](store::Session& sql) { keep_public_url(sql, ""); });
  const TicketId no_site = ask("c@client.example", found({two_charges}));
  for (const TicketId id : {unsure, away, no_site}) {
    const auto queued = messages(id).back();
    EXPECT_EQ(queued.kind, MessageKind::ack) << "acknowledged all the same";
    EXPECT_FALSE(queued.text.contains("/help/"));
  }
  ASSERT_TRUE(noted(unsure));
  EXPECT_TRUE(noted(unsure)->answers->empty()) << "an article to write next, perhaps";
  EXPECT_FALSE(noted(away));
  EXPECT_FALSE(noted(no_site));
}

TEST_P(SuggestionMailTest, TheControlGroupSeesNothing) {
  write([](store::Session& sql) { set_control_share(sql, 0.5); });
  const TicketId withheld = ask(sender_who_is(true), found({two_charges})),
                 listed = ask(sender_who_is(false), found({two_charges}));
  EXPECT_FALSE(messages(withheld).back().text.contains("/help/"));
  EXPECT_EQ(noted(withheld)->shown, store::Shown::withheld);
  EXPECT_EQ(noted(withheld)->answers->size(), 1u) << "reckoned for her, too";
  EXPECT_TRUE(messages(listed).back().text.contains("/help/"));
  EXPECT_EQ(noted(listed)->shown, store::Shown::list);
}

TEST_P(SuggestionMailTest, AMailboxMaySuggestNothing) {
  write([&](store::Session& sql) { store::set_suggests_articles(sql, mailbox, false); });
  const TicketId quiet = ask("joe@client.example", found({two_charges}));
  EXPECT_FALSE(suggests(acknowledged(quiet)));
  EXPECT_FALSE(noted(quiet));
  write([&](store::Session& sql) { store::set_suggests_articles(sql, mailbox, true); });
  EXPECT_TRUE(suggests(acknowledged(ask("kim@client.example", found({two_charges})))));
}

TEST_P(SuggestionMailTest, SpeaksTheCustomersLanguage) {
  const ArticleId charged = article("addebito", "Un doppio addebito", "it");
  const TicketId id = ask("gia@client.example", found({charged, two_charges}),
                          "Buongiorno, non trovo la fattura del mio ordine, come posso fare?");
  const auto mail = acknowledged(id);
  EXPECT_TRUE(mail.text.contains("Forse uno di questi articoli risponde subito")) << mail.text;
  EXPECT_TRUE(mail.text.contains("Questo ha risolto: "));
  EXPECT_TRUE(mail.text.contains("Un doppio addebito\n"));
  EXPECT_TRUE(mail.text.contains("Two charges on the card? (in inglese)\n"));
}

TEST_P(SuggestionMailTest, TheBrakesOfAutomaticMailHoldAsBefore) {
  EXPECT_TRUE(suggests(acknowledged(ask("joe@client.example", found({two_charges})))));
  minutes_pass(59);
  const TicketId second = ask("joe@client.example", found({two_charges}), "And once more");
  EXPECT_EQ(messages(second).size(), 1u) << "one an hour";
  EXPECT_FALSE(noted(second));
}

TEST(SuggestionMail, LooksForNothingWhereNobodyIsAcknowledged) {
  mail::Message plain;
  plain.subject = "Charged";
  plain.visible_text = "twice";
  EXPECT_TRUE(may_be_acknowledged(plain, "joe@client.example"));
  EXPECT_FALSE(may_be_acknowledged(plain, "")) << "a report's return path";
  const auto never = [&](auto change) {
    mail::Message message = plain;
    change(message);
    return !may_be_acknowledged(message, "joe@client.example");
  };
  EXPECT_TRUE(never([](auto& m) { m.automatic = mail::Automatic::bulk; }));
  EXPECT_TRUE(never([](auto& m) { m.automatic = mail::Automatic::auto_reply; }));
  EXPECT_TRUE(never([](auto& m) { m.no_automatic_answer = true; }));
  EXPECT_TRUE(never([](auto& m) { m.in_reply_to = {"a@b"}; }));
  EXPECT_TRUE(never([](auto& m) { m.references = {"a@b"}; }));

  EXPECT_EQ(question_of(plain), "Charged\ntwice");
  plain.visible_text = std::string(599, 'x') + "é and on";
  EXPECT_EQ(question_of(plain).size(), std::string("Charged\n").size() + 599) << "never half a character";
}

}  // namespace

FIFTEEN_BOTH_DATABASES(SuggestionMailTest);

}  // namespace fifteen::desk
