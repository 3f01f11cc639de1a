#pragma once
#include <mutex>
#include <unordered_map>
#include <utility>

#include "server/base/ids.hpp"

namespace fifteen::desk {

// How often articles were read since it was last emptied: reading writes nothing, a job does now and then. Thread-safe;
// bounded: past `most` articles further ones are not counted until then.
class ViewTally {
 public:
  void count(ArticleId article) {
    const std::scoped_lock lock(mutex_);
    if (views_.size() < most || views_.contains(article)) ++views_[article];
  }
  std::unordered_map<ArticleId, std::int64_t> take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(views_, {});
  }

 private:
  static constexpr std::size_t most = 10'000;
  std::mutex mutex_;
  std::unordered_map<ArticleId, std::int64_t> views_;
};

}  // namespace fifteen::desk
