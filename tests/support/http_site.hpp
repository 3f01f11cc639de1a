#pragma once
#include <memory>
#include <string>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <prometheus/registry.h>

#include "server/base/password.hpp"
#include "server/base/random.hpp"
#include "server/http/site.hpp"
#include "server/store/api_tokens.hpp"
#include "server/store/credentials.hpp"
#include "server/store/sessions.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/http_server.hpp"

namespace fifteen::test {

inline boost::json::value json_of(const Answer& answer) {
  return boost::json::parse(answer.body);
}

// A browser, or a program: one connection, and the headers that go with each request.
class Visitor {
 public:
  Visitor(const std::string& address, std::string headers) : client_(address), headers_(std::move(headers)) {}

  Answer get(const std::string& target) { return client_.ask("GET", target, headers_); }
  Answer send(const std::string& method, const std::string& target, const std::string& json = "",
              const std::string& more_headers = "") {
    return client_.ask(method, target,
                       headers_ + more_headers + (json.empty() ? "" : "Content-Type: application/json\r\n"), json);
  }
  Answer send_form(const std::string& target, const std::string& body) {
    return client_.ask("POST", target, headers_ + "Content-Type: application/x-www-form-urlencoded\r\n", body);
  }
  HttpClient& client() { return client_; }
  const std::string& headers() const { return headers_; }

 private:
  HttpClient client_;
  std::string headers_;
};

// Stands for what the web build makes.
inline constexpr EmbeddedFile web_files[] = {
    {"app-1.js", "app"},
    {"w.js", "widget"},
    {"manifest.json",
     R"({"app.js":"app-1.js","app.css":"app-1.css","inbox.js":"i.js","ideas.js":"d.js","reports.js":"r.js","settings.js":"s.js",
        "access.js":"a.js","articles.js":"k.js","portal.css":"p.css","article.css":"t.css","ideas.css":"i.css","question.css":"q.css","portal.js":"p.js","widget.js":"w.js","widget-panel.js":"w.js","widget-example.js":"w.js"})"}};

// The whole site on a free port, over a database of its own.
class SiteOnDatabase : public OnBothDatabases {
 protected:
  void SetUp() override {
    OnBothDatabases::SetUp();
    setup_.metrics = &registry_;
    setup_.assets = &assets_;
    setup_.pages = &pages_;
    site_ = std::make_unique<http::Site>(db(), passwords_, clock_, setup_);
    server_ = std::make_unique<TestServer>(*site_);
  }
  void TearDown() override {
    server_.reset();
    site_.reset();
    OnBothDatabases::TearDown();
  }

  AgentId add_agent(const std::string& name, Role role, const std::string& password = "") {
    return db().write_now([&](store::Session& sql) {
      const AgentId id(sql.insert(
          "INSERT INTO agents (email, name, role, active, created_at) VALUES (:email, :name, :role, 1, :now)",
          {{"email", name + "@desk.example"}, {"name", name}, {"role", fifteen::name(role)}, {"now", clock_.now()}}));
      if (!password.empty()) store::set_password(sql, id, hash_password(password));
      return id;
    });
  }
  // Signed in, without the cost of a password.
  Visitor browser_of(AgentId agent) {
    const std::string token = random_token(), csrf = random_token();
    db().write_now([&](store::Session& sql) { store::add_session(sql, token, agent, csrf, clock_.now()); });
    return Visitor(server_->address(), "Cookie: fifteen=" + token + "\r\nX-CSRF-Token: " + csrf + "\r\n");
  }
  Visitor program(const std::string& scope, AgentId agent = {}) {
    const std::string token = random_token();
    db().write_now([&](store::Session& sql) {
      store::add_api_token(sql, token, {.name = "program", .scope = scope, .agent = agent, .created_at = clock_.now()});
    });
    return Visitor(server_->address(), "Authorization: Bearer " + token + "\r\n");
  }
  Visitor stranger() { return Visitor(server_->address(), ""); }
  // The hidden field of a form that was shown long enough ago (server/http/form_trap.hpp).
  std::string begun(const std::string& page) {
    const auto shown = stranger().get(page).body;
    const auto at = shown.find("name=\"begun\" value=\"") + 20;
    clock_.advance(std::chrono::seconds(3));
    return "&begun=" + shown.substr(at, shown.find('"', at) - at);
  }

  ManualClock clock_{from_us(1'790'000'000'000'000)};
  BlockingPool passwords_{2, 16};
  std::shared_ptr<prometheus::Registry> registry_holder_ = std::make_shared<prometheus::Registry>();
  prometheus::Registry& registry_ = *registry_holder_;
  http::Setup setup_;
  http::Assets assets_{web_files};
  http::Pages pages_{embedded_templates(), embedded_locales(), assets_};
  std::unique_ptr<http::Site> site_;
  std::unique_ptr<TestServer> server_;
};

}  // namespace fifteen::test
