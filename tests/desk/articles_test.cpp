// Writing the knowledge base: versions, who publishes, addresses, translations, categories.
#include "server/desk/knowledge/articles.hpp"

#include <gmock/gmock.h>

#include "server/desk/knowledge/article_categories.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/knowledge/slugs.hpp"
#include "server/store/article_pictures.hpp"
#include "server/store/events.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

using store::ArticleState;

template <class T>
errc error_of(const result<T>& r) {
  return static_cast<errc>(r.error().value());
}

class Articles : public Desk {
 protected:
  store::Article draft(const std::string& title = "Export", const std::string& body = "Press Export.") {
    return write([&](store::Session& sql) {
      return create_article(sql, ana, {.title = title, .body = body, .category = "guides"}, now).value();
    });
  }
  store::Article published(const std::string& title = "Export", const std::string& body = "Press Export.") {
    const auto article = draft(title, body);
    return write([&](store::Session& sql) {
      return publish(sql, bob, article.id, Audience::everyone, article.version, now).value();
    });
  }
  result<store::Article> save(const Actor& actor, const store::Article& article, const std::string& body,
                              std::optional<std::int64_t> source = {}) {
    return write([&](store::Session& sql) {
      return save_text(sql, actor, article.id, {article.title, body, "why"}, article.version, source, now);
    });
  }
  result<store::Article> publish_newest(const store::Article& article) {
    return write(
        [&](store::Session& sql) { return publish(sql, bob, article.id, Audience::everyone, article.version, now); });
  }
  store::Article translation(const store::Article& of, const std::string& locale) {
    return write([&](store::Session& sql) {
      return create_article(sql, ana, {.title = "Export " + locale, .locale = locale, .translation_of = of.id}, now)
          .value();
    });
  }
  store::Article find(ArticleId id) {
    return write([&](store::Session& sql) { return *store::find_article(sql, id); });
  }
  std::string shown(const std::string& slug) {
    return write([&](store::Session& sql) {
      const auto article = read_article(sql, slug);
      return article ? article->body : std::string("nothing");
    });
  }
};
FIFTEEN_BOTH_DATABASES(Articles);

TEST(Slugs, AreWordsOfAnyScript) {
  const std::pair<const char*, const char*> cases[] = {
      {"How do I export?", "how-do-i-export"},
      {"  Wie exportiere ich Übersichten?  ", "wie-exportiere-ich-ubersichten"},
      {"Don't panic: v1.2", "dont-panic-v1-2"},
      {"Как вернуть деньги", "как-вернуть-деньги"},
      {"Їжак і йод", "їжак-і-йод"},
      {"如何导出", "如何导出"},
      {"../../etc/passwd", "etc-passwd"},
      {"<script>", "script"},
      {"???", ""},
      {"\xff\xfe", ""},
  };
  for (const auto& [words, slug] : cases) EXPECT_EQ(to_slug(words), slug) << words;
  EXPECT_LE(to_slug(std::string(500, 'a')).size(), 100u);
  for (const char* none : {"", "contact", "sitemap.xml", "categories", "Upper", "two words", "a/b"})
    EXPECT_FALSE(is_slug(none)) << none;
  EXPECT_EQ(to_category_slug("Guides/How to: install"), "guides/how-to-install");
}

TEST_P(Articles, WhatAnAgentSavesOverAPublishedTextWaits) {
  const auto article = published();

  const auto saved = save(ana, article, "Press Download.");

  ASSERT_TRUE(saved);
  EXPECT_TRUE(saved->is_pending());
  EXPECT_EQ(shown("export"), "Press Export.");
  EXPECT_TRUE(publish_newest(*saved));
  EXPECT_EQ(shown("export"), "Press Download.");
  EXPECT_FALSE(find(article.id).is_pending());
}

TEST_P(Articles, OnlyManagersAndAdminsChangeWhatReadersSee) {
  const auto article = published();
  write([&](store::Session& sql) {
    EXPECT_EQ(error_of(publish(sql, ana, article.id, Audience::everyone, 1, now)), errc::forbidden);
    EXPECT_EQ(error_of(unpublish(sql, ana, article.id, now)), errc::forbidden);
    EXPECT_EQ(error_of(move_article(sql, ana, article.id, {.category = {}, .slug = "other"}, now)), errc::forbidden);
    EXPECT_EQ(error_of(delete_article(sql, ana, article.id, now)), errc::forbidden);
    EXPECT_EQ(error_of(add_category(sql, ana, "faq", {})), errc::forbidden);
  });
  EXPECT_EQ(shown("export"), "Press Export.");
}

TEST_P(Articles, ASaveOverSomebodyElsesIsRefused) {
  const auto article = draft();
  ASSERT_TRUE(save(ana, article, "hers"));
  EXPECT_EQ(error_of(save(bob, article, "his")), errc::conflict);
  EXPECT_EQ(find(article.id).body, "hers");
}

