#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/articles.hpp"

// How an article's record changes: what writes articles (articles, article import) has in common. Callers have asked
// who may.
namespace fifteen::desk {

struct ArticleText {
  std::string title, body;
  std::string note;  // why, in the author's words
};

// A new article: its first version, everything that follows, and the event that tells others.
store::Article add_record(store::Session& sql, const Actor& actor, store::Article article, const std::string& note,
                          Instant now);
// A new version. `is_shown`: readers see it at once.
void add_text(store::Session& sql, const Actor& actor, store::Article& article, const ArticleText& text, bool is_shown,
              Instant now);
// Readers see the newest version from now on.
void show_newest(store::Session& sql, store::Article& article, Instant now);
// Leads its old address to it.
void change_slug(store::Session& sql, store::Article& article, const std::string& slug, Instant now);
// Is a translation held against what its group shows now?
void judge_translation(store::Session& sql, store::Article& article);
// Writes what was changed, and the event; `did` is its word for it.
void keep_record(store::Session& sql, const Actor& actor, store::Article& article, std::string_view did, Instant now);

// The slug of the category that is called so, by its slug or by words ("Guides/Install"), which are then its name in
// this language; it is made where there is none. Empty for no words.
std::string need_category(store::Session& sql, const std::string& words, const std::string& locale);
// "en", "pt-BR", "zh-Hans"
bool is_locale(std::string_view locale);
// The names of the pictures that a text shows.
std::vector<std::string> pictures_in(std::string_view body);

// A picture's address in a text begins so; its name follows.
inline constexpr std::string_view picture_address = "/help/pictures/";
inline constexpr std::size_t picture_name_length = 32;

}  // namespace fifteen::desk
