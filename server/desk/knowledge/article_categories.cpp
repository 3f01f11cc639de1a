#include "server/desk/knowledge/article_categories.hpp"

#include <algorithm>

#include "server/desk/knowledge/article_record.hpp"
#include "server/desk/knowledge/slugs.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t most_names = 50;

bool are_names(const CategoryNames& names) {
  return names.size() <= most_names && std::ranges::all_of(names, [](const auto& name) {
           return is_locale(name.first) && !name.second.empty() && name.second.size() <= longest_category_name;
         });
}

}  // namespace

result<store::ArticleCategory> add_category(store::Session& sql, const Actor& actor, const std::string& slug,
                                            const CategoryNames& names) {
  if (const auto allowed = require(actor, Act::publish_articles); !allowed) return allowed.error();
  if (to_category_slug(slug) != slug || slug.empty() || !are_names(names)) return errc::invalid;
  if (store::find_category_by_slug(sql, slug)) return errc::conflict;
  store::ArticleCategory category{.id = 0, .slug = slug, .position = 0, .names = names};
  category.id = store::add_category(sql, category);
  return category;
}

result<store::ArticleCategory> name_category(store::Session& sql, const Actor& actor, std::int64_t id,
                                             const CategoryNames& names) {
  if (const auto allowed = require(actor, Act::publish_articles); !allowed) return allowed.error();
  if (!are_names(names)) return errc::invalid;
  auto category = store::find_category(sql, id);
  if (!category) return errc::not_found;
  category->names = names;
  store::save_category(sql, *category);
  return std::move(*category);
}

result<void> remove_category(store::Session& sql, const Actor& actor, std::int64_t id) {
  if (const auto allowed = require(actor, Act::publish_articles); !allowed) return allowed.error();
  const auto category = store::find_category(sql, id);
  if (!category) return errc::not_found;
  store::remove_category(sql, *category);
  return {};
}

result<void> order_categories(store::Session& sql, const Actor& actor, const std::vector<std::int64_t>& ids) {
  if (const auto allowed = require(actor, Act::publish_articles); !allowed) return allowed.error();
  auto categories = store::article_categories(sql);
  std::ranges::sort(categories, {}, [&](const store::ArticleCategory& category) {
    return std::pair(std::ranges::find(ids, category.id) - ids.begin(), category.position);
  });
  for (std::size_t i = 0; i < categories.size(); ++i) {
    categories[i].position = static_cast<std::int64_t>(i);
    store::save_category(sql, categories[i]);
  }
  return {};
}

std::string name_in(const store::ArticleCategory& category, std::string_view language) {
  for (const std::string& wanted : {std::string(language), std::string(language.substr(0, 2)), std::string("en")})
    if (const auto found = category.names.find(wanted); found != category.names.end()) return found->second;
  if (!category.names.empty()) return category.names.begin()->second;
  return category.slug.substr(category.slug.rfind('/') + 1);
}

}  // namespace fifteen::desk
