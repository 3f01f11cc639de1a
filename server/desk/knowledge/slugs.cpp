#include "server/desk/knowledge/slugs.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <glib.h>

#include "server/store/articles.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t longest_slug = 100;  // bytes
constexpr int most_numbers_of_a_slug = 10'000;
// Pages below /help that are no articles.
constexpr std::array<std::string_view, 9> reserved = {"contact", "sent",        "ideas", "questions", "categories",
                                                      "search",  "sitemap.xml", "feed",  "pictures"};

struct Free {
  void operator()(char* text) const { g_free(text); }
};

}  // namespace

std::string to_slug(std::string_view words) {
  const std::string valid(words.substr(0, 1000));
  const std::unique_ptr<char, Free> whole(g_utf8_make_valid(valid.data(), static_cast<gssize>(valid.size())));
  const std::unique_ptr<char, Free> lower(g_utf8_strdown(whole.get(), -1));
  // Taken apart, so that "é" becomes "e"; a mark on any other letter than a Latin one makes another letter of it: it
  // stays, and is put together again at the end.
  const std::unique_ptr<char, Free> apart(g_utf8_normalize(lower.get(), -1, G_NORMALIZE_ALL));
  std::string slug;
  bool is_between = false, is_latin = false;
  const char* next = nullptr;
  for (const char* at = apart.get(); *at; at = next) {
    next = g_utf8_next_char(at);
    const gunichar c = g_utf8_get_char(at);
    if (g_unichar_ismark(c)) {
      if (!is_latin && !slug.empty() && !is_between) slug.append(at, next);
      continue;
    }
    if (!g_unichar_isalnum(c)) {
      is_between = c != '\'';
      continue;
    }
    if (slug.size() + 4 > longest_slug) break;
    if (is_between && !slug.empty()) slug += '-';
    is_between = false;
    is_latin = c < 128;
    slug.append(at, next);
  }
  const std::unique_ptr<char, Free> together(g_utf8_normalize(slug.c_str(), -1, G_NORMALIZE_NFC));
  return together.get();
}

std::string to_category_slug(std::string_view path) {
  std::string slug;
  for (;;) {
    const std::size_t end = path.find('/');
    if (const std::string part = to_slug(path.substr(0, end)); !part.empty() && slug.size() + part.size() < 200)
      slug += (slug.empty() ? "" : "/") + part;
    if (end == std::string_view::npos) return slug;
    path.remove_prefix(end + 1);
  }
}

bool is_slug(std::string_view slug) {
  return !slug.empty() && to_slug(slug) == slug && std::ranges::find(reserved, slug) == reserved.end();
}

bool is_slug_taken(store::Session& sql, const std::string& slug, ArticleId own) {
  const auto holder = store::find_article_by_slug(sql, slug);
  if (holder) return holder->id != own;
  const auto before = store::find_redirect(sql, slug);
  return before && *before != own;
}

std::string free_slug(store::Session& sql, const std::string& wanted, ArticleId own,
                      const std::set<std::string>& given) {
  std::string slug = wanted.empty() ? "article" : wanted;
  for (int number = 2; number < most_numbers_of_a_slug; ++number) {
    if (is_slug(slug) && !given.contains(slug) && !is_slug_taken(sql, slug, own)) break;
    slug = (wanted.empty() ? "article" : wanted) + "-" + std::to_string(number);
  }
  return slug;
}

}  // namespace fifteen::desk
