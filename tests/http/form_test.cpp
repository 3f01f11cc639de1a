#include "server/http/form.hpp"

#include <gtest/gtest.h>

#include "server/http/form_trap.hpp"

namespace fifteen::http {
namespace {

using namespace std::string_literals;

using namespace std::chrono_literals;

Request sent(const std::string& type, const std::string& body) {
  Request request;
  request.method = Method::post;
  request.headers.add("content-type", type);
  request.body = body;
  return request;
}
Request parts(const std::string& body) {
  return sent("multipart/form-data; boundary=xYz", body);
}
const std::string text_part = "--xYz\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello\r\n";

TEST(Form, ReadsFieldsAndFiles) {
  const auto request = parts(text_part +
                             "--xYz\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a %22b%22;.png\"\r\n"
                             "Content-Type: image/png\r\n\r\n\x89PNG\r\n\r\n--xY\r\n"
                             "--xYz\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\n"
                             "Content-Type: application/octet-stream\r\n\r\n\r\n"
                             "--xYz\r\ncontent-disposition:form-data; NAME=email\r\n\r\n\r\n--xYz--\r\n");
  const auto form = read_form(request);
  ASSERT_TRUE(form) << form.error().message();
  EXPECT_EQ((*form)["text"], "hello");
  EXPECT_EQ((*form)["email"], "");
  EXPECT_EQ(form->fields.size(), 2u);
  ASSERT_EQ(form->files.size(), 1u) << "a file field where nothing was chosen is none";
  EXPECT_EQ(form->files[0].name, "a \"b\";.png");
  EXPECT_EQ(form->files[0].content_type, "image/png");
  EXPECT_EQ(form->files[0].bytes, "\x89PNG\r\n\r\n--xY");
}

TEST(Form, ReadsTheOtherCodingToo) {
  const auto form = read_form(sent("application/x-www-form-urlencoded; charset=utf-8", "text=a+b%26c&x=1"));
  EXPECT_EQ((*form)["text"], "a b&c");
  EXPECT_EQ((*form)["missing"], "");
}

TEST(Form, RefusesWhatIsBrokenOrNoForm) {
  std::string many;
  for (int i = 0; i < 61; ++i) many += text_part;
  const std::string long_header(5000, 'x');
  for (const auto& wrong :
       {sent("application/json", "{}"), sent("", "a=b"), sent("multipart/form-data", text_part + "--xYz--"),
        sent("multipart/form-data; boundary=\"\"", "----"),
        sent("multipart/form-data; boundary=" + std::string(71, 'x'), "--" + std::string(71, 'x') + "--"), parts(""),
        parts("--xYz"), parts(text_part), parts(text_part + "--xY--"), parts("preamble\r\n" + text_part + "--xYz--"),
        parts(many + "--xYz--"), parts("--xYz\r\nX: " + long_header + "\r\n\r\nv\r\n--xYz--"),
        parts("--xYz\r\nContent-Disposition: form-data\r\n\r\nnameless\r\n--xYz--"),
        parts("--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\xfe\r\n--xYz--"),
        parts("--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\0\r\n--xYz--"s),
        parts("--xYz\r\nContent-Disposition: form-data; name=\"a\r\n\r\nv\r\n--xYz--")})
    EXPECT_FALSE(read_form(wrong)) << wrong.body.substr(0, 80);
}

TEST(Form, IsNeverReadPastItsEndWhereverItIsCut) {
  const std::string whole = text_part + "--xYz--\r\n";
  int read = 0;
  for (std::size_t size = 0; size <= whole.size(); ++size)
    if (read_form(parts(whole.substr(0, size)))) ++read;
  EXPECT_EQ(read, 3) << "complete from its last boundary on";
}

TEST(FormTrap, LetsPeopleThroughAndStopsMachines) {
  Key key{};
  key[0] = 7;
  const Instant shown = from_us(1'780'000'000'000'000);
  const auto typed = [&](const std::string& begun, const std::string& website, Instant now) {
    return looks_typed(key, {{{"begun", begun}, {"website", website}}, {}}, now);
  };
  const std::string begun = begun_at(key, shown);
  EXPECT_TRUE(typed(begun, "", shown + 2s));
  EXPECT_TRUE(typed(begun, "", shown + 240h)) << "a tab that was left open";
  EXPECT_FALSE(typed(begun, "", shown + 1s));
  EXPECT_FALSE(typed(begun, "https://spam.example", shown + 1h));
  EXPECT_FALSE(typed("", "", shown + 1h));
  EXPECT_FALSE(typed("0." + begun.substr(begun.find('.') + 1), "", shown + 1h)) << "its proof is for another time";
  EXPECT_FALSE(typed(begun_at(Key{}, shown), "", shown + 1h)) << "signed by somebody else";
  EXPECT_TRUE(typed(begun_long_ago(key, shown), "", shown)) << "pressed once more";
}

}  // namespace
}  // namespace fifteen::http
