#include "search/learn.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "search/classifier.hpp"
#include "search/language.hpp"
#include "search/likeness.hpp"
#include "search/text.hpp"

namespace fifteen::search {
namespace {

constexpr std::size_t lessons_limit = 20'000;
constexpr std::size_t article_bytes = 16u << 10, lesson_bytes = 4u << 10;
// Of all articles and of all lessons together; of more, the longest are cut first. Bounds what learning takes
// meanwhile.
constexpr std::size_t all_bytes = 16u << 20;
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

Read read(const Page& page, std::size_t most_bytes) {
  Read text{normalise(page.title, most_bytes), normalise(page.body, most_bytes), {}};
  const std::string whole = text.title + "\n" + text.body;
  text.language =
      page.kind == Kind::idea ? language_written(whole, page.locale) : language_or_guess(page.locale, whole);
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

// How much may be read of each text, so that all of them together stay within `all`.
std::size_t fair_share(std::vector<std::size_t> lengths, std::size_t most, std::size_t all) {
  std::ranges::sort(lengths);
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    const std::size_t share = all / (lengths.size() - i);
    if (std::min(lengths[i], most) > share) return share;
    all -= std::min(lengths[i], most);
  }
  return most;
}

Hash source_of(const Material& material) {
  Hasher hasher;
  for (const Page& page : pages_of(material)) {
    hasher.add(page.id * 2 + (page.kind == Kind::idea ? 1 : 0));
    for (const std::string_view text : {page.title, page.body, page.locale}) hasher.add(text);
  }
  hasher.add(material.is_whole ? -1 : -2);
  for (const Lesson& lesson : material.lessons) {
    hasher.add(lesson.text);
    hasher.add(lesson.locale);
    for (const auto* articles : {&lesson.articles, &lesson.against}) {
      hasher.add(std::ssize(*articles));
      for (const std::int64_t id : *articles) hasher.add(id);
    }
  }
  return hasher.finish();
}

class Lecture {
 public:
  Lecture(const Material& material, LearnedValues& learned)
      : learned_(learned),
        lessons_(std::span(material.lessons).last(std::min(material.lessons.size(), lessons_limit))) {
    const std::vector<Page> pages = pages_of(material);
    for (std::uint32_t place = 0; place < material.articles.size(); ++place)
      place_of_.emplace(material.articles[place].id, place);
    has_likeness_ = material.is_whole && pages.size() <= Knowledge::most_articles;
    learned.summary.has_likeness = has_likeness_ ? 1 : 0;
    choose_classes(pages.size(), material.is_whole);
    choose_shares(pages);
    for (std::size_t place = 0; place < pages.size(); ++place) take(pages[place], place);
    for (const Lesson& lesson : lessons_) take(lesson);
  }

  void learn(std::stop_token stop) && {
    if (has_likeness_) std::move(likeness_).keep(learned_);
    if (classes_ > 0) Classifier::learn(std::move(examples_), classes_, {}, std::move(stop), learned_);
  }

 private:
  void choose_classes(std::size_t pages, bool is_whole) {
    std::vector<std::uint32_t> lessons_of(pages, 0);
    double taught = 0;
    for (const Lesson& lesson : lessons_) {
      for (const std::int64_t id : lesson.articles) taught += count(id, lessons_of);
      for (const std::int64_t id : lesson.against) count(id, lessons_of);
    }
    const bool are_all = is_whole && pages <= Knowledge::most_told_apart;
    learned_.class_pages = told_apart(are_all, lessons_of);
    class_of_.assign(pages, no_class);
    for (const std::uint32_t place : learned_.class_pages) class_of_[place] = classes_++;
    taught /= std::max(1.0, static_cast<double>(classes_));
    learned_.summary.experience = taught / (taught + lessons_for_half_belief);
    // What is not told apart is one class: else the few that were ever taught would be the answer to everything.
    if (!are_all && classes_ > 0) others_ = classes_++;
    others_step_ = 1 + (pages - learned_.class_pages.size()) / most_others;
  }

  void choose_shares(const std::vector<Page>& pages) {
    std::vector<std::size_t> lengths;
    for (const Page& page : pages) lengths.push_back(page.body.size());
    article_share_ = fair_share(std::move(lengths), article_bytes, all_bytes);
    lengths = {};
    for (const Lesson& lesson : lessons_) lengths.push_back(lesson.text.size());
    lesson_share_ = fair_share(std::move(lengths), lesson_bytes, all_bytes);
  }

  // How many pages have this id: one or none.
  int count(std::int64_t id, std::vector<std::uint32_t>& lessons_of) const {
    const auto found = place_of_.find(id);
    if (found == place_of_.end()) return 0;
    ++lessons_of[found->second];
    return 1;
  }

  void take(const Page& page, std::size_t place) {
    const Read text = read(page, article_share_);
    LearnedPage& learned = learned_.pages.emplace_back(page.id);
    std::ranges::copy(std::string_view(text.language).substr(0, learned.language.size() - 1), learned.language.begin());
    learned.is_idea = page.kind == Kind::idea ? 1 : 0;
    if (class_of_[place] != no_class)
      add_examples(examples_, text, class_of_[place]);
    else if (others_ != no_class && place % others_step_ == 0)
      examples_.push_back(
          {features_of(text.title + "\n" + std::string(cut(text.body, short_body_bytes)), text.language),
           {others_},
           {}});
    if (!has_likeness_) return;
    likeness_.add(static_cast<std::uint16_t>(place), features_of(text.title, text.language), title_weight);
    likeness_.add(static_cast<std::uint16_t>(place), features_of(text.body, text.language), 1);
  }

