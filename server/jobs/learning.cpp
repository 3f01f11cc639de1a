#include "server/jobs/learning.hpp"

#include <algorithm>
#include <future>
#include <map>

#include "search/trial.hpp"
#include "server/base/log.hpp"
#include "server/base/memory.hpp"
#include "server/desk/suggestions/suggestion_threshold.hpp"
#include "server/store/index_records.hpp"

namespace fifteen::jobs {
namespace {

using std::chrono::milliseconds;

constexpr int articles_a_page = 100;
constexpr int lessons_limit = 20'000;
constexpr int ideas_limit = 500;
constexpr milliseconds longest_rest{40'000};
constexpr std::chrono::hours between_trials{1};
constexpr std::chrono::days unanswered_since{90};
constexpr int unanswered_limit = 1000;
constexpr double steps[] = {0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5};

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
  material.ideas = records.read_now([](store::Session& sql) { return store::ideas_to_learn(sql, ideas_limit); });
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

std::vector<desk::ThresholdStep> steps_of(const std::vector<search::Outcome>& outcomes) {
  std::vector<desk::ThresholdStep> found;
  for (const double threshold : steps) {
    auto& [at, shown, right] = found.emplace_back(threshold);
    for (const search::Outcome& outcome : outcomes) {
      shown += outcome.confidence >= at ? 1 : 0;
      right += outcome.confidence >= at && outcome.is_right ? 1 : 0;
    }
  }
  return found;
}

}  // namespace

milliseconds Learning::learn(std::stop_token stop) {
  const auto began = std::chrono::steady_clock::now();
  // In a thread of its own: one that stays would keep freed blocks for itself, scattered over the pages of its heap.
  std::async(std::launch::async, [&] { learn_anew(stop); }).get();
  give_freed_memory_back();
  const auto took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
  return std::min(9 * took, longest_rest);
}

void Learning::learn_anew(std::stop_token stop) {
  const search::Material material = read_material(records_);
  auto [knowledge, is_new, is_written] = search::Knowledge::keep(file_, material, stop);
  if (!knowledge) return;
  if (!is_written) log::warning("learned_not_kept", {{"file", file_.string()}});
  suggester_.teach(std::move(knowledge));
  const bool is_time = !tried_at_ || std::chrono::steady_clock::now() - *tried_at_ >= between_trials;
  if (is_new && is_time) find_threshold(material, stop);
}

void Learning::try_threshold(std::stop_token stop) {
  find_threshold(read_material(records_), stop);
}

void Learning::find_threshold(const search::Material& material, std::stop_token stop) {
  tried_at_ = std::chrono::steady_clock::now();
  const Instant now = clock_.now();
  const auto unanswered = records_.read_now([&](store::Session& sql) {
    return store::unanswered_questions(sql, now - unanswered_since, now, unanswered_limit);
  });
  const auto outcomes = search::try_out(material, unanswered, stop);
  if (outcomes.empty()) return;
  const double threshold = search::best_threshold(outcomes, search::SuggestQuery{}.threshold);
  const auto questions = static_cast<int>(outcomes.size());
  const auto found = steps_of(outcomes);
  const bool is_known =
      records_.read_now([&](store::Session& sql) { return desk::is_known(sql, threshold, questions, found); });
  if (!is_known)
    records_.write_now([&](store::Session& sql) { desk::keep_threshold(sql, threshold, questions, found); });
}

}  // namespace fifteen::jobs
