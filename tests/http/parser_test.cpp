#include "server/http/parser.hpp"

#include <gtest/gtest.h>

#include "tests/support/reading.hpp"

namespace fifteen::http {
namespace {

using test::read_request;

struct Case {
  const char* name;
  std::string bytes;
  std::optional<Refusal> refusal;
  std::string body;
};

const Case cases[] = {
    {"plain", "GET /a?b=1 HTTP/1.1\r\nHost: x\r\n\r\n", {}, ""},
    {"body", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", {}, "hello"},
    {"chunks",
     "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
     {},
     "hello"},
    {"http10", "GET / HTTP/1.0\r\n\r\n", {}, ""},
    {"no host", "GET / HTTP/1.1\r\n\r\n", Refusal::malformed, ""},
    {"two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", Refusal::malformed, ""},
    {"absolute", "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", Refusal::malformed, ""},
    {"length and coding",
     "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     Refusal::malformed, ""},
    {"coding and length",
     "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
     Refusal::malformed, ""},
    {"two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
     Refusal::malformed, ""},
    {"length list", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 4\r\n\r\nabcd", Refusal::malformed, ""},
    {"signed length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\nabcd", Refusal::malformed, ""},
    {"other coding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", Refusal::unknown_coding, ""},
    {"coding list", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
     Refusal::unknown_coding, ""},
    {"space before colon", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n", Refusal::malformed, ""},
    {"chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Refusal::malformed, ""},
    {"bare line feed", "GET / HTTP/1.1\nHost: x\n\n", Refusal::malformed, ""},
    {"method", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", Refusal::unknown_method, ""},
    {"version", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", Refusal::unknown_version, ""},
    {"expectation", "GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n", Refusal::unmet_expectation, ""},
    {"long target", "GET /" + std::string(60, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", Refusal::target_too_long, ""},
    {"endless target", "GET /" + std::string(600, 'a'), Refusal::target_too_long, ""},
    {"long head", "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(500, 'a') + "\r\n\r\n", Refusal::head_too_large, ""},
    {"many fields", "GET / HTTP/1.1\r\nHost: x\r\na:1\r\nb:1\r\nc:1\r\nd:1\r\ne:1\r\nf:1\r\ng:1\r\nh:1\r\n\r\n",
     Refusal::head_too_large, ""},
    {"stated too large", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n", Refusal::body_too_large, ""},
    {"chunk too large", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n",
     Refusal::body_too_large, ""},
    {"chunk overflow", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
     Refusal::malformed, ""},
};

TEST(RequestParser, ReadsOrRefusesEachCaseHoweverTheNetworkCutsIt) {
  for (const auto& [name, bytes, refusal, body] : cases)
    for (const std::size_t step : {1UZ, 2UZ, 7UZ, bytes.size()}) {
      const test::Reading reading = read_request(bytes, step);
      EXPECT_EQ(reading.refusal, refusal) << name << " in steps of " << step;
      EXPECT_EQ(reading.is_complete, !refusal.has_value()) << name << " in steps of " << step;
      if (!refusal) EXPECT_EQ(reading.body, body) << name;
    }
}

TEST(RequestParser, LeavesTheNextRequestUntouched) {
  const test::Reading reading = read_request("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\n", 1000);

  EXPECT_TRUE(reading.is_complete);
  EXPECT_EQ(reading.rest, "GET /b HTTP/1.1\r\n");
}

TEST(Request, DecodesQueryAndCookies) {
  Request request;
  request.target = "/x?q=caf%C3%A9+au&empty=&bad=%zz&nul=%00&q=second";
  request.path_size = 2;
  request.headers.add("Cookie", "a=1; fifteen=abc; b=2");

  EXPECT_EQ(request.path(), "/x");
  EXPECT_EQ(request.query("q"), "café au");
  EXPECT_EQ(request.query("empty"), "");
  EXPECT_EQ(request.query("bad"), std::nullopt);
  EXPECT_EQ(request.query("nul"), std::nullopt);
  EXPECT_EQ(request.cookie("fifteen"), "abc");
  EXPECT_EQ(request.cookie("teen"), "");
}

TEST(Request, RefusesWhatIsNoUtf8) {
  for (const char* bad : {"\x80", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\xFF"})
    EXPECT_FALSE(is_utf8(bad)) << percent_encoded(bad);
  EXPECT_TRUE(is_utf8("aé漢😀"));
}

}  // namespace
}  // namespace fifteen::http
