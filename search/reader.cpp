#include "search/reader.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

#include "search/language.hpp"
#include "search/query.hpp"
#include "search/shelf.hpp"
#include "search/text.hpp"

namespace fifteen::search {
namespace {

constexpr std::size_t query_bytes = 16u << 10;
constexpr std::size_t snippet_bytes = 200;

Xapian::doccount checked_limit(int limit) {
  return static_cast<Xapian::doccount>(std::clamp(limit, 0, 100));
}

std::int64_t cursor_of(const Xapian::Database& database) {
  const std::string text = database.get_metadata(schema::cursor_key);
  std::int64_t cursor = 0;
  std::from_chars(text.data(), text.data() + text.size(), cursor);
  return cursor;
}

Xapian::Query of_kind(const Xapian::Query& wanted, const Xapian::Database& answers, Kind kind) {
  const Xapian::Query ideas{schema::is_idea};
  if (kind == Kind::idea) return wanted & Xapian::Query(0.0, ideas);
  return answers.term_exists(schema::is_idea) ? Xapian::Query(Xapian::Query::OP_AND_NOT, wanted, ideas) : wanted;
}

std::string snippet(const Xapian::MSet& matches, const Xapian::Document& document) {
  const schema::Stemmer stemmer(document.get_value(schema::language_slot));
  return matches.snippet(document.get_data(), snippet_bytes, stemmer.xapian(),
                         Xapian::MSet::SNIPPET_BACKGROUND_MODEL | Xapian::MSet::SNIPPET_CJK_NGRAM, "<mark>", "</mark>",
                         "…");
}

}  // namespace

Reader::Reader(std::filesystem::path folder)
    : articles_(std::make_unique<Shelf>(schema::articles_in(folder))),
      tickets_(std::make_unique<Shelf>(schema::tickets_in(folder))) {}

Reader::~Reader() = default;

result<std::vector<ArticleHit>> Reader::find_articles(const ArticleQuery& query) const {
  const std::string text = normalise(query.text, query_bytes);
  if (!is_long_enough(text)) return std::vector<ArticleHit>{};
  const std::string language = language_asked(text, query.locale);
  const Xapian::doccount limit = checked_limit(query.limit);
  return articles_->ask([&](Xapian::Database& articles) -> result<std::vector<ArticleHit>> {
    std::vector<ArticleHit> hits;
    for (const std::string& readable : languages_for(articles, language, query.locale)) {
      if (hits.size() >= limit && !readable.empty()) break;
      Xapian::Query wanted = articles_like(articles, text, readable, Typing::yes);
      wanted = of_kind(wanted, articles, query.kind);
      wanted = marked(wanted, articles, schema::language_kind, schema::language_term(readable));
      if (query.readers == Readers::customers)
        wanted = marked(wanted, articles, schema::readers_kind, schema::for_customers);
      Xapian::Enquire enquire(articles);
      enquire.set_query(wanted);
      const Xapian::MSet matches = enquire.get_mset(0, limit);
      for (auto at = matches.begin(); at != matches.end(); ++at)
        hits.push_back({schema::id_of(*at), at.get_weight(), readable});
      // What may be in any language stands among what is in the reader's.
      if (readable.empty()) std::ranges::sort(hits, std::greater(), &ArticleHit::score);
      if (hits.size() > limit) hits.resize(limit);
    }
    return hits;
  });
}

result<std::vector<TicketHit>> Reader::find_tickets(const TicketQuery& query) const {
  const std::string text = normalise(query.text, query_bytes);
  return tickets_->ask([&](Xapian::Database& tickets) -> result<std::vector<TicketHit>> {
    Xapian::Query wanted = tickets_with(tickets, text);
    if (query.state == State::open) wanted &= Xapian::Query(0.0, Xapian::Query(schema::is_open));
    if (query.state == State::closed) wanted = {Xapian::Query::OP_AND_NOT, wanted, Xapian::Query(schema::is_open)};
    Xapian::Enquire enquire(tickets);
    enquire.set_query(wanted);
    const Xapian::MSet matches = enquire.get_mset(0, checked_limit(query.limit));
    std::vector<TicketHit> hits;
    for (auto at = matches.begin(); at != matches.end(); ++at)
      hits.push_back({*at, snippet(matches, at.get_document())});
    return hits;
  });
}

result<std::int64_t> Reader::cursor() const {
  const auto read = [](Xapian::Database& database) -> result<std::int64_t> { return cursor_of(database); };
  const result<std::int64_t> articles = articles_->ask(read);
  if (!articles) return articles;
  const result<std::int64_t> tickets = tickets_->ask(read);
  if (!tickets) return tickets;
  return std::min(*articles, *tickets);
}

}  // namespace fifteen::search
