#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "search/indexer.hpp"
#include "search/reader.hpp"
#include "server/desk/knowledge/articles.hpp"
#include "server/store/articles.hpp"
#include "tests/support/http_site.hpp"
#include "tests/support/temporary_folder.hpp"

// What everybody reads of the knowledge base, and what nobody may.
namespace fifteen::test {
namespace {

namespace json = boost::json;

// The smallest that a browser shows: one pixel.
const std::string pixel =
    std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", 33) + "rest";

class PublicArticles : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    max_ = std::make_unique<Visitor>(browser_of(add_agent("max", Role::manager)));
    reader_ = std::make_unique<Visitor>(stranger());
    id_ = add(R"({"title":"Export","body":"Press **Export**.\n\nThen wait.","category":"Guides/First steps"})");
    publish(id_);
  }
  void TearDown() override {
    max_.reset();
    reader_.reset();
    SiteOnDatabase::TearDown();
  }
  std::string add(const std::string& article) {
    const auto answer = max_->send("POST", "/api/v1/articles", article);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("id").as_string());
  }
  void publish(const std::string& id, const std::string& audience = "everyone") {
    const auto version = json_of(max_->get("/api/v1/articles/" + id)).at("version").as_int64();
    const auto answer = max_->send("PUT", "/api/v1/articles/" + id + "/publication",
                                   R"({"for":")" + audience + R"(","if_version":)" + std::to_string(version) + "}");
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  static std::string with_picture(const std::string& title, const std::string& picture) {
    return json::serialize(
        json::object{{"title", title}, {"category", "Hidden"}, {"body", "![Steps](" + picture + ")"}});
  }
  std::string upload(const std::string& bytes) {
    const auto answer = max_->client().ask("POST", "/api/v1/article-pictures", max_->headers(), bytes);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(json_of(answer).at("url").as_string());
  }
  std::unique_ptr<Visitor> max_, reader_;
  std::string id_;
};
FIFTEEN_BOTH_DATABASES(PublicArticles);

