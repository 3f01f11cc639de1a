#include "server/desk/suggestions.hpp"

#include "search/indexer.hpp"
#include "search/suggest.hpp"
#include "server/store/articles.hpp"
#include "server/store/settings.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

class SuggestionsOfTheDesk : public Desk {
 protected:
  // Into the records, and, as it is published, into the index.
  ArticleId add(const std::string& slug, const std::string& title, store::ArticleState state) {
    const ArticleId id = write([&](store::Session& sql) {
      return store::add_article(sql, {.id = {},
                                      .external_id = "",
                                      .slug = slug,
                                      .title = title,
                                      .body = "",
                                      .locale = "en",
                                      .state = state,
                                      .category = "",
                                      .created_at = now,
                                      .updated_at = now});
    });
    auto indexer = search::Indexer::open(folder()).value();
    indexer.put(search::Article{.id = id.value, .title = title, .body = "", .locale = "en"}).value();
    indexer.commit(id.value).value();
    return id;
  }
  std::filesystem::path folder() { return files().folder().path() / "index"; }
  Answers ask(const std::string& text, search::Readers readers = search::Readers::customers) {
    const search::Reader reader(folder());
    const search::Suggester suggester(reader);
    return db().read_now([&](store::Session& sql) {
      return suggest(sql, &suggester, {.text = text, .locale = "en", .readers = readers});
    });
  }
};

TEST_P(SuggestionsOfTheDesk, AreLinksToWhatMayAnswer) {
  const ArticleId id = add("refunds é", "When is my refund paid?", store::ArticleState::published);
  const auto answers = ask("the refund was not paid");
  ASSERT_EQ(answers.list.size(), 1u);
  EXPECT_EQ(answers.list[0].id, id.value);
  EXPECT_EQ(answers.list[0].url, "/help/refunds%20%C3%A9");
  EXPECT_GT(answers.confidence, 0.05);
}

TEST_P(SuggestionsOfTheDesk, TheRecordsHaveTheLastWord) {
  add("draft", "Refund draft", store::ArticleState::draft);
  add("inside", "Refund inside", store::ArticleState::agents_only);
  EXPECT_TRUE(ask("refund").list.empty()) << "though the index knows no better";
  ASSERT_EQ(ask("refund", search::Readers::agents).list.size(), 1u);
  EXPECT_EQ(ask("refund", search::Readers::agents).list[0].title, "Refund inside");
}

TEST_P(SuggestionsOfTheDesk, BelowTheDesksOwnThresholdNothingIsShown) {
  add("refunds", "When is my refund paid?", store::ArticleState::published);
  const std::string text = "refund of a kettle with a dent";
  const double confidence = ask(text).confidence;
  ASSERT_FALSE(ask(text).list.empty());
  write([&](store::Session& sql) {
    store::set_setting(sql, "suggestions.threshold", std::to_string(confidence + 0.01));
  });
  EXPECT_TRUE(ask(text).list.empty());
  EXPECT_DOUBLE_EQ(ask(text).confidence, confidence);
}

TEST_P(SuggestionsOfTheDesk, AreOffWithoutAnIndex) {
  EXPECT_TRUE(ask("refund").list.empty());
  EXPECT_TRUE(db().read_now([](store::Session& sql) { return suggest(sql, nullptr, {.text = "refund", .locale = ""}); })
                  .list.empty());
}

FIFTEEN_BOTH_DATABASES(SuggestionsOfTheDesk);

}  // namespace
}  // namespace fifteen::desk
