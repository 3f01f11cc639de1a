#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/desk/knowledge/article_record.hpp"
#include "server/store/article_categories.hpp"
#include "server/store/article_versions.hpp"

// Writing the knowledge base. Everybody drafts; what readers see is changed by managers and admins: a text that an
// agent saves over a published one waits to be published. errc::forbidden where it says nothing else.
namespace fifteen::desk {

inline constexpr std::size_t longest_title = 300, longest_body = 1u << 20, longest_note = 300;

struct ArticleDraft {
  std::string title, body;
  std::string locale = "en";
  std::string category;      // its slug; one that is new is made
  std::string slug;          // empty: from the title; taken ones get a number
  ArticleId translation_of;  // an article of the same group, or none
  std::string note;
};
// A draft. errc::invalid: no title, too long, no locale, no slug that can be. errc::not_found: nothing to translate.
// errc::conflict: it has a translation into this language.
result<store::Article> create_article(store::Session& sql, const Actor& actor, const ArticleDraft& draft, Instant now);

// The newest text by one that was made from version `if_version`; the same text makes no version. A translation is from
// now on held against `source_version`, when given. errc::not_found, invalid; errc::conflict: somebody saved meanwhile.
result<store::Article> save_text(store::Session& sql, const Actor& actor, ArticleId id, const ArticleText& text,
                                 std::int64_t if_version, std::optional<std::int64_t> source_version, Instant now);
// An earlier text is the newest again.
result<store::Article> bring_back(store::Session& sql, const Actor& actor, ArticleId id, std::int64_t version,
                                  std::int64_t if_version, const std::string& note, Instant now);

enum class Audience { everyone, agents };
// The newest text is what readers see. errc::conflict: it is not `if_version`.
result<store::Article> publish(store::Session& sql, const Actor& actor, ArticleId id, Audience audience,
                               std::int64_t if_version, Instant now);
// A draft again.
result<store::Article> unpublish(store::Session& sql, const Actor& actor, ArticleId id, Instant now);

struct ArticleMove {
  std::optional<std::string> category, slug;
};
// To another category (a new one is made) or address, which the old one then leads to. errc::invalid: no slug.
// errc::conflict: another article's.
result<store::Article> move_article(store::Session& sql, const Actor& actor, ArticleId id, const ArticleMove& move,
                                    Instant now);
// errc::not_found: it never had this address.
result<void> drop_redirect(store::Session& sql, const Actor& actor, ArticleId id, const std::string& slug);

// Nobody finds it any more; it can be brought back as it was, for so long. Then Housekeeping purges it.
inline constexpr std::chrono::days deleted_are_kept{30};
result<void> delete_article(store::Session& sql, const Actor& actor, ArticleId id, Instant now);
// errc::already_done: it is not deleted. errc::conflict: its language has another translation by now.
result<store::Article> undelete_article(store::Session& sql, const Actor& actor, ArticleId id, Instant now);

// Who has not saved yet: her own words, on the server. errc::not_found.
result<void> keep_draft(store::Session& sql, const Actor& actor, ArticleId id, const store::ArticleDraft& draft);
result<void> drop_draft(store::Session& sql, const Actor& actor, ArticleId id);

// An article as those who write it see it.
struct ArticleView {
  store::Article article;  // as readers see it
  store::ArticleVersion newest;
  std::vector<store::Article> translations;  // the whole group, this one among it
  std::vector<std::string> redirects;
  std::optional<store::ArticleDraft> draft;  // of who looks
};
result<ArticleView> view_article(store::Session& sql, const Actor& actor, ArticleId id);

}  // namespace fifteen::desk