TEST_P(PublicArticles, AnArticleTellsSearchEnginesWhatItIs) {
  setup_.public_url = "https://help.example";
  const std::string page = reader_->get("/help/export").body;
  EXPECT_TRUE(page.contains(R"(<link rel="canonical" href="https://help.example/help/export">)")) << page;
  EXPECT_TRUE(page.contains(R"(<meta name="description" content="Press Export. Then wait.">)"));
  const auto from = page.find("ld+json\">") + 9;
  const auto data = json::parse(page.substr(from, page.find("</script>", from) - from));
  const auto& crumbs = data.at("@graph").at(0).at("itemListElement").as_array();
  ASSERT_EQ(crumbs.size(), 3u);  // "guides" itself is no category
  EXPECT_EQ(crumbs[1].at("item"), "https://help.example/help/categories/guides/first-steps");
  EXPECT_EQ(crumbs[1].at("name"), "First steps");
  EXPECT_EQ(data.at("@graph").at(1).at("headline"), "Export");
}

TEST_P(PublicArticles, AnArticleTellsWhatALinkToItShows) {
  setup_.public_url = "https://help.example";
  const std::string page = reader_->get("/help/export").body;
  for (const char* line :
       {R"(property="og:type" content="article")", R"(property="og:title" content="Export")",
        R"(property="og:description" content="Press Export. Then wait.")",
        R"(property="og:url" content="https://help.example/help/export")", R"(property="og:locale" content="en_US")"})
    EXPECT_TRUE(page.contains(line)) << line << page;
  EXPECT_FALSE(page.contains("og:image"));
  EXPECT_FALSE(page.contains("og:locale:alternate"));
  const std::string picture = upload(pixel);
  publish(add(json::serialize(json::object{{"title", "Steps & \"more\""},
                                           {"slug", "steps"},
                                           {"body", "![x](https://evil.example/a.png) ![Steps](" + picture + ")"}})));
  const std::string shown = reader_->get("/help/steps").body;
  EXPECT_TRUE(shown.contains("og:image\" content=\"https://help.example" + picture + "\"")) << shown;
  EXPECT_TRUE(shown.contains("og:title\" content=\"Steps &amp; &quot;more&quot;\"")) << shown;
  EXPECT_TRUE(reader_->get("/help/categories/guides/first-steps").body.contains("og:type\" content=\"website\""));
}

TEST_P(PublicArticles, WhatIsAboutSomethingElseIsNotRelated) {
  const auto add_text = [&](const char* title, const char* body) {
    publish(add(json::serialize(json::object{{"title", title}, {"body", body}, {"locale", "en"}})));
  };
  add_text("Export an invoice as PDF", "Open the invoice and press Export. The PDF has all lines of the invoice.");
  add_text("Export all invoices as CSV", "Under Billing press Export: one CSV file with every invoice of the year.");
  add_text("Invite a colleague", "Give the address of your colleague. The mail is sent to all who are invited.");
  const TemporaryFolder folder;
  auto indexer = *search::Indexer::open(folder.path());
  for (const auto& article :
       db().read_now([](store::Session& sql) { return store::articles_after(sql, ArticleId(), 100); }))
    ASSERT_TRUE(indexer.put(search::Article{
        .id = article.id.value, .title = article.title, .body = article.body, .locale = article.locale}));
  ASSERT_TRUE(indexer.commit(1));
  const search::Reader reader(folder.path());
  setup_.reader = &reader;
  const auto related = [&](const std::string& slug) {
    const std::string page = reader_->get("/help/" + slug).body;
    const auto at = page.find("id=\"related\"");
    return at == std::string::npos ? "" : page.substr(at);
  };
  EXPECT_TRUE(related("export-an-invoice-as-pdf").contains("Export all invoices as CSV"));
  EXPECT_FALSE(related("export-an-invoice-as-pdf").contains("Invite a colleague"));
  EXPECT_EQ(related("invite-a-colleague"), "") << "it has some words in common with each";
  setup_.reader = nullptr;
}

TEST_P(PublicArticles, ATitleCantEndTheStructuredData) {
  publish(add(R"({"title":"</script><img src=x onerror=alert(1)>","slug":"odd"})"));
  const std::string page = reader_->get("/help/odd").body;
  EXPECT_FALSE(page.contains("<img src=x"));
  EXPECT_FALSE(page.contains("</script><img"));
}

TEST_P(PublicArticles, ABrowserKeepsThePageUntilItChanges) {
  const auto first = reader_->get("/help/export");
  const std::string tag(first.header("etag"));
  EXPECT_EQ(first.header("cache-control"), "private, no-cache");
  const auto ask = [&] { return reader_->send("GET", "/help/export", "", "If-None-Match: " + tag + "\r\n").status; };
  EXPECT_EQ(ask(), 304);
  max_->send("PATCH", "/api/v1/articles/" + id_, R"({"title":"Export","body":"newer","if_version":1})");
  EXPECT_EQ(ask(), 304);  // nobody sees it yet
  publish(id_);
  EXPECT_EQ(ask(), 200);
}

TEST_P(PublicArticles, AnOldAddressMovesForGood) {
  max_->send("PATCH", "/api/v1/articles/" + id_, R"({"slug":"download"})");
  const auto moved = reader_->get("/help/export");
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(moved.header("location"), "/help/download");
  EXPECT_EQ(reader_->get("/help/download").status, 200);
}

TEST_P(PublicArticles, LanguagesOfAnArticleLeadToOneAnother) {
  const auto italian = add(R"({"title":"Esportare","locale":"it","translation_of":")" + id_ + "\"}");
  EXPECT_FALSE(reader_->get("/help/export").body.contains("esportare"));
  publish(italian);
  const std::string page = reader_->get("/help/export").body;
  EXPECT_TRUE(page.contains(R"(hreflang="it" href="http)")) << page;
  EXPECT_TRUE(page.contains(R"(<a href="/help/esportare" lang="it" hreflang="it">Italiano</a>)"));
}

TEST_P(PublicArticles, WhatIsNotPublishedIsNowhere) {
  const std::string picture = upload(pixel);
  const auto draft = add(with_picture("Secret draft", picture));
  const auto inside = add(R"({"title":"Secret inside","category":"Hidden"})");
  publish(inside, "agents");
  const auto gone = add(R"({"title":"Secret gone"})");
  publish(gone);
  max_->send("DELETE", "/api/v1/articles/" + gone);

  for (const char* path : {"/help/secret-draft", "/help/secret-inside", "/help/secret-gone", "/help/categories/hidden"})
    EXPECT_EQ(reader_->get(path).status, 404) << path;
  for (const char* path : {"/help/sitemap.xml", "/help", "/help/export", "/help/categories/guides/first-steps"})
    EXPECT_FALSE(reader_->get(path).body.contains("ecret")) << path;
  EXPECT_EQ(reader_->get(picture).status, 404);
  EXPECT_EQ(max_->get(picture).status, 200);
  EXPECT_EQ(max_->get(picture).header("cache-control"), "private, no-cache");
  publish(draft);
  EXPECT_EQ(reader_->get(picture).status, 200);
  EXPECT_EQ(reader_->get("/help/categories/hidden").status, 200);
}

TEST_P(PublicArticles, OnlyPicturesAreKeptAsPictures) {
  const auto picture = reader_->get(upload(pixel));
  EXPECT_EQ(picture.status, 404);
  for (const std::string& bytes :
       {std::string("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), std::string("GIF89a"),
        std::string("<html>"), pixel.substr(0, 20), std::string()}) {
    const auto answer =
        max_->client().ask("POST", "/api/v1/article-pictures", max_->headers() + "Content-Type: image/png\r\n", bytes);
    EXPECT_EQ(answer.status, 422) << bytes;
  }
}

TEST_P(PublicArticles, ThePictureOfAnArticleRunsNothing) {
  const std::string animated("GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;", 29);
  for (const auto& [name, bytes, type] :
       {std::tuple("first", pixel, "image/png"), std::tuple("second", animated, "image/gif")}) {
    publish(add(with_picture(name, upload(bytes))));
    const std::string page = reader_->get("/help/" + std::string(name)).body;
    const auto at = page.find("/help/pictures/");
    ASSERT_NE(at, std::string::npos) << page;
    const auto picture = reader_->get(page.substr(at, page.find('"', at) - at));
    EXPECT_EQ(picture.header("content-type"), type);
    EXPECT_EQ(picture.header("x-content-type-options"), "nosniff");
    EXPECT_TRUE(picture.header("content-security-policy").contains("sandbox"));
    EXPECT_EQ(picture.body, bytes);
  }
}

TEST_P(PublicArticles, TheSitemapAndTheCategoryNameWhatIsPublished) {
  setup_.public_url = "https://help.example";
  EXPECT_TRUE(reader_->get("/help/sitemap.xml").body.contains("<loc>https://help.example/help/export</loc>"));
  EXPECT_TRUE(reader_->get("/robots.txt").body.contains("Sitemap: https://help.example/help/sitemap.xml"));
  const std::string shelf = reader_->get("/help/categories/guides/first-steps").body;
  EXPECT_TRUE(shelf.contains(R"(<a href="/help/export">Export)")) << shelf;
  EXPECT_EQ(reader_->get("/help/categories/none").status, 404);
}

TEST_P(PublicArticles, WhetherItAnsweredIsAskedWithoutScriptsAndAskingHasNoEffect) {
  const auto yes = reader_->send_form("/help/export/feedback", "answer=yes");
  EXPECT_EQ(yes.status, 303);
  EXPECT_TRUE(reader_->get(std::string(yes.header("location"))).body.contains("role=\"status\""));
  EXPECT_EQ(reader_->send_form("/help/export/feedback", "answer=no").header("location"),
            "/help/contact?article=export");
  EXPECT_EQ(reader_->send_form("/help/nowhere/feedback", "answer=yes").status, 404);
  EXPECT_EQ(reader_->get("/help/export/feedback").status, 405);
  for (int i = 0; i < 30; ++i) reader_->send_form("/help/export/feedback", "answer=yes");
  EXPECT_EQ(reader_->send_form("/help/export/feedback", "answer=yes").status, 429);
}

TEST_P(PublicArticles, PeopleWhoReadAreCountedAndMachinesAreNot) {
  const auto read = [&](const std::string& agent) {
    reader_->send("GET", "/help/export", "", "User-Agent: " + agent + "\r\n");
  };
  read("Mozilla/5.0");
  read("Mozilla/5.0 (compatible; Googlebot/2.1)");
  max_->get("/help/export");
  const auto views = setup_.views.take();
  EXPECT_EQ(views.size(), 1u);
  EXPECT_EQ(views.begin()->second, 1);
}

}  // namespace
}  // namespace fifteen::test
