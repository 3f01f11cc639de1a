#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "search/indexer.hpp"
#include "search/suggest.hpp"
#include "server/desk/deflection/deflection.hpp"
#include "tests/support/http_site.hpp"

// What is not published leaves by no door, though the search index (another node's, or one that is behind) holds it for
// public. The control: published, it leaves by each of these doors.
namespace fifteen::test {
namespace {

namespace json = boost::json;

// Pages repeat the address that they were asked by, so it stands in titles, texts and categories alone.
constexpr std::string_view secret = "umbat";

bool tells(const Answer& answer) {
  return answer.body.contains(secret) || answer.body.contains("/help/quokka<") ||
         answer.header("location").contains("quokka");
}

class HiddenArticles : public SiteOnDatabase {
 protected:
  void SetUp() override {
    SiteOnDatabase::SetUp();
    max_ = std::make_unique<Visitor>(browser_of(add_agent("max", Role::admin)));
    reader_ = std::make_unique<Visitor>(stranger());
    key_ = json_of(max_->send("POST", "/api/v1/widget-keys", R"({"name":"App","origins":["https://app.example.com"]})"))
               .at("key")
               .as_string();
    db().write_now([](store::Session& sql) { desk::set_control_share(sql, 0); });
    const std::string bytes =
        std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", 33) + "rest";
    picture_ =
        json_of(max_->client().ask("POST", "/api/v1/article-pictures", max_->headers(), bytes)).at("url").as_string();
    front_ = add("Export of wombats", "Press it.", "Guides");
    publish(front_);
    hidden_ = add("Numbat export", "All about the numbat. ![Numbat](" + picture_ + ")", "Quokkas");
    max_->send("PATCH", path(hidden_), R"({"slug":"quokka-first"})");
    max_->send("PATCH", path(hidden_), R"({"slug":"quokka"})");
    translation_ = id_of(
        max_->send("POST", "/api/v1/articles",
                   json::serialize(json::object{
                       {"title", "Il numbat"}, {"body", "Numbat."}, {"locale", "it"}, {"translation_of", front_}})));
  }
  void TearDown() override {
    setup_.reader = nullptr;
    setup_.suggester = nullptr;
    max_.reset();
    reader_.reset();
    SiteOnDatabase::TearDown();
  }
  static std::string id_of(const Answer& answer) {
    EXPECT_LT(answer.status, 300) << answer.body;
    return std::string(json_of(answer).at("id").as_string());
  }
  static std::string path(const std::string& id) { return "/api/v1/articles/" + id; }
  std::string add(const std::string& title, const std::string& body, const std::string& category) {
    return id_of(max_->send("POST", "/api/v1/articles",
                            json::serialize(json::object{{"title", title}, {"body", body}, {"category", category}})));
  }
  void publish(const std::string& id, const std::string& audience = "everyone") {
    const auto version = json_of(max_->get(path(id))).at("version").as_int64();
    ASSERT_EQ(max_->send("PUT", path(id) + "/publication",
                         R"({"for":")" + audience + R"(","if_version":)" + std::to_string(version) + "}")
                  .status,
              200);
  }
  // Everything, as if all of it were public.
  void index_all() {
    const auto folder = files().folder().path() / "index";
    auto indexer = search::Indexer::open(folder).value();
    const std::pair<std::string, std::string> all[] = {
        {front_, "Export of wombats"}, {hidden_, "Numbat export"}, {translation_, "Il numbat"}};
    for (const auto& [id, title] : all)
      indexer
          .put(search::Article{.id = std::stoll(id), .title = title, .body = "All about the numbat.", .locale = "en"})
          .value();
    indexer.commit(1).value();
    index_ = std::make_unique<search::Reader>(folder);
    suggester_ = std::make_unique<search::Suggester>(*index_);
    setup_.reader = index_.get();
    setup_.suggester = suggester_.get();
  }

  // What a stranger gets by each door.
  std::vector<std::pair<std::string, Answer>> doors() {
    clock_.advance(std::chrono::minutes(10));
    std::vector<std::pair<std::string, Answer>> got;
    const auto keep = [&](const std::string& door, Answer answer) { got.emplace_back(door, std::move(answer)); };
    for (const std::string& page :
         {std::string("/help"), std::string("/help?q=about"), std::string("/help/quokka"),
          std::string("/help/quokka?lang=it"), std::string("/help/quokka-first"),
          std::string("/help/contact?article=quokka"), std::string("/help/categories/quokkas"),
          std::string("/help/sitemap.xml"), std::string("/help/export-of-wombats"),
          std::string("/api/v1/suggestions?q=about+the+export")})
      keep(page, reader_->get(page));
    const std::string origin = "Origin: https://app.example.com\r\n";
    for (const std::string& page :
         {"/api/v1/widget/articles/quokka?key=" + key_, "/api/v1/widget/articles/" + hidden_ + "?key=" + key_,
          "/api/v1/suggestions?q=about+the+export&key=" + key_})
      keep(page, reader_->client().ask("GET", page, origin));
    keep("ask", reader_->send_form("/help/contact", "find=1&text=about+the+export"));
    keep("feedback", reader_->send_form("/help/quokka/feedback", "answer=yes"));
    return got;
  }
  void expect_hidden(const std::string& why) {
    for (const auto& [door, answer] : doors()) EXPECT_FALSE(tells(answer)) << why << ": " << door << answer.body;
    EXPECT_EQ(reader_->get(picture_).status, 404) << why;
    for (const std::string& team :
         {std::string("/api/v1/articles"), path(hidden_), path(hidden_) + "/versions", path(hidden_) + "/versions/1",
          std::string("/api/v1/article-export"), std::string("/api/v1/article-categories"),
          std::string("/api/v1/articles?q=numbat")}) {
      const auto answer = reader_->get(team);
      EXPECT_EQ(answer.status, 401) << team;
      EXPECT_FALSE(answer.body.contains(secret)) << team;
    }
  }

  std::string key_, picture_, front_, hidden_, translation_;
  std::unique_ptr<search::Reader> index_;
  std::unique_ptr<search::Suggester> suggester_;
  std::unique_ptr<Visitor> max_, reader_;
};
FIFTEEN_BOTH_DATABASES(HiddenArticles);

TEST_P(HiddenArticles, LeaveByNoDoorWhateverHidesThem) {
  index_all();
  expect_hidden("a draft");
  publish(hidden_, "agents");
  publish(translation_, "agents");
  expect_hidden("for agents");
  publish(hidden_);
  publish(translation_);
  for (const auto& [door, answer] : doors()) EXPECT_TRUE(tells(answer)) << "the control: " << door << answer.body;
  EXPECT_EQ(reader_->get(picture_).status, 200);
  for (const std::string& id : {hidden_, translation_}) max_->send("DELETE", path(id) + "/publication");
  expect_hidden("a draft again");
  publish(hidden_);
  publish(translation_);
  for (const std::string& id : {hidden_, translation_}) EXPECT_EQ(max_->send("DELETE", path(id)).status, 204);
  expect_hidden("deleted");
}

TEST_P(HiddenArticles, ChangesThatWaitToBePublishedAreHiddenToo) {
  index_all();
  const auto waiting = json::serialize(
      json::object{{"title", "Export of numbats"}, {"body", "Numbat ![q](" + picture_ + ")"}, {"if_version", 1}});
  ASSERT_EQ(max_->send("PATCH", path(front_), waiting).status, 200);
  expect_hidden("pending");
  EXPECT_FALSE(reader_->get("/api/v1/widget/articles/" + front_ + "?key=" + key_).body.contains(secret));
  publish(front_);
  EXPECT_TRUE(reader_->get("/help/export-of-wombats").body.contains(secret)) << "the control";
  EXPECT_EQ(reader_->get(picture_).status, 200);
}

}  // namespace
}  // namespace fifteen::test
