#include "server/desk/knowledge/plain_words.hpp"

#include <gtest/gtest.h>

namespace fifteen::desk {
namespace {

TEST(PlainWords, AreHtmlThatReadsWell) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"Hello", "<p>Hello</p>\n"},
      {"One\ntwo\r\n\r\n\r\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>\n"},
      {"<b onclick=x>&\"", "<p>&lt;b onclick=x>&amp;&quot;</p>\n"},
      {"I have:\n- one\n- two & three\nBye",
       "<p>I have:</p>\n<ul><li>one</li><li>two &amp; three</li></ul>\n<p>Bye</p>\n"},
      {"> You wrote\n>> this\nNo.", "<blockquote>You wrote<br>\nthis</blockquote>\n<p>No.</p>\n"},
      {"-- \nJoe", "<p>-- <br>\nJoe</p>\n"},
  };
  for (const auto& [text, html] : cases) EXPECT_EQ(words_as_html(text), html) << text;
}

TEST(PlainWords, LinkWhatIsALinkAndNothingElse) {
  const auto link = [](const std::string& url) {
    return "<a href=\"" + url + "\" rel=\"nofollow noopener noreferrer\">" + url + "</a>";
  };
  const std::pair<std::string, std::string> cases[] = {
      {"see https://x.example/a?b=1&c.", "see " + link("https://x.example/a?b=1&amp;c") + "."},
      {"our page (http://x.example/y), too", "our page (" + link("http://x.example/y") + "), too"},
      {"https://x.example/a_(b)", link("https://x.example/a_(b)")},
      {"<https://x.example>", "&lt;" + link("https://x.example") + ">"},
      {"https://x.example/\"onclick=\"alert(1)", link("https://x.example/") + "&quot;onclick=&quot;alert(1)"},
      {"https://", "https://"},
      {"javascript:alert(1) www.x.example", "javascript:alert(1) www.x.example"},
      {"看 https://x.example/页 。", "看 " + link("https://x.example/页") + " 。"},
  };
  for (const auto& [text, html] : cases) EXPECT_EQ(words_as_html(text), "<p>" + html + "</p>\n") << text;
}

}  // namespace
}  // namespace fifteen::desk
