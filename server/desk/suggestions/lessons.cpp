#include "server/desk/suggestions/lessons.hpp"

#include <algorithm>
#include <set>

#include "server/base/percent.hpp"
#include "server/desk/knowledge/knowledge.hpp"
#include "server/store/brands.hpp"
#include "server/store/events.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t most_links = 20;
constexpr std::string_view help = "/help/";

bool ends_slug(char c) {
  return static_cast<unsigned char>(c) <= ' ' || std::string_view("/?#()[]<>\"'`,;").find(c) != std::string_view::npos;
}

// Where "/help/…" is ours: the desk's own address, "https://help.example.org", and those of its brands,
// "//shop.example".
std::vector<std::string> sites_of(store::Session& sql, std::string_view site) {
  std::vector<std::string> sites;
  if (!site.empty()) sites.emplace_back(site);
  for (const store::Brand& brand : store::brands(sql))
    if (!brand.host.empty()) sites.push_back("//" + brand.host);
  return sites;
}

// Whether what stands before "/help/…" makes it an address of ours: one of these sites, or a path alone.
bool is_ours(std::string_view before, const std::vector<std::string>& sites) {
  if (std::ranges::any_of(sites, [&](const std::string& site) { return before.ends_with(site); })) return true;
  return before.empty() || static_cast<unsigned char>(before.back()) <= ' ' ||
         std::string_view("(<[\"'").find(before.back()) != std::string_view::npos;
}

std::set<std::string> linked_slugs(std::string_view text, const std::vector<std::string>& sites) {
  std::set<std::string> slugs;
  for (auto at = text.find(help); at != std::string_view::npos && slugs.size() < most_links;
       at = text.find(help, at + 1)) {
    if (!is_ours(text.substr(0, at), sites)) continue;
    const std::string_view rest = text.substr(at + help.size());
    std::string_view slug = rest.substr(0, std::ranges::find_if(rest, ends_slug) - rest.begin());
    while (slug.ends_with('.')) slug.remove_suffix(1);  // a sentence's
    if (auto decoded = percent_decoded(slug, false); decoded && !decoded->empty()) slugs.insert(std::move(*decoded));
  }
  return slugs;
}

// 0: none; what an article was called before leads to it.
ArticleId article_at(store::Session& sql, const std::string& slug) {
  if (const auto article = store::find_article_by_slug(sql, slug)) return article->id;
  return store::find_redirect(sql, slug).value_or(ArticleId());
}

}  // namespace

void give_lesson(store::Session& sql, const LessonGiven& given, Instant now) {
  const bool has_question = given.ticket || (!given.session.empty() && !given.text.empty());
  if (!has_question || !store::find_article(sql, given.article)) return;
  const store::Lesson lesson{.id = {},
                             .source = given.source,
                             .article = given.article,
                             .ticket = given.ticket,
                             .message = given.message,
                             .session = given.session,
                             .text = given.ticket ? "" : given.text,
                             .locale = given.locale,
                             .given_at = now,
                             .taken_back_at = {},
                             .taken_back_by = {}};
  if (store::add_lesson(sql, lesson)) teaches_otherwise(sql, given.article, now);
}

void teach_by_links(store::Session& sql, const store::Message& reply, std::string_view site, Instant now) {
  if (!reply.text.contains(help)) return;
  for (const std::string& slug : linked_slugs(reply.text, sites_of(sql, site)))
    give_lesson(sql,
                {.source = LessonSource::reply,
                 .article = article_at(sql, slug),
                 .ticket = reply.ticket,
                 .session = {},
                 .text = {},
                 .locale = {},
                 .message = reply.id},
                now);
}

void teaches_otherwise(store::Session& sql, ArticleId article, Instant now) {
  store::add_event(sql, {.at = now, .kind = "lesson", .data = R"({"article":)" + std::to_string(article.value) + "}"});
}

void lessons_changed(store::Session& sql, TicketId ticket, Instant now) {
  for (const ArticleId article : store::articles_taught_in(sql, ticket)) teaches_otherwise(sql, article, now);
}

result<LessonPage> lessons_of(store::Session& sql, ArticleId article, LessonId before, int limit) {
  if (!store::find_article(sql, article)) return errc::not_found;
  limit = std::clamp(limit, 1, 100);
  LessonPage page{store::lessons_of(sql, article, before, limit + 1), {}};
  if (static_cast<int>(page.lessons.size()) > limit) {
    page.lessons.pop_back();
    page.next = page.lessons.back().id;
  }
  return page;
}

result<void> take_back_lesson(store::Session& sql, const Actor& actor, LessonId id, bool taken_back, Instant now) {
  if (const auto allowed = require(actor, Act::work); !allowed) return allowed.error();
  const auto lesson = store::find_lesson(sql, id);
  if (!lesson) return errc::not_found;
  if (lesson->taken_back_at.has_value() == taken_back) return {};
  store::set_taken_back(sql, id, taken_back ? std::optional(now) : std::nullopt, taken_back ? actor.agent : AgentId());
  teaches_otherwise(sql, lesson->article, now);
  return {};
}

}  // namespace fifteen::desk
