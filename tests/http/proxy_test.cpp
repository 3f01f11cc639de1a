#include "server/http/proxy.hpp"

#include <gtest/gtest.h>

namespace fifteen::http {
namespace {

struct Case {
  std::string from, forwarded, proto;
  std::string client;
  bool is_https;
};

TEST(TrustedProxies, TakesTheWordOfTrustedProxiesAlone) {
  const auto proxies = TrustedProxies::parse({"10.0.0.0/9", "::1", "unix"}).value();
  const Case cases[] = {
      {"10.1.2.3", "203.0.113.9", "https", "203.0.113.9", true},
      {"10.128.0.1", "203.0.113.9", "https", "10.128.0.1", false},
      {"::ffff:10.1.2.3", "203.0.113.9", "", "203.0.113.9", false},
      {"unix", "2001:db8::7", "http", "2001:db8::7", false},
      {"10.1.2.3", "6.6.6.6, 203.0.113.9, 10.9.9.9", "https", "203.0.113.9", true},
      {"10.1.2.3", "203.0.113.9, rubbish", "https", "10.1.2.3", true},
      {"::1", "", "", "::1", false},
  };
  for (const auto& [from, forwarded, proto, client, is_https] : cases) {
    Request request;
    request.client = from;
    request.headers.add("X-Forwarded-For", forwarded);
    request.headers.add("X-Forwarded-Proto", proto);

    proxies.apply(request);

    EXPECT_EQ(request.client, client) << from << " says " << forwarded;
    EXPECT_EQ(request.is_https, is_https) << from << " says " << proto;
  }
}

TEST(TrustedProxies, RefusesWhatIsNoBlock) {
  for (const char* bad : {"", "10.0.0.0/33", "10.0.0/8", "example.org", "::1/129", "10.0.0.0/-1", "10.0.0.0/8x"})
    EXPECT_FALSE(TrustedProxies::parse({bad})) << bad;
}

TEST(Loopback, IsKnown) {
  EXPECT_TRUE(is_loopback("127.0.0.1"));
  EXPECT_TRUE(is_loopback("::1"));
  EXPECT_TRUE(is_loopback("::ffff:127.9.9.9"));
  EXPECT_TRUE(is_loopback("unix"));
  EXPECT_FALSE(is_loopback("128.0.0.1"));
  EXPECT_FALSE(is_loopback("2001:db8::1"));
}

}  // namespace
}  // namespace fifteen::http
