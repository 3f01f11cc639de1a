#include "search/learn.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "search/classifier.hpp"
#include "search/language.hpp"
#include "search/likeness.hpp"
#include "search/text.hpp"

namespace fifteen::search {
namespace {

constexpr std::size_t lessons_limit = 20'000;
constexpr std::size_t classes_limit = 1'000;
constexpr std::size_t likeness_limit = 5'000;
constexpr std::size_t article_bytes = 16u << 10, lesson_bytes = 4u << 10;
// The lines of a short article are examples of their own: they often are ways to ask.
constexpr std::size_t short_body_bytes = 600;
constexpr std::size_t lines_limit = 40;
constexpr float title_weight = 3;
constexpr double lessons_for_half_belief = 2;  // an article

struct Read {
  std::string title, body, language;
};

Read read(const Article& article) {
  Read text{normalise(article.title, article_bytes), normalise(article.body, article_bytes), {}};
  text.language = language_or_guess(article.locale, text.title + "\n" + text.body);
  return text;
}

void add_examples(std::vector<Example>& examples, const Read& text, std::uint32_t of) {
  examples.push_back({features_of(text.title + "\n" + text.body, text.language), {of}});
  if (!text.title.empty()) examples.push_back({features_of(text.title, text.language), {of}});
  if (text.body.size() > short_body_bytes) return;
  std::size_t lines = 0;
  for (std::size_t from = 0; from < text.body.size() && lines < lines_limit;) {
    const std::size_t end = std::min(text.body.find('\n', from), text.body.size());
    Features line = features_of(std::string_view(text.body).substr(from, end - from), text.language);
    from = end + 1;
    if (line[words_block].size() < 2) continue;
    examples.push_back({std::move(line), {of}});
    ++lines;
  }
}

// The articles that learning tells apart, by their place: all, or those with most lessons.
std::vector<std::uint32_t> most_taught(std::size_t articles, const std::vector<std::uint32_t>& lessons_of) {
  std::vector<std::uint32_t> places(articles);
  std::iota(places.begin(), places.end(), 0u);
  if (articles <= classes_limit) return places;
  std::erase_if(places, [&](std::uint32_t place) { return lessons_of[place] == 0; });
  std::ranges::sort(places, std::greater<>(),
                    [&](std::uint32_t place) { return std::pair(lessons_of[place], ~place); });
  places.resize(std::min(places.size(), classes_limit));
  return places;
}

}  // namespace

struct Knowledge::Parts {
  std::vector<std::int64_t> ids;       // of the articles, by their place
  std::vector<std::string> languages;  // likewise
  std::vector<std::uint32_t> class_places;
  Classifier classifier;
  Likeness likeness;
  bool has_likeness = false;
  double experience = 0;
};

Knowledge::Knowledge() : parts_(std::make_unique<Parts>()) {}
Knowledge::~Knowledge() = default;

std::shared_ptr<const Knowledge> Knowledge::learn(std::span<const Article> articles, std::span<const Lesson> lessons) {
  if (lessons.size() > lessons_limit) lessons = lessons.last(lessons_limit);
  auto parts = std::make_unique<Parts>();
  std::unordered_map<std::int64_t, std::uint32_t> place_of;
  for (const Article& article : articles) {
    place_of.emplace(article.id, static_cast<std::uint32_t>(parts->ids.size()));
    parts->ids.push_back(article.id);
  }

  std::vector<std::uint32_t> lessons_of(articles.size(), 0);
  for (const Lesson& lesson : lessons)
    for (const std::int64_t id : lesson.articles)
      if (const auto found = place_of.find(id); found != place_of.end()) ++lessons_of[found->second];
  parts->class_places = most_taught(articles.size(), lessons_of);
  std::vector<std::int64_t> class_of(articles.size(), -1);
  for (std::size_t c = 0; c < parts->class_places.size(); ++c)
    class_of[parts->class_places[c]] = static_cast<std::int64_t>(c);

  parts->has_likeness = articles.size() <= likeness_limit;
  std::vector<Example> examples;
  std::vector<Features> contents(parts->has_likeness ? articles.size() : 0);
  for (std::size_t place = 0; place < articles.size(); ++place) {
    const Read text = read(articles[place]);
    if (class_of[place] >= 0) add_examples(examples, text, static_cast<std::uint32_t>(class_of[place]));
    if (parts->has_likeness) {
      append(contents[place], features_of(text.title, text.language), title_weight);
      append(contents[place], features_of(text.body, text.language), 1);
    }
    parts->languages.push_back(text.language);
  }
  for (const Lesson& lesson : lessons) {
    const std::string text = normalise(lesson.text, lesson_bytes);
    Example example{features_of(text, language_or_guess(lesson.locale, text)), {}};
    for (const std::int64_t id : lesson.articles) {
      const auto found = place_of.find(id);
      if (found == place_of.end()) continue;
      if (parts->has_likeness) append(contents[found->second], example.features, 1);
      if (class_of[found->second] >= 0) example.classes.push_back(static_cast<std::uint32_t>(class_of[found->second]));
    }
    // A lesson whose articles are all gone or not told apart teaches nothing; one that no article solved does.
    if (!example.classes.empty() || lesson.articles.empty()) examples.push_back(std::move(example));
  }

  for (Features& content : contents) gather(content);
  if (parts->has_likeness) parts->likeness = Likeness(contents);
  const auto classes = static_cast<std::uint32_t>(parts->class_places.size());
  if (classes > 0) parts->classifier = Classifier(examples, classes, {});
  const double taught = std::accumulate(lessons_of.begin(), lessons_of.end(), 0.0) / std::max<double>(1, classes);
  parts->experience = taught / (taught + lessons_for_half_belief);
  auto knowledge = std::make_shared<Knowledge>();
  knowledge->parts_ = std::move(parts);
  return knowledge;
}

Knowledge::Judgement Knowledge::judge(std::string_view normalised, std::string_view language) const {
  Judgement judgement;
  if (is_empty()) return judgement;
  const Features features = features_of(cut(normalised, lesson_bytes), language);
  const auto [probabilities, coverage] = parts_->classifier.judge(features);
  judgement.coverage = coverage;
  const auto opinion = [&](std::size_t place) -> Opinion {
    return {parts_->ids[place], parts_->languages[place], 0, 0};
  };
  if (parts_->has_likeness) {
    const std::vector<float> shares = parts_->likeness.to(features);
    for (std::size_t place = 0; place < shares.size(); ++place) {
      judgement.opinions.push_back(opinion(place));
      judgement.opinions.back().likeness = shares[place];
    }
    for (std::size_t c = 0; c < probabilities.size(); ++c)
      judgement.opinions[parts_->class_places[c]].probability = probabilities[c];
  } else {
    for (std::size_t c = 0; c < probabilities.size(); ++c) {
      judgement.opinions.push_back(opinion(parts_->class_places[c]));
      judgement.opinions.back().probability = probabilities[c];
    }
  }
  return judgement;
}

double Knowledge::experience() const {
  return parts_->experience;
}
bool Knowledge::is_empty() const {
  return !parts_->has_likeness && parts_->class_places.empty();
}

}  // namespace fifteen::search
