#include "tests/search/fixtures.hpp"

#include <sstream>

namespace fifteen::search {

std::vector<Article> sample_articles() {
  std::istringstream in(test::test_data("kb/articles.jsonl"));
  const auto files = parse_articles(in, "articles.jsonl").value();
  std::vector<Article> articles;
  for (const ArticleFile& file : files)
    articles.push_back({.id = std::stoll(file.id),
                        .title = file.title,
                        .body = file.body,
                        .locale = file.locale,
                        .agents_only = file.agents_only,
                        .published = file.published});
  return articles;
}

SampleIndex::SampleIndex(const std::vector<Article>& articles)
    : indexer_(Indexer::open(folder_.path()).value()), reader_(folder_.path()) {
  for (const Article& article : articles) indexer_.put(article).value();
  indexer_.commit(1).value();
}

void SampleIndex::add(const Article& article) {
  indexer_.put(article).value();
  indexer_.commit(indexer_.cursor() + 1).value();
}

void SampleIndex::add(const Idea& idea) {
  indexer_.put(idea).value();
  indexer_.commit(indexer_.cursor() + 1).value();
}

void SampleIndex::add(const Ticket& ticket) {
  indexer_.put(ticket).value();
  indexer_.commit(indexer_.cursor() + 1).value();
}

std::vector<std::int64_t> SampleIndex::find(const std::string& text, const std::string& locale, Readers readers) const {
  std::vector<std::int64_t> ids;
  for (const ArticleHit& hit : reader_.find_articles({.text = text, .locale = locale, .readers = readers}).value())
    ids.push_back(hit.id);
  return ids;
}

std::vector<std::int64_t> SampleIndex::find_ideas(const std::string& text, const std::string& locale, int limit) const {
  std::vector<std::int64_t> ids;
  for (const ArticleHit& hit :
       reader_.find_articles({.text = text, .locale = locale, .limit = limit, .kind = Kind::idea}).value())
    ids.push_back(hit.id);
  return ids;
}

std::vector<std::int64_t> SampleIndex::find_tickets(const std::string& text, State state) const {
  std::vector<std::int64_t> ids;
  for (const TicketHit& hit : reader_.find_tickets({.text = text, .state = state}).value()) ids.push_back(hit.id);
  return ids;
}

}  // namespace fifteen::search
