#include <functional>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "server/desk/ideas/ideas.hpp"
#include "server/desk/mail/signing.hpp"
#include "server/http/form_trap.hpp"
#include "server/store/mail_queue.hpp"
#include "tests/support/http_site.hpp"

// What keeps strangers from mailing others, and from drowning the desk, by its public doors. Each guard has its
// control: the same tries where it does not hold.
namespace fifteen::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* site = "Origin: https://app.example.com\r\n";

class Abuse : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    setup_.public_url = "https://help.desk.example";
    auto boss = browser_of(add_agent("boss", Role::admin));
    ASSERT_EQ(boss.send("POST", "/api/v1/mailboxes", R"({"address":"help@desk.example","name":"Help"})").status, 201);
    key_ = json_of(boss.send("POST", "/api/v1/widget-keys", R"({"name":"App","origins":["https://app.example.com"]})"))
               .at("key")
               .as_string();
    ASSERT_EQ(boss.send("POST", "/api/v1/ideas", R"({"title":"CSV of all invoices"})").status, 201);
    setup_.form_key = db().write_now([](store::Session& sql) { return desk::signing_key(sql); });
  }

  // The four kinds of public doors that mail an address.
  int ask(const std::string& address, const std::string& headers = "") {
    Visitor reader(server_->address(), headers);
    const auto shown = reader.get("/help/contact").body;
    const auto at = shown.find("name=\"begun\" value=\"") + 20;
    clock_.advance(2s);
    return reader
        .send_form("/help/contact", "text=Where&still=1&once=" + std::to_string(++sent_) + "&email=" +
                                        encoded(address) + "&begun=" + shown.substr(at, shown.find('"', at) - at))
        .status;
  }
  int ask_widget(const std::string& address, const std::string& headers = "") {
    return Visitor(server_->address(), headers)
        .client()
        .ask("POST", "/api/v1/widget/questions", headers + site + "Content-Type: text/plain\r\n",
             R"({"key":")" + key_ + R"(","text":"Where?","email":")" + address + "\"}")
        .status;
  }
  int vote(const std::string& address, const std::string& headers = "") {
    return Visitor(server_->address(), headers)
        .send_form("/help/ideas/1/votes", "email=" + encoded(address) + typed())
        .status;
  }
  int vote_widget(const std::string& address, const std::string& headers = "") {
    return Visitor(server_->address(), headers)
        .client()
        .ask("POST", "/api/v1/widget/ideas/1/votes", headers + site + "Content-Type: text/plain\r\n",
             R"({"key":")" + key_ + R"(","email":")" + address + "\"}")
        .status;
  }
  static std::string encoded(const std::string& text) {
    std::string out;
    for (const char c : text) {
      constexpr char digits[] = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return out;
  }

  // What a form carries that somebody has typed.
  std::string typed() { return "&begun=" + http::begun_long_ago(setup_.form_key, clock_.now()); }

  std::size_t mails() {
    return db().read_now([](store::Session& sql) { return store::unfinished_mails(sql).size(); });
  }
  // The control: nobody has counted anything.
  void forget_tries() {
    db().write_now([](store::Session& sql) { sql.run("DELETE FROM rate_limits"); });
  }

  std::string key_;
  int sent_ = 0;
};
FIFTEEN_BOTH_DATABASES(Abuse);

TEST_P(Abuse, AnAddressGetsOneMailHoweverItIsSpelled) {
  const std::vector<std::string> spellings = {
      "joe.b@gmail.com",      "JOE.B@Gmail.com",        "joe.b+1@gmail.com",
      "joeb@gmail.com",       "j.o.e.b@googlemail.com", "joeb@ｇｍａｉｌ.com",
      "joeb@gm\u00adail.com", "joeb@gmail\u3002com",    "joeb+x@GMAIL\uff0ecom"};
  for (const bool is_guarded : {true, false}) {
    const std::size_t before = mails();
    forget_tries();
    for (const std::string& spelling : spellings) {
      EXPECT_EQ(vote(spelling), 303) << spelling;
      if (!is_guarded) forget_tries();
    }
    EXPECT_EQ(mails() - before, is_guarded ? 1 : spellings.size());
  }
}

