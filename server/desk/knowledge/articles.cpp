#include "server/desk/knowledge/articles.hpp"

#include <algorithm>

#include "server/desk/knowledge/slugs.hpp"
#include "server/store/article_pictures.hpp"

namespace fifteen::desk {
namespace {

using store::ArticleState;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_text(const ArticleText& text) {
  return !is_blank(text.title) && text.title.size() <= longest_title && text.body.size() <= longest_body &&
         text.note.size() <= longest_note;
}

bool is_shown(const store::Article& article) {
  return article.state == ArticleState::published || article.state == ArticleState::agents_only;
}

result<store::Article> find(store::Session& sql, const Actor& actor, ArticleId id) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  auto article = store::find_article(sql, id);
  if (!article || article->state == ArticleState::deleted) return errc::not_found;
  return std::move(*article);
}

// One whose change readers would notice is a manager's.
result<store::Article> find_to_change(store::Session& sql, const Actor& actor, ArticleId id) {
  auto article = find(sql, actor, id);
  if (article && is_shown(*article) && !may(actor, Act::publish_articles)) return errc::forbidden;
  return article;
}

}  // namespace

result<store::Article> create_article(store::Session& sql, const Actor& actor, const ArticleDraft& draft, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  if (!is_text({draft.title, draft.body, draft.note}) || !is_locale(draft.locale)) return errc::invalid;
  store::Article article{.slug = {}, .title = draft.title, .body = draft.body, .locale = draft.locale};
  article.state = ArticleState::draft;
  article.category = draft.category;
  if (draft.translation_of) {
    const auto source = store::find_article(sql, draft.translation_of);
    if (!source || source->state == ArticleState::deleted) return errc::not_found;
    article.group = source->group;
    for (const auto& other : store::articles_of_group(sql, article.group)) {
      if (other.locale == draft.locale) return errc::conflict;
      if (other.id == article.group) article.source_version = other.shown_version;
    }
    if (article.category.empty()) article.category = source->category;
  }
  if (!draft.slug.empty() && !is_slug(draft.slug)) return errc::invalid;
  article.slug = free_slug(sql, draft.slug.empty() ? to_slug(draft.title) : draft.slug, {});
  article.category = need_category(sql, article.category, article.locale);
  return add_record(sql, actor, std::move(article), draft.note, now);
}

result<store::Article> save_text(store::Session& sql, const Actor& actor, ArticleId id, const ArticleText& text,
                                 std::int64_t if_version, std::optional<std::int64_t> source_version, Instant now) {
  auto article = find(sql, actor, id);
  if (!article) return article;
  if (!is_text(text)) return errc::invalid;
  if (article->version != if_version) return errc::conflict;
  const auto newest = store::find_version(sql, id, article->version);
  const bool is_new = !newest || newest->title != text.title || newest->body != text.body;
  if (is_new) add_text(sql, actor, *article, text, !is_shown(*article), now);
  if (source_version && article->is_translation()) {
    const auto source = store::find_article(sql, article->group);
    article->source_version = source ? std::min(*source_version, source->shown_version) : 0;
  }
  judge_translation(sql, *article);
  keep_record(sql, actor, *article, "saved", now);
  if (actor.agent) store::drop_article_draft(sql, id, actor.agent);
  return article;
}

result<store::Article> bring_back(store::Session& sql, const Actor& actor, ArticleId id, std::int64_t version,
                                  std::int64_t if_version, const std::string& note, Instant now) {
  const auto old = store::find_version(sql, id, version);
  if (!old) return errc::not_found;
  return save_text(sql, actor, id, {old->title, old->body, note}, if_version, {}, now);
}

