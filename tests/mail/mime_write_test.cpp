#include "mail/mime_write.hpp"

#include <gtest/gtest.h>

#include "mail/ascii.hpp"
#include "mail/markdown.hpp"
#include "mail/mime_read.hpp"

namespace fifteen::mail {
namespace {

OutgoingMessage example() {
  OutgoingMessage mail;
  mail.from = {"Ana Müller – Help", "help@example.com"};
  mail.to = {{"Joe \"J\" Smith, Esq.", "joe@example.net"}};
  mail.subject = "Re: Grüße aus 東京 — " + std::string(120, 'x');
  mail.message_id = "t7.m1@example.com";
  mail.in_reply_to = "q1@example.net";
  mail.references = {"q0@example.net", "q1@example.net"};
  mail.date = from_us(1'700'000'000'000'000);
  const std::string markdown =
      "Hello **Joe**,\n\nsee [the page](https://example.com/a).\nFrom here on\n.\n" + std::string(2000, 'z');
  mail.text = markdown_to_text(markdown);
  mail.html = markdown_to_html(markdown);
  return mail;
}

}  // namespace

TEST(WriteMessage, IsReadBackAsItWasMeant) {
  auto mail = example();
  mail.parts = {{"Überblick.pdf", "application/pdf", "", Disposition::attachment, std::string("%PDF\0\r\n.\n", 9)},
                {"logo.png", "image/png", "logo@example.com", Disposition::inline_picture, "PNG"}};
  const auto bytes = write_message(mail);
  ASSERT_TRUE(bytes);
  const auto read = read_message(*bytes);
  EXPECT_EQ(read.from->name, mail.from.name);
  EXPECT_EQ(read.to.at(0).name, mail.to[0].name);
  EXPECT_EQ(read.to.at(0).address, mail.to[0].address);
  EXPECT_EQ(read.subject, mail.subject);
  EXPECT_EQ(read.message_id, mail.message_id);
  EXPECT_EQ(read.in_reply_to, std::vector<std::string>{mail.in_reply_to});
  EXPECT_EQ(read.references, mail.references);
  EXPECT_NE(read.text.find("see the page (https://example.com/a)."), std::string::npos);
  EXPECT_NE(read.html.find("<strong>Joe</strong>"), std::string::npos);
  ASSERT_EQ(read.parts.size(), 2u);
  EXPECT_EQ(read.parts[0].content_id, "logo@example.com");
  EXPECT_EQ(read.parts[0].disposition, Disposition::inline_picture);
  EXPECT_EQ(read.parts[1].name, "Überblick.pdf");
  EXPECT_EQ(read.parts[1].bytes, mail.parts[0].bytes);
  EXPECT_EQ(read.automatic, Automatic::no);
}

TEST(WriteMessage, KeepsLinesShortAndEndsThemWithCrLf) {
  const auto bytes = write_message(example());
  ASSERT_TRUE(bytes);
  for (std::size_t at = 0; at < bytes->size();) {
    const auto end = bytes->find('\n', at);
    ASSERT_NE(end, std::string::npos);
    ASSERT_EQ((*bytes)[end - 1], '\r');
    ASSERT_LE(end - at, 999u);
    at = end + 1;
  }
  for (const char c : *bytes) ASSERT_EQ(c & 0x80, 0);
}

TEST(WriteMessage, LeavesALongUrlInAHeaderAsItIs) {
  auto mail = example();
  const std::string url = "<https://help.example.com/help/ideas/mails/" + std::string(100, 'x') + ">";
  mail.headers = {{"List-Unsubscribe", url}, {"X-Words", "ünï"}};
  const auto bytes = write_message(mail);
  ASSERT_TRUE(bytes);
  EXPECT_NE(bytes->find("\r\nList-Unsubscribe: " + url + "\r\n"), std::string::npos) << *bytes;
  EXPECT_EQ(bytes->find("ünï"), std::string::npos);
}

TEST(WriteMessage, LetsNobodyAddAHeader) {
  for (const auto& end : {std::string("\r\n"), std::string("\n"), std::string("\r"), std::string("\0", 1)}) {
    const auto evil = "x" + end + "Bcc: victim@example.org";
    const auto with = [&](auto change) {
      auto mail = example();
      change(mail);
      return write_message(mail);
    };
    EXPECT_FALSE(with([&](OutgoingMessage& m) { m.subject = evil; }));
    EXPECT_FALSE(with([&](OutgoingMessage& m) { m.from.name = evil; }));
    EXPECT_FALSE(with([&](OutgoingMessage& m) { m.to[0].name = evil; }));
    EXPECT_FALSE(with([&](OutgoingMessage& m) { m.to[0].address = "a@example.com" + end + "Bcc: b@example.org"; }));
    EXPECT_FALSE(with([&](OutgoingMessage& m) { m.message_id = evil; }));
    EXPECT_FALSE(with([&](OutgoingMessage& m) { m.in_reply_to = evil; }));
    EXPECT_FALSE(with([&](OutgoingMessage& m) { m.headers = {{"X-A", evil}}; }));
    EXPECT_FALSE(with([&](OutgoingMessage& m) { m.headers = {{"X-A" + end, "b"}}; }));
    auto mail = example();
    mail.references = {evil};
    mail.parts = {{evil + ".txt", evil, evil, Disposition::attachment, "x"}};
    const auto bytes = write_message(mail);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->find("\nBcc:"), std::string::npos);
  }
}

TEST(WriteMessage, RefusesWhatCannotBeAddressed) {
  for (const char* address :
       {"", "joe", "joe@", "@example.com", "a b@example.com", "a@b@example.com", "<a@example.com>", "a@exa mple.com"}) {
    auto mail = example();
    mail.to = {{"", address}};
    EXPECT_FALSE(write_message(mail)) << address;
  }
  auto nobody = example();
  nobody.to.clear();
  EXPECT_FALSE(write_message(nobody));
  auto international = example();
  international.to = {{"", "joe@bücher.example"}};
  EXPECT_NE(write_message(international)->find("joe@xn--bcher-kva.example"), std::string::npos);
}

TEST(WriteMessage, KeepsFirstAndLastOfALongThread) {
  auto mail = example();
  mail.references.clear();
  for (int i = 0; i < 300; ++i) mail.references.push_back("id" + std::to_string(i) + "@example.com");
  const auto read = read_message(*write_message(mail));
  EXPECT_EQ(read.references.size(), 20u);
  EXPECT_EQ(read.references.front(), "id0@example.com");
  EXPECT_EQ(read.references.back(), "id299@example.com");
}

TEST(WriteMessage, SaysThatAnAcknowledgementIsAutomatic) {
  auto mail = example();
  mail.is_automatic = true;
  EXPECT_EQ(read_message(*write_message(mail)).automatic, Automatic::auto_reply);
}

TEST(Markdown, LetsNoHtmlAndNoScriptThrough) {
  EXPECT_EQ(markdown_to_html("a **b**\nc"), "<p>a <strong>b</strong><br />\nc</p>\n");
  for (const char* source : {"<script>alert(1)</script>", "a <img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
                             "[x](data:text/html,y)"}) {
    const auto html = markdown_to_html(source);
    for (const char* bad : {"<script", "<img", "javascript:", "data:"})
      EXPECT_EQ(html.find(bad), std::string::npos) << html;
  }
}

}  // namespace fifteen::mail
