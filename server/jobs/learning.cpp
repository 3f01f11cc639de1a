#include "server/jobs/learning.hpp"

#include <algorithm>
#include <map>

#include "server/store/index_records.hpp"

namespace fifteen::jobs {
namespace {

using std::chrono::milliseconds;

constexpr int articles_a_page = 100;
constexpr int lessons_limit = 20'000;
constexpr milliseconds longest_rest{40'000};

// Of the articles that are not yet in the material.
std::vector<ArticleId> most_taught(const search::Material& material) {
  std::map<ArticleId, int> lessons_of;
  for (const search::Lesson& lesson : material.lessons)
    for (const std::int64_t article : lesson.articles) ++lessons_of[ArticleId(article)];
  for (const search::Article& article : material.articles) lessons_of.erase(ArticleId(article.id));
  std::vector<std::pair<int, ArticleId>> order;
  for (const auto& [article, lessons] : lessons_of) order.emplace_back(-lessons, article);
  std::ranges::sort(order);
  order.resize(std::min(order.size(), search::Knowledge::most_told_apart));
  std::vector<ArticleId> articles;
  for (const auto& [lessons, article] : order) articles.push_back(article);
  return articles;
}

// All articles, or, of more than learning can hold, the taught ones and a sample of the others.
search::Material read_material(store::Database& records) {
  search::Material material;
  material.lessons = records.read_now([](store::Session& sql) { return store::lessons_to_learn(sql, lessons_limit); });
  for (ArticleId after;;) {
    auto page =
        records.read_now([&](store::Session& sql) { return store::articles_to_learn(sql, after, articles_a_page); });
    if (page.empty()) return material;
    after = ArticleId(page.back().id);
    std::ranges::move(page, std::back_inserter(material.articles));
    if (material.articles.size() > search::Knowledge::most_articles) break;
  }
  material.is_whole = false;
  const std::vector<ArticleId> missing = most_taught(material);
  auto others = records.read_now([&](store::Session& sql) { return store::articles_to_learn(sql, missing); });
  std::ranges::move(others, std::back_inserter(material.articles));
  return material;
}

}  // namespace

milliseconds Learning::learn(std::stop_token stop) {
  const auto began = std::chrono::steady_clock::now();
  if (auto knowledge = search::Knowledge::learn(read_material(records_), stop)) suggester_.teach(std::move(knowledge));
  const auto took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
  return std::min(9 * took, longest_rest);
}

}  // namespace fifteen::jobs
