// Articles from files, and into files again.
#include "server/desk/knowledge/article_import.hpp"

#include <ctime>
#include <map>

#include <gmock/gmock.h>

#include "server/desk/knowledge/articles.hpp"
#include "server/desk/knowledge/html_article.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/knowledge/markdown_targets.hpp"
#include "server/store/article_pictures.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string pixel =
    std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", 33) + "rest";

// One pixel, with the extension that animates.
const std::string gif(
    "GIF89a\x1\0\x1\0\x80\0\0\0\0\0\xff\xff\xff!\xff\x0bNETSCAPE2.0\x3\x1\0\0\0,\0\0\0\0\x1\0\x1\0\0\x2\x2\x44\x1\0;",
    54);

TEST(HtmlArticle, ItsMainPartBecomesMarkdown) {
  const std::pair<const char*, const char*> cases[] = {
      {"<p>One\n two</p><p>Three</p>", "One two\n\nThree"},
      {"Bare <b>bold</b>, <em>slanted</em> &amp; <s>gone</s>", "Bare **bold**, _slanted_ & ~~gone~~"},
      {"<h1>Title</h1><h2>Part</h2><p>x</p><h1>Second</h1>", "## Part\n\nx\n\n## Second"},
      {"<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n\n  - c"},
      {"<ol><li><p>a</p></li><li>b</li></ol>", "1. a\n2. b"},
      {"<a href='/x y'>there</a>", "[there](/x%20y)"},
      {"<a href=''>nowhere</a>", "nowhere"},
      {"<img src='a (1).png' alt='A [b]'>", "![A \\[b\\]](a%20%281%29.png)"},
      {"<pre><code class='language-sh'>a *b*\n  c\n</code></pre>", "```sh\na *b*\n  c\n```"},
      {"<pre>```</pre>", "````\n```\n````"},
      {"Press <code>a`b</code>", "Press `` a`b ``"},
      {"<table><tr><th>A</th><th>B|C</th></tr><tr><td>1</td></tr></table>", "| A | B\\|C |\n|---|---|\n| 1 |  |"},
      {"<blockquote><p>a</p><p>b</p></blockquote>", "> a\n\n> b"},
      {"5 * 3 _is_ <i></i>`x` [y] &lt;z>", "5 \\* 3 \\_is\\_ \\`x\\` \\[y\\] \\<z>"},
      {"<script>alert(1)</script><style>p{}</style><nav>menu</nav><form>text<label>l</label><select><option>o</"
       "select><button>b</button></form>",
       "text"},
      {"<div><div>a</div>b</div>", "a\n\nb"},
      {"a<br>b", "a\nb"},
  };
  for (const auto& [html, markdown] : cases) EXPECT_EQ(read_html_article(html).body, markdown) << html;
}

TEST(HtmlArticle, TitleAndLanguageComeAlong) {
  const auto article = read_html_article(
      "<html lang=it><head><title>Aiuto - Studio</title></head><body><header>menu</header>"
      "<main><h1>Come  esporto?</h1>Così.</main><footer>f</footer></body></html>");
  EXPECT_EQ(article.title, "Come esporto?");
  EXPECT_EQ(article.locale, "it");
  EXPECT_EQ(article.body, "Così.");
  EXPECT_EQ(read_html_article("<title>Only a title</title>x").title, "Only a title");
  EXPECT_EQ(read_html_article("").title, "");
}

TEST(HtmlArticle, DeepNestingEnds) {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<div><b>";
  const std::clock_t begin = std::clock();
  EXPECT_EQ(read_html_article(deep + "x").title, "");
  EXPECT_LT(std::clock() - begin, 5 * CLOCKS_PER_SEC);
}

