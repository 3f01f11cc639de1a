#include <map>
#include <regex>

#include <gtest/gtest.h>

#include "tests/support/http_site.hpp"

// Who may use which address: every route, method and kind of visitor. A new route without a row here fails.
namespace fifteen::test {
namespace {

// Columns: nobody, agent, manager, admin, token read, token write, token admin.
// A letter a column: y may, n is not signed in (401), f is signed in and may not (403).
const std::map<std::string, std::string> expected = {
    {"GET /api/v1/session", "nyyyfff"},
    {"POST /api/v1/session", "yyyyyyy"},
    {"DELETE /api/v1/session", "nyyyfff"},
    {"PUT /api/v1/session/password", "nyyyfff"},
    {"GET /api/v1/session/digest", "nfyyfff"},  // the desk says so
    {"PUT /api/v1/session/digest", "nfyyfff"},
    {"GET /api/v1/password-resets/{token}", "yyyyyyy"},
    {"PUT /api/v1/password-resets/{token}", "yyyyyyy"},
    {"POST /api/v1/password-resets", "yyyyyyy"},
    {"GET /api/v1/tickets", "nyyyyff"},
    {"POST /api/v1/tickets", "nyyyfyf"},
    {"GET /api/v1/tickets/counts", "nyyyyff"},
    {"GET /api/v1/tickets/{id}", "nyyyyff"},
    // A token that acts for nobody can neither leave a customer unanswered nor answer her: the desk says so.
    {"PUT /api/v1/tickets/{id}/closure", "nyyyfff"},
    {"DELETE /api/v1/tickets/{id}/closure", "nyyyfff"},
    {"DELETE /api/v1/tickets/{id}/last-close", "nyyyfff"},
    {"PUT /api/v1/tickets/{id}/assignee", "nyyyfyf"},
    {"PUT /api/v1/tickets/{id}/tags", "nyyyfyf"},
    {"PUT /api/v1/tickets/{id}/spam", "nyyyfyf"},
    {"DELETE /api/v1/tickets/{id}/spam", "nyyyfyf"},
    {"PUT /api/v1/tickets/{id}/merge", "nyyyfyf"},
    {"DELETE /api/v1/tickets/{id}/merge", "nyyyfyf"},
    {"POST /api/v1/tickets/{id}/parts", "nyyyfyf"},
    {"PUT /api/v1/tickets/{id}/read", "nyyyfff"},
    {"DELETE /api/v1/tickets/{id}/read", "nyyyfff"},
    {"PUT /api/v1/tickets/{id}/draft", "nyyyfff"},
    {"DELETE /api/v1/tickets/{id}/draft", "nyyyfff"},
    {"GET /api/v1/tickets/{id}/suggestions", "nyyyyff"},
    {"POST /api/v1/tickets/{id}/wrong-answers", "nyyyfyf"},
    {"POST /api/v1/messages/{id}/article", "nyyyfyf"},
    {"GET /api/v1/tickets/{id}/actions", "nyyyyff"},
    {"GET /api/v1/tickets/{id}/messages", "nyyyyff"},
    {"GET /api/v1/tickets/{id}/waits", "nyyyyff"},
    {"POST /api/v1/tickets/{id}/messages", "nyyyfyf"},
    {"DELETE /api/v1/messages/{id}", "nyyyfyf"},
    {"GET /api/v1/messages/{id}/body", "nyyyyff"},
    {"GET /api/v1/messages/{id}/raw", "nyyyyff"},
    {"POST /api/v1/attachments", "nyyyfyf"},
    {"GET /api/v1/attachments/{id}", "nyyyyff"},
    {"GET /api/v1/search", "nyyyyff"},
    {"GET /api/v1/customers/{id}", "nyyyyff"},
    {"GET /api/v1/articles", "nyyyyff"},
    {"POST /api/v1/articles", "nyyyfyf"},
    {"GET /api/v1/articles/{id}", "nyyyyff"},
    {"PATCH /api/v1/articles/{id}", "nyyyfyf"},
    {"DELETE /api/v1/articles/{id}", "nyyyfyf"},
    {"DELETE /api/v1/articles/{id}/deletion", "nyyyfyf"},
    {"PUT /api/v1/articles/{id}/publication", "nfyyffy"},
    {"DELETE /api/v1/articles/{id}/publication", "nfyyffy"},
    {"DELETE /api/v1/articles/{id}/redirects/{slug}", "nyyyfyf"},
    {"PUT /api/v1/articles/{id}/draft", "nyyyfff"},
    {"DELETE /api/v1/articles/{id}/draft", "nyyyfff"},
    {"GET /api/v1/articles/{id}/versions", "nyyyyff"},
    {"POST /api/v1/articles/{id}/versions", "nyyyfyf"},
    {"GET /api/v1/articles/{id}/versions/{version}", "nyyyyff"},
    {"POST /api/v1/article-previews", "nyyyfyf"},
    {"GET /api/v1/article-export", "nyyyyff"},
    {"POST /api/v1/article-imports", "nfyyffy"},
    {"POST /api/v1/article-pictures", "nyyyfyf"},
    {"GET /api/v1/article-categories", "nyyyyff"},
    {"POST /api/v1/article-categories", "nfyyffy"},
    {"PUT /api/v1/article-categories/order", "nfyyffy"},
    {"PATCH /api/v1/article-categories/{id}", "nfyyffy"},
    {"DELETE /api/v1/article-categories/{id}", "nfyyffy"},
    {"GET /api/v1/articles/{id}/lessons", "nyyyyff"},
    {"PUT /api/v1/lessons/{id}/withdrawal", "nyyyfyf"},
    {"DELETE /api/v1/lessons/{id}/withdrawal", "nyyyfyf"},
    {"GET /api/v1/suggestion-threshold", "nffyffy"},
    {"PUT /api/v1/suggestion-threshold", "nffyffy"},
    {"GET /api/v1/suggestions", "yyyyyyy"},
    {"POST /api/v1/deflection-events", "yyyyyyy"},
    {"GET /api/v1/reports/first-response", "nyyyyff"},
    {"GET /api/v1/ratings", "nyyyyff"},
    {"GET /api/v1/reports/response-times", "nyyyyff"},
    {"GET /api/v1/reports/waits", "nyyyyff"},
    {"GET /api/v1/reports/waits.csv", "nyyyyff"},
    {"GET /api/v1/reports/waits.jsonl", "nyyyyff"},
    {"GET /api/v1/reports/deflection", "nfyyffy"},
    {"PATCH /api/v1/deflection", "nfyyffy"},
    {"GET /api/v1/reports/people-needed", "nfyyffy"},
    {"GET /api/v1/ideas", "nyyyyff"},
    {"POST /api/v1/ideas", "nyyyfyf"},
    {"GET /api/v1/ideas.csv", "nyyyyff"},
    {"GET /api/v1/ideas/{id}", "nyyyyff"},
    {"PATCH /api/v1/ideas/{id}", "nyyyfyf"},
    {"PUT /api/v1/ideas/{id}/state", "nyyyfyf"},
    {"PUT /api/v1/ideas/{id}/answer", "nyyyfyf"},
    {"DELETE /api/v1/ideas/{id}/answer", "nyyyfyf"},
    {"PUT /api/v1/ideas/{id}/spam", "nyyyfyf"},
    {"DELETE /api/v1/ideas/{id}/spam", "nyyyfyf"},
    {"PUT /api/v1/ideas/{id}/merge", "nyyyfyf"},
    {"DELETE /api/v1/ideas/{id}/merge", "nyyyfyf"},
    {"GET /api/v1/ideas/{id}/votes", "nyyyyff"},
    {"POST /api/v1/ideas/{id}/votes", "nyyyfyf"},
    {"DELETE /api/v1/ideas/{id}/votes/{voter}", "nyyyfyf"},
    {"PUT /api/v1/ideas/{id}/tickets/{ticket}", "nyyyfyf"},
    {"DELETE /api/v1/ideas/{id}/tickets/{ticket}", "nyyyfyf"},
    {"GET /api/v1/tickets/{id}/ideas", "nyyyyff"},
    {"GET /api/v1/customers/{id}/ideas", "nyyyyff"},
    {"GET /api/v1/widget/ideas", "yyyyyyy"},
    {"POST /api/v1/widget/ideas", "yyyyyyy"},
    {"POST /api/v1/widget/ideas/{number}/votes", "yyyyyyy"},
    {"GET /ideas", "yyyyyyy"},
    {"GET /ideas/{number}", "yyyyyyy"},
    {"GET /help/ideas", "yyyyyyy"},
    {"POST /help/ideas", "yyyyyyy"},
    {"GET /help/ideas/sent", "yyyyyyy"},
    {"GET /help/ideas/confirm/{token}", "yyyyyyy"},
    {"POST /help/ideas/confirm/{token}", "yyyyyyy"},
    {"GET /help/ideas/mails/{token}", "yyyyyyy"},
    {"POST /help/ideas/mails/{token}", "yyyyyyy"},
    {"GET /help/ideas/{number}", "yyyyyyy"},
    {"POST /help/ideas/{number}/votes", "yyyyyyy"},
    {"GET /api/v1/saved-replies", "nyyyyff"},
    {"POST /api/v1/saved-replies", "nfyyffy"},
    {"PATCH /api/v1/saved-replies/{id}", "nfyyffy"},
    {"DELETE /api/v1/saved-replies/{id}", "nfyyffy"},
    {"GET /api/v1/notifications", "nyyyfff"},
    {"PUT /api/v1/notifications/read", "nyyyfff"},
    {"GET /api/v1/notice-choices", "nyyyfff"},
    {"PUT /api/v1/notice-choices", "nyyyfff"},
    {"GET /api/v1/agents", "nyyyyff"},
    {"POST /api/v1/agents", "nffyffy"},
    {"PATCH /api/v1/agents/{id}", "nffyffy"},
    {"PUT /api/v1/agents/{id}/invitation", "nffyffy"},
    {"GET /api/v1/mailboxes", "nyyyyff"},
    {"POST /api/v1/mailboxes", "nffyffy"},
    {"PATCH /api/v1/mailboxes/{id}", "nffyffy"},
    {"GET /api/v1/schedules", "nffyffy"},
    {"POST /api/v1/schedules", "nffyffy"},
    {"POST /api/v1/schedules/calendar", "nffyffy"},
    {"POST /api/v1/schedules/preview", "nffyffy"},
    {"GET /api/v1/schedules/{id}", "nffyffy"},
    {"PATCH /api/v1/schedules/{id}", "nffyffy"},
    {"DELETE /api/v1/schedules/{id}", "nffyffy"},
    {"POST /api/v1/schedules/{id}/versions", "nffyffy"},
    {"PUT /api/v1/schedules/{id}/versions/{from}", "nffyffy"},
    {"DELETE /api/v1/schedules/{id}/versions/{from}", "nffyffy"},
    {"PUT /api/v1/schedules/{id}/calendar", "nffyffy"},
    {"DELETE /api/v1/schedules/{id}/calendar", "nffyffy"},
    {"GET /api/v1/targets", "nffyffy"},
    {"POST /api/v1/targets", "nffyffy"},
    {"DELETE /api/v1/targets/{id}", "nffyffy"},
    {"GET /api/v1/tokens", "nffyffy"},
    {"POST /api/v1/tokens", "nffyffy"},
    {"DELETE /api/v1/tokens/{id}", "nffyffy"},
    {"GET /api/v1/outgoing", "nffyffy"},
    {"PUT /api/v1/outgoing/{id}/retry", "nffyffy"},
    {"GET /api/v1/incoming", "nffyffy"},
    {"GET /api/v1/brands", "nffyffy"},
    {"POST /api/v1/brands", "nffyffy"},
    {"PATCH /api/v1/brands/{id}", "nffyffy"},
    {"DELETE /api/v1/brands/{id}", "nffyffy"},
    {"GET /api/v1/brands/{id}/logo", "nffyffy"},
    {"PUT /api/v1/brands/{id}/logo", "nffyffy"},
    {"DELETE /api/v1/brands/{id}/logo", "nffyffy"},
    {"GET /api/v1/webhooks", "nffyffy"},
    {"POST /api/v1/webhooks", "nffyffy"},
    {"PATCH /api/v1/webhooks/{id}", "nffyffy"},
    {"DELETE /api/v1/webhooks/{id}", "nffyffy"},
    {"POST /api/v1/webhooks/{id}/tests", "nffyffy"},
    {"GET /api/v1/webhooks/{id}/deliveries", "nffyffy"},
    {"GET /api/v1/widget-keys", "nffyffy"},
    {"POST /api/v1/widget-keys", "nffyffy"},
    {"PATCH /api/v1/widget-keys/{id}", "nffyffy"},
    {"DELETE /api/v1/widget-keys/{id}", "nffyffy"},
    {"POST /api/v1/widget-keys/{id}/secret", "nffyffy"},
    {"GET /widget.js", "yyyyyyy"},
    {"GET /widget-panel.js", "yyyyyyy"},
    // Its key says on which sites' pages, a question's link who follows it.
    {"GET /api/v1/widget/start", "yyyyyyy"},
    {"GET /api/v1/widget/articles/{article}", "yyyyyyy"},
    {"POST /api/v1/widget/answers", "yyyyyyy"},
    {"POST /api/v1/widget/questions", "yyyyyyy"},
    {"GET /api/v1/widget/questions/{token}", "yyyyyyy"},
    {"POST /api/v1/widget/questions/{token}/messages", "yyyyyyy"},
    {"POST /api/v1/widget/questions/{token}/solution", "yyyyyyy"},
    {"POST /api/v1/widget/questions/{token}/rating", "yyyyyyy"},
    {"POST /api/v1/widget/events", "yyyyyyy"},
    {"POST /api/v1/widget/surveys", "yyyyyyy"},
    {"GET /api/v1/live/public", "yyyyyyy"},
    {"DELETE /api/v1/customers/{id}", "nffyffy"},
    {"PUT /api/v1/customers/{customer}", "nyyyfyf"},
    {"POST /api/v1/customers/{customer}/events", "nyyyfyf"},
    {"GET /api/v1/surveys/{survey}/answers", "nyyyyff"},
    {"GET /api/v1/tickets/{id}/asker", "nyyyyff"},
    {"GET /api/v1/live", "nyyyfff"},
    {"GET /healthz", "yyyyyyy"},
    {"GET /readyz", "yyyyyyy"},
    {"GET /metrics", "yyyyyyy"},  // from this machine; elsewhere with a token
    {"GET /api/v1/openapi.json", "yyyyyyy"},
    {"GET /assets/{file}", "yyyyyyy"},
    {"GET /", "yyyyyyy"},  // sends to /signin
    {"GET /inbox/{view}", "yyyyyyy"},
    {"GET /t/{number}", "yyyyyyy"},
    {"GET /reports", "yyyyyyy"},
    {"GET /reports/deflection", "yyyyyyy"},
    {"GET /articles", "yyyyyyy"},
    {"GET /articles/{page...}", "yyyyyyy"},
    {"GET /settings", "yyyyyyy"},
    {"GET /settings/{page...}", "yyyyyyy"},
    {"GET /signin", "yyyyyyy"},
    {"GET /welcome/{token}", "yyyyyyy"},
    {"GET /reset", "yyyyyyy"},
    {"GET /reset/{token}", "yyyyyyy"},
    {"GET /help", "yyyyyyy"},
    {"GET /help/contact", "yyyyyyy"},
    {"POST /help/contact", "yyyyyyy"},
    {"GET /help/questions", "yyyyyyy"},
    {"POST /help/questions", "yyyyyyy"},
    {"GET /help/sent", "yyyyyyy"},
    {"GET /help/widget-example", "yyyyyyy"},
    {"GET /help/sitemap.xml", "yyyyyyy"},
    {"GET /help/categories/{category...}", "yyyyyyy"},
    {"GET /help/pictures/{name}", "yyyyyyy"},
    {"GET /help/{slug}", "yyyyyyy"},
    {"POST /help/{slug}/feedback", "yyyyyyy"},
    {"GET /robots.txt", "yyyyyyy"},
    {"GET /api/v1/usual-answer-time", "yyyyyyy"},
    {"GET /rate/{token}", "yyyyyyy"},
    {"GET /rate/{token}/{choice}", "yyyyyyy"},
    {"POST /rate/{token}", "yyyyyyy"},  // its token is the proof
    {"GET /solved/{token}", "yyyyyyy"},
    {"POST /solved/{token}", "yyyyyyy"},  // likewise
    {"POST /rate/{token}/link", "yyyyyyy"},
    {"GET /q/{token}", "yyyyyyy"},
    // Its token is the proof, and the customer's: of an agent who is signed in only for a question of her own.
    {"POST /q/{token}", "yyyyyyy"},
    {"POST /q/{token}/solution", "yyyyyyy"},
    {"POST /q/{token}/rating", "yfffyyy"},
    {"POST /q/{token}/link", "yyyyyyy"},
    {"GET /q/{token}/files/{id}", "yyyyyyy"},
    {"GET /brand/{id}/{version}", "yyyyyyy"},
};

class AccessTable : public SiteOnDatabase {};
INSTANTIATE_TEST_SUITE_P(Databases, AccessTable, testing::Values(store::Backend::sqlite));

TEST_P(AccessTable, HoldsForEveryRouteAndVisitor) {
  const auto agent = add_agent("agent", Role::agent), manager = add_agent("manager", Role::manager),
             admin = add_agent("admin", Role::admin);
  Visitor nobody = stranger(), reads = program("read"), writes = program("write"), administers = program("admin");
  for (const http::Route& route : http::all_routes()) {
    const std::string row = std::string(name(route.method)) + " " + std::string(route.pattern);
    const auto found = expected.find(row);
    ASSERT_NE(found, expected.end()) << "no row for " << row;
    const std::string target = std::regex_replace(std::string(route.pattern), std::regex("\\{[a-z.]+\\}"), "987654321");
    // Signing out ends a session, so each request has its own.
    Visitor as_agent = browser_of(agent), as_manager = browser_of(manager), as_admin = browser_of(admin);
    Visitor* visitors[] = {&nobody, &as_agent, &as_manager, &as_admin, &reads, &writes, &administers};
    for (std::size_t i = 0; i < std::size(visitors); ++i) {
      const auto answer = visitors[i]->send(std::string(name(route.method)), target);
      const char seen = answer.status == 401 ? 'n' : answer.status == 403 ? 'f' : 'y';
      EXPECT_EQ(seen, found->second[i]) << row << " column " << i << ": " << answer.status << " " << answer.body;
      EXPECT_LT(answer.status, 500) << row << " column " << i;
    }
  }
  EXPECT_EQ(expected.size(), http::all_routes().size()) << "a row without a route";
}

// Every change by a browser's session needs its CSRF token, whatever the route.
TEST_P(AccessTable, NoChangeWithoutTheCsrfToken) {
  const auto admin = add_agent("admin", Role::admin);
  Visitor browser = browser_of(admin);
  const auto cookie = browser.headers().substr(0, browser.headers().find("\r\n") + 2);
  Visitor forged(server_->address(), cookie);
  for (const http::Route& route : http::all_routes()) {
    if (route.method == http::Method::get || route.access == http::Access::anyone) continue;
    const std::string target = std::regex_replace(std::string(route.pattern), std::regex("\\{[a-z.]+\\}"), "987654321");
    EXPECT_EQ(forged.send(std::string(name(route.method)), target).status, 403) << target;
  }
}

TEST_P(AccessTable, ATokenOfAPersonCanDoNoMoreThanShe) {
  const auto agent = add_agent("agent", Role::agent), admin = add_agent("admin", Role::admin);

  EXPECT_EQ(program("all", agent).get("/api/v1/outgoing").status, 403);
  EXPECT_EQ(program("all", admin).get("/api/v1/outgoing").status, 200);
  EXPECT_EQ(program("read", admin).get("/api/v1/outgoing").status, 403);
}

}  // namespace
}  // namespace fifteen::test