TEST_P(Articles, EverySaveIsKeptAndCanBeBroughtBack) {
  const auto first = draft();
  minutes_pass(1);
  const auto second = save(ana, first, "Press Download.").value();
  EXPECT_EQ(save(ana, second, "Press Download.")->version, 2);  // the same text: no version

  write([&](store::Session& sql) {
    EXPECT_EQ(bring_back(sql, bob, first.id, 1, 2, "it was right", now)->version, 3);
    EXPECT_EQ(error_of(bring_back(sql, bob, first.id, 9, 3, "", now)), errc::not_found);
    const auto versions = store::versions_of(sql, first.id, 100, 10);
    ASSERT_EQ(versions.size(), 3u);
    EXPECT_EQ(versions[0].note, "it was right");
    EXPECT_EQ(versions[0].agent_name, "Bob");
    EXPECT_EQ(store::find_version(sql, first.id, 2)->body, "Press Download.");
  });
  EXPECT_EQ(find(first.id).body, "Press Export.");
}

TEST_P(Articles, AnOldAddressLeadsToTheArticleUntilAnotherNeedsIt) {
  const auto article = published();
  write([&](store::Session& sql) {
    ASSERT_TRUE(move_article(sql, bob, article.id, {.category = {}, .slug = "download"}, now));
    EXPECT_EQ(moved_to(sql, "export").value(), "download");
    EXPECT_EQ(error_of(read_article(sql, "export")), errc::not_found);
    // A new article of that title does not take it.
    EXPECT_EQ(create_article(sql, ana, {.title = "Export"}, now)->slug, "export-2");
    EXPECT_EQ(error_of(move_article(sql, bob, create_article(sql, ana, {.title = "B"}, now)->id,
                                    {.category = {}, .slug = "export"}, now)),
              errc::conflict);
    EXPECT_EQ(error_of(move_article(sql, bob, article.id, {.category = {}, .slug = "contact"}, now)), errc::invalid);
    // Back to where it was.
    ASSERT_TRUE(move_article(sql, bob, article.id, {.category = {}, .slug = "export"}, now));
    EXPECT_EQ(moved_to(sql, "download").value(), "export");
    EXPECT_EQ(error_of(moved_to(sql, "export")), errc::not_found);
    ASSERT_TRUE(drop_redirect(sql, bob, article.id, "download"));
    EXPECT_EQ(error_of(moved_to(sql, "download")), errc::not_found);
    ASSERT_TRUE(unpublish(sql, bob, article.id, now));
    EXPECT_EQ(error_of(moved_to(sql, "export")), errc::not_found);
  });
}

TEST_P(Articles, ATranslationIsOutOfDateWhenItsSourceIsPublishedAnew) {
  const auto source = published();
  const auto italian = translation(source, "it");
  EXPECT_EQ(italian.group, source.id);
  EXPECT_EQ(italian.category, "guides");
  EXPECT_FALSE(find(italian.id).is_outdated);

  const auto saved = save(ana, source, "Press Download.").value();
  EXPECT_FALSE(find(italian.id).is_outdated);  // nobody sees it yet
  ASSERT_TRUE(publish_newest(saved));
  EXPECT_TRUE(find(italian.id).is_outdated);
  store::ArticleList outdated;
  outdated.needs = store::ArticleList::Needs::translating;
  EXPECT_EQ(write([&](store::Session& sql) { return store::list_articles(sql, outdated, 10); }).size(), 1u);

  ASSERT_TRUE(save(ana, find(italian.id), "Premi Esporta."));
  EXPECT_TRUE(find(italian.id).is_outdated);
  ASSERT_TRUE(save(ana, find(italian.id), "Premi Scarica.", saved.version));
  EXPECT_FALSE(find(italian.id).is_outdated);
}

TEST_P(Articles, ALanguageHasOneTranslation) {
  const auto source = published();
  const auto italian = translation(source, "it");
  write([&](store::Session& sql) {
    EXPECT_EQ(error_of(create_article(sql, ana, {.title = "X", .locale = "it", .translation_of = source.id}, now)),
              errc::conflict);
    // Of a translation: of the same group.
    EXPECT_EQ(create_article(sql, ana, {.title = "X", .locale = "ru", .translation_of = italian.id}, now)->group,
              source.id);
    EXPECT_EQ(error_of(create_article(sql, ana, {.title = "X", .locale = "../x"}, now)), errc::invalid);
    EXPECT_EQ(view_article(sql, ana, source.id)->translations.size(), 3u);
  });
}

