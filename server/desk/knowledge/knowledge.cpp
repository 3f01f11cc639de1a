#include "server/desk/knowledge/knowledge.hpp"

#include <algorithm>

#include "server/base/percent.hpp"
#include "server/desk/knowledge/article_record.hpp"
#include "server/desk/knowledge/slugs.hpp"

namespace fifteen::desk {
namespace {

constexpr int most_on_a_shelf = 500, most_in_a_sitemap = 50'000;

store::ArticleState state_of(const search::ArticleFile& file) {
  if (!file.published) return store::ArticleState::draft;
  return file.agents_only ? store::ArticleState::agents_only : store::ArticleState::published;
}

// By the id that it was imported under; one that was written here goes by its slug.
std::optional<store::Article> known_article(store::Session& sql, const std::string& id) {
  if (auto known = store::find_article_by_source(sql, id)) return known;
  auto written_here = store::find_article_by_slug(sql, id);
  return written_here && written_here->external_id.empty() ? written_here : std::nullopt;
}

// Space around a text is lost in files.
std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  return from == std::string_view::npos ? "" : text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

void add(store::Session& sql, const Actor& actor, const search::ArticleFile& file, Instant now) {
  store::Article article{.external_id = file.id, .title = file.title, .body = file.body};
  article.slug = free_slug(sql, to_slug(file.slug), {});
  article.locale = is_locale(file.locale) ? file.locale : "en";
  article.category = need_category(sql, file.category, article.locale);
  article.state = state_of(file);
  if (const auto source = file.translation_of.empty() ? std::nullopt : known_article(sql, file.translation_of)) {
    article.group = source->group;
    article.source_version = source->shown_version;
  }
  add_record(sql, actor, std::move(article), "", now);
}

std::vector<store::Article> in_order(std::vector<store::Article> articles, const std::vector<ArticleId>& ids) {
  std::ranges::sort(articles, {}, [&](const store::Article& article) { return std::ranges::find(ids, article.id); });
  return articles;
}

// Whether there was anything to change.
bool change(store::Session& sql, const Actor& actor, store::Article article, const search::ArticleFile& file,
            Instant now) {
  const auto content = [](const store::Article& a) {
    return std::tie(a.slug, a.title, a.body, a.locale, a.category, a.state);
  };
  const store::Article before = article;
  if (const std::string slug = to_slug(file.slug); slug != article.slug)
    change_slug(sql, article, free_slug(sql, slug, article.id), now);
  if (is_locale(file.locale)) article.locale = file.locale;
  if (!file.category.empty()) article.category = need_category(sql, file.category, article.locale);
  article.state = state_of(file);
  if (file.title != article.title || (file.body != article.body && file.body != trimmed(article.body)))
    add_text(sql, actor, article, {file.title, file.body, ""}, true, now);
  if (content(before) == content(article)) return false;
  judge_translation(sql, article);
  keep_record(sql, actor, article, "imported", now);
  return true;
}

}  // namespace

std::optional<store::Article> imported_before(store::Session& sql, const search::ArticleFile& file) {
  return file.id == file.slug ? known_article(sql, file.id) : store::find_article_by_source(sql, file.id);
}

result<Imported> import_articles(store::Session& sql, const Actor& actor, const std::vector<search::ArticleFile>& files,
                                 Instant now) {
  if (const auto allowed = require(actor, Act::publish_articles); !allowed) return allowed.error();
  Imported imported;
  for (const search::ArticleFile& file : files) {
    auto known = imported_before(sql, file);
    if (!known) {
      add(sql, actor, file, now);
      ++imported.added;
    } else {
      ++(change(sql, actor, std::move(*known), file, now) ? imported.changed : imported.unchanged);
    }
  }
  return imported;
}

std::vector<store::Article> list_articles(store::Session& sql, const std::string& locale, int limit) {
  return store::published_articles(sql, locale, std::clamp(limit, 1, 500));
}

result<store::Article> read_article(store::Session& sql, const std::string& slug) {
  auto article = store::find_article_by_slug(sql, slug);
  if (!article || article->state != store::ArticleState::published) return errc::not_found;
  return std::move(*article);
}

result<std::string> moved_to(store::Session& sql, const std::string& slug) {
  const auto id = store::find_redirect(sql, slug);
  const auto article = id ? store::find_article(sql, *id) : std::nullopt;
  if (!article || article->state != store::ArticleState::published) return errc::not_found;
  return article->slug;
}

std::string article_url(std::string_view slug) {
  return "/help/" + percent_encoded(slug);
}

std::vector<store::Article> published_translations(store::Session& sql, const store::Article& article) {
  auto group = store::articles_of_group(sql, article.group);
  std::erase_if(group, [](const auto& other) { return other.state != store::ArticleState::published; });
  return group;
}

Shelf read_shelf(store::Session& sql, const store::ArticleCategory& category) {
  Shelf shelf{.articles = store::published_in_category(sql, category.slug, most_on_a_shelf), .below = {}};
  for (auto& other : store::public_categories(sql))
    if (other.slug.starts_with(category.slug + "/")) shelf.below.push_back(std::move(other));
  return shelf;
}

std::vector<store::PublishedAddress> published_addresses(store::Session& sql) {
  return store::published_addresses(sql, most_in_a_sitemap);
}

std::vector<store::Article> find_articles(store::Session& sql, const std::vector<ArticleId>& ids, bool for_agents) {
  auto found = in_order(store::articles_of(sql, ids), ids);
  std::erase_if(found, [&](const store::Article& article) {
    return article.state != store::ArticleState::published &&
           !(for_agents && article.state == store::ArticleState::agents_only);
  });
  return found;
}

std::vector<store::Article> pick_articles(store::Session& sql, const std::vector<ArticleId>& ids,
                                          const store::ArticleList& wish) {
  using Needs = store::ArticleList::Needs;
  auto found = in_order(store::articles_of(sql, ids), ids);
  std::erase_if(found, [&](const store::Article& article) {
    return (wish.state ? article.state != *wish.state : article.state == store::ArticleState::deleted) ||
           (!wish.category.empty() && article.category != wish.category) ||
           (!wish.locale.empty() && article.locale != wish.locale) ||
           (wish.needs == Needs::publishing && !article.is_pending()) ||
           (wish.needs == Needs::translating && !article.is_outdated);
  });
  return found;
}

}  // namespace fifteen::desk
