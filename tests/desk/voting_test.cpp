#include "server/desk/ideas/voting.hpp"

#include <algorithm>

#include "server/desk/ideas/idea_news.hpp"
#include "server/desk/ideas/mail_domain.hpp"
#include "server/desk/ideas/voter_links.hpp"
#include "server/desk/team/mailboxes.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

constexpr const char* site = "https://help.desk.example";

class Voting : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    csv = posted("CSV of all invoices");
    dark = posted("Dark mode");
  }
  IdeaId posted(const std::string& title) {
    return *write([&](store::Session& sql) { return post_idea(sql, ana, {title, "", "en"}, now); });
  }
  result<void> wish(const std::string& address, IdeaId idea, const IdeaText& text = {}) {
    return write([&](store::Session& sql) { return wish_for(sql, {address, "en", idea, text}, site, now); });
  }
  // The mails that went out since the last call.
  std::vector<store::QueuedMail> mails() {
    std::vector<store::QueuedMail> found;
    for (auto& claimed : write([&](store::Session& sql) { return store::claim_mails(sql, "t", now, now, 1000); }))
      if (claimed.attempts == 1) found.push_back(std::move(claimed.mail));
    return found;
  }
  static std::string token_in(const store::QueuedMail& mail) {
    const std::string begin = std::string(site) + "/help/ideas/confirm/";
    const auto at = mail.text.find(begin) + begin.size();
    return mail.text.substr(at, mail.text.find('\n', at) - at);
  }
  // The link that the address is mailed when it wishes for the idea.
  std::string link_of(const std::string& address, IdeaId idea) {
    EXPECT_TRUE(wish(address, idea));
    const auto sent = mails();
    return sent.empty() ? "" : token_in(sent.back());
  }
  result<VoterPage> open(const std::string& token) {
    return db().read_now([&](store::Session& sql) { return open_voter_link(sql, token, now); });
  }
  result<IdeaId> confirm(const std::string& token, std::vector<std::int64_t> chosen = {}) {
    if (const auto page = open(token); page && chosen.empty())
      for (const auto& one : page->wishes) chosen.push_back(one.id);
    return write([&](store::Session& sql) { return confirm_wishes(sql, token, chosen, now); });
  }
  std::int64_t votes(IdeaId id) {
    return db().read_now([&](store::Session& sql) { return store::find_idea(sql, id)->votes; });
  }
  IdeaId csv, dark;
};

TEST_P(Voting, AVoteCountsOnlyOnceItsAddressPressed) {
  const std::string token = link_of("joe@client.example", csv);
  EXPECT_EQ(votes(csv), 0);
  const auto page = open(token);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->wishes.size(), 1u);
  EXPECT_TRUE(page->voted.empty());
  EXPECT_EQ(votes(csv), 0) << "a scanner that opens the link changes nothing";
  EXPECT_EQ(write([&](store::Session& sql) { return vote_by_link(sql, token, dark, now); }).error(), errc::forbidden);

  EXPECT_EQ(*confirm(token), csv);
  EXPECT_EQ(votes(csv), 1);
  EXPECT_EQ(open(token)->voted.size(), 1u);
  EXPECT_TRUE(confirm(token));
  EXPECT_EQ(votes(csv), 1) << "once";
}

// What she is mailed comes from those whose pages she knows.
TEST_P(Voting, MailsComeFromTheBrandThatSheCameBy) {
  const Brand acme = *write([&](store::Session& sql) {
    const MailboxId own = add_mailbox(sql, bob, {.address = "help@acme.example", .name = "Post"}, now)->mailbox.id;
    return add_brand(sql, bob, {.name = "Acme Boards", .host = "help.acme.example", .mailboxes = {{own}}});
  });
  EXPECT_TRUE(write(
      [&](store::Session& sql) { return wish_for(sql, {"joe@client.example", "en", csv, {}, acme}, site, now); }));
  EXPECT_TRUE(wish("eve@client.example", csv));
  const auto sent = mails();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(sent[0].from.address, "help@acme.example");
  EXPECT_EQ(sent[0].from.name, "Acme Boards");
  EXPECT_TRUE(sent[0].subject.contains("Acme Boards")) << sent[0].subject;
  const auto at = sent[0].text.find("https://help.acme.example/help/ideas/confirm/");
  ASSERT_NE(at, std::string::npos) << sent[0].text;
  EXPECT_EQ(token_in(sent[1]).front(), 'v');
  EXPECT_FALSE(sent[1].text.contains("acme")) << sent[1].text;

  ASSERT_TRUE(confirm(sent[0].text.substr(at + 45, sent[0].text.find('\n', at) - at - 45)));
  ASSERT_TRUE(confirm(token_in(sent[1])));
  ASSERT_TRUE(
      write([&](store::Session& sql) { return move_idea(sql, ana, csv, {IdeaState::planned, "", true, site}, now); }));
  minutes_pass(2);
  EXPECT_EQ(write([&](store::Session& sql) { return tell_next_voters(sql, 200, now); }).mails, 2);
  const auto news = mails();
  ASSERT_EQ(news.size(), 2u);
  EXPECT_EQ(news[0].from.address, "help@acme.example");
  EXPECT_TRUE(news[0].text.contains("https://help.acme.example/help/ideas/1\n")) << news[0].text;
  EXPECT_TRUE(news[0].unsubscribe.starts_with("https://help.acme.example/help/ideas/mails/"));
  EXPECT_TRUE(news[1].unsubscribe.starts_with(std::string(site) + "/help/ideas/mails/"));
}