class ArticleFiles : public Desk {
 protected:
  ImportReport import(std::vector<SourceFile> files) {
    ArticleImport import(std::move(files), [&](const std::string& path) -> std::optional<std::string> {
      const auto found = others.find(path);
      return found == others.end() ? std::nullopt : std::optional(found->second);
    });
    db().read_now([&](store::Session& sql) { import.settle(sql); });
    while (const auto batch = import.next())
      import.note(write([&](store::Session& sql) { return ArticleImport::write(sql, bob, *batch, now).value(); }));
    return import.report();
  }
  // What was written: texts to be imported again, and the others.
  std::vector<SourceFile> exported() {
    std::vector<SourceFile> texts;
    others.clear();
    write([&](store::Session& sql) {
      EXPECT_TRUE(export_files(sql, ana, [&](const SourceFile& file) {
        if (is_article_file(file.path))
          texts.push_back(file);
        else
          others[file.path] = file.bytes;
      }));
    });
    return texts;
  }
  store::Article find(const std::string& slug) {
    return write(
        [&](store::Session& sql) { return store::find_article_by_slug(sql, slug).value_or(store::Article()); });
  }
  std::map<std::string, std::string> others;
};
FIFTEEN_BOTH_DATABASES(ArticleFiles);

TEST_P(ArticleFiles, FoldersAreCategoriesAndPicturesComeAlong) {
  others = {{"guides/img/a b.png", pixel}};
  const auto report =
      import({{"guides/install.md", "# Installing\n\nSee ![it](img/a%20b.png).\n"}, {"top.html", "<h1>Top</h1>t"}});

  EXPECT_EQ(report.added, 2);
  EXPECT_TRUE(report.refused.empty());
  const auto article = find("install");
  EXPECT_EQ(article.category, "guides");
  EXPECT_EQ(article.title, "Installing");
  EXPECT_THAT(article.body, HasSubstr("![it](/help/pictures/"));
  const auto names = pictures_in(article.body);
  ASSERT_EQ(names.size(), 1u);
  EXPECT_TRUE(write([&](store::Session& sql) { return store::is_picture_public(sql, names[0]); }));
  EXPECT_EQ(find("top").category, "");
}

TEST(MarkdownTargets, AreAskedForOutsideCode) {
  const std::pair<const char*, const char*> cases[] = {
      {"[a](b.md) ![c](d.png \"t\")", "b.md d.png!"},
      {"[a](<b c.md>) [d](e_(f).md)", "b c.md e_(f).md"},
      {"[![alt](p.png)](page.md)", "p.png! page.md"},
      {"`[a](b)` ``[c](`d)`` [e](f)", "f"},
      {"` [a](b)", "b"},
      {"```\n[a](b)\n```\n[c](d)", "d"},
      {"> ~~~~ x\n> [a](b)\n> ~~~\n> ~~~~\n[c](d)", "d"},
      {"```\n[a](b)", ""},
      {"```[a](b)``` [c](d)", "d"},
      {"[a]: b.md\n  [c]: <d e> 'x'\n[^n]: z", "b.md d e"},
      {"[a](b) and [c]: d", "b"},
      {"\\[a](b) \\`[c](d)", "d"},
      {"[a] (b) ](c) [a]()", ""},
      {"[a](b", "b"},
      {"[a](", ""},
      {"\\", ""},
  };
  for (const auto& [text, wanted] : cases) {
    std::string seen;
    const std::string same = with_targets(text, [&](const MarkdownTarget& named) -> std::optional<std::string> {
      if (!named.target.empty())
        seen += (seen.empty() ? "" : " ") + std::string(named.target) + (named.is_picture ? "!" : "");
      return std::string(named.target);
    });
    EXPECT_EQ(seen, wanted) << text;
    EXPECT_EQ(same, text);
  }
  EXPECT_EQ(with_targets("a [b](c) `[d](e)` ![f](g 't')",
                         [](const MarkdownTarget&) { return std::optional<std::string>("/x"); }),
            "a [b](/x) `[d](e)` ![f](/x 't')");
}

