#pragma once
#include <string>
#include <vector>

#include "server/desk/deflection/deflection_report.hpp"

// What there is to write: articles that do not help, and questions without an answer.
namespace fifteen::desk {

struct ArticleLine {
  ArticleId id;
  std::string title, slug, locale;
  Instant updated_at{};
  ArticleCounts counts;
  // Tickets that were answered with its link in the period, though the list beside their question did not hold it.
  std::int64_t missed = 0;
  bool is_unhelpful = false;  // surely a third of those who said so found that it did not help
  bool is_stale = false;  // not touched for half a year, and unhelpful or less helpful than in the period's first half
};
// Those that had anything to do with a draft, the most listed first; 200 at most.
std::vector<ArticleLine> article_lines(store::Session& sql, const DeflectionReport& report, const DeflectionWish& wish);

struct QueryLine {
  std::string words;  // as typed the most
  std::int64_t drafts = 0;
  std::int64_t listed_nothing = 0;  // of those; the others had a list that did not help
  std::int64_t tickets = 0;         // that they became
};
// Words without a good answer, alike but for their spelling; those that became the most tickets first, 100 at most. Of
// the latest 20,000 such drafts.
std::vector<QueryLine> query_lines(store::Session& sql, const DeflectionWish& wish);

bool is_unhelpful(const ArticleCounts& counts);
bool has_fallen(const ArticleCounts& counts);

}  // namespace fifteen::desk