TEST_P(Voting, FurtherVotesWithinTheHourNeedNoFurtherMail) {
  const std::string token = link_of("joe@client.example", csv);
  EXPECT_TRUE(wish("joe@client.example", dark));
  EXPECT_TRUE(mails().empty()) << "an address is mailed once an hour";
  EXPECT_EQ(open(token)->wishes.size(), 2u);
  EXPECT_TRUE(confirm(token));
  EXPECT_EQ(votes(csv) + votes(dark), 2);
  const IdeaId third = posted("Excel");
  EXPECT_TRUE(write([&](store::Session& sql) { return vote_by_link(sql, token, third, now); }));
  EXPECT_TRUE(write([&](store::Session& sql) { return unvote_by_link(sql, token, csv, now); }));
  EXPECT_EQ(votes(third), 1);
  EXPECT_EQ(votes(csv), 0);
}

TEST_P(Voting, WhatIsNotChosenIsDropped) {
  const std::string token = link_of("joe@client.example", csv);
  EXPECT_TRUE(wish("joe@client.example", dark)) << "by a stranger who knows the address";
  EXPECT_TRUE(confirm(token, {open(token)->wishes.front().id}));
  EXPECT_EQ(votes(csv), 1);
  EXPECT_EQ(votes(dark), 0);
  EXPECT_TRUE(open(token)->wishes.empty());
}

TEST_P(Voting, ALinkIsGoodForThirtyDaysAndForItsAddressAlone) {
  const std::string token = link_of("joe@client.example", csv);
  std::string other = token;
  other.back() = other.back() == '0' ? '1' : '0';
  for (const std::string& wrong :
       {other, std::string("v1.d1.x"), std::string("v"), std::string(), std::string("v2") + token.substr(2)})
    EXPECT_EQ(open(wrong).error(), errc::not_found) << wrong;
  now += std::chrono::days{29};
  EXPECT_TRUE(open(token));
  now += std::chrono::days{1};
  EXPECT_EQ(open(token).error(), errc::expired);
  EXPECT_EQ(confirm(token, {1}).error(), errc::expired);
  EXPECT_EQ(votes(csv), 0);
}

// At a server where "joe+x" is not joe: neither gets the other's mail, and an old link does not prove a new address.
TEST_P(Voting, ATaggedAddressProvesNothingOfTheOther) {
  const std::string tagged = link_of("joe+x@client.example", csv);
  minutes_pass(65);
  EXPECT_TRUE(wish("joe@client.example", csv));
  EXPECT_EQ(mails().at(0).recipients, std::vector<std::string>{"joe@client.example"});
  EXPECT_EQ(open(tagged).error(), errc::not_found);
}

TEST_P(Voting, SpellingsOfAnAddressGetOneMailAndOneVote) {
  for (const char* spelling : {"mallory@gmail.com", "mal.lory@gmail.com", "MALLORY+1@gmail.com",
                               "mallory@googlemail.com", "m.a.l.l.o.r.y+2@googlemail.com"})
    EXPECT_TRUE(wish(spelling, csv));
  const auto sent = mails();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_TRUE(confirm(token_in(sent[0])));
  for (int i = 0; i < 5; ++i) {
    minutes_pass(65);
    EXPECT_TRUE(wish("mallory+" + std::to_string(i) + "@gmail.com", csv));
    for (const auto& mail : mails()) EXPECT_TRUE(confirm(token_in(mail)));
  }
  EXPECT_EQ(votes(csv), 1);
}

TEST_P(Voting, OneDomainsAddressesBecomeVotersSlowly) {
  const auto stuff = [&](const std::string& domain) {
    int counted = 0;
    for (int i = 0; i < 25; ++i) {
      const std::string at = i % 2 ? "@" : "@mx" + std::to_string(i) + ".";  // subdomains are hers, too
      const std::string token = link_of("v" + std::to_string(i) + (domain == "gmail.com" ? "@" : at) + domain, csv);
      if (confirm(token)) ++counted;
    }
    return counted;
  };
  EXPECT_EQ(stuff("throwaway.example.co.uk"), 20);
  EXPECT_EQ(stuff("gmail.com"), 25) << "the control: one address each of many people";
  EXPECT_EQ(votes(csv), 45);
  now += std::chrono::days{2};
  EXPECT_TRUE(confirm(link_of("late@throwaway.example.co.uk", csv)));
}

