#include <gtest/gtest.h>

#include "tests/support/http_site.hpp"

namespace fifteen::test {
namespace {

using IncomingMail = SiteOnDatabase;
FIFTEEN_BOTH_DATABASES(IncomingMail);

TEST_P(IncomingMail, ShowsWhatTheDoorsRefused) {
  setup_.refused_mail = [] { return std::map<std::string, std::int64_t>{{"nul_byte", 3}}; };

  const auto incoming = json_of(program("admin", add_agent("ana", Role::admin)).get("/api/v1/incoming"));

  EXPECT_EQ(incoming.at("refused").at("nul_byte"), 3);
  EXPECT_EQ(incoming.at("accepted"), 0);
}

}  // namespace
}  // namespace fifteen::test
