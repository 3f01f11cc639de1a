#include <sstream>

#include "server/desk/ideas/voter_links.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/desk/tickets/opening.hpp"
#include "server/store/backup.hpp"
#include "server/store/mail_queue.hpp"
#include "tests/support/http_site.hpp"

// What machines do with every link that they meet in a mail or on a page: all of it changes nothing, byte for byte.
namespace fifteen::test {
namespace {

class Scanners : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    setup_.public_url = "https://help.desk.example";
    auto admin = browser_of(add_agent("ana", Role::admin));
    const auto send = [&](const std::string& method, const std::string& target, const std::string& json) {
      const auto answer = admin.send(method, "/api/v1/" + target, json);
      EXPECT_LT(answer.status, 300) << target << answer.body;
      return answer;
    };
    send("POST", "mailboxes", R"({"address":"help@desk.example","name":"Help"})");
    send("POST", "articles", R"({"title":"Export","body":"Press it.","category":"guides"})");
    send("PUT", "articles/1/publication", R"({"for":"everyone","if_version":1})");
    send("POST", "ideas", R"({"title":"Dark mode"})");
    send("POST", "tickets", R"({"email":"joe@x.example","text":"How do I export?"})");
    send("POST", "tickets/1/messages", R"({"kind":"reply","text":"So.","close":true})");
    ASSERT_EQ(stranger().send_form("/help/ideas/1/votes", "email=joe%40x.example" + begun("/help/ideas/1")).status,
              303);
    db().write_now([&](store::Session& sql) {
      setup_.form_key = desk::signing_key(sql);
      const auto answered = sql.one<MessageId>("SELECT MAX(id) FROM messages WHERE kind = 'reply'");
      question_ = "/q/" + desk::sign_ticket_link(setup_.form_key, TicketId(1), "joe@x.example", clock_.now());
      rating_ = "/rate/" + desk::sign_rating(setup_.form_key, std::get<0>(*answered));
      solved_ = "/solved/" + desk::sign_solved(setup_.form_key, {TicketId(1), ArticleId(1)});
      voter_ =
          "/help/ideas/confirm/" + desk::sign_voter_link(setup_.form_key, VoterId(1), "joe@x.example", clock_.now());
      mails_ = "/help/ideas/mails/" + desk::sign_idea_mail(setup_.form_key, VoterId(1), IdeaId(1));
    });
  }
  std::vector<std::string> links() const {
    return {question_,
            rating_,
            rating_ + "/1",
            rating_ + "/3",
            solved_,
            voter_,
            mails_,
            "/help",
            "/help?q=export",
            "/help/contact",
            "/help/ideas",
            "/help/ideas/1",
            "/help/ideas?q=csv",
            "/help/export",
            "/help/export?thanks=1",
            "/help/sent",
            "/help/ideas/sent",
            "/help/questions",
            "/help/categories/guides",
            "/help/sitemap.xml"};
  }
  // Every row of every table.
  std::string everything() {
    std::ostringstream out;
    const store::BackupPart part{"records", files().options()};
    store::write_backup(out, {&part, 1});
    std::string bytes = out.str();
    return bytes.substr(bytes.find('\n') + 1);  // behind the line that says when
  }

  std::string question_, rating_, solved_, voter_, mails_;
};
FIFTEEN_BOTH_DATABASES(Scanners);

TEST_P(Scanners, ChangeNothingByAnyLink) {
  const std::string before = everything();
  ASSERT_EQ(everything(), before) << "two looks at the same are the same";
  for (const std::string& link : links())
    for (const char* method : {"HEAD", "GET", "HEAD", "GET"})
      for (const char* headers : {"User-Agent: LinkScanner/1.0\r\n",
                                  "Purpose: prefetch\r\nSec-Purpose: prefetch;prerender\r\n", "X-Moz: prefetch\r\n"}) {
        auto scanner = stranger();
        EXPECT_EQ(scanner.send(method, link, "", headers).status, 200) << method << " " << link;
        clock_.advance(std::chrono::seconds(2));  // or it is asked to wait
      }
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(stranger().send_form(rating_, "choice=1").status, 303);
  EXPECT_NE(everything(), before) << "the control: a press is seen";
}

// A rating link that is too old offers a fresh one, to the customer's own address.
TEST_P(Scanners, AFreshRatingLinkRatesAtItsPressAlone) {
  const std::string old = rating_;
  clock_.advance(std::chrono::days(91));
  EXPECT_EQ(stranger().get(old + "/1").status, 410);
  EXPECT_EQ(stranger().send_form(old, "choice=1").status, 410);
  EXPECT_EQ(stranger().send_form(old + "/link", "email=eve%40x.example" + begun(old)).status, 303);
  EXPECT_EQ(stranger().send_form(old + "/link", "email=joe%40x.example" + begun(old)).status, 303);
  const Instant now = clock_.now();
  std::vector<store::QueuedMail> mails;
  for (auto& claimed : db().write_now([&](store::Session& sql) { return store::claim_mails(sql, "t", now, now, 100); }))
    if (claimed.mail.kind == "link") mails.push_back(std::move(claimed.mail));
  ASSERT_EQ(mails.size(), 1u) << "to nobody but the customer";
  EXPECT_EQ(mails[0].recipients, std::vector<std::string>{"joe@x.example"});
  const std::string site = setup_.public_url;
  const auto at = mails[0].text.find(site + "/rate/");
  ASSERT_NE(at, std::string::npos) << mails[0].text;
  const std::string fresh = mails[0].text.substr(at + site.size(), mails[0].text.find('\n', at) - at - site.size());
  EXPECT_NE(fresh, old);

  const std::string before = everything();
  for (const char* method : {"HEAD", "GET", "GET"}) EXPECT_EQ(stranger().send(method, fresh, "").status, 200);
  EXPECT_EQ(everything(), before);
  const auto score = [&] {
    const auto found =
        db().read_now([](store::Session& sql) { return sql.all<std::string>("SELECT score FROM ratings", {}); });
    return found.empty() ? "" : std::get<0>(found.back()) + std::to_string(found.size());
  };
  EXPECT_EQ(score(), "");
  EXPECT_EQ(stranger().send_form(fresh, "choice=1").status, 303);
  EXPECT_EQ(score(), "kudos1");
  EXPECT_TRUE(stranger().get(fresh).body.contains("Thank you"));
  EXPECT_EQ(stranger().send_form(fresh, "choice=3&words=No").status, 303);
  EXPECT_EQ(score(), "bad1") << "a second one replaces it";
  clock_.advance(std::chrono::days(91));
  EXPECT_EQ(stranger().get(fresh).status, 410);
  EXPECT_EQ(stranger().send_form(fresh, "choice=1").status, 410);
  EXPECT_EQ(score(), "bad1");
}

}  // namespace
}  // namespace fifteen::test
