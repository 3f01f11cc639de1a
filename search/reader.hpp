#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "search/documents.hpp"
#include "search/error.hpp"

namespace fifteen::search {

// What a person types into the help centre's search, key by key; into that for ideas, likewise.
struct ArticleQuery {
  std::string text;
  std::string locale;  // the reader's; she may write in another
  Readers readers = Readers::customers;
  int limit = 5;
  Kind kind = Kind::article;
};

struct ArticleHit {
  std::int64_t id = 0;
  double score = 0;      // comparable within one language of one answer only
  std::string language;  // of the article
};

enum class State { any, open, closed };

struct TicketQuery {
  std::string text;
  State state = State::any;
  int limit = 20;
};

struct TicketHit {
  std::int64_t id = 0;
  std::string snippet;  // HTML: escaped text of the ticket, matches in <mark>
};

// Asks the index that an Indexer of this or another process writes; sees what was last committed. Any thread: each
// query borrows an open database of its own.
//
// Answers may be errc::missing, damaged, outdated (search is off until the rebuild), changing (try again) or failed.
class Reader {
 public:
  // Opens nothing yet.
  explicit Reader(std::filesystem::path folder);
  ~Reader();

  // Ranked: those in the question's language first, then the reader's, then English ones. Nothing before the third
  // character (the second in Chinese, Japanese or Korean).
  result<std::vector<ArticleHit>> find_articles(const ArticleQuery& query) const;
  // Ranked: tickets that have all the words.
  result<std::vector<TicketHit>> find_tickets(const TicketQuery& query) const;
  // Up to which event the index knows the records.
  result<std::int64_t> cursor() const;

 private:
  friend class Suggester;
  class Shelf;
  std::unique_ptr<Shelf> articles_, tickets_;
};

}  // namespace fifteen::search
