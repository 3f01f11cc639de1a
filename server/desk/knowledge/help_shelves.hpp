#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/clock.hpp"
#include "server/store/article_categories.hpp"
#include "server/store/articles.hpp"

// What the help centre's first page offers to read.
namespace fifteen::desk {

struct HelpTopic {
  store::ArticleCategory category;  // above all others
  std::string locale;               // in which it holds
  std::int64_t articles = 0;        // so many, those of the categories below it among them
};
struct HelpShelves {
  std::vector<store::Article> read_most;  // at most 5
  std::vector<HelpTopic> topics;          // at most 12, in the managers' order
};

// The same for those who read, reckoned when an article has changed, and once a minute for its readers: it counts all
// published articles. Thread-safe.
class KeptShelves {
 public:
  // What is in the reader's language comes first, then what is in English; other languages only where there is neither.
  HelpShelves of(store::Session& sql, std::string_view language, Instant now);

 private:
  struct Kept {
    Instant reckoned_at{};
    std::optional<store::ArticlePlace> changed;  // the last change of an article
    std::vector<store::CategoryCount> counts;
    std::map<std::string, std::vector<store::Article>> read_most;  // by locale
  };
  std::shared_ptr<const Kept> kept(store::Session& sql, Instant now);

  std::mutex mutex_;
  std::shared_ptr<const Kept> kept_;
};

}  // namespace fifteen::desk
