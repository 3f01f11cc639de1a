#include "mail/html_clean.hpp"

#include <chrono>
#include <fstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "mail/ascii.hpp"
#include "mail/html_tree.hpp"
#include "tests/support/corpora.hpp"

namespace fifteen::mail {
namespace {

struct Payload {
  std::string id, html;
};

// One JSON object a line, with "id" (or "name") and "payload".
std::vector<Payload> corpus_payloads() {
  std::vector<Payload> payloads;
  for (const char* name : {"dompurify_expect.jsonl", "h5sc.jsonl", "patt_lists.jsonl", "patt_readme_lines.jsonl"}) {
    std::ifstream lines(test::corpora() / "security/xss" / name);
    for (std::string line; std::getline(lines, line);) {
      const auto object = boost::json::parse(line).as_object();
      payloads.push_back({std::string(object.at("id").as_string()), std::string(object.at("payload").as_string())});
    }
  }
  return payloads;
}

// What a browser could run or load of the HTML, found by parsing it anew. Empty: nothing.
std::string danger_in(std::string_view html) {
  std::string found;
  const HtmlTree tree(html);
  if (!tree.root()) return {};
  walk(
      tree.root(),
      [&](const GumboNode* node) {
        if (!is_element(node)) return true;
        const auto tag = tag_name(node);
        for (const char* bad : {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "link", "meta",
                                "base", "input", "video", "audio", "button", "frameset", "template", "textarea"})
          if (tag == bad) found += "<" + tag + "> ";
        const GumboVector& attributes = node->v.element.attributes;
        for (unsigned i = 0; i < attributes.length; ++i) {
          const auto* const one = static_cast<const GumboAttribute*>(attributes.data[i]);
          const std::string name = lower(one->name), value = lower(one->value);
          const bool link_ok = value.starts_with("http://") || value.starts_with("https://") ||
                               value.starts_with("mailto:") || value.starts_with("tel:");
          const bool bad =
              name.starts_with("on") || name == "srcdoc" || name == "action" || name == "formaction" ||
              name == "background" || name == "srcset" || (name == "href" && !link_ok) ||
              (name == "src" && (!value.starts_with("data:image/") || value.starts_with("data:image/svg"))) ||
              (name == "style" && (value.find("url") != value.npos || value.find('\\') != value.npos ||
                                   value.find("expression(") != value.npos));
          if (bad) found += name + "=" + value.substr(0, 40) + " ";
        }
        return true;
      },
      [](const GumboNode*) {});
  return found;
}

}  // namespace

TEST(CleanHtml, LetsNoPayloadOfTheCorpusThrough) {
  const auto payloads = corpus_payloads();
  if (payloads.empty()) GTEST_SKIP() << "no payload corpus beside the repository; set FIFTEEN_CORPORA";
  int dangerous = 0;
  for (const auto& [id, payload] : payloads) {
    dangerous += !danger_in(payload).empty();
    EXPECT_EQ(danger_in(clean_html(payload).html), "") << id;
  }
  // The control: the same eyes see the danger in what goes in.
  EXPECT_GT(dangerous, static_cast<int>(payloads.size()) / 3);
}

TEST(CleanHtml, LetsNothingRunOrLoad) {
  for (const char* html : {
           "<script>alert(1)</script>",
           "<img src=x onerror=alert(1)>",
           "<svg onload=alert(1)>",
           "<a href='javascript:alert(1)'>x</a>",
           "<a href='java\nscript:alert(1)'>x</a>",
           "<a href=' &#1; javascript:alert(1)'>x</a>",
           "<p style='background:url(//evil.example/x)'>x",
           "<p style='background:u\\72l(//evil.example/x)'>x",
           "<div style='width:expression(alert(1))'>x",
           "<style>@import '//evil.example'</style>",
           "<link rel=stylesheet href=//evil.example>",
           "<base href=//evil.example>",
           "<meta http-equiv=refresh content='0;url=//evil.example'>",
           "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
           "<form action=//evil.example><input name=a><button>x</button></form>",
           "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
           "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
           "<img src='data:image/svg+xml;base64,AAAA'>",
           "<video src=//evil.example></video>",
           "<img srcset='//evil.example 2x'>",
           "<table background=//evil.example><tr><td>x",
           "<template><script>alert(1)</script></template>",
       }) {
    EXPECT_NE(danger_in(html), "") << "control: " << html;
    EXPECT_EQ(danger_in(clean_html(html).html), "") << html;
  }
}

TEST(CleanHtml, KeepsWhatAMailIsMadeOf) {
  const auto clean = clean_html(
      "<html><body bgcolor='#ffffff'><table width=\"100%\" cellpadding=4><tr><td align=center style='color:red; "
      "position:fixed; font-weight:bold'>"
      "<b>Hi</b> &lt;there&gt;</td></tr></table><ol start=3><li>one</ol></body></html>");
  EXPECT_EQ(clean.html,
            "<div bgcolor=\"#ffffff\"><table width=\"100%\" cellpadding=\"4\"><tbody><tr><td align=\"center\" "
            "style=\"color:red;font-weight:bold;\">"
            "<b>Hi</b> &lt;there&gt;</td></tr></tbody></table><ol start=\"3\"><li>one</li></ol></div>");
  EXPECT_TRUE(clean.sets_colours);
  EXPECT_FALSE(clean_html("<p>plain <b>words</b></p>").sets_colours);
}

TEST(CleanHtml, HoldsBackRemotePicturesUntilAllowed) {
  const std::string html =
      "<img src='https://pixel.example/a.gif?x=1&y=2' alt='logo' width=10><img src='cid:p1@x'><img src='cid:gone'>";
  CleanOptions options;
  options.picture_url = [](std::string_view id) {
    return id == "p1@x" ? std::string("/api/v1/attachments/7") : std::string();
  };
  auto clean = clean_html(html, options);
  EXPECT_EQ(clean.html,
            "<img data-remote-src=\"https://pixel.example/a.gif?x=1&amp;y=2\" referrerpolicy=\"no-referrer\" "
            "alt=\"logo\" width=\"10\">"
            "<img src=\"/api/v1/attachments/7\">");
  EXPECT_EQ(clean.remote_pictures, 1);
  options.remote_pictures = true;
  EXPECT_NE(clean_html(html, options).html.find(" src=\"https://pixel.example/"), std::string::npos);
}

TEST(CleanHtml, OpensLinksApartAndNamesTheTrueHost) {
  EXPECT_EQ(clean_html("<a href='https://evil.example/x' onclick=a()>https://bank.example</a>").html,
            "<a href=\"https://evil.example/x\" target=\"_blank\" rel=\"noopener noreferrer "
            "nofollow\">https://bank.example</a>"
            " <small class=\"link-host\">[evil.example]</small>");
  EXPECT_EQ(clean_html("<a href='https://www.bank.example/login'>bank.example</a>").html.find("link-host"),
            std::string::npos);
  EXPECT_EQ(clean_html("<a href='https://bank.example/'>Version 1.2 is out</a>").html.find("link-host"),
            std::string::npos);
}

TEST(CleanHtml, FoldsTheThreadAtTheEndOnly) {
  CleanOptions options;
  options.quote_label = "Show quoted text";
  EXPECT_EQ(clean_html("<p>Yes.</p><blockquote>Really?</blockquote>", options).html,
            "<p>Yes.</p><details class=\"quote\"><summary>Show quoted "
            "text</summary><blockquote>Really?</blockquote></details>");
  EXPECT_EQ(clean_html("<blockquote>Really?</blockquote><p>Yes.</p>", options).html,
            "<blockquote>Really?</blockquote><p>Yes.</p>");
}

TEST(CleanHtml, BoundsDepthAndCost) {
  std::string reopening = "<div>";
  for (int i = 0; i < 400; ++i) reopening += "<b id=" + std::to_string(i) + ">";
  reopening += "</div>";
  for (int i = 0; i < 100'000; ++i) reopening += "<div>x</div>";
  std::string deep, table;
  for (int i = 0; i < 300'000; ++i) deep += "<div>";
  for (int i = 0; i < 100'000; ++i) table += "<table><tr><td>";
  for (const auto& bomb : {reopening, deep, table, std::string(2'000'000, '<'), std::string(1'000'000, '&')}) {
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_LT(clean_html(bomb).html.size(), 20u << 20);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10)) << bomb.substr(0, 20);
  }
}

}  // namespace fifteen::mail
