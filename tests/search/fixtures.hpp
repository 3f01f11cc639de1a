#pragma once
#include <string>
#include <vector>

#include "search/article_file.hpp"
#include "search/indexer.hpp"
#include "search/reader.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fifteen::search {

// The articles of tests/data/kb, their ids as numbers.
std::vector<Article> sample_articles();

// An index in a folder of its own, with the articles given.
class SampleIndex {
 public:
  explicit SampleIndex(const std::vector<Article>& articles = sample_articles());

  const std::filesystem::path& folder() const { return folder_.path(); }
  Indexer& indexer() { return indexer_; }
  const Reader& reader() const { return reader_; }
  // Puts and commits.
  void add(const Article& article);
  void add(const Idea& idea);
  void add(const Ticket& ticket);

  // Ids found, best first.
  std::vector<std::int64_t> find(const std::string& text, const std::string& locale = "",
                                 Readers readers = Readers::customers) const;
  std::vector<std::int64_t> find_ideas(const std::string& text, const std::string& locale = "", int limit = 5) const;
  std::vector<std::int64_t> find_tickets(const std::string& text, State state = State::any) const;

 private:
  test::TemporaryFolder folder_;
  Indexer indexer_;
  Reader reader_;
};

}  // namespace fifteen::search