TEST_P(Abuse, AllDoorsShareAnAddressesMail) {
  const std::vector<std::function<int(const std::string&)>> doors = {
      [&](const std::string& address) { return ask(address); },
      [&](const std::string& address) { return ask_widget(address); },
      [&](const std::string& address) { return vote(address); },
      [&](const std::string& address) { return vote_widget(address); }};
  for (std::size_t first = 0; first < doors.size(); ++first) {
    const std::string address = "joe" + std::to_string(first) + "@client.example";
    const std::size_t before = mails();
    forget_tries();
    for (std::size_t i = 0; i < doors.size(); ++i)
      EXPECT_LT(doors[(first + i) % doors.size()](address), 400) << first << i;
    EXPECT_EQ(mails() - before, 1u);
    forget_tries();
    EXPECT_LT(doors[2](address), 400);
    EXPECT_EQ(mails() - before, 2u) << "the control";
  }
}

TEST_P(Abuse, OfTwoNodesAtOnceOneMails) {
  store::Database other_records(files().options());
  http::Setup other_setup;
  other_setup.public_url = setup_.public_url;
  other_setup.form_key = setup_.form_key;
  other_setup.metrics = &registry_;
  other_setup.assets = &assets_;
  other_setup.pages = &pages_;
  auto registry = std::make_shared<prometheus::Registry>();
  other_setup.metrics = registry.get();
  http::Site other_site(other_records, passwords_, clock_, other_setup);
  TestServer other(other_site);
  other_setup.form_key = setup_.form_key;
  const auto press = [form = typed()](const std::string& server) {
    for (int i = 0; i < 5; ++i)
      Visitor(server, "")
          .send_form("/help/ideas/1/votes", "email=joe%2B" + std::to_string(i) + "%40client.example" + form);
  };
  std::thread one([&] { press(server_->address()); }), two([&] { press(other.address()); });
  one.join();
  two.join();
  EXPECT_EQ(mails(), 1u);
  forget_tries();
  press(other.address());
  EXPECT_EQ(mails(), 2u) << "the control";
}

TEST_P(Abuse, FormAndWidgetShareWhatOnePlaceMayAsk) {
  int taken = 0;
  for (int i = 0; i < 8; ++i) {
    taken += ask("a" + std::to_string(i) + "@x.example") == 303;
    taken += ask_widget("b" + std::to_string(i) + "@x.example") == 201;
  }
  EXPECT_EQ(taken, 10);
  forget_tries();
  EXPECT_EQ(ask("late@x.example"), 303) << "the control";
}

TEST_P(Abuse, AnotherHostNameOrAForwardedAddressIsNoOtherPlace) {
  const auto taken = [&](const auto& headers_of) {
    forget_tries();
    int count = 0;
    for (int i = 0; i < 30; ++i)
      count += vote("v" + std::to_string(i) + "@x.example", headers_of(std::to_string(i))) == 303;
    return count;
  };
  const auto hosts = [](const std::string& i) {
    return "Host: brand" + i + ".example\r\nX-Forwarded-Host: b" + i + ".example\r\n";
  };
  const auto forwarded = [](const std::string& i) {
    return "X-Forwarded-For: 203.0.113." + i + "\r\nForwarded: for=203.0.113." + i + "\r\nX-Real-IP: 203.0.113." + i +
           "\r\n";
  };
  EXPECT_EQ(taken(hosts), 20);
  EXPECT_EQ(taken(forwarded), 20);
  setup_.proxies = *http::TrustedProxies::parse({"127.0.0.1"});
  EXPECT_EQ(taken(forwarded), 30) << "the control: a proxy of ours says so";
  const auto behind = [](const std::string& i) {
    return "X-Forwarded-For: 10.0.0." + i + ", 203.0.113.9\r\n";  // the client's own words stand before it
  };
  EXPECT_EQ(taken(behind), 20);
}

