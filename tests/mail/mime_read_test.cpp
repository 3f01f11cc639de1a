#include "mail/mime_read.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mail/utf8.hpp"

namespace fifteen::mail {
namespace {

std::string nested(int depth) {
  std::string raw = "From: a@example.com\r\nSubject: deep\r\n";
  for (int i = 0; i < depth; ++i) {
    const auto boundary = "b" + std::to_string(i);
    raw += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
  }
  return raw + "Content-Type: text/plain\r\n\r\nbottom\r\n";
}

}  // namespace

TEST(ReadMessage, SkipsTheMboxLineInFront) {
  const auto message =
      read_message("From joe Mon Jan  1 00:00:00 2026\r\nFrom: Joe <joe@EXAMPLE.com>\r\nSubject: Hi\r\n\r\nHello\r\n");
  ASSERT_TRUE(message.from);
  EXPECT_EQ(message.from->address, "joe@example.com");
  EXPECT_EQ(message.from->name, "Joe");
  EXPECT_EQ(message.text, "Hello\r\n");
}

TEST(ReadMessage, KeepsWhatCannotBeParsedAsRawText) {
  const auto message = read_message("");
  EXPECT_FALSE(message.unreadable_because.empty());
  ReadLimits small;
  small.message_bytes = 10;
  const auto large = read_message("Subject: too large\r\n\r\nbody", small);
  EXPECT_FALSE(large.unreadable_because.empty());
  EXPECT_EQ(large.text, "Subject: too large\r\n\r\nbody");
}

TEST(ReadMessage, NeverGivesControlCharactersOrMalformedText) {
  using namespace std::string_literals;
  const std::string raw =
      "From: =?utf-8?q?J=07o=1Be?= <j@example.com>\r\nSubject: a\x01\xFF"
      "b\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\nx\0y\x1B[31m\xC3(\r\n"s;
  const auto message = read_message(raw);
  for (const auto& text : {message.subject, message.text, message.from->name}) {
    EXPECT_TRUE(is_valid_utf8(text));
    EXPECT_EQ(text.find('\0'), std::string::npos);
    EXPECT_EQ(text.find('\x1B'), std::string::npos);
  }
  EXPECT_EQ(message.from->name, "Joe");
}

TEST(ReadMessage, StopsAtTheStatedDepthAndKeepsTheRestAsOneFile) {
  for (const int depth : {10, 100, 3000}) {
    const auto message = read_message(nested(depth));
    EXPECT_EQ(message.subject, "deep");
    EXPECT_EQ(message.text.find("bottom") != std::string::npos, depth < 20) << depth;
    EXPECT_EQ(message.parts.size(), depth < 20 ? 0u : 1u) << depth;
  }
}

TEST(ReadMessage, LeavesOutHeadersOverTheCeiling) {
  std::string raw = "Subject: first\r\n";
  for (int i = 0; i < 50'000; ++i) raw += "X-Filler-" + std::to_string(i) + ": " + std::string(60, 'x') + "\r\n";
  const auto message = read_message(raw + "Cc: late@example.com\r\n\r\nThe body\r\n");
  EXPECT_EQ(message.subject, "first");
  EXPECT_TRUE(message.cc.empty());
  EXPECT_EQ(message.text, "The body\r\n");
}

TEST(ReadMessage, TakesNoMoreAddressesThanAllowed) {
  std::string raw = "To: ";
  for (int i = 0; i < 20'000; ++i) raw += "u" + std::to_string(i) + "@example.com,\r\n ";
  EXPECT_EQ(read_message(raw + "z@example.com\r\n\r\nbody").to.size(), ReadLimits{}.addresses);
}

TEST(ReadMessage, IsSafeFromSeveralThreads) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] {
      for (int n = 0; n < 50; ++n)
        EXPECT_EQ(read_message("Subject: =?iso-8859-1?q?gr=FC=DFe?=\r\n\r\nx").subject, "grüße");
    });
}

}  // namespace fifteen::mail
