#include "server/desk/knowledge/article_record.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "server/desk/knowledge/slugs.hpp"
#include "server/store/article_categories.hpp"
#include "server/store/article_pictures.hpp"
#include "server/store/article_versions.hpp"
#include "server/store/events.hpp"

namespace fifteen::desk {
namespace {

void tell(store::Session& sql, const Actor& actor, ArticleId article, std::string_view did, Instant now) {
  store::add_event(sql,
                   {.at = now,
                    .kind = "article",
                    .actor = actor.kind,
                    .actor_id = actor.agent.value,
                    .data = boost::json::serialize(boost::json::object{{"article", article.value}, {"did", did}})});
}

store::ArticleVersion version_of(const Actor& actor, const store::Article& article, const ArticleText& text,
                                 Instant now) {
  return {.article = article.id,
          .version = article.version,
          .at = now,
          .agent = actor.agent,
          .agent_name = {},
          .title = text.title,
          .body = text.body,
          .note = text.note};
}

void show(store::Session& sql, store::Article& article, const std::string& title, const std::string& body,
          Instant now) {
  if (article.title != title || article.body != body) article.shown_at = now;
  article.title = title;
  article.body = body;
  article.shown_version = article.version;
  if (!article.is_translation()) store::mark_outdated(sql, article.id, article.shown_version);
}

}  // namespace

store::Article add_record(store::Session& sql, const Actor& actor, store::Article article, const std::string& note,
                          Instant now) {
  article.version = article.shown_version = 1;
  article.created_at = article.updated_at = article.shown_at = now;
  article.id = store::add_article(sql, article);
  if (!article.group) article.group = article.id;
  store::add_version(sql, version_of(actor, article, {article.title, article.body, note}, now));
  store::note_picture_mentions(sql, article.id, pictures_in(article.body));
  store::set_picture_uses(sql, article.id, pictures_in(article.body));
  tell(sql, actor, article.id, "created", now);
  return article;
}

void add_text(store::Session& sql, const Actor& actor, store::Article& article, const ArticleText& text, bool is_shown,
              Instant now) {
  ++article.version;
  store::add_version(sql, version_of(actor, article, text, now));
  store::note_picture_mentions(sql, article.id, pictures_in(text.body));
  if (is_shown) show(sql, article, text.title, text.body, now);
}

void show_newest(store::Session& sql, store::Article& article, Instant now) {
  if (!article.is_pending()) return;
  if (const auto newest = store::find_version(sql, article.id, article.version))
    show(sql, article, newest->title, newest->body, now);
}

void change_slug(store::Session& sql, store::Article& article, const std::string& slug, Instant now) {
  if (slug == article.slug) return;
  store::add_redirect(sql, article.slug, article.id, now);
  store::remove_redirect(sql, slug, article.id);
  article.slug = slug;
}

void judge_translation(store::Session& sql, store::Article& article) {
  article.is_outdated = false;
  if (!article.is_translation()) return;
  const auto source = store::find_article(sql, article.group);
  article.is_outdated =
      source && source->state != store::ArticleState::deleted && source->shown_version > article.source_version;
}

void keep_record(store::Session& sql, const Actor& actor, store::Article& article, std::string_view did, Instant now) {
  article.updated_at = now;
  store::save_article(sql, article);
  store::set_picture_uses(sql, article.id, pictures_in(article.body));
  tell(sql, actor, article.id, did, now);
}

std::string need_category(store::Session& sql, const std::string& words, const std::string& locale) {
  if (words.empty() || store::find_category_by_slug(sql, words)) return words;
  const std::string slug = to_category_slug(words);
  if (slug.empty() || store::find_category_by_slug(sql, slug)) return slug;
  store::ArticleCategory category{.id = 0, .slug = slug, .position = 0, .names = {}};
  if (slug != words) category.names[locale] = words.substr(words.rfind('/') + 1);
  store::add_category(sql, category);
  return slug;
}

bool is_locale(std::string_view locale) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const std::size_t language = locale.find('-');
  const std::string_view base = locale.substr(0, language);
  if (locale.size() > 20 || base.size() < 2 || base.size() > 3 || !std::ranges::all_of(base, is_letter)) return false;
  std::size_t length = 1;
  for (const char c : locale.substr(base.size())) {
    if (c == '-' ? length == 0 : !is_letter(c) && (c < '0' || c > '9')) return false;
    length = c == '-' ? 0 : length + 1;
  }
  return length > 0;
}

std::vector<std::string> pictures_in(std::string_view body) {
  std::vector<std::string> names;
  for (std::size_t at = body.find(picture_address); at != std::string_view::npos;
       at = body.find(picture_address, at + 1)) {
    const std::string_view name = body.substr(at + picture_address.size(), picture_name_length);
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (name.size() == picture_name_length && std::ranges::all_of(name, is_hex)) names.emplace_back(name);
  }
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

}  // namespace fifteen::desk
