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
constexpr std::size_t article_bytes = 16u << 10, lesson_bytes = 4u << 10;
// The lines of a short article are examples of their own: they often are ways to ask.
constexpr std::size_t short_body_bytes = 600;
constexpr std::size_t lines_limit = 40;
constexpr std::size_t most_others = 1'000;  // examples of what is not told apart
constexpr float title_weight = 3;
constexpr float against_weight = -0.5f;        // of a question that it did not help with (Rocchio's negative feedback)
constexpr double lessons_for_half_belief = 2;  // an article

// What there is to suggest, articles before ideas: its place in this order is what learning calls it by.
struct Page {
  Kind kind;
  std::int64_t id;
  std::string_view title, body, locale;
};

std::vector<Page> pages_of(const Material& material) {
  std::vector<Page> pages;
  for (const Article& a : material.articles) pages.push_back({Kind::article, a.id, a.title, a.body, a.locale});
  for (const Idea& i : material.ideas) pages.push_back({Kind::idea, i.id, i.title, i.text, i.locale});
  return pages;
}

struct Read {
  std::string title, body, language;
};

Read read(const Page& page) {
  Read text{normalise(page.title, article_bytes), normalise(page.body, article_bytes), {}};
  text.language = language_or_guess(page.locale, text.title + "\n" + text.body);
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

// The pages that learning tells apart, by their place: all, or those with most lessons.
std::vector<std::uint32_t> told_apart(bool are_all, const std::vector<std::uint32_t>& lessons_of) {
  std::vector<std::uint32_t> places(lessons_of.size());
  std::iota(places.begin(), places.end(), 0u);
  if (are_all) return places;
  std::erase_if(places, [&](std::uint32_t place) { return lessons_of[place] == 0; });
  std::ranges::sort(places, std::greater<>(),
                    [&](std::uint32_t place) { return std::pair(lessons_of[place], ~place); });
  places.resize(std::min(places.size(), Knowledge::most_told_apart));
  return places;
}

}  // namespace

struct Knowledge::Parts {
  struct Known {
    Kind kind;
    std::int64_t id;
    std::string language;
  };
  std::vector<Known> pages;  // by their place
  std::vector<std::uint32_t> class_places;
  Classifier classifier;
  Likeness likeness;
  bool has_likeness = false;
  double experience = 0;
};

namespace {

class Lecture {
 public:
  Lecture(const Material& material, Knowledge::Parts& parts)
      : parts_(parts), lessons_(std::span(material.lessons).last(std::min(material.lessons.size(), lessons_limit))) {
    const std::vector<Page> pages = pages_of(material);
    for (std::uint32_t place = 0; place < material.articles.size(); ++place)
      place_of_.emplace(material.articles[place].id, place);
    parts.has_likeness = material.is_whole && pages.size() <= Knowledge::most_articles;
    contents_.resize(parts.has_likeness ? pages.size() : 0);
    choose_classes(pages.size(), material.is_whole);
    for (std::size_t place = 0; place < pages.size(); ++place) take(pages[place], place);
    for (const Lesson& lesson : lessons_) take(lesson);
    for (Features& content : contents_) gather(content);
  }

  std::span<const Example> examples() const { return examples_; }
  std::uint32_t classes() const { return classes_; }
  const std::vector<Features>& contents() const { return contents_; }

 private:
  void choose_classes(std::size_t pages, bool is_whole) {
    std::vector<std::uint32_t> lessons_of(pages, 0);
    double taught = 0;
    for (const Lesson& lesson : lessons_) {
      for (const std::int64_t id : lesson.articles) taught += count(id, lessons_of);
      for (const std::int64_t id : lesson.against) count(id, lessons_of);
    }
    const bool are_all = is_whole && pages <= Knowledge::most_told_apart;
    parts_.class_places = told_apart(are_all, lessons_of);
    class_of_.assign(pages, no_class);
    for (const std::uint32_t place : parts_.class_places) class_of_[place] = classes_++;
    taught /= std::max(1.0, static_cast<double>(classes_));
    parts_.experience = taught / (taught + lessons_for_half_belief);
    // What is not told apart is one class: else the few that were ever taught would be the answer to everything.
    if (!are_all && classes_ > 0) others_ = classes_++;
    others_step_ = 1 + (pages - parts_.class_places.size()) / most_others;
  }