result<store::Article> publish(store::Session& sql, const Actor& actor, ArticleId id, Audience audience,
                               std::int64_t if_version, Instant now) {
  if (const auto allowed = require(actor, Act::publish_articles); !allowed) return allowed.error();
  auto article = find(sql, actor, id);
  if (!article) return article;
  if (article->version != if_version) return errc::conflict;
  show_newest(sql, *article, now);
  if (!is_shown(*article)) article->shown_at = now;
  article->state = audience == Audience::everyone ? ArticleState::published : ArticleState::agents_only;
  judge_translation(sql, *article);
  keep_record(sql, actor, *article, "published", now);
  return article;
}

result<store::Article> unpublish(store::Session& sql, const Actor& actor, ArticleId id, Instant now) {
  if (const auto allowed = require(actor, Act::publish_articles); !allowed) return allowed.error();
  auto article = find(sql, actor, id);
  if (!article) return article;
  show_newest(sql, *article, now);  // what was waiting to be published is the draft
  article->state = ArticleState::draft;
  keep_record(sql, actor, *article, "unpublished", now);
  return article;
}

result<store::Article> move_article(store::Session& sql, const Actor& actor, ArticleId id, const ArticleMove& move,
                                    Instant now) {
  auto article = find_to_change(sql, actor, id);
  if (!article) return article;
  if (move.slug) {
    if (!is_slug(*move.slug)) return errc::invalid;
    if (is_slug_taken(sql, *move.slug, id)) return errc::conflict;
    change_slug(sql, *article, *move.slug, now);
  }
  if (move.category) article->category = need_category(sql, *move.category, article->locale);
  keep_record(sql, actor, *article, "moved", now);
  return article;
}

result<void> drop_redirect(store::Session& sql, const Actor& actor, ArticleId id, const std::string& slug) {
  const auto article = find_to_change(sql, actor, id);
  if (!article) return article.error();
  if (!store::remove_redirect(sql, slug, id)) return errc::not_found;
  return {};
}

result<void> delete_article(store::Session& sql, const Actor& actor, ArticleId id, Instant now) {
  auto article = find_to_change(sql, actor, id);
  if (!article) return article.error();
  article->state_before = article->state;
  article->state = ArticleState::deleted;
  keep_record(sql, actor, *article, "deleted", now);
  return {};
}

result<store::Article> undelete_article(store::Session& sql, const Actor& actor, ArticleId id, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  auto article = store::find_article(sql, id);
  if (!article) return errc::not_found;
  if (article->state != ArticleState::deleted) return errc::already_done;
  article->state = article->state_before;
  if (is_shown(*article) && !may(actor, Act::publish_articles)) return errc::forbidden;
  // Meanwhile its language may have got another translation: it then stands for itself.
  for (const auto& other : store::articles_of_group(sql, article->group))
    if (other.id != id && other.locale == article->locale) return errc::conflict;
  judge_translation(sql, *article);
  keep_record(sql, actor, *article, "restored", now);
  return std::move(*article);
}

result<void> keep_draft(store::Session& sql, const Actor& actor, ArticleId id, const store::ArticleDraft& draft) {
  if (const auto article = find(sql, actor, id); !article) return article.error();
  if (draft.title.size() > longest_title || draft.body.size() > longest_body) return errc::invalid;
  store::keep_article_draft(sql, id, actor.agent, draft);
  store::note_picture_mentions(sql, id, pictures_in(draft.body));
  return {};
}

result<void> drop_draft(store::Session& sql, const Actor& actor, ArticleId id) {
  if (const auto article = find(sql, actor, id); !article) return article.error();
  store::drop_article_draft(sql, id, actor.agent);
  return {};
}

result<ArticleView> view_article(store::Session& sql, const Actor& actor, ArticleId id) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  auto article = store::find_article(sql, id);
  if (!article) return errc::not_found;
  ArticleView view;
  view.translations = store::articles_of_group(sql, article->group);
  view.redirects = store::redirects_of(sql, id);
  view.article = std::move(*article);
  view.newest = store::find_version(sql, id, view.article.version).value_or(store::ArticleVersion{});
  if (actor.agent) view.draft = store::find_article_draft(sql, id, actor.agent);
  return view;
}

}  // namespace fifteen::desk
