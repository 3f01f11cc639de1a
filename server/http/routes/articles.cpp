#include "server/desk/knowledge/articles.hpp"

#include <charconv>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "search/reader.hpp"
#include "server/desk/knowledge/article_pictures.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/desk/knowledge/markdown.hpp"
#include "server/http/article_json.hpp"
#include "server/http/fields.hpp"
#include "server/http/json_out.hpp"
#include "server/http/routes.hpp"
#include "server/http/setup.hpp"

// Writing the knowledge base.
namespace fifteen::http::routes {
namespace {

namespace json = boost::json;

constexpr std::int64_t most_versions = 1'000'000'000;
constexpr const char* saved_meanwhile = "Somebody else saved this article meanwhile; \"current\" is their text.";

// A token that acts for no person may do what its scope says: only one that may administer changes what readers see.
desk::Actor writer_of(const Call& call) {
  desk::Actor actor = actor_of(call);
  if (!call.caller.agent && call.caller.scope != Scope::all && call.caller.scope != Scope::admin)
    actor.role = Role::agent;
  return actor;
}

Reply article_reply(store::Session& sql, const Call& call, ArticleId id) {
  const auto view = desk::view_article(sql, writer_of(call), id);
  return view ? ok(article_json(*view)) : problem(view.error());
}

// The article after a change; where somebody was faster, what she wrote.
Reply changed(store::Session& sql, const Call& call, ArticleId id, const result<store::Article>& done) {
  if (done) return article_reply(sql, call, id);
  if (done.error() != make_error_code(errc::conflict)) return problem(done.error());
  const auto view = desk::view_article(sql, writer_of(call), id);
  return view ? problem_with(done.error(), saved_meanwhile, {{"current", article_json(*view)}}) : problem(view.error());
}

std::int64_t need_version(Fields& fields, std::string_view name) {
  const auto version = fields.integer(name, 1, most_versions);
  if (!version && fields.are_fine()) fields.complain(name, "This is missing.");
  return version.value_or(0);
}

std::optional<std::int64_t> version_in(const std::string& text) {
  return parse_id<std::int64_t>(text);
}

// "updated_at.id"
std::optional<store::ArticlePlace> parse_place(std::string_view cursor) {
  const auto dot = cursor.find('.');
  if (dot == std::string_view::npos) return {};
  const auto at = parse_id<std::int64_t>(cursor.substr(0, dot));
  const auto id = parse_id<ArticleId>(cursor.substr(dot + 1));
  if (!at || !id) return {};
  return store::ArticlePlace{from_us(*at), *id};
}

std::string to_cursor(const store::Article& last) {
  return std::to_string(to_us(last.updated_at)) + "." + std::to_string(last.id.value);
}

// By words: what the index finds, held against the other wishes; best first.
Reply found_articles(store::Session& sql, const Call& call, const store::ArticleList& wish, const std::string& text) {
  std::vector<ArticleId> ids;
  if (call.setup.reader)
    if (const auto hits = call.setup.reader->find_articles(
            {.text = text, .locale = wish.locale, .readers = search::Readers::agents, .limit = 100}))
      for (const auto& hit : *hits) ids.emplace_back(hit.id);
  json::array items;
  for (const auto& article : desk::pick_articles(sql, ids, wish)) items.push_back(article_json(article));
  return ok(list_json(std::move(items)));
}

}  // namespace

Reply list_articles(store::Session& sql, const Call& call) {
  const Request& request = call.request;
  if (!request.query("state")) return find_articles(sql, call);
  const auto limit = limit_of(request, 50, 200);
  if (!limit) return problem(limit.error(), "limit is 1 to 200.");
  store::ArticleList wish;
  if (const auto word = request.query("state"); word && *word != "any") {
    wish.state = store::parse_article_state(*word);
    if (!wish.state) return problem(errc::invalid, "state is any, draft, published, agents_only or deleted.");
  }
  if (const auto word = request.query("needs")) {
    using Needs = store::ArticleList::Needs;
    wish.needs = *word == "publishing" ? Needs::publishing : Needs::translating;
    if (*word != "publishing" && *word != "translating")
      return problem(errc::invalid, "needs is publishing or translating.");
  }
  wish.category = request.query("category").value_or("").substr(0, 200);
  wish.locale = request.query("locale").value_or("").substr(0, 20);
  if (const auto cursor = request.query("cursor")) {
    const auto place = parse_place(*cursor);
    if (!place) return problem(errc::invalid, "This cursor is none of ours.");
    wish.before = *place;
  }
  if (const std::string text = request.query("q").value_or("").substr(0, 400); !text.empty())
    return found_articles(sql, call, wish, text);
  const auto articles = store::list_articles(sql, wish, *limit + 1);
  json::array items;
  for (const auto& article : articles)
    if (static_cast<int>(items.size()) < *limit) items.push_back(article_json(article));
  const bool is_more = static_cast<int>(articles.size()) > *limit;
  return ok(list_json(std::move(items), is_more
                                            ? std::optional(to_cursor(articles[static_cast<std::size_t>(*limit) - 1]))
                                            : std::nullopt));
}

Reply add_article(store::Session& sql, const Call& call) {
  Fields fields = Fields::of(call.request);
  desk::ArticleDraft draft;
  draft.title = fields.need_text("title", desk::longest_title);
  draft.body = fields.text("body", desk::longest_body).value_or("");
  draft.locale = fields.text("locale", 20).value_or("en");
  draft.category = fields.text("category", 200).value_or("");
  draft.slug = fields.text("slug", 200).value_or("");
  draft.note = fields.text("note", desk::longest_note).value_or("");
  draft.translation_of = ArticleId(fields.id("translation_of").value_or(0));
  if (!fields.are_fine()) return fields.problem();
  const auto article = desk::create_article(sql, writer_of(call), draft, call.now);
  if (!article) {
    if (article.error() == make_error_code(errc::conflict))
      return problem(errc::conflict, "The article has a translation into this language.");
    return problem(article.error(), errc::invalid, "locale is a language as \"en\"; slug is words joined by hyphens.");
  }
  const auto view = desk::view_article(sql, writer_of(call), article->id);
  return created(article_json(*view));
}

Reply read_article(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  return id ? article_reply(sql, call, *id) : problem(id.error());
}

// Its text, its address, its category: what is named changes.
Reply change_article(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const desk::ArticleMove move{.category = fields.text("category", 200), .slug = fields.text("slug", 200)};
  const bool has_text = fields.has("title") || fields.has("body");
  desk::ArticleText text;
  std::int64_t if_version = 0;
  if (has_text) {
    text.title = fields.need_text("title", desk::longest_title);
    text.body = fields.text("body", desk::longest_body).value_or("");
    if_version = need_version(fields, "if_version");
  }
  text.note = fields.text("note", desk::longest_note).value_or("");
  const auto source_version = fields.integer("source_version", 0, most_versions);
  if (!fields.are_fine()) return fields.problem();
  if (move.category || move.slug) {
    const auto moved = desk::move_article(sql, writer_of(call), *id, move, call.now);
    if (!moved && moved.error() == make_error_code(errc::conflict))
      return problem(errc::conflict, {}, {{"slug", "Another article has or had this address."}});
    if (!moved && moved.error() == make_error_code(errc::invalid))
      return problem(errc::invalid, {}, {{"slug", "This is no address: words in lower case, joined by hyphens."}});
    if (!moved) return problem(moved.error());
  }
  if (!has_text) return article_reply(sql, call, *id);
  return changed(sql, call, *id,
                 desk::save_text(sql, writer_of(call), *id, text, if_version, source_version, call.now));
}

Reply delete_article(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  const auto done = id ? desk::delete_article(sql, writer_of(call), *id, call.now) : id.error();
  return done ? no_content() : problem(done.error());
}

Reply undelete_article(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  if (!id) return problem(id.error());
  const auto done = desk::undelete_article(sql, writer_of(call), *id, call.now);
  if (!done && done.error() == make_error_code(errc::conflict))
    return problem(errc::conflict, "Its language has another translation by now.");
  return done ? article_reply(sql, call, *id) : problem(done.error());
}

Reply publish_article(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const std::string audience = fields.need_text("for", 20);
  if (fields.are_fine() && audience != "everyone" && audience != "agents")
    fields.complain("for", "This is everyone or agents.");
  const std::int64_t if_version = need_version(fields, "if_version");
  if (!fields.are_fine()) return fields.problem();
  return changed(
      sql, call, *id,
      desk::publish(sql, writer_of(call), *id, audience == "agents" ? desk::Audience::agents : desk::Audience::everyone,
                    if_version, call.now));
}

Reply unpublish_article(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  if (!id) return problem(id.error());
  return changed(sql, call, *id, desk::unpublish(sql, writer_of(call), *id, call.now));
}

Reply drop_article_redirect(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  const auto done = id ? desk::drop_redirect(sql, writer_of(call), *id, call.parameter(1)) : id.error();
  return done ? no_content() : problem(done.error());
}

Reply keep_article_draft(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  store::ArticleDraft draft;
  draft.title = fields.text("title", desk::longest_title).value_or("");
  draft.body = fields.text("body", desk::longest_body).value_or("");
  draft.version = need_version(fields, "version");
  draft.saved_at = call.now;
  if (!fields.are_fine()) return fields.problem();
  const auto done = desk::keep_draft(sql, actor_of(call), *id, draft);
  return done ? no_content() : problem(done.error());
}

Reply drop_article_draft(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  const auto done = id ? desk::drop_draft(sql, actor_of(call), *id) : id.error();
  return done ? no_content() : problem(done.error());
}

Reply list_article_versions(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  if (!id || !store::find_article(sql, *id)) return problem(errc::not_found);
  const auto limit = limit_of(call.request, 50, 100);
  if (!limit) return problem(limit.error(), "limit is 1 to 100.");
  std::int64_t before = most_versions;
  if (const auto cursor = call.request.query("cursor")) {
    const auto place = version_in(*cursor);
    if (!place) return problem(errc::invalid, "This cursor is none of ours.");
    before = *place;
  }
  const auto versions = store::versions_of(sql, *id, before, *limit);
  json::array items;
  for (const auto& version : versions) items.push_back(version_json(version));
  const bool is_more = !versions.empty() && versions.back().version > 1;
  return ok(
      list_json(std::move(items), is_more ? std::optional(std::to_string(versions.back().version)) : std::nullopt));
}

Reply read_article_version(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  const auto number = version_in(call.parameter(1));
  const auto version = id && number ? store::find_version(sql, *id, *number) : std::nullopt;
  if (!version) return problem(errc::not_found);
  json::object object = version_json(*version);
  object["body"] = version->body;
  return ok(object);
}

// The text of an earlier one, as a new one.
Reply bring_back_version(store::Session& sql, const Call& call) {
  const auto id = call.id<ArticleId>();
  if (!id) return problem(id.error());
  Fields fields = Fields::of(call.request);
  const std::int64_t from = need_version(fields, "from");
  const std::int64_t if_version = need_version(fields, "if_version");
  const std::string note = fields.text("note", desk::longest_note).value_or("");
  if (!fields.are_fine()) return fields.problem();
  return changed(sql, call, *id, desk::bring_back(sql, writer_of(call), *id, from, if_version, note, call.now));
}

// The very HTML that readers will see.
Reply preview_article(store::Session&, const Call& call) {
  Fields fields = Fields::of(call.request);
  const std::string body = fields.text("body", desk::longest_body).value_or("");
  if (!fields.are_fine()) return fields.problem();
  return ok({{"html", desk::render_markdown(body)}, {"css", call.setup.assets->path("portal.css")}});
}

// The body is the picture.
Reply add_article_picture(store::Session& sql, const Call& call) {
  const auto picture = desk::add_picture(sql, actor_of(call), call.request.body, call.now);
  if (!picture)
    return problem(picture.error(), errc::invalid,
                   "A picture is PNG, JPEG, GIF or WebP, at most 10,000 pixels a side.");
  return created({{"url", desk::address_of(*picture)},
                  {"content_type", picture->content_type},
                  {"width", picture->width},
                  {"height", picture->height},
                  {"size", picture->size}});
}

}  // namespace fifteen::http::routes
