#include "search/trial.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "search/language.hpp"
#include "search/suggest.hpp"
#include "search/text.hpp"

namespace fifteen::search {
namespace {

constexpr std::size_t kept_aside = 5;  // every so many-th question
constexpr std::size_t most_questions = 1000;
constexpr std::size_t first_ones = 3;
constexpr std::size_t fewest_outcomes = 50;
constexpr double worth = 0.25;  // of a list that is shown: that it is right
constexpr double lowest = 0.02, highest = 0.5;

bool is_right(const LearnedList& list, const Lesson& question) {
  return std::ranges::any_of(list.articles, [&](std::int64_t article) {
    return std::ranges::find(question.articles, article) != question.articles.end();
  });
}

}  // namespace

std::vector<Outcome> try_out(const Material& material, std::span<const Lesson> unanswered, std::stop_token stop) {
  Material rest{.articles = material.articles, .ideas = material.ideas, .lessons = {}, .is_whole = material.is_whole};
  std::vector<const Lesson*> questions;
  std::unordered_map<std::string_view, bool> is_aside;  // by words: who has learned them word for word is not tried
  for (std::size_t i = 0; i < material.lessons.size(); ++i) {
    const Lesson& lesson = material.lessons[i];
    if (is_aside.try_emplace(lesson.text, is_aside.size() % kept_aside == kept_aside - 1).first->second)
      questions.push_back(&lesson);
    else
      rest.lessons.push_back(lesson);
  }
  if (questions.size() > most_questions)
    questions.erase(questions.begin(), questions.end() - static_cast<std::ptrdiff_t>(most_questions));
  for (const Lesson& question : unanswered.last(std::min(unanswered.size(), most_questions)))
    questions.push_back(&question);
  if (questions.size() < fewest_outcomes) return {};
  const auto knowledge = Knowledge::learn(rest, stop);
  std::vector<Outcome> outcomes;
  for (const Lesson* question : questions) {
    if (!knowledge || stop.stop_requested()) return {};
    const LearnedList list = suggest_learned(*knowledge, question->text, question->locale, first_ones);
    outcomes.push_back({list.confidence, is_right(list, *question)});
  }
  return outcomes;
}

double best_threshold(std::span<const Outcome> outcomes, double otherwise) {
  if (outcomes.size() < fewest_outcomes) return otherwise;
  std::vector<Outcome> order(outcomes.begin(), outcomes.end());
  std::ranges::sort(order, {}, &Outcome::confidence);
  // Stretches of rising share of right ones (pool adjacent violators): the more confident, the more often right.
  struct Stretch {
    double from;
    double right, count;
    double share() const { return right / count; }
  };
  std::vector<Stretch> stretches;
  for (const Outcome& outcome : order) {
    stretches.push_back({outcome.confidence, outcome.is_right ? 1.0 : 0.0, 1.0});
    while (stretches.size() > 1 && stretches[stretches.size() - 2].share() >= stretches.back().share()) {
      stretches[stretches.size() - 2].right += stretches.back().right;
      stretches[stretches.size() - 2].count += stretches.back().count;
      stretches.pop_back();
    }
  }
  const auto worthy = std::ranges::find_if(stretches, [](const Stretch& one) { return one.share() >= worth; });
  if (worthy == stretches.end()) return highest;
  // Where nothing less confident was wrong, nothing speaks against it.
  const double from = worthy == stretches.begin() ? std::min(worthy->from, otherwise) : worthy->from;
  return std::clamp(from, lowest, highest);
}

}  // namespace fifteen::search
