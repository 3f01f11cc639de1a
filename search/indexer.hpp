#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "search/documents.hpp"
#include "search/error.hpp"

namespace fifteen::search {

// The one writer of an index: a folder of Xapian databases that is derived from the records and can be made anew from
// them. Put, remove, then commit with the cursor of the last event that was taken in. The cursor is written in the same
// commit as the documents and is never ahead of them: after a crash the feed goes on from cursor() and repeats what was
// lost, which changes nothing. One thread at a time.
//
// Ids are 1 to 2^31 - 1 (Xapian's document numbers are twice as many: articles and ideas share them). Every function
// may return errc::damaged (rebuild) or failed (disk full, not writable); after an error the Indexer is spent: what was
// not committed is lost, open another.
class Indexer {
 public:
  // Opens the index in `folder`, or makes an empty one with cursor 0 where there is none.
  // errc::locked     somebody else writes it
  // errc::damaged    what lies there is no index or a broken one: erase() it and feed everything again
  // errc::outdated   made by another version of the schema: likewise
  static result<Indexer> open(const std::filesystem::path& folder);
  // Takes the index away. Only while no Indexer is open; readers meet errc::missing until the next one is.
  static result<void> erase(const std::filesystem::path& folder);

  Indexer(Indexer&&) noexcept;
  Indexer& operator=(Indexer&&) noexcept;
  ~Indexer();

  // Adds the document or replaces the one with this id.
  result<void> put(const Article& article);
  result<void> put(const Idea& idea);
  result<void> put(const Ticket& ticket);
  // No document with this id: nothing happens.
  result<void> remove_article(std::int64_t id);
  result<void> remove_idea(std::int64_t id);
  result<void> remove_ticket(std::int64_t id);

  // Writes all of it anew into files of their own, so that nothing that was removed stands in a free block any longer.
  // Readers go over to them. Whoever dies in between leaves the old ones, or an index to be rebuilt.
  result<void> compact();
  result<void> commit(std::int64_t cursor);
  // As last committed; 0 for a new index.
  std::int64_t cursor() const;

 private:
  struct Shelves;
  explicit Indexer(std::unique_ptr<Shelves> shelves);
  std::unique_ptr<Shelves> shelves_;
};

// Reads the whole index and says whether every table of it holds together. Slow: for `fifteen check`.
// errc::changing: it is being written too fast to tell.
result<void> check_index(const std::filesystem::path& folder);

}  // namespace fifteen::search
