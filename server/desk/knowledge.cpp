#include "server/desk/knowledge.hpp"

#include <algorithm>

#include "server/store/events.hpp"

namespace fifteen::desk {
namespace {

constexpr int most_numbers_of_a_slug = 1000;

store::ArticleState state_of(const search::ArticleFile& file) {
  if (!file.published) return store::ArticleState::draft;
  return file.agents_only ? store::ArticleState::agents_only : store::ArticleState::published;
}

// The wanted slug, or with the first free number behind it.
std::string free_slug(store::Session& sql, const std::string& wanted, ArticleId own) {
  std::string slug = wanted;
  for (int number = 2; number < most_numbers_of_a_slug; ++number) {
    const auto holder = store::find_article_by_slug(sql, slug);
    if (!holder || holder->id == own) break;
    slug = wanted + "-" + std::to_string(number);
  }
  return slug;
}

void tell(store::Session& sql, const Actor& actor, ArticleId article, Instant now) {
  store::add_event(sql, {.at = now,
                         .kind = "article",
                         .actor = actor.kind,
                         .actor_id = actor.agent.value,
                         .data = R"({"article":)" + std::to_string(article.value) + "}"});
}

}  // namespace

result<Imported> import_articles(store::Session& sql, const Actor& actor, const std::vector<search::ArticleFile>& files,
                                 Instant now) {
  if (const auto allowed = require(actor, Act::administer); !allowed) return allowed.error();
  Imported imported;
  for (const search::ArticleFile& file : files) {
    const auto known = store::find_article_by_source(sql, file.id);
    store::Article article = known.value_or(store::Article{.external_id = file.id, .created_at = now});
    if (!known || known->slug != file.slug) article.slug = free_slug(sql, file.slug, article.id);
    article.title = file.title;
    article.body = file.body;
    article.locale = file.locale.empty() ? "en" : file.locale;
    article.category = file.category;
    article.state = state_of(file);
    const auto content = [](const store::Article& a) {
      return std::tie(a.slug, a.title, a.body, a.locale, a.category, a.state);
    };
    if (known && content(*known) == content(article)) {
      ++imported.unchanged;
      continue;
    }
    article.updated_at = now;
    if (known)
      store::save_article(sql, article);
    else
      article.id = store::add_article(sql, article);
    tell(sql, actor, article.id, now);
    ++(known ? imported.changed : imported.added);
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

void article_viewed(store::Session& sql, ArticleId article) {
  store::count_view(sql, article);
}

std::vector<store::Article> find_articles(store::Session& sql, const std::vector<ArticleId>& ids, bool for_agents) {
  std::vector<store::Article> found;
  for (const ArticleId id : ids) {  // a handful: what a search suggests
    auto article = store::find_article(sql, id);
    if (!article) continue;
    const bool visible = article->state == store::ArticleState::published ||
                         (for_agents && article->state == store::ArticleState::agents_only);
    if (visible) found.push_back(std::move(*article));
  }
  return found;
}

}  // namespace fifteen::desk