TEST_P(Articles, ADeletedOneIsNowhereUntilItIsBroughtBack) {
  const auto article = published();
  write([&](store::Session& sql) {
    ASSERT_TRUE(delete_article(sql, bob, article.id, now));
    EXPECT_EQ(error_of(read_article(sql, "export")), errc::not_found);
    EXPECT_TRUE(find_articles(sql, {article.id}, true).empty());
    EXPECT_TRUE(store::list_articles(sql, store::ArticleList(), 10).empty());
    EXPECT_EQ(error_of(save_text(sql, bob, article.id, {"T", "B", ""}, 1, {}, now)), errc::not_found);
    EXPECT_EQ(error_of(undelete_article(sql, ana, article.id, now)), errc::forbidden);
    ASSERT_TRUE(undelete_article(sql, bob, article.id, now));
    EXPECT_EQ(error_of(undelete_article(sql, bob, article.id, now)), errc::already_done);
  });
  EXPECT_EQ(shown("export"), "Press Export.");
}

TEST_P(Articles, TheListGoesByTheLastChangeAndByPages) {
  std::vector<std::string> titles = {"A", "B", "C", "D", "E"};
  for (const auto& title : titles) {
    minutes_pass(1);
    title < "D" ? published(title) : draft(title);
  }
  const auto page = [&](store::ArticleList list) {
    std::string all;
    for (;;) {
      const auto articles = write([&](store::Session& sql) { return store::list_articles(sql, list, 2); });
      for (const auto& article : articles) all += article.title;
      if (articles.size() < 2) return all;
      list.before = {articles.back().updated_at, articles.back().id};
    }
  };
  EXPECT_EQ(page({}), "EDCBA");
  EXPECT_EQ(page({.state = ArticleState::published, .category = {}, .locale = {}}), "CBA");
  EXPECT_EQ(page({.state = ArticleState::draft, .category = "guides", .locale = "en"}), "ED");
  EXPECT_EQ(page({.state = {}, .category = "none", .locale = {}}), "");
}

TEST_P(Articles, APictureIsPublicWhileAPublishedArticleShowsIt) {
  const std::string name(32, 'a'), body = "![Steps](/help/pictures/" + name + ".png)";
  write([&](store::Session& sql) {
    store::add_picture(sql, {.name = name, .sha256 = std::string(64, 'a'), .content_type = "image/png"});
  });
  const auto is_public = [&] {
    return write([&](store::Session& sql) { return store::is_picture_public(sql, name); });
  };
  const auto article = draft("Export", body);
  EXPECT_FALSE(is_public());
  ASSERT_TRUE(publish_newest(article));
  EXPECT_TRUE(is_public());
  const auto without = save(ana, find(article.id), "No picture.").value();
  EXPECT_TRUE(is_public());
  ASSERT_TRUE(publish_newest(without));
  EXPECT_FALSE(is_public());
}

TEST_P(Articles, EveryChangeIsTold) {
  const auto count = [&] {
    return write([](store::Session& sql) {
      return std::get<0>(*sql.one<std::int64_t>("SELECT COUNT(*) FROM events WHERE kind = 'article'"));
    });
  };
  const auto article = draft();
  EXPECT_EQ(count(), 1);
  ASSERT_TRUE(publish_newest(save(ana, article, "new").value()));
  EXPECT_EQ(count(), 3);
}

TEST_P(Articles, CategoriesKeepTheOrderTheyAreGiven) {
  write([&](store::Session& sql) {
    const auto a = add_category(sql, bob, "a", {{"en", "First"}, {"it", "Primo"}}), b = add_category(sql, bob, "b", {});
    ASSERT_TRUE(create_article(sql, ana, {.title = "X", .category = "Billing & more"}, now));
    const auto slugs = [&] {
      std::string all;
      for (const auto& category : store::article_categories(sql)) all += category.slug + " ";
      return all;
    };
    EXPECT_EQ(slugs(), "a b billing-more ");
    ASSERT_TRUE(order_categories(sql, bob, {b->id}));
    EXPECT_EQ(slugs(), "b a billing-more ");
    EXPECT_EQ(name_in(*a, "it"), "Primo");
    EXPECT_EQ(name_in(*a, "zh-Hans"), "First");
    EXPECT_EQ(name_in(*store::find_category_by_slug(sql, "billing-more"), "ru"), "Billing & more");
    EXPECT_EQ(error_of(add_category(sql, bob, "a", {})), errc::conflict);
    EXPECT_EQ(error_of(add_category(sql, bob, "Not a slug", {})), errc::invalid);
    ASSERT_TRUE(remove_category(sql, bob, store::find_category_by_slug(sql, "billing-more")->id));
    EXPECT_EQ(store::list_articles(sql, {.state = {}, .category = "billing-more", .locale = {}}, 9).size(), 0u);
  });
}

}  // namespace
}  // namespace fifteen::desk
