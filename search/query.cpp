#include "search/query.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <utility>

#include "search/language.hpp"
#include "search/schema.hpp"
#include "search/stop_words.hpp"
#include "search/text.hpp"

namespace fifteen::search {
namespace {

using schema::Token;
using Xapian::Query;

constexpr std::size_t looked_up_words = 400;  // of a long text, the rest says nothing new
constexpr Xapian::termcount rarest_terms = 12;
constexpr Xapian::termcount prefix_expansion = 50;
constexpr std::size_t prefix_letters = 3;  // two letters cost 13 ms on 100,000 documents, three 2 ms
constexpr double guess_weight = 0.5;       // what a mended or half word counts against one as it is written

bool is_last_word_open(std::string_view text) {
  if (text.empty()) return false;
  const auto last = static_cast<unsigned char>(text.back());
  return last >= 0x80 || Xapian::Unicode::is_wordchar(last);
}

std::string character(unsigned c) {
  std::string text;
  Xapian::Unicode::append_utf8(text, c);
  return text;
}

bool is_known(const Xapian::Database& database, const Token& token) {
  return database.term_exists(token.term) || database.term_exists(token.word);
}

bool begins_some_word(const Xapian::Database& database, const std::string& prefix) {
  return database.allterms_begin(prefix) != database.allterms_end(prefix);
}

Query beginning_with(const std::string& prefix) {
  return {Query::OP_WILDCARD, prefix, prefix_expansion, Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_SYNONYM};
}

Query mended(const Xapian::Database& articles, const std::string& word, const schema::Stemmer& stemmer) {
  const std::size_t letters = length(word);
  if (letters < 4) return {};
  const std::string meant = articles.get_spelling_suggestion(word, letters < 7 ? 1 : 2);
  if (meant.empty()) return {};
  return {Query::OP_SCALE_WEIGHT, Query(stemmer.term(meant)), guess_weight};
}

// Of many, the first thousand are looked at.
std::string commonest_beginning_with(const Xapian::Database& articles, const std::string& prefix) {
  constexpr int looked_at = 1000;
  std::string commonest;
  Xapian::doccount most = 0;
  int left = looked_at;
  for (auto term = articles.allterms_begin(prefix); term != articles.allterms_end(prefix) && left-- > 0; ++term)
    if (term.get_termfreq() > most) {
      most = term.get_termfreq();
      commonest = *term;
    }
  return commonest;
}

// Where the last word begins, if it is still open.
std::size_t last_word_start(std::string_view text) {
  std::size_t start = text.size();
  for (Xapian::Utf8Iterator at(text.data(), text.size()); at != Xapian::Utf8Iterator(); ++at) {
    const auto place = static_cast<std::size_t>(at.raw() - text.data());
    if (!Xapian::Unicode::is_wordchar(*at))
      start = text.size();
    else if (start == text.size())
      start = place;
  }
  return start;
}

// "退款" and "款单" are "退款单"; nothing for words that do not overlap so.
std::string joined(const std::string& before, const std::string& pair) {
  Xapian::Utf8Iterator at(pair);
  if (!is_cjk(*at)) return {};
  const std::string first = character(*at);
  return before.ends_with(first) ? before + pair.substr(first.size()) : "";
}

Query half_word(const Xapian::Database& articles, const Token& token, const schema::Stemmer& stemmer) {
  if (length(token.word) < prefix_letters) return Query(token.term);
  if (!begins_some_word(articles, token.word))
    return is_known(articles, token) ? Query(token.term) : mended(articles, token.word, stemmer);
  return {Query::OP_OR, Query(token.term), Query(Query::OP_SCALE_WEIGHT, beginning_with(token.word), guess_weight)};
}

// What a word brings at most, but for the lengths of articles (BM25 with Xapian's k3 of 1).
double weight_of(Xapian::termcount said, Xapian::doccount having, Xapian::doccount all) {
  const double rarity = std::log(1 + (static_cast<double>(all) - having + 0.5) / (having + 0.5));
  return rarity * 2 * said / (1 + said);
}
constexpr double surely = std::numeric_limits<double>::infinity();

}  // namespace

Query articles_like(const Xapian::Database& articles, std::string_view normalised, std::string_view language,
                    Typing typing) {
  const schema::Stemmer stemmer(language);
  std::vector<Token> tokens = schema::tokens(normalised, stemmer);
  if (tokens.empty()) return {};
  std::vector<std::pair<double, Query>> wanted;  // by what it weighs
  if (typing == Typing::yes && tokens.size() <= looked_up_words && is_last_word_open(normalised)) {
    wanted.emplace_back(surely, half_word(articles, tokens.back(), stemmer));
    tokens.pop_back();
  }
  if (tokens.size() > looked_up_words) tokens.resize(looked_up_words);

  std::map<std::string, std::pair<Xapian::termcount, const Token*>> times;  // a word said twice counts more
  for (const Token& token : tokens) {
    auto& [count, first] = times[token.term];
    ++count;
    first = &token;
  }
  for (const auto& [term, said] : times) {
    const auto& [count, token] = said;
    if (const Xapian::doccount having = articles.get_termfreq(term))
      wanted.emplace_back(weight_of(count, having, articles.get_doccount()), Query(term, count));
    else if (times.size() <= rarest_terms && !articles.term_exists(token->word))
      wanted.emplace_back(surely, mended(articles, token->word, stemmer));
  }
  // Chosen here: OP_ELITE_SET would read into the postings of all of them to choose.
  if (wanted.size() > rarest_terms) {
    std::ranges::sort(wanted, std::greater(), &std::pair<double, Query>::first);
    wanted.resize(rarest_terms);
  }
  std::vector<Query> rarest;
  for (auto& [weight, query] : wanted)
    if (!query.empty()) rarest.push_back(std::move(query));
  return {Query::OP_OR, rarest.begin(), rarest.end()};
}

Query marked(const Query& wanted, const Xapian::Database& database, const std::string& kind, const std::string& mark) {
  const Xapian::doccount all = database.get_doccount(), having = database.get_termfreq(mark);
  if (having == all) return wanted;
  if (having < all / 2) return wanted & Query(0.0, Query(mark));
  std::vector<Query> others;
  for (auto other = database.allterms_begin(kind); other != database.allterms_end(kind); ++other)
    if (*other != mark) others.emplace_back(*other);
  return {Query::OP_AND_NOT, wanted, Query(Query::OP_OR, others.begin(), others.end())};
}

std::string with_last_word_whole(const Xapian::Database& articles, std::string_view normalised) {
  std::string text(normalised);
  const std::size_t start = last_word_start(normalised);
  const std::vector<std::string> last = words(normalised.substr(start));
  if (last.size() != 1 || length(last[0]) < prefix_letters || is_cjk(*Xapian::Utf8Iterator(last[0]))) return text;
  if (articles.term_exists(last[0])) return text;
  std::string whole = commonest_beginning_with(articles, last[0]);
  if (whole.empty() && length(last[0]) > prefix_letters) whole = articles.get_spelling_suggestion(last[0], 1);
  if (!whole.empty()) text.replace(start, std::string::npos, whole);
  return text;
}

std::vector<std::string> words_shared(const Xapian::Database& articles, Xapian::docid number,
                                      std::string_view normalised, std::size_t most) {
  const std::string language = articles.get_document(number).get_value(schema::language_slot);
  const std::vector<Token> tokens = schema::tokens(normalised, schema::Stemmer(language));
  const std::vector<std::string> written = words(normalised, Letters::as_written);
  std::map<std::string, Xapian::doccount> having;  // documents, by term, in the order in which one lists its terms
  for (const Token& token : tokens)
    if (!is_stop_word(token.word, language)) having.emplace(token.term, 0);
  auto term = articles.termlist_begin(number);
  for (auto& [wanted, documents] : having) {
    term.skip_to(wanted);
    if (term == articles.termlist_end(number)) break;
    if (*term == wanted) documents = term.get_termfreq();
  }

  struct Shared {
    Xapian::doccount documents;
    std::size_t place;
    std::string word;
  };
  std::vector<Shared> shared;
  std::size_t last = tokens.size();  // the word told last, to go on with its next pair of characters
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto found = having.find(tokens[i].term);
    if (found == having.end() || found->second == 0) continue;
    const std::string& word = tokens.size() == written.size() ? written[i] : tokens[i].word;
    const std::string longer = last + 1 == i ? joined(shared.back().word, word) : "";
    if (!longer.empty() && normalised.contains(longer))
      shared.back() = {std::min(shared.back().documents, found->second), shared.back().place, longer};
    else
      shared.push_back({found->second, i, word});
    last = i;
    having.erase(found);  // it is told once
  }
  std::ranges::sort(shared, {}, [](const Shared& one) { return std::pair(one.documents, one.place); });
  const Xapian::doccount common = articles.get_doccount() / 2;
  std::vector<std::string> rarest;
  for (auto& [documents, place, word] : shared)
    if (rarest.size() < most && (documents <= common || rarest.empty())) rarest.push_back(std::move(word));
  return rarest;
}

