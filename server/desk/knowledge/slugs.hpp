#pragma once
#include <set>
#include <string>
#include <string_view>

#include "server/store/session.hpp"

namespace fifteen::desk {

// Words as they may stand in an address: "Wie exportiere ich Übersichten?" is "wie-exportiere-ich-ubersichten". Letters
// of every script stay. Empty when there is none.
std::string to_slug(std::string_view words);
// The same for each part of "Guides/Install".
std::string to_category_slug(std::string_view path);
// Is it what to_slug makes, and no page of the help centre's own?
bool is_slug(std::string_view slug);
// The wanted slug, or with the first number behind it that makes it free for this article, and none of `given`.
std::string free_slug(store::Session& sql, const std::string& wanted, ArticleId own,
                      const std::set<std::string>& given = {});
// Does it lead to another article, now or from before?
bool is_slug_taken(store::Session& sql, const std::string& slug, ArticleId own);

}  // namespace fifteen::desk
