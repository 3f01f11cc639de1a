#include "server/desk/knowledge/help_shelves.hpp"

#include <algorithm>
#include <array>

namespace fifteen::desk {
namespace {

constexpr std::size_t most_read = 5, most_topics = 12, most_locales = 30;
constexpr std::chrono::minutes fresh{1};

// How strange a text is to a reader: hers, English, another. What has no language is nobody's alone.
constexpr std::size_t kinds = 3;
std::size_t strangeness(std::string_view locale, std::string_view language) {
  const std::string_view primary = locale.substr(0, locale.find('-'));
  if (primary.empty() || primary == language.substr(0, language.find('-'))) return 0;
  return primary == "en" ? 1 : 2;
}

struct Shelf {
  std::array<std::int64_t, kinds> articles{};
  std::array<std::string, kinds> locale;
};

// Below which category at the top a slug stands; itself, where those above it are none.
std::string top_of(const std::string& slug, const std::vector<store::ArticleCategory>& categories) {
  for (std::size_t end = slug.find('/'); end != std::string::npos; end = slug.find('/', end + 1))
    if (const std::string above = slug.substr(0, end);
        std::ranges::find(categories, above, &store::ArticleCategory::slug) != categories.end())
      return above;
  return slug;
}

std::vector<HelpTopic> topics_of(const std::vector<store::ArticleCategory>& categories,
                                 const std::vector<store::CategoryCount>& counts, std::string_view language) {
  std::map<std::string, Shelf> shelves;
  for (const auto& [category, locale, articles] : counts) {
    if (category.empty()) continue;
    const std::size_t kind = strangeness(locale, language);
    Shelf& shelf = shelves[top_of(category, categories)];
    shelf.articles[kind] += articles;
    shelf.locale[kind] = locale;
  }
  std::array<std::vector<HelpTopic>, kinds> found;
  for (const store::ArticleCategory& category : categories) {
    const auto shelf = shelves.find(category.slug);
    if (shelf == shelves.end()) continue;
    const auto kind = static_cast<std::size_t>(
        std::ranges::find_if(shelf->second.articles, [](auto n) { return n > 0; }) - shelf->second.articles.begin());
    found[kind].push_back({category, shelf->second.locale[kind], shelf->second.articles[kind]});
  }
  std::vector<HelpTopic> topics = std::move(found[0]);
  topics.insert(topics.end(), found[1].begin(), found[1].end());
  if (topics.empty()) topics = std::move(found[2]);
  if (topics.size() > most_topics) topics.resize(most_topics);
  return topics;
}

}  // namespace

HelpShelves KeptShelves::of(store::Session& sql, std::string_view language, Instant now) {
  const auto all = kept(sql, now);
  HelpShelves shelves{.read_most = {}, .topics = topics_of(store::article_categories(sql), all->counts, language)};
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    std::vector<store::Article> articles;
    for (const auto& [locale, most] : all->read_most)
      if (strangeness(locale, language) == kind) articles.insert(articles.end(), most.begin(), most.end());
    std::ranges::sort(articles, [](const auto& a, const auto& b) { return a.views > b.views; });
    for (const auto& article : articles)
      if (shelves.read_most.size() < most_read) shelves.read_most.push_back(article);
  }
  return shelves;
}

std::shared_ptr<const KeptShelves::Kept> KeptShelves::kept(store::Session& sql, Instant now) {
  const auto changed = store::last_article_change(sql);
  {
    const std::lock_guard lock(mutex_);
    if (kept_ && kept_->changed == changed && now >= kept_->reckoned_at && now - kept_->reckoned_at < fresh)
      return kept_;
  }
  const auto reckoned = std::make_shared<Kept>();
  reckoned->reckoned_at = now;
  reckoned->changed = changed;
  reckoned->counts = store::published_counts(sql);
  for (const auto& [category, locale, articles] : reckoned->counts)
    if (reckoned->read_most.size() < most_locales && !reckoned->read_most.contains(locale))
      reckoned->read_most[locale] = store::most_read_in(sql, locale, most_read);
  const std::lock_guard lock(mutex_);
  kept_ = reckoned;
  return reckoned;
}

}  // namespace fifteen::desk
