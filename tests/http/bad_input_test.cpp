#include <map>
#include <regex>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "server/store/tables.hpp"
#include "tests/http/bad_input_rows.hpp"
#include "tests/support/http_site.hpp"

// What is wrong with a request is said once, in a problem document (RFC 9457), and nothing of it is kept: every route
// that changes something, every field of its body. A new route without a row here fails.
namespace fifteen::test {
namespace {

namespace json = boost::json;

constexpr const char* nowhere = "987654321";

bool has_body(http::Method method) {
  return method == http::Method::post || method == http::Method::put || method == http::Method::patch;
}

class BadInput : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    const auto ana = add_agent("ana", Role::admin, "correct horse"), bob = add_agent("bob", Role::agent);
    ana_ = std::make_unique<Visitor>(browser_of(ana));
    const auto mailbox = id_of(must("POST", "/api/v1/mailboxes", R"({"address":"help@desk.example","name":"Help"})"));
    const auto ticket = open("one"), other = open("two");
    const auto note = "/api/v1/tickets/" + ticket + "/messages";
    must("POST", note, R"({"kind":"note","text":"first"})");
    const auto saved = id_of(must("POST", "/api/v1/saved-replies", R"({"title":"A","text":"B"})"));
    const auto idea = id_of(must("POST", "/api/v1/ideas", R"({"title":"Night"})"));
    const auto other_idea = id_of(must("POST", "/api/v1/ideas", R"({"title":"Dark"})"));
    const auto schedule =
        id_of(must("POST", "/api/v1/schedules", R"({"name":"Office","zone":"UTC","weekly":[],"holidays":[]})"));
    must("POST", "/api/v1/schedules/" + schedule + "/versions",
         R"({"from":"2027-01-01T00:00:00Z","zone":"UTC","weekly":[]})");
    const auto webhook =
        id_of(must("POST", "/api/v1/webhooks", R"({"url":"https://hooks.example/","events":["ticket.opened"]})"));
    const auto article = id_of(must("POST", "/api/v1/articles", R"({"title":"Export","body":"Press it."})"));
    const auto category = id_of(must("POST", "/api/v1/article-categories", R"({"slug":"guides"})"));
    const auto widget_key =
        id_of(must("POST", "/api/v1/widget-keys", R"({"name":"Site","origins":["https://site.example"]})"));
    const auto brand = id_of(must("POST", "/api/v1/brands", R"({"name":"Max","host":"max.example"})"));
    must("PUT", "/api/v1/customers/u42", R"({"email":"una@x.example"})");
    const auto message = json_of(ana_->get(note)).at("items").at(1).at("id").as_string();
    ids_ = {{"articles", article},
            {"article-categories", category},
            {"agent", std::to_string(bob.value)},
            {"agents", std::to_string(bob.value)},
            {"ideas", idea},
            {"other_idea", other_idea},
            {"ticket", ticket},
            {"tickets", ticket},
            {"other_ticket", other},
            {"message", std::string(message)},
            {"mailboxes", mailbox},
            {"saved-replies", saved},
            {"schedules", schedule},
            {"versions", "2027-01-01T00:00:00Z"},
            {"brands", brand},
            {"webhooks", webhook},
            {"widget-keys", widget_key},
            {"customers", "u42"}};
  }
  void TearDown() override {
    ana_.reset();
    SiteOnDatabase::TearDown();
  }

  Answer must(const std::string& method, const std::string& target, const std::string& body) {
    auto answer = ana_->send(method, target, body);
    EXPECT_LT(answer.status, 300) << target << answer.body;
    return answer;
  }
  static std::string id_of(const Answer& answer) { return std::string(json_of(answer).at("id").as_string()); }
  std::string open(const std::string& text) {
    return id_of(must("POST", "/api/v1/tickets", R"({"email":"joe@x.example","subject":"S","text":")" + text + "\"}"));
  }

  // A row's address and good body, with ids of what there is or, instead of the address' own, another.
  std::string target_of(const http::Route& route, const std::string& id = "") const {
    std::string target(route.pattern);
    const std::regex place("/([a-z-]+)/(\\{[a-z]+\\})");
    for (std::smatch found; std::regex_search(target, found, place);) {
      const auto known = ids_.find(found[1]);
      const std::string there = !id.empty() ? id : known != ids_.end() ? known->second : nowhere;
      target.replace(static_cast<std::size_t>(found.position(2)), static_cast<std::size_t>(found.length(2)), there);
    }
    return target;
  }
  std::string body_of(const http::Route& route) {
    const std::string name = std::string(fifteen::http::name(route.method)) + " " + std::string(route.pattern);
    const auto* row = std::ranges::find(good_requests, name, &GoodRequest::route);
    if (row == std::end(good_requests)) {
      ADD_FAILURE() << "no row for " << name;
      return "";
    }
    std::string body = row->body;
    const auto put = [&](const std::string& what, const std::string& id) {
      if (const auto at = body.find("{" + what + "}"); at != std::string::npos) body.replace(at, what.size() + 2, id);
    };
    for (const auto& [what, id] : ids_) put(what, id);
    if (body.contains("{version}"))
      put("version", std::to_string(json_of(ana_->get("/api/v1/tickets/" + ids_["ticket"])).at("version").as_int64()));
    return body;
  }

  // Every cell of every table.
  std::map<std::string, std::string> records() {
    std::map<std::string, std::string> all;
    const auto sql = store::connect(files().options(), false);
    for (const auto& table : store::tables_of(*sql)) {
      std::string cells;
      store::each_row(*sql, table, [&](store::Value* cell) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
          if (const auto* number = std::get_if<std::int64_t>(&cell[i])) cells += std::to_string(*number);
          if (const auto* bytes = std::get_if<std::string>(&cell[i])) cells += *bytes;
          cells += '|';
        }
        cells += '\n';
      });
      all[table.name] = cells;
    }
    return all;
  }

