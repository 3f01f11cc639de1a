#pragma once
#include <map>
#include <string>
#include <vector>

#include "server/desk/team/access.hpp"
#include "server/store/article_categories.hpp"

// The shelves of the knowledge base, as managers arrange them. All: errc::forbidden for others.
namespace fifteen::desk {

inline constexpr std::size_t longest_category_name = 100;
using CategoryNames = std::map<std::string, std::string>;  // by language

// errc::invalid: no slug that can be, or names that are none. errc::conflict: there is one of this slug.
result<store::ArticleCategory> add_category(store::Session& sql, const Actor& actor, const std::string& slug,
                                            const CategoryNames& names);
// errc::not_found, invalid.
result<store::ArticleCategory> name_category(store::Session& sql, const Actor& actor, std::int64_t id,
                                             const CategoryNames& names);
// Its articles are in none from then on. errc::not_found.
result<void> remove_category(store::Session& sql, const Actor& actor, std::int64_t id);
// In this order; those that are not named stand behind.
result<void> order_categories(store::Session& sql, const Actor& actor, const std::vector<std::int64_t>& ids);

// Its name in a language: that one's, else English, else any, else the last part of its slug.
std::string name_in(const store::ArticleCategory& category, std::string_view language);

}  // namespace fifteen::desk