  void take(const Lesson& lesson) {
    const std::string text = normalise(lesson.text, lesson_share_);
    Example example{features_of(text, language_asked(text, lesson.locale)), {}, {}};
    take(lesson.articles, example.features, 1, example.classes);
    take(lesson.against, example.features, against_weight, example.against);
    // A lesson whose articles are all gone or not told apart teaches nothing; one that no article solved does.
    const bool is_about_none = lesson.articles.empty() && lesson.against.empty();
    if (!example.classes.empty() || !example.against.empty() || is_about_none) examples_.push_back(std::move(example));
  }

  void take(const std::vector<std::int64_t>& articles, const Features& question, float times,
            std::vector<std::uint32_t>& classes) {
    for (const std::int64_t id : articles) {
      const auto found = place_of_.find(id);
      if (found == place_of_.end()) continue;
      if (has_likeness_) likeness_.add(static_cast<std::uint16_t>(found->second), question, times);
      if (class_of_[found->second] != no_class) classes.push_back(class_of_[found->second]);
    }
  }

  static constexpr std::uint32_t no_class = ~0u;

  LearnedValues& learned_;
  std::span<const Lesson> lessons_;
  std::unordered_map<std::int64_t, std::uint32_t> place_of_;  // of articles
  std::vector<std::uint32_t> class_of_;                       // by place
  std::uint32_t classes_ = 0, others_ = no_class;
  std::size_t others_step_ = 1;                       // every so many-th is an example
  std::size_t article_share_ = 0, lesson_share_ = 0;  // bytes
  bool has_likeness_ = false;
  std::vector<Example> examples_;
  Likeness::Maker likeness_;
};

std::optional<LearnedValues> learned_from(const Material& material, std::stop_token stop) {
  LearnedValues learned;
  Lecture(material, learned).learn(stop);
  if (stop.stop_requested()) return {};
  return learned;
}

}  // namespace

struct Knowledge::Parts {
  explicit Parts(LearnedValues learned) : values(std::move(learned)), view(view_of(values)) {}
  explicit Parts(LearnedFile learned) : file(std::move(learned)), view(file->view()) {}

  const LearnedValues values;  // or
  const std::optional<LearnedFile> file;
  const LearnedView view;
  const Classifier classifier{view};
  const Likeness likeness{view};
};

Knowledge::Knowledge() : Knowledge(std::make_unique<const Parts>(LearnedValues())) {}
Knowledge::Knowledge(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Knowledge::~Knowledge() = default;

template <class Learned>
std::shared_ptr<const Knowledge> Knowledge::of(Learned learned) {
  return std::shared_ptr<const Knowledge>(new Knowledge(std::make_unique<const Parts>(std::move(learned))));
}

std::shared_ptr<const Knowledge> Knowledge::learn(const Material& material, std::stop_token stop) {
  auto learned = learned_from(material, std::move(stop));
  return learned ? of(*std::move(learned)) : nullptr;
}

Knowledge::Kept Knowledge::keep(const std::filesystem::path& file, const Material& material, std::stop_token stop) {
  const Hash source = source_of(material);
  if (auto found = LearnedFile::open(file, source)) return {.knowledge = of(*std::move(found))};
  auto learned = learned_from(material, std::move(stop));
  if (!learned) return {};
  if (LearnedFile::write(file, source, *learned))
    if (auto written = LearnedFile::open(file, source)) return {.knowledge = of(*std::move(written)), .is_new = true};
  return {.knowledge = of(*std::move(learned)), .is_new = true, .is_written = false};
}

Knowledge::Judgement Knowledge::judge(std::string_view normalised, std::string_view language) const {
  Judgement judgement;
  if (is_empty()) return judgement;
  const LearnedView& known = parts_->view;
  const Features features = features_of(cut(normalised, lesson_bytes), language);
  const auto [probabilities, coverage] = parts_->classifier.judge(features);
  judgement.coverage = coverage;
  const auto opinion = [&](const LearnedPage& page) -> Opinion {
    return {page.is_idea ? Kind::idea : Kind::article, page.id, page.language.data(), 0, 0};
  };
  if (knows_letters()) {
    const std::vector<float> shares = parts_->likeness.to(features);
    judgement.opinions.reserve(shares.size());
    for (std::size_t place = 0; place < shares.size(); ++place) {
      judgement.opinions.push_back(opinion(known.pages[place]));
      judgement.opinions.back().likeness = shares[place];
    }
    for (std::size_t c = 0; c < known.class_pages.size(); ++c)
      judgement.opinions[known.class_pages[c]].probability = probabilities[c];
  } else {
    for (std::size_t c = 0; c < known.class_pages.size(); ++c) {
      judgement.opinions.push_back(opinion(known.pages[known.class_pages[c]]));
      judgement.opinions.back().probability = probabilities[c];
    }
  }
  return judgement;
}

double Knowledge::experience() const {
  return parts_->view.summary.experience;
}
bool Knowledge::knows_letters() const {
  return parts_->view.summary.has_likeness != 0;
}
bool Knowledge::is_empty() const {
  return !knows_letters() && parts_->view.class_pages.empty();
}

}  // namespace fifteen::search
