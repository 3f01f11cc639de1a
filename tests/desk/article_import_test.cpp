// Articles from files, and into files again.
#include "server/desk/article_import.hpp"

#include <ctime>
#include <map>

#include <gmock/gmock.h>

#include "server/desk/articles.hpp"
#include "server/desk/html_article.hpp"
#include "server/desk/knowledge.hpp"
#include "server/store/article_pictures.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string pixel =
    std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", 33) + "rest";

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
    return write([&](store::Session& sql) {
      const auto find_file = [&](const std::string& path) -> std::optional<std::string> {
        const auto found = others.find(path);
        return found == others.end() ? std::nullopt : std::optional(found->second);
      };
      return import_files(sql, bob, files, find_file, now).value();
    });
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
  write([&](store::Session& sql) {
    const auto none = [](const std::string&) -> std::optional<std::string> { return {}; };
    EXPECT_EQ(import_files(sql, ana, {}, none, now).error(), errc::forbidden);
  });
}

}  // namespace
}  // namespace fifteen::desk
