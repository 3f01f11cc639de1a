#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>

#include "search/indexer.hpp"
#include "server/store/database.hpp"
#include "server/store/events.hpp"

namespace fifteen::jobs {

// Keeps the search index of this node up with the records: follows `events`, builds the index anew when it is missing,
// damaged, of another version, or ahead of the records (they were restored from a backup). The index is derived: pages
// work while it is behind.
class IndexFeed {
 public:
  // The index is one folder; nothing is opened yet.
  IndexFeed(store::Database& records, std::filesystem::path folder);

  // Takes in everything that is committed, and returns how many tickets and articles it wrote; where the index had to
  // be built, what came meanwhile is for the next call. Blocks. search::errc::locked: another process feeds this index.
  // search::errc::failed: disk full, not writable.
  result<std::size_t> catch_up();
  // Throws the index away and builds it again. Blocks.
  result<std::size_t> rebuild();
  // Up to which event the index knows the records; 0 before the first catch_up().
  EventId cursor() const { return EventId(cursor_.load()); }

  // Called after what may be suggested, or what teaches it, changed, on the thread that feeds.
  void on_answers_changed(std::function<void()> tell) { answers_changed_ = std::move(tell); }

  // Asks whoever feeds the index of this folder, in whatever process, to build it anew.
  static void request_rebuild(const std::filesystem::path& folder);
  static bool is_rebuild_requested(const std::filesystem::path& folder);

 private:
  result<void> open();
  result<std::size_t> build();
  result<void> leave_nothing_behind();
  result<std::size_t> take_in(const std::vector<store::Event>& events);
  std::optional<store::EventFollower> follower_;
  std::optional<search::Indexer> indexer_;
  store::Database& records_;
  const std::filesystem::path folder_;
  std::atomic<std::int64_t> cursor_ = 0;
  std::function<void()> answers_changed_ = [] {};
};

}  // namespace fifteen::jobs
