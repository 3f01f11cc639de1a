#include <gtest/gtest.h>

#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

class WebhookRoutes : public SiteOnDatabase {};
FIFTEEN_BOTH_DATABASES(WebhookRoutes);

TEST_P(WebhookRoutes, AnAdminAddsChangesTestsAndRemovesOne) {
  Visitor admin = browser_of(add_agent("bob", Role::admin));
  const auto added = admin.send("POST", "/api/v1/webhooks",
                                R"({"url":"https://hooks.example/in","events":["ticket.opened","reply.sent"]})");
  ASSERT_EQ(added.status, 201) << added.body;
  const auto secret = json_of(added).at("secret").as_string();
  EXPECT_GE(secret.size(), 20u);
  const std::string one = "/api/v1/webhooks/" + std::string(json_of(added).at("id").as_string());

  const auto list = admin.get("/api/v1/webhooks");
  EXPECT_EQ(json_of(list).at("items").at(0).at("url"), "https://hooks.example/in");
  EXPECT_FALSE(list.body.contains(std::string(secret))) << "shown once";

  EXPECT_EQ(admin.send("POST", one + "/tests").status, 202);
  const auto deliveries = json_of(admin.get(one + "/deliveries"));
  EXPECT_EQ(deliveries.at("items").at(0).at("event"), "ping");
  EXPECT_EQ(deliveries.at("items").at(0).at("state"), "waiting");

  EXPECT_EQ(json_of(admin.send("PATCH", one, R"({"active":false})")).at("active"), false);
  EXPECT_EQ(admin.send("POST", one + "/tests").status, 409);
  EXPECT_EQ(admin.send("DELETE", one).status, 204);
  EXPECT_EQ(admin.send("DELETE", one).status, 404);
}

TEST_P(WebhookRoutes, WhatCantBeAskedIsRefused) {
  Visitor admin = browser_of(add_agent("bob", Role::admin));
  for (const char* wish :
       {R"({"url":"ftp://hooks.example","events":["ticket.opened"]})", R"({"events":["ticket.opened"]})",
        R"({"url":"https://a:b@hooks.example","events":["ticket.opened"]})",
        R"({"url":"https://hooks.example","events":[]})", R"({"url":"https://hooks.example","events":["all"]})"})
    EXPECT_EQ(admin.send("POST", "/api/v1/webhooks", wish).status, 422) << wish;
}

}  // namespace
}  // namespace fifteen::test
