#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/desk/deflection/deflection.hpp"

namespace fifteen::desk {

// The newest list of each draft, while somebody types: written every few seconds by a job (jobs/list_writer.hpp), not
// with each pause of the typing. Bounded: past `most` drafts those already written are forgotten, and further ones are
// not noted. Thread-safe.
class ListNotebook {
 public:
  explicit ListNotebook(std::size_t most) : most_(most) {}

  void note(ListNoted noted, Instant now);
  // Writes what is noted of a draft ahead of an event of it. Written twice it is the same.
  void write(store::Session& sql, std::string_view session, Instant now) const;

  struct Entry {
    ListsNoted noted;
    std::uint64_t revision = 0;
  };
  // Not written yet.
  std::vector<Entry> unwritten(std::size_t limit) const;
  // What was noted since stays unwritten.
  void set_written(const std::vector<Entry>& entries);
  std::int64_t dropped() const;  // drafts that found no room

 private:
  struct Page {
    ListsNoted noted;
    std::uint64_t revision = 0;  // 0: written
  };
  const std::size_t most_;
  mutable std::mutex mutex_;
  std::map<std::string, Page, std::less<>> pages_;
  std::uint64_t revision_ = 0;
  std::int64_t dropped_ = 0;
};

}  // namespace fifteen::desk
