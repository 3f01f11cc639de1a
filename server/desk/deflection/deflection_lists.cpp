#include "server/desk/deflection/deflection_lists.hpp"

#include <algorithm>
#include <unordered_map>

#include "search/text.hpp"
#include "server/desk/deflection/deflection.hpp"

namespace fifteen::desk {
namespace {

constexpr std::size_t most_articles = 200, most_queries = 100;
constexpr int most_wanting = 20'000, most_answers = 10'000;
constexpr std::chrono::days long_unchanged{182};
constexpr double too_many_no = 1.0 / 3;

// Words in lower case and one spelling, without marks.
std::string key_of(const std::string& query) {
  std::string key;
  for (const std::string& word : search::words(search::normalise(query))) key += (key.empty() ? "" : " ") + word;
  return key;
}

struct Gathered {
  QueryLine line;
  std::map<std::string, int> spellings;
};

QueryLine finished(Gathered& gathered) {
  const auto usual = std::ranges::max_element(gathered.spellings, {}, [](const auto& entry) { return entry.second; });
  gathered.line.words = usual->first;
  return std::move(gathered.line);
}

std::unordered_map<ArticleId, std::int64_t> missed_answers(store::Session& sql, const DeflectionWish& wish) {
  std::unordered_map<ArticleId, std::int64_t> missed;
  for (const auto& [article, draft] :
       store::answers_by_link(sql, wish.from, std::min(wish.to, wish.now), most_answers)) {
    if (wish.channel && draft.channel != *wish.channel) continue;
    const bool was_listed =
        draft.answers && std::ranges::any_of(*draft.answers, [&](const store::ListedAnswer& answer) {
          return !answer.is_idea && answer.id == article.value;
        });
    if (!was_listed) ++missed[article];
  }
  return missed;
}

}  // namespace

bool is_unhelpful(const ArticleCounts& counts) {
  const std::int64_t said = counts.helpful + counts.solved + counts.not_helpful;
  return wilson(counts.not_helpful, said).low > too_many_no;
}

bool has_fallen(const ArticleCounts& counts) {
  const std::int64_t late_helpful = counts.helpful + counts.solved - counts.early_helpful;
  const std::int64_t late_not = counts.not_helpful - counts.early_not_helpful;
  const std::int64_t early = counts.early_helpful + counts.early_not_helpful, late = late_helpful + late_not;
  return early > 0 && late > 0 && newcombe(counts.early_helpful, early, late_helpful, late).low > 0;
}

std::vector<ArticleLine> article_lines(store::Session& sql, const DeflectionReport& report,
                                       const DeflectionWish& wish) {
  std::map<ArticleId, ArticleLine> lines;
  for (const auto& [id, counts] : report.articles) lines[id].counts = counts;
  for (const auto& [id, count] : missed_answers(sql, wish)) lines[id].missed = count;
  std::vector<ArticleLine> sorted;
  for (auto& [id, line] : lines) {
    line.id = id;
    sorted.push_back(std::move(line));
  }
  std::ranges::sort(sorted, [](const ArticleLine& a, const ArticleLine& b) {
    const auto place = [](const ArticleLine& line) {
      return std::tuple(line.counts.listed, line.counts.opened, line.missed);
    };
    return place(a) != place(b) ? place(a) > place(b) : a.id < b.id;
  });
  if (sorted.size() > most_articles) sorted.resize(most_articles);
  std::vector<ArticleId> ids;
  for (const ArticleLine& line : sorted) ids.push_back(line.id);
  std::unordered_map<ArticleId, store::ArticleName> names;
  for (auto& name : store::article_names(sql, ids)) names[name.id] = std::move(name);
  std::erase_if(sorted, [&](const ArticleLine& line) { return !names.contains(line.id); });  // deleted since
  for (ArticleLine& line : sorted) {
    const auto& name = names[line.id];
    line.title = name.title;
    line.slug = name.slug;
    line.locale = name.locale;
    line.updated_at = name.updated_at;
    line.is_unhelpful = is_unhelpful(line.counts);
    line.is_stale = wish.now - line.updated_at > long_unchanged && (line.is_unhelpful || has_fallen(line.counts));
  }
  return sorted;
}

std::vector<QueryLine> query_lines(store::Session& sql, const DeflectionWish& wish) {
  std::unordered_map<std::string, Gathered> groups;
  for (const auto& draft : store::wanting_drafts(sql, wish.from, wish.to, most_wanting)) {
    if (wish.channel && draft.channel != *wish.channel) continue;
    if (!draft.sent_at && !is_over(draft, wish.now) && draft.channel != Channel::email) continue;
    Gathered& group = groups[key_of(draft.query)];
    ++group.line.drafts;
    group.line.listed_nothing += draft.answers && draft.answers->empty();
    group.line.tickets += static_cast<bool>(draft.ticket);
    ++group.spellings[draft.query];
  }
  groups.erase("");
  std::vector<QueryLine> lines;
  for (auto& [key, group] : groups) lines.push_back(finished(group));
  std::ranges::sort(lines, [](const QueryLine& a, const QueryLine& b) {
    return std::tuple(b.tickets, b.drafts, a.words) < std::tuple(a.tickets, a.drafts, b.words);
  });
  if (lines.size() > most_queries) lines.resize(most_queries);
  return lines;
}

}  // namespace fifteen::desk