TEST_P(Abuse, AnIPv6NetworkIsOnePlace) {
  setup_.proxies = *http::TrustedProxies::parse({"127.0.0.1"});
  const auto taken = [&](const auto& address_of) {
    forget_tries();
    int count = 0;
    for (int i = 0; i < 30; ++i)
      count += vote("v" + std::to_string(i) + "@x.example",
                    "X-Forwarded-For: " + address_of(std::to_string(i)) + "\r\n") == 303;
    return count;
  };
  EXPECT_EQ(taken([](const std::string& i) { return "2001:db8:1:2:" + i + "::" + i; }), 20);
  EXPECT_EQ(taken([](const std::string& i) { return "2001:db8:1:" + i + "::1"; }), 30) << "the control";
  EXPECT_EQ(taken([](const std::string& i) {
              return i.size() % 2 ? std::string("::ffff:203.0.113.9") : std::string("203.0.113.9");
            }),
            20)
      << "one IPv4 address, written in two ways";
}

// Whoever has a /48 has 65,536 of /64; a provider has a customer in each.
TEST_P(Abuse, AnIPv6SubscriberIsNoThousandsOfPlaces) {
  setup_.proxies = *http::TrustedProxies::parse({"127.0.0.1"});
  int voters = 0;
  const auto taken = [&](int tries, const auto& network_of) {
    int count = 0;
    for (int i = 0; i < tries; ++i) {
      std::ostringstream header;
      header << "X-Forwarded-For: 2001:db8:1:" << std::hex << network_of(i) << "::1\r\n";
      count += vote("v" + std::to_string(++voters) + "@x.example", header.str()) == 303;
    }
    return count;
  };
  EXPECT_EQ(taken(100, [](int i) { return i; }), 80) << "a home's /56";
  EXPECT_EQ(taken(20, [](int) { return 0x100; }), 20) << "the neighbour's";
  EXPECT_EQ(taken(60, [](int) { return 0x100; }), 0);
  EXPECT_EQ(taken(250, [](int i) { return 0x200 + 0x100 * i; }), 220) << "what is left of 320 of the /48";
  forget_tries();
  EXPECT_EQ(taken(300, [](int i) { return 0x100 * (i % 100); }), 300) << "a hundred customers, three votes each";
}

TEST_P(Abuse, WhoLooksForAnswersAllTheTimeIsSlowedDown) {
  const auto refused = [&](const auto& look) {
    clock_.advance(10min);
    int count = 0;
    for (int i = 0; i < 40; ++i) count += look() == 429;
    return count;
  };
  auto reader = stranger();
  const std::vector<std::function<int()>> doors = {
      [&] { return reader.get("/api/v1/suggestions?q=invoices").status; },
      [&] { return reader.get("/help?q=invoices").status; },
      [&] { return reader.get("/help/ideas?q=invoices").status; },
      [&] { return reader.send_form("/help/contact", "find=1&text=Where+is+it%3F").status; }};
  for (std::size_t i = 0; i < doors.size(); ++i) EXPECT_EQ(refused(doors[i]), 10) << i;
  EXPECT_EQ(refused([&] { return reader.get("/help").status; }), 0) << "reading is free";
  auto agent = browser_of(add_agent("ana", Role::agent));
  EXPECT_EQ(refused([&] { return agent.get("/help?q=invoices").status; }), 0) << "the control: somebody of ours";
  clock_.advance(10min);
  int all = 0;
  for (int i = 0; i < 20; ++i)
    for (const auto& door : doors) all += door() == 429;
  EXPECT_EQ(all, 50) << "all these doors together";
}

TEST_P(Abuse, WhatSolvedADraftIsNotToldWithoutEnd) {
  auto reader = stranger();
  int refused = 0;
  for (int i = 0; i < 70; ++i) refused += reader.send_form("/help/contact", "solved=1&text=Where").status == 429;
  EXPECT_EQ(refused, 10);
}

}  // namespace
}  // namespace fifteen::test