TEST(MarkdownTargets, HostileTextsTakeLinearTime) {
  std::string ticks, brackets(500'000, '[');
  for (std::size_t n = 1; ticks.size() < 500'000; ++n) ticks += std::string(n, '`') + " ";
  const auto none = [](const MarkdownTarget&) -> std::optional<std::string> { return {}; };
  std::string fences;
  for (int i = 0; i < 50'000; ++i) fences += "```\n~~~\n[a]:(\n";
  const std::clock_t begin = std::clock();
  for (const std::string& text : {ticks, brackets, brackets + "](", std::string(500'000, '`'), fences,
                                  std::string(250'000, '[') + std::string(250'000, ']')})
    EXPECT_EQ(with_targets(text, none), text);
  EXPECT_LT(std::clock() - begin, 3 * CLOCKS_PER_SEC);
}

TEST_P(ArticleFiles, LinksBetweenFilesLeadToTheirArticles) {
  others = {{"guides/manual.pdf", "%PDF"}, {"guides/steps.gif", gif}};
  const std::vector<SourceFile> files = {
      {"index.md", "# Start\n\n[Install](guides/install.md#linux) [same](guides/) [out](https://x.example/a.md)"},
      {"guides/README.md", "# Guides\n\n[up](../index.md) [by name](install) [page](/guides/install.html?x=1)"},
      {"guides/install.md",
       "# Installing\n\n[faq](faq.html) `[code](faq.html)` [gone](gone.md) [pdf](manual.pdf) ![s](steps.gif)\n\n[r]: "
       "faq.html#two"},
      {"guides/faq.html", "<h1>FAQ</h1><p><a href='install.md'>back</a> <a href='#here'>here</a>"},
      {"other/faq.md", "# Other\n\n[faq](../guides/faq.html) [me](faq.md)"}};
  const auto report = import(files);
  EXPECT_EQ(report.added, 5);
  EXPECT_EQ(find("index").body, "[Install](/help/install#linux) [same](/help/guides) [out](https://x.example/a.md)");
  EXPECT_EQ(find("guides").body, "[up](/help/index) [by name](/help/install) [page](/help/install)");
  EXPECT_THAT(find("install").body, HasSubstr("[faq](/help/faq) `[code](faq.html)` [gone](gone.md) [pdf](manual.pdf)"));
  EXPECT_THAT(find("install").body, HasSubstr("[r]: /help/faq#two"));
  EXPECT_THAT(find("install").body, HasSubstr(".gif)"));
  EXPECT_EQ(find("faq").body, "[back](/help/install) [here](#here)");
  EXPECT_EQ(find("faq-2").body, "[faq](/help/faq) [me](/help/faq-2)");
  std::string told;
  for (const auto& [file, why] : report.refused) told += file + ": " + why + "\n";
  EXPECT_EQ(told,
            "guides/install.md: leads to gone.md, which is not there\n"
            "guides/install.md: leads to manual.pdf, which is neither a page nor a picture\n");

  EXPECT_EQ(import(files).unchanged, 5);
  // Somebody gives one another address here: it stays, and links follow.
  write([&](store::Session& sql) {
    const auto article = store::find_article_by_slug(sql, "install");
    EXPECT_TRUE(move_article(sql, bob, article->id, {.category = {}, .slug = "setup"}, now));
  });
  auto changed = files;
  changed[3].bytes += " more";
  const auto again = import(changed);
  EXPECT_EQ(again.unchanged, 2);
  EXPECT_EQ(again.changed, 3) << "faq, and who leads to setup";
  EXPECT_EQ(find("setup").version, 1);
  EXPECT_EQ(find("faq").body, "[back](/help/setup) [here](#here) more");
  EXPECT_EQ(find("index").version, 2);
}

TEST_P(ArticleFiles, AnImportThatIsCutOffGoesOn) {
  std::vector<SourceFile> files;
  for (int i = 0; i < 120; ++i)
    files.push_back({"p" + std::to_string(i) + ".md",
                     "# Page " + std::to_string(i) + "\n\n[next](p" + std::to_string((i + 1) % 120) + ".md)"});
  ArticleImport cut(files, [](const std::string&) -> std::optional<std::string> { return {}; });
  db().read_now([&](store::Session& sql) { cut.settle(sql); });
  const auto first = cut.next();
  ASSERT_EQ(first->articles.size(), 50u) << "bounded";
  write([&](store::Session& sql) { return ArticleImport::write(sql, bob, *first, now).value(); });

  const auto report = import(files);
  EXPECT_EQ(report.unchanged, 50);
  EXPECT_EQ(report.added, 70);
  EXPECT_EQ(find("p119").body, "[next](/help/p0)");
}

TEST_P(ArticleFiles, WhatIsWrongWithOneStopsNoOther) {
  others = {{"fake.png", "<svg onload=alert(1)>"}};
  const auto report = import({{"bad.md", "no title"},
                              {"bytes.md", "# \xff"},
                              {"good.md", "# Good\n\n![a](fake.png) ![b](gone.png) ![c](../../etc/passwd) ![d](/x)"}});

  EXPECT_EQ(report.added, 1);
  std::string told;
  for (const auto& [file, why] : report.refused) told += file + ": " + why + "\n";
  EXPECT_THAT(told, HasSubstr("bad.md: has no title"));
  EXPECT_THAT(told, HasSubstr("bytes.md: is not UTF-8"));
  EXPECT_THAT(told, HasSubstr("fake.png: is no PNG"));
  EXPECT_THAT(told, HasSubstr("good.md: shows the picture gone.png, which is not there"));
  EXPECT_THAT(told, HasSubstr("good.md: shows the picture ../../etc/passwd, which is not there"));
  EXPECT_THAT(find("good").body, HasSubstr("![d](/x)"));
}

TEST_P(ArticleFiles, FilesOfOneNameInTwoFoldersAreTwoArticles) {
  const std::vector<SourceFile> files = {
      {"a/index.md", "# A"}, {"b/index.md", "# B"}, {"c/faq.md", "# C"}, {"d/faq.md", "# D"}};
  EXPECT_EQ(import(files).added, 4);
  EXPECT_EQ(find("a").title, "A");
  EXPECT_EQ(find("faq-2").title, "D");
  EXPECT_EQ(import(files).unchanged, 4);
}

TEST_P(ArticleFiles, ImportingWhatWasExportedChangesNothing) {
  others = {{"a.png", pixel}};
  import({{"guides/install.md",
           "---\ntitle: \"Say \\\"hi\\\": now\"\nid: x1\nlocale: it\nagents_only: true\n---\n![it](../a.png)\n"}});
  write([&](store::Session& sql) {
    const auto source =
        create_article(sql, bob, {.title = "Written \"here\"", .body = "  text\n\n", .category = "Money & more"}, now);
    EXPECT_TRUE(create_article(sql, bob, {.title = "Qui", .locale = "it", .translation_of = source->id}, now));
    EXPECT_TRUE(publish(sql, bob, source->id, Audience::everyone, 1, now));
    const auto gone = create_article(sql, bob, {.title = "Gone"}, now);
    EXPECT_TRUE(delete_article(sql, bob, gone->id, now));
  });

  const auto files = exported();
  ASSERT_EQ(files.size(), 3u);
  EXPECT_EQ(others.size(), 1u);
  const auto report = import(files);

  EXPECT_EQ(report.unchanged, 3) << files[0].bytes << files[1].bytes << files[2].bytes;
  EXPECT_EQ(report.added + report.changed, 0);
  EXPECT_TRUE(report.refused.empty());
}

TEST_P(ArticleFiles, AFreshDeskGetsTheSameArticles) {
  const std::string folder = "---\ntitle: T\nid: a\n---\nx";
  import({{"one.md", folder}, {"due.md", "---\ntitle: U\nid: b\nlocale: it\ntranslation_of: a\n---\ny"}});
  EXPECT_EQ(find("due").group, find("one").id);
  EXPECT_FALSE(find("due").is_outdated);
}

TEST_P(ArticleFiles, OnlyManagersAndAdminsImport) {
  write([&](store::Session& sql) { EXPECT_EQ(ArticleImport::write(sql, ana, {}, now).error(), errc::forbidden); });
}

}  // namespace
}  // namespace fifteen::desk
