#include "search/article_file.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace fifteen::search {
namespace {

std::string complaint_about(std::string_view jsonl) {
  std::istringstream in{std::string(jsonl)};
  const auto articles = parse_articles(in, "kb.jsonl");
  return articles ? "" : articles.error().sentence();
}

}  // namespace

TEST(ArticleFile, ReadsFrontMatterAndBody) {
  const ArticleFile article = parse_article(test::test_data("kb/markdown/gift-cards.md"), "kb/gift-cards.md").value();
  EXPECT_EQ(article.title, "Gift cards: buying and using");
  EXPECT_EQ(article.locale, "en-GB");
  EXPECT_EQ(article.category, "payments");
  EXPECT_EQ(article.slug, "gift-cards");
  EXPECT_EQ(article.id, "gift-cards");
  EXPECT_TRUE(article.published);
  EXPECT_EQ(article.body, "Gift cards are valid for **three years**.");
}

TEST(ArticleFile, TakesTheFirstHeadingForTheTitle) {
  const ArticleFile article =
      parse_article(test::test_data("kb/markdown/opening-hours.md"), "opening-hours.md").value();
  EXPECT_EQ(article.title, "Opening hours");
  EXPECT_EQ(article.body, "We answer from nine to five.");
}

TEST(ArticleFile, ReadsWindowsLineEndsAndDrafts) {
  const ArticleFile article =
      parse_article("\xEF\xBB\xBF---\r\ntitle: A\r\ndraft: true\r\nagents_only: true\r\n---\r\nB\r\n", "a.md").value();
  EXPECT_EQ(article.title, "A");
  EXPECT_EQ(article.body, "B");
  EXPECT_FALSE(article.published);
  EXPECT_TRUE(article.agents_only);
}

TEST(ArticleFile, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(parse_article("---\ntitle: A\npublished: perhaps\n---\n", "a.md").error().sentence(),
            "a.md:3: published must be true or false, not \"perhaps\"");
  EXPECT_EQ(parse_article("---\ntitle: A\n", "a.md").error().sentence(),
            "a.md:1: the front matter has no second line of \"---\"");
  EXPECT_EQ(parse_article("---\njust words\n---\n", "a.md").error().line, 2u);
  EXPECT_EQ(parse_article("no heading", "a.md").error().line, 0u);

  EXPECT_EQ(complaint_about("{\"id\":\"1\",\"title\":\"A\"}\n{\"id\":\"1\",\"title\":\"B\"}"),
            "kb.jsonl:2: \"1\" is the id of an earlier line");
  EXPECT_EQ(complaint_about("\n{\"title\":\"A\"}"), "kb.jsonl:2: \"id\" is missing");
  EXPECT_EQ(complaint_about("{\"id\":\"1\",\"title\":[]}"), "kb.jsonl:1: \"title\" must be a string");
  EXPECT_EQ(complaint_about("{\"id\":\"1\",\"title\":\"A\",\"published\":\"yes\"}"),
            "kb.jsonl:1: \"published\" must be true or false");
  EXPECT_EQ(complaint_about("{\"id\":\"1\"}"), "kb.jsonl:1: the article has neither \"title\" nor \"body\"");
  EXPECT_EQ(complaint_about("[1]"), "kb.jsonl:1: want a JSON object: {\"id\":…}");
  EXPECT_TRUE(complaint_about("{\"id\":").starts_with("kb.jsonl:1: no JSON")) << complaint_about("{\"id\":");
  EXPECT_TRUE(complaint_about(std::string(100'000, '[')).starts_with("kb.jsonl:1: no JSON"));
}

TEST(ArticleFile, ReadsAFolderInOrderAndRefusesTheSameIdTwice) {
  const test::TemporaryFolder folder;
  folder.write("b/two.md", "# Two\n");
  folder.write("a/one.md", "# One\n");
  folder.write("notes.txt", "not an article");
  const auto articles = read_articles(folder.path()).value();
  ASSERT_EQ(articles.size(), 2u);
  EXPECT_EQ(articles[0].title, "One");

  folder.write("c/one.md", "# One again\n");
  const auto refused = read_articles(folder.path());
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().file.ends_with("c/one.md"));
}

TEST(ArticleFile, SaysWhichFileCannotBeRead) {
  EXPECT_EQ(read_articles("/nowhere/kb.jsonl").error().sentence(), "/nowhere/kb.jsonl: can't be read");
  EXPECT_EQ(read_articles("/nowhere/kb.pdf").error().sentence(),
            "/nowhere/kb.pdf: want a folder, a *.md file or a *.jsonl file");
}

}  // namespace fifteen::search