Query tickets_with(const Xapian::Database& tickets, std::string_view normalised) {
  std::vector<std::string> said = words(normalised);
  if (said.size() > rarest_terms) said.resize(rarest_terms);
  std::vector<schema::Stemmer> stemmers;
  for (const std::string& language : languages_of(tickets)) stemmers.emplace_back(language);
  std::vector<Query> wanted;
  for (const std::string& word : said) {
    std::vector<Query> forms = {Query(word)};
    for (const schema::Stemmer& stemmer : stemmers) forms.emplace_back(stemmer.term(word));
    // Xapian's snippets find CJK matches by single characters, which are no words of ours and so match nothing
    // themselves.
    for (Xapian::Utf8Iterator at(word); at != Xapian::Utf8Iterator() && is_cjk(*at); ++at)
      forms.emplace_back(character(*at));
    const bool is_half = &word == &said.back() && is_last_word_open(normalised) && length(word) >= prefix_letters;
    if (is_half) forms.push_back(beginning_with(word));
    wanted.emplace_back(Query::OP_SYNONYM, forms.begin(), forms.end());
  }
  return {Query::OP_AND, wanted.begin(), wanted.end()};
}

std::vector<std::string> languages_of(const Xapian::Database& database) {
  std::vector<std::pair<Xapian::doccount, std::string>> found;
  for (auto term = database.allterms_begin(schema::language_kind); term != database.allterms_end(schema::language_kind);
       ++term)
    found.emplace_back(term.get_termfreq(), (*term).substr(1));
  std::ranges::sort(found, std::greater<>());
  std::vector<std::string> languages;
  for (auto& [count, language] : found)
    if (languages.size() < 6) languages.push_back(std::move(language));
  return languages;
}

std::vector<std::string> languages_for(const Xapian::Database& database, std::string_view asked,
                                       std::string_view locale) {
  std::vector<std::string> order;
  if (!asked.empty())
    for (const std::string& wanted : {std::string(asked), std::string(), language_of(locale), std::string("en")})
      if (std::ranges::find(order, wanted) == order.end() && database.term_exists(schema::language_term(wanted)))
        order.push_back(wanted);
  if (!order.empty()) return order;
  order = languages_of(database);
  if (std::ranges::find(order, "") == order.end() && database.term_exists(schema::language_kind)) order.emplace_back();
  return order;
}

}  // namespace fifteen::search
