#include "server/http/suggestions.hpp"

#include <algorithm>

#include "search/suggest.hpp"
#include "server/desk/knowledge.hpp"
#include "server/http/setup.hpp"

namespace fifteen::http {

std::vector<Suggested> suggestions_for(store::Session& sql, const Setup& setup, const Asked& asked) {
  if (!setup.suggester || asked.text.empty()) return {};
  const auto found = setup.suggester->suggest(
      {.text = asked.text, .locale = asked.locale, .readers = asked.readers, .limit = asked.limit});
  if (!found) return {};
  std::vector<ArticleId> ids;
  for (const auto& suggestion : found->articles) ids.emplace_back(suggestion.article);
  std::vector<Suggested> list;
  for (auto& article : desk::find_articles(sql, ids, asked.readers == search::Readers::agents)) {
    const auto of_it = std::ranges::find(found->articles, article.id.value, &search::Suggestion::article);
    list.push_back({std::move(article), of_it == found->articles.end() ? 0 : of_it->score});
  }
  return list;
}

}  // namespace fifteen::http
