#include "server/desk/knowledge/help_shelves.hpp"

#include <set>

#include "server/store/article_categories.hpp"
#include "tests/support/databases.hpp"

namespace fifteen::desk {
namespace {

class HelpShelves : public test::OnBothDatabases {
 protected:
  ArticleId add(const std::string& category, const std::string& locale, std::int64_t views = 0,
                store::ArticleState state = store::ArticleState::published) {
    now_ += Microseconds(1);
    return db().write_now([&](store::Session& sql) {
      const auto id = store::add_article(sql, {.slug = "a" + std::to_string(++slugs_),
                                               .title = "A",
                                               .body = "Text",
                                               .locale = locale,
                                               .state = state,
                                               .category = category,
                                               .updated_at = now_});
      store::count_views(sql, id, views);
      return id;
    });
  }
  void add_category(const std::string& slug, int position) {
    db().write_now([&](store::Session& sql) { store::add_category(sql, {.slug = slug, .position = position}); });
  }
  desk::HelpShelves seen(std::string_view language) {
    return db().read_now([&](store::Session& sql) { return kept_.of(sql, language, now_); });
  }
  // "billing en 2, projects uk 1"
  std::string topics(std::string_view language) {
    std::string told;
    for (const auto& [category, locale, articles] : seen(language).topics)
      told += (told.empty() ? "" : ", ") + category.slug + " " + locale + " " + std::to_string(articles);
    return told;
  }
  std::vector<std::int64_t> read_most(std::string_view language) {
    std::vector<std::int64_t> ids;
    for (const auto& article : seen(language).read_most) ids.push_back(article.id.value);
    return ids;
  }

  KeptShelves kept_;
  Instant now_ = from_us(1'790'000'000'000'000);
  int slugs_ = 0;
};
FIFTEEN_BOTH_DATABASES(HelpShelves);

TEST_P(HelpShelves, CountWhatEverybodyMayReadByTopicAndLanguage) {
  add_category("projects", 0);
  add_category("billing", 1);
  add_category("billing/refunds", 2);
  add_category("empty", 3);
  for (const char* locale : {"en", "en", "it"}) add("billing", locale);
  add("billing/refunds", "en");
  add("billing", "en", 0, store::ArticleState::draft);
  add("billing", "en", 0, store::ArticleState::agents_only);
  add("projects", "uk");
  add("", "en");

  EXPECT_EQ(topics("en"), "billing en 3") << "what is in another language alone is for those who read it";
  EXPECT_EQ(topics("uk"), "projects uk 1, billing en 3") << "hers first, then in English";
  EXPECT_EQ(topics("it"), "billing it 1");
  EXPECT_EQ(topics("zh-Hans"), "billing en 3");
}

TEST_P(HelpShelves, WithoutOnesOwnLanguageOrEnglishShowWhatThereIs) {
  add_category("abrechnung", 0);
  const auto only = add("abrechnung", "de");
  EXPECT_EQ(topics("uk"), "abrechnung de 1");
  EXPECT_EQ(read_most("uk"), std::vector{only.value});
}

TEST_P(HelpShelves, TheMostReadComeFirstInTheReadersLanguage) {
  std::vector<std::int64_t> english, chinese;
  for (int views = 0; views < 8; ++views) english.push_back(add("", "en", views).value);
  for (const char* locale : {"zh", "zh-CN"}) chinese.push_back(add("", locale, 1).value);
  EXPECT_EQ(read_most("en"), (std::vector{english[7], english[6], english[5], english[4], english[3]}));
  const auto seen = read_most("zh-Hans");
  ASSERT_EQ(seen.size(), 5u);
  EXPECT_EQ(std::set(seen.begin(), seen.begin() + 2), std::set(chinese.begin(), chinese.end()));
  EXPECT_EQ(seen[2], english[7]);
}

TEST_P(HelpShelves, AChangeShowsAtOnceAndReadersWithinAMinute) {
  add_category("billing", 0);
  const auto first = add("billing", "en", 1), second = add("billing", "en", 2);
  EXPECT_EQ(topics("en"), "billing en 2");
  add("billing", "en");
  EXPECT_EQ(topics("en"), "billing en 3");
  EXPECT_EQ(read_most("en").front(), second.value);
  db().write_now([&](store::Session& sql) { store::count_views(sql, first, 9); });
  EXPECT_EQ(read_most("en").front(), second.value) << "it is not counted for each visitor";
  now_ += std::chrono::minutes(1);
  EXPECT_EQ(read_most("en").front(), first.value);
}

}  // namespace
}  // namespace fifteen::desk
