#include "server/desk/suggestions.hpp"

#include <charconv>
#include <optional>

#include "search/suggest.hpp"
#include "server/desk/knowledge.hpp"
#include "server/store/settings.hpp"

namespace fifteen::desk {
namespace {

constexpr const char* threshold_setting = "suggestions.threshold";

std::optional<Suggested> shown_article(store::Session& sql, const search::Suggestion& suggestion,
                                       search::Readers readers) {
  const auto found = find_articles(sql, {ArticleId(suggestion.id)}, readers == search::Readers::agents);
  if (found.empty()) return {};
  const store::Article& article = found.front();
  return Suggested{SuggestedKind::article,    suggestion.id,  article.title,
                   article_url(article.slug), article.locale, suggestion.score};
}

}  // namespace

std::string_view name(SuggestedKind kind) {
  return kind == SuggestedKind::article ? "article" : "idea";
}

Answers suggest(store::Session& sql, const search::Suggester* suggester, const Asked& asked) {
  if (!suggester || asked.text.empty()) return {};
  const auto found = suggester->suggest({.text = asked.text,
                                         .locale = asked.locale,
                                         .readers = asked.readers,
                                         .limit = asked.limit,
                                         .threshold = suggestion_threshold(sql)});
  if (!found) return {};
  Answers answers{.list = {}, .confidence = found->confidence};
  for (const search::Suggestion& suggestion : found->list) {
    if (suggestion.kind != search::Kind::article) continue;  // the only records there are to answer with
    if (auto shown = shown_article(sql, suggestion, asked.readers)) answers.list.push_back(std::move(*shown));
  }
  return answers;
}

double suggestion_threshold(store::Session& sql) {
  const std::string kept = store::setting(sql, threshold_setting).value_or("");
  double threshold = 0;
  const auto [end, error] = std::from_chars(kept.data(), kept.data() + kept.size(), threshold);
  return error == std::errc() && !kept.empty() ? threshold : search::SuggestQuery{}.threshold;
}

}  // namespace fifteen::desk