  static void expect_problem(const Answer& answer, int status, const std::string& what) {
    EXPECT_EQ(answer.status, status) << what << ": " << answer.body;
    EXPECT_EQ(answer.header("content-type"), "application/problem+json") << what;
    boost::system::error_code ec;
    const auto problem = json::parse(answer.body, ec);
    ASSERT_FALSE(ec) << what << ": " << answer.body;  // one document, nothing behind it
    EXPECT_EQ(problem.at("status"), status) << what;
    // It says what is wrong, beyond the kind.
    if (status == 422)
      EXPECT_TRUE(problem.as_object().contains("errors") || problem.as_object().contains("detail"))
          << what << answer.body;
  }

  template <class F>
  void for_each_change(F&& f) {
    for (const http::Route& route : http::all_routes()) {
      if (!has_body(route.method)) continue;
      f(route, std::string(name(route.method)), body_of(route));
    }
  }

  std::unique_ptr<Visitor> ana_;
  std::map<std::string, std::string> ids_;
};
FIFTEEN_BOTH_DATABASES(BadInput);

TEST_P(BadInput, IsNoJsonObject) {
  const auto before = records();
  const std::string deep = std::string(400, '[') + std::string(400, ']');
  for_each_change([&](const http::Route& route, const std::string& method, const std::string& good) {
    if (good.empty()) return;
    for (const std::string& body : {std::string("{"), std::string("[]"), std::string("7"), std::string("\"x\""),
                                    good + "{", "{\"a\":" + deep + "}", std::string("\xff\xfe")})
      expect_problem(ana_->send(method, target_of(route), body), 422, method + " " + target_of(route) + " " + body);
    const auto as_text =
        ana_->client().ask(method, target_of(route), ana_->headers() + "Content-Type: text/plain\r\n", good);
    expect_problem(as_text, 422, method + " " + target_of(route) + " as text");
  });
  EXPECT_EQ(records(), before);
}

TEST_P(BadInput, IsTheWrongKindOfValue) {
  const auto before = records();
  for_each_change([&](const http::Route& route, const std::string& method, const std::string& good) {
    if (good.empty()) return;
    for (const auto& [field, value] : json::parse(good).as_object()) {
      std::vector<json::value> wrong{json::object{}, json::array{json::object{}}, 1.5};
      if (value.is_string())
        wrong.insert(wrong.end(), {std::string(300'000, 'x').substr(0, route.body_limit / 2), "x\u0001y"});
      for (const auto& bad : wrong) {
        json::object body = json::parse(good).as_object();
        body[field] = bad;
        const auto answer = ana_->send(method, target_of(route), json::serialize(body));
        const std::string what = method + " " + target_of(route) + " " + json::serialize(body).substr(0, 300);
        expect_problem(answer, 422, what);
        if (answer.status != 422) continue;
        const auto problem = json_of(answer);
        const auto& errors = problem.at("errors").as_array();
        ASSERT_EQ(errors.size(), 1u) << what << answer.body;
        EXPECT_EQ(errors[0].at("field"), field) << what;
      }
    }
  });
  EXPECT_EQ(records(), before);
}

TEST_P(BadInput, IsLargerThanItsRoute) {
  const auto before = records();
  for_each_change([&](const http::Route& route, const std::string& method, const std::string&) {
    Visitor fresh(server_->address(), ana_->headers());  // the connection ends with such a body
    fresh.client().send(method + " " + target_of(route) + " HTTP/1.1\r\nHost: desk.example\r\n" + ana_->headers() +
                        "Content-Type: application/json\r\nContent-Length: " + std::to_string(route.body_limit + 1) +
                        "\r\n\r\n");
    expect_problem(fresh.client().receive(), 413, method + " " + target_of(route));
  });
  EXPECT_EQ(records(), before);
}

TEST_P(BadInput, IsAboutWhatIsNotThere) {
  const auto before = records();
  for_each_change([&](const http::Route& route, const std::string& method, const std::string& good) {
    if (!route.pattern.contains('{') || !route.pattern.starts_with("/api/")) return;
    if (route.pattern == "/api/v1/customers/{customer}") return;       // the site's own id: afterwards there is one
    const int status = route.pattern.contains("{token}") ? 410 : 404;  // a link that was never sent is an old one
    for (const auto* id : {"987654321", "0", "-1", "1x", "9999999999999999999999"})
      expect_problem(ana_->send(method, target_of(route, id), good), status,
                     method + " " + std::string(route.pattern) + " " + id);
  });
  const std::string ticket = "/api/v1/tickets/" + ids_["ticket"];
  struct Case {
    std::string method, target, body;
    int status;
  };
  for (const auto& [method, target, body, status] :
       {Case{"POST", "/api/v1/tickets", R"({"email":"a@x.example","text":"x","mailbox":"nobody@x.example"})", 404},
        Case{"POST", "/api/v1/tickets", R"({"email":"a@x.example","text":"x","attachments":["987654321"]})", 422},
        Case{"PUT", ticket + "/assignee", R"({"agent":"987654321"})", 422},
        Case{"PUT", ticket + "/merge", R"({"into":"987654321"})", 404},
        Case{"PUT", ticket + "/merge", R"({"into":")" + ids_["ticket"] + "\"}", 422},
        Case{"POST", ticket + "/parts", R"({"messages":["987654321"]})", 422},
        Case{"POST", ticket + "/messages", R"({"kind":"note","text":"x","attachments":["987654321"]})", 422},
        Case{"POST", "/api/v1/mailboxes", R"({"address":"n@desk.example","schedule":"987654321"})", 422},
        Case{"PATCH", "/api/v1/mailboxes/" + ids_["mailboxes"], R"({"schedule":"987654321"})", 422},
        Case{"POST", "/api/v1/tokens", R"({"name":"T","scope":"read","agent":"987654321"})", 422},
        Case{"POST", "/api/v1/mailboxes", R"({"address":"help@desk.example"})", 409},
        Case{"POST", "/api/v1/agents", R"({"email":"bob@desk.example","name":"B","role":"agent"})", 409}})
    expect_problem(ana_->send(method, target, body), status, target + " " + body);
  EXPECT_EQ(records(), before);
}

TEST_P(BadInput, IsFromASessionThatIsOver) {
  clock_.advance(std::chrono::days(31));
  const auto before = records();
  for (const http::Route& route : http::all_routes()) {
    if (route.access == http::Access::anyone || route.method == http::Method::get) continue;
    expect_problem(ana_->send(std::string(name(route.method)), target_of(route), "{}"), 401,
                   std::string(route.pattern));
  }
  EXPECT_EQ(records(), before);
}

TEST_P(BadInput, IsAnAnswerToWhatHasChanged) {
  const std::string ticket = "/api/v1/tickets/" + ids_["ticket"];
  const auto version = json_of(ana_->get(ticket)).at("version").as_int64();
  must("POST", ticket + "/messages", R"({"kind":"note","text":"meanwhile"})");
  const auto before = records();

  const auto answer =
      ana_->send("POST", ticket + "/messages",
                 R"({"kind":"reply","text":"x","close":true,"if_version":)" + std::to_string(version) + "}");

  expect_problem(answer, 409, "an old version");
  EXPECT_EQ(json_of(answer).at("since").as_array().size(), 1u);
  EXPECT_EQ(records(), before);
}

// And every good body is good, whenever it comes first; with a key it is taken once.
TEST_P(BadInput, IsARepeatedKeyOfAnotherRequest) {
  for_each_change([&](const http::Route& route, const std::string& method, const std::string& good) {
    const std::string target = target_of(route), what = method + " " + target;
    if (good.empty() || target.contains(nowhere) || target.contains("/session") || target.contains("/merge")) return;
    const bool is_question = std::holds_alternative<http::Read>(route.handler);  // asked again, it is answered again
    if (method != "POST" || is_question) {
      EXPECT_LT(ana_->send(method, target, good).status, 300) << what;
      return;
    }
    const std::string key = "Idempotency-Key: " + what + "\r\n";
    const auto first = ana_->send(method, target, good, key);
    EXPECT_LT(first.status, 300) << what << first.body;
    const auto before = records();
    const auto again = ana_->send(method, target, good, key);
    EXPECT_EQ(again.status, first.status) << what;
    EXPECT_EQ(again.body, first.body) << what;
    EXPECT_EQ(again.header("idempotent-replayed"), "true") << what;
    expect_problem(ana_->send(method, target, good + " ", key), 422, what);
    EXPECT_EQ(records(), before) << what;
  });
}

}  // namespace
}  // namespace fifteen::test