  // How many pages have this id: one or none.
  int count(std::int64_t id, std::vector<std::uint32_t>& lessons_of) const {
    const auto found = place_of_.find(id);
    if (found == place_of_.end()) return 0;
    ++lessons_of[found->second];
    return 1;
  }

  void take(const Page& page, std::size_t place) {
    const Read text = read(page);
    parts_.pages.push_back({page.kind, page.id, text.language});
    if (class_of_[place] != no_class)
      add_examples(examples_, text, class_of_[place]);
    else if (others_ != no_class && place % others_step_ == 0)
      examples_.push_back(
          {features_of(text.title + "\n" + std::string(cut(text.body, short_body_bytes)), text.language),
           {others_},
           {}});
    if (contents_.empty()) return;
    append(contents_[place], features_of(text.title, text.language), title_weight);
    append(contents_[place], features_of(text.body, text.language), 1);
  }

  void take(const Lesson& lesson) {
    const std::string text = normalise(lesson.text, lesson_bytes);
    Example example{features_of(text, language_or_guess(lesson.locale, text)), {}, {}};
    for (const std::int64_t id : lesson.articles) {
      const auto found = place_of_.find(id);
      if (found == place_of_.end()) continue;
      if (!contents_.empty()) append(contents_[found->second], example.features, 1);
      if (class_of_[found->second] != no_class) example.classes.push_back(class_of_[found->second]);
    }
    for (const std::int64_t id : lesson.against) {
      const auto found = place_of_.find(id);
      if (found == place_of_.end()) continue;
      if (!contents_.empty()) append(contents_[found->second], example.features, against_weight);
      if (class_of_[found->second] != no_class) example.against.push_back(class_of_[found->second]);
    }
    // A lesson whose articles are all gone or not told apart teaches nothing; one that no article solved does.
    const bool is_about_none = lesson.articles.empty() && lesson.against.empty();
    if (!example.classes.empty() || !example.against.empty() || is_about_none) examples_.push_back(std::move(example));
  }

  static constexpr std::uint32_t no_class = ~0u;

  Knowledge::Parts& parts_;
  std::span<const Lesson> lessons_;
  std::unordered_map<std::int64_t, std::uint32_t> place_of_;  // of articles
  std::vector<std::uint32_t> class_of_;                       // by place
  std::uint32_t classes_ = 0, others_ = no_class;
  std::size_t others_step_ = 1;  // every so many-th is an example
  std::vector<Example> examples_;
  std::vector<Features> contents_;  // by place, for likeness
};

}  // namespace

Knowledge::Knowledge() : parts_(std::make_unique<Parts>()) {}
Knowledge::~Knowledge() = default;

std::shared_ptr<const Knowledge> Knowledge::learn(const Material& material, std::stop_token stop) {
  auto parts = std::make_unique<Parts>();
  const Lecture lecture(material, *parts);
  if (parts->has_likeness) parts->likeness = Likeness(lecture.contents());
  if (lecture.classes() > 0) parts->classifier = Classifier(lecture.examples(), lecture.classes(), {}, stop);
  if (stop.stop_requested()) return {};
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
    const auto& [kind, id, of_page] = parts_->pages[place];
    return {kind, id, of_page, 0, 0};
  };
  if (parts_->has_likeness) {
    const std::vector<float> shares = parts_->likeness.to(features);
    for (std::size_t place = 0; place < shares.size(); ++place) {
      judgement.opinions.push_back(opinion(place));
      judgement.opinions.back().likeness = shares[place];
    }
    for (std::size_t c = 0; c < parts_->class_places.size() && !probabilities.empty(); ++c)
      judgement.opinions[parts_->class_places[c]].probability = probabilities[c];
  } else {
    for (std::size_t c = 0; c < parts_->class_places.size(); ++c) {
      judgement.opinions.push_back(opinion(parts_->class_places[c]));
      judgement.opinions.back().probability = probabilities[c];
    }
  }
  return judgement;
}

double Knowledge::experience() const {
  return parts_->experience;
}
bool Knowledge::knows_letters() const {
  return parts_->has_likeness;
}
bool Knowledge::is_empty() const {
  return !parts_->has_likeness && parts_->class_places.empty();
}

}  // namespace fifteen::search