TEST_P(Voting, AFormsWordsNeverGoOut) {
  EXPECT_TRUE(wish("joe@client.example", {}, {"Buy cheap watches", "http://watches.example", ""}));
  const auto sent = mails();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ((sent[0].subject + sent[0].text + sent[0].html).find("watches"), std::string::npos);
  EXPECT_TRUE(sent[0].automatic);
}

TEST_P(Voting, APostedIdeaIsItsAuthorsVoteAndFiveADayAreEnough) {
  EXPECT_TRUE(wish("joe@client.example", {}, {"Print labels", "For parcels", ""}));
  const std::string token = token_in(mails().at(0));
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return store::list_ideas(sql, {}, 10).size(); }), 2u);
  const auto posted_now = confirm(token);
  ASSERT_TRUE(posted_now);
  EXPECT_EQ(votes(*posted_now), 1);
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(wish("joe@client.example", {}, {"Idea " + std::to_string(i), "", ""}));
  EXPECT_EQ(confirm(token).error(), errc::too_many);
}

TEST_P(Voting, RefusesWhatCanNotBeCounted) {
  EXPECT_EQ(wish("nobody", csv).error(), errc::invalid);
  EXPECT_EQ(wish("joe@client.example", IdeaId(99)).error(), errc::not_found);
  EXPECT_EQ(wish("joe@client.example", {}, {"", "no title", ""}).error(), errc::invalid);
  EXPECT_TRUE(write([&](store::Session& sql) { return move_idea(sql, ana, csv, {.state = IdeaState::done}, now); }));
  EXPECT_EQ(wish("joe@client.example", csv).error(), errc::conflict);
  EXPECT_TRUE(mails().empty());
}

TEST_P(Voting, AStrangersManyWishesKeepNobodyFromHerOwn) {
  for (int i = 0; i < 40; ++i) EXPECT_TRUE(wish("joe@client.example", {}, {"Spam " + std::to_string(i), "", ""}));
  EXPECT_TRUE(wish("joe@client.example", csv));
  const auto page = open(token_in(mails().at(0)));
  EXPECT_EQ(page->wishes.size(), most_wishes);
  EXPECT_EQ(page->wishes.back().idea, csv);
}

TEST_P(Voting, WhatIsNeverConfirmedIsForgotten) {
  EXPECT_TRUE(confirm(link_of("joe@client.example", csv)));
  EXPECT_TRUE(wish("never@client.example", csv));
  (void)write([&](store::Session& sql) { return vote_for(sql, ana, dark, {"asked@client.example", {}, false}, now); });
  const Instant later = now + std::chrono::days{31};
  write([&](store::Session& sql) {
    EXPECT_EQ(store::drop_wishes(sql, later), 1);
    EXPECT_EQ(store::drop_unconfirmed_voters(sql, later), 1) << "whom an agent voted for stays";
    EXPECT_TRUE(store::find_voter(sql, std::string_view("joe@client.example")));
  });
}

TEST_P(Voting, TheLinkInAMailEndsMailsOrTheVoteAndVotesForNothing) {
  EXPECT_TRUE(confirm(link_of("joe@client.example", csv)));
  const std::string token =
      write([&](store::Session& sql) { return sign_idea_mail(signing_key(sql), VoterId(1), csv); });
  const auto opened = [&] { return *db().read_now([&](store::Session& sql) { return open_idea_mail(sql, token); }); };
  const auto leave = [&](Leave what) {
    return write([&](store::Session& sql) { return leave_by_mail(sql, token, what); });
  };
  EXPECT_TRUE(opened().is_told);
  EXPECT_EQ(open(token).error(), errc::not_found) << "it can't vote";
  EXPECT_TRUE(leave(Leave::idea_mails));
  EXPECT_TRUE(leave(Leave::idea_mails));
  EXPECT_FALSE(opened().is_told);
  EXPECT_TRUE(opened().is_voted);
  EXPECT_TRUE(leave(Leave::vote));
  EXPECT_EQ(votes(csv), 0);
  now += std::chrono::days{1000};
  EXPECT_TRUE(leave(Leave::all_mails)) << "unsubscribing works for ever";
  EXPECT_FALSE(opened().voter.mails);
}

FIFTEEN_BOTH_DATABASES(Voting);

TEST(OwnedDomain, IsWhatSomebodyRegistered) {
  EXPECT_EQ(owned_domain("mail.example.com"), "example.com");
  EXPECT_EQ(owned_domain("a.b.example.co.uk"), "example.co.uk");
  EXPECT_EQ(owned_domain("gmail.com"), "");
  EXPECT_EQ(owned_domain("mail.gmail.com"), "gmail.com") << "not where Gmail's people are";
  EXPECT_EQ(owned_domain("localhost"), "localhost");
}

}  // namespace
}  // namespace fifteen::desk
